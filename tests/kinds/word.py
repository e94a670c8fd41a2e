"""Word files: what is deleted, hidden, boxed, noted, filled in; letterheads."""

# ruff: noqa: E501 - a file stands on a line of its own

from __future__ import annotations

from tests import office
from tests.kinds.case import Case

PROSE = office.paragraph(
    "The market women of the port have met each Thursday since the strike, and keep a fund."
)
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def word(body: str, *there: str, gone: tuple[str, ...] = (), **more: object) -> Case:
    parts = more.pop("parts", None)
    return Case("a.docx", office.docx(PROSE + body, parts=parts), there, gone, **more)  # type: ignore[arg-type]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inside)}</w:p>"


TITLE_PAGE = "<w:titlePg/>"


def cell(inside: str) -> str:
    return f"<w:tc>{inside}</w:tc>"


def letterhead(name: str, kind: str, inside: str, more: str, there: str) -> Case:
    """A document of which one section has a head or a foot of a kind."""
    root = {"header": "hdr", "footer": "ftr"}[name]
    return word(
        f'<w:sectPr><w:{name}Reference xmlns:r="urn:r" w:type="{kind}" r:id="h"/>{more}</w:sectPr>',
        there,
        parts={
            "word/_rels/document.xml.rels": related(h=(name, f"{name}1.xml")),
            f"word/{name}1.xml": part(root, inside),
        },
    )


def field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>' + code
        + '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + result
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )  # fmt: skip


def part(root: str, inside: str) -> str:
    return f"<w:{root} {office.W}>{inside}</w:{root}>"


def related(**parts: tuple[str, str]) -> str:
    return office.relations(
        a=("styles", "styles.xml"),
        b=("numbering", "numbering.xml"),
        c=("footnotes", "/word/footnotes.xml"),
        **parts,
    )


BOX = "<w:txbxContent>{}</w:txbxContent>"
CHANGE = 'w:id="1" w:author="Ana" w:date="2020-01-01T00:00:00Z"'


