"""A question in a script without spaces: pieces of its runs, and words of other scripts beside."""

from __future__ import annotations

import pytest

from index.answering import pieces
from index.engines.whoosh import WhooshEngine
from index.query import Node
from index.text.query_plan import planned
from index.text.syntax import parse
from tests.index.builders import asking, document


def tree(words: str) -> Node:
    return planned(parse(words).tree, ("th", "zh"))


@pytest.mark.parametrize("words", ["โรเตอร์คืออะไร", "ຜູ້ໃຊ້ແຮງງານ", "សិទ្ធិកម្មករ", "အလုပ်သမားများ"])
def test_three_letters_in_a_row_are_looked_for_beside_their_pairs(words: str) -> None:
    found = [word.text for word in pieces.triples(tree(words))]
    assert found == [*dict.fromkeys(found)]
    assert len(found) >= 2
    assert all(three in words for three in found)


@pytest.mark.parametrize(
    "words", ["劳动者的权利是什么", "労働者の権利とは何か", "strike fund for all of us"]
)
def test_where_characters_are_words_pairs_do(words: str) -> None:
    assert not list(pieces.triples(tree(words)))


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("DECnet คืออะไร", pieces.BESIDE_TRIPLES),
        ("WhatsApp 是什么东西", pieces.BESIDE_PAIRS),
        ("what is DECnet", 1.0),
        ("DECnet ไทย", 1.0),  # a short run is one word
    ],
)
def test_a_word_with_spaces_counts_as_many_pieces(words: str, counts: float) -> None:
    assert pieces.beside(tree(words)) == counts


def test_what_is_asked_is_found_before_what_is_only_asked_alike() -> None:
    """ "What is it" stands in many texts and DECnet in one."""
    engine = WhooshEngine(None, ["th"])
    engine.rebuild(
        [
            document("named", "บริษัทหนึ่งใช้ DECnet ในสำนักงาน", language="th"),
            document("asks", "สิทธิคืออะไร คืออะไรกันแน่ คืออะไร", language="th"),
            *(document(f"other {n}", f"แรงงานคืออะไร {n}", language="th") for n in range(8)),
        ]
    )
    found = engine.search(asking("DECnet คืออะไร"))
    assert (*found.hits, *found.more)[0].id == "named"
