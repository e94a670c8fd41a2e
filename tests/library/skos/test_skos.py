"""SKOS: what goes out comes back the same, and strangers' files are read with care."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from library import skos
from library.catalogue import Catalogue
from library.catalogue.changes import history
from library.catalogue.curation import undo
from library.catalogue.curation.concepts import Curator
from library.catalogue.vocabulary import schemes
from library.core.errors import Damaged, Empty, InputError, TooLarge, Unsupported, UsageError
from library.metadata import decide
from library.skos import exchange, reader
from library.skos.facts import FoundScheme
from library.vocabularies import Concept, Scheme, Vocabularies, edits
from library.vocabularies.records import difference
from tests.library.catalogue.conftest import catalogue

__all__ = ["catalogue"]

FILES = Vocabularies.load(("en", "es", "fr", "pt", "ar", "hi"))
BASES = ("", "https://library.example")  # the first with every facet


def with_topics(wanted: Scheme) -> Vocabularies:
    return FILES.changed({"topic": difference(FILES.schemes["topic"], wanted)}, 1)


def every_kind_of_change() -> Scheme:
    made = FILES.schemes["topic"]
    courts = Concept(
        "courts",
        "topic",
        {"en": "Toil courts", "hi": "श्रम न्यायालय", "zh-Hans": "劳动法庭"},
        notation="07.1",
        broader="law",
        alternative={"en": ("A & B <c>", "back\\slash", 'so-called "court"')},
        hidden={"ar": ("محكمة",), "en": ("tribunal hall",)},
        definition={"en": "Where toil is\njudged.".replace("\n", " ")},
        weak={"en": ("tribunal hall",)},
        matches=("http://partner.example/c_0815",),
    )
    made = edits.added(made, courts, silent=True)
    made = edits.merged(made, "wages", "law")
    made = edits.retired(made, "migration", "removed")
    made = edits.retired(made, "child-care", "kept")
    return edits.ignoring(made, {**made.ignored, "en": ("in law", "law and order")})


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("form", skos.FORMATS)
def test_out_and_in_and_out_again_is_the_same(form: str, base: str) -> None:
    words = with_topics(every_kind_of_change())
    facets = ("topic", "use") if base else ()  # and all of them: places are many
    out = skos.write(words, facets, base, form)
    found = skos.read(out, f"all.{skos.FORMATS[form][0]}")
    plans = exchange.plans(FILES, found, base=base)
    topic = plans["topic"]
    assert (topic.added, topic.merged, topic.gone) == (("courts",), ("wages",), ())
    assert set(topic.changed) == {"", "law", "migration", "child-care"}
    for facet, plan in plans.items():
        if facet != "topic":
            assert difference(FILES.schemes[facet], plan.wanted) == {}
    again = with_topics(topic.wanted)
    assert skos.write(again, facets, base, form) == out
    assert again.schemes["topic"].concepts["courts"] == words.schemes["topic"].concepts["courts"]
    assert again.schemes["topic"].retired == words.schemes["topic"].retired
    assert again.schemes["topic"].renamed == words.schemes["topic"].renamed
    assert list(again.schemes["topic"].concepts) == list(words.schemes["topic"].concepts)
    for facet, plan in exchange.plans(words, found, base=base).items():
        assert difference(words.schemes[facet], plan.wanted) == {}
        assert (plan.added, plan.changed, plan.gone, plan.merged, plan.notes) == ((),) * 5


def test_the_three_formats_say_the_same() -> None:
    words = with_topics(every_kind_of_change())
    graphs = []
    for form in skos.FORMATS:
        graph = Graph()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # inside rdflib's JSON-LD
            graph.parse(data=skos.write(words, ("topic",), "https://x.example", form), format=form)
        graphs.append(graph)
    assert len(graphs[0]) > 1000
    assert isomorphic(graphs[0], graphs[1])
    assert isomorphic(graphs[0], graphs[2])


def test_a_partner_gets_plain_skos() -> None:
    text = skos.write(with_topics(every_kind_of_change()), ("topic",), "https://x.example", "turtle").decode()  # fmt: skip  # noqa: E501
    concept = text.split("<https://x.example/vocabularies/topic/courts> a skos:Concept")[1]
    concept = concept.split(" .\n")[0]
    assert 'skos:prefLabel "Toil courts"@en' in concept
    assert '"劳动法庭"@zh-Hans' in concept
    assert "skos:broader <https://x.example/vocabularies/topic/law>" in concept
    assert "skos:exactMatch <http://partner.example/c_0815>" in concept
    wages = text.split("<https://x.example/vocabularies/topic/wages> a skos:Concept")[1]
    assert "dct:isReplacedBy <https://x.example/vocabularies/topic/law>" in wages.split(" .\n")[0]
    assert "owl:deprecated true" in wages.split(" .\n")[0]


HAND = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <http://partner.example/terms/> .
:all a skos:ConceptScheme .
:wages a skos:Concept ; skos:inScheme :all ; skos:prefLabel "wages and income"@en, "Mishahara"@sw ;
    skos:altLabel "pay packet"@en , "no tongue" ; skos:narrower :c_12 .
:c_12 a skos:Concept ; skos:topConceptOf :all ; skos:prefLabel "Pay day"@en-GB, "Payday"@eng ;
    skos:altLabel "payday"@en ; skos:broader :tips ; skos:notation "12" .
:tips a skos:Concept ; skos:inScheme :all ; skos:prefLabel "मज़दूरी का दिन"@hi .
"""


