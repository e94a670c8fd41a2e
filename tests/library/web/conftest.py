"""A small library, really catalogued and really indexed, and a client of its site."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from starlette.testclient import TestClient

from index.engines import open_engine
from library.catalogue import Catalogue, open_catalogue
from library.core.resource import (
    Block,
    Collection,
    Edition,
    Heading,
    Page,
    PartialDate,
    Statement,
    Status,
)
from library.core.settings import Settings
from library.search import indexer
from library.search.remembered import RememberingEngine
from library.store.holdings import holdings_of
from library.vocabularies import Vocabularies
from library.web.app import app_of
from library.web.i18n import interfaces
from library.web.site import Site
from library.web.templates import Pages
from tests import needs
from tests.library.catalogue.builders import NAME, lay

PDF = "application/pdf"
LAID_OUT = (
    Block("heading", "Before the first meeting", level=1),
    Block("paragraph", "Agree on what you ask of the municipality, and who speaks."),
    Block("item", "Choose three people", level=1, marker="1."),
    Block("item", "one speaks", level=2),
    Block("item", "one writes", level=2),
    Block("item", "Vote on it", level=1, marker="2."),
    Block("table", rows=(("We ask", "We give"), ("A permit per stall", "Clean pavement"))),
    Block("quote", "Nobody <speaks> alone & unheard.", language="en"),
)


def decide(statements: Sequence[Statement]) -> dict[str, Statement]:
    return {one.field: one for one in statements}


class Unwritten(Catalogue):
    """The catalogue of a shelf that tests share: what one writes others would read."""

    def write(self) -> NoReturn:
        raise AssertionError("make a shelf of your own in tmp_path")


class Shelf:
    """Puts works into a library: the catalogue, the originals and the index."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        if not (settings.home / NAME).exists() and not settings.database:
            lay(settings.home)
        self.catalogue: Catalogue = open_catalogue(settings, make=True)
        self._served = self.catalogue
        # Tests leave theirs open in many ways, and since 3.13 Python warns of each connection.
        weakref.finalize(self.catalogue, self.catalogue._engine.dispose)
        self.vocabularies = Vocabularies.load(settings.languages)
        self.engine = open_engine(
            "whoosh", settings.index, settings.languages, self.vocabularies.version
        )

    def add(
        self,
        title: str,
        pages: Sequence[Page | str],
        *,
        language: str = "en",
        work: str = "",
        media_type: str = PDF,
        status: Status = Status.PUBLISHED,
        expected: int | None = None,
        quality: float = 1.0,
        date: PartialDate | None = None,
        summary: str = "",
        **said: str | tuple[str, ...],
    ) -> str:
        """The id of the resource that this edition became, or joined."""
        made = [
            Page(number, page) if isinstance(page, str) else page
            for number, page in enumerate(pages, 1)
        ]
        content = "\n".join((title, language, *(page.text for page in made))).encode()
        file = self.settings.home / "incoming.bin"
        file.write_bytes(content)
        stored = holdings_of(self.settings, self.catalogue).put(file)
        edition = Edition(
            id=stored.sha256[:16],
            language=language,
            title=title,
            sha256=stored.sha256,
            media_type=media_type,
            filename=f"{title[:12]} {language}.pdf",
            bytes=stored.bytes,
            pages=len(made),
            text_bytes=sum(len(page.text.encode()) for page in made),
            pages_expected=expected,
            text_quality=quality,
            scanned=sum(page.scanned for page in made),
            summary=summary,
            authors=("A. Organiser",),
            date=date,
            contents=tuple(
                Heading(block.text, page.number, block.level)
                for page in made
                for block in page.blocks
                if block.kind == "heading"
            ),
        )
        statements = [Statement(name, value, "staff") for name, value in said.items()]
        with self.catalogue.write() as writer:
            writer.store_original(edition.sha256, edition.bytes, edition.filename)
            writer.tell_type(edition.sha256, media_type)
            filed = writer.file(
                edition, made, statements, decide, status=status, work=f"staff:{work}" * bool(work)
            )
        return filed.resource

    def share(self) -> None:
        """From now on tests only read it; its site may still keep what readers send."""
        self.catalogue = Unwritten(self.catalogue._engine)

    def index(self) -> None:
        indexer.rebuild(self.catalogue, self.engine, self.vocabularies)

    def site(self) -> Site:
        return Site(
            self.settings,
            self._served,
            RememberingEngine(self.engine),
            self.vocabularies,
            interfaces(self.settings.languages, schemes=self.vocabularies.schemes),
            pages(self.settings.languages),
        )


