"""A question and its address: what one writes, the other reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.fields import FACETS, NOT_STATED
from index.query import Everything, Query, Years
from library.core.resource import Cover, Edition, Resource, Status
from library.core.settings import Settings
from library.vocabularies import Vocabularies
from library.web import links
from library.web.facet_params import renewed
from library.web.links import Asked, query_of, url_of

WORDS = Vocabularies.load(Settings().languages)
YEAR = st.one_of(st.none(), st.integers(1, 9999))
VALUES = {
    **{f.name: st.sampled_from((*WORDS.order(f.name)[:40], NOT_STATED)) for f in FACETS},
    "year": st.sampled_from(("2019", "7", NOT_STATED)),
}


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    words = " ".join(draw(st.text(max_size=60)).split())
    exact = draw(st.booleans())
    first, last = sorted((draw(YEAR), draw(YEAR)), key=lambda year: year if year is not None else 0)
    chosen, without = {}, {}
    for name, one in VALUES.items():
        left_out = draw(st.frozensets(one, max_size=2))
        if left_out:
            without[name] = left_out
        if values := draw(st.frozensets(one, max_size=3)) - left_out:
            chosen[name] = values
    sort = draw(st.sampled_from(links.SORTS))
    page = draw(st.integers(1, links.LAST_PAGE))
    query = Query(Everything(), chosen, Years(first, last), sort, without=without)
    read = Asked(query, exact=exact).with_words(words, WORDS)
    return read.with_query(replace(read.query, page=page))


@settings(deadline=None)  # the first look among the labels reads them all
@given(questions())
def test_an_address_says_the_question_exactly(asked: Asked) -> None:
    read = query_of(parse_qsl(urlsplit(url_of(asked)).query), WORDS)
    assert read.query == asked.query
    assert read.words == asked.words
    assert read.exact == asked.exact
    assert url_of(read) == url_of(asked)


@settings(deadline=None)  # the first look among the labels reads them all
@given(st.lists(st.tuples(st.sampled_from(["q", "topic", "from", "page", "sort", "x"]), st.text())))
def test_no_parameters_raise(parameters: list[tuple[str, str]]) -> None:
    asked = query_of(parameters, WORDS)
    assert query_of(parse_qsl(urlsplit(url_of(asked)).query), WORDS).query == asked.query


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("topic", "no-such-topic", "value"),
        ("topic", "-no-such-topic", "value"),
        ("year", "soon", "year"),
        ("year", "0", "year"),
        ("from", "soon", "year"),
        ("to", "123456789012345", "year"),
        ("sort", "colour", "sort"),
        ("page", "0", "page"),
        ("page", "²", "page"),
        ("exact", "perhaps", "exact"),
        ("q", "word " * 2000, "long"),
        ("q", "OR - (", "words"),
    ],
)
def test_what_makes_no_sense_is_left_out_and_named(name: str, value: str, kind: str) -> None:
    asked = query_of([(name, value)], WORDS)
    assert kind in [problem.kind for problem in asked.problems]


def test_years_the_wrong_way_round_are_turned() -> None:
    asked = query_of([("from", "2020"), ("to", "2010")], WORDS)
    assert asked.query.years == Years(2010, 2020)
    assert [problem.kind for problem in asked.problems] == ["years"]


def test_a_label_is_understood_as_its_concept() -> None:
    topic = WORDS.order("topic")[0]
    asked = query_of([("topic", WORDS.label("topic", topic, "en"))], WORDS)
    assert asked.query.chosen == {"topic": frozenset({topic})}
    assert not asked.problems


def test_a_minus_leaves_a_value_out_whatever_it_is_called() -> None:
    topic = WORDS.order("topic")[0]
    for value in (topic, WORDS.label("topic", topic, "en"), WORDS.label("topic", topic, "ar")):
        asked = query_of([("topic", f"-{value}")], WORDS)
        assert (asked.query.chosen, asked.query.without) == ({}, {"topic": frozenset({topic})})
        assert asked.chosen == 1
    assert url_of(asked) == f"/search?topic=-{topic}"


def test_a_value_asked_for_and_left_out_is_left_out_and_named() -> None:
    topic = WORDS.order("topic")[0]
    asked = query_of([("topic", topic), ("topic", f"-{topic}")], WORDS)
    assert (asked.query.chosen, asked.query.without) == ({}, {"topic": frozenset({topic})})
    assert [problem.kind for problem in asked.problems] == ["both"]


def test_none_asks_for_what_is_not_stated() -> None:
    asked = query_of([("place", "none"), ("kind", "-none"), ("year", "None")], WORDS)
    assert asked.query.chosen == {"place": frozenset({NOT_STATED}), "year": frozenset({NOT_STATED})}
    assert asked.query.without == {"kind": frozenset({NOT_STATED})}
    assert not asked.problems
    for facet in FACETS:
        assert NOT_STATED not in WORDS.order(facet.name)


def test_renamed_concepts_get_their_present_names() -> None:
    given = [("q", "organizing"), ("topic", "organizing"), ("topic", "-osh"), ("kind", "x")]
    assert renewed(given, WORDS) == [
        ("q", "organizing"),
        ("topic", "organising"),
        ("topic", "-safety-health"),
        ("kind", "x"),
    ]


def test_without_words_the_newest_come_first() -> None:
    assert query_of([], WORDS).query == Query(Everything(), sort="newest")
    assert query_of([("q", "fund")], WORDS).query.sort == "relevance"
    assert url_of(query_of([], WORDS)) == "/search"


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("/search?q=a&topic=b", "/search?q=a&topic=b"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\nb", "/"),
        ("about", "/"),
        ("", "/"),
    ],
)
def test_only_paths_of_this_site_are_gone_back_to(address: str, safe: str) -> None:
    assert links.own_path(address) == safe


def test_a_first_page_stands_for_no_edition_in_another_language() -> None:
    english, french = (
        Edition(code, code, code, code, "application/pdf", f"{code}.pdf", bytes=9, pages=3)
        for code in ("en", "fr")
    )
    now, cover = datetime.now(UTC), Cover("fr", 1)
    work = Resource("w", "w", Status.PUBLISHED, (english, french), now, now, cover=cover)
    assert links.cover(work) == links.cover(work, french) == "/resources/w/cover.webp"
    assert links.cover(work, english) == ""
    assert links.cover(replace(work, cover=Cover("fr", 2)), english) == "/resources/w/cover.webp"
