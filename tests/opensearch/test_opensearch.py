"""The engine in a server, on a node of OpenSearch that the tests begin; all of it in one file, so
that there is one."""

from __future__ import annotations

import base64
import http.server
import itertools
import json
import logging
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.document import Document
from index.engine import (
    IndexBusy,
    IndexNotWritten,
    IndexUnreachable,
    IndexUnusable,
    SearchError,
)
from index.engines import addresses, open_engine
from index.engines.whoosh import WhooshEngine
from index.query import And, Query, Word, Years
from index.text.syntax import parse
from tests import needs, opensearch
from tests.index.builders import LANGUAGES, asking, bilingual, document
from tests.index.contract import LIBRARY, EngineContract, ids

pytest.importorskip("opensearchpy")

# Collected here, so that one node serves it as well.
from index.engines.opensearch import OpenSearchEngine, register, terms
from index.engines.opensearch import engine as engines
from index.engines.opensearch.order import DEPTH
from index.engines.opensearch.server import Server
from index.engines.opensearch.works import Works
from tests.opensearch.two_machines import (  # noqa: F401
    machines,
    test_two_machines_share_a_library_and_one_is_killed_in_the_middle,
)

PASSWORD = "s3cret/with:signs"
CHANGING = (
    "update", "remove", "rebuild", "generation", "searches_go_on", "info", "close",
)  # fmt: skip
"""Tests that change the library they are given, by their names."""

ROOT = Path(__file__).resolve().parents[2]

_numbers = itertools.count()


@pytest.fixture(scope="session")
def node() -> opensearch.Node:
    return opensearch.node()


@pytest.fixture
def setting(node: opensearch.Node) -> Iterator[str]:
    """The address of a library of its own."""
    name = f"library{next(_numbers)}"
    yield node.setting(name)
    node.ask("DELETE", f"/{name}-*")


@pytest.fixture
def engine(setting: str) -> Iterator[OpenSearchEngine]:
    with closing(made(setting)) as engine:
        yield engine


@pytest.fixture(scope="module")
def unchanged(node: opensearch.Node) -> Iterator[OpenSearchEngine]:
    """LIBRARY, for tests that change nothing."""
    with closing(made(node.setting("unchanged"))) as engine:
        engine.rebuild(LIBRARY)
        yield engine


def made(setting: str, languages: Sequence[str] = LANGUAGES, **more: Any) -> OpenSearchEngine:
    return OpenSearchEngine(setting, None, languages, **more)


class TestInAServer(EngineContract):
    examples = 15  # an index is made for each
    answering = "index.engines.opensearch.engine.answered"

    @pytest.fixture
    def library(self, request: pytest.FixtureRequest) -> Any:
        if not any(word in request.node.originalname for word in CHANGING):
            return request.getfixturevalue("unchanged")
        engine = request.getfixturevalue("engine")
        engine.rebuild(LIBRARY)
        return engine


# The same as on the embedded engine


def shelf() -> list[Document]:
    """Works that differ in all that is asked of works, more than are looked at closely."""
    said = "strike fund market vendor licence wage committee permit street meeting".split()  # noqa: SIM905
    works = [*bilingual(), *LIBRARY]
    for number in range(2 * DEPTH + 30):
        words = [said[number * k % 10] for k in (1, 3, 7)] + [f"own{number % 40}"]
        text = " ".join(words * (1 + number % 3)) + f" and {number} more of the union"
        works.append(
            document(
                f"work{number:03}",
                text,
                f"The {words[0]} {words[1]} of page two, number {number}.",
                title=f"{words[2].title()} {number % 50}",
                labels={
                    "topic": tuple(f"t{n}" for n in range(number % 3)),
                    "kind": (f"k{number % 4}",),
                    "language": ("en",),
                },
                year=1990 + number % 30 if number % 5 else None,
                added=number % 17,
                quality=1 - number % 2 / 5,
            )
        )
    return works


