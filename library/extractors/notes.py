"""The sign that stands before what somebody remarked on a document, where notes have numbers."""

REMARK = "✎"
