"""Quote from a page: a passage with who wrote it, where it stands and a link back to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from library.core.resource import Edition, Page, Resource
from library.web import labels, links, passing_links
from library.web.frame import answer, frame
from library.web.freshness import fresh
from library.web.i18n import direction
from library.web.pages.reader import edition_of
from library.web.pages.resource import resource_of
from library.web.parts.matches import last_page
from library.web.site import Visit, visit_of
from library.web.viewmodels import Frame, Link

QUOTED = frozenset(("paragraph", "item", "quote", "note", "code"))
SHORTEST = 12  # characters of a passage that can be chosen from the list
LONGEST = 2000  # of words that are quoted
LISTED = 200  # passages of one page


@dataclass(frozen=True, slots=True)
class Passage:
    number: int
    text: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class QuotePage:
    frame: Frame
    title: str
    language: str
    direction: str
    place: str
    spoken: str
    facing: str
    action: str
    passages: tuple[Passage, ...]
    longest: int
    quoted: str  # ready for a letter
    rows: int
    lead: str  # the link back to the words
    refused: str  # that words are not on the page
    script: str
    back: Link


def quote(request: Request) -> Response:
    visit = visit_of(request)
    resource = resource_of(visit)
    edition = edition_of(visit, resource)
    number = request.path_params["page"]
    if resource.slug != request.path_params["slug"]:
        return RedirectResponse(passing_links.quote_from(resource, edition, number), 308)
    if not 1 <= number <= last_page(edition):
        raise HTTPException(404)
    page = visit.site.catalogue.page(edition.id, number) or Page(number, "")
    say = visit.interface.say
    passages = passages_of(page)
    chosen, words, refused = chosen_of(request, page, passages)
    spoken = page.language or edition.language
    address = links.at_words(
        f"{visit.base}{passing_links.short(resource, edition, number)}", _beginning(words)
    )
    quoted = quotation(visit, resource, edition, page, words, address) if words else ""
    made = QuotePage(
        frame=frame(
            visit,
            f"{say('Quote from this page')} · {edition.title}",
            canonical=links.page(resource, edition, number),
            robots="noindex",
            sheets=("read.css",),
        ),
        title=edition.title,
        language=edition.language,
        direction=direction(edition.language),
        place=labels.page(number, page.label, visit.interface),
        spoken=spoken,
        facing=direction(spoken),
        action=passing_links.quote_from(resource, edition, number),
        passages=tuple(
            Passage(place, text, chosen=place == chosen) for place, text in enumerate(passages, 1)
        ),
        longest=LONGEST,
        quoted=quoted,
        rows=quoted.count("\n") + 1 + len(quoted) // 45,
        lead=address if words else "",
        refused=say("These words do not stand on this page; choose a passage.") if refused else "",
        script=visit.site.pages.address("pass.js"),
        back=Link(say("Back to the page"), links.page(resource, edition, number)),
    )
    return answer(visit, "quote.html", made)


def passages_of(page: Page) -> list[str]:
    """What can be chosen: the paragraphs of a page, items and quotes of it too."""
    if page.blocks:
        found = [plainly(block.text, page) for block in page.blocks if block.kind in QUOTED]
    else:
        found = [plainly(part, page) for part in re.split(r"\n\s*\n", page.text)]
    return [text for text in found if len(text) >= SHORTEST][:LISTED]


def plainly(text: str, page: Page) -> str:
    """Text without what leads to the notes of its page."""
    for block in page.blocks:
        if block.kind == "note" and block.marker:
            text = text.replace(f"[{block.marker}]", "")
    return " ".join(text.split())


def chosen_of(request: Request, page: Page, passages: list[str]) -> tuple[int, str, bool]:
    """Which passage is asked for, its words, and whether words were asked for that are not there.

    Words that somebody marked go before the passage chosen; only words of the page are quoted.
    """
    given = request.query_params
    words = plainly(given.get("words", "")[: 2 * LONGEST], page)[:LONGEST]
    whole = plainly(page.text, page) + "\n" + "\n".join(passages)
    if words and words in whole:
        return 0, words, False
    place = given.get("passage", "")
    number = int(place) if place.isdecimal() and len(place) < 5 else 0
    if 1 <= number <= len(passages):
        return number, passages[number - 1][:LONGEST], False
    return 0, "", bool(words)


def _beginning(words: str) -> str:
    """The first sentence, which a link leads back to."""
    return re.split(r"(?<=[.!?؟।])\s", words, maxsplit=1)[0]


def quotation(
    visit: Visit, resource: Resource, edition: Edition, page: Page, words: str, address: str
) -> str:
    """The words with all that a letter has to say of them."""
    interface = visit.interface
    said = (
        interface.listed(edition.authors) or resource.publisher,
        edition.title,
        str(edition.date.year) if edition.date else labels.year(resource),
        labels.page(page.number, page.label, interface),
    )
    source = interface.listed([part for part in said if part])
    quoted = interface.say("“%(words)s”", words=words)
    return f"{quoted}\n— {source}\n{address}"


ROUTES = [
    Route("/resources/{slug}/{language}/{page:int}/quote", fresh(quote)),
]
