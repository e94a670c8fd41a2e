"""Sources are asked politely, over the open internet only, and judged slowly."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from library.catalogue.statistics import review_queue
from library.catalogue.upkeep import source_checks
from library.cli import main
from library.core.resource import SourceState, Statement
from library.core.settings import Settings
from library.metadata import decide
from library.operations import source_checks as asking
from library.operations.source_checks import Answer
from tests.library.web.conftest import Shelf

START = datetime(2026, 1, 5, 12, tzinfo=UTC)


class Handler(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]]

    def _answer(self) -> None:
        self.asked.append((self.command, self.path))
        status, to = {
            "/here": (200, ""),
            "/gone": (410, ""),
            "/nowhere": (404, ""),
            "/broken": (503, ""),
            "/no-head": (405 if self.command == "HEAD" else 200, ""),
            "/moved": (301, "/here"),
            "/moved-away": (302, "/gone"),
            "/circle": (302, "/circle"),
            "/inside": (302, "http://intranet.example/secret"),
            "/a%20b?c=%C3%A9": (200, ""),
        }.get(self.path, (404, ""))
        self.send_response(status)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", "1000000000")  # nobody reads it
        self.end_headers()

    do_HEAD = do_GET = _answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    asked: list[tuple[str, str]] = []
    handler = type("Counting", (Handler,), {"asked": asked})
    made = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://source.example:{made.server_port}", asked
    made.shutdown()
    made.server_close()


def ask(url: str, timeout: float = 5.0) -> Answer:
    """Ask where every host is this machine, but for those inside a network."""

    def lookup(host: str, port: int) -> list[str]:
        return ["10.0.0.7"] if host.startswith("intranet") else ["127.0.0.1"]

    return asking.ask(url, lookup=lookup, may=lambda one: one != "10.0.0.7", timeout=timeout)


@pytest.mark.parametrize(
    ("path", "state", "word"),
    [
        ("/here", SourceState.WELL, "200"),
        ("/gone", SourceState.GONE, "410"),
        ("/nowhere", SourceState.GONE, "404"),
        ("/broken", SourceState.SILENT, "503"),
        ("/no-head", SourceState.WELL, "200"),
        ("/moved", SourceState.WELL, "200"),
        ("/moved-away", SourceState.GONE, "410"),
        ("/circle", SourceState.SILENT, "leads in circles"),
        ("/inside", SourceState.UNASKED, "not public"),
        ("/a b?c=é#part", SourceState.WELL, "200"),
    ],
)
def test_what_a_server_says(
    server: tuple[str, list[tuple[str, str]]], path: str, state: SourceState, word: str
) -> None:
    base, _ = server
    assert ask(base + path) == Answer(state, word)


def test_a_source_is_asked_once_and_without_its_body(
    server: tuple[str, list[tuple[str, str]]],
) -> None:
    base, asked = server
    ask(f"{base}/here")
    assert asked == [("HEAD", "/here")]


@pytest.mark.parametrize(
    "url", ["ftp://a.example/x", "http://", "http://[", "http://a.example:x/", "javascript:1", ""]
)
def test_what_is_no_address_is_not_asked(url: str) -> None:
    assert ask(url).state is SourceState.UNASKED


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fe80::1%eth0", "fd00::1",
     "0.0.0.0", "100.64.0.1", "::ffff:127.0.0.1"],
)  # fmt: skip
def test_nothing_inside_a_network_is_asked(address: str) -> None:
    assert not asking.is_open(address)
    assert asking.ask("http://a.example/", lookup=lambda host, port: [address]) == Answer(
        SourceState.UNASKED, "not public"
    )


def test_silence_of_every_kind() -> None:
    def no_name(host: str, port: int) -> list[str]:
        raise socket.gaierror("no name")

    assert asking.ask("https://a.example/", lookup=no_name).word == "no name"
    with socket.socket() as held:  # a port on which nobody listens
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        assert ask(f"http://a.example:{port}/") == Answer(SourceState.SILENT, "no answer")
        held.listen()
        assert ask(f"http://a.example:{port}/", 0.2) == Answer(SourceState.SILENT, "too slow")


@pytest.fixture
def shelf(tmp_path: object) -> Shelf:
    made = Shelf(Settings(home=tmp_path))  # type: ignore[arg-type]
    for name in ("one", "two", "three"):
        id_ = made.add(name, [f"Words of {name}."])
        resource = made.catalogue.resource(id_)
        assert resource is not None
        said = [Statement("source_url", f"https://{name}.example/", "staff"),
                Statement("title", name, "staff")]  # fmt: skip
        with made.catalogue.write() as writer:
            writer.say(resource.editions[0].id, said, decide)
    return made


def silent(*hosts: str) -> Callable[[str], Answer]:
    def answer(url: str) -> Answer:
        if any(host in url for host in hosts):
            return Answer(SourceState.SILENT, "no answer")
        return Answer(SourceState.WELL, "200")

    return answer


def test_sources_are_asked_in_turn_and_then_left_alone(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "ask", silent())
    asked = [asking.ask_next(shelf.catalogue) for _ in range(4)]
    assert sorted(asked[:3]) == sorted(f"https://{one}.example/" for one in ("one", "two", "three"))
    assert asked[3] == ""
    with shelf.catalogue.read() as conn:
        assert source_checks.due(conn, 9, datetime.now(UTC) + timedelta(days=29)) == []
        assert len(source_checks.due(conn, 9, datetime.now(UTC) + timedelta(days=31))) == 3


def test_silence_counts_on_several_days_while_others_answer(shelf: Shelf) -> None:
    one, two = "https://one.example/", "https://two.example/"

    def broken() -> set[str]:
        with shelf.catalogue.read() as conn:
            return set(source_checks.broken(conn))

    def note(day: int, heard: bool = True) -> None:
        with shelf.catalogue.write() as writer:
            source_checks.note(writer.conn, one, SourceState.SILENT, "no answer", heard=heard,
                         now=START + timedelta(days=day))  # fmt: skip

    for day in (0, 0, 0, 1):
        note(day)
    note(2, heard=False)
    assert broken() == set()
    note(3)
    assert broken() == {one}
    with shelf.catalogue.write() as writer:
        source_checks.note(writer.conn, one, SourceState.WELL, "200")
        source_checks.note(writer.conn, two, SourceState.GONE, "404")
    assert broken() == {two}


def test_where_our_own_line_is_broken_nobody_is_blamed(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "ask", silent())
    asking.ask_next(shelf.catalogue)
    monkeypatch.setattr(asking, "ask", silent("example"))
    for _ in range(5):
        asking.ask_one(shelf.catalogue, "https://two.example/")
    with shelf.catalogue.read() as conn:
        assert source_checks.broken(conn) == {}


def test_a_broken_source_needs_a_person_until_it_is_put_right(shelf: Shelf) -> None:
    with shelf.catalogue.write() as writer:
        source_checks.note(writer.conn, "https://one.example/", SourceState.GONE, "404")
    with shelf.catalogue.read() as conn:
        found = {one.resource: one.reasons for one in review_queue.queue(conn)}  # type: ignore[union-attr]
    [wrong] = [id_ for id_, reasons in found.items() if "broken source" in reasons]
    resource = shelf.catalogue.resource(wrong)
    assert resource is not None
    with shelf.catalogue.write() as writer:
        said = [Statement("source_url", "https://three.example/", "staff")]
        writer.say(resource.editions[0].id, said, decide)
        source_checks.forget_unused(writer.conn)
    with shelf.catalogue.read() as conn:
        assert source_checks.broken(conn) == {}


def test_check_asks_every_source_when_it_is_told_to(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def gone(url: str) -> Answer:
        return Answer(SourceState.GONE, "404") if "two" in url else Answer(SourceState.WELL, "200")

    monkeypatch.setattr(asking, "ask", gone)
    monkeypatch.setenv("LIBRARY_HOME", str(shelf.settings.home))
    monkeypatch.setattr(sys, "argv", ["library", "check", "--sources", "--json"])
    with pytest.raises(SystemExit):
        main()
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [found] = [one for one in lines if one.get("finding") == "a source does not answer"]
    assert found["subject"] == "https://two.example/"
    assert "404" in found["remedy"]
    assert "source of two" in found["remedy"]
    assert lines[-1]["summary"]["broken sources"] == 1
