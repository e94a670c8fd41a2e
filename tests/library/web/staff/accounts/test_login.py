"""In, out, one's own account, and other people's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete
from starlette.testclient import TestClient

from library.catalogue.storage import schema
from library.web.app import app_of
from library.web.site import Site
from library.web.usage import UNCOUNTED
from tests.library.web.staff.conftest import PASSWORD, Enter, token_of
from tests.markup import count, has, texts, values

BETTER = "four words of another kind"


def sign_in(client: TestClient, **sent: str) -> object:
    token = token_of(client.get("/staff/sign-in").text)
    return client.post("/staff/sign-in", data={"form": token, **sent})


def test_the_way_in_leads_where_one_wanted_to_go(nobody: TestClient) -> None:
    sent_away = nobody.get("/staff/own?x=1")
    assert sent_away.headers["location"] == "/staff/sign-in?to=%2Fstaff%2Fown%3Fx%3D1"
    page = nobody.get(sent_away.headers["location"]).text
    assert has(page, '[name="to"][value="/staff/own?x=1"]')
    for to, there in (
        ("/staff/own?x=1", "/staff/own?x=1"),
        ("https://elsewhere.example/staff/", "/staff/"),
        ("//elsewhere.example/staff/", "/staff/"),
        ("/search", "/staff/"),
        ("/staff/sign-in", "/staff/"),
    ):
        nobody.cookies.clear()
        answer = sign_in(nobody, name="ben", password=PASSWORD, to=to)
        assert (answer.status_code, answer.headers["location"]) == (303, there)  # type: ignore[attr-defined]


def test_the_cookie_is_the_desk_s_alone(site: Site, desk_site: Site) -> None:
    public = replace(desk_site, settings=replace(desk_site.settings, base_url="https://l.example"))
    for made, secure in ((desk_site, False), (public, True)):
        client = TestClient(
            app_of(made), base_url="https://testserver" if secure else "http://testserver",
            follow_redirects=False,
        )  # fmt: skip
        answer = sign_in(client, name="ben", password=PASSWORD)
        cookies = answer.headers.get_list("set-cookie")  # type: ignore[attr-defined]
        [cookie] = [one for one in cookies if one.startswith("staff=")]
        for part in ("HttpOnly", "SameSite=lax", "Path=/staff"):
            assert part in cookie
        assert ("Secure" in cookie) is secure
        assert "Max-Age" not in cookie
        [other] = [one for one in cookies if one.startswith(f"{UNCOUNTED}=")]
        assert other.startswith(f"{UNCOUNTED}=1; ")  # it tells that staff read, and not who
        assert ("Secure" in other) is secure
        [known] = [one for one in cookies if one.startswith("known-browser=")]
        for part in ("HttpOnly", "SameSite=lax", "Path=/staff/sign-in", "Max-Age=34560000"):
            assert part in known
        assert ("Secure" in known) is secure


def test_a_wrong_password_says_no_more_than_a_wrong_name(nobody: TestClient) -> None:
    wrong = sign_in(nobody, name="ben", password="x")
    unknown = sign_in(nobody, name="nobody", password="x")
    for answer in (wrong, unknown):
        assert answer.status_code == 403  # type: ignore[attr-defined]
        assert "The name or the password is wrong." in answer.text  # type: ignore[attr-defined]


def test_who_tries_too_often_waits(nobody: TestClient) -> None:
    for _ in range(5):
        sign_in(nobody, name="ben", password="x")
    answer = sign_in(nobody, name="ben", password=PASSWORD)
    assert answer.status_code == 429  # type: ignore[attr-defined]
    assert 1 <= int(answer.headers["retry-after"]) <= 31  # type: ignore[attr-defined]
    assert "Try again in 1 minute." in answer.text  # type: ignore[attr-defined]


def test_signing_out_is_for_good(ben: TestClient) -> None:
    cookie = ben.cookies["staff"]
    token = token_of(ben.get("/staff/").text)
    assert ben.post("/staff/sign-out", data={"form": token}).status_code == 303
    ben.cookies.set("staff", cookie, path="/staff")
    assert ben.get("/staff/").status_code == 303


def test_own_sessions_can_be_ended(ben: TestClient, enter: Enter) -> None:
    others = [enter("ben"), enter("ben")]
    page = ben.get("/staff/own").text
    assert count(page, "li > p > b") == 3
    chosen = values(page, '[name="session"]', "value")
    token = token_of(page)
    ben.post("/staff/own/sessions", data={"form": token, "session": chosen[0]})
    assert sorted(one.get("/staff/").status_code for one in others) == [200, 303]
    ben.post("/staff/own/sessions", data={"form": token, "session": "others"})
    assert [one.get("/staff/").status_code for one in others] == [303, 303]
    assert ben.get("/staff/").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(ana: TestClient, ben: TestClient) -> None:
    token = token_of(ben.get("/staff/own").text)
    for number in range(1, 9):
        ben.post("/staff/own/sessions", data={"form": token, "session": str(number)})
    assert ana.get("/staff/").status_code == 200
    assert ben.get("/staff/").status_code == 200


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"old": "wrong", "new": BETTER, "again": BETTER}, "present password is wrong"),
        ({"old": PASSWORD, "new": BETTER, "again": "other"}, "two different ways"),
        ({"old": PASSWORD, "new": "short", "again": "short"}, "12 characters or more"),
    ],
)
def test_a_password_that_is_not_changed(ben: TestClient, sent: dict[str, str], said: str) -> None:
    token = token_of(ben.get("/staff/own").text)
    answer = ben.post("/staff/own/password", data={"form": token, **sent})
    assert answer.status_code == 422
    assert said in answer.text


def test_a_changed_password_ends_the_others(ben: TestClient, enter: Enter) -> None:
    other = enter("ben")
    token = token_of(ben.get("/staff/own").text)
    sent = {"form": token, "old": PASSWORD, "new": BETTER, "again": BETTER}
    answer = ben.post("/staff/own/password", data=sent)
    assert "done=password" in answer.headers["location"]
    assert "Your password is changed." in ben.get(answer.headers["location"]).text
    assert other.get("/staff/").status_code == 303


def test_the_cookie_from_before_a_changed_password_is_worth_nothing(ben: TestClient) -> None:
    before = ben.cookies["staff"]
    sent = {"old": PASSWORD, "new": BETTER, "again": BETTER}
    ben.post("/staff/own/password", data={"form": token_of(ben.get("/staff/own").text), **sent})
    assert ben.get("/staff/").status_code == 200
    assert ben.cookies["staff"] != before
    ben.cookies.clear()
    ben.cookies.set("staff", before, path="/staff")
    assert ben.get("/staff/").status_code == 303


def test_guesses_at_the_present_password_wait(ben: TestClient) -> None:
    token = token_of(ben.get("/staff/own").text)
    sent = {"form": token, "old": "wrong", "new": BETTER, "again": BETTER}
    codes = [ben.post("/staff/own/password", data=sent).status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]


def test_an_admin_lets_others_in_and_out(ana: TestClient, ben: TestClient) -> None:
    page = ana.get("/staff/accounts").text
    token = token_of(page)
    assert values(page, '[name="account"]', "value") == ["1", "2"]
    sent = {"form": token, "account": "2"}
    ana.post("/staff/accounts", data={**sent, "change": "disable"})
    assert ben.get("/staff/").status_code == 303
    assert "disabled" in ana.get("/staff/accounts").text
    ana.post("/staff/accounts", data={**sent, "change": "enable"})
    ana.post("/staff/accounts", data={**sent, "change": "admin"})
    assert texts(ana.get("/staff/accounts"), ".tag") == ["admin", "admin"]
    own = ana.post("/staff/accounts", data={"form": token, "account": "1", "change": "disable"})
    assert own.status_code == 422
    assert ana.post("/staff/accounts", data={**sent, "account": "99"}).status_code == 404


def test_the_first_visit_says_how_to_begin(nobody: TestClient, desk_site: Site) -> None:
    command = "library user add NAME --role admin"
    assert command not in nobody.get("/staff/sign-in").text
    with desk_site.catalogue.write() as writer:
        writer.conn.execute(delete(schema.users))
    assert nobody.get("/staff/").headers["location"] == "/staff/sign-in"
    assert command in nobody.get("/staff/sign-in").text
