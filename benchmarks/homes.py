"""Libraries of many works, made of the pages of one that is there: to serve, not to read.

A work has some pages of the editions of a home, drawn by chance, most works short and some long,
and concepts with the skew that concepts have. The catalogue and the index are those of any library;
there are no original files, so nothing of it can be read again.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from library.catalogue import open_catalogue
from library.core.resource import Edition, Page, PartialDate, Statement, Status
from library.core.settings import Settings
from library.metadata import decide
from library.search import indexer
from library.vocabularies import Vocabularies

FACETS = {"topic": 3, "group": 2, "audience": 1, "use": 2, "place": 2}  # values at most
AT_A_TIME = 500  # works in one transaction


def made(source: Path, home: Path, works: int) -> None:
    """A library of so many works in `home`, of the pages of the one in `source`."""
    with sqlite3.connect(source / "catalogue.sqlite") as held:
        texts = held.execute(
            "SELECT e.title, e.language, p.text FROM pages p JOIN editions e ON e.id = p.edition "
            "WHERE e.language != '' AND length(p.text) > 200 ORDER BY p.edition, p.number"
        ).fetchall()
    settings = Settings(home=home)
    words = Vocabularies.load(settings.languages)
    catalogue = open_catalogue(settings, make=True)
    drawn = random.Random(works)
    for first in range(0, works, AT_A_TIME):
        with catalogue.write() as writer:
            for number in range(first, min(works, first + AT_A_TIME)):
                edition, pages = _edition(number, drawn, texts)
                writer.store_original(edition.sha256, edition.bytes, edition.filename)
                writer.file(
                    edition,
                    pages,
                    _said(drawn, words),
                    decide,
                    status=Status.PUBLISHED,
                    work=f"staff:{number}",
                )
    engine = indexer.open_engine(settings, words)
    indexer.rebuild(catalogue, engine, words)
    engine.close()
    catalogue.close()


def _edition(
    number: int, drawn: random.Random, texts: Sequence[tuple[str, str, str]]
) -> tuple[Edition, list[Page]]:
    title, language, _ = drawn.choice(texts)
    many = min(60, int(drawn.lognormvariate(0.6, 1)) + 1)
    pages = [
        Page(folio, drawn.choice(texts)[2], reader="pypdfium2") for folio in range(1, many + 1)
    ]
    sha256 = f"{drawn.getrandbits(256):064x}"
    edition = Edition(
        id=sha256[:16],
        language=language,
        title=f"{title} {number}",
        sha256=sha256,
        media_type="application/pdf",
        filename=f"{number}.pdf",
        bytes=100_000,
        pages=many,
        text_bytes=sum(len(page.text.encode()) for page in pages),
        date=PartialDate(drawn.randint(1990, 2026)),
    )
    return edition, pages


def _said(drawn: random.Random, words: Vocabularies) -> list[Statement]:
    said = []
    for facet, most in FACETS.items():
        order = words.order(facet)
        many = drawn.randint(0, most)
        values = {order[int(drawn.paretovariate(0.8)) % len(order)] for _ in range(many)}
        said.append(Statement(facet, tuple(sorted(values)), "staff"))
    said.append(Statement("kind", drawn.choice(words.order("kind")), "staff"))
    return said
