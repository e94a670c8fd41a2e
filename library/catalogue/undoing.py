"""A change taken back, where that is well defined: as a new change, never by forgetting one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from library.catalogue import correcting, history, joining, standing
from library.catalogue.history import Change
from library.catalogue.writing import Decide, Writer
from library.errors import Changed, UsageError
from library.resource import Standing, Status

UNDOABLE = frozenset((standing.ACTION, correcting.ACTION, "dismissed"))
"""Actions that can be taken back. Editions that were joined or replaced are one thing since."""


def undo(
    writer: Writer, number: int, *, by: str, decide: Decide, languages: Sequence[str] = ()
) -> str:
    """Take back the change of this number; the subject it was of.

    Raises Changed where something has changed it again since, UsageError where it cannot be.
    """
    change = history.entry(writer.conn, number)
    if change is None or change.action not in UNDOABLE:
        raise UsageError("This change cannot be undone.", "Change it by hand.")
    if history.undone(writer.conn, [number]):
        raise Changed("This change was undone already.", "Look at the history again.")
    if change.action == standing.ACTION:
        _stand_as_before(writer, change, by)
    elif change.action == correcting.ACTION:
        _say_as_before(writer, change, by, decide, languages)
    else:
        pair = (change.after["one"]["edition"], change.after["other"]["edition"])
        if not joining.reconsider(writer, *pair, by=by, undoes=number):
            raise Changed("This change was undone already.", "Look at the history again.")
    return change.subject


def _stand_as_before(writer: Writer, change: Change, by: str) -> None:
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
    standing.put(writer, change.subject, wanted, by=by, undoes=change.id)


def _say_as_before(
    writer: Writer, change: Change, by: str, decide: Decide, languages: Sequence[str]
) -> None:
    before, after = correcting.words_of(change.before), correcting.words_of(change.after)
    now = correcting.said(writer.conn, list(after))
    if any(now[id_].get(field) != word for id_, said in after.items() for field, word in said.items()):  # fmt: skip  # noqa: E501
        raise _changed()
    correcting.correct(
        writer, change.subject, before, by=by, decide=decide, languages=languages, undoes=change.id
    )


def _changed() -> Changed:
    return Changed("This was changed again since.", "Undo the later change first.")
