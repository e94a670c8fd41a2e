"""The whole library as a bag (BagIt 1.0, RFC 8493): for an archive, and the way into an empty home.

data/originals/CHECKSUM/NAME    every original, as it came, under the name it came with
data/catalogue.csv              what is known of each edition, as a table
data/catalogue.jsonl            all rows of works, editions, pages and collections: what comes back
bag-info.txt, manifest-sha256.txt …

What comes back is the same catalogue: the same identifiers, addresses and words, by whom they are.
Accounts, the history and figures of use are not in it: a backup has those.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from library import sheets
from library.catalogue import Catalogue
from library.catalogue.queue import tasks as outbox
from library.catalogue.storage import rows
from library.core.errors import Damaged, Unreadable, UsageError
from library.core.settings import Settings
from library.store import contained_files
from library.store.holdings import Holdings, holdings_of
from library.store.originals import shown

DATA = "data"
ROWS = f"{DATA}/catalogue.jsonl"
TABLE = f"{DATA}/catalogue.csv"
MANIFEST = "manifest-sha256.txt"
TAGS = "tagmanifest-sha256.txt"
DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
FORMAT = "worker-education-library 1"
LINE = 64 * 2**20  # bytes of one row
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Bagged:
    originals: int
    bytes: int
    missing: tuple[str, ...]


def write(settings: Settings, catalogue: Catalogue, dest: Path) -> Bagged:
    """Write the bag into a folder that is empty or not there. Raises UsageError, OSError.

    missing: originals that are not here, or not what they were; they are not in the bag.
    """
    if dest.exists() and any(dest.iterdir()):
        raise UsageError("bag folder", folder=str(dest))
    part = dest.with_name(f".{dest.name}.{os.getpid()}.part")
    part.mkdir(parents=True)
    sums: dict[str, str] = {}
    try:
        (part / DATA).mkdir()
        names: dict[str, str] = {}
        with catalogue.read() as conn, (part / ROWS).open("w", encoding="utf-8") as file:
            for table, row in rows.every(conn):
                file.write(json.dumps([table, row], ensure_ascii=False) + "\n")
                if table == "originals":
                    names[row["sha256"]] = row["filename"]
        with (part / TABLE).open("wb") as stream:
            for piece in sheets.csv_of(catalogue, catalogue.every(public=False)):
                stream.write(piece)
        sums |= {name: _sum(part / name) for name in (ROWS, TABLE)}
        size, missing = _originals(holdings_of(settings, catalogue), names, part, sums)
        _told(settings, part, sums, len(names) - len(missing), size)
        if dest.exists():
            dest.rmdir()
        part.rename(dest)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Bagged(len(names) - len(missing), size, tuple(missing))


def _originals(
    holdings: Holdings, names: dict[str, str], part: Path, sums: dict[str, str]
) -> tuple[int, list[str]]:
    size, missing = 0, []
    for sha256, name in names.items():
        place = f"{DATA}/originals/{sha256}/{_name(name)}"
        target = part / place
        target.parent.mkdir(parents=True)
        digest = hashlib.sha256()
        try:
            with holdings.open(sha256) as file, target.open("wb") as copy:
                while piece := file.read(2**20):
                    digest.update(piece)
                    copy.write(piece)
                    size += len(piece)
        except Unreadable:
            pass
        if digest.hexdigest() != sha256:
            shutil.rmtree(target.parent)
            missing.append(sha256)
            continue
        sums[place] = sha256
    return size, missing


def _told(settings: Settings, part: Path, sums: dict[str, str], files: int, size: int) -> None:
    (part / "bagit.txt").write_text(DECLARED, "utf-8")
    size += sum((part / name).stat().st_size for name in (ROWS, TABLE))
    told = {
        "Source-Organization": settings.name,
        "Contact-Email": settings.contact if "@" in settings.contact else "",
        "External-Identifier": settings.base_url,
        "Bagging-Date": datetime.now(UTC).date().isoformat(),
        "Payload-Oxum": f"{size}.{files + 2}",
        "Bag-Software-Agent": FORMAT,
    }
    lines = [f"{name}: {' '.join(value.split())}\n" for name, value in told.items() if value]
    (part / "bag-info.txt").write_text("".join(lines), "utf-8")
    _manifest(part / MANIFEST, sums)
    tags = ("bagit.txt", "bag-info.txt", MANIFEST)
    _manifest(part / TAGS, {name: _sum(part / name) for name in tags})


def _manifest(file: Path, sums: dict[str, str]) -> None:
    escaped = {name.replace("%", "%25"): sha256 for name, sha256 in sums.items()}
    text = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(escaped.items()))
    file.write_text(text, "utf-8")


def is_bag(path: Path) -> bool:
    """Whether a folder is a bag of a library like this."""
    return path.is_dir() and (path / "bagit.txt").is_file() and (path / ROWS).is_file()


def take(settings: Settings, catalogue: Catalogue, path: Path) -> int:
    """Make an empty library what a bag says; how many originals came. Nothing is done before all
    sums are right. Raises UsageError where the library is not empty, Damaged, Unreadable.
    """
    with catalogue.read() as conn:
        if not rows.is_empty(conn):
            raise UsageError("bag into a library", folder=str(settings.home))
    sums = _verified(path)
    files = {
        sha256: place for place, sha256 in sums.items() if place.startswith(f"{DATA}/originals/")
    }
    for sha256, place in files.items():
        source = path / place
        kept = contained_files.place_of(source, Path(os.path.realpath(path)))
        stored = holdings_of(settings, catalogue).put(source, kept)
        if stored.sha256 != sha256:
            raise Damaged("bag damaged", file=shown(source))
    try:
        with catalogue.write() as writer:
            for table, group in groupby(_rows(path / ROWS), key=lambda pair: pair[0]):
                batch: list[rows.Row] = []
                for _, row in group:
                    batch.append(row)
                    if len(batch) == _AT_ONCE:
                        rows.put(writer.conn, table, batch)
                        batch = []
                rows.put(writer.conn, table, batch)
            writer.revise()
            outbox.owe(writer.conn, "layout", rows.settle(writer.conn))
    except (ValueError, TypeError, KeyError) as error:
        raise Damaged("bag damaged", file=shown(path / ROWS)) from error
    return len(files)


def _verified(path: Path) -> dict[str, str]:
    """Place → checksum of everything in the bag, each of which is right. Raises Damaged."""
    real = Path(os.path.realpath(path))
    sums: dict[str, str] = {}
    for name in (TAGS, MANIFEST):
        try:
            lines = (path / name).read_text("utf-8").splitlines()
        except (OSError, ValueError) as error:
            raise Unreadable("file unread", file=shown(path / name), detail=str(error)) from error
        for line in lines:
            sha256, _, place = line.partition("  ")
            sums[place.replace("%25", "%")] = sha256
    for place, sha256 in sums.items():
        kept = contained_files.place_of(path / place, real)
        if kept is None or not kept.path.is_file() or _sum(kept.path) != sha256:
            raise Damaged("bag damaged", file=shown(path / place))
    return sums


def _rows(file: Path) -> Iterator[tuple[str, rows.Row]]:
    with file.open("rb") as stream:
        while line := stream.readline(LINE):
            table, row = json.loads(line)
            if not isinstance(table, str) or not isinstance(row, dict):
                raise ValueError("row")
            yield table, row


def _sum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _name(filename: str) -> str:
    """A name that any system can have."""
    kept = "".join("-" if c in '<>:"/\\|?*' or ord(c) < 32 else c for c in filename)
    return kept.encode()[-150:].decode(errors="ignore").strip(". ") or "file"
