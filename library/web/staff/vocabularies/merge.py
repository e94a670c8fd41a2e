"""Concepts merged, retired and brought back."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from library.catalogue.curation import concepts
from library.vocabularies import Scheme, edits, rules
from library.vocabularies.concept import Retired
from library.vocabularies.rules import Broken
from library.web.staff import concept_labels
from library.web.staff.access import at_desk
from library.web.staff.desk import Desk, done
from library.web.staff.links import CONCEPT, concept_of
from library.web.staff.vocabularies.concept import concept_at, curate, of, scheme_at
from library.web.staff.vocabularies.impact import touches


def merge(desk: Desk) -> Response:
    """Let a concept go into another; first it is said what that touches."""
    facet, scheme = scheme_at(desk, changed=True)
    concept, into = concept_at(desk, scheme), desk.one("into")
    labels = bool(desk.one("labels"))
    say = desk.interface.say
    if into not in scheme.concepts:
        return of(desk, facet, concept, problem=say("Choose another concept."))

    def change(now: Scheme) -> Scheme:
        return edits.merged(now, concept.id, into, labels=labels)

    try:
        if not desk.one("sure") or desk.one("seen") != into:
            wanted = change(scheme)
            rules.check(wanted, [into])
            touched = touches(desk, facet, scheme, wanted, concept.id)
            return of(desk, facet, concept, merge=(into, labels, touched))
        curate(desk, facet, change, concepts.MERGED, into)
    except Broken as wrong:
        return of(desk, facet, concept, problem=concept_labels.broken(desk.visit, facet, wrong))
    return done(concept_of(facet, into), "merged")


def retire(desk: Desk) -> Response:
    """Offer a concept no more, or again."""
    facet, scheme = scheme_at(desk, changed=True)
    concept = concept_at(desk, scheme)
    hows: dict[str, Retired | None] = {"kept": "kept", "removed": "removed", "back": None}
    if desk.one("how") not in hows:
        raise HTTPException(422)
    how = hows[desk.one("how")]
    action = concepts.RETIRED if how else concepts.BROUGHT_BACK

    def change(now: Scheme) -> Scheme:
        return edits.retired(now, concept.id, how)

    curate(desk, facet, change, action, concept.id)
    return done(concept_of(facet, concept.id), "retired" if how else "offered")


ROUTES = [
    at_desk(f"{CONCEPT}/merge", post=merge),
    at_desk(f"{CONCEPT}/retire", post=retire),
]
