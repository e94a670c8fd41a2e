"""What staff do with files that come in: bring them, try again, give up; each with its history."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from library.catalogue.changes import history
from library.catalogue.queue import tasks
from library.catalogue.queue.tasks import Arrival
from library.catalogue.resources.writer import Filed, Writer
from library.core.errors import UsageError
from library.core.resource import Edition, Outcome, Status, Stored

GIVEN_UP = "given up"
PLACE = "desk"  # before the path of what was uploaded: `desk/WHO/WHEN/NAME`
TAKEN = {"added": "taken in", "joined": "edition taken in", "replaced": "newer version taken in"}


def place(user: str, name: str) -> str:
    """Where a file came from that somebody brought at the desk: another place each time.

    Of two uploads of one name neither is a newer version of the other before somebody says so.
    """
    when = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    return f"{PLACE}/{user}/{when}-{secrets.token_hex(3)}/{name}"


def bring(
    writer: Writer,
    stored: Stored,
    path: str,
    name: str,
    status: Status,
    *,
    by: str,
    replaces: str = "",
    told: bool = True,
) -> int:
    """Note that a file that is stored waits to be read; the number of its arrival.

    replaces: the edition whose place it takes once it is read. told: in the history, here.
    """
    conn = writer.conn
    writer.store_original(stored.sha256, stored.bytes, name)
    arrival = tasks.record(conn, path, stored.sha256, {}, status, owner="", lease=0.0)
    assert arrival is not None
    tasks.aim(conn, arrival.id, replaces, by)
    if told:
        _tell(writer, "uploaded", arrival, by, name=name, status=status, sha256=stored.sha256)
    return arrival.id


def who(path: str) -> str:
    """Who brought in what came from this path."""
    parts = path.split("/")
    return parts[1] if parts[0] == PLACE and len(parts) == 4 else history.COMMAND_LINE


def taken_in(writer: Writer, path: str, filed: Filed, edition: Edition, older: str = "") -> None:
    """Note in a resource's history that a file became an edition of it.

    older: the checksum of the original whose place it took, "" when none. Nothing is noted of a
    file that is in the library already, or was only read anew.
    """
    if filed.how == "duplicate" or older == edition.sha256:
        return
    details = {"name": edition.filename, "language": edition.language, "sha256": edition.sha256}
    history.note(
        writer.conn,
        by=who(path),
        action=TAKEN[filed.how],
        subject=filed.resource,
        before={"sha256": older} if older else {},
        after={key: value for key, value in details.items() if value},
    )


def try_again(writer: Writer, number: int, *, by: str) -> None:
    """Let an arrival be read once more. Raises UsageError for one that is not there, or waits."""
    arrival = _arrival(writer, number)
    tasks.read_again(writer.conn, number)
    _tell(writer, "tried again", arrival, by, reason=arrival.reason)


def give_up(writer: Writer, number: int, *, by: str) -> None:
    """Read an arrival no more; the file is kept. Raises UsageError for one that is not there."""
    arrival = _arrival(writer, number)
    tasks.end_arrival(
        writer.conn,
        number,
        Outcome.FAILED,
        readers=arrival.readers,
        reason=GIVEN_UP,
        message=arrival.message,
        messages=arrival.messages,
    )
    _tell(writer, "given up", arrival, by, reason=arrival.reason)


def _arrival(writer: Writer, number: int) -> Arrival:
    arrival = tasks.numbered(writer.conn, number)
    if arrival is None or arrival.outcome in (Outcome.ADDED, Outcome.DUPLICATE, Outcome.UNCHANGED):
        raise UsageError("arrival done")
    return arrival


def _tell(writer: Writer, action: str, arrival: Arrival, by: str, **details: str) -> None:
    history.note(
        writer.conn, by=by, action=action, subject=f"arrival {arrival.id}", after=dict(details)
    )
