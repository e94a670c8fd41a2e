"""Running heads are left out; what counts itself at the top of a page, and is text, is kept."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from library.core.resource import Page
from library.extractors import pdf_words, quality
from library.extractors.layout.running import ALONE, DECORATED, DIVISION, ITEM, Sides, running
from library.extractors.layout.shapes import Line
from library.extractors.pdf_layout import read as layout
from tests.builders import Piece, Text, lines, pdf
from tests.kinds.pdf import headed
from tests.library.extractors.browser import printed
from tests.library.extractors.reading import read, shapes

BODY = (
    "At {}, every worker is covered by this law, wherever she works\n"
    "and whoever pays her, by day and by night."
)
PLACES = "home", "market", "the dump", "sea", "the roadside", "the kiln", "the quarry", "dawn"


def sheets(
    heads: list[str], feet: list[str] | None = None, *, bold: bool = True, size: float = 12
) -> list[list[Piece]]:
    """Pages that begin with a line each, where their text begins."""
    pages: list[list[Piece]] = []
    for number, head in enumerate(heads):
        page: list[Piece] = [Text(head, 72, 760, size, bold)] if head else []
        page += lines(BODY.format(PLACES[number]), top=742)
        page += lines("\n".join([BODY.format(PLACES[number])] * 12), top=700)
        if feet and feet[number]:
            page.append(Text(feet[number], 290, 30, 9))
        pages.append(page)
    return pages


def kept(pages: list[list[Piece]]) -> list[str]:
    """The text of each page as it is indexed, both readings joined."""
    data = pdf(pages)
    _, words = read(pdf_words.read, data)
    _, laid_out = read(layout, data)
    return [
        quality.better(one.text, other.text) for one, other in zip(words, laid_out, strict=True)
    ]


@pytest.mark.parametrize(
    "form",
    [
        "Article {}",
        "ARTICLE {}",
        "Article ({})",
        "Art. {}",
        "Artículo {}",
        "Artículo {}.",
        "Artigo {}.º",
        "§ {}",
        "Section {}",
        "Sección {}",
        "Chapter {}",
        "Session {}: ",
        "Clause {}",
        "Pasal {}",
        "Kifungu {}",
    ],
)
@pytest.mark.parametrize("step", [1, 2, 3])
@pytest.mark.parametrize("bold", [True, False])
def test_a_heading_with_a_number_at_the_top_of_each_page_is_kept(
    form: str, step: int, bold: bool
) -> None:
    heads = [form.format(23 + step * n) for n in range(6)]
    found = kept(sheets(heads, bold=bold, size=12 if bold else 11))
    assert [head.strip() in text for head, text in zip(heads, found, strict=True)] == [True] * 6


@pytest.mark.parametrize("numeral", ["I II III IV V VI", "1 2 3 4 5 6", "A B C D E F"])
def test_numerals_count_chapters_as_figures_do(numeral: str) -> None:
    heads = [f"Chapter {one}" for one in numeral.split()]
    feet = [str(n + 11) for n in range(6)]
    data = pdf(sheets(heads, feet, size=16))
    _, pages = read(layout, data)
    assert [page.blocks[0].text for page in pages] == heads
    assert [page.blocks[0].kind for page in pages] == ["heading"] * 6
    assert [page.label for page in pages] == feet


def test_the_headings_of_a_law_are_headings_and_its_page_numbers_are_labels() -> None:
    heads = ["Article 23", "Article 24", "Article 25", "Article 26", "Article 27", "Article 28"]
    _, pages = read(layout, pdf(sheets(heads, [f"- {n + 9} -" for n in range(6)])))
    assert [shapes(page)[0] for page in pages] == [("heading", head) for head in heads]
    assert [page.label for page in pages] == [str(n + 9) for n in range(6)]
    assert not any("- 9 -" in page.text for page in pages)


def test_the_number_of_an_item_at_the_top_of_a_page_is_kept() -> None:
    pages: list[list[Piece]] = []
    for number in range(5):
        page: list[Piece] = [
            Text(f"{number + 4}.", 72, 760),
            Text(f"Ask at {PLACES[number]} for", 96, 760),
        ]
        page += [Text("a contract, and keep a copy of it.", 96, 746)]
        page += lines("\n".join([BODY.format(PLACES[number])] * 10), top=720)
        pages.append(page)
    found = kept(pages)
    assert [f"{n + 4}. Ask at" in " ".join(text.split()) for n, text in enumerate(found)] == (
        [True] * 5
    )


@pytest.mark.parametrize("first", ["1.", "(a)", "2)", "1"])
def test_the_same_marker_at_the_top_of_several_pages_is_kept(first: str) -> None:
    pages = [
        Sides(
            n + 1,
            [line(first, 60, 72, 80), line(f"Ask for {place}", 60, 100, 300), *body(place)],
            842,
        )
        for n, place in enumerate(PLACES[:5])
    ]
    assert running(pages[2], [*pages[:2], *pages[3:]], 11)[0] == set()


@pytest.mark.parametrize(
    "form",
    [
        "Page {} of 9",
        "Página {} de 90",
        "Page {}",
        "{}",
        "- {} -",
        "– {} –",
        "| {} |",
        "[{}]",
        "p. {}",
        "{} / 12",
        "Toolkit for organisers  {}",
        "{}  Toolkit for organisers",
        "Report 2019 - page {}",
        "4/12/2025, 17:03   {}/12",
    ],
)
@pytest.mark.parametrize("top", [810, 30])
def test_what_says_which_page_it_is_goes(form: str, top: int) -> None:
    pages = [
        [*sheet, Text(form.format(n + 3), 250, top, 9)]
        for n, sheet in enumerate(sheets(["", "", "", "", "", ""]))
    ]
    _, found = read(layout, pdf(pages))
    for n, page in enumerate(found):
        assert page.text.startswith("At ") and page.text.endswith("by night."), n


def test_roman_page_numbers_go() -> None:
    feet = ["iii", "iv", "v", "vi", "vii", "viii"]
    _, found = read(layout, pdf(sheets(["", "", "", "", "", ""], feet)))
    assert [page.text.endswith("by night.") for page in found] == [True] * 6


def test_heads_with_the_name_of_the_chapter_and_the_page_go() -> None:
    chapters = ["The law", "The law", "The law", "The permit", "The permit", "The permit"]
    pages = [
        [
            *sheet,
            Text(f"{chapter}   {n + 31}", 72, 812, 9),
            Text(f"Chapter {3 + n // 3}", 72, 800, 9),
        ]
        for n, (chapter, sheet) in enumerate(
            zip(chapters, sheets(["", "", "", "", "", ""]), strict=True)
        )
    ]
    _, found = read(layout, pdf(pages))
    assert [page.text.startswith("At ") for page in found] == [True] * 6


def test_heads_that_name_the_article_that_goes_on_go() -> None:
    numbers = [5, 5, 5, 6, 6, 7, 7, 7]
    pages = [
        [*sheet, Text(f"Art. {number}", 480, 810, 9), Text(str(n + 8), 290, 30, 9)]
        for n, (number, sheet) in enumerate(zip(numbers, sheets([""] * 8), strict=True))
    ]
    _, found = read(layout, pdf(pages))
    assert [page.text.startswith("At ") for page in found] == [True] * 8


def test_notes_at_the_foot_of_pages_are_no_page_numbers() -> None:
    pages: list[list[Piece]] = []
    for n in range(6):
        page = list(sheets([""] * 6)[n])
        page += [Text(str(3 + 2 * n), 72, 104, 5), Text("Case of the weavers,", 76, 100, 8)]
        page += [Text("judgment of 4 May.", 76, 90, 8), Text(str(n + 1), 290, 30, 9)]
        pages.append(page)
    _, found = read(layout, pdf(pages))
    assert all(
        any(block.marker == str(3 + 2 * n) for block in page.blocks) for n, page in enumerate(found)
    )


@pytest.mark.parametrize(
    ("language", "form"),
    [("ar", "المادة {}"), ("hi", "अनुच्छेद {}"), ("ar", "الفصل ({})"), ("pt", "Artigo {}")],
)
def test_articles_in_other_scripts_are_kept(language: str, form: str, tmp_path: Path) -> None:
    words = {
        "ar": "لكل شخص الحق في العمل وله حرية اختياره بشروط عادلة مرضية.",
        "hi": "प्रत्येक व्यक्ति को काम करने का अधिकार है।",
        "pt": "Toda pessoa tem direito ao trabalho.",
    }[language]
    body = "".join(
        f'<section style="break-after:page"><h3>{form.format(n)}</h3>'
        + f"<p>{words}</p>" * 8
        + "</section>"
        for n in range(3, 9)
    )
    _, pages = read(layout, printed(body, language, tmp_path))
    said = [page for page in pages if page.text]
    assert len(said) == 6
    for number, page in zip(range(3, 9), said, strict=True):
        assert str(number) in page.text.split("\n")[0]


def line(text: str, top: float, left: float = 72, right: float = 500, size: float = 11) -> Line:
    return Line(text, left, right, top, top + size, size)


def body(place: str) -> list[Line]:
    return [line(f"and whoever pays her, {place} too", 90 + 14 * n) for n in range(45)]


@pytest.mark.parametrize(
    "text",
    ["Article 3", "المادة (3)", "अनुच्छेद 3", "第3条", "§ 3", "Título III", "Étape 3", "Pasal 3"],
)
def test_divisions_are_known_by_their_names(text: str) -> None:
    assert DIVISION.match(text)


@pytest.mark.parametrize("text", ["Page 3", "Toolkit 3", "3", "- 3 -", "May 3", "Partners 3"])
def test_other_words_are_no_divisions(text: str) -> None:
    assert not DIVISION.match(text)


def test_patterns_do_not_grow_with_the_square_of_what_they_see() -> None:
    """Their longest runs are bounded: what they take of a long line is no more than of a short."""
    for pattern in (ALONE, DECORATED, DIVISION, ITEM):
        for sign in "- .|[(1ivx§":
            assert not pattern.fullmatch(sign * 2000 + "!")


def test_pages_read_by_one_reader_alone_keep_their_articles() -> None:
    data = pdf(sheets([f"Article {n}" for n in range(23, 29)]))
    for reader in (layout, pdf_words.read):
        _, pages = read(reader, data)
        assert all(
            isinstance(page, Page) and f"Article {n}" in page.text
            for n, page in zip(range(23, 29), pages, strict=True)
        )
    assert all(one.number + 1 == other.number for one, other in pairwise(pages))


def bare(number: int, head: str, foot: str = "") -> Sides:
    """A page with a line set well apart above its text, and perhaps one at its foot."""
    texts = [(head, 60.0), (f"Body of {PLACES[number]} is of one kind", 100.0)]
    texts += [(f"and {PLACES[number]} has lines below", 114.0), (foot, 780.0)]
    made = [Line(text, 72, 72 + 5 * len(text), top, top + 11, 11) for text, top in texts if text]
    return Sides(number, made, 842)


def lost(head: str, foot: str = "") -> bool:
    """Whether a head that counts itself from 21, on pages from 1, is taken for a running one."""
    pages = [bare(n, head.format(20 + n), foot.format(n)) for n in range(1, 6)]
    found, _ = running(pages[2], pages[:2] + pages[3:], 11)
    return id(pages[2].lines[0]) in found


@pytest.mark.parametrize(
    "head",
    (
        "Статья {}",
        "Глава {}",
        "Madde {}",
        "Điều {}",
        "Άρθρο {}",
        "Artykuł {}",
        "Articolul {}",
        "Článek {}",
        "Neni {}",
        "Ibara ya {}",
        "Kifungu cha {}",
        "Mataki na {}",
        "Ingingo ya {}",
        "Atik {}",
        "অনুচ্ছেদ {}",
        "பிரிவு {}",
        "ধারা {}",
        "कलम {}",
        "มาตรา {}",
        "មាត្រា {}",
        "አንቀጽ {}",
        "مادّة {}",
        "סעיף {}",
        "제{}조",
        "{}. cikk",
        "{} artikla",
        "Lektion {}",
        "Week {}",
        "Article the {}",
    ),
)
def test_articles_of_many_languages_are_no_running_heads(head: str) -> None:
    assert not lost(head)


@pytest.mark.parametrize("head", ("Page {}", "Стр. {}", "{}", "- {} -", "Sayings of workers {}"))
def test_what_is_no_division_and_counts_with_the_pages_still_runs(head: str) -> None:
    assert lost(head)


@pytest.mark.parametrize("head", ("{}.", "{})"))
def test_an_items_number_is_text_where_the_page_has_a_number_of_its_own(head: str) -> None:
    assert not lost(head, "{}")


def test_a_head_that_calls_itself_none_of_the_text_is_read_once_at_most() -> None:
    """That of a first page alone is a letterhead; what other pages have too runs."""
    letter = [headed("Union of the Port, 12 Quay Street"), headed("The second page of it")]
    _, [first, second] = read(layout, pdf(letter))
    assert "12 Quay Street" in first.text and "second page" not in second.text
    _, pages = read(layout, pdf([headed(f"Bulletin, page {n}") for n in (1, 2, 3)]))
    assert not any("Bulletin" in page.text for page in pages)