@pytest.fixture(scope="module")
def both(node: opensearch.Node) -> Iterator[tuple[WhooshEngine, OpenSearchEngine]]:
    embedded, served = WhooshEngine(None, LANGUAGES), made(node.setting("both"))
    with closing(embedded), closing(served):
        for one in (embedded, served):
            one.rebuild(shelf())
        yield embedded, served


MONEY = frozenset({("topic", "t1")})
ASKED = [
    *map(
        asking,
        [
            "strike", "strike fund", '"strike fund"', "wage OR permit", "vendor -market", "own1*",
            "title:wage", "title:mar*", "author:ela", "author:wit*", "stret vendor", "wgae",
            "strike fund market vendor licence wage", "the", "of the union", "union", "-union",
            "marketvendor", "committe meeting", "estibadores", "dockers ship", "market-vendor",
            "(wage OR permit) -fund", '"page two" wage', "nobody says this at all", "a*",
        ],
    ),
    Query(Word("wage", also=MONEY)),
    Query(And((Word("wage", also=MONEY), Word("own7")))),
    Query(Word("hawker", names=frozenset({("en", "market vendor"), ("es", "permiso")}))),
    Query(parse("wage").tree, chosen={"kind": frozenset({"k1", "k2"})}),
    Query(parse("wage").tree, without={"topic": frozenset({"t0"})}, years=Years(1995, 2010)),
    Query(parse("wage").tree, lifted={"kind": frozenset({"k3"})}),
    Query(parse("wage permit").tree, wished={"kind": frozenset({"k3"})}),
    Query(parse("wage").tree, wished={"kind": frozenset({"nobody"})}),
    Query(chosen={"topic": frozenset({"t0", "t1"})}),
]  # fmt: skip


@pytest.mark.parametrize("query", ASKED, ids=lambda query: str(query.tree)[:40])
def test_what_is_found_and_counted_is_the_same(both, query):
    for asked in (query, replace(query, sort="title"), replace(query, sort="newest", page=2)):
        one, other = (engine.search(asked) for engine in both)
        assert (other.total, other.partial) == (one.total, one.partial)
        assert other.counts == one.counts
        assert other.suggestion == one.suggestion
        assert other.names == one.names
        assert (other.granted, other.left_out) == (one.granted, one.left_out)
        if asked.sort != "relevance" or query.tree == Query().tree:
            assert [hit.id for hit in other.hits] == [hit.id for hit in one.hits]
        excerpts = {hit.id: (hit.excerpts, hit.filed) for hit in one.hits}
        for hit in other.hits:
            if hit.id in excerpts:
                assert (hit.excerpts, hit.filed) == excerpts[hit.id]


def test_the_order_of_the_best_is_nearly_the_same(both):
    ten = [replace(query, size=10) for query in ASKED]
    found = [[[hit.id for hit in engine.search(query).hits] for engine in both] for query in ten]
    shares = [len({*one} & {*other}) / len(one) for one, other in found if one]
    assert sum(shares) / len(shares) >= 0.9


def test_a_question_is_a_few_requests_and_fewer_where_its_words_are_known(both, monkeypatch):
    _, served = both
    served.search(asking("union"))  # the first one asks what all are answered with
    requests = []
    ask = Server.ask

    def counted(self, method, path, *more):
        if path.endswith("search"):
            requests.append(path)
        return ask(self, method, path, *more)

    monkeypatch.setattr(Server, "ask", counted)
    for words in ("permit meeting", "strike fund market vendor licence wage page number"):
        asked = replace(asking(words), years=Years(1991, 2015))
        served.search(asked)
        assert len(requests) <= 6, requests
        requests.clear()
        served.search(replace(asked, years=Years(1992, 2014)))
        assert len(requests) <= 4, requests
        requests.clear()


def test_pages_beyond_those_looked_at_closely_hold_each_work_once(both):
    _, served = both
    query = replace(asking("union"), size=50)
    pages = [[hit.id for hit in served.search(replace(query, page=n)).hits] for n in range(1, 11)]
    every = [id for page in pages for id in page]
    assert len(every) == len({*every}) == served.search(query).total > DEPTH
    whole = served.search(replace(query, size=1_000, excerpts=False))
    assert sorted(hit.id for hit in whole.hits) == sorted(every)
    assert [hit.id for hit in whole.hits[:50]] == pages[0]
    deep = served.search(replace(query, page=6)).hits
    assert deep and all(hit.excerpts for hit in deep)


