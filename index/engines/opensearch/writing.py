"""Changes to an index in a server: who may write, works, and the words they are listed under."""

from __future__ import annotations

import json
import os
import pickle
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from index.columns.terms import to_bytes
from index.columns.words import Stretches
from index.document import Document
from index.engine import IndexBusy, SearchError
from index.engines.opensearch import schema
from index.engines.opensearch.documents import Candidate, Listed, Prepared, listed, prepared
from index.engines.opensearch.server import Gone, Server
from index.engines.opensearch.terms import sent
from index.inversion import surface_of

WAIT = 5.0  # seconds to wait for another writer
LEASE = 120.0  # seconds that a writer may be silent
RENEWED = 20.0  # seconds after which it says again that it is there
WRITER = "writer"
TOGETHER = 4_000_000  # characters of works that are sent together
IN_MEMORY = 32_000_000  # bytes of works that wait in memory until all of a change are made
BEFORE = 50  # works whose words are looked up together
LONG = 100  # letters of the name of a word's document: what is longer is told by its field's terms
MOST_WORDS = 1_000_000  # words that are counted in memory

_COUNT = "ctx._source.works += params.works; if (ctx._source.works <= 0) { ctx.op = 'delete' }"


class Lock:
    """One writer at a time, in any process on any machine."""

    def __init__(self, server: Server, control: str, wait: float = WAIT) -> None:
        self._server = server
        self._control = control
        self._wait = wait
        self._here = threading.Lock()
        self._owner = ""
        self._said = 0.0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Raises IndexBusy."""
        if not self._here.acquire(timeout=self._wait):
            raise IndexBusy("index busy", path=self._server.where)
        try:
            self._owner = f"{_processes()} {os.getpid()} {_began(os.getpid())} {uuid.uuid4().hex}"
            self._take()
            over = threading.Event()
            beat = threading.Thread(target=self._beat, args=(over,), name="lock", daemon=True)
            beat.start()
            try:
                yield
            finally:
                over.set()
                beat.join()
                self._let_go()
        finally:
            self._here.release()

    def renew(self) -> None:
        """Raises IndexBusy where another may have taken the place of this writer."""
        if time.monotonic() - self._said > LEASE / 2:
            self._say()

    def _beat(self, over: threading.Event) -> None:
        """Say now and then that this writer is there; what fails is tried again, and told by
        `renew`."""
        while not over.wait(RENEWED):
            with suppress(SearchError):
                self._say()

    def _say(self) -> None:
        known = self._read()
        if known is None or known["_source"]["owner"] != self._owner:
            raise IndexBusy("index busy", path=self._server.where)
        self._put({"if_seq_no": known["_seq_no"], "if_primary_term": known["_primary_term"]})

    def _take(self) -> None:
        until = time.monotonic() + self._wait
        while True:
            known = self._read()
            if known is None:
                put = self._put({"op_type": "create"})
            elif known["_source"]["until"] < time.time() or _is_dead(known["_source"]["owner"]):
                put = self._put(
                    {"if_seq_no": known["_seq_no"], "if_primary_term": known["_primary_term"]}
                )
            else:
                put = False
            if put:
                return
            if time.monotonic() > until:
                raise IndexBusy("index busy", path=self._server.where)
            time.sleep(0.05)

    def _read(self) -> Any:
        try:
            return self._server.ask("GET", f"/{self._control}/_doc/{WRITER}")
        except Gone:
            return None

    def _put(self, params: Mapping[str, object]) -> bool:
        """Whether it was so when it was put."""
        kept = {"owner": self._owner, "until": time.time() + LEASE}
        put = self._server.put(f"/{self._control}/_doc/{WRITER}", kept, params)
        if put:
            self._said = time.monotonic()
        return put

    def _let_go(self) -> None:
        known = self._read()
        if known is not None and known["_source"]["owner"] == self._owner:
            params = {"if_seq_no": known["_seq_no"], "if_primary_term": known["_primary_term"]}
            self._server.delete(f"/{self._control}/_doc/{WRITER}", params)


def _processes() -> str:
    """What tells processes of one system, and of one container in it, from all others; "-" where
    that cannot be told."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot}/{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return "-"


def _began(process: int) -> str:
    """When a process began, as the system counts; "" where there is none."""
    try:
        told = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    return told.rpartition(")")[2].split()[19]


def _is_dead(owner: str) -> bool:
    """Whether who wrote was a process here, and is no more: nobody waits for its lease to end."""
    processes, process, began = owner.split()[:3]
    if processes == "-" or processes != _processes():
        return False
    return _began(int(process)) != began


