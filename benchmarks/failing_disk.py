"""`python -m benchmarks.failing_disk [--most N] [--only WORKS]`: a disk that fails at each call.

Each work (a file taken in, a correction, a backup, an upload) is done again and again on a copy of
one small library; at the n-th call that writes into it, for every n, the disk says that it is full
(from then on), or that it failed (once); and so at the n-th that reads. What is mapped into memory
is read without a call, and is left out. What came of it is an answer with a reason, or the work
done; afterwards all that was there before is there, what was acknowledged as well, and `library
check` finds nothing. Prints how many faults were met; ends with 1 when something else came of one.
Needs gcc and Linux.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.engine import SearchError
from index.query import Query
from index.text.syntax import parse
from library import accounts
from library.catalogue import open_catalogue
from library.catalogue.accounts import users
from library.catalogue.arrivals.uploads import Wanted
from library.catalogue.resources import corrections
from library.cli.parts import Library
from library.core.errors import LibraryError
from library.core.resource import Role, Status
from library.core.settings import Settings
from library.ingestion import folders
from library.metadata import decide
from library.operations import backup as copies
from library.operations.check import check
from library.operations.worker import Worker
from library.search import indexer
from library.store import uploads
from library.vocabularies import Vocabularies

SHIM = Path(__file__).with_suffix(".c")
FAULTS = {  # the error, whether it stays, whether it is of calls that read
    "full": (errno.ENOSPC, True, False),
    "input or output error": (errno.EIO, False, False),
    "read only": (errno.EROFS, True, False),
    "error in reading": (errno.EIO, False, True),
    "slow": (0, True, False),  # no error: each call takes 20 ms more
}
SLOW = "slow"
NEW = "quetzalcoatl"  # finds what is brought
MOST = 100_000

Work = Callable[[Library, Path], None]


def compiled(folder: Path) -> Path:
    """The shim. Raises OSError, CalledProcessError without a compiler."""
    made = folder / "failing_disk.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", made, SHIM, "-ldl"], check=True)
    return made


def taking_in(library: Library, beside: Path) -> None:
    for ended in library.ingest().files(folders.find([beside / "new"])):
        if ended.reason:
            raise Told(ended.reason)


def correcting(library: Library, beside: Path) -> None:
    one = library.catalogue.resources(library.catalogue.every())[0]
    with library.catalogue.write() as writer:
        given = {one.editions[0].id: {"title": f"Titled {NEW}"}}
        corrections.correct(writer, one.id, given, by="ana", decide=decide)
    indexer.bring_up_to_date(library.catalogue, library.engine, library.vocabularies)


def backing_up(library: Library, beside: Path) -> None:
    copies.backup(library.settings, library.catalogue, library.settings.home / "backup")


def uploading(library: Library, beside: Path) -> None:
    with library.catalogue.read() as conn:
        user = users.every(conn)[0]
    body = (beside / "new" / "new.md").read_bytes()
    sending = uploads.Uploads(library.catalogue, library.settings.originals, user)
    upload = sending.begin(Wanted("key", "new.md", len(body), "", Status.PUBLISHED))
    sending.append(upload.id, 0, body)
    sending.finish(upload.id)


WORKS: dict[str, Work] = {
    "ingest": taking_in,
    "edit": correcting,
    "backup": backing_up,
    "upload": uploading,
}
FINDS = ("ingest", "edit", "upload")  # after these NEW is found


class Told(Exception):
    """A file ended with a reason, as it should where it cannot be kept."""


@contextmanager
def opened(home: Path, words: Vocabularies) -> Iterator[Library]:
    settings = Settings(home=home)
    with closing(open_catalogue(settings, make=True)) as catalogue:
        known = catalogue.vocabularies(words)
        with closing(indexer.open_engine(settings, known)) as engine:
            yield Library(settings, catalogue, known, engine)


def prepare(folder: Path, words: Vocabularies) -> Path:
    """A home with two works and one account, and a file to bring."""
    for name, word in (("first/one.md", "one"), ("first/two.md", "two"), ("new/new.md", NEW)):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# About {word}\n\nThe workers of {word} wrote this together.\n", "utf-8")
    with opened(folder / "home", words) as library:
        accounts.add(library.catalogue, "ana", Role.ADMIN, "correct horse battery")
        for _ in library.ingest().files(folders.find([folder / "first"])):
            pass
        drain(library)
    return folder / "home"


def drain(library: Library) -> None:
    worker = Worker(library.ingest())
    while worker.once():
        pass


def found(library: Library, word: str) -> int:
    return library.engine.search(Query(parse(word).tree, size=0)).total


def after(home: Path, words: Vocabularies, name: str, done: bool) -> list[str]:
    """What is wrong once the disk is well again."""
    with opened(home, words) as library:
        library.ingest().recover()
        drain(library)
        wrong = [
            f"{one.finding}: {one.subject}"
            for one in check(
                library.settings, library.catalogue, library.engine, library.vocabularies
            )
        ]
        wrong += [f"{word} is not found" for word in ("one", "two") if not found(library, word)]
        if done and name in FINDS and not found(library, NEW):
            wrong.append("what was acknowledged is not found")
    if name == "backup" and done:
        copies.verified(home / "backup")
    return wrong


def each(
    folder: Path, words: Vocabularies, name: str, fault: str, most: int, number: int, step: int
) -> tuple[int, list[str]]:
    """A work at each call that fails; how many there were, and what went wrong."""
    shim = ctypes.CDLL(os.environ["LD_PRELOAD"])
    code, for_good, reads = FAULTS[fault]
    wrong: list[str] = []
    met = 0
    while met < most:
        tried = folder / "tried"
        shutil.rmtree(tried, ignore_errors=True)
        shutil.copytree(folder / "home", tried)
        calls, said = 0, ""
        try:
            with opened(tried, words) as library:
                shim.failing_begin(str(tried).encode(), number, code, int(for_good), int(reads))
                try:
                    WORKS[name](library, folder)
                finally:
                    calls = shim.failing_end()
        except (LibraryError, SearchError, Told) as error:
            said = str(error)
        except Exception as error:
            said = repr(error)
            wrong.append(f"{name}, {fault} at call {number}: {said}")
        if calls < number:
            break  # nothing failed any more
        met += 1
        told = f"{name}, {fault} at call {number} ({said or 'done'})"
        try:
            wrong += [f"{told}: {one}" for one in after(tried, words, name, not said)]
        except Exception as error:
            wrong.append(f"{told}: afterwards {error!r}")
        number += step
    return met, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=MOST, help="faults of each kind and work")
    parser.add_argument("--first", type=int, default=1, help="the first call that fails")
    parser.add_argument("--step", type=int, default=1, help="every so many calls")
    parser.add_argument("--only", default="", help="works, with commas")
    parser.add_argument("--faults", default="", help="kinds of fault, with commas")
    asked = parser.parse_args()
    if "failing_disk" not in os.environ.get("LD_PRELOAD", ""):
        with tempfile.TemporaryDirectory() as folder:
            more = {"LD_PRELOAD": str(compiled(Path(folder)))}
            command = [sys.executable, "-m", "benchmarks.failing_disk", *sys.argv[1:]]
            sys.exit(subprocess.run(command, env={**os.environ, **more}).returncode)
    every: list[str] = []
    words = Vocabularies.load(Settings().languages)
    with tempfile.TemporaryDirectory(prefix="failing-") as made:
        folder = Path(made).resolve()
        prepare(folder, words)
        for name in filter(None, (asked.only or ",".join(WORKS)).split(",")):
            for fault in filter(None, (asked.faults or ",".join(FAULTS)).split(",")):
                most = 1 if fault == SLOW else asked.most
                met, wrong = each(folder, words, name, fault, most, asked.first, asked.step)
                print(f"{name}, {fault}: {met} faults, {len(wrong)} wrong", flush=True)
                every += wrong
    print(*every, sep="\n")
    sys.exit(bool(every))


if __name__ == "__main__":
    main()