def test_a_library_in_several_shards_answers_the_same(node):
    with closing(made(node.setting("parts", "?shards=3&replicas=0"))) as engine:
        engine.rebuild(shelf())
        embedded = WhooshEngine(None, LANGUAGES)
        embedded.rebuild(shelf())
        for query in ASKED[:6]:
            one, other = embedded.search(query), engine.search(query)
            assert (other.total, other.counts) == (one.total, one.counts)
        newest = replace(ASKED[0], sort="newest")
        assert [hit.id for hit in engine.search(newest).hits] == [
            hit.id for hit in embedded.search(newest).hits
        ]


def test_a_question_of_hundreds_of_words_is_asked_for_as_far_as_a_server_takes_it(both):
    """Of more clauses than a server takes the rarest are kept, and what is left out is named."""
    words = [f"own{number}" for number in range(40)] + [f"nobody{number}" for number in range(400)]
    for query in (asking(" ".join(words)), asking(" OR ".join(words))):
        results = both[1].search(query)
        assert len(words) > len(results.left_out) > 100
    whole, some = (engine.search(asking(" ".join(words[:60]))) for engine in both)
    assert (some.total, some.left_out) == (whole.total, ())


# Terms, and sets of works


@pytest.mark.parametrize(
    "word", ["a|b", "no. 189", "half \ud800", "100%", "\x00", "ü" * 500, "\u3000", "a" * 5000]
)
def test_no_term_is_parted_or_refused(engine, word):
    (sent,) = terms.sent(word).split()
    assert "|" not in sent and len(sent) < 200
    sent.encode("utf-8")
    other = terms.sent(word + "x")
    assert other != sent
    engine.rebuild([document("one", f"said {word} here", title=word[:50]), document("two", "not")])
    assert ids(engine, "said") == ["one"]
    assert engine.ids() == {"one", "two"}


def test_a_beginning_may_be_only_so_long(unchanged):
    assert ids(unchanged, "organiza*") == ["recicladores"]
    assert ids(unchanged, f"{'a' * 300}*") == []
    assert unchanged.terms("o" * 300, 5) == []


def test_sets_of_works_are_combined_as_bit_sets_are():
    class Nobody:
        def sizes(self, sets: Sequence[Any]) -> list[int]:
            raise AssertionError("nothing is counted for this")

    a, b = (Works(Nobody(), ({"term": {"x": name}},)) for name in "ab")
    every = Works(Nobody())
    assert (every & a).key == a.key == (a & a).key == (a | a).key == (~~a).key
    assert (0 | a).key == (a | 0).key == a.key
    assert (0 & a, a & 0) == (0, 0)
    assert (a & ~b).query == {"bool": {"filter": [a.query], "must_not": [b.query]}}
    assert (a | b).query == {"bool": {"should": [a.query, b.query]}}
    assert ((a | b) | a).key == (a | b).key
    assert (~every).query == {"bool": {"filter": [], "must_not": [{"match_all": {}}]}}


# Generations, writers, readers


def test_each_part_of_an_error_is_told(engine, setting):
    with pytest.raises(IndexUnusable, match="no index in http"):
        engine.search(Query())
    assert engine.glimpse() is None
    engine.rebuild(LIBRARY)
    with pytest.raises(IndexUnusable, match="vocabulary version '', and '2'"):
        made(setting, vocabulary_version="2").search(Query())
    for ask in (lambda one: one.info(), lambda one: one.update([document("a")])):
        with pytest.raises(IndexUnusable, match="languages"):
            ask(made(setting, ["en"]))
    other = made(setting, vocabulary_version="2")
    other.rebuild(LIBRARY)
    assert other.search(Query()).total == 4


