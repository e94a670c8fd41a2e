"""Take with you: a search, a collection or one document as a file, made by a worker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import cast
from urllib.parse import parse_qsl, quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from library.core.errors import UsageError
from library.core.extras import print_installed, zim_installed
from library.web import labels, links
from library.web.error_text import words
from library.web.forms import same_site
from library.web.frame import answer, frame
from library.web.freshness import PASSING
from library.web.i18n import Interface, own_name
from library.web.packs import printed, shelf
from library.web.packs.order import FORMATS, SHEETS, Chosen, Format, Order, chosen
from library.web.packs.sizes import Sizes, sum_of
from library.web.site import Visit, visit_of
from library.web.viewmodels import Frame, Link

PACKED = 0.9  # of the text: its pages, its words for excerpts and its index, compressed
PICTURE = 60_000  # bytes of the picture of a page, about
MOST_PICTURES = 400  # pages that are drawn for one pack
MOST_ORIGINALS = 500_000_000  # bytes
MOST_FIELDS = 600  # of a form: five hundred works by name, and what else it asks
AGAIN = 3  # seconds between looks at whether a pack is made

TYPES: Mapping[Format, str] = {
    "zip": "application/zip",
    "epub": "application/epub+zip",
    "zim": "application/octet-stream",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A pack that can be asked for: one language, and what it would weigh."""

    value: str
    label: str
    hint: str
    checked: bool = False


@dataclass(frozen=True, slots=True)
class PackForm:
    """What is taken along, as asked for, and the choices."""

    frame: Frame
    action: str
    heading: str
    what: str
    kept: tuple[tuple[str, str], ...]  # hidden fields
    languages: tuple[Offer, ...]
    formats: tuple[Offer, ...]
    extras: tuple[Offer, ...]
    some: str  # what the form of a range of pages is called; "" where nothing can be printed
    empty: str
    back: Link


@dataclass(frozen=True, slots=True)
class PackPage:
    frame: Frame
    heading: str
    lines: tuple[str, ...]
    take: Link | None
    again: int  # seconds after which to look again; 0 when there is nothing to wait for
    back: Link


def offered(request: Request) -> Response:
    """What a search, a collection or a document would weigh, and how it can be had."""
    visit = visit_of(request)
    given = request.query_params.multi_items()
    order = order_of(given, "")
    picked = picked_of(visit, order)
    sizes = sizes_of(visit, picked.ids)
    interface = visit.interface
    say = interface.say
    title = picked.title or picked.words
    if order.listed:
        known = visit.site.catalogue.resources(picked.ids)
        title = known[0].edition(interface.language).title if len(known) == 1 else ""
    first = next(
        iter(sorted(sizes, key=lambda code: (code != interface.language, -sizes[code].works))), ""
    )
    whole = sum_of(sizes.values())
    printing = tuple(printed_offers(sizes, interface))
    page = PackForm(
        frame=frame(visit, say("Take with you"), robots="noindex", sheets=("narrow.css",)),
        action=links.PACKS,
        heading=say("Take with you"),
        what=f"{title} · {labels.resources(len(picked.ids), interface)}"
        if title
        else labels.resources(len(picked.ids), interface),
        kept=tuple(fields_of(order)),
        languages=tuple(
            Offer(
                code,
                own_name(code),
                interface.listed(
                    (
                        labels.resources(of.works, interface),
                        say("about %(size)s", size=interface.size(int(of.text * PACKED) + 40_000)),
                    )
                ),
                checked=code == first,
            )
            for code, of in sorted(sizes.items(), key=lambda item: -item[1].works)
        ),
        formats=(
            Offer(
                "zip",
                say("Pages for a browser, with search"),
                say("Unpack it, and open index.html: on a phone, a computer or a USB stick."),
                checked=True,
            ),
            Offer("epub", say("A book"), say("For reading apps and e-readers.")),
            *printing,
            *(
                (Offer("zim", say("For Kiwix"), say("One file with its own search.")),)
                if zim_installed()
                else ()
            ),
        ),
        extras=tuple(extras(whole, interface)),
        some=say("Some of the pages, to print") if printing else "",
        empty="" if sizes else say("There is nothing here that could be taken along."),
        back=back_to(visit, order),
    )  # fmt: skip
    return answer(visit, "packs.html", page)


def printed_offers(sizes: Mapping[str, Sizes], interface: Interface) -> Iterable[Offer]:
    """As a booklet, where it can be made and is not too much for one in some language."""
    least = min((of.text for of in sizes.values()), default=0)
    if not print_installed() or not 0 < least <= printed.MOST:
        return
    say = interface.say
    for sheet in SHEETS:
        yield Offer(
            f"pdf-{sheet}",
            say("To print, %(paper)s", paper=sheet.upper()),
            say("A PDF with contents, source and code; a screen reader can read it."),
        )


def extras(whole: Sizes, interface: Interface) -> Iterable[Offer]:
    """What can go along beside the text, where it is not too much."""
    say = interface.say
    if 0 < whole.drawn <= MOST_PICTURES:
        more = interface.size(whole.drawn * PICTURE)
        yield Offer(
            "pictures", say("A picture of each page"), say("about %(size)s more", size=more)
        )
    if whole.originals <= MOST_ORIGINALS:
        more = interface.size(whole.originals)
        yield Offer("originals", say("The original files"), say("%(size)s more", size=more))


async def wished(request: Request) -> Response:
    """Have a pack made, and lead to where it will be."""
    same_site(request)
    body = (await request.body()).decode("utf-8", "replace")
    given = list(islice(_fields(body), MOST_FIELDS))
    return await run_in_threadpool(_wish, request, given)


