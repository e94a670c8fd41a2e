"""Many resources at once: chosen from a search, changed by one form, looked at, undone as one.

What is asked is kept until it is confirmed or dropped, so that a preview can be loaded again. It is
worked out anew each time: where it would do something else than what was looked at, it does nothing
and shows what it would do now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.responses import Response

from index.fields import FACET, FILED
from library.batch import Change, Part, Plan, plan
from library.catalogue.changes import pending
from library.catalogue.changes.pending import Pending
from library.catalogue.curation import batch as bulk
from library.catalogue.editions import groups
from library.catalogue.resources import collections as catalogue_collections
from library.catalogue.resources import queries
from library.catalogue.resources.corrections import OF_RESOURCE
from library.core.errors import Changed, InputError, UsageError
from library.core.resource import JSON, Standing, Status
from library.metadata import decide
from library.metadata.staff_statements import DIVIDERS, staff, under
from library.web.staff import labels
from library.web.staff.access import at_desk
from library.web.staff.batch import plans
from library.web.staff.batch.viewmodels import ManyPage, PartField
from library.web.staff.changes.batch_text import change_of
from library.web.staff.desk import Desk, done
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import GROUP, MANY, SHELF, plan_of, whole_of
from library.web.staff.reindex import SOON, follow
from library.web.staff.resources.filters import found, looked
from library.web.staff.resources.page import known_lists, standing_of, wrong
from library.web.staff.viewmodels import Option
from library.web.viewmodels import Link

FACETS = tuple(facet for facet in FILED if not FACET[facet].single)
COLUMNS = tuple(name for name in OF_RESOURCE if name not in FACETS)


class Wrong(Exception):
    """What a form asks makes no sense; says why."""


def page(desk: Desk) -> Response:
    """The form: what is to become of what was chosen on the shelf."""
    asked = desk.request.query_params
    return _form(desk, asked.getlist("pick"), asked.get("all") == "1", asked.get("search", ""))


def ask(desk: Desk) -> Response:
    """Keep what is asked, and show what it would do."""
    picks, every, search = desk.every("pick"), bool(desk.one("all")), desk.one("search")
    ids = chosen(desk, picks, every, search)
    say = desk.interface.say
    try:
        change = _change(desk)
        if not ids:
            raise Wrong(say("Nothing was chosen."))
        if not change:
            raise Wrong(say("Nothing was asked for: choose what is to change."))
        if len(ids) > bulk.MOST:
            raise Wrong(
                say(
                    "These are more than %(number)s: filter the search, and do it in parts.",
                    number=desk.interface.number(bulk.MOST),
                )
            )
        content = {"ids": list(ids), "change": _told(change)}
        with desk.site.catalogue.write() as writer:
            number = writer.ask(pending.put, "change", "", content, by=desk.user.name)
    except Wrong as problem:
        return _form(desk, picks, every, search, str(problem), 422)
    return done(plan_of(number))


def preview(desk: Desk) -> Response:
    return _preview(desk, _kept(desk))


def confirm(desk: Desk) -> Response:
    """Do it, if it would do what was looked at."""
    kept = _kept(desk)
    say = desk.interface.say
    try:
        made = desk.site.catalogue.ask(plan, kept.content["ids"], change_of(kept.content["change"]))
        if made.seal != desk.one("seal"):
            raise Changed("preview outdated")
        details = {"asked": kept.content["change"]}
        # worked out without the lock
        prepared = desk.site.catalogue.ask(bulk.prepare, made.wishes, decide=decide)
        with desk.site.catalogue.write() as writer:
            if not writer.ask(pending.drop, kept.id):
                raise HTTPException(404)
            number = bulk.carry_out(
                writer,
                made.wishes,
                made.placings,
                by=desk.user.name,
                decide=decide,
                languages=desk.site.settings.languages,
                prepared=prepared,
                told=details,
            )
    except (Changed, UsageError):
        return _preview(
            desk,
            kept,
            say("Something was changed meanwhile, and nothing was done. See what it would do now."),
            409,
        )
    follow_many(desk, made)
    return done(whole_of(number), "many")


def drop(desk: Desk) -> Response:
    """What was asked is not wanted."""
    kept = _kept(desk)
    with desk.site.catalogue.write() as writer:
        writer.ask(pending.drop, kept.id)
    return done(SHELF, "dropped")


def follow_many(desk: Desk, made: Plan) -> None:
    """Let the index follow at once where that takes a moment; the worker sees to the rest."""
    ids = [wish.resource for wish in made.wishes]
    if len(ids) <= SOON:
        follow(desk, *ids)


def _kept(desk: Desk) -> Pending:
    kept = desk.site.catalogue.ask(pending.get, desk.request.path_params["number"], "change")
    if kept is None:
        raise HTTPException(404)
    return kept


def chosen(desk: Desk, picks: Sequence[str], every: bool, search: str) -> Sequence[str]:
    """What was ticked on the shelf, or all that its search finds."""
    return found(desk, looked(desk, parse_qsl(search))) if every else list(dict.fromkeys(picks))


def _preview(desk: Desk, kept: Pending, problem: str = "", status: int = 200) -> Response:
    say = desk.interface.say
    try:
        made = desk.site.catalogue.ask(plan, kept.content["ids"], change_of(kept.content["change"]))
    except UsageError:
        made, problem, status = Plan(), say("This collection is not there any more."), 409
    return plans.shown_plan(
        desk,
        made,
        heading=say("What would change"),
        here=plan_of(kept.id),
        back=Link(say("Resources"), SHELF),
        problem=problem,
        status=status,
    )


def _change(desk: Desk) -> Change:
    """What a form asks. Raises Wrong."""
    parts = []
    for name in (*FACETS, *COLUMNS):
        how = desk.one(f"{name}.how")
        if how not in ("add", "take", "set"):
            continue
        text = desk.one(name).strip()
        values = _values(desk, name, text)
        if name in COLUMNS:
            how = "set"
            values = () if desk.one(f"{name}.how") == "take" else values
            if not values and desk.one(f"{name}.how") != "take":
                raise Wrong(_missing(desk, name))
        elif not values and how != "set":
            raise Wrong(_missing(desk, name))
        parts.append(Part(name, how, values))  # type: ignore[arg-type]
    lasts = next((part for part in parts if part.field == "duration" and part.values), None)
    if lasts and all(part.field != "time" for part in parts):
        parts.append(Part("time", "set", under(lasts.values[0], desk.site.vocabularies)))
    return Change(tuple(parts), _stands(desk), *_collection(desk))


def _missing(desk: Desk, name: str) -> str:
    return desk.interface.say(
        "Nothing is written under “%(field)s”.", field=labels.field(name, desk.interface)
    )


def _values(desk: Desk, name: str, text: str) -> tuple[str, ...]:
    parts = DIVIDERS.split(text) if name in FACETS else [text]
    values: list[str] = []
    for part in filter(None, (value.strip() for value in parts)):
        try:
            [statement] = staff({name: part}, desk.site.vocabularies)
        except (InputError, ValueError):
            raise Wrong(
                desk.interface.say(
                    "“%(value)s” is not known under “%(field)s”: nothing was saved.",
                    value=part[:100],
                    field=labels.field(name, desk.interface),
                )
            ) from None
        values += [statement.value] if isinstance(statement.value, str) else statement.value
    return tuple(dict.fromkeys(values))


def _stands(desk: Desk) -> Standing | None:
    if not desk.one("status"):
        return None
    try:
        wanted = standing_of(desk)
    except UsageError:
        wanted = Standing(Status.EMBARGOED)
    embargo = wanted.status is Status.EMBARGOED and not wanted.until
    withdrawal = wanted.status is Status.WITHDRAWN and not wanted.reason.strip()
    if embargo or withdrawal or (wanted.status is Status.SUPERSEDED and not wanted.successor):
        raise Wrong(wrong(desk, wanted))
    return wanted


def _collection(desk: Desk) -> tuple[str, bool]:
    how, slug = desk.one("collection.how"), desk.one("collection")
    if how not in ("add", "take") or not slug:
        return "", False
    with desk.site.catalogue.snapshot() as snapshot:
        if snapshot.ask(catalogue_collections.of, slug) is None:
            raise Wrong(desk.interface.say("This collection is not there any more."))
    return slug, how == "take"


def _told(change: Change) -> JSON:
    return {
        "parts": [asdict(part) for part in change.parts],
        "standing": asdict(change.standing) if change.standing else None,
        "collection": change.collection,
        "take_out": change.take_out,
    }


def _form(
    desk: Desk,
    picks: Sequence[str],
    every: bool,
    search: str,
    problem: str = "",
    status: int = 200,
) -> Response:
    say, interface = desk.interface.say, desk.interface
    ids = chosen(desk, picks, every, search)
    asked = looked(desk, parse_qsl(search))
    with desk.site.catalogue.snapshot() as snapshot:
        collections = snapshot.ask(catalogue_collections.held)
        there = len(ids) if every else len(snapshot.ask(queries.resources, ids, public=False))
    if not there and not problem:
        problem, status = say("Nothing was chosen."), 422
    heading = say("Change many at once")
    made = ManyPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        count=interface.plural(
            "%(number)s resource is chosen.", "%(number)s resources are chosen.", there
        ),
        back=Link(say("Back to the search"), asked.url()),
        action=MANY,
        group=GROUP if 2 <= there <= groups.MOST else "",
        picks=() if every else tuple(ids),
        search=search if every else "",
        parts=tuple(_part(desk, name) for name in (*FACETS, *COLUMNS)),
        statuses=(
            Option("", say("as it is"), not desk.one("status")),
            *(
                Option(status, labels.status(status, interface), status == desk.one("status"))
                for status in Status
            ),
        ),
        until=desk.one("until"),
        reason=desk.one("reason"),
        successor=desk.one("successor"),
        collections=tuple(
            Option(collection.slug, collection.title, collection.slug == desk.one("collection"))
            for collection in collections
        ),
        collection_hows=_hows(
            desk, "collection", ("add", say("put in")), ("take", say("take out"))
        ),
        lists=known_lists(desk),
    )
    return shown(desk, "staff/many.html", made, status)


def _hows(desk: Desk, name: str, *hows: tuple[str, str]) -> tuple[Option, ...]:
    chosen = desk.one(f"{name}.how")
    leave = desk.interface.say("leave as it is")
    return tuple(Option(how, label, how == chosen) for how, label in (("", leave), *hows))


def _part(desk: Desk, name: str) -> PartField:
    say, label = desk.interface.say, labels.field(name, desk.interface)
    written = desk.one(name)
    if name in COLUMNS:
        hows = _hows(desk, name, ("set", say("set")), ("take", say("say there is none")))
        if name in FILED:
            ids = desk.site.vocabularies.order(name)
            options = tuple(Option(id_, desk.visit.label(name, id_), id_ == written) for id_ in ids)
            return PartField(name, label, hows, written, options=(Option("", "–"), *options))
        return PartField(name, label, hows, written)
    hows = _hows(
        desk,
        name,
        ("add", say("add")),
        ("take", say("take away")),
        ("set", say("set to just these")),
    )
    return PartField(name, label, hows, written, known=f"known-{name}")


ROUTES = [
    at_desk(MANY, get=page, post=ask),
    at_desk(f"{MANY}/{{number:int}}", get=preview, post=confirm),
    at_desk(f"{MANY}/{{number:int}}/drop", post=drop),
]
