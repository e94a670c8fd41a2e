"""What the library holds, whatever its status, and one resource of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from index.fields import FACETS, NOT_STATED
from library.catalogue.changes import history
from library.catalogue.provenance import imports
from library.catalogue.resources import collections as catalogue_collections
from library.catalogue.resources import listing, queries, status
from library.core.errors import Changed, UsageError
from library.core.resource import READABLE, Collection, Resource, Standing, Status
from library.web import labels as site_wording
from library.web import links
from library.web.i18n import direction, own_name
from library.web.staff import labels
from library.web.staff.access import at_desk
from library.web.staff.changes.page import rows
from library.web.staff.desk import Desk, done
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.frame import moment as said_at
from library.web.staff.links import (
    COLLECTIONS,
    FOREIGN,
    MANY,
    SHELF,
    collection_of,
    cover_of,
    files_of,
    history_of,
    series_of,
    sheet,
    words_of,
    work,
)
from library.web.staff.notices import saved
from library.web.staff.pagination import number_of, paging
from library.web.staff.reindex import follow
from library.web.staff.resources.edit_viewmodels import KnownList
from library.web.staff.resources.elsewhere import elsewhere
from library.web.staff.resources.filters import Looked, in_texts, looked
from library.web.staff.resources.viewmodels import (
    EditionRow,
    Held,
    ShelfField,
    ShelfPage,
    StandingForm,
    StatusRow,
    WorkPage,
)
from library.web.staff.viewmodels import Option
from library.web.viewmodels import Link

SIZE = 50
LISTED = 400  # a scheme with more concepts than this is not sent as a list
LATEST = 20  # changes shown on the page of a resource


def shelf(desk: Desk) -> Response:
    """Resources that answer a question, to be opened, or chosen and changed together."""
    asked = looked(desk, desk.request.query_params.multi_items())
    question, searched = in_texts(desk, asked)
    number = number_of(desk)
    with desk.site.catalogue.snapshot() as snapshot:
        listed = snapshot.ask(listing.held, question, first=(number - 1) * SIZE, limit=SIZE)
        counted = snapshot.ask(listing.by_status)
        collections = snapshot.ask(catalogue_collections.held)
    interface, say = desk.interface, desk.interface.say
    heading = say("Resources")
    page = ShelfPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=_faults(desk, asked, searched)),
        heading=heading,
        action=SHELF,
        words=asked.question.words,
        texts=asked.written("q"),
        statuses=(
            Option("", say("every status"), question.status is None),
            *(
                Option(
                    state,
                    f"{labels.status(state, interface)} ({counted.get(state, 0)})",
                    state is question.status,
                )
                for state in Status
            ),
        ),
        fields=tuple(_fields(desk, asked, collections)),
        lists=known_lists(desk),
        narrowed=any(name not in ("words", "q", "status") for name, _ in asked.parameters),
        count=interface.plural("%(number)s resource", "%(number)s resources", listed.total),
        held=tuple(held(desk, resource) for resource in listed.resources),
        many=MANY,
        search=asked.search,
        every=interface.plural(
            "the %(number)s that this search finds",
            "all %(number)s that this search finds",
            listed.total,
        ),
        downloads=tuple(
            Link(label, asked.url(f"{SHELF}.{ending}"))
            for ending, label in (("csv", say("As a table (CSV)")), ("json", say("As JSON")))
        ),
        paging=paging(desk, number, listed.total, SIZE, lambda page: asked.url(page=str(page))),
    )
    return shown(desk, "staff/shelf.html", page)


def _fields(desk: Desk, asked: Looked, collections: Sequence[Collection]) -> Iterator[ShelfField]:
    """The ways to narrow beside words and status."""
    say = desk.interface.say
    for facet in FACETS:
        name, label = facet.name, site_wording.facet_name(facet.name, desk.interface)
        if facet.filed and not facet.about:
            ids = (*desk.site.vocabularies.order(name), NOT_STATED)
            yield _choice(asked, name, label, [(id_, desk.visit.label(name, id_)) for id_ in ids])
        elif name == "language":
            codes = (*desk.site.settings.languages, NOT_STATED)
            named = [(code, desk.visit.label(name, code)) for code in codes]
            yield _choice(asked, name, label, named)
        else:
            yield ShelfField(name, label, "text", asked.written(name), known=f"known-{name}")
    yield ShelfField("from", say("Year, from"), "text", asked.written("from"))
    yield ShelfField("to", say("Year, to"), "text", asked.written("to"))
    yield ShelfField("since", say("Added since"), "date", asked.written("since"))
    yield ShelfField("until", say("Added until"), "date", asked.written("until"))
    inside = [(collection.slug, collection.title) for collection in collections]
    yield _choice(asked, "collection", say("In the collection"), inside)
    yield ShelfField("series", say("Of the series"), "text", asked.written("series"))


def _choice(asked: Looked, name: str, label: str, values: Sequence[tuple[str, str]]) -> ShelfField:
    written = asked.written(name)
    known = [*values, *([(written, written)] if written not in {v for v, _ in values} else [])]
    options = (Option("", "–", not written), *(
        Option(value, shown_as, value == written) for value, shown_as in known if value
    ))  # fmt: skip
    return ShelfField(name, label, "choice", written, options=options)


def _faults(desk: Desk, asked: Looked, searched: bool) -> str:
    say = desk.interface.say
    faults = [
        say(
            "“%(value)s” is not known under “%(field)s”, and was left out.",
            value=value,
            field=labels.field(name, desk.interface),
        )
        for name, value in asked.faults
    ]
    if not searched:
        faults.append(say("Words in the texts cannot be searched just now."))
    return " ".join(faults)


def held(desk: Desk, resource: Resource) -> Held:
    """A resource as one line of a list."""
    return Held(
        id=resource.id,
        link=called(desk, resource),
        status=labels.status(resource.status, desk.interface),
        facts=(
            *(own_name(language) for language in resource.languages),
            resource.edition(desk.interface.language, *desk.site.settings.languages).filename,
            said_at(resource.changed, desk.interface),
        ),
    )


def called(desk: Desk, resource: Resource) -> Link:
    """A resource by its title, with its place at the desk."""
    main = resource.edition(desk.interface.language, *desk.site.settings.languages)
    return Link(
        main.title or main.filename,
        work(resource.id),
        language=main.language,
        direction=direction(main.language),
    )


def known_lists(desk: Desk) -> tuple[KnownList, ...]:
    """The concepts of each facet of many values, in the language of whoever writes."""
    vocabularies = desk.site.vocabularies
    return tuple(
        KnownList(
            f"known-{facet.name}",
            tuple(desk.visit.label(facet.name, id_) for id_ in vocabularies.offered(facet.name)),
        )
        for facet in FACETS
        if facet.filed and not facet.single
        if len(vocabularies.offered(facet.name)) <= LISTED
    )


def resource_of(desk: Desk) -> Resource:
    """The resource an address of the desk names. Raises 404."""
    id_ = desk.request.path_params["id"]
    resource = desk.site.catalogue.resource(id_, public=False)
    if resource is None:
        raise HTTPException(404)
    return resource


def one(desk: Desk) -> Response:
    return page_of(desk, resource_of(desk))


def put(desk: Desk) -> Response:
    """Let a resource stand as its form says, at once for readers."""
    resource = resource_of(desk)
    say = desk.interface.say
    try:
        wanted = standing_of(desk)
    except UsageError:
        return page_of(
            desk, resource, say("This could not be understood: look at the fields again.")
        )
    try:
        with desk.site.catalogue.write() as writer:
            status.put(writer, resource.id, wanted, by=desk.user.name, version=version_of(desk))
    except Changed:
        problem = say(
            "Somebody else changed this meanwhile: see below what. Your own words are still here; "
            "look at both, and save once more."
        )
        return page_of(desk, resource_of(desk), problem, status=409)
    except UsageError:
        return page_of(desk, resource, wrong(desk, wanted))
    follow(desk, resource.id)
    published = wanted.status is Status.PUBLISHED is not resource.status
    return done(work(resource.id), "published" if published else saved(wanted.status))


def standing_of(desk: Desk) -> Standing:
    """What the form says. Raises UsageError."""
    status = _status(desk.one("status"))
    year = desk.one("law_year").strip()
    if status is None or (year and not (year.isdecimal() and len(year) == 4)):
        raise UsageError("form")
    successor = ""
    if status is Status.SUPERSEDED:
        successor = (
            desk.site.catalogue.ask(queries.resource_named, key_of(desk.one("successor"))) or ""
        )
    return Standing(
        status=status,
        until=desk.one("until").strip(),
        reason=desk.one("reason"),
        successor=successor,
        review_by=desk.one("review_by").strip(),
        law_year=int(year) if year else None,
    )


def key_of(written: str) -> str:
    """What names a resource in an address copied from the browser, or as it is written."""
    parts = written.strip().partition("?")[0].rstrip("/").split("/")
    if "resources" in parts[:-1]:
        return unquote(parts[parts.index("resources") + 1])
    return written.strip()


def wrong(desk: Desk, wanted: Standing) -> str:
    say = desk.interface.say
    return {
        Status.WITHDRAWN: say("Readers are told why it was withdrawn: write a reason."),
        Status.EMBARGOED: say("An embargo needs a future day."),
        Status.SUPERSEDED: say(
            "Name the resource that took its place, by its address; it must not lead back here."
        ),
    }.get(wanted.status, say("This could not be understood: look at the fields again."))


def version_of(desk: Desk) -> int:
    """The last change that whoever sent a form had seen; -1 where it does not say."""
    written = desk.one("version")
    return int(written) if written.isdecimal() and len(written) < 15 else -1


def _status(written: str) -> Status | None:
    return Status(written) if written in set(Status) else None


def page_of(desk: Desk, resource: Resource, problem: str = "", status: int = 422) -> Response:
    """The page of a resource, with what was wrong with what was asked, if anything."""
    catalogue = desk.site.catalogue
    with catalogue.snapshot() as snapshot:
        subjects = snapshot.ask(queries.names_of, resource.id)
        changes = snapshot.ask(history.entries, LATEST, subjects=subjects)
        version = snapshot.ask(history.last, resource.id)
        collections = snapshot.ask(catalogue_collections.held)
        records = snapshot.ask(imports.of, [edition.id for edition in resource.editions])
    inside = [collection for collection in collections if resource.id in collection.resources]
    main = resource.edition(desk.interface.language, *desk.site.settings.languages)
    heading = main.title or main.filename
    page = WorkPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        language=main.language,
        direction=direction(main.language),
        status=labels.status(resource.status, desk.interface),
        public=Link(desk.interface.say("As readers see it"), links.resource(resource.slug))
        if resource.status in READABLE
        else None,
        files=tuple(
            EditionRow(
                edition.id,
                Link(
                    f"{own_name(edition.language) if edition.language else '?'}: {edition.title} "
                    f"({edition.filename})",
                    sheet(resource.id, edition.id, 1),
                ),
                f"{work(resource.id)}/part" if len(resource.editions) > 1 else "",
            )
            for edition in resource.editions
        ),
        edit=Link(desk.interface.say("Correct what is said of it"), words_of(resource.id)),
        collections=tuple(
            Link(collection.title, collection_of(collection.slug), hint=collection.slug)
            for collection in inside
        ),
        others=tuple(
            Option(collection.slug, collection.title)
            for collection in collections
            if collection not in inside
        ),
        collect=f"{work(resource.id)}/collections",
        collecting=COLLECTIONS,
        series=Link(
            desk.interface.say("Order of the series “%(series)s”", series=resource.series),
            series_of(resource.series),
        )
        if resource.series
        else None,
        more=(
            Link(desk.interface.say("Files: replace one, bring one back"), files_of(resource.id)),
            Link(desk.interface.say("Choose its picture"), cover_of(resource.id)),
        ),
        standing=_form(desk, resource, version, bool(problem)),
        elsewhere=tuple(elsewhere(desk, record) for record in records),
        foreign=Link(desk.interface.say("Words of other libraries"), FOREIGN),
        changes=rows(desk, changes),
        history=Link(desk.interface.say("All changes of this resource"), history_of(resource.id)),
    )
    return shown(desk, "staff/work.html", page, status if problem else 200)


def _form(desk: Desk, resource: Resource, version: int, again: bool) -> StandingForm:
    """As it is, or as it was just written and could not be kept."""
    standing = resource.standing
    successor = desk.site.catalogue.resource(standing.successor, public=False)
    values = {
        "status": str(standing.status),
        "until": standing.until,
        "reason": standing.reason,
        "successor": successor.slug if successor else "",
        "review_by": standing.review_by,
        "law_year": str(standing.law_year or ""),
    }
    if again:
        values = {name: desk.one(name) for name in values}
    current = resource.status
    return StandingForm(
        says=labels.means(current, desk.interface),
        publish=not again and current not in READABLE and current is not Status.WITHDRAWN,
        unfolded=again,
        action=f"{work(resource.id)}/standing",
        version=str(version),
        statuses=tuple(
            StatusRow(
                state,
                labels.status(state, desk.interface),
                labels.means(state, desk.interface),
                state == values["status"],
                until=values["until"] if state is Status.EMBARGOED else None,
                successor=values["successor"] if state is Status.SUPERSEDED else None,
                reason=values["reason"] if state is Status.WITHDRAWN else None,
            )
            for state in Status
        ),
        review_by=values["review_by"],
        law_year=values["law_year"],
    )


ROUTES = [
    at_desk(SHELF, get=shelf),
    at_desk(f"{SHELF}/{{id}}", get=one),
    at_desk(f"{SHELF}/{{id}}/standing", post=put),
]
