"""Concept schemes read from files that people edit; docs/vocabulary.md describes their form."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from library.core.errors import NotUsable
from library.vocabularies.concept import Concept, Labels, Scheme, Texts
from library.vocabularies.folding import fold

SHIPPED = Path(__file__).parent
PLACES = "places"
RESERVED = "none"  # in addresses: works that have no value of a facet; see index.fields

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
_TOP = ("languages", "facet", "renamed", "ignored", "concept")
_OF_FACET = ("name", "heading")
_OWN = {"id": str, "notation": str, "broader": str, "silent": bool}
_OF_PLACES = {"territory": str, "countries": str}
_BY_LANGUAGE = ("preferred", "alternative", "hidden", "definition", "weak")


class Entry:
    """One `[[concept]]` of a file, checked for form only."""

    def __init__(self, path: Path, table: dict[str, Any], keys: Mapping[str, type]) -> None:
        self.path = path
        self.id = table.get("id", "")
        if not isinstance(self.id, str) or not _ID.fullmatch(self.id):
            where = f"after {table!r:.60}" if not self.id else repr(self.id)
            raise NotUsable(
                "scheme without id", file=str(path), where=where, example='id = "street-vendors"'
            )
        if self.id == RESERVED:
            raise self.fault("scheme reserved id")
        self.own: dict[str, Any] = {}
        self.texts: dict[str, dict[str, str]] = {"preferred": {}, "definition": {}}
        self.lists: dict[str, dict[str, tuple[str, ...]]] = {
            name: {} for name in ("alternative", "hidden", "weak")
        }
        for name, value in table.items():
            if name in keys and isinstance(value, keys[name]):
                self.own[name] = value
            elif _LANGUAGE.fullmatch(name) and isinstance(value, dict):
                self._read_language(name, value)
            else:
                raise self.fault("scheme concept unknown key", key=name, known=_known(keys))

    def fault(self, code: str, **values: str) -> NotUsable:
        return NotUsable(code, file=str(self.path), id=self.id, **values)

    def _read_language(self, language: str, table: dict[str, Any]) -> None:
        for name, value in table.items():
            where = f"{language}.{name}"
            if name in self.texts and isinstance(value, str) and value.strip():
                self.texts[name][language] = value.strip()
            elif name in self.lists and _is_list_of_text(value):
                self.lists[name][language] = tuple(dict.fromkeys(v.strip() for v in value))
            elif name in _BY_LANGUAGE:
                form = '"one text"' if name in self.texts else '["a list", "of texts"]'
                raise self.fault("scheme concept form", key=where, example=f"{where} = {form}")
            else:
                names = ", ".join(_BY_LANGUAGE)
                raise self.fault("scheme concept unknown key", key=where, known=names)


def path_of(name: str, folder: Path | None) -> Path:
    """The library's own file for a scheme where it has one, else the shipped one."""
    own = folder / f"{name}.toml" if folder else None
    return own if own and own.is_file() else SHIPPED / f"{name}.toml"


def read_scheme(name: str, path: Path) -> Scheme:
    """The scheme in a file. Raises NotUsable, with file, concept and remedy."""
    content = parse(path)
    listed = list(entries(path, content, _OWN))
    concepts = {
        entry.id: Concept(
            id=entry.id,
            scheme=name,
            preferred=entry.texts["preferred"],
            notation=entry.own.get("notation", ""),
            broader=entry.own.get("broader", ""),
            alternative=entry.lists["alternative"],
            hidden=entry.lists["hidden"],
            definition=entry.texts["definition"],
            weak=entry.lists["weak"],
        )
        for entry in listed
    }
    for entry in listed:
        _check_labels(entry, concepts[entry.id], content.get("languages", []))
        check_broader(entry, {c.id: c.broader for c in concepts.values()})
    _check_shown_once(listed)
    return Scheme(
        name,
        concepts,
        renamed=renamed(path, content, concepts),
        ignored=ignored(path, content),
        silent=frozenset(entry.id for entry in listed if entry.own.get("silent")),
        names=called(name, path, content, "name"),
        headings=called(name, path, content, "heading"),
    )


def called(name: str, path: Path, content: dict[str, Any], what: str) -> Texts:
    """Language → what `[facet]` says the facet is called: its `name`, or the `heading` of its list.

    A library's own file that says nothing of it leaves that to the shipped one. Raises NotUsable.
    """
    if "facet" not in content and path.parent != SHIPPED:
        shipped = SHIPPED / path.name
        return called(name, shipped, parse(shipped), what) if shipped.is_file() else {}
    table = content.get("facet", {})
    if not isinstance(table, dict) or not all(map(_is_called, table, table.values())):
        raise NotUsable(
            "scheme form",
            file=str(path),
            key="[facet]",
            example='en = { name = "Topic", heading = "By topic" }',
        )
    return {language: texts[what].strip() for language, texts in table.items() if what in texts}


