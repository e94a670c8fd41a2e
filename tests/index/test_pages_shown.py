"""Which pages of a work are shown: running text before lists of sources and contents."""

from __future__ import annotations

import pytest

from index.engines.whoosh import WhooshEngine
from tests.index.builders import LANGUAGES, asking, document
from tests.index.text.test_sources import LISTS, PROSE

ASKED = {"es": "robo de salarios", "fr": "vol de salaire", "pt": "roubo de salários"}
SAID = {
    "es": "El robo de salarios se denuncia en la oficina, con las horas anotadas.",
    "fr": "Le vol de salaire se dénonce au bureau, avec les heures notées.",
    "pt": "O roubo de salários se denuncia no escritório, com as horas anotadas.",
}
KINDS = [kind for kind in LISTS if kind != "percent"]  # whose words nobody types


@pytest.mark.parametrize("kind", KINDS)
def test_running_text_is_shown_before_a_list_that_repeats_more_of_the_words(kind):
    language = kind if kind in ASKED else "en"
    engine = WhooshEngine(None, LANGUAGES)
    prose = SAID.get(kind, PROSE["plain"])
    engine.rebuild([document("work", LISTS[kind], prose, language=language)])
    (hit,) = engine.search(asking(ASKED.get(kind, "wage theft"))).hits
    assert [one.page for one in hit.excerpts] == [2, 1]


def test_a_list_is_shown_where_there_is_nothing_else():
    engine = WhooshEngine(None, LANGUAGES)
    engine.rebuild([document("work", LISTS["numbered"], "Something else.")])
    (hit,) = engine.search(asking("wage theft")).hits
    assert [one.page for one in hit.excerpts] == [1]


def test_of_a_page_the_piece_that_is_running_text_is_shown():
    engine = WhooshEngine(None, LANGUAGES)
    page = f"{LISTS['numbered']}\n\n{LISTS['notes']}\n\n" * 2 + PROSE["plain"] * 3
    engine.rebuild([document("work", page)])
    (hit,) = engine.search(asking("wage theft")).hits
    assert "boss" in hit.excerpts[0].text
