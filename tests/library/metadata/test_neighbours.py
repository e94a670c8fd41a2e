"""Which documents are like another, by marks that cost nothing to have."""

from __future__ import annotations

from library.core.resource import Statement
from library.metadata.neighbours import Neighbours, marks_of


def guess(field: str, value: str | tuple[str, ...], sure: float = 0.7) -> Statement:
    return Statement(field, value, "guess", (), sure)


def test_marks_are_guesses_words_of_the_title_and_the_beginning_of_a_series() -> None:
    marks = marks_of(
        (
            guess("title", "Policy Brief No 5: wages"),
            guess("topic", ("wages", "law")),
            guess("audience", ("leaders",), sure=0.05),
            guess("language", "en"),
            Statement("kind", "report", "staff", (), 1.0),
        ),
        "The Institute",
    )
    assert {"word:policy", "word:wages", "topic:wages", "topic:law", "language:en"} <= marks
    assert "series:policy brief no" in marks
    assert "house:the institute" in marks
    # What is hardly guessed is no mark, and what staff say of a document does not place it.
    assert not marks & {"audience:leaders", "kind:report"}


def test_the_nearest_share_what_is_rare() -> None:
    held = Neighbours()
    for number in range(20):
        held.add(frozenset(("language:en", f"word:other{number}")))
    held.add(frozenset(("language:en", "series:know your rights", "word:rights")))
    asked = frozenset(("language:en", "series:know your rights", "word:rights", "word:nurses"))
    near = held.of(asked)
    assert near[0][0] == 20
    assert near[0][1] > 0.6
    assert 20 not in dict(held.of(asked, without=20))
    assert held.of(frozenset(("word:nothing",))) == []
