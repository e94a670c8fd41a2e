"""What stands around every page, and the answer a page is sent as."""

from __future__ import annotations

from starlette.responses import HTMLResponse, Response

from index.fields import FACETS
from library.web import labels, links
from library.web.i18n import direction
from library.web.links import Asked
from library.web.site import Visit
from library.web.viewmodels import Frame, Link

DESK = "/staff"


def frame(
    visit: Visit,
    title: str = "",
    *,
    description: str = "",
    canonical: str = "",
    asked: Asked | None = None,
    words: str = "",
    robots: str = "",
    sheets: tuple[str, ...] = (),
) -> Frame:
    """title: of the page, which the library's name follows. asked: the search this page shows.
    sheets: the style sheets it needs beside the one that every page has."""
    site, interface = visit.site, visit.interface
    name = site.settings.called(interface.language)
    return Frame(
        title=f"{title} · {name}" if title else name,
        name=name,
        language=interface.language,
        direction=interface.direction,
        home="/",
        search=links.SEARCH,
        sheets=tuple(site.pages.address(sheet) for sheet in ("site.css", *sheets)),
        icon=site.pages.address("icon.svg"),
        script=site.pages.address("suggest.js"),
        feed=links.url_of(asked, "/feed.atom") if asked else "/feed.atom",
        opensearch="/opensearch.xml",
        manifest=links.manifest(interface.language),
        list=site.pages.address("list.js"),
        languages=tuple(
            Link(
                label=other.name,
                url=links.language(other.language, canonical if asked else visit.path),
                language=other.language,
                direction=direction(other.language),
            )
            for other in site.interfaces.values()
            if other.language != interface.language
        ),
        ways=ways(visit),
        description=description,
        canonical=f"{visit.base}{canonical}" if canonical else "",
        words=asked.words if asked else words,
        robots=robots,
        spoken=interface.name,
        enter=enter(visit),
    )


def enter(visit: Visit) -> Link | None:
    """The way in for staff; none from the desk itself."""
    path = visit.request.url.path
    if path == DESK or path.startswith(f"{DESK}/"):
        return None
    return Link(visit.interface.say("Sign in"), DESK)


def ways(visit: Visit) -> tuple[Link, ...]:
    """The browse pages and what the library is."""
    here = visit.request.url.path
    made = [
        Link(
            labels.facet_name(facet.name, visit.interface),
            links.browse(facet.name),
            current=here == links.browse(facet.name),
        )
        for facet in FACETS
        if facet.head
    ]
    say = visit.interface.say
    educators = Link(say("For educators"), links.EDUCATORS, current=here == links.EDUCATORS)
    about = Link(say("About"), "/about", current=here == "/about")
    return (*made, educators, about)


def answer(visit: Visit, template: str, page: object, status: int = 200) -> Response:
    """The page, in the reader's language."""
    text = visit.site.pages.render(template, page, visit.interface)
    return HTMLResponse(text, status, headers={"Content-Language": visit.interface.language})
