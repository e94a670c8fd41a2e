"""Two machines that share one library: one catalogue, one index, one store of originals.

Each has a home folder and a name of its own (a file that Python reads as it begins says so): of
the other's processes it knows nothing. One of them is killed in the middle of its work. What it
held is free when its time is over, which the test lets pass in the catalogue.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from library import accounts
from library.catalogue import open_catalogue
from library.catalogue.accounts import users
from library.catalogue.accounts.users import Role
from library.catalogue.arrivals.uploads import Wanted
from library.core.resource import Status
from library.core.settings import Settings
from library.store.shared_uploads import SharedUploads, uploads_of
from tests import opensearch, postgres, s3

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240.0  # seconds that something may take on a busy machine
SAME, OWN = 8, 4  # documents that both bring in, and that each does

NAMED = """
import os
from pathlib import Path
from library.core import leases
leases.SYSTEM = Path(os.environ["TEST_MACHINE"])
"""
AUDIT = """
CREATE TABLE audit (what text, subject text);
CREATE FUNCTION audited() RETURNS trigger AS $$ BEGIN
  IF TG_TABLE_NAME = 'editions' THEN INSERT INTO audit VALUES ('found', NEW.id); RETURN NEW; END IF;
  INSERT INTO audit VALUES ('described', OLD.edition); RETURN OLD;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER audit_found AFTER INSERT ON editions FOR EACH ROW EXECUTE FUNCTION audited();
CREATE TRIGGER audit_described AFTER DELETE ON undescribed FOR EACH ROW EXECUTE FUNCTION audited();
"""
NO_AUDIT = """
DROP TRIGGER audit_found ON editions; DROP TRIGGER audit_described ON undescribed;
DROP FUNCTION audited; DROP TABLE audit;
"""
WORDS = (
    "member", "meeting", "strike", "ballot", "wage", "contract", "safety", "steward", "notice",
    "picket", "fund", "branch", "vote", "minutes", "agenda", "employer", "rest", "break", "shift",
    "night", "overtime", "union", "levy", "claim", "letter", "banner",
)  # fmt: skip


@dataclass(frozen=True)
class Machine:
    """A computer with a library's home on it."""

    name: str
    home: Path
    shared: dict[str, str]  # the settings that all machines have

    @property
    def settings(self) -> Settings:
        return Settings(
            home=self.home,
            database=self.shared["LIBRARY_DATABASE"],
            store=self.shared["LIBRARY_STORE"],
        )

    @property
    def system(self) -> Path:
        """A folder beside the home, with what tells this machine from others."""
        return self.home.with_name(f"{self.name}-system")

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ, **self.shared, "LIBRARY_HOME": str(self.home), "LIBRARY_LANGUAGES": "en",
            "TEST_MACHINE": str(self.system), "PYTHONPATH": str(self.system),
        }  # fmt: skip

    def make(self) -> None:
        system = self.system
        for name in ("etc/machine-id", "proc/sys/kernel/random/boot_id"):
            (system / name).parent.mkdir(parents=True, exist_ok=True)
            (system / name).write_text(f"{self.name} {name}")
        (system / "sitecustomize.py").write_text(NAMED)

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "library", *map(str, words)],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip
        assert "Traceback" not in done.stdout + done.stderr, done.stderr
        return done

    @contextmanager
    def begun(self, *words: str | Path) -> Iterator[subprocess.Popen[str]]:
        """A command that goes on, with all the processes it begins."""
        with (self.system / f"{words[0]}.log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "library", *map(str, words)], cwd=ROOT, text=True,
                env=self.environment, stdout=subprocess.PIPE, stderr=log, start_new_session=True,
            )  # fmt: skip
        try:
            yield process
        finally:
            kill(process)
            if process.stdout:
                process.stdout.close()


