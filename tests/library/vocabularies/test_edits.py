"""Schemes as staff want them: laid over files, told apart, and held to the rules of SKOS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from library.core.errors import UsageError
from library.vocabularies import Concept, Scheme, Vocabularies, edits, records, rules
from library.vocabularies.rules import Broken, broken_in, clean

FILES = Vocabularies.load(("en", "es", "fr", "pt", "ar", "hi"))
TOPICS = FILES.schemes["topic"]


def small(*concepts: Concept, **more: object) -> Scheme:
    return Scheme("topic", {one.id: one for one in concepts}, **more)  # type: ignore[arg-type]


def named(id: str, label: str = "", broader: str = "", **more: object) -> Concept:
    preferred = {"en": label or id.capitalize()}
    return Concept(id, "topic", preferred, broader=broader, **more)  # type: ignore[arg-type]


LAW = small(
    named("law", alternative={"en": ("rights",)}),
    named("courts", broader="law", hidden={"en": ("court house",)}),
    named("rulings", broader="courts", alternative={"es": ("fallo",)}, weak={"es": ("fallo",)}),
)


@pytest.mark.parametrize("facet", ["topic", "group", "audience", "use", "kind", "place"])
def test_what_is_shipped_keeps_every_rule(facet: str) -> None:
    scheme = FILES.schemes[facet]
    assert [str(one) for one in broken_in(scheme, scheme.concepts)] == []


def test_nothing_changed_is_no_record_and_no_record_is_the_file() -> None:
    assert records.difference(TOPICS, TOPICS) == {}
    assert records.overlaid(TOPICS, {}) == TOPICS


@pytest.mark.parametrize(
    "change",
    [
        lambda s: edits.edited(s, replace(s.concepts["law"], broader=""), silent=True),
        lambda s: edits.added(s, named("courts", "Courts", "law", notation="07")),
        lambda s: edits.merged(s, "wages", "law"),
        lambda s: edits.merged(s, "law", "wages", labels=False),
        lambda s: edits.retired(s, "law", "kept"),
        lambda s: edits.ignoring(s, {"en": ("law and order",)}),
        lambda s: edits.added(edits.merged(s, "wages", "law"), named("zz")),
    ],
)
def test_records_laid_over_the_file_are_what_was_wanted(
    change: Callable[[Scheme], Scheme],
) -> None:
    wanted = change(TOPICS)
    changed = records.difference(TOPICS, wanted)
    assert changed
    made = records.overlaid(TOPICS, changed)
    assert records.difference(made, wanted) == {}
    assert list(made.concepts) == list(wanted.concepts)
    assert made.renamed.items() >= wanted.renamed.items()


def test_a_merge_moves_labels_and_what_stood_below() -> None:
    made = edits.merged(LAW, "courts", "law")
    assert list(made.concepts) == ["law", "rulings"]
    assert made.concepts["law"].alternative == {"en": ("rights", "Courts")}
    assert made.concepts["law"].hidden == {"en": ("court house",)}
    assert made.concepts["rulings"].broader == "law"
    assert made.renamed == {"courts": "law"}
    bare = edits.merged(LAW, "courts", "law", labels=False)
    assert bare.concepts["law"] == LAW.concepts["law"]


def test_a_merge_into_what_stood_below_goes_round_in_no_circle() -> None:
    made = edits.merged(LAW, "law", "rulings")
    assert made.concepts["rulings"].broader == ""
    assert made.concepts["courts"].broader == "rulings"
    assert not [id for id in made.concepts if records.is_circle(made.concepts, id)]
    assert records.overlaid(LAW, records.difference(LAW, made)).renamed == {"law": "rulings"}


def test_weak_labels_stay_weak_in_the_other() -> None:
    made = edits.merged(LAW, "rulings", "law")
    assert made.concepts["law"].weak == {"es": ("fallo",)}
    rules.check(made, made.concepts)


def test_one_merged_into_one_that_is_merged_later_leads_to_the_last() -> None:
    first = records.difference(LAW, edits.merged(LAW, "rulings", "courts"))
    once = records.overlaid(LAW, first)
    second = records.difference(once, edits.merged(once, "courts", "law"))
    made = records.overlaid(LAW, {**first, **second})
    assert made.renamed == {"rulings": "law", "courts": "law"}


@pytest.mark.parametrize(
    ("concept", "what"),
    [
        (named("courts", "LÁW"), "preferred taken"),
        (named("courts", alternative={"en": ("Courts",)}), "twice"),
        (named("courts", alternative={"en": ("x",)}, hidden={"en": ("x",)}), "twice"),
        (named("courts", weak={"en": ("tribunal",)}), "weak"),
        (named("courts", broader="rulings"), "circle"),
        (named("courts", broader="courts"), "circle"),
        (named("courts", broader="nowhere"), "broader unknown"),
        (named("courts", hidden={"english": ("x",)}), "language"),
        (named("courts", "x" * 201), "long"),
        (replace(named("courts"), preferred={}), "no label"),
        (named("courts", alternative={"en": tuple(map(str, range(401)))}), "many"),
    ],
)
def test_what_breaks_a_rule_is_told(concept: Concept, what: str) -> None:
    with pytest.raises(Broken) as told:
        rules.check(edits.edited(LAW, concept, silent=False), ["courts"])
    assert told.value.what == what
    assert "“courts”" in told.value.text
    assert told.value.remedy


@pytest.mark.parametrize("id", ["none", "law", "rulings", "A b", "", "x" * 61, "-x", "old"])
def test_an_identifier_that_cannot_be(id: str) -> None:
    with pytest.raises(Broken):
        edits.added(replace(LAW, renamed={"old": "law"}), named(id, "New"))


def test_the_same_label_in_another_concept_is_told_and_allowed() -> None:
    rights = replace(LAW.concepts["courts"], alternative={"en": ("Rights", "new")})
    made = edits.edited(LAW, rights, silent=False)
    rules.check(made, ["courts"])
    assert rules.collisions(made, rights) == [("en", "Rights", "law")]


def test_places_are_called_otherwise_and_stay_where_they_are() -> None:
    places = FILES.schemes["place"]
    kenya = places.concepts["ke"]
    more = edits.labelled(kenya, "en", "Land of the lions")
    made = edits.edited(places, more, silent=False)
    rules.check(made, ["ke"])
    words = FILES.changed({"place": records.difference(places, made)}, 1)
    assert words.find("place", "land of the LIONS") == "ke"
    assert list(words.schemes["place"].concepts) == list(places.concepts)
    for change in (
        lambda: edits.edited(places, replace(kenya, broader="asia"), silent=False),
        lambda: edits.added(places, named("atlantis")),
        lambda: edits.merged(places, "ke", "tz"),
        lambda: edits.retired(places, "ke", "kept"),
    ):
        with pytest.raises(UsageError):
            change()


def test_what_staff_changed_is_found_and_the_index_is_of_the_same_files() -> None:
    made = edits.added(TOPICS, named("courts", "Toil courts", "law"))
    made = edits.edited(made, edits.labelled(made.concepts["law"], "hi", "श्रम विधि"), silent=False)
    words = FILES.changed({"topic": records.difference(TOPICS, made)}, 3)
    assert words.named("श्रम विधि", alone=True) == {("topic", "law")}
    assert words.find("topic", "toil court") == "courts"
    assert words.expand("topic", ["courts"]) == ("courts", "law")
    assert words.order("topic")[-1] == "courts"
    assert (words.version, words.number, words.files) == (FILES.version, 3, FILES)
    assert [one.id for one in words.mentions("The toil courts met.", "en")] == ["courts"]
    assert FILES.find("topic", "toil court") is None
    assert words.changed({}, 0) is FILES


def test_what_is_retired_is_found_and_offered_no_more() -> None:
    made = edits.retired(TOPICS, "wages", "kept")
    words = FILES.changed({"topic": records.difference(TOPICS, made)}, 1)
    assert words.find("topic", "wages") == "wages"
    assert "wages" not in words.offered("topic")
    assert "wages" in words.order("topic")
    assert not [one for one in words.mentions("Minimum wages.", "en") if one.id == "wages"]
    back = edits.retired(made, "wages", None)
    assert records.difference(TOPICS, back) == {}


def test_a_file_that_changed_since_wins_and_says_so() -> None:
    changed = records.difference(LAW, edits.merged(LAW, "courts", "law"))
    changed = {**changed, "new": {"preferred": {"en": "New"}, "broader": "rulings"}}
    newer = small(named("law"), renamed={"rulings": "law"})
    made = records.overlaid(newer, changed)
    assert set(made.concepts) == {"law", "new"}
    assert made.concepts["new"].broader == "law"
    told = {id_: str(fault) for id_, fault in records.faults(newer, changed)}
    assert told == {"rulings": "the file says it is now “law”"}
    gone = small(named("unions"))
    made = records.overlaid(gone, {"courts": {"merged": "law"}, "a": {"preferred": {"en": "A"}, "broader": "law"}})  # fmt: skip  # noqa: E501
    assert made.renamed == {}
    assert made.concepts["a"].broader == ""
    told = dict(records.faults(gone, {"courts": {"merged": "law"}, "a": {"broader": "law"}}))
    assert set(told) == {"courts", "a"}


def test_labels_are_kept_as_one_line_of_what_can_be_seen() -> None:
    assert clean("  Wage\n theft\u200f ") == "Wage theft"
    assert clean("e\u0301t\u0000é") == "été"
    assert clean("क्\u200dष") == "क्\u200dष"
