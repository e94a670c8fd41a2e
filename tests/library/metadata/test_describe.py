"""Whole documents: what is decided of them, and that nothing makes describe() raise."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from library.core.resource import Block, Page, Said, Statement
from library.extractors import EXTRACTORS, Limits, load
from library.metadata import decide, describe
from library.vocabularies import Vocabularies
from tests import needs

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")
VOCABULARIES = Vocabularies.load(LANGUAGES)


def decided(pages: list[Page], said: Said, filename: str) -> dict[str, Statement]:
    return decide(
        describe(pages, said, filename=filename, vocabularies=VOCABULARIES, languages=LANGUAGES)
    )


PDF = Said({"producer": "Distiller", "created": "D:20070928", "title": "Microsoft Word - a.doc"})


def test_a_short_report() -> None:
    text = (
        "International Federation of Vendors\n\nStreet vendors at the table\n\n"
        "By Martha Chen and Ana Ruiz\n\nMay 2006\n\n"
        "This report tells how street vendors in Kenya won a seat in the city council. It is "
        "written for organisers who prepare for negotiations, and for the vendors themselves.\n\n"
        "Street vendors in Kenya and in Nairobi told us how they did it. Street vendors of Kenya "
        "have much to teach, they said, and the street vendors of other countries agreed.\n"
    )
    found = decided([Page(1, text)], PDF, "vendors.pdf")
    assert {name: found[name].value for name in ("title", "authors", "date", "language")} == {
        "title": "Street vendors at the table",
        "authors": ("Martha Chen", "Ana Ruiz"),
        "date": "2006-05",
        "language": "en",
    }
    assert found["publisher"].value == "International Federation of Vendors"
    assert found["group"].value == ("street-vendors",)
    assert str(found["summary"].value).startswith("This report tells how")


def test_statements_come_best_first_with_evidence() -> None:
    statements = describe(
        [Page(1, "Our rights\n\nPublished 3 May 2006\n\nSome words.")],
        PDF,
        filename="rights-2005.pdf",
        vocabularies=VOCABULARIES,
        languages=LANGUAGES,
    )
    dates = [s for s in statements if s.field == "date"]
    assert dates[0].value == "2006-05-03"
    assert [s.confidence for s in dates] == sorted((s.confidence for s in dates), reverse=True)
    assert all(s.evidence and s.source in ("file", "guess") for s in statements)
    assert all(0 <= s.confidence <= 1 for s in statements)


def test_editions_of_one_work_share_an_identifier() -> None:
    found = decided([Page(1, "")], Said({"languageCollectionID": "abc", "langCode": "fr"}), "a.md")
    assert found["work"].value == "abc"
    assert found["language"].value == "fr"


def test_empty_rights_and_odd_addresses_say_nothing() -> None:
    said = Said({"copyright": "Copyright 2024", "source": "javascript:alert(1)"})
    found = decided([], said, "")
    assert "rights" not in found
    assert "source_url" not in found
    kept = decided([], Said({"license": "CC BY 4.0", "source_url": "https://a.org/b"}), "")
    assert kept["rights"].value == "CC BY 4.0"
    assert kept["source_url"].value == "https://a.org/b"


def test_nothing_known_stays_unknown() -> None:
    assert decided([], Said(), "") == {}
    assert set(decided([Page(1, "")], Said(), "1582.pdf")) == set()


TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(
            [
                "By on June 01, 2012",
                "©",
                "VISTO:",
                "1.",
                "Order of the",
                "Court of",
                "A B C D E F",
                "(((",
                "31/02/2019",
                "Ministry of",
                "vs.",
                "\x0c",
                "ـ",
                "\u200d\u200d",
                "ﷺ",
                "İSTANBUL",
                "ẞ",
                "…",
                "—",
                "Abstract:",
            ]
        ),
        max_size=20,
    ).map("\n".join),
)
BLOCKS = st.builds(
    Block,
    st.sampled_from(["heading", "paragraph", "item", "table", "quote", "code"]),
    TEXTS,
    st.integers(-1, 9),
)
PAGES = st.lists(st.tuples(TEXTS, st.lists(BLOCKS, max_size=4)), max_size=4)
FIELDS = st.dictionaries(
    st.sampled_from(
        ["title", "author", "created", "producer", "date", "language", "tags", "kind", "url", "x"]
    ),
    TEXTS,
)


@settings(deadline=None, max_examples=150)
@given(PAGES, FIELDS, st.text(max_size=40))
def test_never_raises(
    pages: list[tuple[str, list[Block]]], fields: dict[str, str], filename: str
) -> None:
    made = [Page(number, text, tuple(blocks)) for number, (text, blocks) in enumerate(pages, 1)]
    for statement in decided(made, Said(fields), filename).values():
        assert statement.value
        assert len(str(statement.value)) < 2_000


def read(path: str, media_type: str) -> dict[str, Statement]:
    file = needs.data("documents") / path
    content = io.BytesIO(file.read_bytes())
    items = list(load(EXTRACTORS[media_type].words)(content, Limits()))
    said = next(item for item in items if isinstance(item, Said))
    return decided([item for item in items if isinstance(item, Page)], said, file.name)


def test_a_record_page_without_an_author() -> None:
    found = read("wiego/strategic-review-and-planning-workshop.txt", "text/plain")
    assert found["title"].value == "WIEGO Strategic Review and Planning Workshop"
    assert found["date"].value == "2012-06-01"
    assert "authors" not in found
    assert str(found["summary"].value).startswith("To mark the 15th anniversary")


def test_a_court_order_with_a_junk_title() -> None:
    found = read("human-rights-court/988.pdf", "application/pdf")
    assert str(found["title"].value).startswith("Caso 19 Comerciantes")
    assert found["date"].value == "2012-06-26"
    assert found["language"].value == "es"
    assert found["publisher"].value == "Corte Interamericana de Derechos Humanos"
    assert "authors" not in found


def test_front_matter_links_translations() -> None:
    found = read("activist-handbook/de/getting-started.md", "text/markdown")
    assert found["title"].value == "Erste Schritte als Aktivist"
    assert found["language"].value == "de"
    assert found["work"].source == "file"
