"""RTF, from bytes to blocks."""

from __future__ import annotations

import pytest

from library.core.errors import Damaged, Empty
from library.extractors.rtf import read as rtf
from tests.library.extractors.reading import read, shapes

HEAD = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}"
    rb"{\f2\fcharset2 Symbol;}}{\stylesheet{\ql Normal;}{\s1\b heading 1;}{\*\cs2 Strong;}}"
    rb"{\info{\title Know your rights}{\author A. Organiser}{\creatim\yr2019\mo5\dy15}"
    rb"{\comment never}}{\*\generator Writer;}"
)


def test_text_as_blocks() -> None:
    data = HEAD + (
        rb"{\header Union\par}{\*\unknown {never}}"
        rb"\pard\s1\b Know your rights\par\pard\plain\outlinelevel1 Pay\par\pard "
        rb"Caf\'e9 \u8220\'93quoted\u8221\'94 {\f1\'cf\'f0}\~\emdash{\v hidden} x\{y\}"
        rb"{\footnote\chftn  At the foot.}\par"
        rb"{\listtext\tab 1.\tab}Ask\par{\listtext\f2\'b7\tab}\ilvl1 Anyhow\par\pard "
        rb"\trowd Lost\intbl Group\cell Members\cell\row"
        rb"\trowd\intbl Vendors\par here\cell 1,200\cell"
        rb"\row\pard {\field{\*\fldinst HYPERLINK}{\fldrslt A link}}\par"
        rb"{\pict\bin5 }}}}}0a0b} \u-10179?\u-8704?\par}trailing"
    )
    said, [page] = read(rtf, data)
    assert shapes(page) == [
        ("heading", "Know your rights"),
        ("heading", "Pay"),
        ("paragraph", "Café “quoted” Пр — x{y}[1]"),
        ("item", "Ask"),
        ("item", "Anyhow"),
        ("table", "LostGroup | Members\nVendors here | 1,200"),
        ("paragraph", "A link"),
        ("paragraph", "😀"),
        ("paragraph", "Union"),  # it runs over one page: a letterhead
        ("note", "At the foot."),
    ]
    assert [block.level for block in page.blocks[:2]] == [1, 2]
    assert [block.marker for block in page.blocks[3:5]] == ["1.", ""]
    assert said.fields == {
        "title": "Know your rights",
        "author": "A. Organiser",
        "creationdate": "2019-05-15",
        "producer": "Writer;",
    }


def test_page_breaks_and_other_code_pages() -> None:
    words = b"Every worker may join a union. " * 30
    _, pages = read(rtf, rb"{\rtf1\ansicpg1250 " + words + rb"\page za\'bf\'f3\'b3\'e6\par}")
    assert [page.text[:6] for page in pages] == ["Every ", "zażółć"]
    _, [page] = read(rtf, b"{\\rtf1\\ansicpg932 \\'83\\'5c\\'83\\'8b\\par}")
    assert page.text == "ソル"


@pytest.mark.parametrize(
    "data",
    [
        b"{\\rtf1 One",
        b"{\\rtf1 One}}}}}",
        b"{\\rtf1\\ansicpg99999\\deff-1\\f999 One\\par}",
        b"{\\rtf1\\uc99999999 One\\u99999999 \\bin99999999 ",
        b"{\\rtf1 One\\cell\\cell",
        b"{\\rtf1\\'zz One}",
    ],
)
def test_broken_files_do_no_harm(data: bytes) -> None:
    try:
        _, pages = read(rtf, data)
    except Empty:
        return
    assert "One" in pages[0].text


def test_groups_nested_too_deeply() -> None:
    with pytest.raises(Damaged, match="nested"):
        read(rtf, b"{\\rtf1 " + b"{" * 10_000)
    with pytest.raises(Empty):
        read(rtf, b"{\\rtf1\\par}")