def kill(process: subprocess.Popen[str]) -> None:
    """End it and all it began at once, as when the current is cut."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture
def machines(node: opensearch.Node, tmp_path: Path) -> Iterator[tuple[Machine, Machine]]:
    settings = postgres.empty(tmp_path / "database")
    name = "machines"
    shared = {
        "LIBRARY_DATABASE": settings.database,
        "LIBRARY_STORE": s3.setting(),
        "LIBRARY_ENGINE": node.setting(name),
    }
    made = tuple(Machine(one, tmp_path / one, shared) for one in ("ada", "ben"))
    for machine in made:
        machine.make()
    yield made[0], made[1]
    node.ask("DELETE", f"/{name}-*")


def test_two_machines_share_a_library_and_one_is_killed_in_the_middle(
    machines: tuple[Machine, Machine], tmp_path: Path
) -> None:
    ada, ben = machines
    assert ada.run("init").returncode == 0
    ask = asking(ada.settings)
    ask(AUDIT)
    same, of_ada, of_ben = (tmp_path / name for name in ("same", "of-ada", "of-ben"))
    for folder, count in ((same, SAME), (of_ada, OWN), (of_ben, OWN)):
        write(folder, count)
    shutil.copyfile(next(of_ben.iterdir()), of_ada / "twin.md")  # the same bytes by another name

    with ada.begun("serve", "--port", "0", "--processes", "1") as site:
        with (
            ben.begun("serve", "--port", "0", "--processes", "1") as other,
            ben.begun("ingest", "--json", of_ben, same) as bens,
            ada.begun("ingest", "--json", same, of_ada) as adas,
        ):
            address = address_of(site)
            until = time.monotonic() + PATIENCE
            while ask("SELECT count(*) FROM arrivals")[0][0] < OWN + 2:
                assert time.monotonic() < until
                time.sleep(0.1)
            kill(bens)
            kill(other)
            acknowledged = said(bens)
            adas.communicate(timeout=PATIENCE)
            assert adas.returncode == 0
        pass_time(ask)
        assert ada.run("ingest", of_ben, same).returncode == 0  # what ben was not done with
        upload = upload_in_parts(ada, ben)
        until_quiet(ask)

        every = sorted((*same.iterdir(), *of_ada.iterdir(), *of_ben.iterdir()))
        distinct = len({path.read_bytes() for path in every}) + 1  # and what was uploaded
        editions = ask("SELECT id, sha256 FROM editions")
        assert len(editions) == len({sha256 for _, sha256 in editions}) == distinct
        done = Counter(ask("SELECT what, subject FROM audit"))
        once = Counter((what, id_) for what in ("found", "described") for id_, _ in editions)
        wrong = {one: done[one] for one in done | once if done[one] != once[one]}
        assert not wrong, (wrong, ask("SELECT path, edition, outcome, owner FROM arrivals"))
        waiting = ask("SELECT path FROM arrivals WHERE outcome = ''")
        assert waiting == []
        brought = {path for (path,) in ask("SELECT path FROM arrivals")}
        assert {one["file"] for one in acknowledged} <= brought
        for path in every:
            hits = found(address, path.stem if path.stem != "twin" else word_of(path))
            assert hits == 1, path
        assert found(address, upload) == 1
    ask(NO_AUDIT)
    checked = ada.run("check", "--json")
    assert checked.returncode == 0, checked.stdout


def upload_in_parts(ada: Machine, ben: Machine) -> str:
    """A file of which pieces reach both machines; the word that finds it."""
    word = "heliotrope"
    body = f"# The {word} branch\n\n{text(random.Random(word), word)}".encode()
    with (
        closing(open_catalogue(ada.settings)) as here,
        closing(open_catalogue(ben.settings)) as there,
    ):
        accounts.add(here, "ana", Role.STAFF, "correct horse battery")
        with here.read() as conn:
            [ana] = users.every(conn)
        one, other = uploads_of(ada.settings, here, ana), uploads_of(ben.settings, there, ana)
        assert isinstance(one, SharedUploads)
        begun = one.begin(Wanted("a key", f"{word}.md", len(body), "", Status.PUBLISHED))
        third = len(body) // 3
        other.append(begun.id, 0, body[:third])
        one.append(begun.id, third, body[third : 2 * third])
        other.append(begun.id, 2 * third, body[2 * third :])
        assert one.finish(begun.id).complete
        assert other.stands(begun.id).complete
        assert list(one.store.every("uploads/")) == []
    return word


def write(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        name = f"{folder.name.replace('-', '')}{'abcdefghij'[number]}lantern"
        written = text(random.Random(name), name)
        (folder / f"{name}.md").write_text(f"# About {name}\n\n{written}", "utf-8")


def text(dice: random.Random, name: str) -> str:
    sentences = (" ".join(dice.choices(WORDS, k=9)) for _ in range(12))
    return f"{name}. " + ". ".join(one.capitalize() for one in sentences) + "."


def word_of(path: Path) -> str:
    return path.read_text("utf-8").split()[2]


def asking(settings: Settings) -> Any:
    """Asks the catalogue behind the library's back."""
    engine = postgres.engine_of(settings)

    def ask(statement: str) -> Sequence[tuple[Any, ...]]:
        with engine.begin() as conn:
            return _rows(conn, statement)

    return ask


def _rows(conn: Connection, statement: str) -> Sequence[tuple[Any, ...]]:
    result = conn.exec_driver_sql(statement)
    return [tuple(row) for row in result] if result.returns_rows else []


def pass_time(ask: Any) -> None:
    """Let what was held by the machine that is gone be over."""
    for table in ("arrivals", "tasks", "turns"):
        ask(f"UPDATE {table} SET until = '2000' WHERE owner <> '' AND until > '2001'")


def until_quiet(ask: Any) -> None:
    """Wait until nothing is owed, and nothing waits to be read."""
    until = time.monotonic() + PATIENCE
    while True:
        waiting = ask("SELECT id FROM arrivals WHERE outcome = ''")  # first: it leaves tasks behind
        owed = ask("SELECT kind, count(*) FROM tasks WHERE kind <> 'picture' GROUP BY kind")
        if not owed and not waiting:
            return
        assert time.monotonic() < until, owed
        time.sleep(0.3)


def address_of(site: subprocess.Popen[str]) -> str:
    """Where a site answers, as it says when it does."""
    assert site.stdout is not None
    for line in site.stdout:
        if match := re.search(r"http://[^/\s]+", line):
            return match[0]
    raise AssertionError("the site did not begin")


def said(command: subprocess.Popen[str]) -> list[dict[str, Any]]:
    """What a command had said when it was killed, whole lines of it."""
    assert command.stdout is not None
    lines = command.stdout.read().splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n") and '"file"' in line]


def found(address: str, words: str) -> int:
    """How many works a reader finds."""
    with urllib.request.urlopen(f"{address}/api/search?q={words}", timeout=60) as answer:
        return int(json.load(answer)["total"])
