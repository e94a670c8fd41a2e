"""What Pandoc, GitHub, Obsidian and others add to Markdown, written in the common kind.

Notes in brackets, boxes to tick, links of a wiki, frames for warnings, lists of terms, marks for
print: what they say stays, and their signs go. Code in fences is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

TITLE_BLOCK = re.compile(r"\A% ([^\n]{0,500})\n(?:% ?([^\n]{0,500})\n)?(?:% ?([^\n]{0,200})\n)?")
FENCE = re.compile(r" {0,3}(```|~~~)")
PRINT = re.compile(
    r" {0,3}(?:\[toc\]|\[\[_?toc_?\]\]|\\(?:newpage|pagebreak|clearpage|tableofcontents))\s*", re.I
)
FRAME = re.compile(r"( {0,3}(?:> ?){1,5})\[!([A-Za-z]{1,30})\][+-]?[ \t]*+(.*+)")
BOX = re.compile(r"([ \t>]{0,40}(?:[-*+]|\d{1,9}[.)])[ \t]{1,4})\[([ xX])\](?=[ \t])")
ATTRIBUTES = re.compile(
    r"(#{1,6} [^{}\n]*+)\{[ \t]*+[#.-][^{}\n]{0,200}\}[ \t]*+(?:#{1,6}[ \t]*+)?"
)
TERM = re.compile(r"[:~] {1,4}(?=\S)")
WIKI = re.compile(r"(!?)\[\[([^\[\]\n|]{1,300})(?:\|([^\[\]\n|]{1,300}))?\]\]")
MARKED = re.compile(r"==(?=\S)([^=\n]{1,300})==")
INLINE_NOTE = re.compile(r"(?<!\\)\^\[([^\[\]\n]{1,2000})\]")


def title_block(text: str) -> tuple[dict[str, str], str]:
    """Title, authors and date as Pandoc writes them above a text, and the text without them."""
    match = TITLE_BLOCK.match(text)
    if match is None:
        return {}, text
    values = zip(("title", "author", "date"), match.groups(), strict=True)
    return {name: value.strip() for name, value in values if value}, text[match.end() :]


def common(text: str) -> str:
    """The same text in common Markdown, as far as that can say it."""
    notes: list[str] = []
    lines = "\n".join(_lines(text, notes))
    named = "".join(f"\n\n[^inline-{place}]: {note}" for place, note in enumerate(notes, 1))
    return lines + named


def _lines(text: str, notes: list[str]) -> Iterator[str]:
    fence = ""
    before = ""
    for line in text.split("\n"):
        mark = FENCE.match(line)
        if mark and (not fence or mark[1] == fence):
            fence = "" if fence else mark[1]
        elif not fence:
            line = _line(line, before, notes)
        yield line
        before = line


def _line(line: str, before: str, notes: list[str]) -> str:
    if PRINT.fullmatch(line):
        return ""
    if frame := FRAME.fullmatch(line):
        return f"{frame[1]}**{(frame[3] or frame[2].capitalize()).strip()}**  "
    if heading := ATTRIBUTES.fullmatch(line):
        line = heading[1]
    if (term := TERM.match(line)) and before.strip():
        line = f"\n{line[term.end() :]}"
    line = BOX.sub(lambda box: f"{box[1]}{'☐' if box[2] == ' ' else '☑'}", line, count=1)
    line = WIKI.sub(lambda link: "" if link[1] else (link[3] or link[2]).strip(), line)
    line = MARKED.sub(r"\1", line)

    def noted(match: re.Match[str]) -> str:
        notes.append(match[1])
        return f"[^inline-{len(notes)}]"

    return INLINE_NOTE.sub(noted, line)
