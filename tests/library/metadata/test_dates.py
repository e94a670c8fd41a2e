"""Dates, with as much precision as is known and no more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from library.core.resource import Page, Said
from library.metadata import dates, decide
from library.metadata.text_lines import Line


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("By on June 01, 2012", "en", "2012-06-01"),
        ("Published 3rd of March 2019", "en", "2019-03-03"),
        ("de 26 de noviembre de 2008", "es", "2008-11-26"),
        ("SENTENÇA DE 1° DE JULHO DE 2009", "pt", "2009-07-01"),
        ("le 1er février 2020", "fr", "2020-02-01"),
        ("aout 2015", "fr", "2015-08"),
        ("marzo de 2017", "es", "2017-03"),
        ("15. März 2021", "de", "2021-03-15"),
        ("2024-05-15", "", "2024-05-15"),
        ("2024-05", "", "2024-05"),
        ("25/12/2018", "en", "2018-12-25"),
        ("12/25/2018", "en", "2018-12-25"),
        ("03/04/2019", "es", "2019-04-03"),
        ("03/04/2019", "en", "2019"),
        ("٥ مايو ٢٠٢٠", "ar", "2020-05-05"),
        ("17 मई 2019", "hi", "2019-05-17"),
        ("५ मई २०२०", "hi", "2020-05-05"),
        ("17 मे 2019", "mr", "2019-05-17"),
        ("17 মে, 2019", "bn", "2019-05-17"),
        ("17 Mei 2019", "sw", "2019-05-17"),
    ],
)
def test_written_dates(text: str, language: str, date: str) -> None:
    assert [str(found.date) for found in dates.dates_in(text, language)] == [date]


def test_a_day_that_could_be_a_month_is_less_sure() -> None:
    assert dates.dates_in("03/04/2019", "en")[0].sure < 1
    assert dates.dates_in("25/12/2018", "en")[0].sure == 1


@pytest.mark.parametrize(
    "text", ["31 February 2019", "1 May 1750", "1 May 2999", "12.228", "No. 47/02", "2019-13-01"]
)
def test_no_dates(text: str) -> None:
    assert dates.dates_in(text, "en") == []


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("D:20150711205609-03'00'", "2015-07-11"),
        ("D:2007", "2007"),
        ("1586525573973", "2020-04-10"),
        ("2026-07-29T14:34:21+00:00", "2026-07-29"),
        ("2024-2026", "2024"),
        ("June 2018", "2018-06"),
        ("soon", None),
        ("99999999999999999999", None),
        ("9999999999999", None),
    ],
)
def test_fields_of_files(value: str, date: str | None) -> None:
    found = dates.field_date(value)
    assert (str(found) if found else None) == date


def best(lines: list[str], said: dict[str, str] | None = None, filename: str = "") -> str:
    head = [Line(1, text) for text in lines]
    about = Said(said or {})
    pages = [Page(1, "\n".join(lines))]
    found = [
        *dates.stated(about, filename, pages),
        *dates.read(head, [], "", about, "en"),
    ]
    chosen = decide(found).get("date")
    return str(chosen.value) if chosen else ""


PROSE = (
    "The Federal Law of 3 May 2004 gave workers the right to organise, and much came of it since."
)


def test_a_date_in_the_heading_beats_when_the_file_was_made() -> None:
    made = {"producer": "Distiller", "created": "D:20150101"}
    assert best(["Order of the Court", "of July 10, 2007", PROSE], made) == "2007-07-10"


def test_a_date_in_running_text_is_not_the_documents() -> None:
    assert best(["Labour rights", PROSE]) == ""


def test_when_a_file_was_made_is_a_suggestion_of_the_year() -> None:
    made = {"producer": "InDesign", "created": "D:20190403105749"}
    assert best(["Labour rights", "a guide"], made) == ""


def test_a_footer_a_range_and_what_happened_are_no_dates() -> None:
    assert best(["A guide", "© 2009–2021 Federation of Vendors"]) == ""
    assert best(["A guide", "Cuándo: 1994"]) == ""
    assert best(["Infosheet", "06/2017"]) == "2017-06"


def test_of_two_dates_of_a_cover_that_of_the_month_in_which_the_file_was_made() -> None:
    cover = [
        "Setiembre 2021",
        "Planificación Agosto 2021 El empleo en los mercados Ana Díaz Luz Paz",
    ]
    made = {"producer": "InDesign", "created": "D:20210806142509"}
    assert best(cover, made) == "2021-08"


def test_the_days_of_a_meeting_in_a_title_are_not_the_documents() -> None:
    for title, date in (("Meeting of stewards: May 24-27, 2021", ""), ("Stewards 2021", "2021")):
        found = decide(dates.read([], [], title, Said(), "en")).get("date")
        assert (found.value if found else "") == date


def test_an_ordinal_with_a_point() -> None:
    found = dates.dates_in("Montevideo, 1.º de mayo de 2017", "es")
    assert [str(one.date) for one in found] == ["2017-05-01"]


def test_an_old_text_in_a_new_file_has_no_date() -> None:
    made = {"producer": "PDFMaker", "created": "D:20150711"}
    assert best(["Separate opinion", "Given in a session of the year 2006 in San José"], made) == ""


def test_copyright_name_and_future() -> None:
    assert best(["A guide", "© 2014 Federation of Vendors"]) == "2014"
    assert best(["A guide"], filename="guide-2016.pdf") == "2016"
    assert best(["A guide", f"Strategy until {datetime.now(UTC).year + 5}"]) == ""


def test_when_something_was_listed_is_no_date_of_it() -> None:
    assert best(["Agreements", "07/21/2025 2:27 PM"]) == ""
    assert best(["Forty-third session", "24 February–20 March 2020"]) == ""


def test_front_matter() -> None:
    assert best(["A guide"], {"date": "2019-05-15"}) == "2019-05-15"
    assert best(["A guide"], {"term": "2024-2026"}) == "2024"


def test_the_year_of_whoever_made_the_file_gives_way_to_the_date_that_a_text_names() -> None:
    lines = ["Strike at the port Date: Mon, 14/03/2016 Source: The union's site Tags: strikes"]
    assert best(lines, {"date": "2025"}) == "2016-03-14"
    assert best(["Strike at the port", "Bread and roses"], {"date": "2025"}) == "2025"


def test_the_date_at_the_end_of_an_imprint() -> None:
    line = "Printed and published by the Federation of Bakers, Rue du Four 3, Geneva. April 2006"
    assert best(["Safety for bakers", line]) == "2006-04"


@pytest.mark.parametrize(
    "line",
    [
        "Closing date: 15 March 2024",
        "Write to us by the closing date: 15 March 2024",
        "Fecha límite: 3 de mayo de 2024",
        "Date limite : 3 mai 2024",
        "Date of birth: 3 May 2024",
    ],
)
def test_a_date_that_is_named_as_that_of_something_else_is_no_reason_against_the_file(
    line: str,
) -> None:
    assert best(["A guide for bakers of the port", line], {"date": "2019"}) == "2019"


def test_a_lone_label_of_the_date_in_other_languages() -> None:
    for line in ("Fecha: 14/03/2016", "Data: 14/03/2016", "Date de publication : 14/03/2016"):
        assert best(["Strike at the port", line], {"date": "2025"}) == "2016-03-14"
