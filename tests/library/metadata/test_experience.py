"""What staff say of a library's documents, and what that changes for the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from library.core.resource import Evidence, Statement
from library.metadata import decide, experience
from library.metadata.experience import Confirmed

SHOWN, SUGGESTED = 0.7, 0.25


def guess(field: str, *values: str, sure: float) -> Statement:
    value = values[0] if field == "kind" else values
    return Statement(field, value, "guess", (Evidence(1, "words of the document"),), sure)


def told(
    statements: Sequence[Statement], house: str, confirmed: Mapping[str, Sequence[Confirmed]]
) -> Mapping[str, Statement]:
    return decide(experience.learned(statements, house, confirmed))


def of(house: str, said: str, sure: float, times: int) -> list[Confirmed]:
    return [Confirmed(house, {said: sure} if sure else {}, frozenset({said}))] * times


def test_a_few_words_of_staff_change_nothing() -> None:
    statements = [guess("audience", "educators", sure=SUGGESTED)]
    confirmed = {"audience": of("", "educators", SUGGESTED, experience.ENOUGH - 1)}
    assert told(statements, "", confirmed) == {}


def test_a_suggestion_that_staff_always_confirm_is_shown_with_its_evidence() -> None:
    statements = [guess("audience", "educators", sure=SUGGESTED)]
    confirmed = {"audience": of("", "educators", SUGGESTED, 40)}
    shown = told(statements, "", confirmed)["audience"]
    assert shown.value == ("educators",)
    assert shown.evidence == (Evidence(1, "words of the document"),)


def test_a_guess_that_staff_keep_refusing_is_a_suggestion_again() -> None:
    statements = [guess("kind", "leaflet", sure=SHOWN)]
    wrong = [Confirmed("", {"leaflet": SHOWN}, frozenset({"guide"}))] * 40
    learned = experience.learned(statements, "", {"kind": wrong})
    assert "kind" not in decide(learned)
    assert [one.value for one in learned] == ["leaflet"]


def test_a_house_whose_documents_staff_know_lends_its_value_and_says_so() -> None:
    statements = [guess("audience", "researchers", sure=SUGGESTED)]
    refused = Confirmed("A union", {"researchers": SUGGESTED}, frozenset({"members"}))
    confirmed = {
        "audience": [*of("An Institute", "researchers", SUGGESTED, 24), *([refused] * 30)],
    }
    shown = told(statements, "An Institute", confirmed)["audience"]
    assert shown.value == ("researchers",)
    assert shown.evidence[0].words == "An Institute: researchers, 24 / 24"
    union = told(statements, "A union", confirmed).get("audience")
    assert union is None or "researchers" not in union.value


def test_the_word_of_staff_on_this_document_stands() -> None:
    staff = Statement("kind", "report", "staff", (), 1.0)
    statements = [staff, guess("kind", "guide", sure=SUGGESTED)]
    confirmed = {"kind": of("", "guide", SUGGESTED, 60)}
    assert experience.learned(statements, "", confirmed) == tuple(statements)


SERIES = frozenset(("series:know your rights", "word:rights"))
OTHERS = frozenset(("series:annual report of", "word:report"))


def alike(said: str, marks: frozenset[str], times: int, sure: float = 0.0) -> list[Confirmed]:
    guesses = {"members": sure} if sure else {}
    return [
        Confirmed(f"House {number}", guesses, frozenset({said}), marks) for number in range(times)
    ]


def test_documents_of_other_houses_that_are_most_like_it_lend_their_value() -> None:
    # The same guess was right of one series and wrong of the other.
    confirmed = {
        "audience": [*alike("members", SERIES, 20, 0.2), *alike("leaders", OTHERS, 40, 0.2)],
    }
    statements = [guess("audience", "members", sure=0.2)]
    near = experience.learned(statements, "A new house", confirmed, SERIES)
    assert decide(near)["audience"].value == ("members",)
    far = decide(experience.learned(statements, "A new house", confirmed, OTHERS))
    assert "members" not in (far["audience"].value if "audience" in far else ())


def test_nothing_is_shown_where_leaving_one_out_says_that_too_little_would_be_right() -> None:
    # Of what looks the same staff said this of one, and that of the next.
    mixed = [*alike("members", SERIES, 20, 0.25), *alike("leaders", SERIES, 20, 0.25)]
    known = experience.experience(mixed)
    assert known.bar() > 1 or known.bar() == experience.UNTRIED
    statements = [guess("audience", "members", sure=0.25)]
    learned = experience.learned(statements, "A new house", {"audience": known}, SERIES)
    assert "audience" not in decide(learned)


def test_leaving_one_out_leaves_the_counts_as_they_were() -> None:
    known = experience.experience(
        [*of("A house", "leaders", SUGGESTED, 9), *of("", "members", 0, 9)]
    )
    before = (dict(+known.said), dict(+known.bands), dict(+known.houses), known.documents)
    known.bar()
    assert (dict(+known.said), dict(+known.bands), dict(+known.houses), known.documents) == before
