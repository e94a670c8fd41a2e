"""Drawings: right in both directions, and never more than the numbers say."""

from __future__ import annotations

import pytest

from library.web.i18n import interfaces
from library.web.staff.statistics import charts

ENGLISH, ARABIC = interfaces(("en", "ar")).values()
FEW = [("Jan", 0), ("Feb", 5), ("Mar", 10)]


def test_columns_stand_in_order_and_in_proportion() -> None:
    made = charts.plot(FEW, "Files", "About files.", ENGLISH)
    assert made is not None
    places = [float(one.x.rstrip("%")) for one in made.columns]
    assert places == sorted(places)
    assert [one.height for one in made.columns] == [0, 80, 160]
    assert all(one.y + one.height == made.base for one in made.columns)
    assert [one.text for one in made.labels] == ["Jan", "Feb", "Mar"]
    assert made.columns[1].label == "Feb: 5"
    assert not made.strokes


def test_from_right_to_left_it_is_mirrored() -> None:
    one, other = (charts.plot(FEW, "", "", speech) for speech in (ENGLISH, ARABIC))
    assert one is not None and other is not None
    for here, there in zip(one.columns, other.columns, strict=True):
        left, width = float(here.x.rstrip("%")), float(here.width.rstrip("%"))
        assert float(there.x.rstrip("%")) == pytest.approx(100 - left - width, abs=0.01)
    assert (one.start, other.start) == ("0", "100%")
    assert charts.bar(5, 10, ENGLISH) == ("0%", "50%")
    assert charts.bar(5, 10, ARABIC) == ("50%", "50%")


def test_many_points_are_a_line() -> None:
    made = charts.plot([(str(n), n % 7) for n in range(90)], "", "", ENGLISH)
    assert made is not None
    assert (len(made.strokes), made.columns) == (89, ())
    assert 3 <= len(made.labels) <= charts.NAMED
    assert sum(not one.wide for one in made.labels) == 3
    first, last = made.labels[0], made.labels[-1]
    assert (first.text, first.x, first.anchor) == ("0", "0%", "start")
    assert (last.text, last.x, last.anchor) == ("89", "100%", "end")
    mirrored = charts.plot([(str(n), n % 7) for n in range(90)], "", "", ARABIC)
    assert mirrored is not None
    assert (mirrored.labels[0].x, mirrored.labels[-1].x) == ("100%", "0%")


def test_nothing_is_drawn_of_nothing_and_zeros_stay_on_the_ground() -> None:
    assert charts.plot([], "", "", ENGLISH) is None
    made = charts.plot([("a", 0), ("b", 0)], "", "", ENGLISH)
    assert made is not None
    assert [one.height for one in made.columns] == [0, 0]
    assert charts.bar(0, 0, ENGLISH) == ("0%", "0%")


@pytest.mark.parametrize("most", [0, 1, 3, 7, 12, 99, 100, 101, 4321, 1_000_000])
def test_lines_across_are_few_and_round(most: int) -> None:
    step = charts.tick(most)
    assert str(step).rstrip("0") in ("1", "2", "5")
    assert most <= charts.TICKS * step
    assert most == 0 or most * 5 >= step


def test_a_larger_number_is_never_paler_and_nothing_has_no_shade() -> None:
    numbers = dict(enumerate([0, 1, 1, 1, 2, 3, 5, 8, 400, 0]))
    shades = charts.shades(numbers)
    assert [shades[n] for n in (0, 9)] == [0, 0]
    assert shades[1] == shades[3] == 1
    ordered = sorted((numbers[n], shade) for n, shade in shades.items() if shade)
    assert [shade for _, shade in ordered] == sorted(shade for _, shade in ordered)
    assert len(set(shades.values())) >= 4  # one large number does not make the others pale
    assert charts.shades({1: 0}) == {1: 0}


def test_numbers_are_written_as_the_language_does() -> None:
    made = charts.plot([("a", 12_345)], "", "", ENGLISH)
    assert made is not None
    assert made.columns[0].label == "a: 12,345"
