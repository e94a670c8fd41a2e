"""PDF: hidden type, stamps and rich notes, layers, turned pages, labels, texts instead of pictures."""

# ruff: noqa: E501 - a file stands on a line of its own

from __future__ import annotations

from collections.abc import Mapping

from tests.builders import Text, content, lines, pdf, stream, string
from tests.kinds.case import Case
from tests.library.extractors.test_pdf_layers import layered
from tests.library.extractors.test_pdf_parts import FORM, page

PROSE = content(
    lines("The market women of the port have met each\nThursday since the strike of the bakers,\n"
          "and keep a fund for all who lost their place.", top=760)
)  # fmt: skip


def drawn(
    more: str, *there: str, gone: tuple[str, ...] = (), name: str = "a.pdf", **other: object
) -> Case:
    objects = other.pop("objects", None)
    data = page([], objects, drawn=PROSE + b"\n" + more.encode("cp1252"), **_page(other))  # type: ignore[arg-type]
    return Case(name, data, ("market women", *there), gone, **other)  # type: ignore[arg-type]


def _page(other: dict[str, object]) -> dict[str, object]:
    return {name: other.pop(name) for name in ("page", "catalog") if name in other}


def type_at(text: str, y: float = 500, x: float = 72, size: float = 11, more: str = "") -> str:
    return f"BT {more} /F1 {size} Tf {x} {y} Td {string(text)} Tj ET\n"


def noted(
    *annotations: str,
    there: tuple[str, ...],
    gone: tuple[str, ...] = (),
    objects: Mapping[int, bytes] | None = None,
    **other: object,
) -> Case:
    return Case(
        "a.pdf", page(list(annotations), dict(objects or {}), drawn=PROSE), there, gone, **other
    )  # type: ignore[arg-type]


def note(kind: str, more: str) -> str:
    return f"<</Type/Annot/Subtype/{kind}/Rect[72 500 372 560]/F 4/DA(/F1 11 Tf){more}>>"


def rich(body: str) -> str:
    return string(
        f"<?xml version='1.0'?><body xmlns='http://www.w3.org/1999/xhtml' xmlns:xfa='http://www.xfa.org/"
        f"schema/xfa-data/1.0/'>{body}</body>"
    )


def turned(angle: int) -> bytes:
    """Lines that are upright when the page is turned by its own /Rotate."""
    matrix = {90: "0 1 -1 0 500 72", 180: "-1 0 0 -1 523 770", 270: "0 -1 1 0 72 770"}[angle]
    text = "".join(
        f"BT /F1 11 Tf 0 {-14 * n} Td {string(t)} Tj ET\n"
        for n, t in enumerate(
            (
                "The strike fund of the port pays ten",
                "to each who was struck off, and is kept",
                "by three women of the market.",
            )
        )
    )
    return f"q {matrix} cm\n{text}Q".encode()


def sloped(text: str, degrees: float, size: float = 24) -> str:
    from math import cos, radians, sin

    c, s = cos(radians(degrees)), sin(radians(degrees))
    return f"BT /F1 {size} Tf {c:.4f} {s:.4f} {-s:.4f} {c:.4f} 150 300 Tm {string(text)} Tj ET\n"


def tagged(tree: str, marks: str, *there: str, gone: tuple[str, ...] = ()) -> Case:
    objects = {
        40: b"<</Type/StructTreeRoot/K 41 0 R/ParentTree<</Nums[0[41 0 R 42 0 R 43 0 R]]>>>>",
        41: b"<</Type/StructElem/S/Document/P 40 0 R/K[42 0 R]>>",
        42: tree.encode("cp1252"),
    }
    return drawn(
        marks,
        *there,
        gone=gone,
        objects=objects,
        catalog="/MarkInfo<</Marked true>>/StructTreeRoot 40 0 R",
        page="/StructParents 0",
    )


