"""A library of its own for each test of the desk, with two people, and browsers for them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Page
from starlette.testclient import TestClient

from library import accounts
from library.accounts import passwords
from library.core.resource import Role, Status
from library.core.settings import Settings
from library.web.app import app_of
from library.web.site import Site
from library.web.staff.arrivals import live
from tests.library.web.conftest import Shelf
from tests.markup import Source, values

PASSWORD = "correct horse battery"
TOKEN = re.compile(r"[0-9a-f]{64}")

Enter = Callable[[str], TestClient]


CHEAP = PasswordHasher(1, 8, 1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are kept in the cheapest way argon2 has: it is not what is tested here."""
    monkeypatch.setattr(passwords, "_HASHER", CHEAP)


@pytest.fixture(autouse=True)
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream says what there is and ends: whoever walks all addresses would wait for ever."""
    monkeypatch.setattr(live, "LONGEST", 0.0)


@pytest.fixture(scope="session")
def desk_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small library, made once: each test has a copy of its own."""
    home = tmp_path_factory.mktemp("desk")
    made = Shelf(Settings(home=home))
    made.add("A fund of our own", ["A strike fund is built in quiet months."], work="fund")
    made.add("Un fondo propio", ["Un fondo de huelga."], language="es", work="fund")
    made.add("A secret draft", ["Zanzibar is not for readers."], status=Status.DRAFT)
    made.index()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", CHEAP)
        accounts.add(made.catalogue, "ana", Role.ADMIN, PASSWORD)
        accounts.add(made.catalogue, "ben", Role.STAFF, PASSWORD)
    made.engine.close()
    made.catalogue.close()
    return home


@pytest.fixture
def desk_shelf(tmp_path: Path, desk_home: Path) -> Shelf:
    shutil.copytree(desk_home, tmp_path, dirs_exist_ok=True)
    return Shelf(Settings(home=tmp_path))


@pytest.fixture
def desk_site(desk_shelf: Shelf) -> Iterator[Site]:
    made = desk_shelf.site()
    yield made
    made.close()


@pytest.fixture
def nobody(desk_site: Site) -> TestClient:
    return TestClient(app_of(desk_site), follow_redirects=False)


@pytest.fixture
def enter(desk_site: Site) -> Enter:
    def entered(name: str) -> TestClient:
        client = TestClient(app_of(desk_site), follow_redirects=False)
        token = token_of(client.get("/staff/sign-in").text)
        sent = {"name": name, "password": PASSWORD, "form": token}
        assert client.post("/staff/sign-in", data=sent).status_code == 303
        return client

    return entered


@pytest.fixture
def ana(enter: Enter) -> TestClient:
    """The admin."""
    return enter("ana")


@pytest.fixture
def ben(enter: Enter) -> TestClient:
    """The other one."""
    return enter("ben")


def token_of(page: Source) -> str:
    """The token that the forms of a page carry: all the same one."""
    [token] = set(values(page, 'input[name="form"]', "value"))
    assert TOKEN.fullmatch(token)
    return token


def undos_of(page: Source) -> list[str]:
    """Where the buttons of a page that take a change back send to, in order."""
    return values(page, 'form[action^="/staff/history/"][action$="/undo"]', "action")


def sign_in(page: Page, address: str) -> None:
    """Go in at the door of the desk, as staff."""
    page.goto(f"{address}/staff/")
    page.locator("input[name=name]").fill("ben")
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/")
