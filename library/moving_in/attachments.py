"""Which file a record means: in the archive's folder, in a folder of copies, or to be fetched."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from library.core.errors import InputError
from library.moving_in.record import Attached, Record
from library.moving_in.web_addresses import WEB, way_of
from library.store import contained_files
from library.store.contained_files import Place

MOST_FILES = 500_000
DEEP = 40  # names of a place, from its end, that may be those of a copy
PREFERRED = (".pdf", ".epub", ".docx", ".odt", ".doc", ".pptx", ".odp", ".ppt", ".rtf")
LESSER = (".html", ".htm", ".mht", ".mhtml", ".txt", ".jpg", ".jpeg", ".png", ".tif", ".tiff")
"""Taken only where a record has nothing better: saved pages, pictures."""
UNREAD = frozenset(
    (*(".mp3", ".m4a", ".wav", ".ogg", ".flac", ".mp4", ".m4v", ".mov", ".avi", ".webm", ".mkv"),
     *(".zip", ".rar", ".7z", ".gz", ".tar", ".xls", ".xlsx", ".ods", ".csv", ".tsv", ".json"),
     *(".xml", ".gif", ".svg", ".ico", ".bmp", ".css", ".js", ".exe", ".dmg", ".sqlite", ".mdb"))
)  # fmt: skip
"""Endings of what no reader of ours takes for a document."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a record. name: where it comes from, as it is kept."""

    path: Path
    name: str
    place: Place | None = None
    title: str = ""
    made: bool = False  # by us, of the words of a record


class Outside(Exception):
    """A name that leads out of the folder."""


class Missing(Exception):
    """A file that is not there, or may not be fetched."""


class Files:
    """The files of an archive. called: what the archive is called, for where its files come from.

    fetch: saves what an address leads to; None where nothing is fetched.
    """

    def __init__(
        self,
        root: Path,
        folder: str,
        called: str,
        copies: Sequence[Path] = (),
        fetch: Callable[[str], Path] | None = None,
    ) -> None:
        self._root = root if root.is_dir() else root.parent
        self._real = Path(os.path.realpath(self._root))
        self._folder = folder
        self._called = called
        self._copies = [Path(os.path.realpath(copy)) for copy in copies]
        self._fetch = fetch

    def of(self, one: Attached) -> File:
        """Raises Outside, Missing, and InputError where it could not be fetched."""
        if one.place.startswith(WEB):
            return self._of_address(one)
        written = unquote(one.place) if one.place.startswith("file:") else one.place
        written = re.sub(r"^(storage:|attachments:|file:(//)?)", "", written).replace("\\", "/")
        if "*" in written:
            return self._like(written, one)
        if written.startswith("/") or re.match(r"[A-Za-z]:", written):
            if copy := self._copy(written):
                return self._found(*copy, one)
            if re.search(r"(^|/)\.\.(/|$)", written):
                raise Outside(one.place)
            raise Missing(f"{one.place} is not there")
        for base in dict.fromkeys((PurePosixPath(self._folder), PurePosixPath("."))):
            way = os.path.normpath(base / written)
            if way == ".." or way.startswith("../"):
                raise Outside(one.place)
            path = self._root / way
            if os.path.lexists(path):
                return self._found(path, self._real, one)
        if copy := self._copy(written):
            return self._found(*copy, one)
        raise Missing(f"{written} is not there")

    def _of_address(self, one: Attached) -> File:
        way = way_of(one.place)
        if copy := self._copy(way):
            return self._found(*copy, one, name=one.place)
        if self._fetch is None:
            raise Missing(
                f"{one.place} is not in a folder of copies (--files), nor fetched (--fetch)"
            )
        return File(self._fetch(one.place), one.place, None, one.title)

    def _found(self, path: Path, real: Path, one: Attached, name: str = "") -> File:
        place = contained_files.place_of(path, real)
        if place is None:
            raise Outside(one.place)
        if not place.path.is_file():
            raise Missing(f"{one.place} is not there")
        return File(path, name or f"{self._called}/{one.place.lstrip('/')}", place, one.title)

    def _like(self, written: str, one: Attached) -> File:
        """EndNote's library keeps its files in a folder that is called as it is."""
        rest = written.replace("*/PDF/", "", 1)
        for folder in sorted(self._root.glob("*.Data/PDF")):
            if (folder / rest).is_file():
                return self._found(folder / rest, self._real, one)
        raise Missing(f"{rest} is not there")

    def _copy(self, way: str) -> tuple[Path, Path] | None:
        """A file in a folder of copies whose place ends as this one does, by two names or more."""
        parts = [part for part in PurePosixPath(way).parts if part not in ("/", "..")][-DEEP:]
        for start in range(len(parts)):
            tail = "/".join(parts[start:])
            if found := self._tails.get(tail):
                return found
            if found := (self._alone.get(tail) if start == len(parts) - 1 else None):
                return found
        return None

    @cached_property
    def _tails(self) -> dict[str, tuple[Path, Path]]:
        tails: dict[str, tuple[Path, Path]] = {}
        for path, copy in self._walked:
            names = path.relative_to(copy).parts
            for start in range(len(names) - 1, max(len(names) - DEEP, 0) - 1, -1):
                if len(names) - start > 1 or len(names) == 1:
                    tails.setdefault("/".join(names[start:]), (path, copy))
        return tails

    @cached_property
    def _alone(self) -> dict[str, tuple[Path, Path] | None]:
        """Files by name, where only one is called so."""
        alone: dict[str, tuple[Path, Path] | None] = {}
        for path, copy in self._walked:
            alone[path.name] = None if path.name in alone else (path, copy)
        return alone

    @cached_property
    def _walked(self) -> list[tuple[Path, Path]]:
        found: list[tuple[Path, Path]] = []
        for copy in self._copies:
            for folder, _, names in os.walk(copy):
                found += [(Path(folder) / name, copy) for name in sorted(names)]
                if len(found) > MOST_FILES:
                    raise InputError("archive of too many", file=str(copy), most=MOST_FILES)
        return found


def wanted(record: Record) -> Iterator[Attached]:
    """The files of a record that are documents, the best first."""
    chosen = [one for one in record.files if _ending(one) not in UNREAD]
    better = [one for one in chosen if _ending(one) not in LESSER]
    yield from sorted(better or chosen, key=_rank)


def page_of(record: Record) -> str:
    """A record as a page of its own: its own words, or what is known of what it names."""
    title = escape(record.title or "?")
    said = record.body
    if not said:
        values = record.values
        people = ", ".join(values.get("creator", ()))
        lines = [*filter(None, (people, *values.get("date", ())[:1], *values.get("publisher", ()))),
                 *values.get("abstract", ())]  # fmt: skip
        said = "".join(f"<p>{escape(line)}</p>" for line in lines)
        for address in values.get("url", ())[:1]:
            said += f'<p><a href="{escape(address, quote=True)}">{escape(address)}</a></p>'
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1>{said}</main></body></html>"
    )


def _ending(one: Attached) -> str:
    way = way_of(one.place) if one.place.startswith(WEB) else unquote(one.place)
    return PurePosixPath(way).suffix.lower()


def _rank(one: Attached) -> int:
    ending = _ending(one)
    return PREFERRED.index(ending) if ending in PREFERRED else len(PREFERRED)
