"""A pack as a ZIM file, for Kiwix and its kin (https://wiki.openzim.org/wiki/ZIM_file_format).

Made by libzim, an extra: it brings the reader its own full-text index of the same pages.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from html import unescape
from mmap import mmap
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID

from babel.core import get_global

from library.core.errors import UsageError
from library.web.packs.about import About
from library.web.packs.contents import Work
from library.web.packs.offline_site import OfflineSite

TITLE = 30  # characters that openZIM's metadata allow a title
DESCRIPTION = 80
ICON = 48  # pixels of the picture that readers show

TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".webp": "image/webp",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
}
_UUID = slice(8, 24)  # of the header
_XAPIAN = b"\x0f\rXapian Glass"
_CHECKSUM = 16  # bytes at the end: MD5 of all before
_PIECE = 1 << 20


def write(site: OfflineSite, works: Sequence[Work], about: About, path: Path) -> None:
    """One archive of all works. Raises UsageError where libzim is not installed, OSError."""
    try:
        from libzim import writer
    except ImportError as error:
        raise UsageError(
            "zim missing", command="pip install 'worker-education-library[zim]'"
        ) from error
    creator: Any = writer.Creator(path)
    creator.config_indexing(True, three_letters(about.language))
    creator.config_verbose(False)
    creator.config_nbworkers(1)  # clusters in one order, whatever machine it is made on
    creator.set_mainpath("index.html")
    target = _Target(creator, writer)
    with _silent(), creator:
        creator.add_illustration(ICON, site.pages.static[site.pages.names["icon-48.png"]].content)
        for name, value in _metadata(site, works, about).items():
            creator.add_metadata(name, value)
        replace(site, searched=False).write(works, target)
        for work in works:
            hints: dict[Any, int] = {}
            creator.add_redirection(
                f"r/{work.slug}", work.title, f"r/{work.slug}/index.html", hints
            )
    _settle(path, UUID(about.identifier.removeprefix("urn:uuid:")))


@contextmanager
def _silent() -> Iterator[None]:
    """libzim tells standard output how far it is, whatever it is told."""
    sys.stdout.flush()
    kept = os.dup(1)
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nothing)


class _Target:
    """Files of a pack as entries of an archive."""

    def __init__(self, creator: Any, writer: Any) -> None:
        self._creator = creator
        self._item = _items(writer)

    def write(self, name: str, content: str | bytes) -> None:
        data = content if isinstance(content, bytes) else content.encode()
        self._creator.add_item(self._item(name, data, None))

    def copy(self, name: str, path: Path) -> None:
        self._creator.add_item(self._item(name, b"", path))


def _items(writer: Any) -> Any:
    """The class of entries: libzim is loaded when it is asked for."""
    base: Any = writer.Item

    class Entry(base):  # type: ignore[misc]
        def __init__(self, name: str, data: bytes, path: Path | None) -> None:
            super().__init__()
            self._name, self._data, self._path = name, data, path

        def get_path(self) -> str:
            return self._name

        def get_title(self) -> str:
            if not self._name.endswith(".html"):
                return ""
            begin, end = self._data.find(b"<title>"), self._data.find(b"</title>")
            return unescape(self._data[begin + 7 : end].decode()) if begin >= 0 else ""

        def get_mimetype(self) -> str:
            return TYPES.get(PurePosixPath(self._name).suffix, "application/octet-stream")

        def get_hints(self) -> dict[Any, bool]:
            read = self._name.endswith(".html") and self._name.startswith("r/")
            return {
                writer.Hint.FRONT_ARTICLE: read,
                writer.Hint.COMPRESS: self.get_mimetype().startswith("text/"),
            }

        def get_contentprovider(self) -> Any:
            if self._path is not None:
                return writer.FileProvider(str(self._path))
            return writer.StringProvider(self._data)

    return Entry


def _metadata(site: OfflineSite, works: Sequence[Work], about: About) -> dict[str, str]:
    creators = list(dict.fromkeys(work.by for work in works if work.by))
    rights = list(dict.fromkeys(work.rights for work in works if work.rights))
    return {
        "Title": _cut(about.title, TITLE),
        "Description": _cut(about.about, DESCRIPTION),
        "LongDescription": f"{about.made} {about.question}".strip(),
        "Language": three_letters(about.language),
        "Creator": "; ".join(creators[:20]) or about.name,
        "Publisher": about.name,
        "License": "; ".join(rights[:20]) or "-",
        "Name": PurePosixPath(about.identifier).name.replace(":", "-"),
        "Date": about.moment.strftime("%Y-%m-%d"),
        "Source": about.question or about.name,
    }


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


@cache
def three_letters(language: str) -> str:
    """The ISO 639-3 code of a language that has one of two letters, by CLDR's aliases."""
    main = language.split("-")[0]
    if len(main) == 3:
        return main
    aliases = get_global("language_aliases")
    found = sorted(code for code, short in aliases.items() if short == main and len(code) == 3)
    return found[0] if found else "mul"


def _settle(path: Path, name: UUID) -> None:
    """The same archive from the same pages: libzim gives it, and Xapian each of its two indexes, a
    random name; give them ours."""
    with path.open("r+b") as file, mmap(file.fileno(), 0) as data:
        data[_UUID] = name.bytes
        place = data.find(_XAPIAN)
        while place >= 0:
            begin = place + len(_XAPIAN) + 2  # the version of the format stands between
            data[begin : begin + len(name.bytes)] = name.bytes
            place = data.find(_XAPIAN, begin)
        digest = hashlib.md5(usedforsecurity=False)
        end = len(data) - _CHECKSUM
        for start in range(0, end, _PIECE):
            digest.update(data[start : min(end, start + _PIECE)])
        data[end:] = digest.digest()
        data.flush()
