"""One page of an edition at a time: its words as HTML, and its picture when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from index.query import Everything, Node
from index.results import Span
from index.text.excerpts import marks
from library.core.formats import PICTURED
from library.core.resource import Edition, Page, Resource
from library.web import labels, links
from library.web.frame import answer, frame
from library.web.freshness import fresh
from library.web.i18n import direction, own_name
from library.web.links import Sought
from library.web.pages.resource import ContentsLine, contents_of, resource_of
from library.web.parts import matches, passing, status
from library.web.parts.blocks import Around, Block, Marker, Note, blocks
from library.web.parts.cards import in_order, shortened
from library.web.parts.landing import Landing, landing
from library.web.parts.matches import Walk, Within, last_page
from library.web.parts.session_facts import session_facts
from library.web.site import Visit, visit_of
from library.web.usage import count
from library.web.viewmodels import Frame, Link

PDF = "application/pdf"
DESCRIBED = 400  # characters of a page from which it is described to lists of other sites


@dataclass(frozen=True, slots=True)
class Jump:
    """The form that goes to a page by its number."""

    action: str
    value: int
    kept: tuple[tuple[str, str], ...] = ()  # hidden fields


@dataclass(frozen=True, slots=True)
class ReaderPage:
    frame: Frame
    title: str
    resource: str
    foreign: bool  # whether it is not in the language of the page around it
    cited: str  # what a print of it must say: title, who made it, address, licence, the question
    here: str  # the page, in few letters
    language: str
    direction: str
    spoken: str  # on this page: now and then not the edition's language
    facing: str
    position: str
    printed: str
    blocks: tuple[Block, ...]
    footnotes: tuple[Note, ...]
    before: Link | None  # where the first paragraph begins
    after: Link | None  # where the last one goes on
    previous: Link | None
    next: Link | None
    jump: Jump
    contents: tuple[ContentsLine, ...]
    editions: tuple[Link, ...]
    original: Link | None
    picture: str
    picture_label: str
    picture_link: Link | None
    ways: tuple[Link, ...]  # as one page
    report: str  # where a mistake on it is reported
    session: tuple[str, ...]  # what a session with it takes
    without: Link | None  # back from words marked to the plain page
    notes: tuple[str, ...] = ()
    found: str = ""
    walk: Walk | None = None  # among the matches of the words asked for
    within: Within | None = None


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
    return RedirectResponse(links.page(resource, edition, number, sought_of(request)), 303)


def at_of(request: Request) -> int:
    """Which match of the page a reader asks for, counted from 1; 0: the one a result showed."""
    written = request.query_params.get("at", "0")
    return int(written) if written.isdecimal() and 0 < len(written) < 6 else 0


def sought_of(request: Request) -> Sought:
    """What is to be marked."""
    given = request.query_params
    words = " ".join(given.get("q", "").split())[: links.LONGEST_MARKED]
    return Sought(words, given.get("exact") == "1")


def read(request: Request) -> Response:
    visit = visit_of(request)
    resource = resource_of(visit)
    edition = edition_of(visit, resource)
    number = request.path_params["page"]
    sought = sought_of(request)
    if resource.slug != request.path_params["slug"]:
        return RedirectResponse(links.page(resource, edition, number, sought), 308)
    if not 1 <= number <= last_page(edition):
        raise HTTPException(404)
    # A page of a partial edition may be missing: then its picture is all there is.
    page = visit.site.catalogue.page(edition.id, number) or Page(number, "")
    count(visit, "read", resource, edition)
    return answer(visit, "reader.html", reader_page(visit, resource, edition, page, sought))


def reader_page(
    visit: Visit, resource: Resource, edition: Edition, page: Page, sought: Sought
) -> ReaderPage:
    interface, last = visit.interface, last_page(edition)
    picture = edition.media_type in PICTURED and visit.request.query_params.get("picture") == "1"
    number = interface.number(page.number)
    tree = tree_of(visit, sought)
    spoken = page.language or edition.language
    mark = marker(visit, tree)
    around = neighbours(visit, edition, page)
    shown, footnotes = blocks(page, spoken, mark, direction, around, 0)
    languages = (spoken,) if spoken else visit.site.settings.languages
    asked = links.understood(
        sought.words, visit.site.vocabularies, exact=sought.exact, unread=()
    ).tree
    place = links.place_of(visit.request.query_params.get("shown", ""))
    led = (
        landing(shown, footnotes, page.text, tree, asked, languages, place) if sought else Landing()
    )
    wanted = at_of(visit.request)
    at = min(wanted or led.at(), max(1, len(led.matches)))
    if led.led:
        current = led.mark(at) if wanted else led.led
        shown, footnotes = blocks(page, spoken, mark, direction, around, current)
    marked = sum(block.marked for block in shown) + sum(note.marked for note in footnotes)
    hits = matches.matches(visit, resource, edition, sought)
    before, after = over(visit, resource, edition, page, around, sought)
    title = interface.say("p. %(page)s", page=number)
    return ReaderPage(
        frame=frame(
            visit,
            f"{title} · {edition.title}",
            description=""
            if sought or picture
            else shortened(" ".join(page.text[:DESCRIBED].split()), 160),
            canonical=links.page(resource, edition, page.number),
            words=sought.words,
            robots="noindex" if sought or picture else "",
            sheets=("read.css",),
        ),
        title=edition.title,
        resource=links.resource(resource.slug, edition.language),
        foreign=edition.language != interface.language,
        cited=cited(visit, resource, edition, page.number, sought),
        here=f"{number} / {interface.number(last)}",
        language=edition.language,
        direction=direction(edition.language),
        spoken=spoken,
        facing=direction(spoken),
        position=interface.say(
            "Page %(page)s of %(last)s", page=number, last=interface.number(last)
        ),
        printed=printed(visit, page),
        blocks=tuple(shown),
        footnotes=tuple(footnotes),
        before=before,
        after=after,
        previous=turn(
            visit, resource, edition, page.number - 1, interface.say("Previous"), sought, picture
        ),
        next=turn(
            visit, resource, edition, page.number + 1, interface.say("Next"), sought, picture
        ),
        jump=Jump(
            links.edition(resource, edition),
            page.number,
            tuple(links.parameters_of_sought(sought)),
        ),
        contents=contents_of(visit, resource, edition, page.number, sought),
        editions=others(visit, resource, edition, page.number, sought),
        original=original(visit, edition, page.number),
        picture=links.picture(resource, edition, page.number) if picture else "",
        picture_label=interface.say(
            "Picture of page %(page)s of “%(title)s”", page=number, title=edition.title
        ),
        picture_link=picture_link(visit, resource, edition, page.number, sought, picture),
        ways=passing.reader_ways(visit, resource, edition, page.number),
        report=links.report(resource, edition, page.number),
        session=session_facts(visit, resource),
        without=Link(interface.say("Without the marks"), links.page(resource, edition, page.number))
        if sought
        else None,
        notes=(
            *(notice.text for notice in status.notices(visit, resource)),
            *notes(visit, edition, page, bool(shown)),
        ),
        found=found(visit, marked, sought),
        walk=matches.walk(
            visit, resource, edition, sought, page.number, at, len(led.matches), hits
        ),
        within=matches.within(visit, resource, edition, sought),
    )


def cited(visit: Visit, resource: Resource, edition: Edition, number: int, sought: Sought) -> str:
    """Where a print of the page is from: who made the document, its licence, its address, and the
    question that it was printed for."""
    say = visit.interface.say
    parts = (
        visit.interface.listed(edition.authors) or resource.publisher,
        str(edition.date.year) if edition.date else labels.year(resource),
        edition.rights,
        visit.base + links.page(resource, edition, number),
        say("Searched for: %(words)s", words=sought.words) if sought else "",
    )
    return " · ".join(filter(None, parts))


def tree_of(visit: Visit, sought: Sought) -> Node:
    """What the words sought ask for."""
    return links.tree_of(sought.words, visit.site.vocabularies, exact=sought.exact)


def marker(visit: Visit, tree: Node) -> Marker:
    """Marks the words of a question in a text by the rules of its language, or of all there are."""
    languages = visit.site.settings.languages

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
    sought: Sought,
    picture: bool,
) -> Link | None:
    """A link to another page of the edition, read in the same way."""
    if not 1 <= number <= last_page(edition):
        return None
    page = visit.interface.say("p. %(page)s", page=visit.interface.number(number))
    more = {"picture": "1"} if picture else {}
    return Link(label, links.page(resource, edition, number, sought, **more), hint=page)


def neighbours(visit: Visit, edition: Edition, page: Page) -> Around:
    """The other part of what goes on from the page before, and of what goes on on the next."""

    def text(number: int, flag: str) -> str:
        other = visit.site.catalogue.page(edition.id, number)
        read = other.blocks if other and other.layout else ()
        return next((b.text for b in read if getattr(b, flag) and b.kind != "note"), "")

    continued = any(block.continued for block in page.blocks if block.kind != "note")
    continues = any(block.continues for block in page.blocks if block.kind != "note")
    return Around(
        text(page.number - 1, "continues") if continued else "",
        text(page.number + 1, "continued") if continues else "",
    )


def over(
    visit: Visit, resource: Resource, edition: Edition, page: Page, around: Around, sought: Sought
) -> tuple[Link | None, Link | None]:
    """To the other parts of what goes on from the page before and on the next one."""
    say, number = visit.interface.say, visit.interface.number

    def url(other: int, place: str) -> str:
        return f"{links.page(resource, edition, other, sought)}#{place}"

    last, following = page.number - 1, page.number + 1
    shown = [say("p. %(page)s", page=number(other)) for other in (last, following)]

    def link(label: str, address: str) -> Link:
        mine = visit.interface
        return Link(label, address, language=mine.language, direction=mine.direction)

    return (
        link(say("Continued from %(page)s", page=shown[0]), url(last, "onwards"))
        if around.before
        else None,
        link(say("Continued on %(page)s", page=shown[1]), url(following, "continued"))
        if around.after
        else None,
    )


def printed(visit: Visit, page: Page) -> str:
    if not page.label or page.label == str(page.number):
        return ""
    return visit.interface.say("printed as %(label)s", label=page.label)


def others(
    visit: Visit, resource: Resource, edition: Edition, number: int, sought: Sought
) -> tuple[Link, ...]:
    """The same page in the other editions, or their last one."""
    return tuple(
        Link(
            own_name(other.language),
            links.page(resource, other, min(number, last_page(other)), sought),
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
    visit: Visit, resource: Resource, edition: Edition, number: int, sought: Sought, shown: bool
) -> Link | None:
    if edition.media_type not in PICTURED:
        return None
    if shown:
        plain = links.page(resource, edition, number, sought)
        return Link(visit.interface.say("Only the words"), plain)
    url = links.page(resource, edition, number, sought, picture="1")
    return Link(visit.interface.say("Show the page as a picture"), url)


def notes(visit: Visit, edition: Edition, page: Page, readable: bool) -> tuple[str, ...]:
    say = visit.interface.say
    if not readable and page.number > edition.pages:
        return (say("This page could not be read."),)
    if not readable:
        return (say("This page has no words that could be read: it may be a picture, or empty."),)
    if page.scanned:
        return (say("This page was scanned; words may be wrong. Compare with the picture."),)
    if page.score < labels.POOR:
        return (say("This page was hard to read; words may be wrong. Compare with the picture."),)
    if edition.unread and page.number == 1:
        return (labels.unread(edition, visit.interface),)
    return ()


def found(visit: Visit, number: int, sought: Sought) -> str:
    """How often the words asked for stand on this page."""
    if not sought:
        return ""
    if not number:
        return visit.interface.say("“%(words)s” is not on this page.", words=sought.words[:60])
    return visit.interface.plural(
        "“%(words)s”: found %(number)s time on this page.",
        "“%(words)s”: found %(number)s times on this page.",
        number,
        words=sought.words[:60],
    )


ROUTES = [
    Route("/resources/{slug}/{language}/{page:int}", fresh(read)),
]
