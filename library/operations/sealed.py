"""Backups that only who has the key can read: each file is encrypted with age (age-encryption.org).

The library needs no secret to make one: it encrypts to a recipient (`age1…`), whose key stands
somewhere else. What is in it already is not encrypted again, and what was there before is kept in
generations, as of a backup that is not encrypted. Whoever holds it sees how much there is, and the
checksums of the files, by which somebody who has such a file knows it again; nothing else.

DEST/about.json              when, and how much: numbers alone
DEST/manifest.json.age
DEST/catalogue.sqlite.age    or catalogue.dump.age, of a server
DEST/originals/ab/cd/….age
DEST/earlier/DATE/           the first three of backups from before
"""

from __future__ import annotations

import dataclasses
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from library.catalogue import Catalogue
from library.core import permissions
from library.core.errors import LibraryError, NotUsable, UsageError
from library.core.settings import NAMES, Settings
from library.operations import backup, catalogue_copies, generations, upkeep
from library.store import originals
from library.store.holdings import holdings_of
from library.store.homes import MANIFEST

END = ".age"
ABOUT = "about.json"
KEPT = (*(f"{name}{END}" for name in NAMES), f"{MANIFEST}{END}", ABOUT)


@dataclasses.dataclass(frozen=True, slots=True)
class Sealed:
    """What an encrypted backup holds; new: files that came to it now."""

    originals: int
    new: int
    resources: int
    missing: tuple[str, ...]


def is_sealed(source: Path) -> bool:
    return (source / f"{MANIFEST}{END}").is_file()


def seal(
    settings: Settings,
    catalogue: Catalogue,
    target: Path,
    recipients: Sequence[str],
    *,
    replace: bool = False,
) -> Sealed:
    """Copy the library into a folder, encrypted to these recipients, and note how that went.

    Raises as `backup.backup`.
    """
    where = str(target.resolve())
    try:
        made = _seal(
            settings, catalogue, target, [_recipient(one) for one in recipients], replace=replace
        )
    except UsageError:
        raise
    except LibraryError as error:
        fault = backup.told_of(error.message)
        upkeep.note(catalogue, "backup", well=False, told={"where": where, **fault})
        raise
    same = target.stat().st_dev == settings.home.stat().st_dev
    told = {"where": where, "fault": "", "originals": made.originals, "same_disk": same}
    upkeep.note(catalogue, "backup", well=not made.missing, told=told)
    return made


def _seal(
    settings: Settings,
    catalogue: Catalogue,
    target: Path,
    recipients: list[Any],
    *,
    replace: bool,
) -> Sealed:
    catalogue_copies.refuse(settings)
    earlier = is_sealed(target)
    ours = {*KEPT, "originals", *generations.FOLDERS, *(f"{name}.part" for name in KEPT)}
    if target.exists() and not {path.name for path in target.iterdir()} <= ours:
        raise UsageError("backup folder", folder=str(target))
    with backup.writing(target):
        originals.make(target)
        permissions.close_all(target, permissions.mask_of(settings))
    with tempfile.TemporaryDirectory(prefix=".copy-", dir=settings.home) as folder:
        copy = Path(folder) / catalogue_copies.name_of(settings)
        with backup.writing(settings.home):
            copied = catalogue_copies.make(settings, catalogue, copy)
        sizes, counted = copied.originals, copied.counts
        about = {"resources": counted[0], "entries": counted[2], "originals": len(sizes)}
        fuller = earlier and _is_fuller(target, about)
        if fuller and not replace:
            raise NotUsable("backup untold", folder=str(target), here=counted[0])
        new, missing = 0, []
        holdings = holdings_of(settings, catalogue)
        with backup.writing(target):
            for sha256 in list(sizes):
                kept = _sealed_path(target, sha256)
                if kept.is_file():
                    continue
                if not holdings.verify(sha256):
                    missing.append(sha256)
                    del sizes[sha256]
                    continue
                originals.make(kept.parent)
                with holdings.local(sha256) as path:
                    _encrypt(path, kept, recipients)
                new += 1
            manifest = backup.manifest_of(settings, copy, sizes, counted)
            listed = Path(folder) / MANIFEST
            listed.write_text(json.dumps(manifest), "utf-8")
            if earlier:
                where = generations.REPLACED if fuller else generations.EARLIER
                made = datetime.fromtimestamp((target / f"{MANIFEST}{END}").stat().st_mtime, UTC)
                generations.keep(target, where, made.isoformat(), KEPT)
            # The list last: what it does not fit is found by its checksum.
            _encrypt(copy, target / f"{copy.name}{END}", recipients)
            _encrypt(listed, target / f"{MANIFEST}{END}", recipients)
            plain = target / f"{ABOUT}.part"
            plain.write_text(json.dumps({"made": manifest["made"], **about}), "utf-8")
            originals.settle(plain)
            plain.replace(target / ABOUT)
            originals.settle(target)
            generations.thin(target)
    return Sealed(len(sizes), new, counted[0], tuple(missing))


