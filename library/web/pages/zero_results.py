"""Where to go when nothing, or not all that was asked, was found: every way says what it gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.query import And, Node, Not, Phrase, Word
from index.results import Results
from index.text.syntax import parse, write
from library.web import labels, links
from library.web.links import Asked
from library.web.pages.ask import AskForm
from library.web.parts.filters import cleared
from library.web.site import Visit
from library.web.viewmodels import Link

WORDS = 8  # of a longer question, words are not tried one by one
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Nothing:
    """What to try when nothing was found; each link says how much it gives."""

    fewer: tuple[Link, ...] = ()  # without one of the words
    removals: tuple[Link, ...] = ()  # without one of the choices
    concepts: tuple[Link, ...] = ()
    clear: Link | None = None
    last: Link | None = None
    begin: Link | None = None  # words and titles that begin so
    ask: AskForm | None = None


def nothing(visit: Visit, asked: Asked, narrowed: Sequence[Link]) -> Nothing:
    """What could be let go of and what that gives; the nearest concepts; and asking staff."""
    say = visit.interface.say
    every = Link(say("See all resources"), links.SEARCH)
    if asked.chosen:
        every = Link(say("Search without any of these"), cleared(asked))
    return Nothing(
        fewer=fewer(visit, asked),
        removals=tuple(removals(visit, narrowed)),
        concepts=tuple(concepts(visit, asked)),
        clear=every,
        begin=Link(
            say("Topics, titles and words of the library that begin with what you typed"),
            links.suggested(asked.words),
        )
        if asked.words
        else None,
        ask=AskForm(links.ASK, asked.words) if asked.words else None,
    )


def last_page(visit: Visit, asked: Asked, results: Results) -> Nothing:
    """The way back from a page past the end."""
    last = max(1, -(-results.total // asked.query.size))
    url = links.url_of(asked.with_query(replace(asked.query, page=last)))
    label = visit.interface.say("Go to the last page, %(page)s", page=visit.interface.number(last))
    return Nothing(last=Link(label, url))


def count(visit: Visit, asked: Asked) -> int:
    """How many resources hold all that a question asks for."""
    results = visit.site.engine.search(replace(asked.query, page=1, size=0))
    return 0 if results.partial else results.total


def fewer(visit: Visit, asked: Asked) -> tuple[Link, ...]:
    """The question without one of its words, those that give the most first."""
    made = []
    for left, rest in _without_one(parse(asked.words).tree):
        other = asked.with_words(write(rest), visit.site.vocabularies)
        if gives := count(visit, other):
            label = visit.interface.say("Without “%(filter)s”", filter=left)
            if isinstance(rest, Word | And) and left.startswith('"'):
                label = visit.interface.say("Without the quotation marks")
            made.append((-gives, _leading(visit, label, other, gives)))
    return tuple(link for _, link in sorted(made, key=lambda link: link[0])[:SHOWN])


def _without_one(tree: Node) -> Iterator[tuple[str, Node]]:
    """(what is left out, the rest) for each word or phrase; a phrase alone loses its marks."""
    if isinstance(tree, Phrase):
        yield write(tree), parse(tree.text).tree
    if not isinstance(tree, And) or len(tree.nodes) > WORDS:
        return
    for at, node in enumerate(tree.nodes):
        rest = (*tree.nodes[:at], *tree.nodes[at + 1 :])
        if any(not isinstance(node, Not) for node in rest):
            yield write(node), And(rest) if len(rest) > 1 else rest[0]


def removals(visit: Visit, narrowed: Sequence[Link]) -> Iterator[Link]:
    """The question without one of the choices that narrow it."""
    for chip in narrowed:
        other = links.query_of(links.parameters_in(chip.url), visit.site.vocabularies)
        if gives := visit.site.engine.search(replace(other.query, size=0)).total:
            label = visit.interface.say("Without “%(filter)s”", filter=chip.label)
            yield _leading(visit, label, other, gives)


def concepts(visit: Visit, asked: Asked) -> Iterator[Link]:
    """The concepts with a name most like the words typed, of those that hold something."""
    whole = visit.site.whole()
    near = visit.site.vocabularies.nearest(asked.words)
    filed = [(facet, id_) for facet, id_ in near if whole.get(facet, {}).get(id_)]
    for facet, id_ in filed[:SHOWN]:
        label = visit.interface.pair(
            labels.facet_name(facet, visit.interface), visit.label(facet, id_)
        )
        gives = labels.resources(whole[facet][id_], visit.interface)
        yield Link(label, links.narrowed(facet, id_), count=gives)


def _leading(visit: Visit, label: str, asked: Asked, gives: int) -> Link:
    return Link(label, links.url_of(asked), count=labels.resources(gives, visit.interface))
