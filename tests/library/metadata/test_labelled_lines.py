"""Labels that stand in one line, each with a line of its own."""

from __future__ import annotations

import pytest

from library.core.resource import Page, Said
from library.metadata import describe
from library.metadata.labelled_lines import labelled
from library.vocabularies import Vocabularies

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")
WORDS = Vocabularies.load(LANGUAGES)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Duration: 60 minutes Group size: 20 Materials: paper",
         ["Duration: 60 minutes", "Group size: 20", "Materials: paper"]),
        ("Duración: 90 minutos Número de participantes: 12",
         ["Duración: 90 minutos", "Número de participantes: 12"]),
        ("المدة: 45 دقيقة عدد المشاركين: 20", ["المدة: 45 دقيقة", "عدد المشاركين: 20"]),
        ("अवधि: 30 मिनट आवश्यक सामग्री: कागज़", ["अवधि: 30 मिनट", "आवश्यक सामग्री: कागज़"]),
        ("Time: 1 hour Group Size: 20", ["Time: 1 hour", "Group Size: 20"]),
        ("Materials Needed: paper", ["Materials Needed: paper"]),
        ("We met at 10:30 in Accra.", ["We met at 10:30 in Accra."]),
        ("Read this: Paper and pens", ["Read this: Paper and pens"]),
    ],
)  # fmt: skip
def test_each_label_has_its_line(text: str, lines: list[str]) -> None:
    assert labelled(text).split("\n") == lines


def test_a_plan_whose_lines_were_run_together_is_read_whole() -> None:
    text = (
        "A session plan for educators. The facilitator welcomes the participants.\n"
        "Duration: 60 minutes Group size: 15 to 20 Materials: paper, pens, flip chart paper\n"
    )
    found = describe(
        [Page(1, text)], Said(), filename="plan.md", vocabularies=WORDS, languages=LANGUAGES
    )
    best = {one.field: one.value for one in reversed(found) if one.confidence >= 0.3}
    assert best["duration"] == "PT1H"
    assert best["time"] == ("an-hour",)
    assert best["size"] == ("up-to-30",)
    assert best["needs"] == ("only-paper", "paper", "flipchart")
