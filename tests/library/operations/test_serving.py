"""The site and the worker beside it, as processes: what one dies of does not stop the other."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from library.catalogue import Catalogue, open_catalogue
from library.catalogue.queue import tasks
from library.cli.serve import listening, without_delay
from library.core.settings import Settings
from library.operations.health import Queue
from library.operations.supervisor import FIRST, LONGEST, OFTEN, Supervised, Supervisor, pause_after
from tests.library.operations.serving import Running, bring, running, wait_for

TEXT = "# Our pavement\n\n" + "Street vendors keep the pavement clean and pay their fees. " * 20
# The same command, with less patience for a catalogue that is locked.
IMPATIENT = (
    sys.executable,
    "-c",
    "from library.catalogue.storage import sqlite\n"
    "sqlite.PRAGMAS = tuple(\n"
    "    'busy_timeout=50' if one.startswith('busy') else one for one in sqlite.PRAGMAS)\n"
    "from library.cli.command_line import main\nmain()",
    "work",
)
# What a command says to whoever typed it, beside the log.
FOR_PEOPLE = ("The staff desk has no account", "The library met a fault", "Nothing stored is lost")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = open_catalogue(Settings(home=tmp_path), make=True)
    yield made
    made.close()


def outcome(catalogue: Catalogue, number: int) -> str:
    with catalogue.read() as conn:
        found = tasks.numbered(conn, number)
    return str(found.outcome or "") if found else ""


def test_a_worker_outlives_a_lock_and_reads_what_came(tmp_path: Path, catalogue: Catalogue) -> None:
    with running(tmp_path, IMPATIENT) as worker:
        wait_for(lambda: (tmp_path / "index" / "current").exists(), worker.log)
        with closing(sqlite3.connect(tmp_path / "catalogue.sqlite", isolation_level=None)) as held:
            number = bring(catalogue, tmp_path, "pavement.md", TEXT)
            held.execute("PRAGMA busy_timeout=60000")
            held.execute("BEGIN IMMEDIATE")
            worker.said(r"worker waits reason=busy", times=3)
            held.execute("ROLLBACK")
        wait_for(lambda: outcome(catalogue, number), worker.log)
        assert worker.process.poll() is None
    assert outcome(catalogue, number) == "added"
    assert "fault" not in worker.log()


def test_what_a_lock_stopped_was_not_tried(tmp_path: Path, catalogue: Catalogue) -> None:
    number = bring(catalogue, tmp_path, "pavement.md", TEXT)
    for _ in range(2 * tasks.ATTEMPTS):
        with catalogue.write() as writer:
            assert tasks.claim_arrivals(writer.conn, "here:1.2:3", 900, 1)
            tasks.release(writer.conn, "here:1.2:3")
    assert outcome(catalogue, number) == ""
    with catalogue.read() as conn:
        assert tasks.has_arrived(conn)


def test_a_worker_that_is_killed_is_begun_again_and_reads_what_came(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    with running(tmp_path) as site:
        [first] = site.said(r"worker begun process=(\d+)")
        os.kill(int(first), signal.SIGKILL)
        number = bring(catalogue, tmp_path, "pavement.md", TEXT)
        site.said(r"worker ended code=-9 begun_again_in=1\.0 failing=1")
        _, second = site.said(r"worker begun process=(\d+)", times=2)
        assert second != first
        wait_for(lambda: outcome(catalogue, number), site.log)
        metrics = site.get("/metrics")
        assert "library_worker_running 1\n" in metrics
        assert "library_worker_restarts_total 1\n" in metrics
        assert site.get("/healthz").startswith('{"status":"ok","resources":')
        assert site.end() == 0
        assert not alive(int(second))
    assert outcome(catalogue, number) == "added"


def test_the_worker_ends_with_a_site_that_is_killed(tmp_path: Path, catalogue: Catalogue) -> None:
    with running(tmp_path) as site:
        [worker] = site.said(r"worker begun process=(\d+)")
        site.process.kill()
        wait_for(lambda: not alive(int(worker)), site.log)


@pytest.mark.parametrize(
    ("code", "ended"),
    [
        ("raise SystemExit(3)", 3),
        ("pass", 0),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -9),
        ("import os; os.abort()", -6),
    ],
)
def test_whatever_it_died_of(code: str, ended: int) -> None:
    keeper = Supervisor([sys.executable, "-c", code], first=0.01, longest=0.02)
    keeper.start()
    wait_for(lambda: keeper.now.restarts > OFTEN, lambda: str(keeper.now))
    keeper.stop()
    assert keeper.now.ended == ended
    assert keeper.now.failing > OFTEN
    assert not keeper.now.running


def test_one_that_cannot_be_begun_is_tried_again(tmp_path: Path) -> None:
    keeper = Supervisor([str(tmp_path / "nothing")], first=0.01, longest=0.02)
    keeper.start()
    wait_for(lambda: keeper.now.restarts > OFTEN, lambda: str(keeper.now))
    keeper.stop()


def test_one_that_will_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("library.operations.supervisor.GRACE", 0.3)
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True)"
    keeper = Supervisor([sys.executable, "-c", f"{deaf}; time.sleep(600)"])
    keeper.start()
    wait_for(lambda: keeper.now.running, lambda: str(keeper.now))
    time.sleep(0.3)
    keeper.stop()
    assert keeper.now.restarts == 0
    assert not keeper.now.running


def test_it_slows_down_and_never_gives_up() -> None:
    pauses = [pause_after(number) for number in range(1, 2000)]
    assert pauses[:4] == [FIRST, 2 * FIRST, 4 * FIRST, 8 * FIRST]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST


@pytest.mark.parametrize(("failing", "state"), [(0, "well"), (1, "well"), (OFTEN, "act")])
def test_health_says_so(failing: int, state: str) -> None:
    now = datetime.now(UTC)
    beside = Supervised(False, now, failing, failing, 3)
    assert Queue((), 1, True, now, beside).state == state


@pytest.mark.parametrize("shape", ["text debug", "json info"])
def test_no_line_tells_who_asked_for_what_or_a_secret(
    tmp_path: Path, catalogue: Catalogue, shape: str
) -> None:
    number = bring(catalogue, tmp_path, "pavement.md", TEXT)
    token, word = "t0k3n-of-monitoring", "zwangsraeumung"
    with running(tmp_path, LIBRARY_LOG=shape, LIBRARY_METRICS_TOKEN=token) as site:
        wait_for(lambda: outcome(catalogue, number), site.log)
        site.get(f"/search?q={word}")
        site.get(f"/suggest?q={word}")
        assert answered(site, "/metrics", Authorization=f"Bearer {token}")[0] == 200
        assert answered(site, "/metrics", Authorization="Bearer password-of-ben")[0] == 401
        assert answered(site, f"/search?q={word}&page=x", Cookie="session=c00kie")[0] < 500
        with closing(sqlite3.connect(tmp_path / "catalogue.sqlite")) as broken:
            broken.execute("ALTER TABLE pages RENAME TO sheets")
            broken.execute("ALTER TABLE editions RENAME TO issues")
        # A fault of ours: SQL that does not fit.
        status, headers, page = answered(
            site, f"/search?q={word}+pavement", Cookie="session=c00kie"
        )
        assert status == 500
        fault = headers["x-request-id"]
        assert fault in page
        [line] = [one for one in site.log().splitlines() if fault in one]
        assert "no such table" in line
        assert "Traceback" in line
        for file in (tmp_path / "index").rglob("current"):
            file.write_text("nonsense")
        status, headers, page = answered(site, f"/search?q={word}+pavement")
        assert status in (500, 503)
        assert any(headers["x-request-id"] in one for one in site.log().splitlines())
    log = site.log()
    assert "worker begun" in log
    for hidden in (word, token, "password-of-ben", "c00kie", "127.0.0.1", "localhost"):
        assert hidden not in log, hidden
    for line in log.splitlines():  # each stands by itself
        assert line.startswith(("{", "20", *FOR_PEOPLE)), line


def answered(site: Running, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    asked = Request(f"{site.address}{path}", headers=headers)
    try:
        with urlopen(asked, timeout=60) as answer:
            return answer.status, lower(answer.headers), answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, lower(error.headers), error.read().decode()


def lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def alive(process: int) -> bool:
    try:
        line = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return line.rpartition(")")[2].split()[0] != "Z"


def server_of(host: str) -> tuple[uvicorn.Server, socket.socket]:
    async def short(request: object) -> PlainTextResponse:
        return PlainTextResponse("well")

    app = Starlette(routes=[Route("/", short)])
    config = uvicorn.Config(app, log_level="critical", lifespan="off")
    return uvicorn.Server(config), listening(host, 0)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_kept_connection_waits_for_no_acknowledgement(host: str) -> None:
    server, bound = server_of(host)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    connection = HTTPConnection(host, bound.getsockname()[1], timeout=30)
    try:
        for _ in range(15):
            connection.request("GET", "/")
            assert connection.getresponse().read() == b"well"
            [kept] = server.server_state.connections  # the same one each time
            accepted = kept.transport.get_extra_info("socket")
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    finally:
        connection.close()
        server.should_exit = True
        thread.join(30)
        bound.close()


def test_sockets_of_every_kind() -> None:
    for family, kind in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
        with closing(socket.socket(family)) as bound:
            bound.bind((kind, 0))
            without_delay(bound)
            assert bound.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    with closing(socket.socket(socket.AF_UNIX)) as local:
        without_delay(local)  # has no such option, and waits for nothing


def test_a_level_that_is_none_is_refused(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "library", "serve"],
        env={**os.environ, "LIBRARY_HOME": str(tmp_path / "none"), "LIBRARY_LOG": "loud"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "LIBRARY_LOG is “loud”" in done.stderr