@contextmanager
def opened(source: Path, key: Path | None) -> Iterator[Path]:
    """A backup that can be restored, of one that is encrypted; it lasts as long as this does.

    key: the file of an identity (`age-keygen`). Raises UsageError, NotUsable.
    """
    if not is_sealed(source):
        yield source
        return
    if key is None:
        raise UsageError("backup sealed", folder=str(source))
    identities = _identities(key)
    with tempfile.TemporaryDirectory(prefix="library-opened-") as made:
        plain = Path(made)
        for name in (*NAMES, MANIFEST):
            if name in NAMES and not (source / f"{name}{END}").is_file():
                continue
            _decrypt(source / f"{name}{END}", plain / name, identities)
        try:
            listed = json.loads((plain / MANIFEST).read_text("utf-8"))["originals"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise UsageError("backup unknown", folder=str(source), detail=str(error)) from error
        held = source if (source / "originals").is_dir() else source.parent.parent
        for sha256 in filter(backup.is_checksum, listed):
            path = originals.path_of(plain / "originals", sha256)
            path.parent.mkdir(parents=True, exist_ok=True)
            _decrypt(_sealed_path(held, sha256), path, identities)
        yield plain


def _sealed_path(target: Path, sha256: str) -> Path:
    path = originals.path_of(target / "originals", sha256)
    return path.with_name(f"{path.name}{END}")


def _is_fuller(target: Path, now: dict[str, int]) -> bool:
    """Whether what is there may hold what this library does not."""
    try:
        told = json.loads((target / ABOUT).read_text("utf-8"))
        return bool(told["entries"] > now["entries"] or told["originals"] > now["originals"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return True


def _encrypt(source: Path, kept: Path, recipients: list[Any]) -> None:
    part = kept.with_name(f"{kept.name}.part")
    _age().encrypt_file(str(source), str(part), recipients)
    originals.settle(part)
    part.replace(kept)
    originals.settle(kept.parent)


def _decrypt(source: Path, plain: Path, identities: list[Any]) -> None:
    age = _age()
    try:
        os.close(os.open(plain, os.O_CREAT | os.O_WRONLY, 0o600))
        age.decrypt_file(str(source), str(plain), identities)
    except (OSError, age.DecryptError) as error:
        raise NotUsable("backup shut", folder=str(source), detail=str(error)) from error


def _recipient(written: str) -> Any:
    age = _age()
    try:
        return age.x25519.Recipient.from_str(written.strip())
    except age.RecipientError as error:
        raise UsageError("backup recipient", name=written) from error


def _identities(key: Path) -> list[Any]:
    age = _age()
    found = []
    try:
        for line in key.read_text("utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                found.append(age.x25519.Identity.from_str(line.strip()))
    except (OSError, ValueError, age.IdentityError) as error:
        raise UsageError("backup key", file=str(key), detail=str(error)) from error
    return found


def _age() -> Any:
    try:
        import pyrage
    except ImportError as error:
        command = "pip install 'worker-education-library[encrypt]'"
        raise UsageError("age missing", command=command) from error
    return pyrage
