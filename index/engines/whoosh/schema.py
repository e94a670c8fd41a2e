"""The fields of an index as Whoosh knows them: one Whoosh document is one work."""

from __future__ import annotations

from typing import Any

from whoosh import fields, formats

from index.columns.terms import ID
from index.fields import FIELDS
from index.inversion import SURFACES


def schema() -> Any:
    """The Whoosh schema."""
    made = fields.Schema(
        **{text.name: _terms(formats.Positions()) for text in FIELDS},
        **{name: _terms(formats.Frequency()) for name in SURFACES},
    )
    made.add(ID, fields.ID(stored=True))
    made.add("title_line", fields.STORED())
    return made


def _terms(kept: Any) -> Any:
    """A field of terms that are analysed before Whoosh sees them."""
    return fields.FieldType(kept, None, scorable=True)