def _is_called(language: str, texts: object) -> bool:
    return (
        _LANGUAGE.fullmatch(language) is not None
        and isinstance(texts, dict)
        and texts.keys() <= set(_OF_FACET)
        and all(isinstance(text, str) and text.strip() for text in texts.values())
    )


def parse(path: Path) -> dict[str, Any]:
    """The tables of a file. Raises NotUsable when it is missing, not TOML or has other tables."""
    try:
        text = path.read_text("utf-8")
        content = tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise NotUsable("scheme unread", file=str(path), detail=str(error)) from error
    if not text.strip():  # cut off while it was copied, or emptied: not a wish for no concepts
        raise NotUsable("scheme empty", file=str(path))
    for name in content:
        if name not in _TOP:
            raise NotUsable("scheme unknown key", file=str(path), key=name, known=", ".join(_TOP))
    if not _is_list_of_text(content.get("languages", [])):
        raise NotUsable(
            "scheme form", file=str(path), key="languages", example='languages = ["en", "es"]'
        )
    return content


def entries(path: Path, content: dict[str, Any], keys: Mapping[str, type]) -> Iterator[Entry]:
    """The concepts of a file in order. Raises NotUsable at an id that stands twice."""
    seen = set()
    tables = content.get("concept", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise NotUsable("scheme form", file=str(path), key="concept", example="[[concept]]")
    for table in tables:
        entry = Entry(path, table, keys)
        if entry.id in seen:
            raise entry.fault("scheme id twice")
        seen.add(entry.id)
        yield entry


def place_entries(path: Path, content: dict[str, Any]) -> Iterator[Entry]:
    """As `entries`, for the file of places, which adds to what CLDR says."""
    return entries(path, content, {**_OWN, **_OF_PLACES})


def ignored(path: Path, content: dict[str, Any]) -> Labels:
    table = content.get("ignored", {})
    if not isinstance(table, dict) or not all(map(_is_list_of_text, table.values())):
        raise NotUsable(
            "scheme form", file=str(path), key="[ignored]", example='en = ["civil servant"]'
        )
    return {language: tuple(phrases) for language, phrases in table.items()}


def check_broader(entry: Entry, broader: Mapping[str, str]) -> None:
    """Raises NotUsable when the concept above is unknown, or is reached again from itself."""
    above = entry.id
    passed = set()
    while above:
        if above in passed:
            raise entry.fault("scheme circle")
        passed.add(above)
        following = broader[above]
        if following and following not in broader:
            raise entry.fault("scheme broader unknown", other=following)
        above = following


def check_weak(entry: Entry, labels: Iterable[tuple[str, str]]) -> None:
    """Raises NotUsable where a weak label is none of the (language, label) it has."""
    if not entry.lists["weak"]:
        return
    known = {(language, fold(label)) for language, label in labels}
    for language, weak in entry.lists["weak"].items():
        for label in weak:
            if (language, fold(label)) not in known:
                raise entry.fault("scheme weak", key=f"{language}.weak", label=label)


def _check_labels(entry: Entry, concept: Concept, required: list[str]) -> None:
    for language in required:
        if language not in entry.texts["preferred"]:
            raise entry.fault(
                "scheme label missing", language=language, example=f'{language}.preferred = "…"'
            )
    check_weak(entry, concept.labels())


def _check_shown_once(listed: list[Entry]) -> None:
    shown: dict[tuple[str, str], str] = {}
    for entry in listed:
        for language, label in _shown(entry):
            other = shown.setdefault((language, fold(label)), entry.id)
            if other != entry.id:
                raise entry.fault("scheme label twice", language=language, label=label, other=other)


def _shown(entry: Entry) -> Iterator[tuple[str, str]]:
    yield from entry.texts["preferred"].items()
    for language, labels in entry.lists["alternative"].items():
        for label in labels:
            yield language, label


def renamed(path: Path, content: dict[str, Any], concepts: Mapping[str, Concept]) -> dict[str, str]:
    """Former id → the id it has now. Raises NotUsable where that leads nowhere."""
    table = content.get("renamed", {})
    if not isinstance(table, dict) or not all(isinstance(new, str) for new in table.values()):
        raise NotUsable("scheme form", file=str(path), key="[renamed]", example='old-id = "new-id"')
    for old, new in table.items():
        if old in concepts:
            raise NotUsable("scheme renamed and there", file=str(path), id=old)
        if new not in concepts:
            raise NotUsable("scheme renamed into nothing", file=str(path), id=old, other=new)
    return dict(table)


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)


def _known(keys: Mapping[str, type]) -> str:
    return ", ".join((*keys, *(f"en.{name}" for name in _BY_LANGUAGE)))
