"""Web pages: the document without what surrounds it."""

from __future__ import annotations

import pytest

from library.core.errors import Empty
from library.extractors import Limits
from library.extractors.html import read as html
from tests.library.extractors.reading import read, shapes

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Guide | Union</title>
<meta name="author" content="A. Organiser"><meta name="description" content="How to begin">
<meta property="article:published_time" content="2019-05-15">
<meta property="og:site_name" content="Union">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">
<script>var x = "<p>never</p>";</script><style>p{}</style></head>
<body><div class="cookie-banner">We use cookies</div><nav><a href=/>Home</a></nav>
<header class="site-header"><a href="/">Union</a></header>
<main><h1>Know your rights</h1><p>Every worker may <b>join</b> a&nbsp;union.<script>x()</script></p>
<ul><li>Rest<ul><li>One day a week</ul><li>Pay</ul><ol start="3"><li>Third</li></ol>
<table><tr><th>Group</th><th>Members</th></tr><tr><td>Vendors</td><td>1,200</td></tr></table>
<blockquote>Nothing about us without us</blockquote><p lang="es">Nada sobre nosotras</p>
<pre>keep
  this</pre><aside>Read also</aside><div class="share-buttons">Share this</div></main>
<footer>© Union</footer></body></html>"""


def test_the_main_part_as_blocks() -> None:
    said, [page] = read(html, PAGE.encode())
    assert shapes(page) == [
        ("heading", "Know your rights"),
        ("paragraph", "Every worker may join a union."),
        ("item", "Rest"),
        ("item", "One day a week"),
        ("item", "Pay"),
        ("item", "Third"),
        ("table", "Group | Members\nVendors | 1,200"),
        ("quote", "Nothing about us without us"),
        ("paragraph", "Nada sobre nosotras"),
        ("code", "keep\n  this"),
    ]
    assert [block.level for block in page.blocks[2:5]] == [1, 2, 1]
    assert page.blocks[5].marker == "3."
    assert [block.language for block in page.blocks if block.language] == ["es"]
    assert said.fields == {
        "title": "Guide | Union",
        "language": "en-GB",
        "author": "A. Organiser",
        "description": "How to begin",
        "date": "2019-05-15",
        "publisher": "Union",
        "rights": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert page.layout == page.reader == "html"


def test_a_list_of_links_is_a_menu_only_outside_the_document() -> None:
    menu = "<ul>" + "".join(f"<li><a href=#>Item {n}</a>" for n in range(6)) + "</ul>"
    text = "<p>" + "Words of the document. " * 20 + "</p>"
    _, [outside] = read(html, f"<body>{menu}{text}</body>".encode())
    assert "Item 3" not in outside.text
    _, [inside] = read(html, f"<body><main>{menu}{text}</main></body>".encode())
    assert "Item 3" in inside.text


def test_a_page_whose_body_is_called_a_menu_is_still_read() -> None:
    _, [page] = read(html, b"<body><div class='menu-open page'><p>The whole text</p></div></body>")
    assert page.text == "The whole text"


def test_tables_that_only_place_things_are_taken_apart() -> None:
    _, [page] = read(
        html, b"<table><tr><td><table><tr><td>In<td>Out</table><p>Under</p></td></tr></table>"
    )
    assert ("paragraph", "Under") in shapes(page)


def test_long_documents_are_cut_before_headings() -> None:
    body = "".join(
        f"<h2>Part {n}</h2><p>{'word ' * 150}</p><p>{'more ' * 100}</p>" for n in range(8)
    )
    said, pages = read(html, f"<main>{body}</main>".encode())
    assert len(pages) > 3
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert all(page.blocks[0].kind == "heading" for page in pages)
    assert all(150 < page.text.count(" ") < 700 for page in pages)
    assert [line.title for line in said.outline] == [f"Part {n}" for n in range(8)]
    assert said.pages == len(pages)


def test_a_long_table_keeps_its_head_on_each_page() -> None:
    rows = "".join(f"<tr><td>Name {n}</td><td>{'word ' * 10}</td></tr>" for n in range(200))
    _, pages = read(html, f"<table><tr><th>Name</th><th>Words</th></tr>{rows}</table>".encode())
    assert len(pages) > 2
    assert all(page.blocks[0].rows[0] == ("Name", "Words") for page in pages)


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 50_000 + b"deep",
        b"<p><b><i>" * 2_000 + b"text</p>",
        b"<table><td>a<td>b<tr><td>c</p></div><li>d",
        b"<<<>>><p &#xD800; &#99999999; \x00>text",
        b"<!-- never ended <p>text",
        b"<ul>" * 400 + b"<li>x",
    ],
)
def test_broken_pages_do_no_harm(data: bytes) -> None:
    try:
        _, pages = read(html, data)
    except Empty:
        return
    assert pages


def test_a_page_without_text_is_empty() -> None:
    with pytest.raises(Empty):
        read(
            html, b"<html><head><title>T</title></head><body><script>load()</script></body></html>"
        )


def test_limits_hold() -> None:
    data = b"<p>" + b"</p><p>".join([b"word " * 300] * 50)
    _, pages = read(html, data, Limits(pages=3, page_blocks=1, page_characters=100))
    assert len(pages) == 3
    assert all(len(page.blocks) == 1 and len(page.text) <= 100 for page in pages)


@pytest.mark.parametrize(
    "notice",
    [
        '<div id="onetrust-consent-sdk"><p>We value your privacy</p></div>',
        '<div id="CybotCookiebotDialog">This website uses cookies</div>',
        '<div class="cookiebanner">We use cookies</div>',
        '<div class="x7"><p>Usamos cookies propias.</p><button>Aceptar</button></div>',
        '<section><p>This site sets cookies.</p><a role="button" href="#">Accept all</a></section>',
        "<form><p>يستخدم هذا الموقع ملفات تعريف الارتباط</p><input type=submit></form>",
    ],
)
def test_cookie_notices_are_left_out_whatever_they_are_called(notice: str) -> None:
    words = "The union met in the market hall and agreed on the price of the stalls. " * 5
    page = f"<html><body>{notice}<div><h1>Minutes</h1><p>{words}</p></div></body></html>"
    _, [read_page] = read(html, page.encode())
    assert read_page.text.startswith("Minutes")
    assert "cookies" not in read_page.text and "privacy" not in read_page.text
    assert "الارتباط" not in read_page.text


def test_a_document_about_cookies_is_kept() -> None:
    words = "Cookies tell an employer which pages workers read. Refuse them at work. " * 3
    page = f"<html><body><div><p>{words}</p><button>Print</button></div></body></html>"
    _, [read_page] = read(html, page.encode())
    assert "Refuse them" in read_page.text


def test_captions_and_notes_say_what_they_are() -> None:
    page = """<main><p>A right<sup><a href="#n1">1</a></sup> and 5 m<sup>2</sup> of