def _fields(body: str) -> Iterator[tuple[str, str]]:
    for part in body.split("&"):
        yield from parse_qsl(part)


def _wish(request: Request, given: list[tuple[str, str]]) -> Response:
    visit = visit_of(request)
    fields = dict(given)
    form, _, sheet = fields.get("format", "zip").partition("-")
    order = order_of(given, fields.get("take", ""), form if form in FORMATS else "zip")
    picked = picked_of(visit, order)
    sizes = sizes_of(visit, picked.ids)
    if order.language not in sizes:
        raise HTTPException(422, f"take: {order.language[:20]}")
    allowed = {offer.value for offer in extras(sum_of(sizes.values()), visit.interface)}
    order = Order(
        order.language,
        order.format,
        order.parameters,
        order.collection,
        order.listed,
        pictures="pictures" in fields and "pictures" in allowed,
        originals="originals" in fields and "originals" in allowed,
        sheet="a5" if sheet == "a5" else "a4",
        first=page_asked(fields, "first") if form == "pdf" else 0,
        last=page_asked(fields, "last") if form == "pdf" else 0,
    )
    id_ = shelf.ask(visit.site.settings, order, visit.site.catalogue)
    if id_ is None:
        raise HTTPException(503, headers={"Retry-After": "60"})
    return RedirectResponse(links.pack(id_), 303)


def page_asked(fields: Mapping[str, str], name: str) -> int:
    """The number of a page in a form; 0 where none is written."""
    written = fields.get(name, "").strip()
    return int(written) if written.isdecimal() and len(written) < 7 else 0


def pack(request: Request) -> Response:
    """How far a pack is, and where it can be had."""
    visit = visit_of(request)
    held = shelf.look(visit.site.settings, request.path_params["id"])
    if held is None:
        raise HTTPException(404)
    say, interface = visit.interface.say, visit.interface
    take, lines, again = None, [], 0
    if held.name and shelf.given(held, visit.site.catalogue):
        lines = [labels.resources(held.works, interface), own_name(held.order.language)]
        if held.others:
            others = labels.resources(held.others, interface)
            lines.append(say("Not in this language: %(resources)s", resources=others))
        lines.append(say("Kept here for a day."))
        size = interface.size(held.bytes)
        take = Link(say("Download, %(size)s", size=size), links.pack(held.id, held.name))
    elif held.failed:
        lines = [words(held.failed, interface)]
    elif held.name:
        lines = [say("The library has changed since; ask for it again.")]
    else:
        again = AGAIN
        lines = [say("It is being made; this page looks again by itself.")]
    page = PackPage(
        frame=frame(visit, say("Take with you"), robots="noindex", sheets=("narrow.css",)),
        heading=say("Take with you"),
        lines=tuple(lines),
        take=take,
        again=again,
        back=back_to(visit, held.order),
    )
    response = answer(visit, "pack.html", page)
    response.headers["Cache-Control"] = PASSING
    return response


def download(request: Request) -> Response:
    visit = visit_of(request)
    held = shelf.look(visit.site.settings, request.path_params["id"])
    if held is None or not held.name:
        raise HTTPException(404)
    if not shelf.given(held, visit.site.catalogue):
        raise HTTPException(410)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(held.name, safe='')}",
        "Cache-Control": PASSING,
    }
    return FileResponse(held.path, headers=headers, media_type=TYPES[held.order.format])


def order_of(given: Iterable[tuple[str, str]], language: str, form: str = "zip") -> Order:
    """The order in parameters of an address or a form; what belongs to a search is read as one."""
    pairs = [(name, value) for name, value in given if value]
    collection = next((value for name, value in pairs if name == "collection"), "")
    listed = tuple(value for name, value in pairs if name == "resource")[:500]
    others = (
        *("collection", "resource", "take", "format", "pictures", "originals", "page", "sort"),
        *("first", "last"),
    )
    return Order(
        language=language[:20],
        format=cast(Format, form),
        parameters=()
        if collection or listed
        else tuple((name, value[:400]) for name, value in pairs if name not in others)[:60],
        collection=collection[:200],
        listed=listed,
    )


def fields_of(order: Order) -> Iterable[tuple[str, str]]:
    """The parameters that `order_of` reads back."""
    yield from order.parameters
    if order.collection:
        yield "collection", order.collection
    for name in order.listed:
        yield "resource", name


def picked_of(visit: Visit, order: Order) -> Chosen:
    """Raises 404 for a collection that is not there."""
    site = visit.site
    try:
        return chosen(order, site.catalogue, site.engine, site.vocabularies)
    except UsageError as error:
        raise HTTPException(404) from error


def sizes_of(visit: Visit, ids: Iterable[str]) -> dict[str, Sizes]:
    """By language, what these resources come to."""
    sizes: dict[str, Sizes] = {}
    for resource in visit.site.catalogue.resources(list(ids)):
        for language in resource.languages:
            edition = resource.edition(language)
            sizes[language] = sizes.get(language, Sizes()).with_(edition)
    return sizes


def back_to(visit: Visit, order: Order) -> Link:
    say = visit.interface.say
    if order.collection:
        return Link(say("Back"), links.collection(order.collection))
    if len(order.listed) == 1:
        return Link(say("Back"), links.resource(order.listed[0]))
    asked = links.query_of(order.parameters, visit.site.vocabularies)
    return Link(say("Back"), links.url_of(asked))


ROUTES = [
    Route("/packs/new", offered, methods=["GET"]),
    Route("/packs", wished, methods=["POST"]),
    Route("/packs/{id}", pack, methods=["GET"]),
    Route("/packs/{id}/{name}", download, methods=["GET"]),
]
