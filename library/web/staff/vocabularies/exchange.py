"""Vocabularies given to others and taken from them, at the desk: as SKOS, looked at before."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.responses import Response

from library import skos
from library.catalogue.curation import concepts
from library.core.errors import InputError, UsageError
from library.metadata import decide
from library.skos import Plan, exchange
from library.skos.facts import FoundScheme
from library.vocabularies import EDITABLE
from library.vocabularies.rules import Broken
from library.web import labels
from library.web.error_text import told
from library.web.staff import concept_labels
from library.web.staff.access import at_desk
from library.web.staff.bodies import FormWithFile
from library.web.staff.desk import Desk, done
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import VOCABULARIES
from library.web.staff.reindex import follow_all
from library.web.staff.viewmodels import Option
from library.web.staff.vocabularies.page import EXCHANGE
from library.web.staff.vocabularies.viewmodels import ExchangePage, Taken
from library.web.viewmodels import Link

LARGEST = 4_000_000  # bytes of a file: the site reads it between two pages
LARGEST_UPLOAD = LARGEST + (1 << 20)
MOST = 40  # concepts named of each kind of change
EVERY = "all"
NAMES = {"turtle": "Turtle", "xml": "RDF/XML", "json-ld": "JSON-LD"}


def page(desk: Desk) -> Response:
    return _page(desk)


def export(desk: Desk) -> Response:
    """One scheme, or all of them, as a file."""
    facet = desk.request.path_params["facet"]
    form = desk.request.query_params.get("format", "turtle")
    if facet not in (*EDITABLE, EVERY) or form not in skos.FORMATS:
        raise HTTPException(404)
    ending, media_type = skos.FORMATS[form]
    facets = () if facet == EVERY else (facet,)
    content = skos.write(desk.site.vocabularies, facets, desk.site.settings.base_url, form)
    return Response(
        content,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{facet}.{ending}"'},
    )


def take(desk: Desk) -> Response:
    """Say what a file would change; or change it, once that was looked at."""
    content, name = _file(desk)
    facet, retire = desk.one("facet"), bool(desk.one("retire"))
    if not content:
        return _page(desk, desk.interface.say("Choose a file."))
    base = desk.site.settings.base_url
    try:
        schemes = skos.read(content, name, largest=LARGEST)
        if not desk.one("sure"):
            plans = exchange.plans(
                desk.site.vocabularies, schemes, facet=facet, base=base, retire=retire
            )
            return _page(desk, plans=plans, held=_packed(content), name=name)
        changed = _take(desk, schemes, facet, base, retire)
    except Broken as wrong:
        problem = concept_labels.broken(desk.visit, facet or EDITABLE[0], wrong)
        return _page(desk, f"{wrong.id}: {problem}")
    except (InputError, UsageError) as error:
        return _page(desk, told(error, desk.interface))
    if changed:
        follow_all(desk)
    return done(EXCHANGE, "taken" if changed else "same")


def _take(
    desk: Desk, schemes: tuple[FoundScheme, ...], facet: str, base: str, retire: bool
) -> bool:
    curator = concepts.Curator(desk.user.name, desk.site.vocabularies, decide)
    with desk.site.catalogue.write() as writer:
        return exchange.take(writer, curator, schemes, facet=facet, base=base, retire=retire)


def _file(desk: Desk) -> tuple[bytes, str]:
    """The file that was sent, or that was looked at before and comes back with its form."""
    if desk.sent:
        return desk.sent[1], desk.sent[0][-100:]
    try:
        packed = base64.b64decode(desk.one("held"), validate=True)
        opened = zlib.decompressobj()
        content = opened.decompress(packed, LARGEST + 1)
    except (binascii.Error, zlib.error):
        return b"", ""
    return content, desk.one("name")[-100:]


def _packed(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content, 9)).decode()


def _page(
    desk: Desk,
    problem: str = "",
    *,
    plans: Mapping[str, Plan] | None = None,
    held: str = "",
    name: str = "",
) -> Response:
    say = desk.interface.say
    heading = say("Export and import (SKOS)")
    made = ExchangePage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        back=Link(say("Vocabularies"), VOCABULARIES),
        action=EXCHANGE,
        files=tuple(
            Taken(
                say("All") if facet == EVERY else labels.facet_name(facet, desk.interface),
                links=tuple(
                    Link(NAMES[form], f"{EXCHANGE}/{facet}?format={form}") for form in NAMES
                ),
            )
            for facet in (EVERY, *EDITABLE)
        ),
        facets=(
            Option("", say("as the file says"), not desk.one("facet")),
            *(
                Option(name, labels.facet_name(name, desk.interface), name == desk.one("facet"))
                for name in EDITABLE
            ),
        ),
        taken=tuple(_taken(desk, facet, plan) for facet, plan in (plans or {}).items()),
        held=held,
        name=name,
        facet=desk.one("facet"),
        retire=desk.one("retire"),
    )
    return shown(desk, "staff/exchange.html", made, 422 if problem else 200)


def _taken(desk: Desk, facet: str, plan: Plan) -> Taken:
    say, wanted = desk.interface.say, plan.wanted
    now = desk.site.vocabularies.schemes[facet]

    def called(id_: str) -> str:
        concept = wanted.concepts.get(id_) or now.concepts.get(id_)
        preferred = concept.preferred if concept else {}
        label = preferred.get(desk.interface.language) or preferred.get("en") or id_
        return label or say("Phrases passed over")

    def line(what: str, ids: tuple[str, ...]) -> str:
        named = desk.interface.listed(map(called, ids[:MOST])) + (" …" if len(ids) > MOST else "")
        return f"{what} ({desk.interface.number(len(ids))}): {named}"

    gone = say("not in the file, and left as they are")
    if desk.one("retire"):
        gone = say("not in the file, and retired")
    lines = [
        line(what, ids)
        for what, ids in (
            (say("new"), plan.added),
            (say("changed"), plan.changed),
            (say("merged into others"), plan.merged),
            (gone, plan.gone),
        )
        if ids
    ]
    same = say("the same: %(number)s", number=desk.interface.number(plan.same))
    return Taken(labels.facet_name(facet, desk.interface), (*lines, same, *plan.notes[:MOST]))


ROUTES = [
    at_desk(
        EXCHANGE,
        get=page,
        post=take,
        takes=FormWithFile(LARGEST_UPLOAD),
    ),
    at_desk(f"{EXCHANGE}/{{facet}}", get=export),
]
