"""Text into what the reading page is made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from library.core.resource import Block as Read
from library.core.resource import Page
from library.web.i18n import direction
from library.web.parts.blocks import Around, Block, Item, Note, Piece, blocks, paragraphs, pieces

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6)


@given(st.text(max_size=25), SPANS)
def test_pieces_are_the_text_whatever_the_spans(text: str, spans: list[tuple[int, int]]) -> None:
    assert "".join(piece.text for piece in pieces(text, spans)) == text


def test_spans_that_overlap_are_marked_once() -> None:
    assert pieces("a strike fund", [(2, 8), (4, 13)]) == (
        Piece("a "),
        Piece("strike", marked=True),
        Piece(" fund", marked=True),
    )


def shown(*read: Read) -> list[Block]:
    return both(*read)[0]


def both(*read: Read) -> tuple[list[Block], list[Note]]:
    page = Page(1, "", tuple(read), layout="x")
    return blocks(page, "en", lambda text, language: (), direction)


def test_items_are_nested_by_depth_even_when_one_is_skipped() -> None:
    (block,) = shown(
        Read("item", "a", level=1, marker="1."),
        Read("item", "b", level=3),
        Read("item", "c", level=2),
        Read("item", "d", level=1, marker="2."),
    )
    first, second = block.items
    assert [item.pieces[0].text for item in first.items] == ["b", "c"]
    assert second == Item((Piece("d"),), "2.")


def test_a_heading_never_outranks_the_title_of_the_page() -> None:
    tags = [block.tag for block in shown(*(Read("heading", "x", level=n) for n in (0, 1, 5, 9)))]
    assert tags == ["h2", "h2", "h3", "h3"]


def test_a_block_in_another_language_says_so() -> None:
    (block,) = shown(Read("quote", "عمل", language="ar"))
    assert (block.tag, block.language, block.direction) == ("blockquote", "ar", "rtl")


def test_an_item_in_another_language_says_so_and_those_below_it_do_not() -> None:
    (block,) = shown(Read("item", "عمل", 1, language="ar"), Read("item", "work", 2))
    (item,) = block.items
    assert (item.language, item.direction) == ("ar", "rtl")
    assert (item.items[0].language, item.items[0].direction) == ("", "")


def test_before_the_layout_is_read_the_words_are_there_and_headings_known() -> None:
    page = Page(
        1, "Why a fund\n\nBecause hunger ends strikes.", (Read("heading", "Why a fund", 1),)
    )
    made, _ = blocks(page, "en", lambda text, language: (), direction)
    assert [(block.tag, block.pieces[0].text) for block in made] == [
        ("h2", "Why a fund"),
        ("p", "Because hunger ends strikes."),
    ]


def test_marks_are_counted_wherever_they_are() -> None:
    page = Page(
        1,
        "",
        (
            Read("paragraph", "fund"),
            Read("item", "fund", level=1),
            Read("item", "fund", level=2),
            Read("table", rows=(("fund", "x"), ("x", "fund"))),
        ),
        layout="x",
    )
    made, _ = blocks(
        page, "en", lambda text, language: [(0, 4)] if text == "fund" else [], direction
    )
    assert sum(block.marked for block in made) == 5


def test_a_caption_goes_with_its_table_above_or_below() -> None:
    table = Read("table", rows=(("Task", "Pay"), ("Sewing", "40")))
    above, text, below = shown(
        Read("caption", "Table 1"), table, Read("paragraph", "x"), table, Read("caption", "Table 2")
    )
    assert [block.caption[0].text for block in (above, below)] == ["Table 1", "Table 2"]
    assert (above.below, text.tag, below.below) == (False, "p", True)
    (alone,) = shown(Read("caption", "Figure 1"))
    assert (alone.caption, alone.pieces) == ((Piece("Figure 1"),), ())


def test_numbers_lead_to_their_notes_and_back() -> None:
    made, notes = both(
        Read("paragraph", "A right[1] is no favour, as[1] they said*."),
        Read("note", "Convention 189 [1].", marker="1"),
        Read("note", "In court.", marker="*"),
        Read("note", "Never named.", marker="7"),
    )
    leads = [piece for piece in made[0].pieces if piece.note]
    assert leads == [
        Piece("1", note=1, first=True), Piece("1", note=1), Piece("*", note=2, first=True)
    ]  # fmt: skip
    assert [note.back for note in notes] == ["#ref-1", "#ref-2", ""]
    assert notes[0].pieces == (Piece("Convention 189 [1]."),)


def test_a_number_without_brackets_leads_to_a_note_only_behind_a_word() -> None:
    made, _ = both(Read("paragraph", "وفي2 عام 2 أو x2y"), Read("note", "نص", marker="2"))
    assert [piece.text for piece in made[0].pieces if piece.note] == ["2"]
    assert made[0].pieces[0].text == "وفي"


def test_a_phrase_over_the_end_of_a_page_is_marked_on_both() -> None:
    def mark(text: str, language: str) -> list[tuple[int, int]]:
        start = text.find("strike fund")
        return [(start, start + 11)] if start >= 0 else []

    cut = Page(1, "", (Read("paragraph", "We keep a strike", continues=True),), layout="x")
    rest = Page(2, "", (Read("paragraph", "fund together", continued=True),), layout="x")
    [first], _ = blocks(cut, "en", mark, direction, Around(after="fund together"))
    [second], _ = blocks(rest, "en", mark, direction, Around(before="We keep a strike"))
    assert first.pieces == (Piece("We keep a "), Piece("strike", marked=True, current=True))
    assert second.pieces == (Piece("fund", marked=True, current=True), Piece(" together"))
    assert (first.after, second.before) == (True, True)


def test_a_phrase_is_marked_over_the_number_of_a_note() -> None:
    def mark(text: str, language: str) -> list[tuple[int, int]]:
        return [(2, 14)] if text == "A right is won." else []

    page = Page(1, "", (Read("paragraph", "A right[1] is won."), Read("note", "x", marker="1")),
                layout="x")  # fmt: skip
    [block], _ = blocks(page, "en", mark, direction)
    assert [(piece.text, piece.marked) for piece in block.pieces] == [
        *(("A ", False), ("right", True), ("1", True), (" is won", True), (".", False)),
    ]


def test_lines_of_a_pdf_become_paragraphs() -> None:
    text = (
        "A strike fund is money that members put aside while they still have some, so\n"
        "that nobody has to give in for hunger when the dispute is long and the\n"
        "employer waits.\n"
        "It is never one person's money.\n"
        "\n"
        "• Count every month\n"
        "• Two people sign\n"
    )
    assert list(paragraphs(text)) == [
        "A strike fund is money that members put aside while they still have some, so that nobody "
        "has to give in for hunger when the dispute is long and the employer waits.",
        "It is never one person's money.",
        "• Count every month",
        "• Two people sign",
    ]
    assert list(paragraphs("")) == list(paragraphs(" \n\n ")) == []
