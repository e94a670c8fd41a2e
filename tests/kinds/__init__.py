"""Kinds of files that strangers bring, three variants of each or more, made in code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.kinds import (
    books,
    fresh,
    later,
    letters,
    open_document,
    pdf,
    plain,
    rich,
    slides,
    web,
    word,
)
from tests.kinds.case import Case

KINDS: Mapping[str, Sequence[Case]] = {
    **web.KINDS,
    **plain.KINDS,
    **word.KINDS,
    **rich.KINDS,
    **open_document.KINDS,
    **slides.KINDS,
    **books.KINDS,
    **letters.KINDS,
    **pdf.KINDS,
    **fresh.KINDS,
    **later.KINDS,
}
