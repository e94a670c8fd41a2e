"""The house style on one page, for those who work on the site: on their own computer only."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from library.web import links
from library.web.frame import answer, frame, ways
from library.web.parts.blocks import pieces
from library.web.parts.cards import Card, Excerpt
from library.web.site import visit_of
from library.web.viewmodels import Frame, Link

HERE = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class StylePage:
    frame: Frame
    ways: tuple[Link, ...]
    card: Card


def style(request: Request) -> Response:
    """404 wherever the site has a public address, or is asked for by another name than this
    computer's own."""
    visit = visit_of(request)
    if visit.site.settings.base_url or request.url.hostname not in HERE:
        raise HTTPException(404)
    text = "The excerpt of the page that answers best, with the words that do."
    words = Excerpt(links.SEARCH, "p. 12", pieces(text, [(4, 11)]), "en", "ltr")
    shown = Card(
        url=links.SEARCH,
        title="A work in a list of results",
        language="en",
        direction="ltr",
        kind="Kind",
        year="2026",
        best=words,
        rest=(words,),
        rest_label="1 more page",
        facts=("12 pages", "text only 20 KB", "PDF 300 KB"),
    )
    made = frame(visit, "House style", robots="noindex", sheets=("front.css", "read.css"))
    return answer(visit, "style.html", StylePage(made, ways(visit), shown))


ROUTES = [
    Route("/about/style", style),
]
