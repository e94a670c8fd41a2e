"""`python -m benchmarks.killing [--kills 200] [--seed N]`: processes killed (SIGKILL) at work.

Each kill forks a process that does one of the works of a library for a random moment: the web
process's (uploads, corrections, a change of many, a concept merged), a command's (ingest, reindex,
a pack, a backup, a migration), the worker's, or a reader's under the worker. What it had
acknowledged by then must be there and be found; what it had not may be there whole, or not at all.
All kills meet one library, so that faults add up. Prints the seed, kills by work, what was
acknowledged, and what was lost; ends with 1 when anything was.

Long because each work, what it acknowledges and how that is looked for belong side by side.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from index.query import Query
from index.text.syntax import parse
from library import accounts, batch
from library.catalogue import open_catalogue
from library.catalogue.accounts import users
from library.catalogue.arrivals import actions
from library.catalogue.arrivals.uploads import Wanted
from library.catalogue.curation import batch as many
from library.catalogue.curation import concepts
from library.catalogue.resources import corrections
from library.catalogue.storage import upgrades
from library.cli.packs import packer
from library.cli.parts import Library
from library.core.errors import LibraryError
from library.core.resource import Role, Status
from library.core.settings import Settings
from library.ingestion import folders
from library.ingestion.pipeline import Ingest
from library.metadata import decide
from library.operations import backup as copies
from library.operations.check import check
from library.operations.worker import Worker
from library.search import indexer
from library.store import originals, uploads
from library.vocabularies import Scheme, Vocabularies, edits
from library.web.packs import shelf
from library.web.packs.order import Order

WINDOW = {"reindex": 2.0, "backup": 1.0, "migration": 1.0}  # seconds; of all others:
USUAL = 1.5
TOPICS = ("organising", "labour-law", "gender-equality")
FIRST = 24  # works that are there before the first kill
ROUND = 25  # kills between two looks at everything
WORDS = ("market", "stall", "permit", "fund", "wage", "street", "meeting", "member", "route", "day")


@dataclass(slots=True)
class Run:
    """One library, and what it has acknowledged."""

    home: Path
    dice: random.Random
    words: Vocabularies
    number: int = 0  # of works that were begun
    kills: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)  # acknowledged, by work
    found: dict[str, str] = field(default_factory=dict)  # a word that must be found → why
    titles: dict[str, list[str]] = field(default_factory=dict)  # the last said, and tried since
    faults: list[str] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return Settings(home=self.home / "library")

    @contextmanager
    def opened(self) -> Iterator[Library]:
        with closing(open_catalogue(self.settings, make=True)) as catalogue:
            known = catalogue.vocabularies(self.words)
            with closing(indexer.open_engine(self.settings, known)) as engine:
                yield Library(self.settings, catalogue, known, engine)


Tell = Callable[[str], None]
Work = Callable[[Run, Library, Tell], None]


def text_of(word: str, dice: random.Random) -> str:
    said = " ".join(dice.choices(WORDS, k=60))
    return f"# About {word}\n\nThe workers of {word} wrote this. {said}.\n"


def file_of(run: Run, folder: Path) -> tuple[str, Path]:
    """A file that nobody has, and the word that finds it."""
    word = f"quz{run.dice.getrandbits(40):010x}"
    path = folder / f"{word}.md"
    path.write_text(text_of(word, run.dice), "utf-8")
    return word, path


def first_works(library: Library) -> Sequence[str]:
    """Works that were there before the first kill, by their ids: the same each time."""
    return library.catalogue.every()[: min(20, FIRST)]


def uploading(run: Run, library: Library, tell: Tell) -> None:
    with library.catalogue.read() as conn:
        user = users.every(conn)[0]
    sending = uploads.Uploads(library.catalogue, library.settings.originals, user)
    while True:
        word, path = file_of(run, run.home / "sent")
        body = path.read_bytes()
        wanted = Wanted(word, path.name, len(body), "", Status.PUBLISHED)
        upload = sending.begin(wanted)
        middle = len(body) // 2
        sending.append(upload.id, 0, body[:middle])
        sending.append(upload.id, middle, body[middle:])
        sending.finish(upload.id)
        tell(f"find {word}")


def ingesting(run: Run, library: Library, tell: Tell) -> None:
    folder = Path(tempfile.mkdtemp(dir=run.home / "inboxes"))
    names = dict(file_of(run, folder)[::-1] for _ in range(4))
    work = library.ingest()
    for ended in work.files(folders.find([folder])):
        if ended.outcome in ("added", "unchanged"):
            tell(f"find {names[Path(ended.file)]}")


def correcting(run: Run, library: Library, tell: Tell) -> None:
    ids = first_works(library)
    while True:
        one = library.catalogue.resource(run.dice.choice(ids))
        assert one is not None
        title = f"Titled {run.dice.getrandbits(40):010x}"
        tell(f"trying {one.id} {title}")
        with library.catalogue.write() as writer:
            given = {one.editions[0].id: {"title": title}}
            corrections.correct(writer, one.id, given, by="ana", decide=decide)
        tell(f"titled {one.id} {title}")


def many_at_once(run: Run, library: Library, tell: Tell) -> None:
    while True:
        topic = run.dice.choice(TOPICS)
        change = batch.Change((batch.Part("topic", "set", (topic,)),))
        with library.catalogue.read() as conn:
            planned = batch.plan(conn, first_works(library), change)
        tell(f"together {topic}")
        with library.catalogue.write() as writer:
            many.carry_out(writer, planned.wishes, by="ana", decide=decide)
        tell("all")


def merging(run: Run, library: Library, tell: Tell) -> None:
    """A concept is merged into another, again and again."""
    curator = concepts.Curator("ana", library.vocabularies, decide)
    for facet in ("use", "audience", "group"):
        known = library.catalogue.vocabularies(run.words).schemes[facet]
        while len(left := sorted(known.concepts)) > 1:
            from_, into = run.dice.sample(left, 2)

            def change(now: Scheme, from_: str = from_, into: str = into) -> Scheme:
                return edits.merged(now, from_, into, labels=True)

            with suppress(LibraryError), library.catalogue.write() as writer:
                subject = concepts.subject(facet, into)
                concepts.curate(
                    writer, curator, {facet: change}, action=concepts.MERGED, subject=subject
                )
            tell(f"merged {facet} {from_}")
            known = library.catalogue.vocabularies(run.words).schemes[facet]
    time.sleep(USUAL)  # all are one by now


def reindexing(run: Run, library: Library, tell: Tell) -> None:
    while True:
        indexer.rebuild(library.catalogue, library.engine, library.vocabularies)
        tell("reindexed")


def replacing(run: Run, library: Library, tell: Tell) -> None:
    work = library.ingest()
    while True:
        one = library.catalogue.resource(run.dice.choice(first_works(library)))
        assert one is not None
        _, path = file_of(run, run.home / "sent")
        stored = originals.put(library.settings.originals, path)
        place = actions.place("ana", path.name)
        with library.catalogue.write() as writer:
            actions.bring(
                writer,
                stored,
                place,
                path.name,
                Status.PUBLISHED,
                by="ana",
                replaces=one.editions[0].id,
            )
        tell(f"stored {stored.sha256}")
        Worker(work).once()


def packing(run: Run, library: Library, tell: Tell) -> None:
    folder = library.settings.packs
    with packer(library, pictures=False) as made:
        while True:
            order = Order("en", listed=tuple(library.catalogue.every()[: run.dice.randint(2, 6)]))
            id_ = shelf.ask(library.settings, order, library.catalogue)
            if id_ and not folder.joinpath(f"{id_}.zip").exists():
                shelf.fill(made, id_)
                tell(f"packed {id_}")
            else:
                run.dice.random()


def backing_up(run: Run, library: Library, tell: Tell) -> None:
    while True:
        copies.backup(library.settings, library.catalogue, run.home / "backup")
        tell("copied")


def migrating(run: Run, library: Library, tell: Tell) -> None:
    old = Settings(home=run.home / "old")
    open_catalogue(old).close()
    tell("migrated")


def working(run: Run, library: Library, tell: Tell) -> None:
    worker = Worker(library.ingest())
    while True:
        if not worker.once():
            time.sleep(0.02)


WORKS: dict[str, Work] = {
    "upload": uploading,
    "ingest": ingesting,
    "edit": correcting,
    "many": many_at_once,
    "merge": merging,
    "reindex": reindexing,
    "replace": replacing,
    "pack": packing,
    "backup": backing_up,
    "migration": migrating,
    "worker": working,
    "reader": working,  # it is not the worker that is killed
}


def forked(run: Run, work: Work) -> tuple[int, int]:
    """A process that works, and where it tells what it has acknowledged."""
    reading, writing = os.pipe()
    seed = run.dice.getrandbits(32)
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    code = 1
    try:
        os.close(reading)
        os.setsid()
        run.dice = random.Random(seed)
        log = os.open(run.home / "log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.dup2(log, 1)
        os.dup2(log, 2)

        def tell(line: str) -> None:
            os.write(writing, f"{line}\n".encode())

        with run.opened() as library:
            tell("begun")
            work(run, library, tell)
        code = 0
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def readers_of(parent: int) -> list[int]:
    """The processes under one."""
    found = []
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += [child, *readers_of(child)]
    return found


def kill(run: Run, name: str) -> None:
    """One work, killed at one moment; what it acknowledged is noted."""
    if name == "migration":
        shutil.rmtree(run.home / "old", ignore_errors=True)
        shutil.copytree(run.home / "oldest", run.home / "old")
    child, reading = forked(run, WORKS[name])
    said = os.read(reading, 6) if name != "migration" else b""  # it has begun, however slow this is
    assert said in (b"begun\n", b""), (name, (run.home / "log").read_text()[-2000:])
    end = time.monotonic() + run.dice.uniform(0, WINDOW.get(name, USUAL))
    hit = False
    while time.monotonic() < end:
        if name == "reader" and (under := readers_of(child)):
            with suppress(ProcessLookupError):
                os.kill(run.dice.choice(under), signal.SIGKILL)
                hit = True
        time.sleep(0.02 if name != "reader" else 0.15)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        lines = pipe.read().decode().splitlines()
    run.kills[name if name != "reader" or hit else "worker"] += 1
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        log = (run.home / "log").read_text().splitlines()
        run.faults.append(f"{name} ended by itself: {log[-1]}")
    for line in lines:
        note(run, name, line)
    if name == "migration":
        migrated(run)


def note(run: Run, name: str, line: str) -> None:
    what, _, rest = line.partition(" ")
    if what == "begun":
        return
    if what == "trying":
        id_, _, title = rest.partition(" ")
        run.titles.setdefault(id_, [""]).append(title)
        return
    if what == "together":
        return
    run.told[name] += 1
    if what == "find":
        run.found[rest] = name
    elif what == "titled":
        id_, _, title = rest.partition(" ")
        run.titles[id_] = [title]


def migrated(run: Run) -> None:
    """Killed or not, the next who opens it has all that was in it, in today's tables."""
    with closing(sqlite3.connect(run.home / "oldest" / "catalogue.sqlite")) as conn:
        before = conn.execute("SELECT count(*) FROM originals").fetchone()[0]
    with closing(open_catalogue(Settings(home=run.home / "old"))) as catalogue:
        if faults := catalogue.faults():
            run.faults.append(f"migration: {faults}")
    with closing(sqlite3.connect(run.home / "old" / "catalogue.sqlite")) as conn:
        after = conn.execute("SELECT count(*) FROM originals").fetchone()[0]
    if after != before or not before:
        run.faults.append(f"migration: {before} originals were, {after} are")


