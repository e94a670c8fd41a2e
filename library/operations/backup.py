"""One consistent copy of a library, and a working library from it.

The catalogue is copied first, as one moment of it; then the originals it names, which never change.
So every original the copied catalogue names is in the copy. That a copy was made, or
could not be, is noted in the catalogue, where the staff desk looks for it.

DEST/manifest.json           when, how much, the checksum of everything else; own vocabularies
DEST/catalogue.sqlite        or catalogue.dump, of a server: see catalogue_copies.py
DEST/originals/ab/cd/…       never taken away again
DEST/earlier/DATE/           manifest and catalogue of backups from before, thinned out with age
DEST/replaced/DATE/          the same of a fuller backup that was told to give way, for good

Long because a copy and the way back from it must agree on every line of this.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from library.catalogue import Catalogue, open_catalogue
from library.catalogue.accounts import users
from library.catalogue.storage import dumps, faults
from library.core import permissions
from library.core.errors import InputError, LibraryError, NotUsable, StorageFull, UsageError
from library.core.messages import Message
from library.core.resource import JSON
from library.core.settings import BESIDE, CATALOGUE, NAMES, Settings
from library.operations import catalogue_copies, generations, own_vocabularies, upkeep
from library.operations.catalogue_copies import Counts
from library.store import originals
from library.store.holdings import Holdings, holdings_of, put_back
from library.store.homes import MANIFEST
from library.store.protocol import CHUNK

_CHECKSUM = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds; `sha256` is that of its manifest, which names the checksum of the rest.

    missing: originals that the catalogue names and that could not be copied. before: when the
    backup was made that this one took the place of, "" for none; kept: where that one is now, if
    it was fuller.
    """

    originals: int
    bytes: int
    sha256: str
    missing: tuple[str, ...] = ()
    resources: int = 0
    new: int = 0
    before: str = ""
    kept: Path | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a backup says of itself, before anything of it is verified. `made`: in UTC.

    entries: of the history, which is only ever added to.
    """

    made: str
    originals: Mapping[str, int]  # bytes by checksum
    resources: int
    editions: int
    entries: int

    @property
    def bytes(self) -> int:
        return sum(self.originals.values())


def backup(
    settings: Settings, catalogue: Catalogue, target: Path, *, replace: bool = False
) -> Copied:
    """Copy the library into the folder `target`, and note in the catalogue how that went.

    A folder with an earlier backup is brought up to date: originals in it are not copied again.
    One that is missing or damaged here does not keep the others from being copied, nor those from
    being restored. An earlier backup that holds what this library does not is left as it is, and
    that is said, unless `replace` is: then it is kept beside. Raises UsageError, NotUsable,
    StorageFull.
    """
    began, where = time.monotonic(), str(target.resolve())
    try:
        made = _backup(settings, catalogue, target, replace=replace)
    except UsageError:
        raise  # nothing was begun
    except LibraryError as error:
        fault = told_of(error.message)
        upkeep.note(catalogue, "backup", well=False, told={"where": where, **fault})
        raise
    missing = len(made.missing)
    contents: JSON = {
        "where": where,
        **(told_of(Message("backup in part", {"number": missing})) if missing else {"fault": ""}),
        "originals": made.originals,
        "bytes": made.bytes,
        "sha256": made.sha256,
        "seconds": round(time.monotonic() - began, 1),
        "same_disk": target.stat().st_dev == settings.home.stat().st_dev,
    }
    upkeep.note(catalogue, "backup", well=not missing, told=contents)
    return made


def told_of(message: Message) -> JSON:
    """What is kept of a copy, or of a trial, that failed: in English, and to be said anew."""
    return {"fault": message.whole(), "message": message.json()}


def _backup(settings: Settings, catalogue: Catalogue, target: Path, *, replace: bool) -> Copied:
    catalogue_copies.refuse(settings)
    name = catalogue_copies.name_of(settings)
    with writing(target):
        earlier = (target / MANIFEST).is_file()
        if target.exists() and not earlier and not _is_ours(target):
            raise UsageError("backup folder", folder=str(target))
        target.mkdir(parents=True, exist_ok=True)
        permissions.close_all(target, permissions.mask_of(settings))
        part = target / f"{name}.part"
        part.unlink(missing_ok=True)
        copied = catalogue_copies.make(settings, catalogue, part)
    originals_held, now = copied.originals, copied.counts
    before = _before(target) if earlier else None
    fuller = earlier and _is_fuller(before, originals_held, now[2])
    if fuller and not replace:
        with writing(target):
            part.unlink()
        raise _refused(target, before, originals_held, now)
    holdings = holdings_of(settings, catalogue)
    for sha256, size in originals_held.items():
        _copy(holdings, target / "originals", sha256, size)
    with writing(target):
        copies = target / "originals"
        missing = tuple(
            sha for sha in originals_held if not originals.path_of(copies, sha).is_file()
        )
        originals_held = {sha: size for sha, size in originals_held.items() if sha not in missing}
        kept = generations.keep(target, generations.REPLACED) if fuller else None
        if before and not fuller:
            generations.keep(target, generations.EARLIER, before.made)
        _switch(target, manifest_of(settings, part, originals_held, now), part)
        generations.thin(target)
        size = sum(originals_held.values()) + (target / name).stat().st_size
        return Copied(
            len(originals_held),
            size,
            _digest(target / MANIFEST),
            missing,
            now[0],
            len(originals_held.keys() - before.originals.keys()) if before else len(originals_held),
            before.made if before else "",
            kept,
        )


def _is_ours(target: Path) -> bool:
    """Whether a folder without a list is empty, or has what a first backup that was stopped left:
    no more than copies under way and originals, and a catalogue whose list was not named yet."""
    begun: tuple[str, ...] = (*(f"{name}.part" for name in NAMES), f"{MANIFEST}.part", "originals")
    if (target / f"{MANIFEST}.part").is_file():
        begun += NAMES
    return all(path.name.startswith(begun) for path in target.iterdir())


def _switch(target: Path, manifest: JSON, part: Path) -> None:
    """Let a copied catalogue take its place, and the list of what belongs to it.

    The list is written first: who is stopped between the two renames leaves a catalogue and the
    list that it belongs to, and `_manifest` finds both.
    """
    written = target / f"{MANIFEST}.part"
    with written.open("w", encoding="utf-8") as file:
        json.dump(manifest, file)
        file.flush()
        os.fsync(file.fileno())
    with part.open("rb") as copy:
        os.fsync(copy.fileno())
    originals.settle(target)
    part.replace(part.with_suffix(""))
    for name in NAMES:  # of the other kind of database, if it was kept there before
        if name != part.stem:
            (target / name).unlink(missing_ok=True)
    written.replace(target / MANIFEST)
    originals.settle(target)


def manifest_of(
    settings: Settings, copy: Path, originals_held: Mapping[str, int], counts: Counts
) -> JSON:
    """The list of a backup made now, whose catalogue is this copy. Raises OSError."""
    return {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "catalogue": _digest(copy),
        "originals": dict(originals_held),
        own_vocabularies.KEY: own_vocabularies.of(settings.vocabularies),
        **dict(zip(("resources", "editions", "entries"), counts, strict=True)),
    }


def is_checksum(word: str) -> bool:
    return bool(_CHECKSUM.fullmatch(word))


def _before(target: Path) -> Told | None:
    """The earlier backup in a folder; None for one that cannot be told."""
    try:
        return told(target)
    except UsageError:
        return None


def _is_fuller(before: Told | None, originals_held: Mapping[str, int], entries: int) -> bool:
    """Whether an earlier backup holds anything that this library does not, or may."""
    if before is None:
        return True
    return bool(before.originals.keys() - originals_held.keys()) or before.entries > entries


def _refused(
    target: Path, before: Told | None, originals_held: Mapping[str, int], counts: Counts
) -> NotUsable:
    if before is None:
        return NotUsable("backup untold", folder=str(target), here=counts[0])
    lacking = len(before.originals.keys() - originals_held.keys())
    return NotUsable(
        "backup fuller",
        folder=str(target),
        made=before.made,
        resources=before.resources,
        originals=len(before.originals),
        lacking=lacking,
        entries=before.entries,
        history=counts[2],
        here=counts[0],
    )


def restore(settings: Settings, source: Path) -> int:
    """Make the home folder a library again from a backup; how many originals it holds.

    Every checksum is verified before anything is made. Raises UsageError, NotUsable.
    """
    home = settings.home
    if settings.in_server and dumps.is_taken(settings.database_url):
        raise UsageError("restore over a database")
    for there in (home / f"{CATALOGUE}{end}" for end in BESIDE):
        if os.path.lexists(there):  # also a log alone: it would be laid over what is restored
            raise UsageError(
                "restore over a library",
                folder=str(home),
                name=there.name,
                command=f"mkdir {home}/aside && mv {home}/{CATALOGUE}* {home}/aside/",
            )
    permissions.begin(settings)
    restored = verified(source)
    files = own_vocabularies.listed(_manifest(source)[0])
    with writing(home):
        home.mkdir(parents=True, exist_ok=True)
    put_back(settings, _originals(source), restored)
    with writing(home):
        catalogue_copies.put_back(settings, catalogue_copies.path_in(source))
        own_vocabularies.put_back(settings.vocabularies, files)
        originals.settle(home)
    catalogue = open_catalogue(settings)
    try:
        with catalogue.write() as writer:
            users.end_every_session(writer.conn)  # those that were ended since would be back
    finally:
        catalogue.close()
    return len(restored)


def verified(source: Path) -> dict[str, int]:
    """The originals of a backup and their bytes, once every checksum of it was verified.

    Raises UsageError for what is no backup, NotUsable for a damaged one.
    """
    manifest, whole = _manifest(source)
    listed: dict[str, int] = manifest["originals"]
    held = _originals(source)
    damaged = [sha for sha in listed if _is_linked(held, sha) or not originals.verify(held, sha)]
    if not whole:
        raise NotUsable("backup catalogue", folder=str(source))
    if damaged:
        raise NotUsable("backup originals", folder=str(source), number=len(damaged))
    return listed


def room_for(source: Path) -> int:
    """Bytes that a backup takes when it is restored. Raises UsageError."""
    manifest, _ = _manifest(source)
    listed: dict[str, int] = manifest["originals"]
    return sum(listed.values()) + catalogue_copies.path_in(source).stat().st_size


def told(source: Path) -> Told:
    """What a backup says of itself. Raises UsageError for what is no backup."""
    manifest, _ = _manifest(source)
    path = catalogue_copies.path_in(source)
    resources, editions, entries = (
        catalogue_copies.counted(path)
        if path.name == CATALOGUE
        else (int(manifest.get(name, 0)) for name in ("resources", "editions", "entries"))
    )
    made = manifest.get("made") or _moment(source / MANIFEST)
    return Told(str(made), manifest["originals"], resources, editions, entries)


def _manifest(source: Path) -> tuple[JSON, bool]:
    """The list of a backup, and whether its catalogue is what the list says."""
    try:
        digest = _digest(_plain(catalogue_copies.path_in(source)))
        manifest = _listed(source / MANIFEST)
        if manifest["catalogue"] != digest and (source / f"{MANIFEST}.part").is_file():
            with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
                newer = _listed(source / f"{MANIFEST}.part")
                if newer["catalogue"] == digest:  # stopped between the two renames
                    return newer, True
        return manifest, manifest["catalogue"] == digest
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError("backup unknown", folder=str(source), detail=str(error)) from error


def _listed(path: Path) -> JSON:
    """A list, which may have been made by anybody. Raises OSError, ValueError, KeyError."""
    manifest = json.loads(_plain(path).read_text("utf-8"))
    if not isinstance(manifest, dict) or not isinstance(manifest["originals"], dict):
        raise ValueError(f"{path.name} is no list of a backup")
    for sha256, size in manifest["originals"].items():
        if not _CHECKSUM.fullmatch(sha256) or type(size) is not int or size < 0:
            raise ValueError(f"{path.name} names what is no original")
    if not _CHECKSUM.fullmatch(str(manifest["catalogue"])):
        raise ValueError(f"{path.name} names no catalogue")
    own_vocabularies.listed(manifest)
    return manifest


def _plain(path: Path) -> Path:
    """A file of a backup. Raises OSError for a link, which may lead to what is no part of it."""
    if path.is_symlink():
        raise OSError(errno.ELOOP, "it is a link", str(path))
    return path


def _originals(source: Path) -> Path:
    """Where the originals of a backup are; one that gave way shares them with its successor."""
    shared = source.parent.parent / "originals"
    replaced = source.absolute().parent.name in generations.FOLDERS
    return shared if replaced and shared.is_dir() else source / "originals"


def _is_linked(folder: Path, sha256: str) -> bool:
    """Whether an original of a backup, or a folder it is in, is a link out of it."""
    path = originals.path_of(folder, sha256)
    return any(one.is_symlink() for one in (path, path.parent, path.parent.parent, folder))


def _moment(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """What the disk of a copy says, said in our errors."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, sqlite3.Error) and faults.kind_of(error) is None:
            raise  # a fault of our own
        if getattr(error, "errno", 0) in originals.FULL or faults.kind_of(error) is faults.full:
            raise StorageFull("copy full", folder=str(target)) from error
        if faults.kind_of(error) is faults.busy:
            raise faults.busy(str(target), faults.name_of(error)) from error
        why = getattr(error, "strerror", "") or faults.name_of(error)
        raise NotUsable("copy not written", folder=str(target), detail=why) from error


def _copy(holdings: Holdings, target: Path, sha256: str, size: int) -> None:
    """Copy an original into a backup, unless it is there or missing here."""
    if originals.held(target, sha256, size):
        return
    incoming = originals.Incoming(target, sha256)
    try:
        with holdings.open(sha256) as file:
            while piece := file.read(CHUNK):
                incoming.write(piece)
        incoming.keep()
    except InputError:
        return  # it is missing here, and the backup says so
    finally:
        incoming.discard()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
