"""What was asked beside the words typed: other names, and the concepts that the words name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.fields import FACET
from index.query import And, Everything, Node, Or, Word
from index.results import Hit, Results
from index.text.syntax import parse
from library.search.query_expansion import whole
from library.web import labels, links
from library.web.i18n import direction
from library.web.links import Asked
from library.web.site import Visit
from library.web.viewmodels import Link

CONCEPTS = 3  # named in a line; a word may be a label of several


@dataclass(frozen=True, slots=True)
class Also:
    """What was looked for beside the words typed, and the way to leave that out or back in."""

    label: str
    names: tuple[Link, ...] = ()  # without addresses
    filed: str = ""
    link: Link | None = None


def also(visit: Visit, asked: Asked, results: Results) -> Also | None:
    """The other names that were looked for, with the way to leave them out, or back in."""
    vocabularies = visit.site.vocabularies
    other = asked.with_exact(not asked.exact, vocabularies)
    if other.query.tree == asked.query.tree:
        return None
    if asked.exact:
        return Also(
            visit.interface.say("Only these words, as they are typed."),
            link=Link(
                visit.interface.say("Search for other names of them too"), links.url_of(other)
            ),
        )
    concepts = named(asked.query.tree)[:CONCEPTS]
    shown = visit.interface.listed(visit.label(facet, id_) for facet, id_ in concepts)
    filed = visit.interface.say("Also what is filed under: %(labels)s.", labels=shown)
    return Also(
        visit.interface.say("Also searching:") if results.names else filed,
        names=tuple(
            Link(name, "", language=language, direction=direction(language))
            for language, name in results.names
        ),
        filed=filed if results.names else "",
        link=Link(visit.interface.say("Only the words typed"), links.url_of(other)),
    )


def named(tree: Node) -> tuple[tuple[str, str], ...]:
    """(facet, id) of each concept that answers for a word of the question."""
    return tuple(dict.fromkeys(label for word in _words(tree) for label in sorted(word.also)))


def _words(tree: Node) -> Iterator[Word]:
    match tree:
        case Word():
            yield tree
        case And(nodes) | Or(nodes):
            for node in nodes:
                yield from _words(node)


def offers(visit: Visit, asked: Asked) -> tuple[Link, ...]:
    """The concepts that the words typed are a name of, each as a way to narrow instead."""
    made = []
    for facet, id_ in sorted(whole(parse(asked.words).tree, visit.site.vocabularies)):
        if facet not in FACET or asked.query.has(facet, id_):
            continue
        query = replace(asked.query.toggle(facet, id_), tree=Everything())
        count = visit.site.engine.search(replace(query, size=0)).total
        if count:
            label = visit.interface.pair(
                labels.facet_name(facet, visit.interface), visit.label(facet, id_)
            )
            narrowed = replace(asked, query=replace(query, sort="newest"), words="", exact=False)
            made.append(
                Link(
                    label,
                    links.url_of(narrowed),
                    count=labels.resources(count, visit.interface),
                )
            )
    return tuple(made[:CONCEPTS])


def why(visit: Visit, hit: Hit) -> str:
    """What a work is filed under, where that is why it was found."""
    if not hit.filed:
        return ""
    labels = visit.interface.listed(
        visit.label(facet, value) for facet, value in hit.filed[:CONCEPTS]
    )
    return visit.interface.say("Found because it is filed under: %(labels)s", labels=labels)
