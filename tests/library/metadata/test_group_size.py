"""How many people a session is for: what is said, what people are told to do, and what is not."""

from __future__ import annotations

import pytest

from library.core.resource import Page
from library.metadata import BELIEVED, decide, group_size
from library.vocabularies import Vocabularies

WORDS = Vocabularies.load(("en", "es", "fr", "pt", "ar", "hi"))
SCHEME = WORDS.schemes["size"]
SESSION = "For the facilitator. The training and its activity are a workshop.\n"
SESIONES = "Para la facilitadora. La capacitación, la actividad y el taller.\n"


def sizes(text: str, planned: bool = True) -> tuple[str, ...]:
    found = list(group_size.read([Page(1, text)], "", WORDS, planned=planned))
    assert all(one.evidence and one.evidence[0].words for one in found)
    best = decide(found).get("size")
    return tuple(best.value) if best else ()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (f"{SESSION}Group size: 20\n", ("up-to-30",)),
        (f"{SESSION}Number of participants: 10 to 20\n", ("up-to-15", "up-to-30")),
        (f"{SESSION}15 minutes; 3 - 6 people\n", ("small-groups",)),
        (f"{SESIONES}### Número ideal de participantes\n\n10-20 participantes.\n",
         ("up-to-15", "up-to-30")),
        ("Animatrice, participants, atelier.\nNombre de participants : 12\n", ("up-to-15",)),
        ("Facilitadora, participantes, oficina.\nNúmero de participantes: 25\n", ("up-to-30",)),
        ("المشاركات والميسرة في ورشة ونشاط\nعدد المشاركين: ٢٠\n", ("up-to-30",)),
        ("कार्यशाला, सत्र और गतिविधि\nप्रतिभागियों की संख्या: 20-25\n", ("up-to-30",)),
    ],
)  # fmt: skip
def test_a_line_that_says_so(text: str, ids: tuple[str, ...]) -> None:
    assert sizes(text, planned=False) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (f"{SESSION}Divide the women into groups of five.\n", ("small-groups",)),
        (f"{SESSION}Ask them to work in groups of 4-5 people.\n", ("small-groups",)),
        (f"{SESIONES}Divida a la gente en grupos de entre tres y cinco.\n", ("small-groups",)),
        ("Animatrice, participants, atelier.\nFormez des groupes de cinq.\n", ("small-groups",)),
        ("Facilitadora, participantes, oficina.\nForme grupos de quatro pessoas.\n",
         ("small-groups",)),
        ("المشاركات والميسرة في ورشة ونشاط\nيقسم الجميع إلى مجموعات من خمسة.\n",
         ("small-groups",)),
        ("कार्यशाला, सत्र और गतिविधि\nपाँच लोगों के समूह बनाएँ।\n", ("small-groups",)),
    ],
)  # fmt: skip
def test_groups_of_so_many(text: str, ids: tuple[str, ...]) -> None:
    assert sizes(text, planned=False) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (f"{SESSION}Discuss it in pairs.\n", ("pairs",)),
        (f"{SESSION}Form small groups to discuss.\n", ("small-groups",)),
        (f"{SESIONES}Trabajen en parejas.\n", ("pairs",)),
        ("Animatrice, participants, atelier.\nDiscutez en petits groupes.\n", ("small-groups",)),
        ("Facilitadora, participantes, oficina.\nConversem em duplas.\n", ("pairs",)),
        ("कार्यशाला, सत्र और गतिविधि\nछोटे समूहों में चर्चा करें।\n", ("small-groups",)),
    ],
)
def test_words_for_groups_count_in_the_plan_of_a_session_alone(
    text: str, ids: tuple[str, ...]
) -> None:
    assert sizes(text) == ids
    assert sizes(text, planned=False) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Divide the women into groups of five.\n",  # no session
        f"{SESSION}In the film a group of three men follow her.\n",
        f"{SESIONES}En parejas donde el hombre trabaja, discuten menos.\n",
        f"{SESSION}Participants who came late: Ana, Bo\n",
        f"{SESSION}Time: 10:30\n",
    ],
)
def test_what_says_nothing(text: str) -> None:
    assert sizes(text) == ()


def test_a_long_book_must_say_it_more_often() -> None:
    pages = [Page(n, SESSION) for n in range(1, 30)]
    once = [Page(0, f"{SESSION}Discuss in pairs.\n"), *pages]
    [found] = group_size.read(once, "", WORDS, planned=True)
    assert found.confidence < BELIEVED


@pytest.mark.parametrize(
    ("least", "most", "ids"),
    [
        (1, 1, ("alone",)),
        (2, 2, ("pairs",)),
        (8, 8, ("small-groups",)),
        (15, 25, ("up-to-30",)),
        (10, 20, ("up-to-15", "up-to-30")),
        (40, None, ("over-30",)),
    ],
)
def test_what_a_number_of_people_counts_under(
    least: int, most: int | None, ids: tuple[str, ...]
) -> None:
    assert group_size.counted(least, most, SCHEME) == ids
