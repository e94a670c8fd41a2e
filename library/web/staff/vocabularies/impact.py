"""What a change of concepts touches, told before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.engine import SearchError
from index.query import Phrase, Query
from library.catalogue.curation import concepts
from library.catalogue.statistics import failed_searches
from library.catalogue.vocabulary import schemes
from library.core.resource import Status
from library.vocabularies import Scheme
from library.vocabularies.folding import key
from library.vocabularies.rules import collisions
from library.web import labels as shown
from library.web import links
from library.web.i18n import own_name
from library.web.staff import labels
from library.web.staff.desk import Desk

MOST = 12  # labels that the engine is asked for
LOOKED_AT = 2000  # searches in vain


def touches(desk: Desk, facet: str, now: Scheme, wanted: Scheme, id_: str) -> tuple[str, ...]:
    """Sentences on what becomes of resources, addresses and searches."""
    return (
        filed_under(desk, facet, now, id_),
        *_moving(desk, facet, now, wanted),
        *_addresses(desk, facet, now, wanted),
        *_labels(desk, facet, now, wanted, id_),
    )


def filed_under(desk: Desk, facet: str, scheme: Scheme, id_: str) -> str:
    """How many resources of which status a concept itself has."""
    interface = desk.interface
    with desk.site.catalogue.snapshot() as snapshot:
        ids = snapshot.ask(schemes.holding, facet, _names(scheme, [id_]))
        counted = snapshot.ask(schemes.statuses, ids)
    by_status = interface.listed(
        interface.pair(labels.status(status, interface), interface.number(counted[status]))
        for status in Status
        if counted.get(status)
    )
    number = shown.resources(len(ids), interface)
    text = f"{number} ({by_status})" if by_status else number
    return interface.say("Filed under it: %(resources)s.", resources=text)


def _moving(desk: Desk, facet: str, now: Scheme, wanted: Scheme) -> Iterator[str]:
    _, moved = concepts.touched(now, wanted)
    if moved:
        follow = desk.site.catalogue.ask(schemes.holding, facet, sorted(moved))
        yield desk.interface.say(
            "Count under other concepts from then on: %(resources)s.",
            resources=shown.resources(len(follow), desk.interface),
        )


def _addresses(desk: Desk, facet: str, now: Scheme, wanted: Scheme) -> Iterator[str]:
    for old, new in wanted.renamed.items():
        if now.renamed.get(old) != new:
            yield desk.interface.say(
                "%(old)s will lead to %(new)s, in searches, lists, feeds and for programs.",
                old=links.narrowed(facet, old),
                new=links.narrowed(facet, new),
            )


def _labels(desk: Desk, facet: str, now: Scheme, wanted: Scheme, id_: str) -> Iterator[str]:
    concept = wanted.concepts.get(id_)
    if concept is None:
        return
    say = desk.interface.say
    held = now.concepts.get(id_)
    before = set(held.labels()) if held else set()
    new = [label for label in dict.fromkeys(concept.labels()) if label not in before]
    for language, label, other in collisions(wanted, concept):
        if (language, label) in new:
            yield say(
                "“%(value)s” (%(language)s) is also a label of “%(other)s”.",
                value=label,
                language=own_name(language),
                other=desk.visit.label(facet, other),
            )
    vain = _in_vain(desk)
    for language, label in new[:MOST]:
        times = sum(count for words, count in vain if words == key(label, language))
        yield say(
            "“%(value)s”: said in %(resources)s; searched for in vain %(number)s times.",
            value=label,
            resources=shown.resources(_said(desk, label), desk.interface),
            number=desk.interface.number(times),
        )


def _names(scheme: Scheme, ids: Iterable[str]) -> list[str]:
    """These ids, and the former ones that lead to them."""
    wanted = set(ids)
    return [*wanted, *(old for old, now in scheme.renamed.items() if now in wanted)]


def _said(desk: Desk, label: str) -> int:
    try:
        return desk.site.engine.search(Query(tree=Phrase(label), size=0)).total
    except SearchError:
        return 0


def _in_vain(desk: Desk) -> list[tuple[tuple[str, ...], int]]:
    searches = desk.site.catalogue.ask(failed_searches.listed, "missed", LOOKED_AT)
    return [(key(search.words, search.language), search.times) for search in searches]