def look(run: Run) -> None:
    """Let a worker do what is owed, then hold everything against what was acknowledged."""
    with run.opened() as library:
        work = Ingest(library.settings, library.catalogue, library.engine, library.vocabularies)
        work.recover()
        worker = Worker(work)
        while worker.once():
            pass
    with run.opened() as library:
        for finding in check(
            library.settings, library.catalogue, library.engine, library.vocabularies
        ):
            run.faults.append(f"check: {finding.finding}: {finding.subject}")
        titles = {id_: library.catalogue.resource(id_) for id_ in run.titles}
        for id_, may in run.titles.items():
            one = titles[id_]
            title = one.editions[0].title if one else ""
            if may[0] and title not in may:
                run.faults.append(f"edit: {id_} is called {title!r}, none of {may}")
        filed = {one.filed("topic") for one in library.catalogue.resources(first_works(library))}
        if run.told["many"] and len(filed) > 1:
            run.faults.append(f"many: not all have one topic: {filed}")
        for word, why in run.found.items():
            if not in_library(library, word):
                run.faults.append(f"{why}: {word} is not found")
        for path in library.settings.packs.glob("*.zip"):
            if zipfile.ZipFile(path).testzip():
                run.faults.append(f"pack: {path.name} is damaged")
    if run.told["backup"]:
        try:
            copies.verified(run.home / "backup")
        except LibraryError as error:
            run.faults.append(f"backup: {error}")


