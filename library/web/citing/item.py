"""A document as CSL-JSON (https://docs.citationstyles.org/): what every citation is made from.

A part that is not known is not there, so that nothing prints an empty one.
"""

from __future__ import annotations

import re
from typing import Any

from library.core.resource import Edition, PartialDate, Resource
from library.web.packs.contents import clean

Item = dict[str, Any]

_NAME = re.compile(r"([^\W\d_][\w'’.-]*(?: [\w'’.-]+)?), ([^\W\d_][\w'’.-]*(?: [\w'’.-]+){0,2})")


def item(resource: Resource, edition: Edition, address: str) -> Item:
    """address: where it can be had."""
    authors = list(filter(None, map(_plain, edition.authors)))
    publisher = _plain(resource.publisher)
    if not authors and publisher:  # then the institution is its author, and is named once
        authors, publisher = [publisher], ""
    parts: Item = {
        "id": resource.slug,
        "type": "report",
        "title": _plain(edition.title),
        "author": [name(author) for author in authors],
        "issued": _date(edition.date or resource.date),
        "publisher": "" if [publisher] == authors else publisher,
        "collection-title": _plain(resource.series),
        "language": edition.language,
        "abstract": _plain(edition.summary),
        "note": _plain(edition.rights),
        "URL": address,
    }
    return {key: value for key, value in parts.items() if value}


def name(author: str) -> Item:
    """A name as it is written. Only one that says itself which part is the family's, `Silva,
    Maria`, is taken apart: of others nobody can tell a person from an institution."""
    if parts := _NAME.fullmatch(author):
        return {"family": parts[1], "given": parts[2]}
    return {"literal": author}


def written(author: Item) -> str:
    """The name in one piece, the family's part first."""
    return author.get("literal") or f"{author['family']}, {author['given']}"


def _date(date: PartialDate | None) -> Item:
    if date is None:
        return {}
    parts = [part for part in (date.year, date.month, date.day) if part is not None]
    return {"date-parts": [parts]}


def _plain(text: str) -> str:
    return " ".join(clean(text).split())
