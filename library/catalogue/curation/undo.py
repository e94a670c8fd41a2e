"""A change taken back, where that is well defined: as a new change, never by forgetting one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from library.catalogue.changes import history
from library.catalogue.changes.history import Change
from library.catalogue.curation import batch, concepts
from library.catalogue.editions import duplicates, groups, versions
from library.catalogue.resources import collections, corrections, covers, series, status
from library.catalogue.resources.writer import Decide, Writer
from library.catalogue.statistics import failed_searches
from library.core.errors import Changed, UsageError
from library.core.resource import JSON, Cover, Standing, Status
from library.vocabularies import Vocabularies


@dataclass(frozen=True, slots=True)
class Undoing:
    """Who takes a change back, and what that needs to know."""

    by: str
    decide: Decide
    languages: Sequence[str] = ()
    vocabularies: Vocabularies | None = None
    back: batch.Back | None = None  # of a change of many: the way back, worked out before


Undo = Callable[[Writer, Change, Undoing], None]
"""Takes one change back. Raises Changed where something has changed it again since."""


def is_undoable(action: str) -> bool:
    """Whether changes of this kind can be taken back."""
    return action in UNDO


def undo(
    writer: Writer,
    number: int,
    *,
    by: str,
    decide: Decide,
    languages: Sequence[str] = (),
    vocabularies: Vocabularies | None = None,
    back: batch.Back | None = None,
) -> str:
    """Take back the change of this number; the subject it was of.

    Raises Changed where something has changed it again since, UsageError where it cannot be.
    """
    change = history.entry(writer.conn, number)
    if change is None or not is_undoable(change.action):
        raise UsageError("change fixed")
    if history.undone(writer.conn, [number]):
        raise Changed("change undone already")
    UNDO[change.action](writer, change, Undoing(by, decide, languages, vocabularies, back))
    return change.subject


def _stand_as_before(writer: Writer, change: Change, undoing: Undoing) -> None:
    standing = status.of(writer.conn, change.subject)
    if standing is None:
        raise Changed("resource gone")
    now = asdict(standing)
    if any(now[name] != value for name, value in change.after.items()):
        raise _changed()
    before = {**change.before}
    if "status" in before:
        before["status"] = Status(before["status"])
    wanted: Standing = replace(standing, **before)
    status.put(writer, change.subject, wanted, by=undoing.by, undoes=change.id)


def _say_as_before(writer: Writer, change: Change, undoing: Undoing) -> None:
    before, after = corrections.words_of(change.before), corrections.words_of(change.after)
    now = corrections.said(writer.conn, list(after))
    for edition, given in after.items():
        if any(now[edition].get(field) != word for field, word in given.items()):
            raise _changed()
    corrections.correct(
        writer,
        change.subject,
        before,
        by=undoing.by,
        decide=undoing.decide,
        languages=undoing.languages,
        undoes=change.id,
    )


def _reconsider(writer: Writer, change: Change, undoing: Undoing) -> None:
    pair = (change.after["one"]["edition"], change.after["other"]["edition"])
    if not duplicates.reconsider(writer, *pair, by=undoing.by, undoes=change.id):
        raise Changed("change undone already")


def _whole(writer: Writer, change: Change, undoing: Undoing) -> None:
    batch.undo(
        writer,
        change,
        by=undoing.by,
        decide=undoing.decide,
        languages=undoing.languages,
        back=undoing.back,
    )


def _collected_before(writer: Writer, change: Change, undoing: Undoing) -> None:
    collections.undo(writer, change, by=undoing.by)


def _series_before(writer: Writer, change: Change, undoing: Undoing) -> None:
    series.undo(writer, change, by=undoing.by)


def _grouped(writer: Writer, change: Change, undoing: Undoing) -> None:
    groups.undo_group(writer, change, by=undoing.by, decide=undoing.decide)


def _parted(writer: Writer, change: Change, undoing: Undoing) -> None:
    groups.undo_part(writer, change, by=undoing.by, decide=undoing.decide)


def _look_again(writer: Writer, change: Change, undoing: Undoing) -> None:
    language, _, words = change.subject.removeprefix("search ").partition("/")
    again = change.undoes is None
    if not failed_searches.pass_over(
        writer.conn, words, language, by=undoing.by, again=again, undoes=change.id
    ):
        raise Changed("change undone already")


def _curate_back(writer: Writer, change: Change, undoing: Undoing) -> None:
    if undoing.vocabularies is None:
        raise UsageError("change of the desk")
    curator = concepts.Curator(undoing.by, undoing.vocabularies, undoing.decide)
    concepts.put_back(writer, curator, change)


def _bring_back(writer: Writer, change: Change, undoing: Undoing) -> None:
    versions.undo(writer, change, by=undoing.by)


def _cover_as_before(writer: Writer, change: Change, undoing: Undoing) -> None:
    now = covers.of(writer.conn, change.subject)
    if now != _cover(change.after):
        raise _changed()
    before = _cover(change.before)
    covers.put(writer, change.subject, before, by=undoing.by, undoes=change.id)


def _cover(values: JSON) -> Cover | None:
    return Cover(values["edition"], values["page"]) if values["edition"] else None


def _changed() -> Changed:
    return Changed("changed since")


UNDO: Mapping[str, Undo] = {
    status.ACTION: _stand_as_before,
    corrections.ACTION: _say_as_before,
    "dismissed": _reconsider,
    series.ACTION: _series_before,
    groups.GROUPED: _grouped,
    groups.PARTED: _parted,
    batch.ACTION: _whole,
    collections.ACTION: _collected_before,
    collections.ORDERED: _collected_before,
    **dict.fromkeys(concepts.ACTIONS, _curate_back),
    failed_searches.PASSED_OVER: _look_again,
    versions.ACTION: _bring_back,
    covers.ACTION: _cover_as_before,
}
"""How each kind of change is taken back. Of two versions that became one, nothing can be."""
