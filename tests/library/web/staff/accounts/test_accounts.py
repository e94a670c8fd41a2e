"""Accounts made at the desk by an admin, who says their own password once more."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import PASSWORD, Enter, token_of
from tests.markup import count, values

NEW = "four plain words together"


def sent(client: TestClient, **more: str) -> dict[str, str]:
    token = token_of(client.get("/staff/own").text)
    return {"form": token, "change": "add", "name": "rosa", "new": NEW, "old": PASSWORD, **more}


def test_who_is_added_comes_in(ana: TestClient, nobody: TestClient) -> None:
    answer = ana.post("/staff/accounts", data=sent(ana, role="staff"))
    assert answer.headers["location"] == "/staff/accounts?done=account"
    door = token_of(nobody.get("/staff/sign-in").text)
    data = {"name": "rosa", "password": NEW, "form": door}
    assert nobody.post("/staff/sign-in", data=data).status_code == 303
    assert nobody.get("/staff/accounts").status_code == 403  # staff, not an admin
    history = ana.get("/staff/history").text
    assert "account made" in history
    assert NEW not in history


def test_a_forgotten_password_is_replaced_and_ends_all_sessions(enter: Enter) -> None:
    ana, ben = enter("ana"), enter("ben")
    answer = ana.post("/staff/accounts", data=sent(ana, change="password", name="ben"))
    assert answer.headers["location"].endswith("done=new-password")
    assert ben.get("/staff/own").status_code == 303
    assert ana.get("/staff/own").status_code == 200


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"old": "not it"}, "Your own password is wrong"),
        ({"new": "short"}, "12 characters or more"),
        ({"name": "no spaces"}, "will not do as a name"),
        ({"name": "Ben"}, "There is an account"),
        ({"name": "Ana", "change": "password"}, "your own account"),
        ({"name": "nobody", "change": "password"}, "nobody"),
    ],
)
def test_what_will_not_do_is_said_and_changes_nothing(
    ana: TestClient, desk_shelf: Shelf, more: dict[str, str], said: str
) -> None:
    before = count(ana.get("/staff/history"), ".change")
    answer = ana.post("/staff/accounts", data=sent(ana, **more))
    assert answer.status_code == 422
    assert said in answer.text
    assert NEW not in values(answer.text, "input", "value")
    assert count(ana.get("/staff/history"), ".change") == before


def test_staff_make_no_accounts(ben: TestClient) -> None:
    assert ben.post("/staff/accounts", data=sent(ben)).status_code == 403
