"""The concept schemes, and one of them as a tree: how many resources, and what has no name yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from index.fields import FACETS
from library.catalogue.vocabulary import schemes
from library.vocabularies import EDITABLE, Scheme
from library.vocabularies.lookup import found_by
from library.web import labels
from library.web.i18n import own_name
from library.web.parts.concept_tree import branches_of
from library.web.staff.access import at_desk
from library.web.staff.desk import Desk
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import FOREIGN, SCHEME, VOCABULARIES, concept_of, scheme_of
from library.web.staff.viewmodels import Option
from library.web.staff.vocabularies.viewmodels import ConceptRow, SchemePage, SchemeRow, SchemesPage
from library.web.viewmodels import Link

SEARCHES = f"{VOCABULARIES}/searches"
EXCHANGE = f"{VOCABULARIES}/exchange"
WITHOUT = "without-"  # before a language, in the filter
RETIRED = "retired"


def page(desk: Desk) -> Response:
    say = desk.interface.say
    heading = say("Vocabularies")
    made = SchemesPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk),
        heading=heading,
        schemes=tuple(
            _scheme(desk, facet.name) for facet in FACETS if _has_scheme(desk, facet.name)
        ),
        searches=Link(say("What people searched for and did not find"), SEARCHES),
        foreign=Link(say("Words of other libraries"), FOREIGN),
        exchange=Link(say("Export and import (SKOS)"), EXCHANGE),
    )
    return shown(desk, "staff/vocabularies.html", made)


def scheme(desk: Desk) -> Response:
    facet = facet_of(desk)
    say, vocabularies = desk.interface.say, desk.site.vocabularies
    listed = vocabularies.schemes[facet]
    asked = desk.request.query_params
    words, only = asked.get("words", "")[:100], asked.get("only", "")[:20]
    missing = without(desk, facet)
    filters = {
        "": say("all"),
        **{
            f"{WITHOUT}{to}": say("no name in %(language)s", language=own_name(to))
            for to in missing
        },
        RETIRED: say("retired"),
    }
    heading = labels.facet_name(facet, desk.interface)
    rows = tuple(_rows(desk, facet, words, only))
    made = SchemePage(
        frame=framed(desk, heading),
        desk=desk_frame(desk),
        heading=heading,
        back=Link(say("Vocabularies"), VOCABULARIES),
        about=_about(desk, facet),
        action=scheme_of(facet),
        words=words,
        filters=tuple(Option(value, label, value == only) for value, label in filters.items()),
        new=Link(say("A new concept"), f"{scheme_of(facet)}/new")
        if facet in EDITABLE and facet != "place"
        else None,
        missing=tuple(
            Link(
                say("%(number)s of %(all)s have no name in %(language)s",
                    number=desk.interface.number(len(ids)), language=own_name(to),
                    all=desk.interface.number(len(listed.concepts))),
                f"{scheme_of(facet)}?{urlencode({'only': f'{WITHOUT}{to}'})}",
            )
            for to, ids in missing.items() if ids
        ),
        count=_concepts(desk, len(rows)),
        concepts=rows,
    )  # fmt: skip
    return shown(desk, "staff/scheme.html", made)


def facet_of(desk: Desk) -> str:
    """The facet that an address names. Raises 404."""
    facet: str = desk.request.path_params["facet"]
    if not _has_scheme(desk, facet):
        raise HTTPException(404)
    return facet


def without(desk: Desk, facet: str) -> Mapping[str, frozenset[str]]:
    """Language of the library → the concepts that have no name in it."""
    if facet not in EDITABLE:
        return {}
    listed = desk.site.vocabularies.schemes[facet]
    return {
        to: frozenset(
            concept.id for concept in listed.concepts.values()
            if to not in concept.preferred and concept.id not in listed.retired
        )
        for to in desk.site.settings.languages
    }  # fmt: skip


def count_of(desk: Desk, facet: str) -> Mapping[str, int]:
    """Resources of every status filed under each concept itself."""
    current = desk.site.vocabularies.current
    counts: dict[str, int] = {}
    counted = desk.site.catalogue.ask(schemes.counts, facet)
    for id_, by_status in counted.items():
        now = current(facet, id_)
        counts[now] = counts.get(now, 0) + sum(by_status.values())
    return counts


def _has_scheme(desk: Desk, facet: str) -> bool:
    return facet in desk.site.vocabularies.schemes


def _scheme(desk: Desk, facet: str) -> SchemeRow:
    say, interface = desk.interface.say, desk.interface
    number = len(desk.site.vocabularies.order(facet))
    missing = sorted({id_ for ids in without(desk, facet).values() for id_ in ids})
    facts = [_concepts(desk, number)]
    if missing:
        facts.append(
            interface.plural(
                "%(number)s without a name in some language",
                "%(number)s without a name in some language",
                len(missing),
            )
        )
    if facet not in EDITABLE:
        facts.append(say("cannot be changed"))
    return SchemeRow(Link(labels.facet_name(facet, interface), scheme_of(facet)), tuple(facts))


def _about(desk: Desk, facet: str) -> str:
    say = desk.interface.say
    if facet not in EDITABLE:
        return say("Languages are those of Unicode CLDR, named there in every language: "
                   "nothing can be changed here.")  # fmt: skip
    if facet == "place":
        return say("Places are those of the United Nations. What they are called can be changed; "
                   "the region they belong to cannot.")  # fmt: skip
    return ""


def _rows(desk: Desk, facet: str, words: str, only: str) -> Iterator[ConceptRow]:
    """The concepts as a tree; of a filter, those it leaves."""
    vocabularies = desk.site.vocabularies
    listed: Scheme = vocabularies.schemes[facet]
    if facet not in EDITABLE and not words:
        return  # hundreds of languages: they are looked for
    missing = without(desk, facet)
    counted = count_of(desk, facet)
    spoken = (desk.interface.language, *vocabularies.languages)

    def is_wanted(id_: str) -> bool:
        if only == RETIRED and id_ not in listed.retired:
            return False
        if only.startswith(WITHOUT) and id_ not in missing.get(only.removeprefix(WITHOUT), ()):
            return False
        label = vocabularies.label(facet, id_, spoken[0])
        return not words or found_by(words, listed.concepts[id_], label, spoken) is not None

    wanted = [id_ for id_ in listed.concepts if is_wanted(id_)]
    for top, below in branches_of(vocabularies, facet, wanted):
        for id_, level in ((top, 0), *below):
            yield _row(desk, facet, listed, id_, level, counted.get(id_, 0), missing)


def _row(
    desk: Desk, facet: str, listed: Scheme, id_: str, level: int, count: int,
    missing: Mapping[str, frozenset[str]],
) -> ConceptRow:  # fmt: skip
    lacking = [own_name(to) for to, ids in missing.items() if id_ in ids]
    say = desk.interface.say
    return ConceptRow(
        link=Link(
            desk.visit.label(facet, id_), concept_of(facet, id_) if facet in EDITABLE else ""
        ),
        level=min(level, 4),
        facts=(
            labels.resources(count, desk.interface),
            *(
                (say("no name: %(languages)s", languages=desk.interface.listed(lacking)),)
                if lacking
                else ()
            ),
        ),
        tag=say("retired") if id_ in listed.retired else "",
    )


def _concepts(desk: Desk, number: int) -> str:
    return desk.interface.plural("%(number)s concept", "%(number)s concepts", number)


ROUTES = [
    at_desk(VOCABULARIES, get=page),
    at_desk(SCHEME, get=scheme),
]
