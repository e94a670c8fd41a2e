"""Uploads whose pieces reach several machines: each piece is a file of the store.

The catalogue knows which pieces came, in their order; of two that are sent for one place, one is
noted, and who sent the other hears where it stands. What was sent and never noted goes after a day.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass

from library.catalogue import Catalogue
from library.catalogue.accounts.users import User
from library.catalogue.arrivals import uploads as kept
from library.catalogue.arrivals.uploads import Piece, Upload
from library.core.errors import Unreadable
from library.core.settings import Settings
from library.store import uploads
from library.store.holdings import holdings_of, store_of
from library.store.originals import Incoming
from library.store.protocol import Store
from library.store.turns import turn
from library.store.uploads import STRAY, Refused, Uploads

PREFIX = "uploads/"
PATIENCE = 60.0  # seconds that are waited for another window to put an upload together


def uploads_of(settings: Settings, catalogue: Catalogue, user: User) -> Uploads:
    """The uploads of an account, wherever their pieces are."""
    store = store_of(settings)
    if store is None:
        return Uploads(catalogue, settings.originals, user, settings.floor)
    return SharedUploads(
        catalogue, settings.home, user, settings.floor, store=store, settings=settings
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedUploads(Uploads):
    """The uploads of one account, on any machine. `originals` is where one is put together."""

    store: Store
    settings: Settings

    def digest(self, upload: Upload) -> str:
        if upload.sha256 or not upload.offset:
            return upload.sha256
        digest = hashlib.sha256()
        try:
            for piece in self._pieces(upload):
                digest.update(piece)
        except (Refused, Unreadable):
            return ""
        return digest.hexdigest()

    def append(self, id_: str, offset: int, piece: bytes, sha256: str = "") -> Upload:
        upload = self.stands(id_)
        self._fits(upload, offset, piece, sha256)
        if piece:
            came = Piece(offset, len(piece), hashlib.sha256(piece).hexdigest())
            self.store.write(_name(id_, came), piece)
            with self.catalogue.write() as writer:
                if not kept.add_piece(writer.conn, id_, came):
                    raise Refused("offset", self._now(id_))
        return self.stands(id_)

    def finish(self, id_: str, sha256: str = "") -> Upload:
        if (upload := self.stands(id_)).complete:
            return upload
        with turn(self.catalogue, f"upload {id_}", PATIENCE):
            if (upload := self.stands(id_)).complete:  # another window was quicker
                return upload
            if upload.offset != upload.bytes:
                raise Refused("offset", upload)
            incoming = holdings_of(self.settings, self.catalogue).incoming(upload.name)
            try:
                self._put_together(upload, incoming)
                if sha256 and incoming.told().sha256 != sha256:
                    self._forget(id_)
                    raise Refused("changed")
                stored = incoming.keep()
            finally:
                incoming.discard()
            with self.catalogue.write() as writer:
                if not kept.whole(writer.conn, id_, stored.sha256):
                    raise Refused("absent")
            self._arrive(id_, stored)
            self._remove_pieces(id_)
        return self.stands(id_)

    def give_up(self, id_: str) -> None:
        if self.stands(id_).complete:
            return
        with turn(self.catalogue, f"upload {id_}", PATIENCE):
            if not self.stands(id_).complete:
                self._forget(id_)

    def _put_together(self, upload: Upload, incoming: Incoming) -> None:
        try:
            for piece in self._pieces(upload):
                incoming.write(piece)
        except Unreadable as error:
            self._forget(upload.id)  # what was counted is not there: it is sent anew
            raise Refused("absent") from error

    def _pieces(self, upload: Upload) -> Iterator[bytes]:
        """What has come, in its order. Raises Unreadable where a piece is not as it came."""
        with self.catalogue.read() as conn:
            pieces = kept.pieces(conn, upload.id)
        at = 0
        for piece in pieces:
            name = _name(upload.id, piece)
            with self.store.open(name) as file:
                came = b"".join(iter(lambda: file.read(piece.bytes), b""))  # noqa: B023
            if piece.offset != at or hashlib.sha256(came).hexdigest() != piece.sha256:
                raise Unreadable("stored file changed", name=name, where=self.store.where)
            at += piece.bytes
            yield came
        if at != upload.offset:
            raise Unreadable("stored file missing", name=upload.id, where=self.store.where)

    def _now(self, id_: str) -> Upload | None:
        with self.catalogue.read() as conn:
            return kept.held(conn, self.user.id, id_)

    def _forget(self, id_: str) -> None:
        with self.catalogue.write() as writer:
            kept.forget(writer.conn, id_)
        self._remove_pieces(id_)

    def _remove_pieces(self, id_: str) -> None:
        for name, _ in list(self.store.every(f"{PREFIX}{id_}/")):
            self.store.remove(name)


def sweep(settings: Settings, catalogue: Catalogue) -> int:
    """Throw away uploads that nobody goes on with, and what no upload knows; how many."""
    store = store_of(settings)
    if store is None:
        return uploads.sweep(catalogue, settings.originals)
    with catalogue.write() as writer:
        old = kept.forget_old(writer.conn, uploads.KEPT)
    with catalogue.read() as conn:
        known = kept.every(conn)
    swept, stray = set(), time.time() - STRAY
    for name, facts in list(store.every(PREFIX)):
        id_ = name.removeprefix(PREFIX).partition("/")[0]
        if id_ in old or (id_ not in known and facts.changed < stray):
            store.remove(name)
            swept.add(id_)
    return len(swept)


def _name(id_: str, piece: Piece) -> str:
    return f"{PREFIX}{id_}/{piece.offset:012}-{piece.sha256}"
