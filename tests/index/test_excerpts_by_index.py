"""Excerpts are cut where the index says that words stand, as reading the text would cut them."""

from __future__ import annotations

import pytest

from index.answering.evaluation import Evaluation
from index.engines.whoosh import WhooshEngine
from index.query import Query
from index.text.excerpts import excerpt
from index.text.syntax import parse
from tests.index.builders import document

LANGUAGES = ("en", "es", "fr", "pt", "hi", "ar")
TEXTS = {
    "en": (
        "Convention No. 189 was signed. Some 1 250 workers, and home-based ones, came to “the "
        "market” (of the well-being fund). The union's wage(s) rose by 1,250.75 in the e-mail. "
        "Article IV of it says more about workers' wages: workers and wage. C++ is another matter."
    ),
    "es": "Las trabajadoras/es del mercado: catador(a) y catadores@ cobran 65.000 al mes. Salario.",
    "fr": "L’eau et l'électricité du marché ; aujourd’hui 65 000 ouvrier·ère·s d'entreprises.",
    "hi": "घरेलू कामगारों को न्यूनतम मज़दूरी मिलनी चाहिए। मजदुरी का भुगतान हर महीने।",
    "ar": "يحق للعمال المنزليين الحصول على الأجور. الـعمال والأجر، وأجورهم كلَّ شهرٍ.",
    "th": "แรงงานในบ้าน ควรได้รับค่าจ้าง ขั้นต่ำ ทุกเดือน",
}
ASKED = [
    "Convention 189",
    "workers wages",
    '"home-based"',
    "wellbeing market",
    "1250 workers",
    "e-mail",
    '"the market"',
    "article 4",
    "C++",
    "catadora mercado",
    "65000",
    "électricité marché",
    "ouvrière",
    "मजदूरी",
    "घरेलू कामगार",
    "العمال الأجور",
    "ค่าจ้าง",
    "work*",
    "union's wage",
]


@pytest.fixture(scope="module")
def engine():
    made = WhooshEngine(None, LANGUAGES)
    made.rebuild(document(language, text, language=language) for language, text in TEXTS.items())
    yield made
    made.close()


@pytest.mark.parametrize("asked", ASKED)
def test_an_excerpt_is_that_of_the_text(engine, asked):
    tree = parse(asked).tree
    found = engine.search(Query(tree)).every()
    shown = [(hit.id, one) for hit in found for one in hit.excerpts]
    assert shown
    with engine._open() as state:
        planned = Evaluation(state, LANGUAGES).planned(tree)
    for language, one in shown:
        spoken = (language,) if language in LANGUAGES else ()
        assert (one.text, one.marks) == excerpt(TEXTS[language], planned, spoken)