def in_library(library: Library, word: str) -> bool:
    return bool(library.engine.search(Query(parse(word).tree, size=0)).total)


def prepare(run: Run) -> None:
    for name in ("sent", "inboxes", "oldest", "first"):
        (run.home / name).mkdir()
    for _ in range(FIRST):
        file_of(run, run.home / "first")
    with run.opened() as library:
        accounts.add(library.catalogue, "ana", Role.ADMIN, "correct horse battery")
        for _ in library.ingest().files(folders.find([run.home / "first"])):
            pass
        worker = Worker(library.ingest())
        while worker.once():
            pass
    make_oldest(run.home / "oldest" / "catalogue.sqlite")


def make_oldest(path: Path) -> None:
    """A catalogue as the first code made it, with two files in it."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine, text

    config = Config()
    config.set_main_option("script_location", str(upgrades.MIGRATIONS))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, "0001")
        for number in range(2):
            conn.execute(
                text(
                    "INSERT INTO originals (sha256, bytes, media_type, filename, added) "
                    "VALUES (:sha, 4, 'text/plain', 'a.txt', '2026-01-01T00:00:00.000000+00:00')"
                ),
                {"sha": f"{number:064x}"},
            )
    engine.dispose()


def run_of(
    home: Path, kills: int, seed: int, every: int = ROUND, names: tuple[str, ...] = ()
) -> Run:
    """So many kills of one library; its faults are what they broke."""
    run = Run(home, random.Random(seed), Vocabularies.load(Settings().languages))
    prepare(run)
    chosen = names or tuple(WORKS)
    for number in range(kills):
        name = chosen[number % len(chosen)]
        run.number += 1
        kill(run, name)
        if run.number % every == 0 or number == kills - 1:
            look(run)
            print(f"{run.number} kills, {len(run.faults)} faults", flush=True)
    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1848)
    parser.add_argument("--only", default="", help="works, with commas")
    asked = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="killing-"))
    try:
        names = tuple(filter(None, asked.only.split(",")))
        run = run_of(home, asked.kills, asked.seed, names=names)
        print(f"seed {asked.seed}: {sum(run.kills.values())} kills: {dict(run.kills)}")
        print(f"acknowledged: {dict(run.told)}; words to be found: {len(run.found)}")
        print(f"faults: {len(run.faults)}", *run.faults, sep="\n  ")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    sys.exit(bool(run.faults))


if __name__ == "__main__":
    main()
