"""A fault in a file of concepts is told with the file, the concept and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.core.errors import NotUsable
from library.vocabularies import Vocabularies
from library.vocabularies.files import SHIPPED, parse, path_of, read_scheme

GOOD = """
languages = ["en"]
[[concept]]
id = "weavers"
en.preferred = "Weavers"
en.alternative = ["weaver"]
"""

ALONE = {
    "languages": ('languages = "en"', ["languages", 'Write it as: languages = ["en", "es"].']),
    "one table": ('[concept]\nid = "a"', ["concept is not", "[[concept]]"]),
    "list of text": ('concept = ["a"]', ["concept is not", "[[concept]]"]),
    "renamed no table": ('renamed = "a"', ["[renamed]", "old-id"]),
}

ADDED = {  # to the good file
    "no toml": ("[[concept]\nid = 1", ["cannot be read", "Correct the line"]),
    "unknown table": ("[concepts]", ["“concepts”", "Known are: languages, facet, renamed"]),
    "no id": ('[[concept]]\nen.preferred = "A"', ["no usable id", "small letters"]),
    "bad id": ('[[concept]]\nid = "Street Vendors"', ["'Street Vendors'", "small letters"]),
    "reserved id": ('[[concept]]\nid = "none"\nen.preferred = "A"', ["“none”", "another id"]),
    "number id": ("[[concept]]\nid = 7", ["no usable id", "small letters"]),
    "id twice": ('[[concept]]\nid = "weavers"\nen.preferred = "B"', ["“weavers”", "twice"]),
    "unknown key": (
        '[[concept]]\nid = "a"\nparent = "weavers"\nen.preferred = "A"',
        ["“a”", "“parent” is not understood", "broader"],
    ),
    "wrong type": (
        '[[concept]]\nid = "a"\nsilent = "yes"\nen.preferred = "A"',
        ["“a”", "“silent” is not understood"],
    ),
    "unknown label": (
        '[[concept]]\nid = "a"\nen.prefered = "A"',
        ["“a”", "“en.prefered” is not understood", "preferred, alternative, hidden"],
    ),
    "label a list": (
        '[[concept]]\nid = "a"\nen.preferred = ["A"]',
        ["“a”", "en.preferred is not as it should be", 'en.preferred = "one text"'],
    ),
    "labels a text": (
        '[[concept]]\nid = "a"\nen.preferred = "A"\nen.hidden = "b"',
        ["“a”", "en.hidden is not as it should be", "a list"],
    ),
    "empty label": (
        '[[concept]]\nid = "a"\nen.preferred = " "',
        ["“a”", "en.preferred is not as it should be"],
    ),
    "incomplete": (
        '[[concept]]\nid = "a"\nes.preferred = "A"',
        ["“a”", "no preferred label in “en”", "Add en.preferred"],
    ),
    "weak of none": (
        '[[concept]]\nid = "a"\nen.preferred = "A"\nen.weak = ["b"]',
        ["“a”", "“b” (en.weak) is none", "Add it to its alternative"],
    ),
    "no broader": (
        '[[concept]]\nid = "a"\nen.preferred = "A"\nbroader = "z"',
        ["“a”", "“z” does not exist", "Correct `broader`"],
    ),
    "circle": (
        '[[concept]]\nid = "a"\nen.preferred = "A"\nbroader = "b"\n'
        '[[concept]]\nid = "b"\nen.preferred = "B"\nbroader = "a"',
        ["“a”", "broader than itself", "Break the circle"],
    ),
    "shown twice": (
        '[[concept]]\nid = "a"\nen.preferred = "WEAVER"',
        ["“a”", "“WEAVER” (en) is also a label of “weavers”", "hidden label"],
    ),
    "renamed no text": ("[renamed]\nold = 7", ["[renamed]", "old-id"]),
    "renamed to nothing": ('[renamed]\nold = "z"', ["“old” is renamed to “z”", "Name a concept"]),
    "renamed and kept": (
        '[renamed]\nweavers = "weavers"',
        ["“weavers” is said to be renamed", "Take the line"],
    ),
    "ignored": ("[ignored]\nen = 1", ["[ignored]", 'en = ["civil servant"]']),
}


@pytest.mark.parametrize("fault", [*ALONE, *ADDED])
def test_a_fault_is_told_with_file_concept_and_remedy(tmp_path: Path, fault: str) -> None:
    written, expected = ALONE[fault] if fault in ALONE else ADDED[fault]
    path = tmp_path / "group.toml"
    path.write_text(written if fault in ALONE else GOOD + written, "utf-8")
    with pytest.raises(NotUsable) as caught:
        read_scheme("group", path)
    assert str(path) in caught.value.text
    assert caught.value.remedy
    assert caught.value.exit_code == 3
    for words in expected:
        assert words in str(caught.value)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('countries = "ke zz9"', ["“east”", "“zz9” is unknown", "ISO 3166-1"]),
        ('countries = "KE"', ["“east”", "“KE” is unknown", "small letters"]),
        (
            'countries = "ke"\n[[concept]]\nid = "west"\nen.preferred = "W"\ncountries = "ke"',
            ["“west”", "“ke” is also in “east”", "Take it from one"],
        ),
        ('broader = "nowhere"', ["“east”", "“nowhere” does not exist"]),
        ('en.weak = ["Chad"]', ["“east”", "“Chad” (en.weak) is none"]),
        ("countries = [1]", ["“east”", "“countries” is not understood"]),
    ],
)
def test_a_fault_in_a_file_of_places_is_told(
    tmp_path: Path, written: str, expected: list[str]
) -> None:
    path = tmp_path / "places.toml"
    path.write_text(f'[[concept]]\nid = "east"\nen.preferred = "East"\n{written}\n', "utf-8")
    with pytest.raises(NotUsable) as caught:
        Vocabularies.load(("en",), tmp_path)
    for words in (str(path), *expected):
        assert words in str(caught.value)


def test_a_file_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "group.toml"
    path.write_bytes(b'[[concept]]\nid = "a"\nes.preferred = "Espa\xf1a"\n')
    with pytest.raises(NotUsable, match=r"group\.toml cannot be read"):
        read_scheme("group", path)


def test_a_sound_file_is_read_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "group.toml"
    more = '[[concept]]\nid = "basket-weavers"\nbroader = "weavers"\nen.preferred = "Basket"\n'
    path.write_text('[renamed]\nspinners = "weavers"\n' + more, "utf-8")
    with pytest.raises(NotUsable):
        read_scheme("group", path)
    path.write_text(GOOD + more + '[renamed]\nspinners = "weavers"\n', "utf-8")
    scheme = read_scheme("group", path)
    assert list(scheme.concepts) == ["weavers", "basket-weavers"]
    assert scheme.renamed == {"spinners": "weavers"}
    assert scheme.concepts["basket-weavers"].broader == "weavers"


def test_a_librarys_own_file_stands_in_for_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "group.toml").write_text(GOOD, "utf-8")
    assert path_of("group", tmp_path) == tmp_path / "group.toml"
    assert path_of("topic", tmp_path) == SHIPPED / "topic.toml"
    own = Vocabularies.load(("en",), tmp_path)
    assert own.order("group") == ("weavers",)
    assert own.order("topic") == Vocabularies.load(("en",)).order("topic")
    assert own.version != Vocabularies.load(("en",)).version


def test_a_file_of_a_librarys_own_may_leave_the_facets_name_to_the_shipped_one(
    tmp_path: Path,
) -> None:
    own = tmp_path / "use.toml"
    own.write_text('[[concept]]\nid = "play"\nen.preferred = "Play"\n', "utf-8")
    shipped = read_scheme("use", SHIPPED / "use.toml")
    held = read_scheme("use", own)
    assert list(held.concepts) == ["play"]
    assert (held.names, held.headings) == (shipped.names, shipped.headings)
    own.write_text('[facet]\nen = { name = "Games" }\n' + own.read_text("utf-8"), "utf-8")
    held = read_scheme("use", own)
    assert (held.names, held.headings) == ({"en": "Games"}, {})


@pytest.mark.parametrize(
    "header",
    ["facet = 1", "[facet]\nen = 'Games'", "[facet]\nen = { title = 'Games' }",
     "[facet]\nen = { name = ' ' }", "[facet]\nEnglish = { name = 'Games' }"],
)  # fmt: skip
def test_a_facet_that_is_called_wrongly_is_told(tmp_path: Path, header: str) -> None:
    own = tmp_path / "use.toml"
    own.write_text(f'{header}\n[[concept]]\nid = "play"\nen.preferred = "Play"\n', "utf-8")
    with pytest.raises(NotUsable, match=r"use\.toml: \[facet\] is not as it should be"):
        read_scheme("use", own)


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_a_file_that_was_emptied_is_no_vocabulary_of_nothing(tmp_path: Path, content: str) -> None:
    path = tmp_path / "topic.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(NotUsable, match=r"topic\.toml is empty") as raised:
        parse(path)
    assert "take the file away" in raised.value.remedy