@pytest.mark.parametrize("version", [{"schema_version": 0}, {"layout": 0}, {"languages": []}, {}])
def test_an_index_of_another_version_is_built_anew_and_not_read(engine, node, setting, version):
    engine.rebuild(LIBRARY)
    index = engine.generation().partition(".")[0]
    place = f"/{addresses.read(setting).name}-control/_doc/about-{index}?refresh=true"
    about = node.ask("GET", place.partition("?")[0])["_source"]["about"]
    node.ask("PUT", place, {"about": about | version if version else {"other": 1}})
    other = made(setting)
    with pytest.raises(IndexUnusable, match="ebuild"):
        other.search(Query())
    other.rebuild(LIBRARY)
    assert other.search(Query()).total == 4


def test_an_update_makes_an_index_and_a_removal_does_not(engine, setting):
    engine.remove(["a"])
    with pytest.raises(IndexUnusable):
        engine.search(Query())
    engine.update([document("a")])
    assert made(setting).ids() == {"a"}


def test_another_reader_sees_changes_and_new_generations(engine, setting, node, monkeypatch):
    engine.rebuild(LIBRARY)
    monkeypatch.setattr(engines, "LAG", 0.0)
    reader = made(setting)
    assert ids(reader, "market") == []
    engine.update([document("new", "market")])
    assert ids(reader, "market") == ["new"]
    for number in range(3):
        engine.rebuild([document(f"n{number}", "market")])
    assert ids(reader, "market") == ["n2"]
    name = addresses.read(setting).name
    kept = {one["index"] for one in node.ask("GET", f"/_cat/indices/{name}-*?format=json")}
    assert len(kept) == 5  # two generations, of works and of words, and what is said of them
    assert [*node.ask("GET", f"/_alias/{name}")] == [engine.generation().partition(".")[0]]
    assert engine.info().bytes > 0


def test_who_reads_the_generation_before_reads_on(engine, setting):
    engine.rebuild(LIBRARY)
    reader = made(setting)
    view = reader._current()
    engine.rebuild([document("only", "strike")])
    assert view.works == 4 and len(view.these(["strike-fund"])) == 1
    engine.rebuild([document("only", "strike")])  # now it is gone: the newest is opened
    assert ids(reader, "strike") == ["only"]


def test_nothing_is_left_of_a_rebuild_that_failed(engine, setting, node):
    engine.rebuild(LIBRARY)
    name = addresses.read(setting).name
    before = node.ask("GET", f"/_cat/indices/{name}-*?format=json&h=index")

    def documents() -> Iterator[Document]:
        yield document("a")
        raise KeyError("a")

    with pytest.raises(KeyError):
        engine.rebuild(documents())
    after = node.ask("GET", f"/_cat/indices/{name}-*?format=json&h=index")
    assert sorted(map(str, after)) == sorted(map(str, before))
    assert engine.search(Query()).total == 4


def test_words_are_counted_as_works_come_change_and_go(engine):
    engine.rebuild([document("a", "permit permit licence"), document("b", "permit")])

    def listed(word: str) -> list[tuple[str, int]]:
        view = engine._current()
        return [*view._listed("words", {"term": {"folded": word}})]

    assert [works for _, works in listed("permit")] == [2]
    engine.update([document("a", "licence"), document("c", "permit")])
    assert [works for _, works in listed("permit")] == [2]
    engine.remove(["b", "c", "nobody"])
    assert listed("permit") == []
    assert [works for _, works in listed("licence")] == [1]
    engine.rebuild([document("a", "permit"), document("x", "y"), document("a", "licence")])
    assert listed("permit") == []


def test_one_writer_at_a_time(engine, setting):
    engine.rebuild(LIBRARY)
    hurried = made(setting, wait=0.1)
    with engine._lock.held():
        for change in (hurried.update, hurried.rebuild, hurried.remove):
            with pytest.raises(IndexBusy, match="http"):
                change([])
        assert hurried.search(Query()).total == 4
    hurried.update([document("new")])
    assert hurried.search(Query()).total == 5


