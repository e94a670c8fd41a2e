"""Lists that people put in order: by buttons, by numbers, or by dragging with scripts on."""

from __future__ import annotations

from collections.abc import Sequence

from library.web.i18n import Interface
from library.web.staff.collections.viewmodels import Ordered, OrderedRow
from library.web.staff.desk import Desk
from library.web.viewmodels import Link

MOST = 500  # rows of a page; what comes after them stays in its order


def order_of(desk: Desk) -> tuple[str, ...]:
    """The order that a form asks for.

    Its rows come as they stand on the page (`order`, which dragging changes), each with its number
    (`place.ID`); a button (`move`) says `ID up`, `down`, `first` or `last`.
    """
    rows = list(dict.fromkeys(desk.every("order")))
    id_, _, where = desk.one("move").rpartition(" ")
    if id_ in rows:
        return tuple(_moved(rows, id_, where))
    wanted = {}
    for at, row in enumerate(rows, start=1):
        written = desk.one(f"place.{row}").strip()
        if written.isdecimal() and len(written) < 7 and int(written) != at:
            wanted[row] = int(written)
    stay = [row for row in rows if row not in wanted]
    for row in sorted(wanted, key=lambda row: wanted[row]):
        stay.insert(max(0, wanted[row] - 1), row)
    return tuple(stay)


def _moved(rows: Sequence[str], id_: str, where: str) -> list[str]:
    at, rest = rows.index(id_), [row for row in rows if row != id_]
    to = {"up": at - 1, "down": at + 1, "first": 0, "last": len(rest)}.get(where, at)
    rest.insert(max(0, to), id_)
    return rest


def ordered(desk: Desk, rows: Sequence[tuple[str, Link, str]], *, out: bool = False) -> Ordered:
    """A list in order, of (identifier, link, note). out: whether rows can be taken out of it."""
    interface = desk.interface
    shown = rows[:MOST]
    last = len(shown)
    return Ordered(
        rows=tuple(
            _row(interface, id_, link, note, at, last)
            for at, (id_, link, note) in enumerate(shown, 1)
        ),
        label=interface.say("Move, with the arrow keys too"),
        unsaved=interface.say("Not saved yet."),
        out=interface.say("Take out") if out else "",
        more=interface.plural("and %(number)s more", "and %(number)s more", len(rows) - last)
        if len(rows) > last
        else "",
        script=desk.site.pages.address("sort.js"),
    )


def _row(interface: Interface, id_: str, link: Link, note: str, at: int, last: int) -> OrderedRow:
    say = interface.say
    moves = []
    if at > 1:
        moves += [(f"{id_} first", "⇈", say("to the top")), (f"{id_} up", "↑", say("up"))]
    if at < last:
        moves += [(f"{id_} down", "↓", say("down")), (f"{id_} last", "⇊", say("to the end"))]
    return OrderedRow(
        id=id_,
        link=link,
        note=note,
        number=str(at),
        field=f"place.{id_}",
        number_label=say("Place of “%(name)s”", name=link.label),
        moves=tuple((value, sign, f"{label}: {link.label}") for value, sign, label in moves),
    )
