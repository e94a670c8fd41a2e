"""The sample library: whole, made from its sources, in the words of the vocabularies."""

from __future__ import annotations

import csv
import importlib.machinery
import importlib.util
import sys
import tomllib
from collections import defaultdict
from types import ModuleType

import pypdfium2
import pytest

from index.fields import FILED
from library.core.resource import PartialDate
from library.vocabularies import Vocabularies
from tests import needs

SAMPLE = needs.ROOT / "sample"
LIBRARY = SAMPLE / "library"
MAXIMUM = 8_000_000  # bytes of all made files: what a demo may ask of somebody's data
WORDS_OF_STAFF = {"metadata.csv", "collections.toml"}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    path = str(needs.ROOT / "scripts" / "make-sample")
    loader = importlib.machinery.SourceFileLoader("make_sample", path)
    spec = importlib.util.spec_from_loader("make_sample", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_sample"] = module
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    return Vocabularies.load(("en", "es", "fr", "pt"))


def said() -> dict[str, dict[str, list[str]]]:
    """What staff say, by file: field name to values."""
    with (LIBRARY / "metadata.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row.pop("file"): row for row in csv.DictReader(lines)}
    words = {
        file: {name: [v for v in value.split(";") if v] for name, value in row.items()}
        for file, row in rows.items()
    }
    for beside in sorted(LIBRARY.glob("*.toml")):
        if beside.name not in WORDS_OF_STAFF:
            (file,) = (p.name for p in LIBRARY.glob(f"{beside.stem}.*") if p != beside)
            told = tomllib.loads(beside.read_text("utf-8"))
            words[file] = {n: v if isinstance(v, list) else [v] for n, v in told.items()}
    return words


def documents() -> list[str]:
    return sorted(p.name for p in LIBRARY.iterdir() if p.suffix not in (".csv", ".toml"))


def test_every_file_staff_speak_of_exists() -> None:
    assert set(said()) <= set(documents())


def test_every_file_has_a_source_and_every_source_its_file(script: ModuleType) -> None:
    assert documents() == sorted(source.file for source in script.read_sources())


def test_some_files_are_left_to_be_guessed() -> None:
    assert len(set(documents()) - set(said())) >= 3


def test_the_sample_stays_small() -> None:
    assert sum(path.stat().st_size for path in LIBRARY.iterdir()) < MAXIMUM


def test_there_are_thirty_works_and_the_languages_are_in_use(script: ModuleType) -> None:
    languages = defaultdict(set)
    for source in script.read_sources():
        languages[source.resource].add(source.language)
    assert len(languages) >= 30
    count = {code: sum(code in spoken for spoken in languages.values()) for code in FEWEST}
    assert {code: n for code, n in count.items() if n < FEWEST[code]} == {}
    assert sum(len(spoken) > 1 for spoken in languages.values()) >= 8


FEWEST = {"en": 20, "es": 8, "fr": 7, "pt": 4, "ar": 2, "hi": 3}
"""How many works at least are to be had in each language."""


def test_every_concept_exists(vocabularies: Vocabularies) -> None:
    unknown = {
        (file, facet, value)
        for file, words in said().items()
        for facet in (*FILED, "language")
        for value in words.get(facet, [])
        if vocabularies.concept(facet, value) is None
    }
    assert unknown == set()


def test_every_facet_has_something_to_choose_between() -> None:
    used = {facet: set[str]() for facet in FILED}
    for words in said().values():
        for facet, values in used.items():
            values.update(words.get(facet, []))
    assert {facet: values for facet, values in used.items() if len(values) < 3} == {}


def test_dates_are_known_to_the_year_the_month_and_the_day() -> None:
    dates = [PartialDate.parse(words["date"][0]) for words in said().values()]
    assert {date.precision.value for date in dates} == {"year", "month", "day"}


def test_collections_name_works_that_are_there() -> None:
    keys = {words["resource"][0] for words in said().values()} | set(documents())
    collections = tomllib.loads((LIBRARY / "collections.toml").read_text("utf-8"))["collection"]
    assert len(collections) >= 2
    assert [key for one in collections for key in one["resources"] if key not in keys] == []


def test_pdfs_are_short_and_one_is_a_scan() -> None:
    scans, contents = [], 0
    for path in sorted(LIBRARY.glob("*.pdf")):
        with pypdfium2.PdfDocument(path) as pdf:
            assert 2 <= len(pdf) <= 15, path.name
            contents += next(iter(pdf.get_toc()), None) is not None
            if not any(page.get_textpage().count_chars() for page in pdf):
                scans.append(path.name)
    assert scans == ["scan0007_delegates.pdf"]
    assert contents >= 10


def test_no_source_demeans_those_it_is_for(script: ModuleType) -> None:
    for source in script.read_sources():
        assert "scavenger" not in source.body.lower(), source.path.name


def test_words_web_pages_and_markdown_are_as_the_script_makes_them(
    script: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("made")
    sources = script.read_sources()
    script.write_words(sources, folder)
    for source in sources:
        if source.made in ("html", "md"):
            script.make(source, folder)
    made = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    assert {n: t for n, t in made.items() if (LIBRARY / n).read_text("utf-8") != t} == {}


def test_a_pdf_printed_anew_says_the_same(
    script: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> None:
    needs.command("chromium")
    source = next(s for s in script.read_sources() if s.file == "first-meeting-es.pdf")
    anew = script.make(source, tmp_path_factory.mktemp("made"))
    assert words_in(anew.read_bytes()) == words_in((LIBRARY / source.file).read_bytes())


def words_in(pdf: bytes) -> list[str]:
    """Every word of a PDF, and of its outline; where pages end may differ."""
    with pypdfium2.PdfDocument(pdf) as document:
        titles = [str(item.get_title()) for item in document.get_toc()]
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return sorted(" ".join([*titles, *pages]).split())
