"""Authors and publishers: none is better than a wrong one."""

from __future__ import annotations

import pytest

from library.core.resource import Page, Said, Statement
from library.metadata import decide, people
from library.metadata.text_lines import Line


def authors(lines: list[str], said: dict[str, str] | None = None) -> tuple[str, ...]:
    head = [Line(1, text) for text in lines]
    pages = [Page(1, "\n".join(lines))]
    found = [*people.authors_stated(Said(said or {}), pages), *people.authors_read(head)]
    best = decide(found).get("authors")
    return tuple(best.value) if best else ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Martha Chen and Sally Roever", ("Martha Chen", "Sally Roever")),
        ("Por Ana María Vargas", ("Ana María Vargas",)),
        ("Par Jean de la Fontaine", ("Jean de la Fontaine",)),
        ("Autor(es): Carmen Roca; João da Silva", ("Carmen Roca", "João da Silva")),
        ("By Martha Chen on June 01, 2012", ("Martha Chen",)),
        ("By on June 01, 2012", ()),
        ("By on May 15", ()),
        ("Por la que se registra el convenio", ()),
        ("BY THE INTER-AMERICAN COMMISSION", ()),
        ("By far the largest group of workers", ()),
        ("By", ()),
    ],
)
def test_bylines(line: str, names: tuple[str, ...]) -> None:
    assert authors(["A toolkit", line]) == names


WORD = {"producer": "Microsoft Word 2010"}


@pytest.mark.parametrize(
    "author",
    [
        "Administrator",
        "Microsoft Office User",
        "fvismara",
        "Office 2004 Test Drive User",
        "unknown",
    ],
)
def test_junk_in_the_author_field(author: str) -> None:
    assert authors(["A toolkit", author], {**WORD, "author": author}) == ()


def test_a_pdf_author_needs_the_pages_word() -> None:
    said = {**WORD, "author": "Gabriela Sancho"}
    assert authors(["A judgment"], said) == ()
    assert authors(["A toolkit", "Text: Gabriela Sancho"], said) == ("Gabriela Sancho",)


def test_front_matter_names_authors() -> None:
    assert authors([], {"authors": "Ana Ruiz; StreetNet"}) == ("Ana Ruiz", "StreetNet")
    assert authors([], {"author": "Chen, Marty"}) == ("Marty Chen",)
    for divider in "؛；":
        assert authors([], {"authors": f"سارة علي{divider} منى حسن"}) == ("سارة علي", "منى حسن")


def publisher(head: list[str], institutions: list[str] | None = None) -> str:
    found: list[Statement] = list(
        people.publisher_read(
            [Line(1, text) for text in head], [], [Line(1, text) for text in institutions or []]
        )
    )
    best = decide(found).get("publisher")
    return str(best.value) if best else ""


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("© 2019 StreetNet International. All rights reserved.", "StreetNet International"),
        ("Copyright © International Domestic Workers Federation 2021", None),
        ("Published by the Self Employed Women's Association", "Self Employed Women's Association"),
        ("Publicado por Red Lacre, Bogotá", "Red Lacre, Bogotá"),
        ("Issued by us at the Palace", ""),
        ('(hereinafter "the Judgment") issued by the Court', ""),
        ("(b) y (c) de la Convención de 1963", ""),
        ("© 2024", ""),
    ],
)
def test_publishers(line: str, name: str | None) -> None:
    expected = "International Domestic Workers Federation" if name is None else name
    assert publisher([line]) == expected


def test_an_institution_on_top_is_the_publisher() -> None:
    assert publisher([], ["CORTE INTERAMERICANA DE DERECHOS HUMANOS"]) == (
        "Corte Interamericana de Derechos Humanos"
    )
