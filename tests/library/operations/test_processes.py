"""The site in several processes on one socket: what one dies of, no reader is told of."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from library.catalogue import Catalogue, open_catalogue
from library.core.settings import Settings
from library.operations.roster import LONGEST, WORKER, Roster
from library.operations.supervisor import Supervised
from tests.library.operations.serving import SERVE, Running, bring, running, wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")

TWO = (*SERVE, "--processes", "2")
BEGUN = r"site begun process=(\d+)"


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = open_catalogue(Settings(home=tmp_path), make=True)
    yield made
    made.close()


def alive(process: int) -> bool:
    try:
        line = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return line.rpartition(")")[2].split()[0] != "Z"


def processes(site: Running) -> list[int]:
    return [int(one) for one in site.said(BEGUN, times=2)]


def test_one_that_is_killed_is_begun_again_and_readers_are_answered_meanwhile(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    with running(tmp_path, TWO) as site:
        first, other = processes(site)
        assert json.loads(site.get("/healthz"))["status"] == "ok"
        os.kill(first, signal.SIGKILL)
        site.said(r"site ended code=-9 begun_again_in=1\.0 failing=1")
        assert {site.get("/about")[:15] for _ in range(10)} == {"<!doctype html>"}
        again = int(site.said(BEGUN, times=3)[2])
        assert alive(other) and alive(again)
        metrics = wait_for(
            lambda: text if "_processes 2\n" in (text := site.get("/metrics")) else "", site.log
        )
        assert "library_site_restarts_total 1\n" in metrics
        assert "library_worker_running 1\n" in metrics  # told by a process that did not begin it
        assert site.end() == 0
        wait_for(lambda: not any(map(alive, (first, other, again))), site.log)
    assert "fault" not in site.log()


def test_all_end_with_a_site_that_is_killed(tmp_path: Path, catalogue: Catalogue) -> None:
    with running(tmp_path, TWO) as site:
        both = processes(site)
        [worker] = site.said(r"worker begun process=(\d+)")
        site.get("/healthz")
        site.process.kill()
        wait_for(lambda: not any(map(alive, (*both, int(worker)))), site.log)


def test_each_shows_what_came_in_at_once(tmp_path: Path, catalogue: Catalogue) -> None:
    """Every answer is of the newest state, whichever process gives it."""
    with running(tmp_path, TWO) as site:
        processes(site)
        assert "Our pavement" not in site.get("/")
        text = "# Our pavement\n\n" + "Street vendors keep the pavement clean. " * 20
        bring(catalogue, tmp_path, "pavement.md", text)
        wait_for(lambda: "Our pavement" in site.get("/search?q=pavement"), site.log)
        for _ in range(20):  # each is a connection of its own
            assert "Our pavement" in site.get("/search?q=pavement")
            assert "Our pavement" in site.get("/")


def test_two_hundred_readers_at_once(tmp_path: Path, catalogue: Catalogue) -> None:
    ready = threading.Barrier(200)
    with running(tmp_path, (*TWO, "--no-worker")) as site:
        processes(site)
        tag = urlopen(f"{site.address}/", timeout=60).headers["etag"]
        paths = ("/", "/search?q=fund", "/search/topic", "/suggest?q=fu", "/about", "/feed.atom")

        def read(number: int) -> int:
            ready.wait(60)
            headers = {"If-None-Match": tag} if number % 4 == 0 else {}
            asked = Request(f"{site.address}{paths[number % 6]}", headers=headers)
            try:
                with urlopen(asked, timeout=60) as answer:
                    assert answer.read()
                    return int(answer.status)
            except HTTPError as error:
                return error.code

        with ThreadPoolExecutor(200) as readers:
            codes = list(readers.map(read, range(200)))
    assert {code for code in codes if code not in (200, 304)} == set()
    assert codes.count(304) == 50


def test_a_roster_is_read_as_it_was_written() -> None:
    made = Roster()
    assert (made.read(), made.worker(), made.sites()) == ({}, None, ())
    well = Supervised(True, datetime.now(UTC))
    failing = Supervised(False, datetime.now(UTC), 3, 2, -9, datetime.now(UTC))
    for name, one in ((WORKER, well), ("site 1", failing), ("site 2", well), (WORKER, failing)):
        made.write(name, one)
    other = Roster(made.descriptor)
    assert other.worker() == failing
    assert other.sites() == (failing, well)
    os.pwrite(made.descriptor, b"{", 12)  # half of it was written anew
    assert other.read() == {}
    made.write(WORKER, well)
    assert other.worker() == well


def test_a_roster_holds_as_many_as_may_be_begun() -> None:
    made = Roster()
    now = Supervised(True, datetime.now(UTC), 10**6, 10**6, -64, datetime.now(UTC))
    for number in range(65):
        made.write(f"site {number}", now)
    assert len(made.sites()) == 65
    assert len(os.pread(made.descriptor, 2 * LONGEST, 0)) == LONGEST
