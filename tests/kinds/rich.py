"""RTF: letterheads, what is deleted and hidden, notes, boxes, lists."""

# ruff: noqa: E501 - a file stands on a line of its own

from __future__ import annotations

from tests.kinds.case import Case


def rtf(body: str, *there: str, gone: tuple[str, ...] = (), **more: object) -> Case:
    text = (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}{\f3\fcharset2 Symbol;}}"
        r"{\colortbl;\red255\green255\blue255;\red0\green0\blue0;}"
        rf"\pard The market women of the port keep a fund.\par {body}}}"
    )
    return Case("a.rtf", text.encode("cp1252"), there, gone, **more)  # type: ignore[arg-type]


KINDS: dict[str, tuple[Case, ...]] = {
    "letterhead of RTF": (
        rtf(
            r"\titlepg{\headerf \pard Union of the Port\par}\pard Dear friends,\par",
            "Union of the Port",
        ),
        rtf(
            r"\sectd\titlepg{\footerf \pard 12 Quay Street\par}{\footer \pard page \par}\pard Dear friends,\par",
            "12 Quay Street",
        ),
        rtf(r"{\header \pard Union of the Port\par}\pard Dear friends,\par", "Union of the Port"),
    ),
    "deleted and hidden in RTF": (
        rtf(
            r"\pard We demand {\deleted nine}{\revised ten}.\par", "We demand ten.", gone=("nine",)
        ),
        rtf(r"\pard Seen {\v unseen}again.\par", "Seen again.", gone=("unseen",)),
        rtf(
            r"\pard {\fs1 unseen}{\cf1 unseen white}Black words.\par",
            "Black words.",
            gone=("unseen",),
        ),
        rtf(
            r"\pard {\cf1\highlight2 white on black}{\cf1\chcbpat2 white on shade} seen.\par",
            "white on black",
            "white on shade",
        ),
        rtf(
            r"\pard {\field{\*\fldinst HYPERLINK x}{\fldrslt the diary}} of it.\par",
            "the diary of it.",
            gone=("HYPERLINK",),
        ),
        rtf(
            r"\pard {\v\*\bkmkstart a}{\v0 shown}\v hidden\v0  text.\par",
            "shown text.",
            gone=("hidden",),
        ),
    ),
    "parts of RTF": (
        rtf(r"\pard Dues{\footnote \pard Said at the foot.}.\par", "Said at the foot."),
        rtf(
            r"\trowd\cellx100\cellx200\pard\intbl a\cell b\cell\row\trowd\cellx100\cellx200\intbl c\cell d\cell\row"
            r"\pard After\par",
            "a b c d",
            "After",
        ),
        rtf(r"\pard\u1057?\u1086?\u1102?\u1079? {\f0\'e9t\'e9}\par", "Союз été"),
        rtf(
            r"{\shp{\*\shpinst{\shptxt \pard Boxed words\par}}}\pard After\par",
            "Boxed words",
            "After",
        ),
        rtf(
            r"{\pard{\pntext\f3\'b7\tab}{\*\pn\pnlvlblt\pnf3{\pntxtb\'b7}}Water for two hours\par}",
            gone=("· W",),
            blocks={"Water for two hours": "item"},
        ),
        rtf(r"{\*\annotation \pard Too high\par}\pard {\uc0\u8220 quoted\u8221}\par", "“quoted”"),
    ),
}
