"""The index of a pack: what is looked up, where it leads, and that the script reads it alike."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.web.assets import asset_folder
from library.web.packs.offline_index import ALIKE, LEFT_OUT, OfflineIndex, base36, key, script

SCRIPT = asset_folder("static") / "pack" / "search.js"


def told(files: Iterator[tuple[str, str]]) -> dict[str, object]:
    """What each file hands to the script."""
    said = {}
    for name, content in files:
        match = re.fullmatch(r'pack\("[a-z]+",\d+,(.*)\)\n', content, re.DOTALL)
        assert match
        said[name] = json.loads(match[1])
    return said


def part_of(starts: Sequence[str] | Sequence[int], wanted: str | int) -> int:
    """The file that a word, or a term, stands in."""
    return max(0, sum(start <= wanted for start in starts) - 1)  # type: ignore[operator]


def found(said: dict[str, object], word: str) -> dict[int, int]:
    """Entries that hold a word, and how often, as the script finds them."""
    index = said["index.js"]
    assert isinstance(index, dict)
    entries: dict[int, int] = {}
    lines = str(said[f"words-{part_of(index['words'], key(word))}.js"]).split("\n")
    for line in lines:
        written, *terms = line.split(" ")
        for term in terms if written == key(word) else ():
            number = int(term, 36)
            part = part_of(index["terms"], number)
            codes = str(said[f"terms-{part}.js"]).split("\n")[number - index["terms"][part]]
            entry = 0
            for code in codes.split(" "):
                step, times = divmod(int(code, 36), 16)
                entry += step
                entries[entry] = entries.get(entry, 0) + times
    return entries


@pytest.fixture
def said() -> dict[str, object]:
    index = OfflineIndex()
    texts = dict(
        index.add(
            "en",
            "Street vendors organise",
            ["A guide"],
            [("", "They organised strikes."), ("", "Wages.")],
        )
    )
    texts |= dict(index.add("es", "Salarios", [], [("", "La huelga y los salarios mínimos")]))
    return told(iter([*texts.items(), *index.files()]))


def test_a_word_is_found_in_its_other_forms(said: dict[str, object]) -> None:
    assert found(said, "organised") == found(said, "Organise") == {0: 4, 1: 1}
    assert found(said, "minimos") == {4: 1}
    assert found(said, "zeppelin") == {}


def test_entries_are_what_is_said_of_a_work_and_its_pages(said: dict[str, object]) -> None:
    index = said["index.js"]
    assert isinstance(index, dict)
    assert index["entries"] == 5
    assert said["texts-0.js"] == [
        "A guide",
        "They organised strikes.",
        "Wages.",
        "Salarios",
        "La huelga y los salarios mínimos",
    ]


def test_many_words_are_in_many_files_and_all_are_found() -> None:
    index = OfflineIndex()
    words = [f"w{base36(number)}x" for number in range(9000)]
    texts = []
    for start in range(0, len(words), 500):
        texts += index.add("en", "Words", [], [("", " ".join(words[start : start + 500]))])
    said = told(iter([*texts, *index.files()]))
    assert len([name for name in said if name.startswith("words-")]) > 2
    assert len([name for name in said if name.startswith("texts-")]) > 1
    for number in range(0, 9000, 700):
        assert found(said, words[number]) == {number // 500 * 2 + 1: 1}


@given(st.text(max_size=60))
def test_what_a_word_is_looked_up_by_is_looked_up_alike(word: str) -> None:
    assert key(key(word)) == key(word) or len(key(word)) == 40


@given(st.integers(0, 10**9))
def test_numbers_are_read_back(number: int) -> None:
    assert int(base36(number), 36) == number


def test_nothing_in_a_text_ends_a_script() -> None:
    made = script("texts", 0, ["</script><script>alert(1)</script>\u2028"])
    assert "<" not in made
    assert "\u2028" not in made


def test_the_script_leaves_out_and_takes_for_alike_what_the_index_does() -> None:
    written = SCRIPT.read_text("utf-8")
    left_out = re.search(r"LEFT_OUT = /\[(.*)\]/g", written)
    alike = re.search(r"ALIKE = (\{.*?\});", written)
    assert left_out
    assert alike
    assert json.loads(f'"{left_out[1]}"') == LEFT_OUT
    assert json.loads(alike[1]) == ALIKE
