"""Staff's word: names, labels and dates are checked, and errors say what to write."""

from __future__ import annotations

from datetime import date

import pytest

from library.core.errors import InputError
from library.core.resource import Statement
from library.metadata import decide, followed, staff
from library.vocabularies import Vocabularies

VOCABULARIES = Vocabularies.load(("en", "es", "fr", "pt", "ar", "hi"))


def values(**fields: object) -> dict[str, object]:
    return {s.field: s.value for s in staff(fields, VOCABULARIES)}


def test_labels_in_any_language_become_ids() -> None:
    assert values(group="recicladores; Domestic workers", place=["Kenya", "Perú"]) == {
        "group": ("waste-pickers", "domestic-workers"),
        "place": ("ke", "pe"),
    }


def test_other_names_of_fields_and_other_types() -> None:
    assert values(year=2019, Type="toolkit", authors="Ana Ruiz;João Silva", language="Español") == {
        "date": "2019",
        "kind": "toolkit",
        "authors": ("Ana Ruiz", "João Silva"),
        "language": "es",
    }
    assert values(date=date(2020, 5, 1), title=" Our   rights ") == {
        "date": "2020-05-01",
        "title": "Our rights",
    }


def test_a_length_of_time_is_kept_as_iso_8601_and_its_time_follows() -> None:
    for written in ("90", "1:30", "1 hour 30 minutes", "PT90M", "una hora y media"):
        assert values(duration=written) == {"duration": "PT1H30M"}
    said = followed(staff({"duration": "90"}, VOCABULARIES), VOCABULARIES)
    assert {one.field: one.value for one in said}["time"] == ("half-a-day",)
    both = staff({"duration": "90", "time": "a-day"}, VOCABULARIES)
    assert followed(both, VOCABULARIES) == both


def test_plural_and_singular_come_together() -> None:
    assert values(topic="organising", topics=["wages"]) == {"topic": ("organising", "wages")}


def test_empty_values_say_nothing() -> None:
    assert values(title="", topic=[], authors=";;", date=None, summary="  ") == {}


@pytest.mark.parametrize(
    ("field", "value", "remedy"),
    [
        ("topic", "organisng", "organising"),
        ("kind", "tolkit", "toolkit"),
        ("place", "Kenia del Sur", ""),
        ("date", "15 May 2019", "2019-05-15"),
        ("date", "2019-02-30", "2019-05"),
        ("language", "klingonese", "en"),
        ("source_url", "javascript:alert(1)", "https://"),
        ("duration", "a while", "1:30"),
        ("colour", "red", "fields"),
        ("titel", "A guide", "“title”"),
    ],
)
def test_errors_name_the_field_the_value_and_a_remedy(field: str, value: str, remedy: str) -> None:
    with pytest.raises(InputError) as caught:
        staff({field: value}, VOCABULARIES)
    assert field in caught.value.text
    assert remedy in caught.value.remedy
    assert caught.value.remedy


def test_staff_wins_and_little_known_stays_unknown() -> None:
    found = decide(
        [
            Statement("title", "A guess", "guess", confidence=0.99),
            Statement("title", "Staff's", "staff"),
            Statement("date", "2019", "file", confidence=0.5),
            Statement("date", "2020", "guess", confidence=0.7),
            Statement("kind", "toolkit", "guess", confidence=0.1),
            Statement("topic", (), "staff"),
        ]
    )
    assert {name: s.value for name, s in found.items()} == {"title": "Staff's", "date": "2020"}