def test_a_writer_elsewhere_that_is_silent_too_long_is_succeeded(engine, node, setting):
    engine.rebuild(LIBRARY)
    name = addresses.read(setting).name
    for owner, until, taken in (
        ("elsewhere 1 1 x", time.time() + 60, False),
        ("elsewhere 1 1 x", time.time() - 1, True),
    ):
        kept = {"owner": owner, "until": until}
        node.ask("PUT", f"/{name}-control/_doc/writer?refresh=true", kept)
        hurried = made(setting, wait=0.1)
        if taken:
            hurried.update([document("new")])
        else:
            with pytest.raises(IndexBusy):
                hurried.update([document("new")])


def test_a_writer_that_is_killed_loses_what_it_had_not_acknowledged_and_no_more(engine, setting):
    engine.rebuild([document("d0", "market 0")])
    least = 1
    script = (
        "import sys; from tests.opensearch.test_opensearch import made, document\n"
        "engine, first = made(sys.argv[1]), int(sys.argv[2])\n"
        "for n in range(first, 10_000):\n"
        "    engine.update([document(f'd{n}', f'market {n}')]); print(n + 1, flush=True)\n"
    )
    for told in (2, 4):
        other = subprocess.Popen(
            [sys.executable, "-c", script, setting, str(least)], stdout=subprocess.PIPE, cwd=ROOT
        )
        for _ in range(told):
            least = int(other.stdout.readline())
        time.sleep(0.03 * told)
        os.kill(other.pid, signal.SIGKILL)
        least = max([least, *map(int, other.communicate()[0].split())])
        engine.update(
            [document("last", "market")]
        )  # at once: who held the lock is known to be dead
        engine.remove(["last"])
        held = engine.ids()
        assert held == {f"d{n}" for n in range(len(held))}
        assert least <= len(held) <= least + 1
        assert engine.search(asking("market", size=0)).total == len(held)
        least = len(held)


# What can go wrong with a server


def silent(port: int) -> str:
    return f"opensearch+http://someone:{PASSWORD.replace('/', '%2F')}@127.0.0.1:{port}/library"