def taken(text: str, facet: str = "topic", name: str = "hand.ttl") -> skos.Plan:
    return exchange.plans(FILES, skos.read(text.encode(), name), facet=facet)[facet]


def test_another_vocabulary_adds_and_takes_nothing_away() -> None:
    plan = taken(HAND)
    assert set(plan.added) == {"payday", "tips"}
    assert plan.changed == ("wages",)
    wages, now = plan.wanted.concepts["wages"], FILES.schemes["topic"].concepts["wages"]
    assert wages.preferred == {**now.preferred, "sw": "Mishahara"}
    assert "pay packet" in wages.alternative["en"]
    assert {*wages.alternative["en"]} >= {*now.alternative["en"]}
    assert wages.matches == ("http://partner.example/terms/wages",)
    payday = plan.wanted.concepts["payday"]
    assert payday.preferred == {"en": "Payday", "en-GB": "Pay day"}
    assert payday.notation == "12"
    assert len(plan.gone) == 24
    assert any("no tongue" in note for note in plan.notes)
    assert any("several" in note for note in plan.notes)
    once = with_topics(plan.wanted)
    again = exchange.plans(once, skos.read(HAND.encode(), ""), facet="topic")["topic"]
    assert (again.added, again.changed, again.same) == ((), (), 3)


def test_what_a_file_does_not_name_is_retired_only_when_asked() -> None:
    plan = exchange.plans(FILES, skos.read(HAND.encode(), ""), facet="topic", retire=True)["topic"]
    assert set(plan.wanted.retired) == set(plan.gone)
    assert "wages" not in plan.wanted.retired


def told(words: Vocabularies, facet: str) -> bytes:
    return skos.write(words, (facet,), "", "turtle")


def test_an_import_is_one_change_and_undone_as_one(catalogue: Catalogue) -> None:
    words = with_topics(every_kind_of_change())
    group = FILES.schemes["group"]
    concept = edits.labelled(group.concepts["waste-pickers"], "en", "bin diver")
    words = words.files.changed(
        {"topic": difference(FILES.schemes["topic"], words.schemes["topic"]),
         "group": difference(group, edits.edited(group, concept, silent=False))}, 2,
    )  # fmt: skip
    found = skos.read(skos.write(words, ("topic", "group"), "", "turtle"), "")
    curator = Curator("ana", FILES, decide)
    with catalogue.write() as writer:
        assert exchange.take(writer, curator, found)
        assert not exchange.take(writer, curator, found)
        [change] = history.entries(writer.conn, 9)
    now = catalogue.vocabularies(FILES)
    for facet in ("topic", "group"):
        assert told(now, facet) == told(words, facet)
    with catalogue.write() as writer:
        undo.undo(writer, change.id, by="ana", decide=decide, vocabularies=FILES)
        assert schemes.every(writer.conn) == {}
    assert catalogue.vocabularies(FILES).schemes == FILES.schemes


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&b;</rdf:RDF>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
CONTEXTS = (
    '{"@context": "http://partner.example/context.jsonld", "@graph": []}',
    '{"@context": ["file:///etc/passwd"]}',
    '{"@context": {"@import": "http://partner.example/c"}, "a": 1}',
    '[{"a": {"@context": {"b": {"@id": "c:d", "@context": "http://partner.example/c"}}}}]',
)


