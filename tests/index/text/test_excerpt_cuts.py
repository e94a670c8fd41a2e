"""Where an excerpt leaves out what its sentence says, "…" stands; and nowhere else."""

from __future__ import annotations

import pytest

from index.text.excerpts import excerpt
from index.text.syntax import parse

LONG = " ".join(f"word{n}" for n in range(80))
FIRST, LAST = "The quorum was reached.", "All went home."


def cut(text: str, words: str = "quorum", width: int = 60) -> tuple[bool, bool]:
    """Whether it says that something is left out before, and after."""
    found, spans = excerpt(text, parse(words).tree, ["en"], width)
    assert [found[a:b] for a, b in spans] == ([words] if words else [])
    assert "…" not in found[1:-1]
    return found.startswith("…"), found.endswith("…")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (FIRST, (False, False)),  # whole
        (f"{LONG} quorum {LONG}", (True, True)),  # in the midst of a sentence
        (f"quorum {LONG}", (False, True)),
        (f"{LONG} quorum", (True, False)),
        (f"{LONG}. {FIRST}", (True, False)),  # nothing follows: more of what is before is shown
        (f"{LONG}. {FIRST} {LAST} {LONG}", (False, True)),
    ],
)
def test_each_end_says_whether_it_is_cut(text: str, told: tuple[bool, bool]) -> None:
    assert cut(text) == told


def test_an_end_at_the_end_of_a_sentence_is_no_cut() -> None:
    text = f"{FIRST} {'x' * 100}"
    assert excerpt(text, parse("quorum").tree, ["en"], len(FIRST))[0] == FIRST


def test_without_words_the_beginning_is_cut_at_its_end() -> None:
    assert cut(LONG, "") == (False, True)
    assert cut(FIRST, "") == (False, False)


@pytest.mark.parametrize("letters", ["街头小贩", "ผู้ค้าริมถนน"])
def test_where_there_are_no_spaces_too(letters: str) -> None:
    found, _ = excerpt(letters * 100, parse("").tree, ["zh"], 40)
    assert found.endswith("…")