@contextmanager
def listening(answers: bool = False) -> Iterator[int]:
    """A port that nobody answers at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        if answers:
            one.listen(8)
        yield one.getsockname()[1]


@pytest.fixture
def notes(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """All that is noted; a password is not."""
    caplog.set_level(logging.DEBUG)
    yield caplog
    assert PASSWORD not in caplog.text
    assert base64.b64encode(f"someone:{PASSWORD}".encode()).decode() not in caplog.text


def raised(engine: OpenSearchEngine) -> SearchError:
    """What each thing that is asked of an engine raises, which is the same for all."""
    found = []
    for ask in (
        lambda: engine.search(asking("strike")),
        lambda: engine.generation(),
        lambda: engine.info(),
        lambda: engine.update([document("a")]),
        lambda: engine.rebuild([document("a")]),
    ):
        with pytest.raises(SearchError) as error:
            ask()
        text = f"{error.value} {error.value!r} {error.value.values}"
        assert PASSWORD not in text and "%2F" not in text
        found.append(error.value)
    assert len({one.code for one in found}) == 1
    return found[0]


def test_a_node_that_is_down(notes):
    with listening() as port:
        error = raised(made(silent(port)))
    assert isinstance(error, IndexUnreachable)
    assert str(error).startswith(
        f"The server of the index, http://127.0.0.1:{port}/library, cannot"
    )
    assert "LIBRARY_ENGINE" in str(error)


def test_a_node_that_does_not_answer_in_time(notes):
    with listening(answers=True) as port:
        engine = made(silent(port) + "?timeout=1")
        began = time.monotonic()
        error = raised(engine)
        assert time.monotonic() - began < 4  # who asks again a moment later does not wait again
    assert "did not answer within 1 seconds" in str(error)


def test_what_answers_is_no_opensearch(notes):
    with serving(200, b"<html>hello</html>", "text/html") as port:
        assert "is no OpenSearch" in str(raised(made(silent(port))))


def test_a_wrong_password(notes):
    for status in (401, 403):
        with serving(status, b"Unauthorized", "text/plain") as port:
            error = raised(made(silent(port)))
        assert isinstance(error, IndexUnreachable)
        assert "does not let this user in" in str(error)


def test_a_certificate_that_nobody_signed(notes, node, tmp_path):
    openssl = needs.command("openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "ca.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    asked = base64.b64encode(f"someone:{PASSWORD}".encode()).decode()
    with passing_on(node, context, f"Basic {asked}") as port:
        address = silent(port).replace("http:", "https:").replace("/library", "/guarded")
        error = raised(made(address))
        assert isinstance(error, IndexUnreachable)
        assert "certificate" in str(error) and "?ca=" in str(error)
        with closing(made(f"{address}?ca={certificate}")) as engine:
            engine.rebuild(LIBRARY)
            assert ids(engine, "strike") == ["strike-fund"]
        wrong = address.replace("someone", "nobody")
        assert "does not let this user in" in str(raised(made(f"{wrong}?ca={certificate}")))
    with pytest.raises(SearchError, match="PEM"):
        made(f"{address}?ca={key.with_name('missing.pem')}")


def test_a_disk_that_is_nearly_full(engine, setting, node):
    engine.rebuild(LIBRARY)
    name = addresses.read(setting).name
    index = engine.generation().partition(".")[0]
    block = "index.blocks.read_only_allow_delete"
    for of in (f"{index},{index}-words", f"{name}-*"):
        node.ask("PUT", f"/{of}/_settings", {block: True})
        with pytest.raises(IndexNotWritten, match="nearly full"):
            engine.update([document("new", "market")])
        assert ids(engine, "strike") == ["strike-fund"]
        assert ids(engine, "market") == []
    node.ask("PUT", f"/{name}-*/_settings", {block: None})
    engine.update([document("new", "market")])
    assert ids(engine, "market") == ["new"]


def test_a_part_that_is_lost(engine, setting, node, monkeypatch):
    monkeypatch.setattr(register, "SHUT", 0.0)
    engine.rebuild(LIBRARY)
    index = engine.generation().partition(".")[0]
    node.ask("POST", f"/{index}/_close")
    with pytest.raises(IndexUnreachable, match="closed"):
        engine.search(asking("strike"))
    node.ask("DELETE", f"/{index}")
    nowhere = {"settings": {"index.routing.allocation.require._name": "nobody"}}
    nowhere["aliases"] = {addresses.read(setting).name: {}}
    node.ask("PUT", f"/{index}?wait_for_active_shards=0", nowhere)
    with pytest.raises(IndexUnreachable, match="not all parts"):
        engine.search(asking("strike"))
    engine.rebuild(LIBRARY)
    assert ids(engine, "strike") == ["strike-fund"]


@pytest.mark.parametrize(
    "wrong",
    [
        "opensearch+https://host", "opensearch://host/name", "opensearch+ftp://host/name",
        "opensearch+https://user:secret@host:9200/UPPER", "opensearch+https://host:port/name",
        "opensearch+https://user:secret@host/a/b", "opensearch+https://host/name?verify=no",
        "opensearch+https://host/name?shards=0", "opensearch+https://user:secret@/name",
        "opensearch", "opensearch+https:user:secret@host/name",
    ],
)  # fmt: skip
def test_an_address_that_is_none(wrong):
    with pytest.raises(SearchError, match="Write it as opensearch") as error:
        open_engine(wrong, Path(), LANGUAGES, "")
    assert "secret" not in str(error.value)


def test_an_address_is_shown_without_a_password():
    address = addresses.read("opensearch+https://a%40b:p%3Aw@[::1]:9201/books?ca=/x&replicas=2")
    assert (address.user, address.password) == ("a@b", "p:w")
    assert address.where == "https://[::1]:9201/books"
    assert "p:w" not in repr(address)
    assert addresses.shown("opensearch+https://me:p@h/n") == "opensearch+https://…@h/n"
    assert addresses.name_of("opensearch+https://me:p@h/n") == "opensearch:n"
    assert addresses.name_of("whoosh") == "whoosh"


# A library whose index is in a server


def library(home: Path, *words: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "library", *map(str, words)],
        cwd=ROOT, env={**os.environ, "LIBRARY_HOME": str(home), **settings},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    return done


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    text = "We swept the pavement before the market opened, and nobody thanked us for it. " * 5
    (folder / "pavement.md").write_text(f"# Our pavement\n\n{text}", "utf-8")
    return folder


def test_a_library_goes_on_while_its_server_is_away_and_is_found_when_it_is_back(
    setting, tmp_path, inbox
):
    home = tmp_path / "home"
    with listening() as port:
        away = {"LIBRARY_ENGINE": silent(port)}
        done = library(home, "ingest", inbox, **away)
        assert done.returncode == 0  # it is in the catalogue, and waits to be found
        assert "cannot be reached" in done.stderr
        for words, code in ((("search", "pavement"), 3), (("check",), 1)):
            done = library(home, *words, **away)
            assert done.returncode == code
            assert "cannot be reached" in done.stdout + done.stderr
            assert PASSWORD not in done.stdout + done.stderr
        _site_without_its_server(home, away["LIBRARY_ENGINE"])
        for file in home.rglob("*"):
            assert not file.is_file() or PASSWORD.encode() not in file.read_bytes()
    back = {"LIBRARY_ENGINE": setting}
    found = json.loads(library(home, "search", "pavement", "--json", **back).stdout)
    assert [hit["title"] for hit in found["hits"]] == ["Our pavement"]
    assert found["hits"][0]["excerpts"][0]["marks"]
    assert library(home, "check", **back).returncode == 0
    assert not (home / "index").exists()
    # Built while another is searched, which is then the one that is kept up to date.
    assert "1 resources can be found once" in library(home, "reindex", "--engine", setting).stdout


def _site_without_its_server(home: Path, engine: str) -> None:
    """What the catalogue can give is given; a search says that it cannot be answered now."""
    from starlette.testclient import TestClient

    from library.core.settings import Settings
    from library.web.app import create_app

    settings = Settings(home=home, engine=engine)
    assert PASSWORD in settings.secrets and settings.engine_name == "opensearch:library"
    with TestClient(create_app(settings), raise_server_exceptions=False) as reader:
        assert reader.get("/").status_code == 200
        assert "Our pavement" in reader.get("/resources/our-pavement").text
        assert reader.get("/resources/our-pavement/en/1").status_code == 200
        answer = reader.get("/search?q=pavement")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        for path in ("/search?q=pavement", "/metrics", "/healthz", "/api/search?q=pavement"):
            assert PASSWORD not in reader.get(path).text


# Servers for tests


@contextmanager
def serving(status: int, content: bytes, kind: str) -> Iterator[int]:
    """A server that always answers the same."""

    class Same(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing is said."""

    with _begun(Same) as port:
        yield port


@contextmanager
def passing_on(node: opensearch.Node, context: ssl.SSLContext, wanted: str) -> Iterator[int]:
    """A node behind a server that asks for a password, over TLS."""

    class Door(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, content = 401, b"Unauthorized"
            if self.headers.get("Authorization") == wanted:
                asked = urllib.request.Request(
                    f"http://{node.address}{self.path}",
                    body or None,
                    {"Content-Type": self.headers.get("Content-Type", "application/json")},
                    method=self.command,
                )
                try:
                    with urllib.request.urlopen(asked, timeout=60) as answer:
                        status, content = answer.status, answer.read()
                except urllib.error.HTTPError as error:
                    status, content = error.code, error.read()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing is said."""

    with _begun(Door, context) as port:
        yield port


@contextmanager
def _begun(handler: Any, context: ssl.SSLContext | None = None) -> Iterator[int]:
    for method in ("GET", "POST", "PUT", "DELETE", "HEAD"):
        setattr(handler, f"do_{method}", handler.answer)

    class Quiet(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Who does not trust it hangs up."""

    server = Quiet(("127.0.0.1", 0), handler)
    if context:
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
