"""Files are parsed in this process, as a child would, which takes a second to begin."""

from __future__ import annotations

import pytest

from library.skos import parsing, triples
from library.skos.facts import Facts


@pytest.fixture(autouse=True)
def parsed_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def parsed(content: bytes, format: str, name: str = "") -> Facts:
        return triples.parsed(content, format)

    if not request.module.__name__.endswith("test_confined"):
        monkeypatch.setattr(parsing, "parsed", parsed)
