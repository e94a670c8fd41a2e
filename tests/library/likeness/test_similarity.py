"""How alike texts are: estimates agree with counting, and bands meet where they should."""

from __future__ import annotations

import random

import numpy as np
import pytest

from library.core.resource import Page
from library.likeness import similarity, translations
from library.likeness.similarity import Shape

STOCK = [f"{a}{b}" for a in "bdfgklmnprst" for b in ("ala", "ero", "inu", "oke", "uma", "este")]

SIGNATURE = "9e928202a69e2600"


def prose(seed: int, words: int = 400) -> list[str]:
    return random.Random(seed).choices(STOCK, k=words)


def changed(words: list[str], share: float, seed: int = 1) -> list[str]:
    """The same words with a piece of them replaced."""
    begin = int(len(words) * (1 - share))
    return words[:begin] + prose(1000 + seed, len(words) - begin)


def page(text: str, number: int = 1) -> Page:
    return Page(number, text)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.6, 1.0])
def test_a_signature_tells_what_counting_tells(share: float) -> None:
    one = prose(1)
    other = changed(one, share)
    mine, theirs = similarity.runs(" ".join(one)), similarity.runs(" ".join(other))
    counted = len(set(mine.tolist()) & set(theirs.tolist())) / len(
        set(mine.tolist()) | set(theirs.tolist())
    )
    told = similarity.resemblance(similarity.signature(mine), similarity.signature(theirs))
    assert told == pytest.approx(counted, abs=similarity.ERROR)


def test_signatures_are_without_bias() -> None:
    """The mean of many estimates is the share itself, up to a few standard errors."""
    errors = []
    for seed in range(60):
        one = prose(seed, 200)
        other = changed(one, 0.3, seed)
        mine, theirs = similarity.runs(" ".join(one)), similarity.runs(" ".join(other))
        share = len(set(mine.tolist()) & set(theirs.tolist())) / len(
            set(mine.tolist()) | set(theirs.tolist())
        )
        errors.append(
            similarity.resemblance(similarity.signature(mine), similarity.signature(theirs)) - share
        )
    assert abs(sum(errors) / len(errors)) < 0.02


def test_a_signature_is_the_same_on_every_machine() -> None:
    """They are kept in catalogues: a change of these bytes needs a new VERSION."""
    held = similarity.signature(similarity.runs(" ".join(prose(7))))
    assert len(held) == 4 * similarity.SIZE
    assert held[:8].hex() == SIGNATURE


def test_case_spaces_and_forms_of_letters_do_not_count() -> None:
    one = "La Organización de las Vendedoras ambulantes"
    other = "la organizacio\u0301n   de las\nvendedoras AMBULANTES"
    assert similarity.runs(one).tolist() == similarity.runs(other).tolist()


def test_scripts_without_spaces_have_words() -> None:
    text = "街头小贩需要许可证才能在市场上出售食物和饮料并且他们每天都在那里工作到很晚"
    assert similarity.signature(similarity.runs(text))


def test_short_texts_are_not_told_apart() -> None:
    few = similarity.signature(similarity.runs("This page is left empty on purpose."))
    assert few == b""
    assert similarity.resemblance(few, few) == 0
    assert similarity.bands(few) == []


def test_bands_of_alike_texts_meet_and_of_others_do_not() -> None:
    one = prose(1)
    held = set(similarity.bands(similarity.signature(similarity.runs(" ".join(one)))))
    nearly = similarity.bands(similarity.signature(similarity.runs(" ".join(changed(one, 0.1)))))
    another = similarity.bands(similarity.signature(similarity.runs(" ".join(prose(2)))))
    assert len(held & set(nearly)) > 8
    assert not held & set(another)


def test_pages_that_match_are_paired_where_they_moved_to() -> None:
    texts = [" ".join(prose(seed, 80)) for seed in range(4)]
    one = [page(text, number) for number, text in enumerate(texts, 1)]
    other = [
        page("A new cover with few words", 1),
        *(page(t, n + 1) for n, t in enumerate(texts, 1)),
    ]
    share, pairs = similarity.pages_alike(one, other)
    assert share > 0.9
    assert [(mine, theirs) for mine, theirs, _ in pairs] == [(1, 2), (2, 3), (3, 4), (4, 5)]
    assert similarity.pages_alike([], other) == (0.0, [])


def test_numbers_and_names_are_told_in_any_script() -> None:
    latin = similarity.anchors_of("In 1948, 25.000 members of Zócalo met: https://example.org/a")
    arabic = similarity.anchors_of("في ١٩٤٨ اجتمع ٢٥٬٠٠٠ عضو https://example.org/a")
    assert {latin[key] for key in latin.keys() & arabic.keys()} >= {"1948", "https://example.org/a"}
    assert similarity.anchors_of("ZOCALO").keys() <= latin.keys()


def document(name: str, language: str, *anchors: int) -> translations.Marked:
    return name, Shape(language, 4, 3, 2000), np.array(sorted(anchors), "<i8")


def test_a_translation_is_found_by_what_it_keeps() -> None:
    library = [
        document("table-en", "en", 1, 2, 3, 4, 50, 51),
        document("mesa-es", "es", 1, 2, 3, 4, 60, 61),
        document("table-again-en", "en", 1, 2, 70, 71, 72),
        document("rain-en", "en", 11, 12, 13, 14),
        document("sun-fr", "fr", 21, 22, 23, 11),
        *(document(f"other-{n}", "pt", 1000 + n, 2000 + n, 3000 + n) for n in range(10)),
    ]
    [(one, other, score)] = translations.pairs(library, {})
    assert {one, other} == {"table-en", "mesa-es"}
    assert score >= 0.5


def test_a_dismissed_candidate_leaves_its_place_to_another() -> None:
    library = [
        document("table-en", "en", 1, 2, 3, 4, 50, 51),
        document("mesa-es", "es", 1, 2, 3, 4, 60, 61),
        document("mesa-otra-es", "es", 1, 2, 3, 62, 63, 64),
        *(document(f"other-{n}", "pt", 1000 + n, 2000 + n, 3000 + n) for n in range(10)),
    ]
    passed = {frozenset(("table-en", "mesa-es"))}
    [(one, other, _)] = translations.pairs(library, {}, passed)
    assert {one, other} == {"table-en", "mesa-otra-es"}


def test_documents_without_anchors_are_nobodys_translation() -> None:
    assert translations.pairs([], {}) == []
    assert translations.pairs([document("a", "en"), document("b", "es")], {}) == []


def test_the_words_of_a_licence_are_no_anchors() -> None:
    text = "Licensed under Creative Commons Attribution 4.0 International, by the Harbour Union."
    written = set(similarity.anchors_of(text).values())
    assert "Harbour" in written
    assert not written & {"Creative", "Commons", "Attribution", "International"}