class Change:
    """Works that are brought and taken away; seen when all is there and `show` is called."""

    def __init__(
        self, server: Server, index: str, languages: Sequence[str], lock: Lock, *, fresh: bool
    ) -> None:
        """fresh: of an index in which there is nothing yet, and that nobody sees."""
        self._server = server
        self._index = index
        self._listing = f"{index}-words"
        self._languages = languages
        self._lock = lock
        self._fresh = fresh
        self._stretches = Stretches()
        self._counts: Counter[Listed] = Counter()
        self._flushed = False  # whether words were counted in the index already
        self.given: set[str] = set()

    def prepare(self, documents: Iterable[Document]) -> Iterator[list[Prepared]]:
        """Documents analysed, some at a time; the last of a repeated one among them stays."""
        some: dict[str, Prepared] = {}
        size = 0
        for document in documents:
            made = prepared(document, self._languages, self._stretches)
            some.pop(document.id, None)
            some[document.id] = made
            size += sum(len(passage.text) for passage in document.passages)
            if size > TOGETHER:
                yield [*some.values()]
                some, size = {}, 0
        if some:
            yield [*some.values()]

    def bring(self, some: Sequence[Prepared]) -> None:
        """Add works, or replace them. Raises IndexNotWritten."""
        self._lock.renew()
        ids = [one.id for one in some]
        again = [id for id in ids if id in self.given] if self._fresh else ids
        self._forget(again)
        self._server.write(self._index, _lines(some))
        self.given.update(ids)
        for one in some:
            self._counts.update(one.listed)
        if len(self._counts) > MOST_WORDS:
            self._count()

    def take(self, ids: Sequence[str]) -> None:
        """Remove works; unknown ones are no error. Raises IndexNotWritten."""
        self._lock.renew()
        self._forget(ids)
        self._server.write(self._index, (f"{json.dumps({'delete': {'_id': id}})}\n" for id in ids))

    def show(self) -> None:
        """Let what was changed be seen. Raises IndexNotWritten."""
        self._count()
        self._server.ask("POST", f"/{self._index},{self._listing}/_refresh")

    def _forget(self, ids: Sequence[str]) -> None:
        """Take the words of what is there of these out of the list."""
        if not ids:
            return
        if self._fresh:
            self._server.ask("POST", f"/{self._index}/_refresh")
        for first in range(0, len(ids), BEFORE):
            body = {
                "query": {"ids": {"values": list(ids[first : first + BEFORE])}},
                "size": BEFORE,
                "stored_fields": ["_id", schema.BLOB],
                "seq_no_primary_term": True,
            }
            for hit in self._server.search(self._index, body)["hits"]["hits"]:
                self._counts.subtract(listed(Candidate(hit).columns))

    def _count(self) -> None:
        """Bring how many works hold each word."""
        counts = {one: works for one, works in self._counts.items() if works}
        self._counts.clear()
        plain = self._fresh and not self._flushed
        self._server.write(
            self._listing,
            (_word(field, term, works, plain=plain) for (field, term), works in counts.items()),
        )
        if counts and self._fresh:
            self._server.ask("POST", f"/{self._listing}/_refresh")
        self._flushed = True


def kept(several: Iterable[list[Prepared]]) -> Iterator[list[Prepared]]:
    """The same, given when all of them are there; meanwhile on the disk, where they are much."""
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
        count = 0
        for some in several:
            pickle.dump(some, file)
            count += 1
        file.seek(0)
        for _ in range(count):
            made: list[Prepared] = pickle.load(file)  # noqa: S301 - written above
            yield made


def _lines(some: Iterable[Prepared]) -> Iterator[str]:
    for one in some:
        yield f"{json.dumps({'index': {'_id': one.id}})}\n{json.dumps(one.source)}\n"


def _word(field: str, term: str, works: int, *, plain: bool) -> str:
    """A line that counts a word; plain: where nobody counted it before."""
    folded, _ = surface_of(term)
    kept = {
        "field": field,
        "term": sent(term),
        "folded": sent(folded),
        "kept": to_bytes(term).decode("utf-8", "replace"),
        "works": works,
    }
    id = f"{field} {kept['term']}"
    if plain:
        return f"{json.dumps({'index': {'_id': id}})}\n{json.dumps(kept)}\n"
    update = {
        "script": {"source": _COUNT, "lang": "painless", "params": {"works": works}},
        **({"upsert": kept} if works > 0 else {}),
    }
    action = {"update": {"_id": id, "retry_on_conflict": 3}}
    return f"{json.dumps(action)}\n{json.dumps(update)}\n"
