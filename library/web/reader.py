"""One page of an edition at a time: its words as HTML, and its picture when asked for."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from index import syntax
from index.excerpts import marks
from index.query import Everything
from index.results import Span
from library.resource import Edition, Page, Resource
from library.web import links, standing, wording
from library.web.blocks import Block, Marker, blocks
from library.web.cards import in_order
from library.web.contexts import Jump, Link, ReaderPage
from library.web.frames import answer, frame
from library.web.i18n import direction, own_name
from library.web.resources import contents_of, resource_of
from library.web.site import Visit, visit_of

PDF = "application/pdf"
LOOKED_THROUGH = 60  # pages ahead that are searched for the words; about 2 ms each


def edition_of(visit: Visit, resource: Resource) -> Edition:
    """The edition in the language that the address names. Raises 404."""
    language = visit.request.path_params["language"]
    for edition in resource.editions:
        if (edition.language or links.UNKNOWN_LANGUAGE) == language:
            return edition
    raise HTTPException(404)


def go(request: Request) -> Response:
    """The "go to page" form: to the page it names, or the nearest there is."""
    visit = visit_of(request)
    resource = resource_of(visit)
    edition = edition_of(visit, resource)
    written = request.query_params.get("page", "1").strip()
    if not written.isdecimal() or len(written) > 9:
        raise HTTPException(422, f"page: {written[:60]}")
    number = min(max(1, int(written)), last_page(edition))
    words = request.query_params.get("q", "")
    return RedirectResponse(links.page(resource, edition, number, words), 303)


def read(request: Request) -> Response:
    visit = visit_of(request)
    resource = resource_of(visit)
    edition = edition_of(visit, resource)
    number = request.path_params["page"]
    words = request.query_params.get("q", "")[: links.LONGEST_MARKED]
    if resource.slug != request.path_params["slug"]:
        return RedirectResponse(links.page(resource, edition, number, words), 308)
    if not 1 <= number <= last_page(edition):
        raise HTTPException(404)
    # A page of a partial edition may be missing: then its picture is all there is.
    page = visit.site.catalogue.page(edition.id, number) or Page(number, "")
    return answer(visit, "reader.html", reader_page(visit, resource, edition, page, words))


def reader_page(
    visit: Visit, resource: Resource, edition: Edition, page: Page, words: str
) -> ReaderPage:
    interface, last = visit.interface, last_page(edition)
    picture = (
        edition.media_type in wording.PICTURED and visit.request.query_params.get("picture") == "1"
    )
    number = interface.number(page.number)
    kind = [visit.label("kind", resource.kind)] if resource.kind else []
    name = [own_name(edition.language)] if edition.language else []
    mark = marker(words, visit.site.settings.languages)
    spoken = page.language or edition.language
    shown = tuple(blocks(page, spoken, mark, direction))
    title = interface.say("p. %(page)s", page=number)
    return ReaderPage(
        frame=frame(
            visit,
            f"{title} · {edition.title}",
            canonical=links.page(resource, edition, page.number),
            words=words,
            robots="noindex" if words or picture else "",
        ),
        title=edition.title,
        resource=links.resource(resource.slug, edition.language),
        line=" · ".join((*kind, *name)),
        language=edition.language,
        direction=direction(edition.language),
        spoken=spoken,
        facing=direction(spoken),
        position=interface.say(
            "Page %(page)s of %(last)s", page=number, last=interface.number(last)
        ),
        printed=printed(visit, page),
        blocks=shown,
        previous=turn(
            visit, resource, edition, page.number - 1, interface.say("Previous"), words, picture
        ),
        next=turn(visit, resource, edition, page.number + 1, interface.say("Next"), words, picture),
        jump=Jump(links.edition(resource, edition), last, page.number, words),
        contents=contents_of(visit, resource, edition, page.number, words),
        editions=others(visit, resource, edition, page.number, words),
        original=original(visit, edition, page.number),
        picture=links.picture(resource, edition, page.number) if picture else "",
        picture_label=interface.say(
            "Picture of page %(page)s of “%(title)s”", page=number, title=edition.title
        ),
        picture_link=picture_link(visit, resource, edition, page.number, words, picture),
        without=Link(interface.say("Without the marks"), links.page(resource, edition, page.number))
        if words
        else None,
        notes=(
            *(one.text for one in standing.notices(visit, resource)),
            *notes(visit, edition, page, bool(shown)),
        ),
        found=found(visit, shown, words),
        next_found=next_found(visit, resource, edition, page.number, words, mark),
    )


def last_page(edition: Edition) -> int:
    """Pages that could not be read are counted too: their picture may be all there is."""
    return max(edition.pages, edition.pages_expected or 0, 1)


def marker(words: str, languages: Sequence[str]) -> Marker:
    """Marks the words of a question in a text by the rules of its language, or of all these."""
    tree = syntax.parse(words).tree

    def mark(text: str, language: str) -> Sequence[Span]:
        return marks(text, tree, (language,) if language else languages)

    def mark_nothing(text: str, language: str) -> Sequence[Span]:
        return ()

    return mark_nothing if tree == Everything() else mark


def turn(
    visit: Visit,
    resource: Resource,
    edition: Edition,
    number: int,
    label: str,
    words: str,
    picture: bool,
) -> Link | None:
    """A link to another page of the edition, read in the same way."""
    if not 1 <= number <= last_page(edition):
        return None
    page = visit.interface.say("p. %(page)s", page=visit.interface.number(number))
    more = {"picture": "1"} if picture else {}
    return Link(label, links.page(resource, edition, number, words, **more), hint=page)


def printed(visit: Visit, page: Page) -> str:
    if not page.label or page.label == str(page.number):
        return ""
    return visit.interface.say("printed as %(label)s", label=page.label)


def others(
    visit: Visit, resource: Resource, edition: Edition, number: int, words: str
) -> tuple[Link, ...]:
    """The same page in the other editions, or their last one."""
    return tuple(
        Link(
            own_name(other.language),
            links.page(resource, other, min(number, last_page(other)), words),
            language=other.language,
            direction=direction(other.language),
        )
        for other in in_order(visit, resource)
        if other != edition and other.language
    )


def original(visit: Visit, edition: Edition, number: int) -> Link:
    size = visit.interface.size(edition.bytes)
    if edition.media_type == PDF:
        label = visit.interface.say("Open the PDF at this page, %(size)s", size=size)
    else:
        label = visit.interface.say("Download the original, %(size)s", size=size)
    return Link(label, links.original(edition, number))


def picture_link(
    visit: Visit, resource: Resource, edition: Edition, number: int, words: str, shown: bool
) -> Link | None:
    if edition.media_type not in wording.PICTURED:
        return None
    if shown:
        plain = links.page(resource, edition, number, words)
        return Link(visit.interface.say("Only the words"), plain)
    url = links.page(resource, edition, number, words, picture="1")
    return Link(visit.interface.say("Show the page as a picture"), url)


def notes(visit: Visit, edition: Edition, page: Page, readable: bool) -> tuple[str, ...]:
    say = visit.interface.say
    if not readable and page.number > edition.pages:
        return (say("This page could not be read."),)
    if not readable:
        return (say("This page has no words that could be read: it may be a picture, or empty."),)
    if page.scanned:
        return (say("This page was scanned; words may be wrong. Compare with the picture."),)
    if page.score < wording.POOR:
        return (say("This page was hard to read; words may be wrong. Compare with the picture."),)
    return ()


def found(visit: Visit, shown: Sequence[Block], words: str) -> str:
    """How often the words asked for stand on this page."""
    if not words:
        return ""
    number = sum(block.marked for block in shown)
    if not number:
        return visit.interface.say("“%(words)s” is not on this page.", words=words[:60])
    return visit.interface.plural(
        "“%(words)s”: found %(number)s time on this page.",
        "“%(words)s”: found %(number)s times on this page.",
        number,
        words=words[:60],
    )


def next_found(
    visit: Visit, resource: Resource, edition: Edition, number: int, words: str, mark: Marker
) -> Link | None:
    """The next page that holds the words asked for, unless it is far away."""
    if not words:
        return None
    for ahead in range(number + 1, min(edition.pages, number + LOOKED_THROUGH) + 1):
        page = visit.site.catalogue.page(edition.id, ahead)
        if page and mark(page.text, page.language or edition.language):
            shown = visit.interface.say("p. %(page)s", page=visit.interface.number(ahead))
            label = visit.interface.say("Next page with these words, %(page)s", page=shown)
            return Link(label, links.page(resource, edition, ahead, words))
    return None
