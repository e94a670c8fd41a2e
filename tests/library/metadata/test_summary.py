"""Summaries: prose of the document itself, and never a menu."""

from __future__ import annotations

import pytest

from library.core.resource import Block, Page, Said
from library.metadata import BELIEVED, decide, summary

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


ABOUT = (
    "This guide shows market traders how to ask a council for water, step by step, and what others "
    "have won by asking together."
)


@pytest.mark.parametrize(
    "first",
    [
        "We would like to thank Rosa, Amina and all the members of the committee of the market who "
        "read this text in its many drafts and gave us their time.",
        "Harbour Roof is an independent organisation that works for fair markets in six countries. "
        "To enrich debate we publish papers by our own members and friends.",
        "Puerto Abierto es un centro de estudios que promueve una agenda de desarrollo para todos. "
        "Publicamos trabajos de nuestras integrantes y de otras personas.",
        "This work was made possible with the generous support of the people of the harbour towns, "
        "under a grant of their council, for which the union is responsible.",
        "Why is there no water? Who pays for it? What did others do? When does the council meet? "
        "Where can one complain? How long does it take?",
    ],
)
def test_what_a_document_says_of_itself_comes_before_thanks_and_publishers(first: str) -> None:
    assert of([Page(1, f"Water\n\n{first}\n\n{ABOUT}")], "Water") == ABOUT
    assert of([Page(1, f"Water\n\n{first}"), Page(2, ABOUT)], "Water") == ABOUT


def test_a_paragraph_begun_on_the_page_before_is_no_beginning() -> None:
    before = "The traders of the old harbour had long asked the members of the council of the"
    after = "Town for a tap near the fish stalls, and were told each year to wait for the next one."
    assert of([Page(1, before), Page(2, after)]) == ""


def test_entities_are_decoded_and_a_title_run_in_is_left_out() -> None:
    text = f"Water at the old market {ABOUT.replace('others', 'Rosa &amp; others')}"
    assert of([Page(1, text)], "Water at the old market") == ABOUT.replace(
        "others", "Rosa & others"
    )


MENU = "Home and more"
WHOLE = (
    "This guide is for market committees that want to keep their own accounts, and shows how to "
    "write down dues and to read them out at a meeting."
)


@pytest.mark.parametrize(
    "first",
    [
        "While examples in this guide are drawn from several years of work in three markets, names "
        "of people and of markets in it have been changed throughout.",
        "You should start this game by pointing out that everyone in the room has paid dues, and "
        "by asking who remembers when and to whom they were paid.",
        "Each participant can introduce herself with a ball of yarn that is thrown from one person "
        "to the next until all of them hold a piece of it in their hands.",
        "Even leaders of the federation say that committees have to be thought of anew if they are "
        "to have a say in what becomes of the market and its taxes.",
        "Cada participante se presenta con una pelota de lana que pasa de una persona a otra hasta "
        "que todas tienen en la mano un pedazo de ella.",
        "Demandez aux participantes de former un cercle et de dire à tour de rôle ce qui leur a "
        "plu dans la réunion de la semaine passée au marché.",
    ],
)
def test_steps_and_asides_tell_nothing_of_the_whole(first: str) -> None:
    [said] = summary.read([Page(1, f"Dues\n\n{first}\n\n{WHOLE}")], "Dues")
    assert said.value == WHOLE
    [alone] = summary.read([Page(1, f"Dues\n\n{first}")], "Dues")
    assert alone.confidence < 0.3


FIRST = "Vendors of nine markets wrote down what their cities do about water, shade and storage. "


@pytest.mark.parametrize(
    "aside",
    [
        "This text was adapted from a handbook of the Federation and updated by its members. ",
        "You should read that handbook before you begin, and the one on water as well. ",
        "Lea sobre esto en el manual de la Federación, que está en todas las lenguas. ",
        "Esta obra se desprende de la experiencia de las vendedoras en los mercados. ",
    ],
)
def test_where_it_comes_from_and_where_else_to_read_are_left_out(aside: str) -> None:
    assert of([Page(1, FIRST + aside + GOOD)]) == FIRST + GOOD
    assert of([Page(1, aside + aside)]) == ""


@pytest.mark.parametrize("rest", ["They differ in three ways:", "What cities may do about it, and"])
def test_a_last_sentence_that_breaks_off_is_left_out(rest: str) -> None:
    assert of([Page(1, f"{GOOD} {rest}")]) == GOOD


