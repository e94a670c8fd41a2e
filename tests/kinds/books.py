"""EPUB books whose spine or chapters are odd."""

# ruff: noqa: E501 - a file stands on a line of its own

from __future__ import annotations

from tests import office
from tests.kinds.case import Case

PROSE = "<p>The market women of the port keep a fund for those struck off the list.</p>"


def book(opf: str, **files: str) -> bytes:
    return office.zipped(
        {
            "META-INF/container.xml": "<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>",
            "b.opf": "<package xmlns='http://www.idpf.org/2007/opf'><metadata "
            f"xmlns:dc='http://purl.org/dc/elements/1.1/'/>{opf}</package>",
            **{name.replace("_", "."): text for name, text in files.items()},
        },
        "application/epub+zip",
    )


def item(name: str, kind: str = "application/xhtml+xml", more: str = "") -> str:
    return f"<item id='{name}' href='{name}' media-type='{kind}' {more}/>"


def html(body: str) -> str:
    return f"<html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body>{body}</body></html>"


KINDS: dict[str, tuple[Case, ...]] = {
    "odd spine of a book": (
        Case(
            "a.epub",
            book(
                f"<manifest>{item('a.html')}{item('n.html')}</manifest><spine><itemref idref='a.html'/>"
                "<itemref idref='n.html' linear='no'/></spine>",
                a_html=html(PROSE),
                n_html=html("<p>Aside of it</p>"),
            ),
            ("market women", "Aside of it"),
            said=(),
        ),
        Case(
            "a.epub",
            book(
                f"<manifest>{item('a.html')}{item('b.html')}</manifest><spine><itemref idref='b.html'/>"
                "<itemref idref='a.html'/></spine>",
                a_html=html("<p>Second part</p>"),
                b_html=html(f"<h1>First part</h1>{PROSE}"),
            ),
            order=("First part", "Second part"),
        ),
        Case(
            "a.epub",
            book(
                f"<manifest>{item('a.html')}{item('gone.html')}</manifest><spine><itemref idref='a.html'/>"
                "<itemref idref='gone.html'/></spine>",
                a_html=html(PROSE),
            ),
            ("market women",),
            said=("unread chapters",),
        ),
        Case(
            "a.epub",
            book(
                f"<manifest>{item('a.html')}{item('b.html')}</manifest><spine></spine>",
                a_html=html(PROSE),
                b_html=html("<p>Not in the spine</p>"),
            ),
            ("market women", "Not in the spine"),
        ),
        Case(
            "a.epub",
            book(
                f"<manifest>{item('a.html')}{item('d.svg', 'image/svg+xml')}</manifest><spine>"
                "<itemref idref='a.html'/><itemref idref='d.svg'/></spine>",
                a_html=html(PROSE),
                d_svg="<svg xmlns='http://www.w3.org/2000/svg'><text>Drawn chapter</text></svg>",
            ),
            ("market women", "Drawn chapter"),
        ),
        Case(
            "a.epub",
            book(
                f"<manifest>{item('a.html')}<item id='f' href='f.pdf' media-type='application/pdf' "
                f"fallback='b.html'/>{item('b.html')}</manifest><spine><itemref idref='f'/><itemref idref='a.html'/></spine>",
                a_html=html(PROSE),
                b_html=html("<p>Instead of it</p>"),
            ),
            ("Instead of it",),
        ),
    ),
    "hidden in a book": (
        Case(
            "a.epub",
            office.epub({"a.xhtml": f"<p hidden='hidden'>Secret one</p>{PROSE}"}),
            ("market women",),
            ("Secret one",),
        ),
        Case(
            "a.epub",
            office.epub({"a.xhtml": f"<p style='display:none'>Secret two</p>{PROSE}"}),
            ("market women",),
            ("Secret two",),
        ),
        Case(
            "a.epub",
            office.epub(
                {"a.xhtml": f"<p>On <span style='display:none'>Secret three</span>off</p>{PROSE}"}
            ),
            ("market women",),
            ("Secret three",),
        ),
    ),
    "pictures in a book": (
        Case(
            "a.epub",
            office.epub(
                {"a.xhtml": f"{PROSE}<img src='a.png' alt='Women at the gate with baskets'/>"}
            ),
            ("Women at the gate with baskets",),
        ),
        Case(
            "a.epub",
            office.epub(
                {
                    "a.xhtml": f"{PROSE}<svg xmlns='http://www.w3.org/2000/svg'><text>Drawn words of it"
                    "</text></svg>"
                }
            ),
            ("Drawn words of it",),
        ),
        Case(
            "a.epub",
            office.epub(
                {
                    "a.xhtml": f"{PROSE}<svg xmlns='http://www.w3.org/2000/svg'><title>Seal of the "
                    "bakers of Lima</title><image href='x.png'/></svg>"
                }
            ),
            ("Seal of the bakers of Lima",),
        ),
    ),
}
