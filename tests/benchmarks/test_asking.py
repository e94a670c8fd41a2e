"""Slips put right, and pages found by their own words: the goals, on libraries made in memory."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator

import pytest

from benchmarks import pages_found, spelling
from index.document import Document, Passage
from index.engines.whoosh import WhooshEngine
from index.meaning import learning
from library.core.resource import Page
from library.extractors import Limits, pdf_words
from library.vocabularies import Vocabularies
from tests import needs

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")
TITLE = re.compile(r"^title:\s*(?:>-?\s*)?[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
SENTENCES = 100


@pytest.fixture(scope="module")
def sample() -> Iterator[tuple[WhooshEngine, dict[tuple[str, int], str]]]:
    """The PDF files of the sample library, and the text of their pages."""
    texts: dict[tuple[str, int], str] = {}
    documents = []
    for path in sorted((needs.ROOT / "sample" / "library").glob("*.pdf")):
        read = pdf_words.read(io.BytesIO(path.read_bytes()), Limits())
        pages = [page for page in read if isinstance(page, Page) and not page.unreadable]
        language = path.stem[-2:] if path.stem[-2:] in LANGUAGES else ""
        passages = tuple(Passage(path.stem, language, one.number, one.text) for one in pages)
        texts |= {(path.stem, one.number): one.text for one in pages}
        title = path.stem.removesuffix(f"-{language}").replace("-", " ")
        documents.append(Document(path.stem, title, language=language, passages=passages))
    engine = WhooshEngine(None, LANGUAGES)
    engine.rebuild(documents)
    yield engine, texts
    engine.close()


def test_words_of_a_page_find_that_page(
    sample: tuple[WhooshEngine, dict[tuple[str, int], str]],
) -> None:
    engine, texts = sample
    vocabularies = Vocabularies.load(LANGUAGES)
    figures, wrong = pages_found.trial(
        engine, vocabularies, texts, random.Random(1), SENTENCES, exact=False
    )
    assert figures["stretches"] == SENTENCES
    assert figures["right page first"] >= 0.9, wrong
    assert figures["among the first three"] >= 0.97, wrong


def test_slips_in_words_of_titles_are_put_right_and_right_words_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Nothing is asked here beyond the words, so what works are alike need not be learned.
    monkeypatch.setattr(learning, "LEAST", 1 << 30)
    folder = needs.data("documents") / "activist-handbook"
    documents = []
    for path in sorted(folder.rglob("*.md"))[::2]:
        text = path.read_text("utf-8", "replace")
        found = TITLE.search(text)
        if found:
            name = str(path.relative_to(folder))
            passage = Passage(name, "", 1, text)
            documents.append(Document(name, found[1], passages=(passage,)))
    engine = WhooshEngine(None, LANGUAGES)
    engine.rebuild(documents)
    trial = spelling.Trial(engine, [one.title for one in documents], random.Random(1))
    figures, wrong = trial.run(300)
    engine.close()
    assert figures["words"] == 300
    assert figures["put right, of 6 letters or more"] >= 0.95, wrong
    assert figures["right words corrected"] == 0
    assert figures["right pairs corrected"] == 0
