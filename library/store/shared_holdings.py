"""Originals in a store that several machines share, and the copies of them that this one keeps.

An original is acknowledged when the store has it. Whoever reads one (a confined child needs a file)
has a copy under its checksum in the home folder: what came here is one already, another is fetched
and held against its checksum. There are so many megabytes of them as the settings say; the ones
that were used longest ago go first, and whoever reads one holds it by a link of its own.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from library.catalogue import Catalogue, Writer
from library.catalogue.queue import turns
from library.catalogue.resources import queries
from library.core import leases
from library.core.errors import InputError, NotUsable, StorageFull, Unreadable
from library.core.resource import Stored
from library.core.settings import Settings
from library.store import originals, room
from library.store.contained_files import Place
from library.store.originals import Incoming
from library.store.protocol import CHUNK, ORIGINALS, Store, name_of, verify

IN_USE = "in-use"  # in the folder of copies: links that are held
SENDERS = 8  # files that are sent at once
COMING = 86400.0  # seconds for which a file that is found there is not set aside
_THIN = 20  # copies are looked through when the 20th part of their room is new


def claim_of(sha256: str) -> str:
    """How the turns begin of who found an original there, and is to note that it is needed."""
    return f"original {sha256} "


class SharedHoldings:
    """Originals in a store."""

    def __init__(self, store: Store, settings: Settings, catalogue: Catalogue) -> None:
        self._store = store
        self._settings = settings
        self._catalogue = catalogue
        self._copies = settings.copies

    @property
    def where(self) -> str:
        return self._store.where

    def held(self, sha256: str, size: int) -> bool:
        facts = self._store.facts(name_of(sha256))
        if facts is None or facts.bytes != size:
            return False
        with self._catalogue.read() as conn:
            if queries.original(conn, sha256):
                return True  # what is catalogued stays
        owner = leases.me()
        self._catalogue.change(turns.take, f"{claim_of(sha256)}{owner}", owner, COMING)
        return self._store.facts(name_of(sha256)) is not None  # or it was set aside before that

    def put(self, source: Path, place: Place | None = None) -> Stored:
        incoming = self._read(source, place)
        try:
            return incoming.keep()
        finally:
            incoming.discard()

    def put_all(self, sources: Sequence[tuple[Path, Place | None]]) -> list[Stored | InputError]:
        def keep(one: tuple[Path, Place | None]) -> Stored | InputError:
            try:
                return self.put(*one)
            except InputError as error:
                return error

        with ThreadPoolExecutor(SENDERS, thread_name_prefix="sender") as pool:
            return list(pool.map(keep, sources))

    def incoming(self, name: str) -> Incoming:
        return _Sent(self, self._copies, name)

    def open(self, sha256: str, first: int = 0, size: int | None = None) -> BinaryIO:
        return self._store.open(name_of(sha256), first, size)

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        kept = originals.path_of(self._copies, sha256)
        with originals.storing(self._copies):
            originals.make(self._copies / IN_USE)
            prefix = f"{leases.me()}:"
            folder = Path(tempfile.mkdtemp(prefix=prefix, dir=self._copies / IN_USE))
        mine = folder / sha256
        try:
            try:
                os.link(kept, mine)
                with suppress(OSError):
                    os.utime(kept)
            except OSError:
                self._fetch(sha256, mine)
            yield mine
        finally:
            mine.unlink(missing_ok=True)
            with suppress(OSError):
                folder.rmdir()

    def size(self, sha256: str) -> int | None:
        facts = self._store.facts(name_of(sha256))
        return facts.bytes if facts else None

    def verify(self, sha256: str) -> bool:
        try:
            return verify(self._store, name_of(sha256), sha256)
        except Unreadable:
            return False

    def bring_back(self, source: Path, sha256: str) -> None:
        if not originals.verify(source, sha256):
            raise Unreadable("file unread", file=sha256, detail="it is damaged there too")
        self._store.put(name_of(sha256), originals.path_of(source, sha256), replace=True)

    def every(self) -> Iterator[str]:
        for name, _ in self._store.every(ORIGINALS):
            yield name.rpartition("/")[2]

    def forget(self, writer: Writer, sha256: str) -> None:
        if not turns.any_held(writer.conn, claim_of(sha256)):
            self._store.remove(name_of(sha256))

    def sweep(self) -> None:
        originals.sweep(self._copies, time.time() - COMING)
        for folder in (self._copies / IN_USE).glob("*"):
            if leases.dead(folder.name.rpartition(":")[0]):
                for link in folder.glob("*"):
                    link.unlink(missing_ok=True)
                with suppress(OSError):
                    folder.rmdir()
        thin(self._copies, self._settings.copies_kept << 20)

    def keep(self, part: Path, stored: Stored) -> Stored:
        """Send a file that is whole here; it stays as a copy."""
        if self.held(stored.sha256, stored.bytes):
            now = Stored(stored.sha256, stored.bytes, new=False)
        else:
            new = self._store.put(name_of(stored.sha256), part)
            if not new and not self.held(stored.sha256, stored.bytes):
                self._store.put(name_of(stored.sha256), part, replace=True)  # it was cut short
                new = True
            now = Stored(stored.sha256, stored.bytes, new)
        self._keep_copy(part, stored.sha256)
        return now

    def _read(self, source: Path, place: Place | None) -> Incoming:
        incoming = self.incoming(originals.shown(source))
        try:
            with originals.opened(source, place) as file:
                while piece := originals.read(file, source):
                    incoming.write(piece)
        except BaseException:
            incoming.discard()
            raise
        return incoming

    def _fetch(self, sha256: str, mine: Path) -> None:
        """Have a copy of an original, to be read by one and kept for others."""
        size = self.size(sha256)
        if size is None:
            raise Unreadable("stored file missing", name=sha256, where=self.where)
        originals.room(self._copies, self._settings.floor, size)
        fetched = Incoming(self._copies, sha256)
        try:
            with self.open(sha256) as file:
                while piece := file.read(CHUNK):
                    fetched.write(piece)
            if not size or fetched.told().sha256 != sha256:
                raise Unreadable("stored file changed", name=sha256, where=self.where)
            part = fetched.closed()
            with originals.storing(self._copies):
                os.link(part, mine)
            self._keep_copy(part, sha256)
        finally:
            fetched.discard()

    def _keep_copy(self, part: Path, sha256: str) -> None:
        """Keep a file as a copy, where there is room for such: the store has it."""
        with suppress(OSError, StorageFull, NotUsable):
            kept = originals.path_of(self._copies, sha256)
            kept.parent.mkdir(parents=True, exist_ok=True)
            part.replace(kept)
            _GROWN.by(self._copies, kept.stat().st_size, self._settings.copies_kept << 20)


class _Sent(Incoming):
    """A file that comes here piece by piece, and is sent to the store when it is whole."""

    def __init__(self, holdings: SharedHoldings, folder: Path, name: str) -> None:
        super().__init__(folder, name)
        self._holdings = holdings

    def keep(self) -> Stored:
        stored = self.told()
        return self._holdings.keep(self.closed(), stored)


class _Grown:
    """How much has come to the copies of this process since they were looked through."""

    def __init__(self) -> None:
        self._bytes = 0
        self._lock = threading.Lock()

    def by(self, folder: Path, size: int, limit: int) -> None:
        with self._lock:
            self._bytes += size
            if self._bytes * _THIN < limit:
                return
            self._bytes = 0
        thin(folder, limit)


_GROWN = _Grown()


def thin(folder: Path, limit: int) -> None:
    """Remove the copies that were used longest ago until the rest fit into `limit` bytes."""
    room.thin(folder.glob("??/??/*"), limit)
