"""A whole question answered from one state of an index."""

from __future__ import annotations

from collections.abc import Sequence

from index.answering import filing, naming, nearness, pages, spelling
from index.answering.counting import Choices
from index.answering.evaluation import Evaluation
from index.answering.state import State, Work, numbers_of
from index.query import Query
from index.results import Hit, Results
from index.syntax import words

MISTYPED = 6  # in a longer question, a word the library does not know is no slip


def answer(state: State, languages: Sequence[str], query: Query) -> Results:
    """What is found, how it can be narrowed, and what may have been meant."""
    evaluation = Evaluation(state, languages)
    choices = Choices(state, query)
    matched = evaluation.matched(query.tree)
    left = choices.narrow(matched)
    total = left.bit_count()
    partial = evaluation.partial
    suggestion = None
    if not matched or (partial and len(words(query.tree)) <= MISTYPED):
        suggestion = spelling.suggestion(state, languages, query.tree)
    hits = _hits(evaluation, query, left)
    return Results(
        total,
        hits,
        choices.counts(matched),
        suggestion,
        bool(total) and partial,
        naming.looked_for(evaluation, query.tree),
    )


def _hits(evaluation: Evaluation, query: Query, left: int) -> tuple[Hit, ...]:
    size = max(query.size, 0)
    first = (max(query.page, 1) - 1) * size
    if first >= left.bit_count() or not size:
        return ()
    works = evaluation.state.works
    scores = evaluation.scores(query.tree)
    numbers = list(numbers_of(left))
    if query.sort == "title":
        numbers.sort(key=lambda n: (works[n].title, works[n].id))
    elif query.sort == "newest":
        numbers.sort(key=lambda n: _newest(works[n]))
    else:
        behind = filing.filed(evaluation, query.tree)

        def best(number: int) -> tuple[int, float, int, int, str]:
            score = -round(scores.get(number, 0.0), 6)
            return (behind >> number & 1, score, *_newest(works[number]))

        numbers.sort(key=best)
        among = numbers[: nearness.AMONG]
        for number, pieces in nearness.evidence(evaluation, query.tree, among).items():
            scores[number] = scores.get(number, 0.0) + nearness.score(pieces)
        numbers.sort(key=best)
    shown = numbers[first : first + size]
    found = pages.excerpts(evaluation, query.tree, shown)
    return tuple(
        Hit(
            works[n].id,
            round(scores.get(n, 0.0), 6),
            found.get(n, ()),
            filing.labels(evaluation, query.tree, n),
        )
        for n in shown
    )


def _newest(work: Work) -> tuple[int, int, str]:
    """Newest first; without a year last; then the last added, then by id."""
    return (-work.year if work.year is not None else 1 << 30, -work.added, work.id)
