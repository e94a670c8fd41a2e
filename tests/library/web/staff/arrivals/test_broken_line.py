"""A large file from a real browser over a line that breaks: it arrives whole, sent hardly twice."""

from __future__ import annotations

import hashlib
import os
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Route, expect

from library.catalogue.accounts import users
from library.catalogue.queue import tasks
from library.store import originals
from library.web.app import app_of
from library.web.site import Site
from tests.library.web.conftest import Shelf
from tests.library.web.staff.arrivals.lines import Line
from tests.library.web.staff.conftest import PASSWORD, sign_in

MB = 1 << 20


@contextmanager
def served(site: Site, port: int = 0) -> Iterator[tuple[str, int]]:
    held = socket.create_server(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(app_of(site), log_level="error", lifespan="off",
                                           timeout_graceful_shutdown=1))  # fmt: skip
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    name, number = held.getsockname()
    try:
        yield name, number
    finally:
        server.should_exit = True
        thread.join(timeout=15)
        held.close()


def large(folder: Path, name: str, size: int, seed: int = 1) -> Path:
    path = folder / name
    path.write_bytes(b"%PDF-1.7\n" + random.Random(seed).randbytes(size - 9))
    return path


def signed_in(browser: Browser, address: str, **options: object) -> Page:
    page = browser.new_context(**options).new_page()  # type: ignore[arg-type]
    sign_in(page, address)
    page.goto(f"{address}/staff/arrivals")
    return page


def wait_for_bytes(page: Page, number: int, wanted: int) -> None:
    """Wait until so many bytes of the n-th file have been sent."""
    end, bar = time.monotonic() + 60, page.locator(".sending progress").nth(number)
    while bar.evaluate("one => one.value") < wanted:
        assert time.monotonic() < end
        time.sleep(0.05)


def arrived(shelf: Shelf) -> list[str]:
    with shelf.catalogue.read() as conn:
        return [one.arrival.sha256 for one in reversed(tasks.seen(conn, 99))]


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_40_mb_over_a_line_that_breaks_arrive_whole_and_are_sent_hardly_more_than_once(
    browser: Browser, desk_site: Site, desk_shelf: Shelf, tmp_path: Path
) -> None:
    file = large(tmp_path, "handbook.pdf", 40 * MB)
    with served(desk_site) as to, Line(to, every=4 * MB) as line:
        page = signed_in(browser, f"http://{to[0]}:{to[1]}")
        context = page.context
        page.close()
        page = context.new_page()  # cookies are of the host, whatever its port
        page.goto(f"{line.address}/staff/arrivals")
        before = line.sent
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_text("Chosen: 1")).to_be_visible()
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.locator(".sending .state")).to_have_text("stored safely", timeout=180_000)
        expect(page.get_by_text("1 of 1 stored safely.")).to_be_visible()
        ratio = (line.sent - before) / file.stat().st_size
        context.close()
    print(f"\n40 MB, {line.breaks} breaks: sent {ratio:.3f} times")  # noqa: T201
    assert line.breaks > 8
    assert arrived(desk_shelf) == [sha256(file)]
    assert originals.path_of(desk_shelf.settings.originals, sha256(file)).read_bytes() == (
        file.read_bytes()
    )
    assert ratio < 1.2


def test_a_line_that_goes_silent_is_given_up_and_tried_again(
    browser: Browser, desk_site: Site, desk_shelf: Shelf, tmp_path: Path
) -> None:
    file = large(tmp_path, "silent.pdf", 6 * MB)
    with served(desk_site) as to, Line(to, every=3 * MB, silent=1) as line:
        page = signed_in(browser, line.address)
        page.clock.install()
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Send", exact=True).click()
        for _ in range(600):
            if line.breaks:
                break
            page.wait_for_timeout(100)
        page.wait_for_timeout(1_000)  # until what was on its way has been told
        assert line.sent < file.stat().st_size
        stored = page.locator(".sending .state", has_text="stored safely")
        for _ in range(20):  # each connection that the browser keeps may be as silent
            page.clock.fast_forward(120_000)  # patience for the last piece is longest
            page.wait_for_timeout(2_000)
            if stored.count():
                break
        expect(page.locator(".sending .state")).to_have_text("stored safely", timeout=120_000)
        page.context.close()
    assert line.breaks
    assert arrived(desk_shelf) == [sha256(file)]


