"""Files from a browser, written to the disk as they come and acknowledged when they are safe there.

The form's token stands before its files, so that nothing is stored for a form that is not ours.
Each file is stored and noted by itself: when a line breaks in the tenth, nine have arrived.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from library.core.errors import InputError, LibraryError, StorageFull
from library.core.resource import Stored
from library.store.holdings import Holdings
from library.store.originals import Incoming, room, shown

MOST_FILES = 500  # of one form
LONGEST_FIELD = 64 * 1024  # bytes
LONGEST_NAME = 200  # characters

Fields = dict[str, list[str]]
Ours = Callable[[Fields], bool]
Keep = Callable[[str, Stored, Fields], None]


class NotOurs(Exception):
    """The form's token is missing, or not this session's."""


@dataclass(slots=True)
class Received:
    """What a form brought: its fields, how many files are safe, and what was wrong with others."""

    fields: Fields = field(default_factory=dict)
    stored: list[str] = field(default_factory=list)
    problems: list[LibraryError] = field(default_factory=list)


async def receive(
    request: Request, holdings: Holdings, folder: Path, floor: int, ours: Ours, keep: Keep
) -> Received:
    """Read a form with files. Raises NotOurs, HTTPException 400.

    folder: whose disk holds what comes; floor: bytes of it that are left free. ours: whether the
    fields before the first file are those of a form of ours. keep: notes a stored file, under the
    name it came with. A line that breaks leaves what had come whole.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise HTTPException(400)
    parts = _Parts(holdings, folder, floor, ours, keep)
    parser = MultipartParser(boundary, parts.callbacks())  # type: ignore[arg-type]
    refused = False
    try:
        async for chunk in request.stream():
            if refused:
                continue  # or the browser shows a broken line, and not our answer
            try:
                await run_in_threadpool(parser.write, chunk)
            except NotOurs:
                refused = True
        if not refused:
            await run_in_threadpool(parser.finalize)
    except MultipartParseError as error:
        raise HTTPException(400) from error
    except ClientDisconnect:
        return parts.received
    finally:
        await run_in_threadpool(parts.close)
    if refused or not ours(parts.received.fields):
        raise NotOurs
    return parts.received


def plain_name(sent: str) -> str:
    """A file's name as a browser sent it, without folders and signs that cannot be shown."""
    last = sent.replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = shown(Path(unicodedata.normalize("NFC", last))) if last else ""
    if len(name) > LONGEST_NAME:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: LONGEST_NAME - 12]}{dot}{ending[:11]}" if dot else name[:LONGEST_NAME]
    return name.lstrip(".") or "unnamed"


class _Parts:
    """Takes what the parser finds, a piece at a time."""

    def __init__(
        self, holdings: Holdings, folder: Path, floor: int, ours: Ours, keep: Keep
    ) -> None:
        self._holdings = holdings
        self._folder = folder
        self._floor = floor
        self._ours = ours
        self._keep = keep
        self.received = Received()
        self._headers: dict[bytes, bytes] = {}
        self._header = (bytearray(), bytearray())
        self._name = ""
        self._text: bytearray | None = None
        self._file: Incoming | None = None
        self._filename = ""
        self._full = False
        self._files = 0

    def callbacks(self) -> dict[str, Callable[..., None]]:
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._header[0].extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._header[1].extend(data[start:end]),
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_end,
            "on_part_data": self._data,
            "on_part_end": self._end,
        }

    def close(self) -> None:
        """Leave nothing of a file that did not come whole."""
        if self._file:
            self._file.discard()
            self._file = None

    def _begin(self) -> None:
        self._headers, self._text, self._filename = {}, None, ""

    def _header_end(self) -> None:
        name, value = self._header
        self._headers[bytes(name).lower()] = bytes(value)
        self._header = (bytearray(), bytearray())

    def _headers_end(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" not in options:
            self._text = bytearray()
            return
        sent = options[b"filename"].decode("utf-8", "replace")
        if not sent:
            return  # a field for files in which none was chosen
        if not self._ours(self.received.fields):
            raise NotOurs
        self._files += 1
        self._filename = plain_name(sent)
        if self._full or self._files > MOST_FILES:
            return
        try:
            room(self._folder, self._floor, 0)
            self._file = self._holdings.incoming(self._filename)
        except LibraryError as error:
            self._problem(error)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._text is not None:
            if len(self._text) + end - start > LONGEST_FIELD:
                raise HTTPException(413)
            self._text.extend(data[start:end])
        elif self._file:
            try:
                room(self._folder, self._floor, end - start)
                self._file.write(data[start:end])
            except LibraryError as error:
                self.close()
                self._problem(error)

    def _end(self) -> None:
        if self._text is not None:
            value = bytes(self._text).decode("utf-8", "replace")
            self.received.fields.setdefault(self._name, []).append(value)
        elif self._file:
            try:
                stored = self._file.keep()
                self._keep(self._filename, stored, self.received.fields)
                self.received.stored.append(self._filename)
            except LibraryError as error:
                self._problem(error)
            finally:
                self.close()

    def _problem(self, error: LibraryError) -> None:
        self.received.problems.append(error)
        # What is wrong with one file is not wrong with the next; a full disk is.
        self._full = isinstance(error, StorageFull) or not isinstance(error, InputError)