@pytest.mark.parametrize(
    ("text", "name", "error"),
    [
        ("", "a.ttl", Empty),
        (" \n", "a.rdf", Empty),
        (BOMB, "a.rdf", Unsupported),
        (OUTSIDE, "a.ttl", Unsupported),
        *((text, "a.json", Unsupported) for text in CONTEXTS),
        ("{not json", "a.jsonld", Damaged),
        ("[" * 100_000, "a.jsonld", Damaged),
        ("<?xml version='1.0'?><a", "a.rdf", Damaged),
        ("this is no turtle", "a.ttl", Damaged),
        ("<urn:a> <urn:b> " + "[<urn:c> " * 5000, "a.ttl", Damaged),
        ("<urn:a> <urn:b> <urn:c> .", "a.ttl", Unsupported),
        ("{}", "a.json", Unsupported),
        ("PK\x03\x04", "a.ttl", Unsupported),
        ("a\0b", "a.ttl", Unsupported),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_words(
    text: str, name: str, error: type[InputError]
) -> None:
    with pytest.raises(error) as told:
        skos.read(text.encode(), name)
    assert told.value.remedy


def test_a_file_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLarge):
        skos.read(HAND.encode(), "", largest=100)
    monkeypatch.setattr(reader, "MOST", 2)
    with pytest.raises(TooLarge):
        skos.read(HAND.encode(), "")


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr("socket.socket.connect", refused)
    for text, name in ((HAND, "a.ttl"), *((text, "a.json") for text in CONTEXTS)):
        try:
            skos.read(text.encode(), name)
        except InputError:
            continue


PREFIX = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix : <urn:x:> .\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (':a skos:prefLabel "A"@en, "B"@en .', "2 preferred labels"),
        (':a skos:prefLabel "A" .', "no preferred label with a language"),
        (':a skos:prefLabel "A"@en ; skos:broader :b .\n'
         ':b skos:prefLabel "B"@en ; skos:broader :a .', "broader than itself"),
        (':a skos:prefLabel "Q"@en . :b skos:prefLabel "q"@en .', "preferred label of"),
        (f':a skos:prefLabel "{"x" * 201}"@en .', "too long"),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_of_skos_is_told(text: str, told: str) -> None:
    with pytest.raises((UsageError, InputError), match=told):
        taken(PREFIX + text)


def test_which_facet_it_is_for_must_be_known() -> None:
    found = skos.read(HAND.encode(), "")
    for facet in ("", "language", "colour"):
        with pytest.raises(InputError):
            exchange.plans(FILES, found, facet=facet)
    two = (FoundScheme("a", concepts=()), FoundScheme("b", concepts=()))
    with pytest.raises(InputError, match="2 schemes"):
        exchange.plans(FILES, two, facet="topic")
    with pytest.raises(UsageError, match="Places"):
        taken(HAND, "place")


def test_labels_of_skos_xl_are_read() -> None:
    text = (
        PREFIX
        + """@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
    :a a skos:Concept ; xl:prefLabel [ xl:literalForm "Tips"@en ] ; xl:altLabel :l .
    :l xl:literalForm "gratuity"@en ."""
    )
    made = taken(text).wanted.concepts["a"]
    assert (made.preferred, made.alternative) == ({"en": "Tips"}, {"en": ("gratuity",)})


@pytest.mark.parametrize("name", ["a.rdf", "a.ttl", "a.json", "a"])
@pytest.mark.parametrize("form", skos.FORMATS)
def test_a_file_is_what_it_holds_and_not_what_it_is_called(form: str, name: str) -> None:
    out = skos.write(FILES, ("use",), "", form)
    [found] = skos.read(out, name if form != "json-ld" or name != "a.ttl" else "a.json")
    assert (found.facet, len(found.concepts)) == ("use", len(FILES.order("use")))


def test_rdflib_is_not_loaded_before_it_is_needed() -> None:
    code = (
        "import library.web.app, library.cli.command_line, sys; sys.exit('rdflib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_same_identifier_elsewhere_is_not_the_same_concept() -> None:
    made = taken(PREFIX + ':law skos:prefLabel "Gravity"@en .')
    assert made.added == ("law-2",)
    same = taken(
        PREFIX + ':x skos:prefLabel "LAW AND RIGHTS"@en ; skos:altLabel "legal matter"@en .'
    )
    assert made.wanted.concepts["law"] == FILES.schemes["topic"].concepts["law"]
    preferred = FILES.schemes["topic"].concepts["law"].preferred["en"]
    if preferred.casefold() == "law and rights":
        assert same.changed == ("law",)


def test_a_concept_that_went_into_another_does_not_come_back() -> None:
    out = skos.write(FILES, ("topic",), "", "turtle")
    now = with_topics(edits.merged(FILES.schemes["topic"], "wages", "law"))
    with pytest.raises(InputError, match="was merged into"):
        exchange.plans(now, skos.read(out, ""))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"


def library(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "library", *words],
        capture_output=True,
        text=True,
        env={**os.environ, "LIBRARY_HOME": str(home)},
        cwd=home.parent,
        check=False,
    )


def test_the_commands(home: Path, tmp_path: Path) -> None:
    assert library(home, "init").returncode == 0
    out = library(home, "vocabulary", "export", "all.ttl")
    assert (out.returncode, "concepts are in all.ttl" in out.stdout) == (0, True), out.stderr
    assert "nothing to change" in library(home, "vocabulary", "import", "all.ttl").stdout
    (tmp_path / "hand.ttl").write_text(HAND, "utf-8")
    assert library(home, "vocabulary", "import", "hand.ttl").returncode == 1
    seen = library(home, "vocabulary", "import", "hand.ttl", "--facet", "topic", "--preview")
    assert "topic: 2 new, 1 changed, 0 the same" in seen.stdout
    assert "Nothing was changed" in seen.stdout
    done = library(home, "vocabulary", "import", "hand.ttl", "--facet", "topic")
    assert "Done." in done.stdout, done.stderr
    one = library(home, "vocabulary", "export", "t.jsonld", "--facet", "topic")
    assert one.returncode == 0, one.stderr
    assert "Mishahara" in (tmp_path / "t.jsonld").read_text("utf-8")
    assert library(home, "vocabulary", "export", "t.docx").returncode == 2
    assert library(home, "vocabulary", "import", "absent.ttl").returncode == 2
