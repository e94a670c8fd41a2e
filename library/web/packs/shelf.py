"""Packs that readers asked for on the site: kept for a day, each beside what is told of it.

`packs/ID.json` is the order, and once it is made what it came to; `packs/ID.zip` (or another
format) is the pack. A pack is given out only as long as readers may have all that is in it.
"""

from __future__ import annotations

import json
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from index.engine import SearchError
from library.catalogue import Catalogue
from library.core import logs
from library.core.errors import LibraryError
from library.core.messages import Message
from library.core.resource import JSON
from library.core.settings import Settings
from library.store import shared_files
from library.web.packs.make import Packer, name_of
from library.web.packs.order import Order

DAY = 24 * 60 * 60  # seconds that a pack is kept
ROOM = 2_000_000_000  # bytes of all packs together; the oldest go first
WAITING = 20  # packs that may wait to be made

_ID = re.compile(r"[0-9a-f]{20}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A pack that was asked for. It waits as long as there is neither a file nor a reason."""

    id: str
    order: Order
    path: Path
    name: str = ""  # what the file is called, once it is there
    works: int = 0
    others: int = 0
    bytes: int = 0
    ids: tuple[str, ...] = ()
    failed: Message | None = None


def ask(settings: Settings, order: Order, catalogue: Catalogue) -> str | None:
    """Have a pack made, or find it made; its id, None where too many wait already."""
    held = look(settings, order.id)
    if held is not None and held.name and given(held, catalogue):
        return order.id
    settings.packs.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(settings, order.id, {"order": order.text()})
    return order.id if catalogue.wish_pack(order.id, WAITING) else None


def look(settings: Settings, id_: str) -> Kept | None:
    """What is known of a pack; None for one that nobody asked for, or that is too old."""
    if not _ID.fullmatch(id_):
        return None
    folder = settings.packs
    shared_files.bring(settings, folder / f"{id_}.json", anew=True)
    try:
        told = json.loads((folder / f"{id_}.json").read_text("utf-8"))
        order = Order.read(told["order"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    path = folder / f"{id_}.{order.format}"
    failed = told.get("failed")
    made = bool(told.get("name")) and shared_files.bring(settings, path)
    return Kept(
        id_,
        order,
        path,
        name=told.get("name", "") if made else "",
        works=told.get("works", 0),
        others=told.get("others", 0),
        bytes=path.stat().st_size if made else 0,
        ids=tuple(told.get("ids", ())),
        failed=Message(failed["code"], failed["values"]) if failed else None,
    )


def given(held: Kept, catalogue: Catalogue) -> bool:
    """Whether all that is in a pack may still be found by readers."""
    return bool(held.ids) and len(catalogue.resources(held.ids)) == len(held.ids)


def fill(packer: Packer, id_: str) -> None:
    """Make a pack that was asked for, and say what it came to. Raises NotUsable."""
    settings = packer.settings
    settings.packs.mkdir(parents=True, exist_ok=True, mode=0o700)
    sweep(settings.packs)
    shared_files.thin(settings, settings.packs, ROOM, DAY)
    held = look(settings, id_)
    if held is None:
        return
    told: JSON = {"order": held.order.text()}
    try:
        made = packer.make(held.order, held.path)
        shared_files.share(settings, held.path)
    except (LibraryError, SearchError) as error:
        message = error.message if isinstance(error, LibraryError) else Message(error.code)
        told["failed"] = {"code": message.code, "values": dict(message.values)}
    except OSError as error:
        logs.event("pack not made", "error", pack=id_, reason=str(error))
        told["failed"] = {
            "code": "pack not written",
            "values": {"file": held.path.name, "detail": error.strerror or str(error)},
        }
    else:
        title = made.chosen.title or made.chosen.words or packer.settings.name
        told |= {
            "name": name_of(held.order, title),
            "works": made.works,
            "others": made.others,
            "ids": list(made.ids),
        }
    _write(settings, id_, told)


def sweep(folder: Path, now: float | None = None) -> int:
    """Throw away packs older than a day, and the oldest where all take too much room; how many."""
    now = time.time() if now is None else now
    files = sorted(
        ((path, path.stat()) for path in folder.glob("*") if path.is_file()),
        key=lambda entry: entry[1].st_mtime,
        reverse=True,
    )
    room, gone = ROOM, 0
    for path, stat in files:
        room -= stat.st_size
        if now - stat.st_mtime > DAY or room < 0:
            path.unlink(missing_ok=True)
            gone += path.suffix != ".json"
    return gone


def _write(settings: Settings, id_: str, told: JSON) -> None:
    path = settings.packs / f"{id_}.json"
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    part.replace(path)
    shared_files.share(settings, path)
