"""Files that come a piece at a time over a bad line: what is acknowledged survives a power cut.

The catalogue knows how much of each is safe; the bytes are in `originals/unfinished`, on the disk
they are to stay on. A piece is written, settled on the disk, and only then counted. What lies
behind the count is of a piece that did not come whole, and is written over.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from library.catalogue import Catalogue
from library.catalogue.accounts.users import User
from library.catalogue.arrivals import actions
from library.catalogue.arrivals import uploads as kept
from library.catalogue.arrivals.uploads import Upload, Wanted
from library.core.errors import LibraryError, TooLarge
from library.core.resource import Stored
from library.store import originals
from library.store.protocol import CHUNK

PIECE = 4 * 1024 * 1024  # bytes of one piece at most
MOST = 200  # unfinished uploads of one account
KEPT = 7 * 86400.0  # seconds after which one that nobody goes on with is thrown away
STRAY = 86400.0  # seconds after which a file that no upload knows is thrown away

Why = Literal["offset", "digest", "length", "complete", "changed", "many", "absent"]


class Refused(LibraryError):
    """A piece, or a beginning, that will not do; `upload` says where it stands, if it is there.

    offset: begin at another place. digest: this piece came broken. length: more than was said.
    complete: it is here already. changed: the whole is not what the browser has. many: too many
    are unfinished. absent: there is no such upload.
    """

    reason = "refused"

    def __init__(self, why: Why, upload: Upload | None = None) -> None:
        super().__init__("upload refused", why=why)
        self.why = why
        self.upload = upload


@dataclass(frozen=True, slots=True)
class Uploads:
    """The uploads of one account, of no other."""

    catalogue: Catalogue
    originals: Path
    user: User
    floor: int = 0  # bytes of the disk that are left free: the catalogue needs some

    def begin(self, wanted: Wanted, *, fresh: bool = False) -> Upload:
        """A new upload, or the one that this browser, or this file, began before.

        fresh: another file that only looks like one sent before. Raises Refused, TooLarge,
        StorageFull, NotUsable.
        """
        if wanted.bytes > originals.LARGEST:
            raise TooLarge("file too large", file=wanted.name, megabytes=originals.LARGEST >> 20)
        with self.catalogue.write() as writer:
            conn, user = writer.conn, self.user.id
            if again := kept.begun(conn, user, wanted.key):
                return again
            known = None if fresh else kept.known(conn, user, wanted)
            if known:
                if not known.complete:
                    kept.goes_on(conn, known.id, wanted)
                return known
            if kept.count(conn, user) >= MOST:
                raise Refused("many")
            self._room(wanted.bytes)
            return kept.begin(conn, user, wanted)

    def stands(self, id_: str) -> Upload:
        """Where an upload stands. Raises Refused."""
        with self.catalogue.read() as conn:
            upload = kept.held(conn, self.user.id, id_)
        if upload is None:
            raise Refused("absent")
        return upload

    def digest(self, upload: Upload) -> str:
        """SHA-256 of what has come of it: whether a file chosen again is the same, that tells."""
        if upload.sha256 or not upload.offset:
            return upload.sha256
        try:
            with self._part(upload.id).open("rb") as file:
                return _digest(file, upload.offset)
        except OSError:
            return ""

    def append(self, id_: str, offset: int, piece: bytes, sha256: str = "") -> Upload:
        """Put a piece at its place; when this returns a power cut cannot lose it.

        sha256: of the piece, as it was sent. Raises Refused, StorageFull, NotUsable.
        """
        with self._held(id_) as (file, upload):
            self._fits(upload, offset, piece, sha256)
            self._room(len(piece))
            with originals.storing(self.originals):
                file.seek(offset)
                file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            with self.catalogue.write() as writer:
                if not kept.grown(writer.conn, id_, offset + len(piece)):
                    raise Refused("absent")
        return self.stands(id_)

    def finish(self, id_: str, sha256: str = "") -> Upload:
        """Make an arrival of an upload that has come whole; safe to repeat.

        sha256: of the whole, as the browser has it. Raises Refused, Empty, StorageFull, NotUsable.
        """
        if (upload := self.stands(id_)).complete:
            return upload
        with self._held(id_) as (file, upload):
            if upload.complete:  # another window was quicker
                return upload
            if upload.offset != upload.bytes:
                raise Refused("offset", upload)
            with originals.storing(self.originals):  # what has come is read from that disk
                whole = upload.sha256 or _digest(file, upload.bytes)
            if sha256 and whole != sha256:
                # The file was changed while it was sent, or two that look alike were mixed.
                self._forget(id_)
                raise Refused("changed")
            # Known before it is moved: who is stopped in between finds it at its new place.
            with self.catalogue.write() as writer:
                if not kept.whole(writer.conn, id_, whole):
                    raise Refused("absent")
            stored = originals.adopt(self.originals, self._part(id_), whole, upload.bytes)
            self._arrive(id_, stored)
        return self.stands(id_)

    def give_up(self, id_: str) -> None:
        """Throw away what has come of an upload. Raises Refused for one that is not there."""
        if self.stands(id_).complete:
            return
        with self._held(id_) as (_, upload):
            if not upload.complete:
                self._forget(id_)

    def unfinished(self) -> list[Upload]:
        """What this account has begun to send and not finished, the last touched first."""
        with self.catalogue.read() as conn:
            return kept.unfinished(conn, self.user.id)

    def _fits(self, upload: Upload, offset: int, piece: bytes, sha256: str) -> None:
        """Raises Refused for a piece that will not do where an upload stands."""
        if upload.complete or upload.sha256:
            raise Refused("complete", upload)
        if offset != upload.offset:
            raise Refused("offset", upload)
        if sha256 and hashlib.sha256(piece).hexdigest() != sha256:
            raise Refused("digest", upload)
        if offset + len(piece) > upload.bytes:
            raise Refused("length", upload)

    def _arrive(self, id_: str, stored: Stored) -> None:
        """Make an arrival of what came whole, unless it is one or is given up."""
        with self.catalogue.write() as writer:
            # Once moved, the file is held no more: another window may have come this far too.
            upload = kept.held(writer.conn, self.user.id, id_)
            if upload is None or upload.complete:
                return
            number = actions.bring(
                writer,
                stored,
                actions.place(self.user.name, upload.name),
                upload.name,
                upload.status,
                by=self.user.name,
                replaces=upload.replaces,
            )
            kept.arrived(writer.conn, id_, number)

    @contextmanager
    def _held(self, id_: str) -> Iterator[tuple[BinaryIO, Upload]]:
        """The file of an upload, and where that stands while nobody else can touch it."""
        if (upload := self.stands(id_)).complete:  # no file is made for what needs none
            raise Refused("complete", upload)
        part = self._part(id_)
        with originals.storing(self.originals):
            originals.make(part.parent)
            new = not part.exists()
            file = os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT, 0o660), "r+b")
        with file:
            if new:
                with originals.storing(self.originals):
                    originals.settle(part.parent)
            fcntl.flock(file, fcntl.LOCK_EX)  # freed when it is closed, also by a kill
            upload = self.stands(id_)
            if os.fstat(file.fileno()).st_size < upload.offset and not upload.sha256:
                self._forget(id_)  # a disk put back from a backup: what was counted is not there
                raise Refused("absent")
            yield file, upload

    def _forget(self, id_: str) -> None:
        with self.catalogue.write() as writer:
            kept.forget(writer.conn, id_)
        self._part(id_).unlink(missing_ok=True)

    def _part(self, id_: str) -> Path:
        return _folder(self.originals) / f"{id_}.part"

    def _room(self, size: int) -> None:
        """Raises StorageFull where so many bytes would fill the disk."""
        originals.room(self.originals, self.floor, size)


def sweep(catalogue: Catalogue, folder: Path) -> int:
    """Throw away uploads that nobody goes on with, and files that no upload knows; how many."""
    with catalogue.write() as writer:
        old = kept.forget_old(writer.conn, KEPT)
    with catalogue.read() as conn:
        known = kept.every(conn)
    swept, stray = 0, time.time() - STRAY
    for part in _folder(folder).glob("*.part"):
        with suppress(OSError):
            if part.stem in old or (part.stem not in known and part.stat().st_mtime < stray):
                part.unlink()
                swept += 1
    return swept


def _folder(folder: Path) -> Path:
    return folder / "unfinished"


def _digest(file: BinaryIO, size: int) -> str:
    """SHA-256 of the first `size` bytes of a file."""
    digest, left = hashlib.sha256(), size
    file.seek(0)
    while left and (piece := file.read(min(left, CHUNK))):
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest()
