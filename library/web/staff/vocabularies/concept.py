"""One concept at the desk: what it is called in every language, where it stands, and a new one."""

from __future__ import annotations

from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from library.catalogue.changes import history
from library.catalogue.curation import concepts
from library.core.errors import Changed
from library.metadata import decide
from library.skos.import_plan import id_of
from library.vocabularies import EDITABLE, Concept, Scheme, edits, rules
from library.vocabularies.records import version_of
from library.vocabularies.rules import Broken
from library.web import links
from library.web.staff import concept_labels
from library.web.staff.access import at_desk
from library.web.staff.changes.page import rows
from library.web.staff.desk import Desk, done
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import CONCEPT, SCHEME, concept_of, history_of, scheme_of
from library.web.staff.reindex import follow_all
from library.web.staff.viewmodels import Option
from library.web.staff.vocabularies import concept_form
from library.web.staff.vocabularies.impact import filed_under, touches
from library.web.staff.vocabularies.page import facet_of
from library.web.staff.vocabularies.viewmodels import ConceptForm, ConceptPage, Reshaping
from library.web.viewmodels import Link

LATEST = 10  # changes shown


def page(desk: Desk) -> Response:
    facet, scheme = scheme_at(desk)
    id_: str = desk.request.path_params["id"]
    if id_ in scheme.renamed:
        return RedirectResponse(concept_of(facet, scheme.renamed[id_]), 303)
    return of(desk, facet, concept_at(desk, scheme))


def save(desk: Desk) -> Response:
    """Keep a concept as its form says; or only say what that would touch."""
    facet, scheme = scheme_at(desk)
    wanted = concept_form.written(desk, concept_at(desk, scheme))
    silent = concept_form.silent(desk, wanted.id in scheme.silent)

    def change(now: Scheme) -> Scheme:
        return edits.edited(now, wanted, silent=silent)

    try:
        if desk.one("preview"):
            made = change(scheme)
            rules.check(made, [wanted.id])
            touched = touches(desk, facet, scheme, made, wanted.id)
            return of(desk, facet, wanted, silent=silent, told=touched)
        curate(desk, facet, change, concepts.EDITED, wanted.id, seen=desk.one("version") or "-")
    except Changed:
        problem = desk.interface.say(
            "Somebody else changed this meanwhile: see below what. Your own words are still here; "
            "look at both, and save once more."
        )
        return of(desk, facet, wanted, problem=problem, status=409, silent=silent)
    except Broken as wrong:
        return of(desk, facet, wanted, problem=concept_labels.broken(desk.visit, facet, wrong),
                  silent=silent)  # fmt: skip
    return done(concept_of(facet, wanted.id), "saved")


def new(desk: Desk) -> Response:
    """An empty form; or one that begins with words somebody searched for."""
    facet, _ = scheme_at(desk, changed=True)
    asked = desk.request.query_params
    language, label = asked.get("language", ""), rules.clean(asked.get("label", ""))[: rules.LONGEST]  # fmt: skip  # noqa: E501
    preferred = {language: label} if label and rules.LANGUAGE.fullmatch(language) else {}
    concept = Concept("", facet, preferred, broader=asked.get("broader", ""))
    return _new(desk, facet, concept, more=language)


def add(desk: Desk) -> Response:
    facet, scheme = scheme_at(desk, changed=True)
    wanted = concept_form.written(desk, Concept("", facet, {}))
    wanted = replace(wanted, id=desk.one("id").strip() or _id(scheme, wanted))
    silent = bool(desk.one("silent"))

    def change(now: Scheme) -> Scheme:
        return edits.added(now, wanted, silent=silent)

    try:
        if desk.one("preview"):
            made = change(scheme)
            rules.check(made, [wanted.id])
            return _new(desk, facet, wanted, told=touches(desk, facet, scheme, made, wanted.id))
        curate(desk, facet, change, concepts.ADDED, wanted.id)
    except Broken as wrong:
        return _new(desk, facet, wanted, problem=concept_labels.broken(desk.visit, facet, wrong))
    return done(concept_of(facet, wanted.id), "saved")


def curate(
    desk: Desk, facet: str, change: concepts.Change, action: str, id_: str, *, seen: str = ""
) -> bool:
    """Change a scheme as whoever is signed in, and let the index follow. Raises Changed, Broken."""
    curator = concepts.Curator(desk.user.name, desk.site.vocabularies, decide)
    with desk.site.catalogue.write() as writer:
        changed = concepts.curate(
            writer,
            curator,
            {facet: change},
            action=action,
            subject=concepts.subject(facet, id_),
            seen=[concepts.Seen(facet, id_, seen)] if seen else (),
        )
    if changed:
        follow_all(desk)
    return changed