def type3(cmap: bool, text: str = "abcab") -> bytes:
    """A page of a type whose signs are drawn; cmap: it says which letters they are."""
    glyph = b"500 0 0 0 500 500 d1 0 0 400 400 re f"
    objects = {
        30: (
            "<</Type/Font/Subtype/Type3/FontBBox[0 0 500 500]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 97/LastChar 99"
            "/Widths[500 500 500]/CharProcs<</g1 31 0 R/g2 31 0 R/g3 31 0 R>>/Encoding<</Type/Encoding/Differences"
            f"[97/g1/g2/g3]>>/Resources<<>>{'/ToUnicode 32 0 R' if cmap else ''}>>"
        ).encode(),
        31: b"<</Length %d>>\nstream\n%s\nendstream" % (len(glyph), glyph),
        32: stream(
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> "
            b"endcodespacerange 3 beginbfchar <61> <0044> <62> <0055> <63> <0045> endbfchar endcmap end end"
        ),
    }
    return page(
        [],
        objects,
        drawn=PROSE + f"\nBT /F3 20 Tf 72 500 Td {string(text)} Tj ET".encode(),
        page="/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 30 0 R>>>>",
    ).replace(b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>/Resources", b"/Resources")


def flyer(
    foot: str, first: str = "March on the first of May", second: str = "What we ask for"
) -> bytes:
    body = "Come with your friends and your banners to the\nsquare before the old market hall, and bring\nwater and a hat."
    sheets = [
        [Text(head, 72, 770, 22), *lines(body, top=700), *lines(foot, top=90, size=9)]
        for head in (first, second)
    ]
    return pdf(sheets)


def headed(head: str) -> bytes:
    """A page whose head says of itself that it is none of the text."""
    return PROSE + f"\n/Artifact<</Type/Pagination>>BDC {type_at(head, 815)}EMC".encode()


PORTFOLIO = {
    100: b"<</Type/Filespec/F(one.txt)/UF(one.txt)/EF<</F 101 0 R>>>>",
    101: stream(b"Words of the first file in it."),
    102: b"<</Type/Filespec/F(two.html)/UF(two.html)/EF<</F 103 0 R>>>>",
    103: stream(b"<p>Words of the second file in it.</p>"),
    104: b"<</Type/Filespec/F(pay.xlsx)/UF(pay.xlsx)/EF<</F 105 0 R>>>>",
    105: stream(b"PK\x03\x04 no real sheet"),
}


def portfolio(
    names: str,
    *there: str,
    said: tuple[str, ...] = (),
    more: str = "/Collection<</Type/Collection/View/D>>",
) -> Case:
    data = page(
        [],
        PORTFOLIO,
        catalog=f"{more}/Names<</EmbeddedFiles<</Names[{names}]>>>>",
        drawn=content(lines("For the best experience, open this in a viewer.", top=760)),
    )
    return Case("a.pdf", data, there, said=said)


SQUARE = "0.5 0.1 0.1 rg 60 480 300 40 re f "
KINDS: dict[str, tuple[Case, ...]] = {
    "hidden in PDF": (
        drawn(
            f"1 1 1 rg {type_at('unseen white words')}0 g {type_at('black words', 480)}",
            "black words",
            gone=("unseen",),
        ),
        drawn(
            f"{type_at('unseen of no size', size=0)}{type_at('large', 480)}",
            "large",
            gone=("unseen",),
        ),
        drawn(
            f"1 g {type_at('unseen grey words')}0 g {type_at('seen', 450)}",
            "seen",
            gone=("unseen",),
        ),
        drawn(f"{SQUARE}1 1 1 rg {type_at('white upon red')}", "white upon red"),
        drawn(
            f"{type_at('unseen by mode', more='3 Tr')}{type_at('seen', 480, more='0 Tr')}",
            "seen",
            gone=("unseen",),
        ),
        drawn(
            f"0 0 0 0 k {type_at('unseen white of inks')}0 g {type_at('seen', 450)}",
            "seen",
            gone=("unseen",),
        ),
        drawn(f"q 0.2 g 50 480 400 60 re f 1 g {type_at('white upon grey')}Q", "white upon grey"),
        drawn(
            f"{type_at('unseen tiny words', size=0.3)}{type_at('seen', 480)}",
            "seen",
            gone=("unseen",),
        ),
        drawn(
            f"/Cs1 cs 1 1 1 sc {type_at('unseen white sc')}0 g {type_at('seen', 450)}",
            "seen",
            gone=("unseen",),
        ),
    ),
    "rich notes of PDF": (
        noted(
            note("FreeText", f"/RC{rich('<p>Typed in rich <b>words</b></p>')}"),
            there=("Typed in rich words",),
        ),
        noted(
            note("FreeText", f"/RC{rich('<p>First line</p><p>second line</p>')}/DS(font: 11pt)"),
            there=("First line second line",),
        ),
        noted(
            note("Text", f"/RC{rich('<p><span>Remark in rich words</span></p>')}"),
            there=("Remark in rich words",),
        ),
        noted(note("FreeText", "/Contents(Typed plainly)"), there=("Typed plainly",)),
        noted(
            note("FreeText", f"/Contents()/RC{rich('<p>Rich and no contents</p>')}"),
            there=("Rich and no contents",),
        ),
        noted(
            note("FreeText", f"/F 2/RC{rich('<p>unseen</p>')}").replace("/F 4", ""),
            there=("market women",),
            gone=("unseen",),
        ),
    ),
    "stamps and slopes": (
        drawn(sloped("STRIKE TODAY", 30), "STRIKE TODAY"),
        drawn(sloped("Received 1 May", 45, 18), "Received 1 May"),
        noted(
            note("Stamp", "/AP<</N 30 0 R>>"),
            there=("RECEIVED MAY",),
            objects={
                30: (
                    f"{FORM}/Matrix[0.966 0.259 -0.259 0.966 0 0]/Length 41>>\nstream\nBT /F1 11 Tf 2 5 Td (RECEIVED MAY) Tj ET   \nendstream"
                ).encode()
            },
        ),
        drawn(sloped("PAID IN FULL", -20), "PAID IN FULL"),
        drawn(sloped("Turned upside down", 180, 14), "Turned upside down"),
        drawn(sloped("DRAFT FOR VOTE", 60, 60), "DRAFT FOR VOTE"),
    ),
    "turned pages": (
        *(
            Case(
                "a.pdf",
                page([], drawn=turned(angle), page=f"/Rotate {angle}"),
                (
                    "The strike fund of the port pays ten to each who was struck off, and is kept by three women of the market.",
                ),
            )
            for angle in (90, 180, 270)
        ),
    ),
    "labels of pages": (
        Case(
            "a.pdf",
            pdf([lines("One of it")] * 3, labels="<</Nums[0<</S/r>>2<</S/D>>]>>"),
            labels=("i", "ii", "1"),
        ),
        Case(
            "a.pdf",
            pdf([lines("One of it")] * 2, labels="<</Nums[0<</P(A-)/S/D/St 8>>]>>"),
            labels=("A-8", "A-9"),
        ),
        Case(
            "a.pdf", pdf([lines("One of it")] * 2, labels="<</Nums[0<</S/A>>]>>"), labels=("A", "B")
        ),
    ),
    "words for pictures in PDF": (
        tagged(
            "<</Type/StructElem/S/Figure/P 41 0 R/Alt(Women at the gate with baskets)/Pg 10 0 R/K 0>>",
            "/Figure<</MCID 0>>BDC 0.5 g 72 400 99 99 re f EMC",
            "Women at the gate with baskets",
        ),
        tagged(
            "<</Type/StructElem/S/Figure/P 41 0 R/Alt(The banner of the bakers)/K<</Type/MCR/Pg 10 0 R/MCID 0>>>>",
            "/Figure<</MCID 0>>BDC 0.5 g 72 400 99 99 re f EMC",
            "The banner of the bakers",
        ),
        tagged(
            "<</Type/StructElem/S/Figure/P 41 0 R/Alt<FEFF004D0061007200630068002000E000200050006100720069007300>/Pg 10 0 R/K 0>>",
            "/Figure<</MCID 0>>BDC 0.5 g 72 400 99 99 re f EMC",
            "March à Paris",
        ),
        tagged(
            "<</Type/StructElem/S/Figure/P 41 0 R/Alt(image.png)/Pg 10 0 R/K 0>>",
            "/Figure<</MCID 0>>BDC 0.5 g 72 400 99 99 re f EMC",
            gone=("image.png",),
        ),
        drawn(f"/Span<</ActualText(Zurich)>>BDC {type_at('Z u r i c h ')}EMC", "Zurich"),
        tagged(
            "<</Type/StructElem/S/Sect/P 41 0 R/K[43 0 R]>>",
            "/Figure<</MCID 1>>BDC 0.5 g 72 400 9 9 re f EMC",
        ),
    ),
    "layers of PDF": (
        Case(
            "a.pdf",
            layered("/OC /P0 BDC", "/OFF[30 0 R]"),
            ("open layer",),
            ("dunnock",),
            ("unread layers",),
        ),
        Case("a.pdf", layered("/OC /P1 BDC", "/OFF[30 0 R]"), ("open layer", "dunnock"), said=()),
        Case(
            "a.pdf",
            layered("BMC", "/OFF[30 0 R]", more="/XObject<</X0 33 0 R>>").replace(b"x", b"x"),
            ("open layer",),
        ),
    ),
    "signs drawn in PDF": (
        Case("a.pdf", type3(True), ("DUEDU",)),
        Case("a.pdf", type3(True, "cba"), ("EUD",)),
        Case("a.pdf", type3(False), ("market women",)),
    ),
    "letterhead of PDF": (
        drawn(
            f"/Artifact<</Type/Pagination/Subtype/Header>>BDC {type_at('Union of the Port', 800)}EMC",
            "Union of the Port",
        ),
        Case(
            "a.pdf",
            pdf(
                [
                    headed("Union of the Port, 12 Quay Street"),
                    headed("The second page, as all that follow"),
                ]
            ),
            ("12 Quay Street",),
        ),
        Case(
            "a.pdf",
            pdf(
                [
                    headed("Letter of the union").replace(b"market", word)
                    for word in (b"first", b"second", b"third")
                ]
            ),
            ("The third women of the port",),
        ),
    ),
    "foot of a flyer": (
        Case(
            "a.pdf",
            flyer(
                "Union of the Port, 12 Quay Street\nCall 555 0134 or write to port@union.example"
            ),
            ("12 Quay Street", "555 0134", "port@union.example"),
        ),
        Case(
            "a.pdf",
            flyer("www.union.example - office@union.example - Tel. 020 555 0187"),
            ("office@union.example", "020 555 0187"),
        ),
        Case(
            "a.pdf",
            flyer("Contact: Ana Quispe, Casilla 12, Lima\nTelephone +51 1 555 0100"),
            ("Ana Quispe", "+51 1 555 0100"),
        ),
    ),
    "files in PDF": (
        portfolio(
            "(one.txt) 100 0 R(two.html) 102 0 R",
            "Words of the first file",
            "Words of the second file",
        ),
        portfolio(
            "(one.txt) 100 0 R(pay.xlsx) 104 0 R", "Words of the first file", said=("unread files",)
        ),
        portfolio("(one.txt) 100 0 R", "Words of the first file", more=""),
    ),
}
