"""Markdown and its front matter."""

from __future__ import annotations

import pytest

from library.core.errors import Empty
from library.extractors.markdown import front_matter
from library.extractors.markdown import read as markdown
from tests import needs
from tests.library.extractors.reading import read, shapes

FILE = """---
title: >
  Grassroots organising
langCode: en
wordCount: 1042
date: 2019-05-15
tags: [chapters, "how to"]
draft: false
links: {fr: /fr, es: /es}
---
# Organise

We **begin** small[^1]. {{ template }}

1. ✊ [Protest](/protest) — today
2. Campaign

- [ ] Bring water

| Group | Members |
|-------|---------|
| Vendors | 1,200 |

<iframe src="https://elsewhere"></iframe>
<action-box>Call us</action-box>

![A picture](/x.png)

> Said by someone

::: tip
Inside
:::
{% include menu.html %}
"""


def test_front_matter_and_blocks() -> None:
    said, [page] = read(markdown, FILE.replace("\n", "\r\n").encode())
    assert said.fields == {
        "title": "Grassroots organising",
        "langCode": "en",
        "wordCount": "1042",
        "date": "2019-05-15",
        "tags": "chapters; how to",
        "draft": "false",
        "links.fr": "/fr",
        "links.es": "/es",
    }
    assert shapes(page) == [
        ("heading", "Organise"),
        ("paragraph", "We begin small[^1]."),
        ("item", "✊ Protest — today"),
        ("item", "Campaign"),
        ("item", "☐ Bring water"),
        ("table", "Group | Members\nVendors | 1,200"),
        ("paragraph", "Call us"),
        ("quote", "Said by someone"),
        ("paragraph", "Inside"),
    ]


def test_a_head_that_is_no_yaml_is_read_by_lines() -> None:
    fields, rest = front_matter("---\ntitle: Pay: now\nterm: [2019\nunion: SEIU\n---\nText")
    assert fields == {"title": "Pay: now", "term": "[2019", "union": "SEIU"}
    assert rest == "Text"


def test_a_head_cannot_grow_without_bound() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)},*{chr(97 + n)},*{chr(97 + n)}]\n"
        for n in range(20)
    )
    fields, _ = front_matter(f"---\n{bomb}---\nText")
    assert sum(map(len, fields.values())) < 10_000
    assert front_matter("---\na: !!python/object/apply:os.getcwd []\n---\nText")[1] == "Text"


def test_no_head_and_no_text() -> None:
    assert front_matter("Text --- more") == ({}, "Text --- more")
    with pytest.raises(Empty):
        read(markdown, b"---\ntitle: Nothing\n---\n\n<!-- only this -->\n")


def test_a_real_handbook() -> None:
    path = needs.data("documents/activist-handbook/organising.md")
    said, pages = read(markdown, path.read_bytes())
    assert said.fields["langCode"] == "en"
    assert said.fields["title"] == "Grassroots organizing"
    assert ("heading", "Start organizing") in shapes(pages[0])
    assert not any("<" in page.text for page in pages)


def test_footnotes_are_notes() -> None:
    text = (
        "A right[^c] is won[^2].\n\n[^2]: In court,\n    after years.\n[^c]: See *C189*.\n\nMore."
    )
    _, [page] = read(markdown, text.encode())
    assert shapes(page) == [
        ("paragraph", "A right[1] is won[2]."),
        ("paragraph", "More."),
        ("note", "In court, after years."),
        ("note", "See C189."),
    ]
    assert [block.marker for block in page.blocks[-2:]] == ["2", "1"]


def test_a_page_that_is_all_in_its_head_is_read_from_its_fields() -> None:
    content = """---
title: Drawing the market
authors: [Ama Dede]
duration: 40
summary: |
  We draw the market and mark where it floods.
materials_needed:
  - large sheets of paper
  - pens
walk_through: |
  1. Draw the gates.
  2. Mark the *drains*.
---
{% include footer.html %}
"""
    said, pages = read(markdown, content.encode())
    assert said.fields["title"] == "Drawing the market"
    assert [shape for page in pages for shape in shapes(page)] == [
        ("heading", "Drawing the market"),
        ("heading", "Summary"),
        ("paragraph", "We draw the market and mark where it floods."),
        ("heading", "Materials needed"),
        ("item", "large sheets of paper"),
        ("item", "pens"),
        ("heading", "Walk through"),
        ("item", "Draw the gates."),
        ("item", "Mark the drains."),
    ]


def test_a_description_does_not_stand_before_a_page_of_its_own() -> None:
    content = "---\ndescription: A page on how we meet\n---\n" + "We meet under the tree. " * 5
    _, [page] = read(markdown, content.encode())
    assert "A page on how" not in page.text


def test_names_alone_are_no_text() -> None:
    with pytest.raises(Empty):
        read(markdown, b"---\ntitle: Drawing\nauthors: [Ama Dede, Rosa Paz]\ntags: [a, b]\n---\n")


def test_front_matter_below_the_title() -> None:
    source = "# Street maps\n--- meta\ntitle: Maps\nitem: Workshops\nduration: 95\n---\n\n## Aim\n"
    fields, rest = front_matter(source)
    assert fields == {"title": "Maps", "item": "Workshops", "duration": "95"}
    assert rest == "# Street maps\n\n## Aim\n"
    ruled = "# A letter\n\n---\nDear all: come.\nBring: water\n---\nYours"
    assert front_matter(ruled) == ({}, ruled)
    one = "# A letter\n---\nwater: yes\n---\nYours"
    assert front_matter(one) == ({}, one)


def test_dialects_say_the_same_without_their_signs() -> None:
    text = (
        "[TOC]\n\n# Wages {#wages .open}\n\nTerm\n: what it *means*\n\n- [x] done\n- [ ] open\n\n"
        "> [!WARNING]\n> Do not sign.\n\nSee [[Rent law|the law]], ==rent== and this^[a note].\n\n"
        "\\newpage\n\n```\n[[kept]] ==kept== - [ ] kept\n```\n\n![[picture.png]]\n"
    )
    _, [page] = read(markdown, text.encode())
    assert shapes(page) == [
        ("heading", "Wages"),
        ("paragraph", "Term"),
        ("paragraph", "what it means"),
        ("item", "☑ done"),
        ("item", "☐ open"),
        ("quote", "Warning Do not sign."),
        ("paragraph", "See the law, rent and this[1]."),
        ("code", "[[kept]] ==kept== - [ ] kept"),
        ("note", "a note"),
    ]


def test_the_title_block_of_pandoc() -> None:
    text = (
        "% Handbook of the porters\n% Ana Cruz; Ben Okoro\n% 4 May 2019\n\n"
        "Their text, which says more than their names and is longer.\n"
    )
    said, [page] = read(markdown, text.encode())
    assert said.fields == {
        "title": "Handbook of the porters",
        "author": "Ana Cruz; Ben Okoro",
        "date": "4 May 2019",
    }
    assert page.text == "Their text, which says more than their names and is longer."
    _, [page] = read(markdown, b"% of wages are kept\n\nAnd a text.")
    assert "And a text." in page.text