<a role="doc-noteref" href="#n2">2</a> pavement.</p>
<table><caption>Table 1. Pay</caption><tr><th>Task</th><th>Pay</th></tr>
<tr><td>Sewing</td><td>40</td></tr></table>
<figure><img src=x.png><figcaption>A market</figcaption></figure>
<section class="footnotes"><ol>
<li id=n1><p>Convention 189. <a href="#r1">↩</a></p></li></ol></section>
<aside role="doc-footnote">2. Two of them.</aside></main>"""
    _, [read_page] = read(html, page.encode())
    assert shapes(read_page) == [
        ("paragraph", "A right[1] and 5 m2 of [2] pavement."),
        ("caption", "Table 1. Pay"),
        ("table", "Task | Pay\nSewing | 40"),
        ("caption", "A market"),
        ("note", "Convention 189."),
        ("note", "Two of them."),
    ]
    assert [block.marker for block in read_page.blocks[-2:]] == ["1", "2"]


BROKEN = {
    "words between two rows": (
        "<table><tr><td>Group<td>Members</tr>Counted in May<tr><td>Vendors<td>12</tr></table>",
        [("paragraph", "Counted in May"), ("table", "Group | Members\nVendors | 12")],
    ),
    "words before the first row, and a cell without a row": (
        "<table>As of May<td>Group<td>Members<tr><td>Vendors<td>12</table><p>After",
        [
            ("paragraph", "As of May"),
            ("table", "Group | Members\nVendors | 12"),
            ("paragraph", "After"),
        ],
    ),
    "a paragraph in a table, outside its cells": (
        "<table><p>Whose pay?</p><tr><th>Trade<th>Pay</tr><tr><td>Cooks<td>9</tr></table>",
        [("paragraph", "Whose pay?"), ("table", "Trade | Pay\nCooks | 9")],
    ),
    "headings left open before paragraphs": (
        "<h2>Pay<p>Every month.<h2>Rest<p>Every week.",
        [
            ("heading", "Pay"),
            ("paragraph", "Every month."),
            ("heading", "Rest"),
            ("paragraph", "Every week."),
        ],
    ),
    "a heading left open before a list": (
        "<h3>Bring<ul><li>Water<li>A card</ul>Then come.",
        [
            ("heading", "Bring"),
            ("item", "Water"),
            ("item", "A card"),
            ("paragraph", "Then come."),
        ],
    ),
    "a heading ended as another": (
        "<h2>Pay</h3><p>Every month.",
        [("heading", "Pay"), ("paragraph", "Every month.")],
    ),
    "bold and font that overlap": (
        "<p><b>Every <font color=red>worker</b> may</font> join.<p>And leave.",
        [("paragraph", "Every worker may join."), ("paragraph", "And leave.")],
    ),
    "a quote forgotten at a link": (
        '<p>See <a href="a.html>the list</a> and <a href="b.html">the form</a> here.',
        [("paragraph", "See the list and the form here.")],
    ),
    "a comment without an end": (
        "<p>Before.</p><!-- to do <p>After.</p>",
        [("paragraph", "Before."), ("paragraph", "<!-- to do"), ("paragraph", "After.")],
    ),
    "a title without an end": ("<title>Pay<body><p>Every month.", [("paragraph", "Every month.")]),
    "a style without an end": (
        "<head><style>p { color: red }</head><body><p>Every month.",
        [("paragraph", "Every month.")],
    ),
    "a character data section": (
        "<p>Rest <![CDATA[& pay <weekly>]]> for all.",
        [("paragraph", "Rest & pay <weekly> for all.")],
    ),
    "entities without an end": (
        "<p>Caf&eacute, R&D &amp; 5 &lt 6&nbsp;&#x2013; &notathing; &#0;x",
        [("paragraph", "Café, R&D & 5 < 6 – ¬athing; \ufffdx")],
    ),
    "a template is not shown, one drawn in place is": (
        "<template><p>Never.</template><div><template shadowrootmode=open><p>Seen.</template>",
        [("paragraph", "Seen.")],
    ),
    "what is said without scripts or frames": (
        "<p>Pay.<noscript><p>Turn scripts on.</noscript><noframes><p>Rest.</noframes>",
        [("paragraph", "Pay."), ("paragraph", "Rest.")],
    ),
    "items without a list, and an end too many": (
        "<li>Water</li></ul></div><li>Food<p>Rest</p></section>",
        [("paragraph", "Water"), ("paragraph", "Food"), ("paragraph", "Rest")],
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_no_word_of_broken_html_is_lost_or_run_together(kind: str) -> None:
    source, wanted = BROKEN[kind]
    _, [page] = read(html, source.encode())
    assert shapes(page) == wanted


def test_what_is_declared_does_not_outweigh_what_the_bytes_are() -> None:
    page = "<meta charset=iso-8859-1><p>Los niños también descansan"
    for data in (page.encode("utf-8"), page.encode("iso-8859-1"), page.encode("utf-16")):
        _, [read_page] = read(html, data)
        assert shapes(read_page) == [("paragraph", "Los niños también descansan")]


def test_of_a_page_of_too_many_elements_all_words_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("library.extractors.html_tree.MOST", 20)
    source = "".join(f"<p><i>word{n}</i>" for n in range(100))
    _, [page] = read(html, source.encode())
    assert all(f"word{n}" in page.text for n in range(100))


def test_elements_nested_beyond_all_use_keep_their_words() -> None:
    for tag in ("div", "b", "table", "ul", "section", "span", "x-y"):
        source = "".join(f"<{tag}>w{n} " for n in range(3_000))
        text = "".join(one.text for one in read(html, source.encode())[1])
        assert text.count("w") == 3_000, tag


def test_what_is_said_of_pictures_is_a_caption_of_its_own() -> None:
    page = (
        "<main><h1><img alt='The paper sorters of the port'></h1><p>Before <img src=a.png"
        " alt='Women sort paper at a depot'> after.</p><p><img alt='Facebook'><img alt='photo.jpg'>"
        "<img alt='Women sort paper at a depot'><img alt=''></p><figure><img"
        " alt='Bales of card'><figcaption>Bales of card</figcaption></figure>"
        "<table><tr><th>Fee</th><th>Paid</th></tr><tr><td>May</td><td><img alt='Yes, paid'></td>"
        "</tr></table></main>"
    )
    _, [found] = read(html, page.encode())
    assert shapes(found) == [
        ("heading", "The paper sorters of the port"),
        ("paragraph", "Before after."),
        ("caption", "Women sort paper at a depot"),
        ("caption", "Bales of card"),
        ("table", "Fee | Paid\nMay | Yes, paid"),
    ]


def test_a_page_within_a_page_is_part_of_it_and_panels_are_unfolded() -> None:
    page = (
        "<main><p>Outside.</p><iframe srcdoc='<p>A whinchat &amp;amp; more.</p><iframe"
        " srcdoc=&quot;<p>Deeper.</p>&quot;></iframe>'></iframe>"
        "<details><summary>Who?</summary><p>Everyone.</p></details>"
        "<button aria-controls=a1>When?</button><div id=a1 style='display: none'>"
        "<p>In May.</p></div>"
        "<div class='accordion-body' hidden><p>At ten.</p></div>"
        "<div style='display:none'><p>Never.</p></div><template><p>Nor this.</p></template></main>"
    )
    _, [found] = read(html, page.encode())
    for said in ("Outside.", "A whinchat & more.", "Deeper.", "Everyone.", "In May.", "At ten."):
        assert said in found.text
    assert "Never" not in found.text and "Nor this" not in found.text
