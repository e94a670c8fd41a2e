"""OpenDocument texts: letterheads, changes, hidden passages, boxes, fields, signs above words."""

# ruff: noqa: E501 - a file stands on a line of its own

from __future__ import annotations

from tests import office
from tests.kinds.case import Case

PROSE = (
    "<text:p>The market women of the port have met each Thursday since the strike, and keep a fund"
    ".</text:p>"
)


def text(body: str, *there: str, gone: tuple[str, ...] = (), **more: object) -> Case:
    styles = str(more.pop("styles", ""))
    automatic = str(more.pop("automatic", ""))
    data = office.odf("text", PROSE + body, automatic, styles)
    return Case("a.odt", data, there, gone, **more)  # type: ignore[arg-type]


def headed(master: str, *there: str, gone: tuple[str, ...] = (), first: str = "Standard") -> Case:
    """A text whose pages have heads and feet; master: the master pages as XML."""
    data = office.odf(
        "text", f"<text:p text:style-name='P1'>Dear friends of the fund,</text:p>{PROSE}",
        "<style:style style:name='P1' style:family='paragraph' style:master-page-name='"
        f"{first}'/>",
        f"</office:styles><office:master-styles>{master}</office:master-styles><office:styles>",
    )  # fmt: skip
    return Case("a.odt", data, there, gone)


def hidden(name: str, properties: str) -> str:
    return (
        f"<style:style style:name='{name}' style:family='text'><style:text-properties {properties}/>"
        "</style:style>"
    )


CHANGED = (
    "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion><text:p>Gone for good"
    "</text:p></text:deletion></text:changed-region></text:tracked-changes>"
)
KINDS: dict[str, tuple[Case, ...]] = {
    "letterhead of OpenDocument": (
        headed(
            "<style:master-page style:name='First_20_Page' style:next-style-name='Standard'>"
            "<style:header><text:p>Union of the Port</text:p></style:header></style:master-page>"
            "<style:master-page style:name='Standard'/>",
            "Union of the Port",
            first="First_20_Page",
        ),
        headed(
            "<style:master-page style:name='Standard'><style:header><text:p>Running head</text:p>"
            "</style:header><style:header-first><text:p>Union of the Port</text:p></style:header-first>"
            "<style:footer-first><text:p>12 Quay Street</text:p></style:footer-first>"
            "</style:master-page>",
            "Union of the Port",
            "12 Quay Street",
        ),
        headed(
            "<style:master-page style:name='Letter'><style:footer><text:p>12 Quay Street, <text:page-number>1"
            "</text:page-number></text:p></style:footer></style:master-page>",
            "12 Quay Street",
            first="Letter",
        ),
    ),
    "changes tracked in OpenDocument": (
        text(
            f"{CHANGED}<text:p>Kept <text:change text:change-id='c1'/>words</text:p>",
            "Kept words",
            gone=("Gone for good",),
        ),
        text(
            "<text:p>We ask <text:change-start text:change-id='c2'/>ten<text:change-end text:change-id='c2'/>"
            " now.</text:p>",
            "We ask ten now.",
        ),
        text(
            "<text:p>Dues<office:annotation><dc:creator>Ana</dc:creator><text:p>Too high for us</text:p>"
            "</office:annotation> rose.</text:p>",
            "Dues rose.",
            "Too high for us",
            gone=("Ana",),
        ),
    ),
    "hidden in OpenDocument": (
        text(
            "<text:p>Seen <text:span text:style-name='T1'>unseen</text:span>again</text:p>",
            "Seen again",
            gone=("unseen",),
            automatic=hidden("T1", "text:display='none'"),
        ),
        text(
            "<text:section text:display='none'><text:p>unseen</text:p></text:section>"
            "<text:p>Seen <text:hidden-text text:string-value='unseen too' text:is-hidden='true'/></text:p>"
            "<text:p><text:hidden-paragraph text:is-hidden='true'/>unseen three</text:p>",
            gone=("unseen",),
        ),
        text(
            "<text:p><text:span text:style-name='T2'>unseen</text:span>black</text:p>",
            "black",
            gone=("unseen",),
            automatic=hidden("T2", "fo:color='#ffffff'"),
        ),
        text(
            "<text:p><text:span text:style-name='T3'>white on black</text:span></text:p>",
            "white on black",
            automatic=hidden("T3", "fo:color='#ffffff' fo:background-color='#000000'"),
        ),
        text(
            "<text:p><text:span text:style-name='T4'>unseen</text:span>large</text:p>",
            "large",
            gone=("unseen",),
            automatic=hidden("T4", "fo:font-size='1pt'"),
        ),
        text(
            "<table:table><table:table-row table:visibility='collapse'><table:table-cell><text:p>unseen</text:p>"
            "</table:table-cell><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
            "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b"
            "</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>c</text:p>"
            "</table:table-cell><table:table-cell><text:p>d</text:p></table:table-cell></table:table-row>"
            "</table:table>",
            "a b c d",
            gone=("unseen",),
        ),
    ),
    "parts of OpenDocument": (
        text(
            "<text:p><draw:frame><draw:text-box><text:p>Boxed words</text:p></draw:text-box></draw:frame></text:p>",
            "Boxed words",
        ),
        text(
            "<text:p>Dues<text:note text:note-class='endnote'><text:note-citation>i</text:note-citation>"
            "<text:note-body><text:p>Said at the end.</text:p></text:note-body></text:note></text:p>",
            "Said at the end.",
        ),
        text(
            "<text:p><text:ruby><text:ruby-base>労働</text:ruby-base><text:ruby-text>ろうどう</text:ruby-text>"
            "</text:ruby>の組合</text:p>",
            "労働の組合",
        ),
        text(
            "<text:p>By <text:author-name>Ana Quispe</text:author-name>, <text:placeholder "
            "text:placeholder-type='text'>&lt;Type here&gt;</text:placeholder></text:p>",
            "By Ana Quispe",
        ),
        text(
            "<table:table><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>Wide</text:p>"
            "</table:table-cell><table:covered-table-cell/></table:table-row><table:table-row><table:table-cell>"
            "<text:p>c</text:p></table:table-cell><table:table-cell><text:p>d</text:p></table:table-cell>"
            "</table:table-row></table:table>",
            "Wide c d",
        ),
        text(
            "<text:p><draw:frame><svg:desc xmlns:svg='urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0'>"
            "Women at the gate with baskets</svg:desc></draw:frame></text:p>",
            "Women at the gate with baskets",
        ),
    ),
    "spreadsheets": (
        Case("a.ods", office.odf("spreadsheet", "<table:table/>"), refused="kind spreadsheet"),
        Case(
            "a.xlsx",
            office.zipped(
                {
                    "[Content_Types].xml": "<Types/>",
                    "xl/workbook.xml": "<workbook/>",
                    "xl/comments1.xml": "<comments/>",
                }
            ),
            refused="kind spreadsheet",
        ),
        Case("a.xls", office.ole("Workbook"), refused="kind spreadsheet"),
    ),
}
