"""Words that came with works of other libraries, and what staff say they mean here."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from index.fields import FACET, FILED
from library import batch
from library.batch import change
from library.catalogue.curation import foreign_terms
from library.catalogue.provenance import terms
from library.catalogue.provenance.terms import Term
from library.core.errors import Changed, UsageError
from library.metadata import decide
from library.vocabularies.rules import clean
from library.web import labels
from library.web.staff import concept_labels
from library.web.staff.access import at_desk
from library.web.staff.desk import Desk, done
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import FOREIGN, VOCABULARIES
from library.web.staff.viewmodels import Option
from library.web.staff.vocabularies.failed_searches import known
from library.web.staff.vocabularies.viewmodels import ForeignPage, ForeignRow
from library.web.viewmodels import Link

SHOWN = 100
LIKELY = {"type": "kind", "place": "place", "audience": "audience"}
"""The facet that a field of others is likely to be of; any other is about a topic."""


def page(desk: Desk) -> Response:
    return _page(desk)


def answer(desk: Desk) -> Response:
    """Say what a word means, or that it means nothing; works that came with it are filed so."""
    field, written = clean(desk.one("field")), clean(desk.one("words"))
    if not field or not written:
        raise HTTPException(422)
    if desk.one("do") == "leave":
        with desk.site.catalogue.write() as writer:
            foreign_terms.say(writer, field, written, (), (), by=desk.user.name, decide=decide)
        return done(FOREIGN, "left")
    facet, named = desk.one("facet"), clean(desk.one("concept"))
    if facet not in FILED:
        raise HTTPException(422)
    id_ = desk.site.vocabularies.find(facet, named)
    if id_ is None:
        return _page(desk, desk.interface.say(
            "“%(value)s” is not known under “%(field)s”: nothing was saved.",
            value=named, field=labels.facet_name(facet, desk.interface),
        ))  # fmt: skip
    try:
        _file(desk, field, written, facet, id_)
    except (Changed, UsageError):
        return _page(desk, desk.interface.say("Choose another concept."))
    return done(FOREIGN, "saved")


def _file(desk: Desk, field: str, written: str, facet: str, id_: str) -> None:
    how: change.How = "set" if FACET[facet].single else "add"
    wish = change.Change(parts=(change.Part(facet, how, (id_,)),))
    ids = desk.site.catalogue.ask(terms.works_with, field, written)
    plan = desk.site.catalogue.ask(batch.plan, ids, wish)
    with desk.site.catalogue.write() as writer:
        foreign_terms.say(
            writer,
            field,
            written,
            (f"{facet}:{id_}",),
            plan.wishes,
            by=desk.user.name,
            decide=decide,
            languages=desk.site.settings.languages,
        )


def _page(desk: Desk, problem: str = "") -> Response:
    say = desk.interface.say
    with desk.site.catalogue.snapshot() as snapshot:
        waiting = snapshot.ask(terms.listed, SHOWN, waiting=True)
        said = snapshot.ask(terms.listed, SHOWN, waiting=False)
    heading = say("Words of other libraries")
    made = ForeignPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        back=Link(say("Vocabularies"), VOCABULARIES),
        action=FOREIGN,
        rows=tuple(_row(desk, term) for term in (*waiting, *said)),
        known=known(desk),
    )
    return shown(desk, "staff/foreign.html", made, 422 if problem else 200)


def _row(desk: Desk, term: Term) -> ForeignRow:
    interface = desk.interface
    means = [
        concept_labels.called(desk.visit, target.replace(":", "/", 1))
        for target in term.targets or ()
    ]
    first = (term.targets or ("",))[0].partition(":")
    facet = first[0] or LIKELY.get(term.field, "topic")
    return ForeignRow(
        field=term.field,
        words=term.written,
        facts=(
            term.field,
            labels.resources(term.works, interface),
            *means,
        ),
        waiting=term.targets is None,
        facets=tuple(
            Option(name, labels.facet_name(name, interface), name == facet) for name in FILED
        ),
    )


ROUTES = [
    at_desk(FOREIGN, get=page, post=answer),
]
