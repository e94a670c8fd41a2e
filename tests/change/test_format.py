"""A format is one module and one row, detection included."""

from __future__ import annotations

import json
from pathlib import Path

from tests.change import code

READER = r'''"""Subtitles (SubRip): the words of a film."""

import re

from library.core.resource import Page, Said
from library.extractors.encodings import decode

TIME = re.compile(r"\d+$|[\d:,]+ --> [\d:,]+")


def read(file, limits):
    lines = decode(file.read(limits.bytes)).splitlines()
    yield Said(pages=1)
    words = " ".join(line for line in lines if line and not TIME.match(line))
    yield Page(1, words, reader="subtitles")
'''
ROW = """    "application/x-subrip": Format(
        name="subtitles", words="library.extractors.subtitles:read", suffixes=("srt",)
    ),
"""
FILM = """1
00:00:01,000 --> 00:00:04,000
We picked tea before the sun, and nobody counted the hours.

2
00:00:05,000 --> 00:00:09,000
Then we began to count them ourselves.
"""


def test_a_module_and_a_row_are_a_format(tmp_path: Path) -> None:
    changed, inbox = code.copied(tmp_path / "code"), tmp_path / "inbox"
    (changed / "library" / "extractors" / "subtitles.py").write_text(READER, "utf-8")
    table = changed / "library" / "core" / "formats.py"
    text = table.read_text("utf-8")
    start = "OWN: Mapping[str, Format] = {\n"
    assert text.count(start) == 1
    table.write_text(text.replace(start, start + ROW), "utf-8")
    inbox.mkdir()
    (inbox / "film.srt").write_text(FILM, "utf-8")
    home = tmp_path / "home"
    done = code.run(changed, home, "-m", "library", "ingest", inbox)
    assert done.returncode == 0, done.stderr
    [hit] = json.loads(
        code.run(changed, home, "-m", "library", "search", "counted hours", "--json").stdout
    )["hits"]
    assert "-->" not in hit["excerpts"][0]["text"]