def test_a_reload_and_a_server_that_starts_again_cost_nothing_that_came(
    browser: Browser, desk_site: Site, desk_shelf: Shelf, tmp_path: Path
) -> None:
    files = [large(tmp_path, f"part-{n}.pdf", 24 * MB, n) for n in range(2)]
    with served(desk_site) as to, Line(to, rate=3 * MB) as line:
        page = signed_in(browser, f"http://{to[0]}:{to[1]}")
        page.goto(f"{line.address}/staff/arrivals")
        page.on("dialog", lambda dialog: dialog.accept())  # "leave this page?"
        page.locator("input[type=file]").set_input_files(files)
        page.get_by_role("button", name="Send", exact=True).click()
        first = page.locator(".sending li").first.locator(".state")
        expect(first).to_have_text("stored safely", timeout=60_000)
        wait_for_bytes(page, 1, 10 * MB)
        page.reload()
        expect(page.get_by_role("heading", name="Not finished")).to_be_visible()
        expect(page.get_by_text("part-1.pdf").first).to_be_visible()
    with served(desk_site) as to, Line(to, rate=3 * MB) as line:
        page.goto(f"{line.address}/staff/arrivals")
        page.locator("input[type=file]").set_input_files(files)
        page.get_by_role("button", name="Send", exact=True).click()
        states = page.locator(".sending .state")
        expect(states.nth(1)).to_have_text("stored safely", timeout=60_000)
        assert states.nth(0).inner_text() == "is here already: it was sent before"
        assert line.sent < 21 * MB  # the rest of one, and nothing of the other
        page.context.close()
    assert arrived(desk_shelf) == [sha256(file) for file in files]


def test_another_file_that_looks_the_same_is_not_mixed_with_it(
    browser: Browser, desk_site: Site, desk_shelf: Shelf, tmp_path: Path
) -> None:
    one, other = (large(tmp_path / name, "report.pdf", 6 * MB, n)
                  for n, name in enumerate("ab") if not (tmp_path / name).mkdir())  # fmt: skip
    for path in (one, other):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    with served(desk_site) as to:
        page = signed_in(browser, f"http://{to[0]}:{to[1]}")
        for path in (one, other, one):
            page.locator("input[type=file]").set_input_files(path)
            page.get_by_role("button", name="Send", exact=True).click()
            expect(page.locator(".sending .state").last).not_to_have_text("waits for its turn")
            expect(page.locator(".sending progress + .soft").last).to_have_text(
                "6.0 MB of 6.0 MB", timeout=30_000
            )
            expect(page.locator(".sending .buttons button")).to_have_count(0, timeout=30_000)
        page.context.close()
    assert arrived(desk_shelf) == [sha256(one), sha256(other), sha256(one)]


def test_who_was_signed_out_meanwhile_signs_in_elsewhere_and_it_goes_on(
    browser: Browser, desk_site: Site, desk_shelf: Shelf, tmp_path: Path
) -> None:
    file = large(tmp_path, "long.pdf", 20 * MB)
    with served(desk_site) as to, Line(to, rate=3 * MB) as line:
        page = signed_in(browser, f"http://{to[0]}:{to[1]}")
        page.goto(f"{line.address}/staff/arrivals")
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Send", exact=True).click()
        wait_for_bytes(page, 0, MB)
        with desk_shelf.catalogue.write() as writer:
            users.end_every_session(writer.conn)
        state = page.locator(".sending .state")
        expect(state).to_contain_text("you are signed out", timeout=30_000)
        other = page.context.new_page()
        other.goto(f"{line.address}/staff/")
        other.locator("input[name=name]").fill("ben")
        other.locator("input[name=password]").fill(PASSWORD)
        other.keyboard.press("Enter")
        other.wait_for_url("**/staff/")
        page.bring_to_front()
        expect(state).to_have_text("stored safely", timeout=60_000)
        page.context.close()
    assert arrived(desk_shelf) == [sha256(file)]


@pytest.mark.parametrize("secure", [True, False])
@pytest.mark.parametrize("size", [300_000, 5 * MB + 17])
def test_the_checksum_is_the_browsers_own_or_the_vendored_where_it_has_none(
    secure: bool, size: int, browser: Browser, desk_site: Site, desk_shelf: Shelf, tmp_path: Path
) -> None:
    file = large(tmp_path, "hours.pdf", size)
    with served(desk_site) as to:
        page = browser.new_context().new_page()
        if not secure:  # as over plain http from another computer
            page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
        sign_in(page, f"http://{to[0]}:{to[1]}")
        page.goto(f"http://{to[0]}:{to[1]}/staff/arrivals")
        fetched: list[str] = []
        page.on("request", lambda request: fetched.append(request.url))
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.locator(".sending .state")).to_have_text("stored safely", timeout=30_000)
        page.context.close()
    assert arrived(desk_shelf) == [sha256(file)]
    vendored = not secure or size > 4 * MB
    assert any("/static/sha256." in url for url in fetched) == vendored


def test_the_vendored_checksum_that_did_not_come_is_fetched_again(
    browser: Browser, desk_site: Site, desk_shelf: Shelf, tmp_path: Path
) -> None:
    file = large(tmp_path, "hours.pdf", 5 * MB)
    with served(desk_site) as to:
        page = signed_in(browser, f"http://{to[0]}:{to[1]}")
        cut = [0]

        def once(route: Route) -> None:
            cut[0] += 1
            route.abort() if cut[0] == 1 else route.continue_()

        page.route("**/static/sha256.*", once)
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.locator(".sending .state")).to_have_text("stored safely", timeout=60_000)
        page.context.close()
    assert arrived(desk_shelf) == [sha256(file)]
    assert cut[0] > 1