def scheme_at(desk: Desk, *, changed: bool = False) -> tuple[str, Scheme]:
    """The facet and scheme of an address, of those that can be changed. Raises 404."""
    facet = facet_of(desk)
    if facet not in EDITABLE or (changed and facet == "place"):
        raise HTTPException(404)
    return facet, desk.site.vocabularies.schemes[facet]


def concept_at(desk: Desk, scheme: Scheme) -> Concept:
    """The concept of an address. Raises 404."""
    concept = scheme.concepts.get(desk.request.path_params["id"])
    if concept is None:
        raise HTTPException(404)
    return concept


def of(
    desk: Desk,
    facet: str,
    concept: Concept,
    *,
    problem: str = "",
    status: int = 422,
    silent: bool | None = None,
    told: tuple[str, ...] = (),
    merge: tuple[str, bool, tuple[str, ...]] = ("", True, ()),
) -> Response:
    """The page of a concept; as it is, or as it was just written.

    merge: what it is to go into, whether with its labels, and what that touches.
    """
    scheme, say = desk.site.vocabularies.schemes[facet], desk.interface.say
    subject = concepts.subject(facet, concept.id)
    changes = desk.site.catalogue.ask(history.entries, LATEST, subjects=[subject])
    made = concept_form.form(
        desk,
        scheme,
        concept,
        now=scheme.concepts[concept.id],
        action=concept_of(facet, concept.id),
        # After somebody else's change the form is of what it is now, or it could never be saved.
        version=version_of(scheme, concept.id),
        silent=concept.id in scheme.silent if silent is None else silent,
        more=desk.request.query_params.get("language", ""),
        touches=told,
    )
    heading = desk.visit.label(facet, concept.id)
    page = ConceptPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        back=Link(concept_labels.schemes(desk.visit, facet), scheme_of(facet)),
        tag=say("retired") if concept.id in scheme.retired else "",
        public=Link(say("As readers see it"), links.narrowed(facet, concept.id)),
        filed=filed_under(desk, facet, scheme, concept.id),
        form=concept_form.said(desk, made),
        reshaping=_reshaping(desk, scheme, concept.id, merge) if facet != "place" else None,
        another=concept_of(facet, concept.id),
        changes=rows(desk, changes),
        history=Link(say("All changes of this concept"), history_of(subject)),
    )
    return shown(desk, "staff/concept.html", page, status if problem else 200)


def _reshaping(
    desk: Desk, scheme: Scheme, id_: str, merge: tuple[str, bool, tuple[str, ...]]
) -> Reshaping:
    into, labels, told = merge
    options = [
        Option(other, desk.visit.label(scheme.name, other), other == into)
        for other in scheme.concepts
        if other != id_ and other not in scheme.retired
    ]
    here = concept_of(scheme.name, id_)
    return Reshaping(
        merge=f"{here}/merge#merge",
        seen=into if told else "",
        others=(
            Option("", "–", not into),
            *sorted(options, key=lambda option: option.label.casefold()),
        ),
        labels=labels,
        told=told,
        retire=f"{here}/retire",
        is_retired=id_ in scheme.retired,
    )


def _new(
    desk: Desk,
    facet: str,
    concept: Concept,
    *,
    problem: str = "",
    told: tuple[str, ...] = (),
    more: str = "",
) -> Response:
    say = desk.interface.say
    heading = say("A new concept")
    scheme = desk.site.vocabularies.schemes[facet]
    here = f"{scheme_of(facet)}/new"
    silent = bool(desk.one("silent"))
    made: ConceptForm = concept_form.form(
        desk, scheme, concept, action=here, new=True, more=more, touches=told, silent=silent
    )
    page = ConceptPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        back=Link(concept_labels.schemes(desk.visit, facet), scheme_of(facet)),
        tag="",
        public=None,
        filed="",
        form=concept_form.said(desk, made),
        reshaping=None,
        another=here,
        changes=(),
        history=None,
    )
    return shown(desk, "staff/concept.html", page, 422 if problem else 200)


def _id(scheme: Scheme, concept: Concept) -> str:
    """An identifier that is free, made of a name; people read it in addresses."""
    names = (concept.preferred.get("en", ""), *concept.preferred.values())
    wanted = next(filter(None, map(id_of, names)), scheme.name)
    number, id_ = 1, wanted
    while id_ in scheme.concepts or id_ in scheme.renamed:
        number += 1
        id_ = f"{wanted}-{number}"
    return id_


ROUTES = [
    at_desk(f"{SCHEME}/new", get=new, post=add),
    at_desk(CONCEPT, get=page, post=save),
]
