"""Who asks too often is told to wait; a workshop behind one address is not."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from library.catalogue.statistics import failed_searches
from library.web.app import app_of
from library.web.limits import ADDRESSES, BURST, DAILY, RATE, WAIT, Limits, _cost, network
from library.web.site import Site
from tests.markup import one, text

ROBOT = ("203.0.113.9", 50000)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
    raise AssertionError


def asked(limits: Limits, address: str) -> bool:
    """Whether one more search from there is answered."""
    return not limits._too_many({"type": "http", "path": "/search", "client": (address, 1)})


def test_a_robot_in_a_hurry_is_told_to_wait() -> None:
    clock = Clock()
    limits = Limits(nothing, clock)
    assert all(asked(limits, "203.0.113.9") for _ in range(BURST))
    assert not asked(limits, "203.0.113.9")
    assert asked(limits, "203.0.113.10")  # nobody else is
    clock.now += 1
    assert [asked(limits, "203.0.113.9") for _ in range(int(RATE) + 1)] == [True] * int(RATE) + [
        False
    ]


def test_what_is_remembered_is_bounded() -> None:
    limits = Limits(nothing, Clock())
    for number in range(ADDRESSES + 50):
        asked(limits, f"10.{number >> 8 & 255}.{number & 255}.1")
    assert len(limits._allowed) == ADDRESSES


def test_the_answer_says_so_in_the_readers_language(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("library.web.limits.BURST", 2)
    monkeypatch.setattr("library.web.limits.RATE", 0.0)
    robot = TestClient(app_of(site), client=ROBOT)
    answers = [robot.get(f"/search?q=fund{n}", headers={"Accept-Language": "es"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["retry-after"] == str(WAIT)
    assert answers[2].headers["x-content-type-options"] == "nosniff"
    assert text(one(answers[2], "h1")) == "Demasiadas peticiones a la vez"
    assert robot.get("/api/search?q=x").json()["status"] == 429
    assert robot.get("/resources/our-streets-our-table").status_code == 200
    assert TestClient(app_of(site)).get("/search?q=fund9").status_code == 200


def test_thirty_phones_of_a_workshop_never_meet_it() -> None:
    clock = Clock()
    limits = Limits(nothing, clock)
    for _ in range(30 * 60):  # six minutes: each of the thirty opens a page every six seconds
        clock.now += 6 / 30
        assert asked(limits, "198.51.100.4")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("127.0.0.1", ""),
        ("::1", ""),
        ("testclient", ""),
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
    ],
)
def test_whose_asking_is_counted_together(address: str, counted: str) -> None:
    assert network(address) == counted


def test_one_address_does_not_fill_what_staff_are_asked_in_a_day() -> None:
    clock = Clock()
    limits = Limits(nothing, clock)

    def written(address: str) -> bool:
        scope = {"type": "http", "method": "POST", "path": "/ask", "client": (address, 1)}
        return not limits._too_many(scope, _cost(scope))

    kept = 0
    for _ in range(1000):
        kept += written("203.0.113.9")
        clock.now += 7  # slowly enough for the other bound
    assert kept <= DAILY + 10 < failed_searches.MOST / 5
    assert written("203.0.113.10")
