"""Summaries: prose of the document itself, and never a menu."""

from __future__ import annotations

import pytest

from library.core.resource import Block, Page, Said
from library.metadata import summary

GOOD = (
    "This toolkit helps organisers of street vendors to prepare negotiations with city councils. "
    "It holds four sessions and a list of demands that vendors in nine countries have won."
)
MENU = "Home | About us | Our work | Publications | Contact | Donate | English | Español | Français"
NOTICE = (
    "We have recently updated the website and are in the process of rebuilding a number of pages. "
    "You might encounter layout issues on pages as we work on them. Thank you."
)


def of(pages: list[Page], called: str = "") -> str:
    return next((str(s.value) for s in summary.read(pages, called)), "")


def test_the_first_good_paragraph_after_the_title() -> None:
    text = f"Skip To Content\n\n{MENU}\n\n{NOTICE}\n\nOur rights\n\nBy on June 01, 2012\n\n{GOOD}"
    assert of([Page(1, text)], "Our rights") == GOOD


def test_a_labelled_summary_wins() -> None:
    blocks = (
        Block("heading", "Our rights", 1),
        Block("paragraph", GOOD.replace("toolkit", "preface")),
        Block("heading", "Executive summary", 2),
        Block("paragraph", GOOD),
    )
    assert of([Page(1, GOOD, blocks)], "Our rights") == GOOD
    assert of([Page(1, f"Resumen: {GOOD}")]) == GOOD


@pytest.mark.parametrize(
    "text",
    [
        MENU,
        NOTICE,
        "Introduction ........ 3\nOrganising ........ 5\nRights ........ 12\nAnnexes ........ 40\n",
        "ALL WORKERS HAVE THE RIGHT TO ORGANISE. " * 6,
        "© 2019 by the Federation. No part of this work may be reproduced without its consent. "
        * 2,
        "and so it went on for many years until the vendors had won what they wanted. " * 3,
        "12.5 14.2 99.1 1,203 4,301 22.8 (a) 7.7 8.1 2018 2019 2020 2021 2022 2023 45 67 89. " * 2,
        "",
    ],
)
def test_what_is_no_summary(text: str) -> None:
    assert of([Page(1, text)]) == ""


def test_long_ones_end_with_a_sentence() -> None:
    text = "Law No. 33 of Mr. A. B. Chen was passed. " + "Vendors may organise in every city. " * 30
    cut = summary.cut(text)
    assert len(cut) <= summary.LONGEST
    assert cut.endswith("every city.")
    assert summary.cut("word " * 200).endswith("word…")


def test_what_files_say() -> None:
    front = Said({"title": "A", "description": "Guide: grants and donations for unions"})
    assert [s.source for s in summary.stated(front, "A")] == ["file"]
    site = Said({"description": "The official website for the County", "viewport": "x"})
    assert list(summary.stated(site, "A")) == []
    pdf = Said({"producer": "Word", "subject": "BOE-A-2024-12848", "description": GOOD})
    assert list(summary.stated(pdf, "A")) == []
