"""Drawings of numbers, as SVG that a template writes out: columns over time, bars, shades.

Across, everything is placed in hundredths of the width, and words have the size of words, so that
one drawing is right on a phone and on a wide screen. From right to left it is mirrored. Each
drawing stands beside a table of the same numbers, and those alone are read aloud.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from library.web.i18n import Interface
from library.web.staff.statistics.viewmodels import Dot, Label, Plot, Rule, Stroke

TOP, BASE, HEIGHT = 16, 176, 200  # pixels down: the highest mark, the line below, the whole
TICKS = 4  # lines across, at most, beside the one below
NAMED = 7  # names below, at most; on a phone every third of them has room
EDGE = 13.0  # hundredths of the width that names are apart at least
ROOMY = 4  # so few columns are wide enough for a name each
SHADES = 5

Key = TypeVar("Key")


def plot(
    points: Sequence[tuple[str, int]], title: str, about: str, interface: Interface
) -> Plot | None:
    """Columns where there are few points, a line where there are many; None for none.

    points: a name and a number each, in order.
    """
    if not points:
        return None
    mirrored = interface.direction == "rtl"
    step = tick(max(number for _, number in points))
    top = max(step, -(-max(number for _, number in points) // step) * step)
    width = 100 / len(points)

    def across(place: float) -> float:
        return round(100 - place if mirrored else place, 3)

    def down(number: int) -> float:
        return round(BASE - (BASE - TOP) * number / top, 1)

    middles = [across((n + 0.5) * width) for n in range(len(points))]
    heights = [down(number) for _, number in points]
    few = len(points) <= 40
    return Plot(
        title=title,
        about=about,
        height=HEIGHT,
        base=BASE,
        start="100%" if mirrored else "0",
        rules=tuple(
            Rule(down(value), interface.number(value)) for value in range(step, top + 1, step)
        ),
        columns=tuple(
            Dot(
                x=_percent(middle - width * 0.38),
                y=height,
                width=_percent(width * 0.76),
                height=round(BASE - height, 1),
                label=interface.pair(name, interface.number(number)),
            )
            for (name, number), middle, height in zip(points, middles, heights, strict=True)
        )
        if few
        else (),
        strokes=tuple(
            Stroke(_percent(a), y, _percent(b), z)
            for (a, y), (b, z) in pairwise(zip(middles, heights, strict=True))
        )
        if not few
        else (),
        labels=_labels([name for name, _ in points], middles, mirrored),
    )


def _labels(names: Sequence[str], middles: Sequence[float], mirrored: bool) -> tuple[Label, ...]:
    """Names below a drawing. The first and the last begin and end with it, where they would not
    have room below their own; on a phone those are left out that would stand too near another.
    """
    last = len(names) - 1
    shown = named(len(names))
    places = {n: middles[n] for n in shown}
    anchors = dict.fromkeys(shown, "middle")
    if last >= ROOMY:
        places |= {0: 100.0 if mirrored else 0.0, last: 0.0 if mirrored else 100.0}
        anchors |= {0: "start", last: "end"}
    always = {n for place, n in enumerate(shown) if place % 3 == 0 or n == last}
    return tuple(
        Label(_percent(places[n]), names[n], anchors[n], n not in always)
        for n in shown
        if n in always or all(abs(places[n] - places[other]) >= EDGE for other in always)
    )


def tick(most: int) -> int:
    """The distance of lines across: 1, 2 or 5 times a power of ten, so that they are few."""
    power = 1
    while most > TICKS * 5 * power:
        power *= 10
    return next(step * power for step in (1, 2, 5) if most <= TICKS * step * power)


def named(number: int) -> list[int]:
    """Which of so many points have their name below: evenly, the first and the last among them."""
    if number <= NAMED:
        return list(range(number))
    return sorted({round(n * (number - 1) / (NAMED - 1)) for n in range(NAMED)})


def bar(number: int, most: int, interface: Interface) -> tuple[str, str]:
    """Where a bar begins and how long it is, in hundredths of the width."""
    length = 100 * number / most if most else 0.0
    start = 100 - length if interface.direction == "rtl" else 0.0
    return _percent(start), _percent(length)


def shades(numbers: Mapping[Key, int]) -> dict[Key, int]:
    """A shade for each number: 0 for none, else 1 to 5.

    They are cut where the numbers are, so that each shade is about as frequent: one large number
    does not make all others pale. Equal numbers have one shade, and a larger one is never paler.
    """
    ascending = sorted(number for number in numbers.values() if number)
    distinct = sorted(set(ascending))
    ranks = {number: ascending.index(number) / max(1, len(ascending)) for number in distinct}
    return {
        key: 1 + min(SHADES - 1, int(ranks[number] * SHADES)) if number else 0
        for key, number in numbers.items()
    }


def _percent(value: float) -> str:
    return f"{round(value, 3):g}%"
