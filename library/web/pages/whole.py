"""A whole edition, or a range of its pages, on one page: to print, to keep, to read in one go; and
the same as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from library.core.resource import Edition, Page, Resource
from library.web import labels, links, passing_links
from library.web.frame import answer, frame
from library.web.freshness import fresh
from library.web.i18n import direction
from library.web.packs.contents import PackedPage, packed
from library.web.pages.reader import edition_of
from library.web.pages.resource import DEEPEST, ContentsLine, contents_of, resource_of
from library.web.parts import passing, status
from library.web.parts.matches import last_page
from library.web.parts.plain_text import plain
from library.web.site import Visit, visit_of
from library.web.usage import count
from library.web.viewmodels import Frame, Link

SENT = 2_000_000  # bytes of plain text in one answer, about


@dataclass(frozen=True, slots=True)
class Part:
    """Pages of an edition that stand together."""

    first: int
    last: int
    pages: int  # of the whole edition
    most: int  # that one part holds

    @property
    def whole(self) -> bool:
        return self.first == 1 and self.last == self.pages

    @property
    def before(self) -> tuple[int, int] | None:
        return (max(1, self.first - self.most), self.first - 1) if self.first > 1 else None

    @property
    def after(self) -> tuple[int, int] | None:
        last = min(self.pages, self.last + self.most)
        return (self.last + 1, last) if self.last < self.pages else None


@dataclass(frozen=True, slots=True)
class WholePage:
    frame: Frame
    title: str
    resource: str
    language: str
    direction: str
    spoken: str  # the language of the site's own words
    facing: str
    source: str  # who made it, licence, address
    address: str
    qr: str
    pages: tuple[PackedPage, ...]
    contents: tuple[ContentsLine, ...]
    range: str  # which pages these are
    divided: str  # that it is not all, and why
    action: str
    first: int
    last: int
    previous: Link | None
    next: Link | None
    text: Link
    notes: tuple[str, ...]


def part_of(request: Request, edition: Edition, most_bytes: int) -> Part:
    """The pages that are asked for, as many of them as stand together. Raises 422."""
    last = last_page(edition)
    each = max(1, edition.text_bytes // max(1, last))
    most = max(1, most_bytes // each)
    wanted = [_number(request, "from"), _number(request, "to")]
    if all(wanted):
        wanted.sort()
    first = min(wanted[0] or 1, last)
    return Part(first, min(max(first, wanted[1] or last), first + most - 1, last), last, most)


def _number(request: Request, name: str) -> int:
    written = request.query_params.get(name, "").strip()
    if not written:
        return 0
    if not written.isdecimal() or len(written) > 9:
        raise HTTPException(422, f"{name}: {written[:60]}")
    return int(written)


def whole(request: Request) -> Response:
    visit = visit_of(request)
    resource = resource_of(visit)
    edition = edition_of(visit, resource)
    part = part_of(request, edition, passing.SHOWN)
    if resource.slug != request.path_params["slug"]:
        return RedirectResponse(passing_links.whole(resource, edition), 308)
    count(visit, "read", resource, edition)
    return answer(visit, "whole.html", whole_page(visit, resource, edition, part))


def whole_page(visit: Visit, resource: Resource, edition: Edition, part: Part) -> WholePage:
    interface = visit.interface
    say, number = interface.say, interface.number
    shown = say(
        "Pages %(first)s to %(last)s of %(all)s",
        first=number(part.first),
        last=number(part.last),
        all=number(part.pages),
    )
    return WholePage(
        frame=frame(
            visit,
            f"{say('All on one page')} · {edition.title}",
            canonical=links.resource(resource.slug),
            robots="noindex",
            sheets=("read.css",),
        ),
        title=edition.title,
        resource=links.resource(resource.slug, edition.language),
        language=edition.language,
        direction=direction(edition.language),
        spoken=interface.language,
        facing=interface.direction,
        source=passing.source(visit, resource, edition),
        address=f"{visit.base}{passing_links.short(resource)}",
        qr=passing_links.qr(resource),
        pages=tuple(packed(page, edition, interface) for page in pages_of(visit, edition, part)),
        contents=tuple(contents(visit, resource, edition, part)),
        range="" if part.whole else shown,
        divided=say("All of it would be too much for one page: it is divided.")
        if part.pages > part.most == part.last - part.first + 1
        else "",
        action=passing_links.whole(resource, edition),
        first=part.first,
        last=part.last,
        previous=turn(visit, resource, edition, part.before, say("Previous")),
        next=turn(visit, resource, edition, part.after, say("Next")),
        text=Link(
            say("Plain text"),
            passing_links.text(resource, edition)
            if part.whole
            else passing_links.text(resource, edition, part.first, part.last),
        ),
        notes=tuple(
            filter(
                None,
                (
                    *(notice.text for notice in status.notices(visit, resource)),
                    labels.note(edition, interface),
                    labels.partial(edition, interface),
                    labels.unread(edition, interface),
                ),
            )
        ),
    )


def pages_of(visit: Visit, edition: Edition, part: Part) -> Iterator[Page]:
    """The pages of a part; those that could not be read are there without words."""
    found = visit.site.catalogue.pages(edition.id, part.first, part.last)
    held = {page.number: page for page in found}
    for number in range(part.first, part.last + 1):
        yield held.get(number) or Page(number, "")


def contents(
    visit: Visit, resource: Resource, edition: Edition, part: Part
) -> Iterator[ContentsLine]:
    """The contents of the edition, leading to places of this page where they are on it."""
    headings = [heading for heading in edition.contents if heading.level <= DEEPEST]
    for line, heading in zip(contents_of(visit, resource, edition), headings, strict=True):
        here = part.first <= heading.page <= part.last
        page = "" if here else passing_links.whole(resource, edition, heading.page)
        yield replace(line, url=f"{page}#p{heading.page}")


def turn(
    visit: Visit, resource: Resource, edition: Edition, pages: tuple[int, int] | None, label: str
) -> Link | None:
    if pages is None:
        return None
    number = visit.interface.number
    return Link(
        label,
        passing_links.whole(resource, edition, *pages),
        hint=f"{number(pages[0])}–{number(pages[1])}",
    )


def text(request: Request) -> Response:
    """The words alone, with the numbers of pages."""
    visit = visit_of(request)
    resource = resource_of(visit)
    edition = edition_of(visit, resource)
    part = part_of(request, edition, SENT)
    if resource.slug != request.path_params["slug"]:
        return RedirectResponse(passing_links.text(resource, edition), 308)
    count(visit, "read", resource, edition)
    interface = visit.interface
    lines = [edition.title, passing.source(visit, resource, edition)]
    if not part.whole:
        lines.append(
            interface.say(
                "Pages %(first)s to %(last)s of %(all)s",
                first=interface.number(part.first),
                last=interface.number(part.last),
                all=interface.number(part.pages),
            )
        )
    for page in pages_of(visit, edition, part):
        lines += ["", f"[{labels.page(page.number, page.label, interface)}]", "", plain(page)]
    if part.after and part.most == part.last - part.first + 1:
        onwards = visit.base + passing_links.text(resource, edition, *part.after)
        lines += ["", interface.say("It goes on at %(address)s", address=onwards)]
    name = f"{resource.slug}-{edition.language or links.UNKNOWN_LANGUAGE}.txt"
    canonical = f"{visit.base}{links.resource(resource.slug)}"
    return PlainTextResponse(
        "\n".join(lines) + "\n",
        headers={
            "Content-Disposition": f"inline; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Language": edition.language or interface.language,
            "X-Robots-Tag": "noindex",
            "Link": f'<{canonical}>; rel="canonical"',
        },
    )


ROUTES = [
    Route("/resources/{slug}/{language}/all", fresh(whole)),
    Route("/resources/{slug}/{language}/text", fresh(text)),
]
