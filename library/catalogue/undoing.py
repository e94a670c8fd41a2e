"""A change taken back, where that is well defined: as a new change, never by forgetting one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from library.catalogue import correcting, covers, history, joining, replacing, standing
from library.catalogue.history import Change
from library.catalogue.writing import Decide, Writer
from library.errors import Changed, UsageError
from library.resource import JSON, Cover, Standing, Status


@dataclass(frozen=True, slots=True)
class Undoing:
    """Who takes a change back, and what that needs to know."""

    by: str
    decide: Decide
    languages: Sequence[str] = ()


Undo = Callable[[Writer, Change, Undoing], None]
"""Takes one change back. Raises Changed where something has changed it again since."""


def is_undoable(action: str) -> bool:
    """Whether changes of this kind can be taken back."""
    return action in UNDO


def undo(
    writer: Writer, number: int, *, by: str, decide: Decide, languages: Sequence[str] = ()
) -> str:
    """Take back the change of this number; the subject it was of.

    Raises Changed where something has changed it again since, UsageError where it cannot be.
    """
    change = history.entry(writer.conn, number)
    if change is None or not is_undoable(change.action):
        raise UsageError("This change cannot be undone.", "Change it by hand.")
    if history.undone(writer.conn, [number]):
        raise Changed("This change was undone already.", "Look at the history again.")
    UNDO[change.action](writer, change, Undoing(by, decide, languages))
    return change.subject


def _stand_as_before(writer: Writer, change: Change, undoing: Undoing) -> None:
    held = standing.of(writer.conn, change.subject)
    if held is None:
        raise Changed("This resource is not there any more.", "It went into another.")
    now = asdict(held)
    if any(now[name] != value for name, value in change.after.items()):
        raise _changed()
    before = {**change.before}
    if "status" in before:
        before["status"] = Status(before["status"])
    wanted: Standing = replace(held, **before)
    standing.put(writer, change.subject, wanted, by=undoing.by, undoes=change.id)


def _say_as_before(writer: Writer, change: Change, undoing: Undoing) -> None:
    before, after = correcting.words_of(change.before), correcting.words_of(change.after)
    now = correcting.said(writer.conn, list(after))
    for edition, given in after.items():
        if any(now[edition].get(field) != word for field, word in given.items()):
            raise _changed()
    correcting.correct(
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
    if not joining.reconsider(writer, *pair, by=undoing.by, undoes=change.id):
        raise Changed("This change was undone already.", "Look at the history again.")


def _bring_back(writer: Writer, change: Change, undoing: Undoing) -> None:
    replacing.undo(writer, change, by=undoing.by)


def _cover_as_before(writer: Writer, change: Change, undoing: Undoing) -> None:
    now = covers.of(writer.conn, change.subject)
    if now != _cover(change.after):
        raise _changed()
    before = _cover(change.before)
    covers.put(writer, change.subject, before, by=undoing.by, undoes=change.id)


def _cover(told: JSON) -> Cover | None:
    return Cover(told["edition"], told["page"]) if told["edition"] else None


def _changed() -> Changed:
    return Changed("This was changed again since.", "Undo the later change first.")


UNDO: Mapping[str, Undo] = {
    standing.ACTION: _stand_as_before,
    correcting.ACTION: _say_as_before,
    "dismissed": _reconsider,
    replacing.ACTION: _bring_back,
    covers.ACTION: _cover_as_before,
}
"""How each kind of change is taken back. Editions that were replaced are one thing since."""
