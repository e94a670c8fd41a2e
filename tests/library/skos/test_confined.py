"""A partner's SKOS is parsed in a process of its own, and nothing that it says is believed."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from library import skos
from library.core.errors import Damaged, TooSlow
from library.skos import parsing

TURTLE = b"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://p.example/s> a skos:ConceptScheme .
<https://p.example/c> a skos:Concept ; skos:inScheme <https://p.example/s> ;
  skos:prefLabel "strike"@en ."""


def answered(monkeypatch: pytest.MonkeyPatch, output: bytes, code: int = 0) -> None:
    def run(*command: object, **how: Any) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], code, output, b"")

    monkeypatch.setattr(parsing.subprocess, "run", run)


def test_what_a_file_says_comes_back_from_the_child() -> None:
    [scheme] = skos.read(TURTLE, "partner.ttl")
    assert scheme.concepts[0].preferred == {"en": ("strike",)}
    with pytest.raises(Damaged) as raised:
        skos.read(b"@prefix skos: <", "partner.ttl")
    assert raised.value.code == "skos unreadable"


def test_the_process_of_the_site_never_parses_it() -> None:
    program = (
        "import sys; from library import skos; skos.read(sys.stdin.buffer.read(), 'p.ttl'); "
        "print([name for name in sys.modules if name.startswith('rdflib')])"
    )
    from tests import needs

    done = subprocess.run(
        [parsing.sys.executable, "-c", program],
        input=TURTLE,
        capture_output=True,
        check=True,
        cwd=needs.ROOT,
    )
    assert done.stdout.strip() == b"[]"


@pytest.mark.parametrize(
    "output",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"facts": []}',
        b'{"facts": {"a": {"b": [["uri", 1, ""]]}}}',
        b'{"facts": {"a": {"b": [["code", "x", ""]]}}}',
        b'{"facts": {"a": {"b": [["uri", "x"]]}}}',
        b'{"reason": "damaged"}',
        b'{"reason": 7, "message": 7}',
    ],
)
def test_a_child_that_was_taken_over_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, output: bytes
) -> None:
    answered(monkeypatch, output, code=-9)
    with pytest.raises(Damaged):
        parsing.parsed(TURTLE, "turtle")


def test_one_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "SECONDS", 0.001)
    with pytest.raises(TooSlow):
        parsing.parsed(TURTLE, "turtle", "partner.ttl")


def test_the_child_is_told_nothing_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIBRARY_METRICS_TOKEN", "secret")
    given: list[dict[str, str]] = []

    def run(*command: object, **how: Any) -> subprocess.CompletedProcess[bytes]:
        given.append(how["env"])
        return subprocess.CompletedProcess([], 0, json.dumps({"facts": {}}).encode(), b"")

    monkeypatch.setattr(parsing.subprocess, "run", run)
    assert parsing.parsed(b"", "turtle") == {}
    assert "secret" not in repr(given)
