"""The columns of a table: what tells an edition, what is said of it and of its work, where it
stands, and whose word that is.
"""

from __future__ import annotations

from library.batch.preview import STANDING
from library.catalogue.resources.corrections import OF_EDITION, OF_RESOURCE
from library.metadata.staff_statements import ALSO, MANY

KEYS = ("id", "edition", "file")
"""The resource, the edition, and the name of its file: any of them that tells one edition."""

WORK = "resource"  # the word by which files beside each other are editions of one work
OURS = "ours"  # the fields of a row that are staff's word
VERSION = "version"  # the last change of the resource that whoever made the table could know

FIELDS = (*OF_EDITION, *OF_RESOURCE)
COLUMNS = (*KEYS, "language", *(name for name in FIELDS if name != "language"), WORK, *STANDING,
           OURS, VERSION)  # fmt: skip

TEMPLATE = ("file", "language", *(name for name in FIELDS if name != "language"))
"""The columns of an empty table: those that people fill in."""

SEVERAL = frozenset((*MANY, OURS))
"""The columns that hold several values, divided by semicolons."""

OTHER_NAMES = {**ALSO, "filename": "file", "file_name": "file", "edition_id": "edition"}
