"""Slides: notes, groups, tables, what is hidden."""

# ruff: noqa: E501 - a file stands on a line of its own

from __future__ import annotations

from tests import office
from tests.kinds.case import Case

TITLE = office.shape("title", office.line("The fund of the port"))
HELD = office.shape("", office.line("Dues are two a week"))


def slides(
    *shapes: str, there: tuple[str, ...], gone: tuple[str, ...] = (), **more: object
) -> Case:
    notes = more.pop("notes", None)
    return Case(
        "a.pptx", office.pptx([TITLE + shape for shape in shapes], notes), there, gone, **more
    )  # type: ignore[arg-type]


def odp(body: str, *there: str, gone: tuple[str, ...] = (), automatic: str = "") -> Case:
    return Case("a.odp", office.odf("presentation", body, automatic), there, gone)


def group(*shapes: str) -> str:
    return f"<p:grpSp><p:nvGrpSpPr/>{''.join(shapes)}</p:grpSp>"


TABLE = (
    "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody>{0}</a:txBody></a:tc>"
    "<a:tc><a:txBody>{1}</a:txBody></a:tc></a:tr><a:tr><a:tc><a:txBody>{2}</a:txBody></a:tc><a:tc>"
    "<a:txBody>{3}</a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
)


def hidden_slide() -> Case:
    data = office.pptx([TITLE + HELD, TITLE + office.shape("", office.line("Hidden slide words"))])
    import zipfile
    from io import BytesIO

    parts = {
        name: zipfile.ZipFile(BytesIO(data)).read(name).decode()
        for name in zipfile.ZipFile(BytesIO(data)).namelist()
    }
    parts["ppt/slides/s2.xml"] = parts["ppt/slides/s2.xml"].replace("<p:sld ", '<p:sld show="0" ')
    return Case("a.pptx", office.zipped(parts), ("Dues are two a week",), ("Hidden slide words",))


KINDS: dict[str, tuple[Case, ...]] = {
    "notes of slides": (
        slides(HELD, there=("Ask who has paid",), notes={1: "Ask who has paid"}),
        slides(HELD, HELD, there=("Only to the second",), notes={2: "Only to the second"}),
        odp(
            "<draw:page draw:name='1'><draw:frame presentation:class='title'><draw:text-box><text:p>Fund</text:p>"
            "</draw:text-box></draw:frame><presentation:notes><draw:frame presentation:class='notes'><draw:text-box>"
            "<text:p>Ask who has paid</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>",
            "Fund",
            "Ask who has paid",
        ),
    ),
    "groups on slides": (
        slides(group(office.shape("none", office.line("Grouped words"))), there=("Grouped words",)),
        slides(
            group(group(group(office.shape("none", office.line("Deeply grouped"))))),
            there=("Deeply grouped",),
        ),
        odp(
            "<draw:page><draw:g><draw:g><draw:custom-shape><text:p>Grouped words</text:p></draw:custom-shape>"
            "</draw:g></draw:g></draw:page>",
            "Grouped words",
        ),
        slides(
            group(
                "<p:pic><p:nvPicPr><p:cNvPr id='4' name='x' descr='Women at the gate with baskets'/></p:nvPicPr>"
                "</p:pic>"
            ),
            there=("Women at the gate with baskets",),
        ),
        slides(
            "<p:cxnSp/><p:sp><p:nvSpPr><p:cNvPr id='2' name='x' hidden='1'/><p:nvPr/></p:nvSpPr><p:txBody>"
            + office.line("Unseen shape")
            + "</p:txBody></p:sp>"
            + HELD,
            there=("Dues are two",),
            gone=("Unseen shape",),
        ),
        slides(
            f"<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><mc:Choice>"
            f"{office.shape('none', office.line('Chosen shape'))}</mc:Choice><mc:Fallback>"
            f"{office.shape('none', office.line('Chosen shape'))}</mc:Fallback></mc:AlternateContent>",
            there=("Chosen shape",),
        ),
    ),
    "tables and hidden slides": (
        slides(
            TABLE.format(*map(office.line, ("Trade", "Dues", "Baker", "Two"))),
            there=("Trade Dues Baker Two",),
        ),
        hidden_slide(),
        odp(
            "<draw:page draw:style-name='dp1'><draw:frame><draw:text-box><text:p>Hidden slide words</text:p>"
            "</draw:text-box></draw:frame></draw:page><draw:page><draw:frame><draw:text-box><text:p>Seen</text:p>"
            "</draw:text-box></draw:frame></draw:page>",
            "Seen",
            gone=("Hidden slide words",),
            automatic="<style:style style:name='dp1' style:family='drawing-page'><style:drawing-page-properties "
            "presentation:visibility='hidden'/></style:style>",
        ),
    ),
}
