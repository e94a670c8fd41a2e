"""What people searched for and did not find, and the concepts that may answer it from now on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from urllib.parse import urlencode

from babel.dates import format_date
from starlette.exceptions import HTTPException
from starlette.responses import Response

from index.fields import ABOUT
from library.catalogue.curation import concepts
from library.catalogue.statistics import failed_searches
from library.catalogue.statistics.failed_searches import Unanswered
from library.core.errors import UsageError
from library.vocabularies import EDITABLE, Scheme, edits
from library.vocabularies.rules import LANGUAGE, Broken, clean
from library.web import labels
from library.web.i18n import day_pattern, direction, own_name
from library.web.staff import concept_labels
from library.web.staff.access import at_desk
from library.web.staff.desk import Desk, done
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import VOCABULARIES, concept_of, scheme_of
from library.web.staff.viewmodels import Option
from library.web.staff.vocabularies.concept import curate
from library.web.staff.vocabularies.page import SEARCHES
from library.web.staff.vocabularies.viewmodels import MissedPage, MissedRow
from library.web.viewmodels import Link

LOOKED_AT = 2000
SHOWN = 30
NEAR = 4
MOST_KNOWN = 400


def page(desk: Desk) -> Response:
    return _page(desk)


def answer(desk: Desk) -> Response:
    """Add words to a concept as another label, or leave them."""
    words, language = clean(desk.one("words")), desk.one("of")
    if not words:
        raise HTTPException(422)
    if desk.one("do") == "leave":
        with desk.site.catalogue.write() as writer:
            writer.ask(failed_searches.pass_over, words, language, by=desk.user.name)
        return done(SEARCHES, "left")
    say, facet, to = desk.interface.say, desk.one("facet"), desk.one("language")
    if facet not in EDITABLE or not LANGUAGE.fullmatch(to):
        raise HTTPException(422)
    named = clean(desk.one("concept"))
    id_ = desk.site.vocabularies.find(facet, named)
    if id_ is None:
        return _page(desk, say("“%(value)s” is not known under “%(field)s”: nothing was saved.",
                               value=named, field=labels.facet_name(facet, desk.interface)))  # fmt: skip  # noqa: E501
    chosen, hidden = id_, desk.one("how") == "hidden"

    def change(now: Scheme) -> Scheme:
        concept = now.concepts.get(chosen)
        if concept is None:
            raise UsageError("concept missing", facet=facet, id=chosen)
        labelled = edits.labelled(concept, to, words, hidden=hidden)
        return edits.edited(now, labelled, silent=chosen in now.silent)

    try:
        curate(desk, facet, change, concepts.EDITED, chosen)
    except Broken as wrong:
        return _page(desk, concept_labels.broken(desk.visit, facet, wrong))
    except UsageError:
        return _page(desk, say("Choose another concept."))
    return done(SEARCHES, "labelled")


def _page(desk: Desk, problem: str = "") -> Response:
    say, vocabularies = desk.interface.say, desk.site.vocabularies
    with desk.site.catalogue.snapshot() as snapshot:
        searches = snapshot.ask(failed_searches.listed, "missed", LOOKED_AT)
        left = snapshot.ask(failed_searches.passed_over)
    # What a concept answers since is no gap of the vocabulary any more.
    open_ = [
        search
        for search in searches
        if (search.words, search.language) not in left
        and not vocabularies.named(search.words, alone=True)
    ]
    heading = say("What people searched for and did not find")
    made = MissedPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        back=Link(say("Vocabularies"), VOCABULARIES),
        action=SEARCHES,
        rows=tuple(_row(desk, search) for search in open_[:SHOWN]),
        known=known(desk),
    )
    return shown(desk, "staff/missed.html", made, 422 if problem else 200)


def _row(desk: Desk, search: Unanswered) -> MissedRow:
    say, interface = desk.interface.say, desk.interface
    near = [
        (facet, id_)
        for facet, id_ in desk.site.vocabularies.nearest(search.words)
        if facet in EDITABLE
    ][:NEAR]
    first = near[0] if near else (ABOUT[0], "")
    spoken = dict.fromkeys((*desk.site.settings.languages, search.language))
    chosen = _language(search.words, search.language, spoken)
    pattern = day_pattern("medium", search.last, interface.locale)
    day = format_date(search.last, pattern, locale=interface.locale)
    return MissedRow(
        words=search.words,
        language=chosen,
        direction=direction(chosen),
        site=search.language,
        facts=(
            interface.plural("%(number)s time", "%(number)s times", search.times),
            say("with the site in %(language)s", language=own_name(search.language)),
            say("last on %(day)s", day=day),
        ),
        near=tuple(
            Link(concept_labels.called(desk.visit, f"{facet}/{id_}"), concept_of(facet, id_))
            for facet, id_ in near
        ),
        concept=desk.visit.label(*first) if first[1] else "",
        facets=tuple(
            Option(facet, labels.facet_name(facet, interface), facet == first[0])
            for facet in EDITABLE
        ),
        languages=tuple(Option(to, own_name(to), to == chosen) for to in spoken),
        make=Link(
            say("Make a topic of it"),
            f"{scheme_of(ABOUT[0])}/new?{urlencode({'label': search.words, 'language': chosen})}",
        ),
    )


def _language(words: str, site: str, languages: Iterable[str]) -> str:
    """The language that words are likely in: the site's, unless they are in another script.

    A language that calls itself in a script is written in it.
    """
    script = _script(words)
    spoken = (site, *languages)
    return next((to for to in spoken if script and _script(own_name(to)) == script), site)


def _script(text: str) -> str:
    """The script of the first letter, by its name in Unicode: LATIN, DEVANAGARI, ARABIC."""
    letter = next(filter(str.isalpha, text), "")
    return unicodedata.name(letter, "").partition(" ")[0]


def known(desk: Desk) -> tuple[str, ...]:
    """What may be chosen, in the language of whoever chooses."""
    offered = desk.site.vocabularies.offered
    labels = [
        desk.visit.label(facet, id_)
        for facet in EDITABLE
        if len(offered(facet)) <= MOST_KNOWN
        for id_ in offered(facet)
    ]
    return tuple(dict.fromkeys(labels))


ROUTES = [
    at_desk(SEARCHES, get=page, post=answer),
]
