"""The history of changes: who, when, before and after, and a way back where there is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from library.catalogue.changes import history
from library.catalogue.changes.history import Change
from library.catalogue.curation import batch, concepts
from library.catalogue.curation import undo as curation_undo
from library.catalogue.resources import queries
from library.core.errors import Changed, UsageError
from library.core.resource import JSON
from library.metadata import decide
from library.web.staff import concept_labels, labels
from library.web.staff.access import at_desk
from library.web.staff.changes import subjects
from library.web.staff.changes.batch_text import lines_of
from library.web.staff.changes.viewmodels import HistoryPage
from library.web.staff.desk import Desk, done
from library.web.staff.frame import desk_frame, framed, moment, shown
from library.web.staff.links import HISTORY
from library.web.staff.reindex import SOON, follow, follow_all
from library.web.staff.viewmodels import NOTHING, ChangeRow, Difference
from library.web.viewmodels import Link

SIZE = 50
NAMED = 5  # resources of a long list that are called by name
HIDDEN = frozenset(
    ("one.edition", "other.edition", "one.sha256", "other.sha256", "resources", "parts", "edition",
     "to", "copied")
)  # fmt: skip


def page(desk: Desk) -> Response:
    return _page(desk)


def undo(desk: Desk) -> Response:
    """Take a change back, as a new change."""
    say = desk.interface.say
    number = desk.request.path_params["number"]
    try:
        with (
            desk.site.catalogue.snapshot() as snapshot
        ):  # thousands are worked out without the lock
            change = snapshot.ask(history.entry, number)
            whole = change is not None and change.action == history.MANY
            back = (
                snapshot.ask(batch.prepare_undo, change, decide=decide)
                if whole and change
                else None
            )
        with desk.site.catalogue.write() as writer:
            subject = curation_undo.undo(
                writer,
                number,
                by=desk.user.name,
                decide=decide,
                languages=desk.site.settings.languages,
                vocabularies=desk.site.vocabularies,
                back=back,
            )
    except Changed:
        return _page(
            desk, say("This was changed again since, or undone already: nothing was done."), 409
        )
    except UsageError:
        return _page(desk, say("This change cannot be undone; change it by hand."), 422)
    if subject.partition(" ")[0] in ("concept", "vocabulary"):
        follow_all(desk)
    else:
        follow(desk, *_touched(desk, subject))
    return done(subjects.address(subject) or HISTORY, "undone")


def _touched(desk: Desk, subject: str) -> list[str]:
    """What the index is to follow at once; of a change of many no more than takes a moment."""
    kind, space, number = subject.partition(" ")
    if not space:
        change = desk.site.catalogue.ask(history.entry, desk.request.path_params["number"])
        after = change.after if change else {}
        others = [str(part["row"]["id"]) for part in after.get("parts", ())]
        return [subject, *others, *([str(after["to"])] if "to" in after else [])]
    if kind != history.MANY:
        return []
    with desk.site.catalogue.snapshot() as snapshot:
        whole = snapshot.ask(history.undoing, int(number))
        if whole is None or whole.after["resources"] > SOON:
            return []
        parts = snapshot.ask(history.between, whole.after["first"], whole.after["last"])
    return list(dict.fromkeys(part.subject for part in parts if " " not in part.subject))


def rows(desk: Desk, changes: Sequence[Change]) -> tuple[ChangeRow, ...]:
    """Changes as they are shown, with the titles of what was changed."""
    undone = desk.site.catalogue.ask(history.undone, [change.id for change in changes])
    named = subjects.links(desk, [change.subject for change in changes])
    return tuple(
        ChangeRow(
            number=str(change.id),
            when=moment(change.at, desk.interface),
            by=labels.who(change.by, desk.interface),
            what=labels.action(change.action, desk.interface),
            subject=named[change.subject],
            differences=differences(desk, change),
            note=_note(desk, change, undone),
            undo=f"{HISTORY}/{change.id}/undo"
            if curation_undo.is_undoable(change.action) and change.id not in undone
            else "",
        )
        for change in changes
    )


def differences(desk: Desk, change: Change) -> tuple[Difference, ...]:
    """What was, and what is since, field by field."""
    if change.action == history.MANY:
        return _of_many(desk, change)
    if change.action in concepts.ACTIONS:
        return concept_labels.differences(desk.visit, change.before, change.after)
    before, after = _flat(change.before), _flat(change.after)
    if "resources" in before or "resources" in after:
        return (*_moved(desk, before, after), *_plain(desk, before, after))
    return _plain(desk, before, after)


def _plain(
    desk: Desk, before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[Difference, ...]:
    return tuple(
        Difference(
            name=labels.field(_field(name), desk.interface),
            before=_value(desk, _field(name), before.get(name)),
            after=_value(desk, _field(name), after.get(name)),
        )
        for name in {**before, **after}
        if name not in HIDDEN
    )


def _field(name: str) -> str:
    """The field that a difference is of: `EDITION.title` of a second edition is a title too."""
    return name if name.startswith(("one.", "other.")) else name.rpartition(".")[2]


def _of_many(desk: Desk, change: Change) -> tuple[Difference, ...]:
    """How many, and what was asked of them."""
    number = change.after.get("resources", 0)
    counted = desk.interface.plural("%(number)s resource", "%(number)s resources", number)
    asked = change.after.get("asked")
    name = " · ".join(lines_of(asked, desk.visit)) if asked else str(change.after.get("name", ""))
    left = len(change.after.get("left", ()))
    also = desk.interface.plural(
        "%(number)s was changed again since, and was left as it is:",
        "%(number)s were changed again since, and were left as they are:",
        left,
    ).rstrip(":")
    say = desk.interface.say
    lines = [(say("Resources"), counted)]
    if name:
        lines.insert(0, (say("What was asked"), name))
    if left:
        lines.append((say("Left as it is"), also))
    return tuple(Difference(label, NOTHING, line) for label, line in lines)


def _moved(
    desk: Desk, before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[Difference]:
    """What went into a list of resources, and what out of it; a few by name."""
    was, now = (_ids(side.get("resources")) for side in (before, after))
    out = [id_ for id_ in was if id_ not in set(now)]
    into = [id_ for id_ in now if id_ not in set(was)]
    say = desk.interface.say
    if not out and not into:
        reordered = desk.interface.pair(say("in another order"), _some(desk, now))
        yield Difference(say("Resources"), _some(desk, was), reordered)
    if out:
        yield Difference(say("taken out"), _some(desk, out), NOTHING)
    if into:
        yield Difference(say("put in"), NOTHING, _some(desk, into))


def _ids(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _some(desk: Desk, ids: Sequence[str]) -> str:
    """The first few of these resources by their titles, and how many more there are."""
    named = subjects.links(desk, ids[:NAMED])
    names = "; ".join(named[id_].label for id_ in ids[:NAMED])
    more = len(ids) - NAMED
    if more <= 0:
        return names or NOTHING
    also = desk.interface.plural("and %(number)s more", "and %(number)s more", more)
    return f"{names}; {also}"


def _flat(nested: JSON) -> dict[str, object]:
    """Words on editions, or pairs of them, as one level: `title` or `one.title`."""
    flat: dict[str, object] = {}
    for name, value in nested.items():
        if not isinstance(value, Mapping):
            flat[name] = value
            continue
        for inner, word in value.items():
            key = f"{name}.{inner}" if name in ("one", "other") or inner in flat else inner
            flat[key] = word
    return flat


def _value(desk: Desk, name: str, value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "; ".join(_value(desk, name, item) for item in value)
    if value is None or value == "":
        return NOTHING
    return labels.value(name, str(value), desk.visit)


def _note(desk: Desk, change: Change, undone: frozenset[int]) -> str:
    say = desk.interface.say
    if change.undoes is not None:
        return say("undoes change %(number)s", number=change.undoes)
    return say("undone since") if change.id in undone else ""


def _page(desk: Desk, problem: str = "", status: int = 200) -> Response:
    asked = desk.request.query_params
    subject, before = asked.get("of", ""), asked.get("before", "")
    if before and not (before.isdecimal() and len(before) < 12):
        raise HTTPException(422)
    with desk.site.catalogue.snapshot() as snapshot:
        since = int(before) if before else None
        entries = (
            snapshot.ask(
                history.entries,
                SIZE + 1,
                subjects=snapshot.ask(queries.names_of, subject),
                before=since,
            )
            if subject
            else snapshot.ask(history.folded, SIZE + 1, before=since)
        )
        newest = snapshot.ask(history.entries, 1)
    changes, say = entries[:SIZE], desk.interface.say
    last = changes[-1] if changes else None
    more = {"before": str(last.after.get("first", last.id))} if last and len(entries) > SIZE else {}
    heading = say("History")
    made = HistoryPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        changes=rows(desk, changes),
        older=Link(
            say("Older changes"),
            f"{HISTORY}?{urlencode({**({'of': subject} if subject else {}), **more})}",
        )
        if more
        else None,
        seal=newest[0].hash if newest else "",
    )
    return shown(desk, "staff/history.html", made, status)


ROUTES = [
    at_desk(HISTORY, get=page),
    at_desk(f"{HISTORY}/{{number:int}}/undo", post=undo),
]
