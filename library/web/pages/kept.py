"""Kept on the phone: what a browser keeps of an edition, and the page that lists what it keeps.

Nothing of it is known here: an edition is given once, whole, and a browser that asks whether its
copies are still right says which it has and is forgotten. The rest is done by three scripts
(static/kept.js, static/sw.js, static/list.js).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from library.core.formats import PICTURED
from library.core.resource import Edition, Resource
from library.web import labels, links
from library.web.forms import same_site
from library.web.frame import answer, frame
from library.web.freshness import PASSING, fresh
from library.web.i18n import Interface, direction
from library.web.packs.contents import Gathering, Work, contents
from library.web.packs.offline_index import ALIKE, LEFT_OUT
from library.web.pages.packs import MOST_PICTURES, PICTURE
from library.web.pages.reader import edition_of
from library.web.pages.resource import ContentsLine, resource_of
from library.web.parts import status
from library.web.parts.matches import last_page
from library.web.site import Visit, visit_of
from library.web.usage import count
from library.web.viewmodels import Frame

SHAPE = 1  # of what is kept; another number makes browsers fetch it anew
AROUND = 1.3  # of the text: its paragraphs and headings as they are shown, about
MOST_ASKED = 200  # editions that one browser asks about at once
SHEETS = ("read.css", "kept.css")


@dataclass(frozen=True, slots=True)
class KeepForm:
    """One edition that can be kept, and what it weighs."""

    key: str
    title: str
    language: str
    direction: str
    label: str
    pictures: str  # what pictures weigh besides, "" where it has none
    back: str
    pack: str


@dataclass(frozen=True, slots=True)
class KeptPage:
    frame: Frame
    heading: str
    offer: KeepForm | None
    list: str
    script: str
    said: str  # what the script says, as JSON


@dataclass(frozen=True, slots=True)
class Leaf:
    """What stands around a page that is kept. The service worker puts in the rest: whatever is
    `put("x")` here is the value it calls x."""

    all: str
    title: str
    language: str
    direction: str
    notice: str
    position: str
    previous: str
    next: str
    first: str
    last: str
    body: str
    picture: str
    cited: str
    contents: tuple[ContentsLine, ...]


def put(name: str) -> str:
    """Where a value goes: no text of a document has this sign."""
    return f"\x01{name}"


def kept(request: Request) -> Response:
    return answer(visit_of(request), "kept.html", _page(visit_of(request)))


def offered(request: Request) -> Response:
    """One edition, to be kept."""
    visit = visit_of(request)
    resource = resource_of(visit)
    edition = edition_of(visit, resource)
    if resource.slug != request.path_params["slug"]:
        return RedirectResponse(links.keep(resource, edition), 308)
    say, interface = visit.interface.say, visit.interface
    weight = interface.size(int(edition.text_bytes * AROUND) + 4_000)
    pages = last_page(edition) if edition.media_type in PICTURED else 0
    form = KeepForm(
        key=links.key(resource, edition),
        title=edition.title,
        language=edition.language,
        direction=direction(edition.language),
        label=say("Keep on this phone, about %(size)s", size=weight),
        pictures=say("about %(size)s more", size=interface.size(pages * PICTURE))
        if 0 < pages <= MOST_PICTURES
        else "",
        back=links.resource(resource.slug, edition.language),
        pack=links.take_resource(resource.slug),
    )
    return answer(visit, "kept.html", _page(visit, form))


def _page(visit: Visit, form: KeepForm | None = None) -> KeptPage:
    heading = visit.interface.say("Kept on this phone")
    return KeptPage(
        frame=frame(visit, heading, robots="noindex", sheets=SHEETS),
        heading=heading,
        offer=form,
        list=links.LIST,
        script=visit.site.pages.address("kept.js"),
        said=json.dumps(
            {**said(visit.interface), "left_out": LEFT_OUT, "alike": ALIKE},
            ensure_ascii=False,
            sort_keys=True,
        ),
    )


def said(interface: Interface) -> dict[str, str]:
    """What the script says."""
    say = interface.say
    return {
        "again": say("Fetch it again"),
        "away": say("There is no network, and that page is not on this phone. This is what is:"),
        "clear": say("Take everything off this phone?"),
        "copied": say("The link is copied."),
        "failed": say("It could not be fetched, and nothing was kept. Try again where the "
                      "network is better."),
        "full": say("There is no room on this phone for it; nothing of it was kept. Take something "
                    "off, or keep it without pictures."),
        "kb": say("%(number)s KB", number="{n}"),
        "mb": say("%(number)s MB", number="{n}"),
        "gone": say("Nothing is kept on this phone any more."),
        "kept": say("Kept. It can be read and searched here without a network."),
        "none": say("Nothing that is kept here has these words."),
        "nothing": say("Nothing is kept on this phone yet. Open a document and press “Keep on this "
                       "phone”."),
        "off": say("Take off"),
        "pictures": say("with pictures"),
        "room": say("%(used)s in all", used="{n}"),
        "working": say("It is being fetched…"),
    }  # fmt: skip


def whole(request: Request) -> Response:
    """All that a browser keeps of an edition."""
    visit = visit_of(request)
    resource = resource_of(visit)
    edition = edition_of(visit, resource)
    gathering = Gathering(
        visit.site.catalogue, visit.site.vocabularies, visit.interface, edition.language, visit.base
    )
    work = gathering.work(resource, edition)
    render, interface = visit.site.pages.render, visit.interface
    pages = [
        (
            labels.page(page.number, "", interface),
            render("parts/kept_page.html", page, interface),
        )
        for page in gathering.pages(work)
    ]
    leaf = _leaf(visit, work)
    count(visit, "read", resource, edition)
    return JSONResponse(
        {
            "key": links.key(resource, edition),
            "version": version(visit, resource, edition),
            "title": edition.title,
            "language": edition.language,
            "direction": direction(edition.language),
            "note": " ".join(notice.text for notice in status.notices(visit, resource)),
            "about": " · ".join(
                interface.apart(part)
                for part in (work.by, work.year, *labels.weight(edition, interface))
                if part
            ),
            "said": f"{work.title}\n{work.summary}",
            "pictures": edition.media_type in PICTURED and len(pages) <= MOST_PICTURES,
            "picture": interface.say("Picture"),
            "leaf": render("parts/kept_leaf.html", leaf, interface),
            "pages": pages,
        },
        headers={"Cache-Control": PASSING},
    )  # fmt: skip


def _leaf(visit: Visit, work: Work) -> Leaf:
    key = links.key(work.resource, work.edition)
    leads = {
        number: f"{links.KEPT}/{key}/{number}" for number in range(1, last_page(work.edition) + 1)
    }
    lines = contents(work, leads)
    top = min((int(line.hint) for line in lines), default=1)
    return Leaf(
        all=links.KEPT,
        title=work.title,
        language=work.language,
        direction=work.direction,
        notice=put("w"),
        position=put("p"),
        previous=put("b"),
        next=put("n"),
        first=put("f"),
        last=put("l"),
        body=put("t"),
        picture=put("i"),
        cited=work.cited,
        contents=tuple(
            ContentsLine(line.label, line.url, line.count, min(3, int(line.hint) - top + 1))
            for line in lines
        ),
    )  # fmt: skip


def version(visit: Visit, resource: Resource, edition: Edition) -> str:
    """A name for what an edition and its notices say: another one when that changes."""
    notices = [notice.text for notice in status.notices(visit, resource)]
    parts = (SHAPE, resource.slug, edition, notices)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


async def asked(request: Request) -> Response:
    """Which of these copies (a key and a version on each line) are not as the library is now."""
    same_site(request)
    body = (await request.body()).decode("utf-8", "replace")
    lines = filter(None, dict.fromkeys(body.splitlines()))
    held = [line.partition(" ") for line in islice(lines, MOST_ASKED)]
    changed = await run_in_threadpool(_changed, visit_of(request), held)
    return JSONResponse(changed, headers={"Cache-Control": PASSING})


def _changed(visit: Visit, held: Sequence[tuple[str, str, str]]) -> dict[str, object]:
    say, catalogue = visit.interface.say, visit.site.catalogue
    told: dict[str, object] = {}
    for key, _, known in held:
        slug, _, language = map(unquote, key.partition("/"))
        resource = catalogue.by_slug(slug)
        edition = next(
            (
                one
                for one in (resource.editions if resource else ())
                if (one.language or links.UNKNOWN_LANGUAGE) == language
            ),
            None,
        )
        if resource is None or edition is None:
            gone = catalogue.withdrawn(slug)
            reason = f" {gone.reason}" if gone and gone.reason else ""
            note = say("This is no longer in the library.") + reason
            told[key] = {"note": note, "renew": False}
        elif version(visit, resource, edition) != known:
            told[key] = {"note": say("The library has a newer version of this."), "renew": True}
    return told


def leads(request: Request) -> Response:
    """Where a page that a phone keeps is read, for who does not keep it."""
    visit = visit_of(request)
    resource = resource_of(visit)
    edition = edition_of(visit, resource)
    number = request.path_params["page"]
    if not 1 <= number <= last_page(edition):
        raise HTTPException(404)
    return RedirectResponse(links.page(resource, edition, number), 303)


ROUTES = [
    Route(links.KEPT, fresh(kept), methods=["GET"]),
    Route(f"{links.KEPT}/now", asked, methods=["POST"]),
    Route(f"{links.KEPT}/{{slug}}/{{language}}", fresh(offered), methods=["GET"]),
    Route(f"{links.KEPT}/{{slug}}/{{language}}/text.json", whole, methods=["GET"]),
    Route(f"{links.KEPT}/{{slug}}/{{language}}/{{page:int}}", leads, methods=["GET"]),
]