KINDS: dict[str, tuple[Case, ...]] = {
    "changes tracked in Word": (
        word(
            p(
                run("We demand "),
                f"<w:del {CHANGE}><w:r><w:delText>nine</w:delText></w:r></w:del>",
                f"<w:ins {CHANGE}>{run('ten')}</w:ins>",
                run(" an hour."),
            ),
            "We demand ten an hour.",
            gone=("nine",),
        ),
        word(
            p(run("Moved from here"), properties="") + f"<w:p><w:moveFrom {CHANGE}>"
            f"{run('Old place of it')}</w:moveFrom></w:p><w:p><w:moveTo {CHANGE}>"
            f"{run('New place of it')}</w:moveTo></w:p>",
            "New place of it",
            gone=("Old place",),
        ),
        word(
            "<w:tbl><w:tr>" + cell(p(run("a"))) + cell(p(run("b"))) + "</w:tr>"
            f"<w:tr><w:trPr><w:del {CHANGE}/></w:trPr>"
            + cell(p(run("gone row")))
            + cell(p(run("x")))
            + "</w:tr><w:tr>"
            + cell(p(run("c")))
            + cell(p(run("d")))
            + "</w:tr></w:tbl>",
            "a b c d",
            gone=("gone row",),
        ),
        word(
            f"<w:p><w:del {CHANGE}>{run('Deleted though typed as text')}</w:del>{run('Kept words')}</w:p>",
            "Kept words",
            gone=("Deleted though",),
        ),
        word(
            f"<w:p><w:pPr><w:rPr><w:del {CHANGE}/></w:rPr></w:pPr>{run('First half ')}</w:p>"
            f"<w:p>{run('second half.')}</w:p>",
            "First half second half.",
        ),
        word(
            f"<w:p><w:ins {CHANGE}><w:del {CHANGE}><w:r><w:delText>Came and went</w:delText></w:r>"
            f"</w:del></w:ins>{run('Stayed')}</w:p>",
            "Stayed",
            gone=("Came and went",),
        ),
    ),
    "boxes in Word": (
        word(
            f"<w:p><w:r><mc:AlternateContent {MC}><mc:Choice Requires='wps'><w:drawing><wps:txbx {WPS}>"
            f"{BOX.format(p(run('Boxed words')))}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
            f"<v:textbox {VML}>{BOX.format(p(run('Boxed words')))}</v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>",
            "Boxed words",
        ),
        word(
            f"<w:p><w:r><w:pict><v:shape {VML}><v:textbox>{BOX.format(p(run('Old box')))}</v:textbox>"
            f"</v:shape></w:pict></w:r>{run('Beside it')}</w:p>",
            "Old box",
            "Beside it",
        ),
        word(
            f"<w:p><w:r><w:pict><v:shape {VML} alt='Watermark'><v:textpath string='STRIKE TODAY'/>"
            f"</v:shape></w:pict></w:r></w:p>",
            "STRIKE TODAY",
        ),
        word(
            "<w:tbl><w:tr><w:tc>"
            + f"<w:p><w:r><w:pict><v:textbox {VML}>{BOX.format(p(run('In a cell')))}"
            "</v:textbox></w:pict></w:r></w:p></w:tc>"
            + cell(p(run("y")))
            + "</w:tr><w:tr>"
            + cell(p(run("z")))
            + cell(p(run("q")))
            + "</w:tr></w:tbl>",
            "In a cell",
        ),
        word(
            f"<w:p><w:r><w:drawing><wp:inline {WP}><wp:docPr id='1' name='P' descr='Women at the gate with "
            "baskets'/></wp:inline></w:drawing></w:r></w:p>",
            "Women at the gate with baskets",
        ),
        word(
            "<w:p><w:pPr><w:framePr w:w='2000' w:hAnchor='text'/></w:pPr>"
            + run("In a frame")
            + "</w:p>",
            "In a frame",
        ),
    ),
    "notes of Word": (
        word(p(run("Dues"), '<w:r><w:footnoteReference w:id="4"/></w:r>'), "Said at the foot."),
        word(
            p(run("Dues"), '<w:r><w:endnoteReference w:id="2"/></w:r>'),
            "Said at the end.",
            parts={
                "word/_rels/document.xml.rels": related(d=("endnotes", "endnotes.xml")),
                "word/endnotes.xml": part(
                    "endnotes", f'<w:endnote w:id="2">{p(run("Said at the end."))}</w:endnote>'
                ),
            },
        ),
        word(
            p(
                '<w:commentRangeStart w:id="0"/>',
                run("Dues"),
                '<w:commentRangeEnd w:id="0"/>',
                '<w:r><w:commentReference w:id="0"/></w:r>',
            ),
            "Too high for us",
            parts={
                "word/_rels/document.xml.rels": related(d=("comments", "comments.xml")),
                "word/comments.xml": part(
                    "comments", f'<w:comment w:id="0">{p(run("Too high for us"))}</w:comment>'
                ),
            },
        ),
    ),
    "fields of Word": (
        word(
            p(run("See "), field("REF _Ref12 \\h", run("Chapter nine")), run(".")),
            "See Chapter nine.",
            gone=("REF",),
        ),
        word(
            p(f'<w:fldSimple w:instr=" DATE ">{run("1 May 1912")}</w:fldSimple>'),
            "1 May 1912",
            gone=("DATE",),
        ),
        word(
            p(
                field(
                    "IF "
                    + "</w:instrText></w:r>"
                    + field("PAGE", run("7"))
                    + "<w:r><w:instrText> = 7",
                    run("Last page"),
                ),
                run(" ends."),
            ),
            "Last page ends.",
            gone=("IF", "PAGE"),
        ),
        word(
            p(
                '<w:hyperlink r:id="x" xmlns:r="urn:r">'
                + run("the strike diary")
                + "</w:hyperlink>"
            ),
            "the strike diary",
        ),
        word(
            p(field('HYPERLINK "https://a.example/x"', run("our address")), field('XE "dues"', "")),
            "our address",
            gone=("XE", "https://a.example"),
        ),
        word(p(field("QUOTE <w:t>left over</w:t>", run("shown words"))), "shown words"),
    ),
    "controls of Word": (
        word(
            f"<w:sdt><w:sdtPr><w:alias w:val='Trade'/></w:sdtPr><w:sdtContent>{p(run('Baker of the port'))}"
            "</w:sdtContent></w:sdt>",
            "Baker of the port",
        ),
        word(
            p(
                f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click to type', chr(60) + 'w:rStyle w:val=' + chr(34) + 'PlaceholderText' + chr(34) + '/>')}"
                f"</w:sdtContent></w:sdt>{run('After it')}"
            ),
            "After it",
            gone=("Click to type",),
        ),
        word(
            f"<w:p><w:sdt><w:sdtPr><w14:checkbox {W14}><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr>"
            f"<w:sdtContent>{run('☒')}</w:sdtContent></w:sdt>{run(' I agree')}</w:p>",
            "☒ I agree",
        ),
        word(
            "<w:tbl><w:sdt><w:sdtContent><w:tr>"
            + cell(p(run("one")))
            + "<w:sdt><w:sdtContent>"
            + cell(p(run("two")))
            + "</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt><w:tr>"
            + cell(p(run("three")))
            + cell(p(run("four")))
            + "</w:tr></w:tbl>",
            "one two three four",
        ),
        word(
            f"<w:customXml w:element='x'>{p(run('Within marks'))}</w:customXml><w:p><w:smartTag>{run('Lima')}"
            "</w:smartTag></w:p>",
            "Within marks",
            "Lima",
        ),
        word(
            p(
                "<w:sdt><w:sdtPr><w:dropDownList w:lastValue='b'><w:listItem w:displayText='Baker' w:value='a'/>"
                f"<w:listItem w:displayText='Docker' w:value='b'/></w:dropDownList></w:sdtPr><w:sdtContent>{run('Docker')}"
                "</w:sdtContent></w:sdt>"
            ),
            "Docker",
            gone=("Baker",),
        ),
    ),
    "hidden in Word": (
        word(
            p(run("Seen "), run("unseen one", "<w:vanish/>"), run("again")),
            "Seen again",
            gone=("unseen one",),
        ),
        word(
            p(run("unseen two", '<w:color w:val="FFFFFF"/>'), run("black")),
            "black",
            gone=("unseen two",),
        ),
        word(
            p(run("unseen three", '<w:sz w:val="2"/>'), run("large")),
            "large",
            gone=("unseen three",),
        ),
        word(
            p(run("unseen four", '<w:rStyle w:val="Ghost"/>'), run("shown")),
            "shown",
            gone=("unseen four",),
            parts={
                "word/styles.xml": office.STYLES.replace(
                    "</w:styles>",
                    '<w:style w:type="character" '
                    'w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>',
                )
            },
        ),
        word(
            p(
                run(
                    "white on black",
                    '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>',
                )
            ),
            "white on black",
        ),
        word(
            "<w:tbl><w:tr>"
            + "".join(
                f'<w:tc><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>{p(run(t, chr(60) + "w:color w:val=" + chr(34) + "FFFFFF" + chr(34) + "/>"))}</w:tc>'
                for t in ("Head one", "Head two")
            )
            + "</w:tr><w:tr>"
            + cell(p(run("x")))
            + cell(p(run("y")))
            + "</w:tr></w:tbl>",
            "Head one Head two",
        ),
    ),
    "Word from right to left": (
        word(
            p(run("اجتماع النقابة كل خميس", "<w:rtl/>"), properties="<w:bidi/>"),
            "اجتماع النقابة كل خميس",
        ),
        word(
            p(
                run("المادة ", "<w:rtl/>"),
                run("23"),
                run(" من القانون", "<w:rtl/>"),
                properties="<w:bidi/>",
            ),
            "المادة 23 من القانون",
        ),
        word(
            "<w:tbl><w:tblPr><w:bidiVisual/></w:tblPr><w:tr>"
            + cell(p(run("الاسم", "<w:rtl/>")))
            + cell(p(run("المهنة", "<w:rtl/>")))
            + "</w:tr><w:tr>"
            + cell(p(run("ليلى", "<w:rtl/>")))
            + cell(p(run("خبازة", "<w:rtl/>")))
            + "</w:tr></w:tbl>",
            "الاسم المهنة ليلى خبازة",
        ),
    ),
    "letterhead of Word": (
        letterhead("header", "first", p(run("Union of the Port")), TITLE_PAGE, "Union of the Port"),
        letterhead("header", "default", p(run("Union of the Port")), "", "Union of the Port"),
        letterhead(
            "footer",
            "first",
            p(run("12 Quay Street")) + f"<w:tbl><w:tr>{cell(p(run('Tel')))}</w:tr></w:tbl>",
            TITLE_PAGE,
            "12 Quay Street",
        ),
    ),
}
