"""Scripts that are stored in every field, and in all that a document can say, run in no page.

A real browser looks at every page that shows them, with scripts on. The policy of the site would
stop what stands in a page; so nothing of it may be there as an element to begin with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from playwright.sync_api import Browser, ConsoleMessage

from library import accounts
from library.catalogue.provenance import imports
from library.catalogue.resources import status
from library.catalogue.statistics import reader_reports
from library.core.resource import (
    Block,
    BlockKind,
    Collection,
    Page,
    PartialDate,
    Role,
    Standing,
    Statement,
    Status,
)
from library.core.settings import Settings
from tests.library.web.conftest import Shelf, decide
from tests.library.web.staff.conftest import PASSWORD, sign_in
from tests.library.web.test_browser import served

SCRIPT = "window.pwned=1"
HOSTILE = (
    f"</title></script></style><script>{SCRIPT}</script>\"'><img src=x onerror={SCRIPT} data-pwned>"
    f"<svg onload={SCRIPT} data-pwned>{{{{7*7}}}}<a data-pwned href='javascript:{SCRIPT}'>zebra"
)
LINK = f"javascript:{SCRIPT}//zebra"
FOUND = "() => [window.pwned, document.querySelectorAll('[data-pwned], [href^=javascript]').length]"


def blocks() -> tuple[Block, ...]:
    """A block of each kind that says it in all of its places."""
    return tuple(
        Block(
            kind, "" if kind == "table" else HOSTILE, level=1, marker=HOSTILE,
            rows=((HOSTILE, HOSTILE), (HOSTILE, HOSTILE)) if kind == "table" else (),
        )
        for kind in get_args(BlockKind)
    )  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Shelf, str]]:
    settings = Settings(
        home=Path(tmp_path_factory.mktemp("script")), name=HOSTILE, names=(("es", HOSTILE),)
    )
    shelf = Shelf(settings)
    topic = shelf.vocabularies.order("topic")[0]
    said = {
        "publisher": HOSTILE, "series": HOSTILE, "rights": HOSTILE, "source_url": LINK,
        "authors": (HOSTILE,), "summary": HOSTILE, "title": HOSTILE,
    }  # fmt: skip
    ids = []
    for number, state in enumerate((Status.PUBLISHED, Status.PUBLISHED, Status.DRAFT)):
        id_ = shelf.add(
            f"{HOSTILE} {number}", [Page(1, f"{HOSTILE} zebra {number}", blocks(), HOSTILE)] * 1,
            status=state, summary=HOSTILE, date=PartialDate(2019), topic=(topic,),
            kind="toolkit", publisher=HOSTILE, series=HOSTILE,
        )  # fmt: skip
        resource = shelf.catalogue.resource(id_, public=False)
        assert resource is not None
        edition = resource.editions[0]
        filed = replace(
            edition, authors=(HOSTILE,), rights=HOSTILE, source_url=LINK, filename=f"{HOSTILE}.pdf"
        )
        statements = [
            Statement(name, value, source, evidence=HOSTILE)
            for name, value in said.items()
            for source in ("file", "staff")
        ]
        with shelf.catalogue.write() as writer:
            writer.file(filed, shelf.catalogue.pages(edition.id), statements, decide, status=state)
            imports.keep(
                writer.conn, edition.id, [f"{HOSTILE}:{number}"], system=HOSTILE, source=HOSTILE,
                raw={HOSTILE: [HOSTILE]}, unmatched=[("subject", HOSTILE, HOSTILE)],
            )  # fmt: skip
            reader_reports.record(writer, edition.id, 1, HOSTILE, "en")
        ids.append(id_)
    with shelf.catalogue.write() as writer:
        writer.set_collection(Collection("zebras", HOSTILE, HOSTILE, tuple(ids)))
    for kind in ("asked", "missed"):
        shelf.catalogue.record_unanswered(kind, HOSTILE, "en")
    gone = shelf.add(f"{HOSTILE} gone", [HOSTILE])
    with shelf.catalogue.write() as writer:
        status.put(writer, gone, Standing(Status.WITHDRAWN, reason=HOSTILE), by="ana")
    accounts.add(shelf.catalogue, "ben", Role.ADMIN, PASSWORD)
    shelf.index()
    site = shelf.site()
    with served(site) as address:
        yield shelf, address
    site.close()


def paths(shelf: Shelf) -> list[str]:
    """Every page that shows something of it, to readers and to staff."""
    found = [
        "/", "/about", "/search?q=zebra", "/search", "/search/narrow?q=zebra",
        "/collections/zebras",
        "/browse/topic", "/browse/publisher", "/suggest?q=zeb&as=page", "/educators",
        "/search?q=%3Cscript%3Ewindow.pwned%3D1%3C%2Fscript%3E%3Cimg+data-pwned%3E",
        "/ask?q=%22%3E%3Cimg+data-pwned%3E", "/packs/new?q=zebra", "/kept", "/alerts/new?q=zebra",
        "/staff/", "/staff/resources", "/staff/queue", "/staff/arrivals", "/staff/history",
        "/staff/vocabularies/searches", "/staff/vocabularies/foreign", "/staff/collections",
        "/staff/collections/zebras", "/staff/figures", "/staff/health", "/staff/many?all=1",
        "/staff/tables", "/staff/group", "/staff/own", "/staff/accounts",
    ]  # fmt: skip
    for id_ in shelf.catalogue.every(public=False):
        work = shelf.catalogue.resource(id_, public=False)
        assert work is not None
        own, edition = f"/resources/{work.slug}", work.editions[0]
        language = edition.language
        found += [own, f"{own}/{language}", f"{own}/{language}?q=zebra", f"{own}/{language}/1"]
        found += [f"{own}/{language}/1?q=zebra", f"{own}/{language}/all", f"{own}/pass-on"]
        found += [f"{own}/{language}/1/quote?passage=1", f"/kept/{work.slug}/{language}"]
        found += [f"/report/{work.slug}/{language}/1", f"/list?r={id_}"]
        desk = f"/staff/resources/{id_}"
        found += [desk, f"{desk}/words", f"{desk}/files", f"{desk}/cover", f"{desk}/history"]
        found += [f"{desk}/editions/{edition.id}/1"]
    return found


def test_no_stored_script_runs_and_none_is_an_element(
    browser: Browser, hostile: tuple[Shelf, str]
) -> None:
    shelf, address = hostile
    page = browser.new_context(viewport={"width": 1280, "height": 740}).new_page()
    said: list[str] = []
    dialogs: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            said.append(message.text)

    page.on("console", note)
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    sign_in(page, address)
    wrong, shown = [], 0
    for path in paths(shelf):
        answer = page.goto(address + path, wait_until="load")
        assert answer is not None and answer.status < 500, path
        shown += "zebra" in page.content()
        if page.evaluate(FOUND) not in ([None, 0], [0, 0]) or said or dialogs:
            wrong.append((path, *said, *dialogs))
            said.clear()
    assert wrong == []
    assert shown > 30  # or the test would find nothing whatever the site does
    page.goto("about:blank")
    page.set_content(HOSTILE)  # what it looks like where nobody is careful
    assert page.evaluate(FOUND)[1] > 2
