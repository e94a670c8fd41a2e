"""Zip files that documents come in, read in memory and bounded in everything they could ask for."""

from __future__ import annotations

import lzma
import re
import stat
import struct
import zipfile
import zlib
from typing import BinaryIO
from urllib.parse import unquote

from library.core.errors import Damaged, Encrypted, InputError, TooLarge, Unsupported

ENTRIES = 5_000
INFLATED = 300 * 2**20  # bytes of all entries that are read, counted as they come out
RATIO = 200  # of inflated to packed bytes
SPARED = 2**20  # bytes that an entry may inflate to, whatever the ratio
PIECE = 2**18
DIRECTORY = 4 * 2**20  # bytes of the list of entries
END = struct.Struct("<4s4H2LH")  # the record at the end of a zip file (APPNOTE 4.3.16)
ENTRY = struct.Struct("<4s6H3L5H2L")  # one line of its list (APPNOTE 4.3.12)
HEADER = 30  # bytes before an entry's name, where its data are
LOCKED = 0x1
OUTSIDE = re.compile(r"^(?:/|[A-Za-z]:)|(?:^|/)\.\.(?:/|$)|\x00")


class Container:
    """The entries of one zip file, by name. Raises Damaged, Encrypted, TooLarge."""

    def __init__(self, file: BinaryIO) -> None:
        names_of(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Damaged("zip damaged") from error
        entries = self._zip.infolist()
        if len(entries) > ENTRIES:
            raise TooLarge("zip of too many", most=ENTRIES)
        _apart(entries, self._zip.start_dir)
        self._entries = {entry.filename.replace("\\", "/"): entry for entry in entries}
        for entry in entries:
            _check_name(entry)
        self._folded = {name.lower().lstrip("/"): name for name in self._entries}
        self._left = INFLATED

    def __contains__(self, name: str) -> bool:
        return self.named(name) in self._entries

    def named(self, name: str) -> str:
        """How an entry is really called: names of parts differ by more than capitals (ECMA-376)."""
        if name in self._entries:
            return name
        entry = self._folded.get(name.lower()) or self._folded.get(unquote(name).lower())
        return entry or name

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def data(self, name: str) -> bytes:
        """All of one entry; b"" where there is none of that name, in capitals or not."""
        entry = self._entries.get(self.named(name))
        if entry is None:
            return b""
        if entry.flag_bits & LOCKED:
            raise Encrypted("locked")
        content = bytearray()
        try:
            with self._zip.open(entry) as source:
                while piece := source.read(PIECE):
                    content += piece
                    self._count(len(piece), len(content), entry.compress_size)
        except InputError:
            raise
        except NotImplementedError as error:
            raise Unsupported("zip method") from error
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, ValueError) as error:
            raise Damaged("part packed") from error
        except (EOFError, RuntimeError, struct.error) as error:
            raise Damaged("part cut") from error
        return bytes(content)

    def _count(self, piece: int, whole: int, packed: int) -> None:
        self._left -= piece
        if self._left < 0:
            raise TooLarge("zip too large", megabytes=INFLATED // 2**20)
        if whole > SPARED and whole > RATIO * packed:
            raise TooLarge("zip bomb")


def names_of(file: BinaryIO) -> tuple[str, ...]:
    """The names in a zip file's own list, at most 5,000; () where the list cannot be found.

    Reads the list alone, unpacks nothing, and leaves `file` at its start. Raises TooLarge.
    """
    size = file.seek(0, 2)
    start = max(0, size - 2**16 - END.size)
    file.seek(start)
    tail = file.read(2**16 + END.size)
    place = tail.rfind(b"PK\x05\x06")
    names: list[str] = []
    if 0 <= place <= len(tail) - END.size:
        *_, count, length, _, _ = END.unpack_from(tail, place)
        if count > ENTRIES or DIRECTORY < length < 0xFFFFFFFF:
            file.seek(0)
            raise TooLarge("zip of too many", most=ENTRIES)
        file.seek(max(0, start + place - length))
        names = _listed(file.read(min(length, DIRECTORY)), count)
    file.seek(0)
    return tuple(names)


def _listed(listing: bytes, count: int) -> list[str]:
    names: list[str] = []
    place = 0
    while len(names) < count and place + ENTRY.size <= len(listing):
        fields = ENTRY.unpack_from(listing, place)
        if fields[0] != b"PK\x01\x02":
            break
        name, extra, comment = fields[10:13]
        place += ENTRY.size
        names.append(listing[place : place + name].decode("utf-8", "replace").replace("\\", "/"))
        place += name + extra + comment
    return names


def _apart(entries: list[zipfile.ZipInfo], end: int) -> None:
    """Entries that share bytes multiply: one packed kilobyte counts a thousand times."""
    follows = end
    for entry in sorted(entries, key=lambda item: item.header_offset, reverse=True):
        # A name may be written in fewer bytes than it has in UTF-8, never in fewer than its signs.
        length = HEADER + len(entry.orig_filename) + entry.compress_size
        if entry.header_offset + length > follows:
            raise Damaged("zip overlaps")
        follows = max(0, entry.header_offset)


def _check_name(entry: zipfile.ZipInfo) -> None:
    if OUTSIDE.search(entry.orig_filename.replace("\\", "/")):
        raise Damaged("zip leads out")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Damaged("zip links")