@cache
def pages(languages: tuple[str, ...]) -> Pages:
    """Templates and static files, loaded once for all tests."""
    return Pages.load(interfaces(languages))


def fill(shelf: Shelf) -> None:
    """Works in several languages and states; enough that results have two pages."""
    topics = shelf.vocabularies.order("topic")
    groups = shelf.vocabularies.order("group")
    kinds = shelf.vocabularies.order("kind")
    audiences = shelf.vocabularies.order("audience")
    streets = shelf.add(
        "Our streets, our table",
        [
            "Street vendors can bargain with the city.",
            Page(2, " ".join(block.text for block in LAID_OUT), LAID_OUT, "iv", layout="test"),
            "A municipality that signs and does not budget has signed nothing.",
        ],
        work="streets",
        date=PartialDate(2019, 5),
        summary="From the first meeting to a signed agreement.",
        topic=(topics[0], topics[1]),
        group=(groups[0],),
        audience=(audiences[0],),
        kind=kinds[0],
        place=("ke",),
    )
    shelf.add(
        "Nuestras calles, nuestra mesa",
        ["Los vendedores negocian con el municipio.", "Antes de la primera reunión."],
        language="es",
        work="streets",
        date=PartialDate(2020),
    )
    shelf.add(
        "عملك عمل",
        ["للعاملات في المنازل حقوق: أجر وراحة وعقد مكتوب.", "النقابة تحميك."],
        language="ar",
        date=PartialDate(2021),
        topic=(topics[0],),
        kind=kinds[1],
    )
    shelf.add(
        "A scan of a leaflet",
        ["", Page(2, "Rd fund of th strike", reader="tesseract eng", score=0.7)],
        quality=0.7,
        expected=4,
        topic=(topics[2],),
        kind=kinds[0],
    )
    shelf.add("A secret draft", ["Not for municipality eyes."], status=Status.DRAFT)
    shelf.add("Notes on a strike fund", ["Rules & <b>accounts</b>."], media_type="text/html")
    for number in range(25):
        shelf.add(
            f"Report {number} on wages",
            [f"Wages of year {2000 + number}, with a fund for strikes."],
            date=PartialDate(2000 + number),
            topic=(topics[number % 12],),
            kind=kinds[number % 3],
        )
    with shelf.catalogue.write() as writer:
        writer.set_collection(Collection("start", "Start here", "Read these first.", (streets,)))
    shelf.index()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real one; what is expected of its pages is waited for, since a page may be on its way."""
    expect.set_options(timeout=30_000)  # ms
    program = needs.command("chromium")
    with sync_playwright() as player:
        made = player.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture(scope="package")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """One for all tests of the package: who writes into it changes what others see, by the order
    that they happen to run in."""
    made = Shelf(Settings(home=Path(tmp_path_factory.mktemp("library"))))
    fill(made)
    made.share()
    return made


@pytest.fixture
def own_shelf(tmp_path: Path) -> Shelf:
    """The same works, for a test that changes them."""
    made = Shelf(Settings(home=tmp_path / "own"))
    fill(made)
    return made


@pytest.fixture(scope="package")
def site(shelf: Shelf) -> Iterator[Site]:
    made = shelf.site()
    yield made
    made.close()


@pytest.fixture
def client(site: Site) -> TestClient:
    """Lifespan is not run: the site outlives each test."""
    return TestClient(app_of(site), follow_redirects=False)
