"""What counts as one match of a question."""

from __future__ import annotations

from index.text.together import REACH, Stretch, matches, merged, most


def stretches(*places: tuple[int, int]) -> tuple[Stretch, ...]:
    """One word each: (place, which word of the question)."""
    return tuple(Stretch(place, place, frozenset((leaf,))) for place, leaf in places)


def test_every_mention_of_one_word_is_a_match() -> None:
    found = stretches((1, 0), (2, 0), (90, 0))
    assert matches(found, most(found)) == ((0, 0), (1, 1), (2, 2))


def test_stray_words_are_no_match_where_the_words_stand_together_somewhere() -> None:
    found = stretches((3, 1), (40, 0), (42, 1), (100, 1), (101, 1), (200, 0))
    assert most(found) == 2
    assert matches(found, 2) == ((1, 2),)


def test_where_no_two_stand_together_each_counts() -> None:
    found = stretches((0, 0), (REACH + 5, 1))
    assert most(found) == 1
    assert len(matches(found, 1)) == 2


def test_a_match_is_as_short_as_can_be_and_shares_no_word() -> None:
    found = stretches((0, 0), (4, 0), (5, 1), (6, 1), (7, 0))
    assert matches(found, 2) == ((1, 2), (3, 4))


def test_a_stray_word_before_a_match_is_no_part_of_it() -> None:
    found = stretches((0, 1), (8, 0), (9, 1), (30, 1))
    assert matches(found, 2) == ((1, 2),)


def test_a_match_reaches_no_further_than_a_sentence_or_two() -> None:
    near, far = stretches((0, 0), (REACH - 1, 1)), stretches((0, 0), (REACH, 1))
    assert (most(near), most(far)) == (2, 1)


def test_what_overlaps_is_one_stretch_with_the_words_of_both() -> None:
    both = merged([Stretch(4, 5, frozenset((1,))), Stretch(3, 4, frozenset((0,)))])
    assert both == (Stretch(3, 5, frozenset((0, 1))),)
    assert matches(both, most(both)) == ((0, 0),)


def test_nothing_found_is_no_match() -> None:
    assert most(()) == 0
    assert matches((), 1) == ()
