"""What a stranger's text comes in by takes time in step with its length, patterns or not."""

from __future__ import annotations

from string import ascii_lowercase

import pytest

from tests.growth import course

SIZES = (3_000, 12_000, 48_000)
PIECES = (
    *("[", "![", "&", "a@", "1", "a", "_", "`", "<", "(", "\\", " ", "\n", "\t", "'", '"', "#"),
    *("[a](", "[a]: b\n", "[^a]", "> ", "- a\n", "**a", "|a|b|\n", "<!--", "<!-- >", "<!-- -->\n"),
    *("<table>", "<table><tr><td>", "<ul><li>", "<div/>", "</x>", "<b><div>", "<font a=b><p>"),
    *("<template>", "<![CDATA[", "<title>", '="x>y<', '<a ="', "<h1><div>", "<script>", "<svg>"),
    *(
        "<a ",
        "<b>",
        "<a b='",
        "<div>",
        "<sup>1</sup>",
        "<![if >",
        "</a ",
        "a \n",
        "{\\b ",
        "\\'e9",
        "{{",
    ),
)


@pytest.mark.parametrize(
    "entry",
    ["as_markdown", "as_html", "as_text", "as_mail", "as_rtf", "told", "asked", "passed_on"],
)
def test_a_text_is_taken_in_step_with_its_length(entry: str) -> None:
    tried = [("", piece, "") for piece in PIECES]
    job = {"call": f"tests.growth.entries:{entry}", "attacks": tried, "sizes": SIZES}
    assert course.faults(job) == []


# What a description, a question or an address is made of, beside the marks of files.
WORDS = ("a", "a b ", "a@", "[a](", "A.B. ", "1,0", "क ", "あ")
ASKED = (
    *('"the" ', "a OR ", "title:", "(", "<a ", "strike fund ", "あ", "\u0300"),
    " ".join(f"{letter}*" for letter in ascii_lowercase) + " ",
    " ".join(f"w{number}" for number in range(200)) + " ",
)
LONG = (16_000, 64_000)


@pytest.mark.parametrize(
    ("entry", "pieces"),
    [
        *(("described", WORDS), ("described_by_blocks", WORDS), ("described_by_the_file", WORDS)),
        *(("told_the_passages", WORDS), ("likened", WORDS)),
        *(("spelt", WORDS), ("excerpted", WORDS), ("excerpted_for", ASKED), ("widened", ASKED)),
        *(("answered", ASKED), ("searched", ASKED), ("suggested", ASKED), ("wished", ASKED)),
    ],
)
def test_so_are_words_and_questions(entry: str, pieces: tuple[str, ...]) -> None:
    tried = [("", piece, "") for piece in pieces]
    job = {"call": f"tests.growth.entries:{entry}", "attacks": tried, "sizes": LONG}
    assert course.faults(job) == []
