"""Citations, read back by programs that did not write them; no part that is missing shows."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import bibtexparser
import pytest
import rispy
from citeproc.source.bibtex import BibTeX
from citeproc.source.json import CiteProcJSON

from library.core.resource import Edition, PartialDate, Resource, Status
from library.web.citing import files
from library.web.citing.item import Item, item, name
from library.web.citing.styles import cited

ADDRESS = "https://library.example/r/0123456789"
EDITION = Edition(
    id="e",
    language="en",
    title="Our streets, our table: 50% & more_of {it}",
    sha256="0" * 64,
    media_type="application/pdf",
    filename="a.pdf",
    bytes=1,
    pages=1,
    summary="From the first meeting.",
    authors=("International Federation of Kitchens and Streets", "Silva, Maria José"),
    date=PartialDate(2019, 5),
    rights="CC BY 4.0",
)
RESOURCE = Resource(
    id="0123456789",
    slug="our-streets",
    status=Status.PUBLISHED,
    editions=(EDITION,),
    added=datetime(2024, 1, 1, tzinfo=UTC),
    changed=datetime(2024, 1, 1, tzinfo=UTC),
    publisher="The Kitchen Press",
    series="Handbooks",
)
WITHOUT = {
    "authors": (RESOURCE, replace(EDITION, authors=())),
    "date": (replace(RESOURCE, editions=()), replace(EDITION, date=None)),
    "publisher": (replace(RESOURCE, publisher=""), EDITION),
    "series": (replace(RESOURCE, series=""), EDITION),
    "rights": (RESOURCE, replace(EDITION, rights="")),
    "summary": (RESOURCE, replace(EDITION, summary="")),
    "language": (RESOURCE, replace(EDITION, language="")),
}
EMPTY = re.compile(r"\(\s*\)|\[\s*\]|\.\s*\.|,\s*[,.]|:\s*[.:]|^\W|\s[.,]|None|\(,")


def without(*names: str) -> Item:
    resource, edition = RESOURCE, EDITION
    for one in names:
        resource = replace(
            resource,
            publisher="" if one == "publisher" else resource.publisher,
            series="" if one == "series" else resource.series,
            editions=(),
        )
        edition = replace(
            edition,
            authors=() if one == "authors" else edition.authors,
            date=None if one == "date" else edition.date,
            rights="" if one == "rights" else edition.rights,
            summary="" if one == "summary" else edition.summary,
            language="" if one == "language" else edition.language,
        )
    return item(resource, edition, ADDRESS)


SUBSETS = [names for size in range(3) for names in combinations(WITHOUT, size)]


@pytest.mark.parametrize("names", SUBSETS, ids="-".join)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_style_prints_an_empty_part(names: tuple[str, ...], language: str) -> None:
    for one in cited(without(*names), language):
        assert not EMPTY.search(one.text), one.text
        assert one.title
        assert ADDRESS in one.text


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr", "hi", "ar", "sw"])
def test_each_language_has_its_small_words(language: str) -> None:
    apa, chicago = cited(without("date"), language)
    assert (apa.style, chicago.style) == ("APA", "Chicago")
    assert "Silva, M. J." in apa.text
    assert "Maria José Silva" in chicago.text


def test_the_styles() -> None:
    apa, chicago = cited(without(), "en")
    assert apa.text == (
        "International Federation of Kitchens and Streets, & Silva, M. J. (2019). Our streets, our "
        "table: 50% & more_of {it}. Handbooks. The Kitchen Press. " + ADDRESS
    )
    assert chicago.text.startswith(
        "International Federation of Kitchens and Streets, and Maria José Silva. 2019. Our streets"
    )
    assert "(n.d.)" in cited(without("date"), "en")[0].text


def test_an_institution_that_is_its_own_publisher_is_named_once() -> None:
    alone = item(RESOURCE, replace(EDITION, authors=()), ADDRESS)
    assert alone["author"] == [{"literal": "The Kitchen Press"}]
    assert cited(alone, "en")[0].text.count("The Kitchen Press") == 1
    same = item(RESOURCE, replace(EDITION, authors=("The Kitchen Press",)), ADDRESS)
    assert cited(same, "en")[0].text.count("The Kitchen Press") == 1


@pytest.mark.parametrize(
    ("author", "parts"),
    [
        ("Silva, Maria José", {"family": "Silva", "given": "Maria José"}),
        ("Maria José Silva", {"literal": "Maria José Silva"}),
        ("Department of Labour, Kenya", {"literal": "Department of Labour, Kenya"}),
        ("Women, Work and Wages, Inc.", {"literal": "Women, Work and Wages, Inc."}),
        ("اتحاد العاملات", {"literal": "اتحاد العاملات"}),
    ],
)
def test_only_names_that_say_so_are_taken_apart(author: str, parts: Item) -> None:
    assert name(author) == parts


@pytest.mark.parametrize("names", SUBSETS, ids="-".join)
def test_ris_is_read_back(names: tuple[str, ...]) -> None:
    made = without(*names)
    text = files.ris(made)
    assert not re.search(r"^(?!ER)\w\w  - *$", text, re.MULTILINE), text
    [read] = rispy.loads(text)
    assert read["title"] == made["title"]
    assert read["urls"] == [ADDRESS]
    assert ("authors" in read) == bool(made.get("author"))
    assert ("year" in read) == ("date" not in names)
    assert read.get("publisher", "") == made.get("publisher", "")


@pytest.mark.filterwarnings("ignore:Unsupported BibTeX field")  # of one of the readers
@pytest.mark.parametrize("names", SUBSETS, ids="-".join)
def test_bibtex_is_read_back_by_two_others(names: tuple[str, ...], tmp_path: Path) -> None:
    made = without(*names)
    text = files.bibtex(made)
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    [entry] = library.entries
    assert all(field.value for field in entry.fields)
    assert entry.key == "our-streets"
    path = tmp_path / "one.bib"
    path.write_text(text, "utf-8")
    read = BibTeX(str(path), encoding="utf-8")["our-streets"]
    assert "50% & more_of (it)" in str(read.title)
    if authors := made.get("author"):
        assert len(read.author) == len(authors)  # an "and" in a name divides nothing


def test_csl_json_is_read_back() -> None:
    [read] = json.loads(files.csl(without()))
    assert read == without()
    assert str(CiteProcJSON([read])["our-streets"].title) == read["title"]
    assert all(json.loads(files.csl(without(*names)))[0].values() for names in SUBSETS)
