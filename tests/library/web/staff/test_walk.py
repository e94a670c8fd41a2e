"""From an empty library to a withdrawal, as two people do it: by keyboard alone, on a small phone,
with a real server and its worker, scripts on and off.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from tests.library.web.staff.conftest import PASSWORD
from tests.library.web.test_browser import TOO_WIDE

ROOT = Path(__file__).resolve().parents[4]
FILES = [
    ROOT / "sample" / "library" / name
    for name in ("first-48-hours-en.pdf", "first-48-hours-fr.pdf", "safe-hands-en.pdf")
]
FOCUSED = """of => {
    const one = document.activeElement;
    if (!one || one === document.body || (of && !one.matches(of))) return null;
    const by = one.getAttribute("aria-labelledby");
    const text = by ? document.getElementById(by).textContent
        : one.getAttribute("aria-label") || (one.labels && one.labels.length
            ? one.labels[0].textContent : one.textContent);
    return (text || one.name || "").trim().replace(/\\s+/g, " ");
}"""  # what the focused element is called, if it is one `of` these


class Keys:
    """A page for somebody who has no pointer."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, name: str, *, of: str = "", most: int = 250) -> None:
        """Press Tab until something whose name begins so has the focus. of: only such elements."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(FOCUSED, of)
            if here is not None and here.startswith(name):
                return
        raise AssertionError(f"no key leads to {name!r} at {self.page.url}")

    def press(self, name: str, *, of: str = "", waits: bool = True) -> None:
        """Go to a link or a button, and press Enter."""
        self.to(name, of=of)
        if waits:
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")
        else:
            self.page.keyboard.press("Enter")

    def room(self, name: str) -> None:
        """Go by the first page of the desk to a room."""
        self.press("Staff desk", of="nav a")
        self.press(name, of=".rooms a")

    def write(self, name: str, text: str) -> None:
        """Go to a field and put a text in the place of what is there."""
        self.to(name, of=":is(input, textarea)")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, name: str) -> None:
        """Choose one of several, from the one that is chosen."""
        self.to("", of="input[type=radio]")
        for _ in range(10):
            if (self.page.evaluate(FOCUSED, "") or "").startswith(name):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"there is no {name!r} to choose")


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "LIBRARY_HOME": str(tmp_path / "home")}


@pytest.fixture
def address(home: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """A server with its worker, as whoever runs a library starts it."""
    log = tmp_path / "serve.log"
    subprocess.run([sys.executable, "-m", "library", "init"], env=home, check=True, cwd=tmp_path)
    with log.open("w") as out:
        serving = subprocess.Popen(
            [sys.executable, "-m", "library", "serve", "--port", "0"],
            env=home,
            cwd=tmp_path,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        for _ in range(300):
            if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text()):
                break
            time.sleep(0.1)
        else:
            raise AssertionError(log.read_text())
        yield found[0]
    finally:
        serving.terminate()
        assert serving.wait(timeout=60) in (0, 143), log.read_text()


def choose(page: Page) -> None:
    """Open the dialogue for files by a key, and again where the browser let it pass."""
    for key in ("Space", "Enter", "Space", "Enter"):
        try:
            with page.expect_file_chooser(timeout=5_000) as chooser:
                page.keyboard.press(key)
        except TimeoutError:
            continue
        chooser.value.set_files(FILES)
        return
    raise AssertionError("no key opens the dialogue for files")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_nothing_to_a_withdrawal_by_keyboard_alone(
    browser: Browser, address: str, home: dict[str, str], tmp_path: Path, scripts: bool
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=scripts, locale="en"
    )
    context.set_default_timeout(60_000)
    page, wrong = context.new_page(), list[str]()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    keys = Keys(page)

    page.goto(f"{address}/staff/")
    expect(page.get_by_text("library user add NAME --role admin")).to_be_visible()
    subprocess.run(
        [sys.executable, "-m", "library", "user", "add", "rosa", "--role", "admin",
         "--password-stdin"],
        env=home, cwd=tmp_path, input=PASSWORD, text=True, check=True,
    )  # fmt: skip
    page.goto(f"{address}/staff/")
    keys.write("Name", "rosa")
    keys.write("Password", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    keys.press("Arrivals", of=".rooms a")
    keys.to("Files", of="input[type=file]")
    choose(page)
    keys.press("Send", of="button", waits=not scripts)
    arrived = page.locator(".state", has_text="in the library")
    end = time.monotonic() + 120
    while arrived.count() < 3:
        assert time.monotonic() < end, page.content()
        if scripts:
            page.wait_for_timeout(200)
        else:
            keys.press("Look again")
            page.wait_for_timeout(500)
    assert page.locator("main *:visible").evaluate_all(TOO_WIDE) == []

    keys.room("Needs checking")
    expect(page.locator("h1")).to_have_text("Needs checking")
    keys.room("Resources")
    expect(page.locator(".pick")).to_have_count(3)
    keys.press("Safe Hands at the Sorting Table", of="main li a")
    keys.press("Correct what is said of it")
    keys.press("Title", of="summary", waits=False)
    keys.write("Title", "Safe hands")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()

    keys.room("Resources")
    for title in ("The First 48 Hours", "Les premières 48 heures"):
        keys.to(title, of="input[type=checkbox]")
        page.keyboard.press("Space")
    keys.press("Change what is chosen", of="button")
    keys.press("These are editions of one work", of="button")
    keys.press("They are editions of one work: join them", of="button")
    expect(page.get_by_text("They are editions of one work now")).to_be_visible()
    expect(page.locator(".editions > li")).to_have_count(2)
    resource = page.url.partition("?")[0]

    keys.press("Publish", of="button")
    keys.press("As readers see it", of="a")
    public = page.url
    page.goto(f"{address}/search?q=heures")
    expect(page.locator(f'a[href*="{public.rpartition("/")[2]}"]')).not_to_have_count(0)

    page.goto(resource)
    keys.press("Another status", of="summary", waits=False)
    keys.choose("withdrawn")
    keys.write("If withdrawn", "It named somebody.")
    keys.press("Save", of="button")
    answer = page.goto(public)
    assert answer is not None
    assert answer.status == 410
    expect(page.get_by_text("It named somebody.")).to_be_visible()
    page.goto(f"{address}/search?q=heures")
    expect(page.locator(f'a[href*="{public.rpartition("/")[2]}"]')).to_have_count(0)

    page.goto(f"{address}/staff/history")
    keys.press("Undo", of="button")
    answer = page.goto(public)
    assert answer is not None
    assert answer.status == 200
    assert wrong == []
    context.close()
