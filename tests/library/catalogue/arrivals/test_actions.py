"""What staff do with files that come in, each with its history."""

from __future__ import annotations

import re

import pytest

from library.catalogue import Catalogue, Filed
from library.catalogue.arrivals import actions
from library.catalogue.changes import history
from library.catalogue.queue import tasks
from library.core.errors import UsageError
from library.core.resource import Outcome, Status, Stored
from tests.library.catalogue.builders import edition, put

FILE = Stored("a" * 64, 10, True)


def brought(catalogue: Catalogue, *, told: bool = True) -> int:
    with catalogue.write() as writer:
        return actions.bring(
            writer, FILE, actions.place("rosa", "hours.pdf"), "hours.pdf", Status.DRAFT,
            by="rosa", replaces="e", told=told,
        )  # fmt: skip


def told(catalogue: Catalogue) -> list[tuple[str, str, str]]:
    with catalogue.read() as conn:
        return [(one.by, one.action, one.subject) for one in history.entries(conn, 9)]


def test_a_place_is_another_each_time_and_says_who() -> None:
    one, other = (actions.place("rosa", "hours.pdf") for _ in range(2))
    assert one != other
    assert re.fullmatch(r"desk/rosa/\d{8}T\d{6}-[0-9a-f]{6}/hours\.pdf", one)
    assert actions.who(one) == "rosa"
    for path in ("/home/rosa/hours.pdf", "desk/rosa/hours.pdf", "box/rosa/x/hours.pdf"):
        assert actions.who(path) == history.COMMAND_LINE


def test_what_is_brought_waits_for_whoever_is_free_and_is_told(catalogue: Catalogue) -> None:
    number = brought(catalogue)
    with catalogue.write() as writer:
        [arrival] = tasks.claim_arrivals(writer.conn, "me", 60, 9)
    assert (arrival.id, arrival.status, arrival.by, arrival.replaces) == (
        number, Status.DRAFT, "rosa", "e",
    )  # fmt: skip
    assert told(catalogue) == [("rosa", "uploaded", f"arrival {number}")]
    assert brought(catalogue, told=False) != number
    assert len(told(catalogue)) == 1


def test_tried_again_it_waits_given_up_it_does_not(catalogue: Catalogue) -> None:
    number = brought(catalogue, told=False)
    with catalogue.write() as writer:
        tasks.end_arrival(writer.conn, number, Outcome.FAILED, readers="r", reason="broken")
        actions.try_again(writer, number, by="ana")
        assert tasks.has_arrived(writer.conn)
        actions.give_up(writer, number, by="ana")
        assert not tasks.has_arrived(writer.conn)
        held = tasks.numbered(writer.conn, number)
    assert held is not None
    assert (held.outcome, held.reason) == (Outcome.FAILED, actions.GIVEN_UP)
    assert [action for _, action, _ in told(catalogue)] == ["given up", "tried again"]


@pytest.mark.parametrize("outcome", [Outcome.ADDED, Outcome.DUPLICATE, Outcome.UNCHANGED])
def test_what_ended_well_needs_nothing_more(catalogue: Catalogue, outcome: Outcome) -> None:
    number = brought(catalogue, told=False)
    with catalogue.write() as writer:
        tasks.end_arrival(writer.conn, number, outcome, readers="r")
        for do in (actions.try_again, actions.give_up):
            for one in (number, 99):
                with pytest.raises(UsageError, match="needs nothing more"):
                    do(writer, one, by="ana")
    assert told(catalogue) == []


def test_a_file_that_became_an_edition_is_in_its_history(catalogue: Catalogue) -> None:
    filed = put(catalogue, edition("a"))
    with catalogue.write() as writer:
        path = actions.place("rosa", "hours.pdf")
        actions.taken_in(
            writer, path, Filed(filed.resource, filed.edition, "duplicate"), edition("a")
        )
        actions.taken_in(writer, path, filed, edition("a"), older="a" * 64)  # read anew
        assert history.count(writer.conn) == 0
        actions.taken_in(writer, path, filed, edition("a"))
        actions.taken_in(
            writer,
            "/x/a.pdf",
            Filed(filed.resource, filed.edition, "replaced"),
            edition("b"),
            "a" * 64,
        )
        newer, first = history.entries(writer.conn, 9)
    assert (first.by, first.action, first.before) == ("rosa", "taken in", {})
    assert first.after == {"name": "a.pdf", "language": "en", "sha256": "a" * 64}
    assert (newer.by, newer.action) == (history.COMMAND_LINE, "newer version taken in")
    assert newer.before == {"sha256": "a" * 64}
