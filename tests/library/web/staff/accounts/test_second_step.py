"""A second step: set up at the desk, asked for at the door, each code once, guesses counted."""

from __future__ import annotations

import time

import pyotp
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from library import accounts
from library.accounts import second_step
from library.catalogue import Catalogue
from library.cli.command_line import commands
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import PASSWORD, token_of
from tests.markup import has, one, texts, values

OWN = "/staff/own/second-step"
DOOR, SECOND = "/staff/sign-in", "/staff/sign-in/second"


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that goes on when it is told to."""
    moment = [time.time()]
    monkeypatch.setattr(second_step.time, "time", lambda: moment[0])
    return moment


def set_up(client: TestClient, now: list[float]) -> tuple[str, list[str]]:
    """The secret, and the recovery codes."""
    form = token_of(client.get("/staff/own").text)
    page = client.post(OWN, data={"form": form, "old": PASSWORD, "how": "on"}).text
    secret = texts(page, "main code")[0].replace(" ", "")
    assert client.get(one(page, "main img").attributes["src"] or "").status_code == 200
    form = token_of(page)
    code = pyotp.TOTP(secret).at(now[0])
    wrong = client.post(f"{OWN}/begin", data={"form": form, "code": "000 000"})
    assert wrong.status_code == 422 or code == "000000"
    codes = texts(client.post(f"{OWN}/begin", data={"form": form, "code": code}).text, "main code")
    now[0] += 60
    return secret, codes


def at_the_door(client: TestClient) -> dict[str, str]:
    """What the second form sends, after the password was right."""
    form = token_of(client.get(DOOR).text)
    page = client.post(DOOR, data={"form": form, "name": "ben", "password": PASSWORD})
    assert page.status_code == 200
    assert "staff" not in page.cookies
    [ticket] = values(page.text, 'input[name="ticket"]', "value")
    return {"form": token_of(page.text), "ticket": ticket or ""}


def test_the_password_alone_opens_nothing_any_more(
    ben: TestClient, nobody: TestClient, now: list[float]
) -> None:
    secret, codes = set_up(ben, now)
    assert len(codes) == second_step.CODES
    sent = at_the_door(nobody)
    assert nobody.get("/staff/").status_code == 303
    assert nobody.post(SECOND, data={**sent, "code": "123"}).status_code == 403
    code = pyotp.TOTP(secret).at(now[0])
    assert nobody.post(SECOND, data={**sent, "code": f"{code[:3]} {code[3:]}"}).status_code == 303
    assert nobody.get("/staff/own").status_code == 200
    nobody.cookies.clear()
    again = at_the_door(nobody)
    assert nobody.post(SECOND, data={**again, "code": code}).status_code == 403  # used already
    assert nobody.post(SECOND, data={**again, "code": codes[0].upper()}).status_code == 303
    nobody.cookies.clear()
    assert nobody.post(SECOND, data={**at_the_door(nobody), "code": codes[0]}).status_code == 403


def test_a_ticket_lasts_some_minutes_and_not_beyond_a_new_password(
    ben: TestClient, nobody: TestClient, now: list[float], desk_shelf: Shelf
) -> None:
    secret, _ = set_up(ben, now)
    sent = at_the_door(nobody)
    now[0] += second_step.PATIENCE + 1
    late = nobody.post(SECOND, data={**sent, "code": pyotp.TOTP(secret).at(now[0])})
    assert late.status_code == 403
    assert has(late, 'input[name="password"]')
    sent = at_the_door(nobody)
    accounts.reset_password(desk_shelf.catalogue, "ben", "four plain words together")
    changed = nobody.post(SECOND, data={**sent, "code": pyotp.TOTP(secret).at(now[0])})
    assert has(changed, 'input[name="password"]')
    forged = {**sent, "ticket": sent["ticket"].replace(".", ".9", 1)}
    assert has(nobody.post(SECOND, data={**forged, "code": "1"}), 'input[name="password"]')


def test_guesses_are_counted_wherever_they_come_from(
    ben: TestClient, nobody: TestClient, now: list[float]
) -> None:
    secret, _ = set_up(ben, now)
    sent = at_the_door(nobody)
    answers = [nobody.post(SECOND, data={**sent, "code": f"{n:06}"}).status_code for n in range(12)]
    assert answers[-1] == 429
    right = pyotp.TOTP(secret).at(now[0])
    assert nobody.post(SECOND, data={**sent, "code": right}).status_code == 429


def test_it_is_turned_off_with_both(ben: TestClient, nobody: TestClient, now: list[float]) -> None:
    secret, _ = set_up(ben, now)
    form = token_of(ben.get("/staff/own").text)
    without = ben.post(OWN, data={"form": form, "old": PASSWORD, "how": "off", "code": "1"})
    assert without.status_code == 422
    sent = {"form": form, "old": PASSWORD, "how": "off", "code": pyotp.TOTP(secret).at(now[0])}
    assert ben.post(OWN, data=sent).headers["location"].endswith("done=second-off")
    form = token_of(nobody.get(DOOR).text)
    entered = nobody.post(DOOR, data={"form": form, "name": "ben", "password": PASSWORD})
    assert entered.status_code == 303


def test_by_command(desk_shelf: Shelf, monkeypatch: pytest.MonkeyPatch, now: list[float]) -> None:
    monkeypatch.setenv("LIBRARY_HOME", str(desk_shelf.settings.home))
    monkeypatch.setattr("library.accounts.second_step.pyotp.random_base32", lambda: "A" * 32)
    code = pyotp.TOTP("A" * 32).at(now[0])
    runner = CliRunner()
    on = runner.invoke(commands, ["user", "second-step", "ben"], input=f"{code}\n")
    assert on.exit_code == 0, on.output
    assert is_on(desk_shelf.catalogue)
    assert runner.invoke(commands, ["user", "second-step", "ben"]).exit_code
    off = runner.invoke(commands, ["user", "second-step", "ben", "--off"])
    assert off.exit_code == 0
    assert not is_on(desk_shelf.catalogue)


def is_on(catalogue: Catalogue) -> bool:
    return second_step.is_on(catalogue, accounts.find(catalogue, "ben"))