@pytest.mark.parametrize(
    "first",
    [
        "If everyone at the market had a green tongue one morning, you would look for what "
        "they all drank. The same is true of backs that hurt and of hands that shake.",
        "Considerada la primera huelga de las vendedoras, esta lucha puso en crisis la forma en "
        "que la ciudad trata a quienes venden en sus calles.",
        "No dues before a contract! Members are safer. They quit less. Pay is fair. Pay is higher. "
        "Rules are known. Bosses must listen to members.",
    ],
)
def test_hooks_and_lines_of_a_leaflet_are_left_to_the_desk(first: str) -> None:
    page = Page(1, first, (Block("paragraph", first),))
    assert "summary" not in decide(summary.read([page], ""))


@pytest.mark.parametrize(
    "first",
    [
        "In 2012 the team chose a name for the house, and later there were nine of us in it.",
        "In recent years the world has seen one crisis after another, and all were told at length.",
        "Au départ, la Grève était une place au bord de la Seine, et des gens y attendaient.",
        "En los últimos años los precios han subido más que nunca, y la prensa lo cuenta siempre.",
    ],
)
def test_how_it_came_to_it_is_left_to_the_desk(first: str) -> None:
    text = f"{first} It was a long way, and nobody knew at the time where the way would lead."
    (said,) = summary.read([Page(1, f"Our way\n\n{text}")], "Our way")
    assert said.confidence < 0.3


def test_a_paragraph_below_later_headings_speaks_for_its_part() -> None:
    part = "Whoever is chosen has been with the house for six months and is over eighteen years. "
    blocks = (
        Block("heading", "The council of a house", 1),
        Block("heading", "Tasks", 2),
        Block("item", "It asks and is asked."),
        Block("heading", "Who may vote", 2),
        Block("paragraph", part * 2),
    )
    (said,) = summary.read([Page(1, "", blocks)], "The council of a house")
    assert said.confidence < 0.3
    (said,) = summary.read([Page(1, "", blocks[:1] + blocks[-1:])], "The council of a house")
    assert said.confidence >= 0.3


def test_an_answer_to_one_question_and_labels_run_together_are_no_summary() -> None:
    answer = "It is a body of the second degree that brings together many bodies of the first one."
    blocks = (
        Block("heading", "A guide to bodies", 1),
        Block("heading", "What is a federation?", 2),
        Block("paragraph", answer + " It speaks for all of them before the law and the press."),
    )
    (said,) = summary.read([Page(1, "", blocks)], "A guide to bodies")
    assert said.confidence < 0.3
    labels = (
        "Led by: Ana and Rui Group: about twenty people in a hall Time: up to forty minutes"
        " Materials: cards in three colours, pens and tape for the wall of the hall. See below."
    )
    assert of([Page(1, f"Learning for life\n\n{labels}")], "Learning for life") == ""


MATTER = (
    "The Belleville institute has supported cooperatives of fish smokers for years, so that they "
    "work in better conditions and can defend what they have won against the city and its traders."
)
ITSELF = "This report tells how those who smoke fish won a market of their own in four years."
WORLD = (
    "All over the world a great number of people work without a contract, and most of them are "
    "women. In 2018 they were two billion, which is more than half of all who work for pay."
)


@pytest.mark.parametrize(
    ("opening", "language"),
    [
        (WORLD, "en"),
        (
            "Formar a las personas que siguen las luchas de sus mayores y que han de ser dueñas de "
            "su propia historia, con todo lo que eso pide. Eso es lo que se quiere aquí.",
            "es",
        ),
        (
            "Threats to tell what is shameful are made by those who want money or favours. It goes "
            "on until somebody stops it, and that may take a long time for anybody.",
            "en",
        ),
    ],
    ids=["state of the world", "an aim without who has it", "nothing of what the title names"],
)
def test_the_next_paragraph_says_what_it_is_about(opening: str, language: str) -> None:
    page = Page(1, f"Cooperatives of fish smokers\n\n{opening}\n\n{MATTER}")
    found = next(summary.read([page], "Cooperatives of fish smokers", language))
    assert found.value == MATTER


def test_it_begins_where_the_document_speaks_of_itself() -> None:
    page = Page(1, f"Fish smokers\n\n{WORLD} {ITSELF}")
    assert of([page], "Fish smokers") == ITSELF


def test_a_title_below_much_text_is_that_of_another_piece() -> None:
    first = MATTER.replace("Belleville", "Riverside")
    page = Page(1, "\n\n".join([first, *[WORLD] * 6, "Fish smokers win", MATTER]))
    assert of([page], "Fish smokers win") == first


def test_a_clause_is_no_summary_of_bylaws() -> None:
    blocks = (
        Block("heading", "Bylaws of the fish smokers", 1),
        Block("heading", "Article I: Name and office", 2),
        Block("paragraph", MATTER.replace("Belleville institute", "office of the fish smokers")),
    )
    page = Page(1, "\n".join(block.text for block in blocks), blocks)
    found = next(summary.read([page], "Bylaws of the fish smokers"))
    assert found.confidence < BELIEVED
