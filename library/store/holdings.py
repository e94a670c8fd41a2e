"""The originals of a library, wherever its settings say that they are.

In the home folder they are files under their checksums (originals.py). Otherwise they are in a
store that several machines share (shared_holdings.py), and whoever reads one has a copy of it on
this machine meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Protocol

from library.catalogue import Catalogue, Writer
from library.catalogue.resources import queries
from library.core import store_address
from library.core.errors import InputError, NotUsable, Unreadable
from library.core.resource import Stored
from library.core.settings import Settings
from library.core.store_address import StoreAddress
from library.store import originals
from library.store.contained_files import Place
from library.store.folder_store import FolderStore
from library.store.originals import Incoming
from library.store.protocol import ORIGINALS, Store, name_of
from library.store.ranges import Limited
from library.store.shared_holdings import SharedHoldings

FORGOTTEN = 86400.0  # seconds after which nobody is still copying a file


class Holdings(Protocol):
    """What is done with originals. All raise StorageFull and NotUsable for where they are kept,
    of which Unreachable may be tried again.
    """

    @property
    def where(self) -> str:
        """As it may be shown and noted."""

    def held(self, sha256: str, size: int) -> bool:
        """Whether there is an original of this checksum and of so many bytes.

        It is as if it had just come: until it is noted who needs it, nobody sets it aside.
        """

    def put(self, source: Path, place: Place | None = None) -> Stored:
        """Store a copy of a file; when this returns it cannot be lost. place: where it was found.

        Raises Unreadable, Empty, TooLarge for the file.
        """

    def put_all(self, sources: Sequence[tuple[Path, Place | None]]) -> list[Stored | InputError]:
        """Store copies of files; of one that cannot be stored the reason stands in its place."""

    def incoming(self, name: str) -> Incoming:
        """A file that comes piece by piece. name: what it is called where it comes from."""

    def open(self, sha256: str, first: int = 0, size: int | None = None) -> BinaryIO:
        """An original from a byte on, and so many. Raises Unreadable."""

    def local(self, sha256: str) -> AbstractContextManager[Path]:
        """A file of this machine that holds an original, to be read as long as this lasts.

        Raises Unreadable where it is missing, or is not what it was when it came.
        """

    def size(self, sha256: str) -> int | None:
        """Bytes of an original; None where it is missing."""

    def verify(self, sha256: str) -> bool:
        """Whether an original is there and its bytes still have its checksum."""

    def bring_back(self, source: Path, sha256: str) -> None:
        """Put an original in the place of one that is damaged or gone, from those of a copy.

        Raises Unreadable where it is not whole there either.
        """

    def every(self) -> Iterator[str]:
        """The checksum of every original that is stored."""

    def forget(self, writer: Writer, sha256: str) -> None:
        """Take away one that was stored just now, and that nobody needs."""

    def sweep(self) -> None:
        """Remove what processes that were killed have left."""


def holdings_of(settings: Settings, catalogue: Catalogue) -> Holdings:
    """The originals of these settings."""
    store = store_of(settings)
    if store is None:
        return HomeHoldings(settings.originals)
    return SharedHoldings(store, settings, catalogue)


def store_of(settings: Settings) -> Store | None:
    """The store that several machines share; None where originals are in the home folder.

    Raises UsageError where its client is not installed.
    """
    address = store_address.read(settings.store)
    return _store(address) if address else None


@lru_cache(maxsize=4)
def _store(address: StoreAddress) -> Store:
    if address.folder is not None:
        return FolderStore(address.folder)
    from library.store.s3 import S3Store  # its client is an extra

    return S3Store(address)


def prepare(settings: Settings, catalogue: Catalogue | None = None) -> None:
    """Make the store of a library that is being made, and see that it answers.

    catalogue: one that is to be a library's; then originals of another one are refused. Raises
    Unreachable, NotUsable.
    """
    store = store_of(settings)
    if store is None:
        return
    if isinstance(store, FolderStore):
        store.make()
    taken = any(True for _ in store.every(ORIGINALS))
    if taken and catalogue is not None:
        with catalogue.read() as conn:
            known = any(True for _ in queries.originals(conn))
        if not known:
            raise NotUsable("store taken", where=store.where)


def put_back(settings: Settings, source: Path, sizes: Mapping[str, int]) -> None:
    """Let a library that has no catalogue yet have the originals of a backup again.

    sizes: their bytes by checksum; all of them were verified. Raises Unreachable, StorageFull,
    NotUsable.
    """
    prepare(settings)
    store = store_of(settings)
    for sha256, size in sizes.items():
        path = originals.path_of(source, sha256)
        if store is None:
            originals.put(settings.originals, path)
            continue
        name = name_of(sha256)
        held = store.facts(name)
        if held is None or held.bytes != size:
            store.put(name, path, replace=held is not None)


class HomeHoldings:
    """Originals in the home folder of one machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def where(self) -> str:
        return str(self._folder)

    def held(self, sha256: str, size: int) -> bool:
        return originals.held(self._folder, sha256, size)

    def put(self, source: Path, place: Place | None = None) -> Stored:
        return originals.put(self._folder, source, place)

    def put_all(self, sources: Sequence[tuple[Path, Place | None]]) -> list[Stored | InputError]:
        return originals.put_all(self._folder, sources)

    def incoming(self, name: str) -> Incoming:
        return Incoming(self._folder, name)

    def open(self, sha256: str, first: int = 0, size: int | None = None) -> BinaryIO:
        try:
            file = originals.path_of(self._folder, sha256).open("rb")
        except OSError as error:
            raise Unreadable("stored file missing", name=sha256, where=self.where) from error
        file.seek(first)
        return file if size is None else Limited(file, size)

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        yield originals.path_of(self._folder, sha256)

    def size(self, sha256: str) -> int | None:
        path = originals.path_of(self._folder, sha256)
        return path.stat().st_size if path.is_file() else None

    def verify(self, sha256: str) -> bool:
        return originals.verify(self._folder, sha256)

    def bring_back(self, source: Path, sha256: str) -> None:
        originals.bring_back(self._folder, source, sha256)

    def every(self) -> Iterator[str]:
        return originals.every(self._folder)

    def forget(self, writer: Writer, sha256: str) -> None:
        originals.path_of(self._folder, sha256).unlink(missing_ok=True)

    def sweep(self) -> None:
        originals.sweep(self._folder, time.time() - FORGOTTEN)
