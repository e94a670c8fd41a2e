"""Other variants of the same kinds, made when those were mended, by another look at what there is."""

# ruff: noqa: E501 - a file stands on a line of its own

from __future__ import annotations

from tests import office
from tests.builders import Text, lines, pdf, stream
from tests.kinds import letters, open_document, rich, slides, web, word
from tests.kinds.case import Case
from tests.kinds.pdf import drawn, note, noted, tagged, type_at
from tests.kinds.word import cell, p, run

PROSE = web.PROSE
FORM_OF = "<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Length {}>>\nstream\n{}\nendstream"


def form(content: str) -> dict[int, bytes]:
    return {30: FORM_OF.format(len(content), content).encode()}


WITH_FORM = "/Resources<</Font<</F1 3 0 R/F2 4 0 R>>/XObject<</X0 30 0 R>>>>"


def formed(content: str, *there: str, gone: tuple[str, ...] = ()) -> Case:
    case = drawn("/X0 Do", *there, gone=gone, objects=form(content), page=WITH_FORM)
    data = case.data.replace(b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>/Resources", b"/Resources")
    return Case(case.name, data, case.there, case.gone)


def book(chapter: str, css: str) -> Case:
    parts = {"OEBPS/style.css": css}
    data = office.epub({"a.xhtml": chapter}, parts=parts)
    return Case("a.epub", data, ("market women",), ("Secret",))


KINDS: dict[str, tuple[Case, ...]] = {
    "fresh: web pages": (
        web.case(
            f"{PROSE}<svg><switch><g systemLanguage='fr'><text>Grève</text></g><g><text>Strike at dawn</text></g></switch></svg>",
            "Strike at dawn",
        ),
        web.case(
            f"{PROSE}<svg><defs><path id='a' d='M0 0'/></defs><text><textPath href='#a'>Around the seal</textPath></text></svg>",
            "Around the seal",
        ),
        web.case(
            f"{PROSE}<p>Read <svg class='icon'><title>External link</title></svg>the diary.</p>",
            "Read the diary.",
        ),
        web.case(
            "<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level1 lfo1'><![if !supportLists]><span><img width=9 alt='*' src='b.gif'></span><![endif]>With a drawn bullet</p>"
            + PROSE,
            "With a drawn bullet",
            gone=("* With",),
        ),
        web.case(
            "<p class=MsoListParagraph style='text-indent:-.25in'>a)<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span>Second of the demands</p>"
            + PROSE,
            blocks={"Second of the demands": "item"},
        ),
        web.case(
            f"<div style='font-size:1px;color:#ffffff;max-height:0;overflow:hidden'>Secret preheader</div>{PROSE}",
            gone=("Secret",),
        ),
        web.case(
            f"<div class='d-none'>Secret twelve</div><div class='hidden'>Secret thirteen</div>{PROSE}",
            gone=("Secret",),
            head="<link rel=stylesheet href='bootstrap.css'>",
        ),
        web.case(
            f"<section id='related-work'><h2>Related work</h2>{PROSE}</section><section id='search-and-seizure'><h2>Search and seizure</h2><p>Ask for the warrant.</p></section>",
            "Ask for the warrant.",
        ),
        web.case(
            f"<article><h1>Rules</h1><div class='social-protection-text'><p>Benefits are paid monthly to all members who fell ill.</p></div>{PROSE}</article>",
            "Benefits are paid monthly",
        ),
        web.case(
            f"<aside><p>Know your rights: you may stay silent.</p></aside>{PROSE}", "market women"
        ),
        web.case(
            f"<table><tr><th>Trade<th>Pay<tr><td>Baker<td><ul><li>two<li>three</ul></table>{PROSE}",
            "Baker",
            "two",
            "three",
        ),
    ),
    "fresh: Markdown": (
        Case(
            "a.md",
            b'# Gate\n\nText of it.\n\n{{< figure src="a.jpg" alt="Women at the north gate" caption="The gate in 1911" >}}\n',
            ("Women at the north gate", "The gate in 1911"),
        ),
        Case(
            "b.md",
            b"# Gate\n\n<!-- never shown -->\nText of it.\n\n<details><summary>More of it</summary>\n\nInside words\n\n</details>\n",
            ("More of it", "Inside words"),
            ("never shown",),
        ),
        Case(
            "c.md",
            b'# Gate\n\nText.\n\n<Image src={x} alt="Dockers with their banner" />\n',
            ("Dockers with their banner",),
        ),
    ),
    "fresh: Word": (
        word.word(
            p(run("unseen", '<w:color w:val="FFFFFF" w:themeColor="background1"/>'), run("black")),
            "black",
            gone=("unseen",),
        ),
        word.word(
            "<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr>"
            + cell(p(run("unseen row")))
            + cell(p(run("x")))
            + "</w:tr><w:tr>"
            + cell(p(run("a")))
            + cell(p(run("b")))
            + "</w:tr><w:tr>"
            + cell(p(run("c")))
            + cell(p(run("d")))
            + "</w:tr></w:tbl>",
            "a b c d",
            gone=("unseen row",),
        ),
        word.word(
            p(
                run("seen again", '<w:vanish w:val="0"/>'),
                run("unseen", "<w:specVanish/><w:vanish/>"),
            ),
            "seen again",
            gone=("unseen",),
        ),
        word.word(
            p(run("unseen", '<w:color w:val="ffffff"/><w:sz w:val="1"/>'), run("large")),
            "large",
            gone=("unseen",),
        ),
        word.word(
            p(
                run("white on shaded line", '<w:color w:val="FFFFFF"/>'),
                properties='<w:shd w:val="clear" w:fill="C00000"/>',
            ),
            "white on shaded line",
        ),
        word.word(
            p(run("Boxed white", '<w:color w:val="FFFFFF"/>'), properties="").replace(
                "<w:p>",
                "<w:p><w:r><w:pict><v:rect xmlns:v='urn:schemas-microsoft-com:vml' fillcolor='black'/></w:pict></w:r>",
                1,
            ),
            "Boxed white",
        ),
    ),
    "fresh: OpenDocument and RTF": (
        open_document.text(
            "<table:table table:display='false'><table:table-row><table:table-cell><text:p>unseen</text:p></table:table-cell></table:table-row></table:table><text:p>black</text:p>",
            "black",
        ),
        open_document.text(
            "<text:p text:style-name='P9'>unseen</text:p><text:p>black</text:p>",
            "black",
            gone=("unseen",),
            automatic="<style:style style:name='P9' style:family='paragraph'><style:text-properties fo:color='#ffffff'/></style:style>",
        ),
        open_document.text(
            "<text:p text:style-name='P9'>white on red</text:p>",
            "white on red",
            automatic="<style:style style:name='P9' style:family='paragraph'><style:paragraph-properties fo:background-color='#cc0000'/><style:text-properties fo:color='#ffffff'/></style:style>",
        ),
        open_document.text(
            "<text:p>By <text:conditional-text text:current-value='true'>the first of May</text:conditional-text></text:p>",
            "By the first of May",
        ),
        rich.rtf(
            r"\titlepg{\headerf \trowd\cellx9\pard\intbl Union of the Port\cell 12 Quay Street\cell\row\pard\par}\pard Dear friends,\par",
            "Union of the Port 12 Quay Street",
        ),
        rich.rtf(
            r"\pard {\cf1 unseen}{\plain black}{\cf2 black too}\par",
            "blackblack too",
            gone=("unseen",),
        ),
        rich.rtf(
            r"\trowd\clcbpat2\cellx9\cellx18\pard\intbl {\cf1 white in a cell}\cell b\cell\row\trowd\cellx9\cellx18\intbl c\cell d\cell\row\pard x\par",
            "white in a cell",
        ),
    ),
    "fresh: slides, books, letters": (
        slides.slides(slides.group(slides.HELD), there=("Dues are two",)),
        book(
            f"<link rel='stylesheet' href='style.css'/><p class='ghost'>Secret</p>{PROSE}",
            ".ghost { display: none }",
        ),
        book(f"<style>.ghost {{ display: none }}</style><p class='ghost'>Secret</p>{PROSE}", ""),
        letters.case(
            "Hidden",
            "text/html",
            "<style>.pre{display:none !important}</style><span class='pre'>preheader words</span><p>Body of it, which is longer than that.</p>",
            "Body of it",
            gone=("preheader words",),
        ),
        letters.case(
            "Sheet",
            *letters.parts(
                letters.plain("See it."),
                "Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Disposition: attachment; filename=winmail.dat\r\n\r\nrubbish",
            ),
            "See it.",
            said=("unread files",),
        ),
    ),
    "fresh: PDF": (
        formed(f"1 1 1 rg {type_at('unseen in a form')}", gone=("unseen",)),
        formed(f"{type_at('unseen by mode', more='3 Tr')}", gone=("unseen",)),
        drawn(
            f"{type_at('unseen beyond the paper', y=-90)}{type_at('seen', 480)}",
            "seen",
            gone=("unseen",),
        ),
        drawn(
            f"0.2 0.2 0.8 rg 40 440 500 120 re f 1 1 1 rg {type_at('white upon blue')}1 g {type_at('more of white', 470)}",
            "white upon blue",
            "more of white",
        ),
        drawn(
            f"1 1 1 rg 0 0 595 842 re f 0 g {type_at('black on painted paper')}",
            "black on painted paper",
        ),
        drawn(f"{type_at('covered later')}0 g 60 490 300 30 re f {type_at('seen', 450)}", "seen"),
        noted(
            note("FreeText", "/RC 30 0 R"),
            there=("Kept in a stream",),
            objects={30: stream(b"<body><p>Kept in a stream</p></body>")},
        ),
        tagged(
            "<</Type/StructElem/S/Figure/P 41 0 R/Alt(C:\\\\logo.png)/Pg 10 0 R/K 0>>",
            "/Figure<</MCID 0>>BDC 0.5 g 72 400 99 99 re f EMC",
            gone=("logo",),
        ),
        Case(
            "a.pdf",
            pdf(
                [
                    [
                        Text("Leaflet", 72, 770, 22),
                        *lines("Come to the square.", top=700),
                        *lines("union.example.org\nHotline 555 0199", top=80),
                    ]
                ]
                * 2
            ),
            ("union.example.org",),
        ),
        Case(
            "a.pdf",
            pdf(
                [
                    [
                        *lines(f"Words of page {w}, which go on.", top=700),
                        Text("Annual report 2019 | www.union.example", 72, 40, 8),
                        Text(str(n), 500, 40, 8),
                    ]
                    for n, w in enumerate(("one", "two", "three", "four"), 1)
                ]
            ),
            ("Words of page four",),
        ),
    ),
}
