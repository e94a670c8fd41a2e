"""What a stranger's text comes in by takes time in step with its length, patterns or not."""

from __future__ import annotations

import pytest

from tests.growth import course

SIZES = (3_000, 12_000, 48_000)
PIECES = (
    *("[", "![", "&", "a@", "1", "a", "_", "`", "<", "(", "\\", " ", "\n", "\t", "'", '"', "#"),
    *("[a](", "[a]: b\n", "[^a]", "> ", "- a\n", "**a", "|a|b|\n", "<!--", "<!-- >", "<!-- -->\n"),
    *("<table>", "<table><tr><td>", "<ul><li>", "<div/>", "</x>", "<b><div>", "<font a=b><p>"),
    *("<template>", "<![CDATA[", "<title>", '="x>y<', '<a ="', "<h1><div>", "<script>", "<svg>"),
    *("<a ", "<b>", "<a b='", "<div>", "<sup>1</sup>", "<![if >", "</a ", "{\\b ", "\\'e9", "{{"),
)


@pytest.mark.parametrize(
    "entry",
    ["as_markdown", "as_html", "as_text", "as_rtf", "told", "asked", "passed_on"],
)
def test_a_text_is_taken_in_step_with_its_length(entry: str) -> None:
    tried = [("", piece, "") for piece in PIECES]
    job = {"call": f"tests.growth.entries:{entry}", "attacks": tried, "sizes": SIZES}
    assert course.faults(job) == []
