"""Lists of sources and of contents are told from running prose."""

from __future__ import annotations

import pytest

from index.text.excerpts import excerpt
from index.text.sources import LEAST, prose
from index.text.syntax import parse

LISTS = {
    "numbered": "12. Okoye, A., & Ruiz, M. (2016). Wage theft in small shops: a review. Labour "
    "Notes, 9(1), 12–34. https://doi.org/10.5555/ln.v9.31\n\n13. World Bank. (2020). Wage theft "
    "by numbers. https://www.example.org/teams/wage-theft",
    "notes": "4 See https://example.org/reports/2019/wage-theft-guide.pdf\n\n5 Ibid., p. 14.\n\n"
    "6 www.example.net/wage_theft, accessed 3 May 2021.",
    "es": "• Paz, L. y Rojas, K. (2014). “Robo de salarios en el campo”, Trabajo y Sociedad, núm. "
    "25, pp. 31-57.\n\n• Mora, S. (2020). El robo de salarios. Siglo XXI. Disponible en "
    "https://ejemplo.org/robo-de-salarios",
    "fr": "Martin, J., et Petit, C. (2012). « Le vol de salaire en France », Revue du travail, "
    "vol. 3, n° 2, p. 129-150.\n\nDurand, P. (2008). Le vol de salaire, Paris, éd. du Droit.",
    "pt": "SOUZA, M. A. (2018). O roubo de salários no Brasil. Revista, v. 4, n. 2, pp. 10-31. "
    "Disponível em: https://exemplo.org/roubo. Acesso em: 2 maio 2020.",
    "percent": "https://ar.example.org/wiki/%D8%B3%D8%B1%D9%82%D8%A9_%D8%A7%D9%84%D8%A3%D8%AC"
    "%D9%88%D8%B1\nhttps://hi.example.org/%E0%A4%B5%E0%A5%87%E0%A4%A4%E0%A4%A8",
    "contents": "Wages and hours .......... 4\nWage theft: what to do ....... 17\nAnnex ..... 31",
    "contents without dots": "Wages and hours 4\nWage theft 17\nWho can help 23\nAnnex 31",
}
PROSE = {
    "plain": "Wage theft is when a boss keeps pay that you have earned. Write down the hours you "
    "work, keep every slip, and ask for what you are owed before you leave.",
    "cites": "Wage theft costs workers more than all robberies together (Okoye and Ruiz, 2016; "
    "World Bank, 2020). In a survey of three cities two in three had been paid less than the law "
    "says at least once in the week before they were asked.",
    "law": "Under article 5(2) of Convention No. 189 (2011), workers must be paid at least once "
    "a month. Section 12 of the Act of 2015 says that 10 hours is the most anyone may work.",
    "figures": "In 2019 there were 1,250 complaints, 45% of them about pay; in 2020 there were "
    "980. The office settled 312 of these cases and sent 40 to the courts of the region.",
    "steps": "1. Write down your hours\n2. Ask for your pay in writing\n3. Go to the office with "
    "a witness\n4. If nothing happens, file a complaint",
    "ar": "سرقة الأجور هي أن يحتفظ صاحب العمل بأجر عملت من أجله. اكتب ساعات عملك كل يوم.",
    "hi": "मजदूरी की चोरी तब होती है जब मालिक कमाया हुआ पैसा नहीं देता। अपने घंटे हर दिन लिखें।",
}


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_of_sources_or_contents_counts_for_less(kind):
    assert prose(LISTS[kind]) < (1 + LEAST) / 2


@pytest.mark.parametrize("kind", PROSE)
def test_prose_that_cites_and_counts_is_prose(kind):
    assert prose(PROSE[kind]) > (1 + LEAST) / 2


def test_nothing_is_no_list():
    assert prose("") == 1.0


def test_an_excerpt_is_not_cut_around_an_address():
    address = "https://example.org/wage-theft-what-to-do-about-wage-theft "
    text = address + "and more of this and that. " * 20 + "Wage theft is a crime."
    shown, marked = excerpt(text, parse("wage theft").tree, ["en"])
    assert shown.endswith("Wage theft is a crime.")
    assert marked
    assert excerpt(address, parse("wage theft").tree, ["en"])[1]
