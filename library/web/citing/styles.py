"""Citations as people read them, by citeproc and the styles beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from library.web.citing.item import Item

STYLES = {"apa": "APA", "chicago": "Chicago"}
LOCALES = {
    "ar": "ar",
    "en": "en-US",
    "es": "es-ES",
    "fr": "fr-FR",
    "hi": "hi-IN",
    "pt": "pt-BR",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation, with the title apart, which is printed in italics."""

    style: str
    before: str
    title: str
    after: str

    @property
    def text(self) -> str:
        return f"{self.before}{self.title}{self.after}"


def cited(item: Item, language: str) -> list[Cited]:
    """The item in each style, with the small words of this language where citeproc knows it."""
    made = []
    for name, shown in STYLES.items():
        text = _written(item, name, LOCALES.get(language, "en-US"))
        before, title, after = text.partition(item.get("title", ""))
        made.append(Cited(shown, before, title, after))
    return made


def _written(item: Item, style: str, locale: str) -> str:
    shelf = CitationStylesBibliography(
        _style(style, locale), CiteProcJSON([dict(item)]), formatter.plain
    )
    shelf.register(Citation([CitationItem(item["id"])]))
    return " ".join(str(shelf.bibliography()[0]).split())


@lru_cache(32)
def _style(name: str, locale: str) -> CitationStylesStyle:
    path = Path(__file__).with_name(f"{name}.csl")
    return CitationStylesStyle(str(path), locale=locale, validate=False)
