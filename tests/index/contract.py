"""What every engine must do. An engine's tests are a subclass that gives it an engine.

Long because it is one promise: whoever writes an engine reads it here from top to bottom.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Document, Passage
from index.engine import SearchEngine
from index.fields import FACETS, NARROWING, NOT_STATED, SCHEMA_VERSION
from index.query import And, Everything, Node, Not, Or, Query, Word, Years
from index.results import Results
from index.text.syntax import parse
from tests.index.builders import asking, bilingual, document

STRIKE = document(
    "strike-fund",
    "How to start a strike fund. Every member pays a little each week.",
    "When a strike is called, the committee pays out. Street vendors did so in Durban.",
    title="A strike fund for your union",
    labels={"topic": ("organising", "money"), "kind": ("toolkit",), "language": ("en",)},
    year=2019,
    authors=("Ela Bhatt",),
    added=10,
)
WAGES = document(
    "living-wage",
    "What is a living wage? Domestic workers count what a month costs.",
    title="The living wage",
    labels={"topic": ("money",), "kind": ("report",), "language": ("en",)},
    year=2021,
    authors=("Myrtle Witbooi", "Ela Sen"),
    added=20,
)
RECICLADORES = Document(
    "recicladores",
    "Organización de recicladores",
    summary="Manual para la organización de las recicladoras.",
    language="es",
    titles=(("pt", "Organização dos catadores"),),
    passages=(
        Passage("r-es", "es", 1, "Los recicladores recogen cartón en la ciudad."),
        Passage("r-es", "es", 2, "La cooperativa vende el cartón a mejor precio."),
        Passage("r-pt", "pt", 1, "Os catadores vendem o papelão pela cooperativa."),
    ),
    labels={"topic": ("organising",), "kind": ("toolkit",), "language": ("es", "pt")},
    year=2021,
    added=30,
)
UNDATED = document(
    "handout",
    "A handout on the rights of domestic workers.",
    title="Know your rights",
    labels={"kind": ("handout",), "language": ("en",)},
)
LIBRARY = (STRIKE, WAGES, RECICLADORES, UNDATED)

WORDS = ("strike", "wage", "vendor", "market", "fund", "licence")
VALUES = {facet.name: tuple(f"{facet.name}{n}" for n in range(3)) for facet in FACETS}


def ids(engine: SearchEngine, words: str, **fields: object) -> list[str]:
    return [hit.id for hit in engine.search(asking(words, **fields)).hits]


class EngineContract:
    """Give it a fixture `engine`, empty, for LANGUAGES."""

    examples: ClassVar[int] = 40  # that are drawn for what is held against brute force
    answering: ClassVar[str] = "index.engines.local.answer"  # by which a question is answered

    @pytest.fixture
    def library(self, engine: SearchEngine) -> Iterator[SearchEngine]:
        engine.rebuild(LIBRARY)
        yield engine

    # Words

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("strike", {"strike-fund"}),
            ("STRIKES", {"strike-fund"}),
            ("strike street", {"strike-fund"}),  # on different pages of one work
            ("the strike", {"strike-fund"}),
            ("of the", {"handout"}),
            ('"strike fund"', {"strike-fund"}),
            ('"fund strike"', set()),
            ('"start a strike"', {"strike-fund"}),
            ('"living wages"', {"living-wage"}),
            ("wage -domestic", set()),
            ("domestic -wage", {"handout"}),
            ("-domestic", {"strike-fund", "recicladores"}),
            ('-"living wage" -strike', {"recicladores", "handout"}),
            ("strike OR wage", {"strike-fund", "living-wage"}),
            ("rights OR wage domestic", {"living-wage", "handout"}),
            ("(strike fund) OR handout", {"strike-fund", "handout"}),
            ("title:wage", {"living-wage"}),
            ("title:domestic", set()),
            ("author:ela", {"strike-fund", "living-wage"}),
            ('author:"Ela Bhatt"', {"strike-fund"}),
            ('author:"Bhatt Ela"', set()),
            ('author:"Witbooi Ela"', set()),  # two authors are no phrase
            ("title:str*", {"strike-fund"}),
            ("author:wit*", {"living-wage"}),
            ("reciclad*", {"recicladores"}),
            ("organiz*", {"recicladores"}),
            ("zz*", set()),
            ("organizacion", {"recicladores"}),
            ("organizaciones", {"recicladores"}),
            ("catadora", {"recicladores"}),
            ("bhatt", {"strike-fund"}),
            ("nothing", set()),
            ("", {"strike-fund", "living-wage", "recicladores", "handout"}),
        ],
    )
    def test_words_find(self, library, words, found):
        results = library.search(asking(words))
        assert {hit.id for hit in results.hits} == found
        assert results.total == len(found)
        assert not results.partial

    def test_words_together_as_asked_come_first_and_so_does_their_page(self, engine):
        engine.rebuild(
            [
                document("apart", "The fund was open. A strike began."),
                Document(
                    "together",
                    "A year",
                    language="en",
                    passages=(
                        Passage("t", "en", 1, "Of the fund, and of a strike; of strike and fund."),
                        Passage("t", "en", 2, "How to open a strike fund with your neighbours."),
                    ),
                ),
            ]
        )
        found = engine.search(asking("open a strike fund"))
        assert [hit.id for hit in found.hits] == ["together", "apart"]
        assert found.hits[0].excerpts[0].page == 2

    def test_a_label_answers_for_a_word(self, library):
        money = frozenset({("topic", "money")})
        nobody = frozenset({("topic", "nobody")})
        found = library.search(Query(Word("dinero", also=money)))
        assert {hit.id for hit in found.hits} == {"strike-fund", "living-wage"}
        both = library.search(Query(And((Word("dinero", also=money), Word("domestic")))))
        assert [hit.id for hit in both.hits] == ["living-wage"]
        printed = library.search(Query(Word("strike", also=money)))
        assert [hit.id for hit in printed.hits] == ["strike-fund", "living-wage"]
        assert library.search(Query(Word("dinero", also=nobody))).total == 0

    def test_a_work_filed_under_a_label_comes_after_those_that_say_the_words(self, engine):
        label = frozenset({("topic", "money")})
        filler = "Pay and hours and rest. " * 400
        engine.rebuild(
            [
                document("says", f"{filler} One fund. {filler}", title="Long"),
                document("filed", "Of other things.", labels={"topic": ("money",)}, title="Short"),
                document("both", f"{filler} A fund.", labels={"topic": ("money",)}, title="Long"),
            ]
        )
        results = engine.search(Query(Word("fund", also=label)))
        assert [hit.id for hit in results.hits] == ["both", "says", "filed"]
        assert [hit.filed for hit in results.hits] == [(), (), (("topic", "money"),)]

    def test_a_label_makes_no_word_common_that_names_it_with_others(self, engine):
        """ "knock on doors" names campaigns: what many works are filed under, a few say."""
        label = frozenset({("topic", "campaigns")})
        engine.rebuild(
            [
                *(
                    document(f"filed-{n}", "People talk.", labels={"topic": ("campaigns",)})
                    for n in range(20)
                ),
                document("people", "People, people and people; so many people talk of people."),
                document("doors", "We knock and talk.", labels={}),
            ]
        )
        asked = And((Word("knock", also=label), Word("people", also=label)))
        order = [hit.id for hit in engine.search(Query(Or(asked.nodes))).hits]
        assert order.index("doors") < order.index("people")

    def test_function_words_of_a_language_with_few_works_are_not_rare(self, engine):
        works = [
            document(f"en-{n}", "Wages and hours of work.", labels={"language": ("en",)})
            for n in range(40)
        ]
        hindi = {"language": "hi", "labels": {"language": ("hi",)}}
        works += [
            document("both", "मजदूरी और संगठन यहाँ", **hindi),
            document("small", "का का का का संगठन", **hindi),
        ]
        engine.rebuild(works)
        found = engine.search(asking("संगठन का मजदूरी"))
        assert found.hits[0].id == "both"

    def test_what_is_left_beside_values_need_not_all_be_said(self, engine):
        """Of "half hour workshops for branch meetings" three words are left, of five."""
        engine.rebuild(
            [
                document("right", "Workshops for your branch."),
                document("all", "Workshops. " + "Other things. " * 300 + "A branch. Meetings."),
            ]
        )
        tree = asking("workshops for branch meetings").tree
        assert [hit.id for hit in engine.search(Query(tree)).hits] == ["all"]
        left = engine.search(Query(tree, apart=2))
        assert {hit.id for hit in left.hits} == {"right", "all"}

    def test_another_name_finds_and_is_marked_and_counts_for_less(self, engine):
        engine.rebuild(
            [
                document("typed", "A hawker sells in the street, and so does she."),
                document("other", "La vendedora ambulante vende.", language="es", labels={}),
                document("neither", "An ambulant life, and one that vends."),
            ]
        )
        names = frozenset({("es", "vendedor ambulante"), ("fr", "vendeur de rue")})
        results = engine.search(Query(Word("hawker", names=names)))
        assert [hit.id for hit in results.hits] == ["typed", "other"]
        assert results.names == (("es", "vendedor ambulante"),)
        (excerpt,) = results.hits[1].excerpts
        assert [excerpt.text[a:b] for a, b in excerpt.marks] == ["vendedora ambulante"]
        assert engine.search(Query(Word("hawker"))).names == ()

    def test_words_that_no_work_holds_together_find_what_holds_most(self, library):
        results = library.search(asking("strike recicladores catadores"))
        assert results.partial
        assert [hit.id for hit in results.hits] == ["recicladores"]
        assert not library.search(asking("strike -fund")).partial

    def test_partial_does_not_hang_on_choices(self, library):
        query = asking("strike fund", chosen={"kind": frozenset({"report"})})
        results = library.search(query)
        assert (results.total, results.partial) == (0, False)

    def test_a_long_question_finds_without_every_word(self, library):
        question = "what should every member of a street committee know before calling a strike"
        assert ids(library, question)[0] == "strike-fund"

    def test_words_never_break_a_search(self, library):
        for words in ("\x00", "\ud800", "-", "*", '"', "(((", "a" * 5000, "OR " * 200, "title:"):
            library.search(asking(words))

    def test_other_scripts(self, engine):
        engine.update(
            [
                document("hi", "घरेलू कामगारों की मज़दूरी", language="hi"),
                document("ar", "حقوق العُمَّال المنزليين", language="ar"),
                document("zh", "街头小贩协会要求降低许可证费用", language="zh"),
                document("th", "ผู้ค้าริมถนนในกรุงเทพ", language="th"),
            ]
        )
        assert ids(engine, "कामगार") == ["hi"]
        assert ids(engine, "मजदूरी") == ["hi"]
        assert ids(engine, "عمال") == ["ar"]
        assert ids(engine, "小贩") == ["zh"]
        assert ids(engine, "贩小") == []
        assert ids(engine, "贩") == ["zh"]
        assert ids(engine, "ริมถนน") == ["th"]

    # Order and pages

    def test_a_title_weighs_more_than_a_page(self, engine):
        text = "Much is said here of many other things, and once of a wage."
        engine.update([document("a", text), document("b", text, title="On the wage")])
        assert ids(engine, "wage") == ["b", "a"]

    def test_of_equals_the_one_that_was_read_well_comes_first(self, engine):
        words = "Minutes of the meeting on the market toilets."
        scan = replace(document("a-scan", words), quality=0.6)
        engine.update([scan, document("read-well", words), document("other", "Rent.")])
        hits = engine.search(asking("market toilets")).hits
        assert [hit.id for hit in hits] == ["read-well", "a-scan"]
        assert 0.8 * hits[0].score < hits[1].score < hits[0].score

    def test_sorts(self, library):
        assert ids(library, "", sort="newest") == [
            "recicladores",
            "living-wage",
            "strike-fund",
            "handout",
        ]
        assert ids(library, "") == ids(library, "", sort="newest")
        assert ids(library, "", sort="title") == [
            "strike-fund",
            "handout",
            "recicladores",
            "living-wage",
        ]

    def test_pages(self, library):
        assert ids(library, "", page=1, size=3) + ids(library, "", page=2, size=3) == ids(
            library, ""
        )
        beyond = library.search(asking("", page=99_999))
        assert (beyond.total, beyond.hits) == (4, ())
        assert library.search(asking("", size=0)).total == 4

    # Excerpts

    def test_excerpts_say_edition_language_page_and_words(self, library):
        (hit,) = library.search(asking("street vendors")).hits
        excerpt = hit.excerpts[0]
        assert (excerpt.edition, excerpt.language, excerpt.page) == ("strike-fund-en", "en", 2)
        assert [excerpt.text[a:b] for a, b in excerpt.marks] == ["Street", "vendors"]

    def test_a_phrase_is_marked_as_a_whole(self, library):
        (hit,) = library.search(asking('"living wage"')).hits
        (excerpt,) = hit.excerpts
        assert [excerpt.text[a:b] for a, b in excerpt.marks] == ["living wage"]

    def test_the_best_page_comes_first_and_there_are_at_most_three(self, engine):
        pages = ["A strike."] * 4 + ["A strike fund, and how a strike fund pays."] + ["Rest."]
        engine.update([document("a", *pages)])
        (hit,) = engine.search(asking("strike fund")).hits
        assert [excerpt.page for excerpt in hit.excerpts] == [5, 1, 2]

    def test_excerpts_of_each_edition(self, library):
        (hit,) = library.search(asking("cooperativa")).hits
        assert {(e.edition, e.language, e.page) for e in hit.excerpts} == {
            ("r-es", "es", 2),
            ("r-pt", "pt", 1),
        }

    def test_no_excerpts_without_words_on_a_page(self, library):
        assert all(hit.excerpts == () for hit in library.search(Query()).hits)
        assert all(hit.excerpts == () for hit in library.search(asking("title:wage")).hits)
        assert all(hit.excerpts == () for hit in library.search(asking("-strike")).hits)

    def test_a_long_page_gives_a_short_excerpt(self, engine):
        long = "Nothing of note happened on that day. " * 2_000
        engine.update([document("a", f"{long} Then the quorum was reached. {long}")])
        (hit,) = engine.search(asking("quorum")).hits
        (excerpt,) = hit.excerpts
        assert len(excerpt.text) < 300
        assert [excerpt.text[a:b] for a, b in excerpt.marks] == ["quorum"]

    # Inside one edition

    def test_inside_an_edition_pages_say_how_often(self, engine):
        engine.rebuild(
            [
                document(
                    "guide",
                    "A permit for each stall. The permit office is closed.",
                    "Nothing on it here.",
                    "Permits cost money, and money is short.",
                    "Money again.",
                )
            ]
        )
        pages = engine.inside("guide", "guide-en", parse("permit").tree, 1, 5)
        assert [(one.page, one.count) for one in pages] == [(1, 2), (3, 1)]
        assert pages[0].text == ""  # no excerpt was asked for
        assert [pages[1].text[a:b] for a, b in pages[1].marks] == ["Permits"]
        both = engine.inside("guide", "guide-en", parse("permit money").tree)
        assert [(one.page, one.count) for one in both] == [(3, 1)]  # two stray words are no match
        neither = engine.inside("guide", "guide-en", parse("office money").tree)
        assert [one.page for one in neither] == [1, 3, 4]
        phrase = engine.inside("guide", "guide-en", parse('"permit office"').tree)
        assert [(one.page, one.count) for one in phrase] == [(1, 1)]
        assert engine.inside("guide", "guide-en", parse("").tree) == ()
        assert engine.inside("guide", "guide-es", parse("permit").tree) == ()
        assert engine.inside("nobody", "guide-en", parse("permit").tree) == ()

    def test_inside_only_that_edition(self, library):
        tree = parse("cooperativa").tree
        assert [one.page for one in library.inside("recicladores", "r-pt", tree)] == [1]
        assert [one.page for one in library.inside("recicladores", "r-es", tree)] == [2]

    # Facets

    def test_counts(self, library):
        counts = library.search(Query()).counts
        assert counts["topic"] == {"organising": 2, "money": 2, NOT_STATED: 1}
        assert counts["kind"] == {"toolkit": 2, "report": 1, "handout": 1}
        assert counts["language"] == {"en": 3, "es": 1, "pt": 1}
        assert counts["year"] == {"2019": 1, "2021": 2, NOT_STATED: 1}
        assert counts["place"] == {NOT_STATED: 4}

    def test_all_and_any(self, library):
        both = Query(chosen={"topic": frozenset({"organising", "money"})})
        assert [hit.id for hit in library.search(both).hits] == ["strike-fund"]
        either = Query(chosen={"kind": frozenset({"report", "handout"})})
        results = library.search(either)
        assert {hit.id for hit in results.hits} == {"living-wage", "handout"}
        assert results.counts["kind"] == {"toolkit": 2, "report": 1, "handout": 1}
        assert results.counts["topic"] == {"money": 1, NOT_STATED: 1}

    def test_not_stated_is_a_value_like_any_other(self, library):
        unsaid = frozenset({NOT_STATED})
        assert ids(library, "", chosen={"topic": unsaid}) == ["handout"]
        assert ids(library, "", chosen={"topic": unsaid | {"money"}}) == []
        assert ids(library, "", chosen={"place": unsaid}) == ids(library, "")
        assert ids(library, "", without={"topic": unsaid}, sort="title") == [
            "strike-fund",
            "recicladores",
            "living-wage",
        ]
        assert ids(library, "", chosen={"year": unsaid}) == ["handout"]
        assert "handout" not in ids(library, "", without={"year": unsaid})
        either = library.search(Query(chosen={"year": unsaid}, years=Years(None, 2019)))
        assert {hit.id for hit in either.hits} == {"strike-fund", "handout"}

    def test_what_is_left_out(self, library):
        money = {"topic": frozenset({"money"})}
        results = library.search(Query(without=money))
        assert {hit.id for hit in results.hits} == {"recicladores", "handout"}
        # Two more would come back, and there are no others under it.
        assert results.counts["topic"] == {"organising": 1, NOT_STATED: 1, "money": 2}
        assert results.counts["kind"] == {"toolkit": 1, "handout": 1}
        assert library.search(Query(chosen=money, without=money)).total == 0
        assert library.search(Query(without={"topic": frozenset({"x"})})).total == 4
        assert library.search(Query(without={"unknown": frozenset({"x"})})).total == 4
        assert ids(library, "wage", without=money) == []
        recent = library.search(Query(without={"year": frozenset({"2021"})}))
        assert {hit.id for hit in recent.hits} == {"strike-fund", "handout"}

    def test_unknown_values(self, library):
        assert library.search(Query(chosen={"topic": frozenset({"x"})})).total == 0
        assert library.search(Query(chosen={"topic": frozenset({"money", "x"})})).total == 0
        assert library.search(Query(chosen={"kind": frozenset({"report", "x"})})).total == 1
        assert library.search(Query(chosen={"kind": frozenset({"x"})})).total == 0
        assert library.search(Query(chosen={"unknown": frozenset({"x"})})).total == 4

    @pytest.mark.parametrize(
        ("years", "found"),
        [
            (Years(2020), {"living-wage", "recicladores"}),
            (Years(None, 2020), {"strike-fund"}),
            (Years(2019, 2019), {"strike-fund"}),
            (Years(2022), set()),
            (Years(2021, 2019), set()),
        ],
    )
    def test_years(self, library, years, found):
        results = library.search(Query(years=years))
        assert {hit.id for hit in results.hits} == found
        assert results.counts["year"] == {"2019": 1, "2021": 2, NOT_STATED: 1}

    def test_hits_and_counts_are_those_of_brute_force(self, engine):
        @settings(max_examples=self.examples, deadline=None)
        @given(st.lists(_documents(), max_size=12, unique_by=lambda d: d.id), st.data())
        def check(documents, data):
            engine.rebuild(documents)
            for _ in range(6):
                query = data.draw(_queries())
                results = engine.search(query)
                matching = [d for d in documents if _has_words(d, query.tree)]
                expected = {d.id for d in matching if _has_choices(d, query)}
                assert {hit.id for hit in results.hits} == expected
                assert results.total == len(expected)
                assert results.counts == _counts(matching, query)

        check()

    def test_a_value_let_in_again_brings_as_many_as_its_count_says(self, engine):
        @settings(max_examples=min(self.examples, 25), deadline=None)
        @given(st.lists(_documents(), max_size=12, unique_by=lambda d: d.id), _queries())
        def check(documents, query):
            engine.rebuild(documents)
            results = engine.search(query)
            for facet, values in query.without.items():
                for value in values:
                    again = engine.search(query.exclude(facet, value))
                    if not query.has(facet, value):
                        more = results.counts[facet].get(value, 0)
                        assert again.total == results.total + more

        check()

    # Changes

    def test_an_update_replaces_and_is_seen_at_once(self, library):
        library.update([document("handout", "Now about maternity.", title="Maternity")])
        assert ids(library, "maternity") == ["handout"]
        assert ids(library, "rights") == []
        assert library.search(Query()).total == 4
        assert library.ids() == {d.id for d in LIBRARY}

    def test_the_last_of_a_repeated_id_stays(self, engine):
        for documents in ([document("a", "first"), document("a", "second")],):
            engine.update(documents)
            assert ids(engine, "first") == []
            assert ids(engine, "second") == ["a"]
            engine.rebuild(documents)
            assert ids(engine, "second") == ["a"]
            assert engine.info().documents == 1

    def test_remove(self, library):
        library.remove(["handout", "never-there"])
        assert ids(library, "rights") == []
        assert library.search(Query()).counts["kind"] == {"toolkit": 2, "report": 1}
        assert "handout" not in library.ids()
        library.remove(library.ids())
        assert library.search(asking("strike")).total == 0
        assert library.search(Query()).counts["kind"] == {}

    def test_an_update_that_fails_changes_nothing(self, library):
        def documents() -> Iterator[Document]:
            yield document("new", "Brand new")
            raise RuntimeError("the catalogue went away")

        before = library.info()
        for change in (library.update, library.rebuild):
            with pytest.raises(RuntimeError):
                change(documents())
            assert library.info() == before
            assert ids(library, "brand") == []
        library.update([document("new", "Brand new")])
        assert ids(library, "brand") == ["new"]

    def test_many_small_updates(self, engine):
        for number in range(40):
            engine.update([document(f"d{number % 15}", f"Page {number} of the market")])
        assert engine.info().documents == 15
        assert engine.search(asking("market")).total == 15
        assert ids(engine, '"page 39"') == ["d9"]
        assert ids(engine, '"page 9"') == []

    def test_the_generation_is_what_the_next_search_is_answered_by(self, library):
        seen = [library.generation()]
        changes = (
            (lambda: library.update([document("new", "Brand new")]), "brand", ["new"]),
            (lambda: library.remove(["new"]), "brand", []),
            (lambda: library.rebuild([document("only", "The only one")]), "one", ["only"]),
        )
        for change, words, found in changes:
            assert library.glimpse() == seen[-1]
            change()
            assert library.glimpse() is None  # the newest is to be opened first
            seen.append(library.generation())
            assert seen[-1] == library.glimpse() == library.info().generation
            assert ids(library, words) == found
        assert len(set(seen)) == len(seen)

    def test_the_generation_is_told_while_others_search(self, library, monkeypatch):
        going, asked = threading.Event(), threading.Event()
        known = library.generation()

        def slow(*_: object) -> Results:
            asked.set()
            going.wait(30)
            return Results()

        monkeypatch.setattr(self.answering, slow)
        with ThreadPoolExecutor(1) as beside:
            searching = beside.submit(library.search, asking("strike"))
            assert asked.wait(30)
            assert (library.glimpse(), library.generation()) == (known, known)
            assert not searching.done()
            going.set()

    def test_rebuild_replaces_everything(self, library):
        before = library.info().generation
        library.rebuild([document("only", "The only one")])
        assert library.ids() == {"only"}
        assert library.info().generation != before
        library.rebuild([])
        assert library.search(Query()).total == 0

    def test_searches_go_on_during_changes(self, library):
        failures: list[BaseException] = []
        done = threading.Event()

        def searching() -> None:
            try:
                while not done.is_set():
                    results = library.search(asking("strike"))
                    assert [hit.id for hit in results.hits] == ["strike-fund"]
                    assert results.hits[0].excerpts
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=searching) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(4):
            library.rebuild(LIBRARY)
            library.update([document(f"n{number}", "Something else")])
        done.set()
        for thread in threads:
            thread.join()
        assert failures == []

    # Words of the library, and what an index says of itself

    def test_more_hold_some_of_the_words_and_are_not_counted(self, engine):
        engine.update(
            [
                document("both", "A strike fund."),
                document("one", "A strike in the market."),
                document("none", "A handout."),
            ]
        )
        found = engine.search(asking("strike fund", size=10))
        assert ([hit.id for hit in found.hits], found.total) == (["both"], 1)
        assert [hit.id for hit in found.more] == ["one"]
        assert found.more[0].excerpts[0].marks
        assert not engine.search(asking("strike fund", size=1)).more  # the page is full
        assert not engine.search(asking("strike fund", sort="title", size=10)).more
        assert not engine.search(asking('"strike fund"', size=10)).more  # asked for together
        assert not engine.search(asking("strike fund -market", size=10)).more

    def test_more_is_narrowed_too(self, engine):
        kinds = {"a": "toolkit", "b": "report", "c": "toolkit"}
        engine.update(
            document(id, "strike fund" if id == "a" else "strike", labels={"kind": (kind,)})
            for id, kind in kinds.items()
        )
        narrowed = asking("strike fund", chosen={"kind": frozenset({"toolkit"})})
        assert [hit.id for hit in engine.search(narrowed).more] == ["c"]

    def test_a_word_just_as_typed_comes_first(self, engine):
        engine.update(
            [
                document("other", "The organisation grows.", added=9),
                document("typed", "The organiser grows.", added=1),
                document("plural", "The organisers grow.", added=8),
            ]
        )
        assert ids(engine, "organiser")[0] == "typed"

    def test_too_few_works_teach_nothing(self, library):
        assert library.learn() is False
        assert library.like("strike-fund", 3) == library.like("strike-fund", 3)

    def test_what_texts_teach_crosses_languages(self, engine):
        engine.rebuild(bilingual())
        found = engine.search(asking("estibadores"))
        assert "en-5" not in [hit.id for hit in (*found.hits, *found.more)]
        assert found.elsewhere, "a work in another language only, found by meaning"
        assert {hit.id[:2] for hit in found.elsewhere} == {"en"}
        dockers = {hit.id for hit in engine.search(asking("dockers", size=100)).hits}
        assert {hit.id for hit in found.elsewhere[:3]} <= dockers

    def test_works_that_came_after_the_lesson_are_placed_too(self, engine):
        engine.rebuild(bilingual())
        engine.update([document("new", "The dockers load the ship at the quay of the port.")])
        assert "en-0" in [hit.id for hit in engine.like("new", 6)]
        assert engine.learn() is False  # one of many: too little to learn anew

    def test_learning_waits_until_enough_came(self, engine):
        engine.update([STRIKE])
        engine.update(bilingual())
        before = engine.info().generation
        assert engine.learn() is True
        assert engine.info().generation != before  # what was found before may be found otherwise
        assert engine.learn() is False
        engine.update(bilingual(first=100))
        assert engine.learn() is True

    def test_like_leaves_out_the_work_itself(self, engine):
        engine.rebuild(bilingual())
        found = engine.like("en-0", 4)
        assert 0 < len(found) <= 4
        assert "en-0" not in [hit.id for hit in found]
        assert engine.like("no such work", 4) == ()

    def test_no_excerpts_where_none_are_wanted(self, library):
        found = library.search(asking("strike", excerpts=False))
        assert found.hits and not found.hits[0].excerpts

    def test_terms_are_words_as_printed(self, library):
        found = [(term.text, term.count) for term in library.terms("organiz", 5)]
        assert sorted(found) == [("organización", 1), ("organização", 1)]
        assert library.terms("domes", 5)[0].text == "domestic"
        assert library.terms("domes", 5)[0].count == 2
        assert library.terms("DOMÉS", 5)[0].text == "domestic"
        assert library.terms("zz", 5) == []
        assert library.terms("!", 5) == []
        assert len(library.terms("", 3)) == 3

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("domestc", "domestic"),
            ("domestic wrokers", "domestic workers"),
            ("recicaldores", "recicladores"),
            ("organizasion", "organización"),
            ("strike", None),
            ("qwertyuiop", None),
            ("xx", None),
            ('"domestc workers"', '"domestic workers"'),
            ("domestik wrokers", "domestic workers"),
            ("eomestic", "domestic"),  # the first letter too
            ("strikefund", None),  # it is found where the two stand together
            ("com mittee", None),  # a question of two words is read as one word too
            ("com mittee fund", "committee fund"),
            ("strike fund", None),
            ("workings", None),  # another form of a word is no slip
            ("title:wgae", "title:wage"),
        ],
    )
    def test_suggestion(self, library, typed, meant):
        assert library.search(asking(typed)).suggestion == meant

    @pytest.mark.parametrize(
        ("said", "typed"),
        [
            ("the well-paid few", ["wellpaid", "well-paid", "well paid", '"well-paid few"']),
            ("the wellpaid few", ["wellpaid", "well-paid", "well paid", '"well-paid few"']),
            ("the well paid few", ["wellpaid", "well-paid", "well paid"]),
            ("as C-155 says", ["C155", "C 155", "C.155", "Convention No. 155"]),
            ("as Convention No. 155 says", ["C155", "C-155", "convention 155"]),
            ("a fine of 2,340.50", ["2340", "2,340", "2 340", "2.340,50"]),
            ("a fine of 2 340", ["2340", "2,340", "2.340"]),
            ("the E.U. and C.S.O.s", ["EU", "E.U.", "CSOs", "cso"]),
            ("las compañer@s", ["compañeras", "compañeros", "compañerxs", "compañer@s"]),
            ("a PayPal account", ["paypal", "pay pal", "PayPal"]),
            ("on Pay Pal", ["paypal", "PayPal"]),
            ("written in C#", ["C#"]),
            ("article IX", ["article 9", "art. ix"]),
            ("هذه المسئولية", ["المسؤولية"]),
        ],
    )
    def test_one_word_is_found_in_every_writing(self, engine, said, typed):
        language = "ar" if "ه" in said else "es" if "las" in said else "en"
        engine.rebuild([document("one", said, language=language), document("two", "not this")])
        for words in typed:
            assert [hit.id for hit in engine.search(asking(words)).hits] == ["one"], words

    def test_what_is_written_as_typed_comes_first(self, engine):
        engine.rebuild([document("a", "well-paid few"), document("b", "wellpaid few")])
        for words, first in (("wellpaid", "b"), ("well-paid", "a")):
            assert engine.search(asking(words)).hits[0].id == first

    @pytest.mark.parametrize("broken", ["Convention No.\n189", "Art.\r\n 5", "\u00a7\n12"])
    def test_what_is_one_word_on_two_lines_is_one(self, engine, broken):
        engine.rebuild([document("law", f"See {broken} on wages."), STRIKE, WAGES])
        whole = " ".join(broken.split())
        assert engine.search(asking(f"{whole} wages")).hits[0].id == "law"
        assert engine.search(asking("wagess")).suggestion == "wages"  # every word is looked at

    def test_a_rare_word_of_a_long_question_is_not_pushed_out(self, engine):
        common = [document(f"n{n}", "used to treat people in the clinic") for n in range(400)]
        engine.rebuild([*common, document("rare", "ivermectin")])
        results = engine.search(asking("how is ivermectin used to treat people"))
        assert "rare" in [hit.id for hit in results.hits]

    def test_info(self, library):
        info = library.info()
        assert (info.documents, info.schema_version) == (4, SCHEMA_VERSION)
        assert info.engine
        library.update([document("new")])
        assert library.info().generation != info.generation

    def test_close(self, library):
        library.close()


def _documents() -> st.SearchStrategy[Document]:
    labels = st.fixed_dictionaries(
        {
            name: st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)
            for name, values in VALUES.items()
        }
    )
    return st.builds(
        lambda id, words, labels, year: document(id, " ".join(words), labels=labels, year=year),
        st.integers(0, 99).map(lambda n: f"x{n}"),
        st.lists(st.sampled_from(WORDS), max_size=4),
        labels,
        st.one_of(st.none(), st.integers(2018, 2022)),
    )


def _trees() -> st.SearchStrategy[Node]:
    """Words, either of several, and what they are without: what is found for what it holds.

    Several words that must all be there are found by halves too, which other tests look at.
    """
    word = st.sampled_from(WORDS).map(Word)
    either = st.lists(word, min_size=2, max_size=3).map(lambda words: Or(tuple(words)))
    left_out = st.lists(st.one_of(word, either).map(Not), min_size=1, max_size=2)
    asked = st.one_of(word, either, st.builds(Or, st.tuples(word, either)))
    return st.one_of(
        st.just(Everything()),
        asked,
        st.builds(lambda node, nots: And((node, *nots)), asked, left_out),
        left_out.map(lambda nots: And(tuple(nots)) if len(nots) > 1 else nots[0]),
    )


def _values() -> st.SearchStrategy[dict[str, frozenset[str]]]:
    """Values of some facets, and of the year: held ones, one that nobody has, none at all."""
    years = tuple(str(year) for year in range(2018, 2023))
    held = {**VALUES, "year": years}
    return st.dictionaries(st.sampled_from([*held]), st.integers(0, 3), max_size=3).flatmap(
        lambda sizes: st.fixed_dictionaries(
            {
                name: st.frozensets(
                    st.sampled_from([*held[name], "absent", NOT_STATED]), max_size=size
                )
                for name, size in sizes.items()
            }
        )
    )


def _queries() -> st.SearchStrategy[Query]:
    year = st.one_of(st.none(), st.integers(2017, 2023))
    return st.builds(
        lambda tree, chosen, years, without: Query(tree, chosen, years, size=50, without=without),
        _trees(),
        _values(),
        st.builds(Years, year, year),
        _values(),
    )


def _has_words(document: Document, tree: Node) -> bool:
    held = set(" ".join(passage.text for passage in document.passages).split())
    match tree:
        case Word(text):
            return text in held
        case Not(node):
            return not _has_words(document, node)
        case And(nodes):
            return all(_has_words(document, node) for node in nodes)
        case Or(nodes):
            return any(_has_words(document, node) for node in nodes)
    return True


def _held(document: Document, facet: str) -> set[str]:
    if facet == "year":
        return {str(document.year) if document.year is not None else NOT_STATED}
    return set(document.labels.get(facet, ())) or {NOT_STATED}


def _has_choices(
    document: Document, query: Query, besides: str = "", letting: tuple[str, str] | None = None
) -> bool:
    for facet in NARROWING:
        held, values = _held(document, facet), query.chosen.get(facet, frozenset())
        for value in query.without.get(facet, ()):
            if value in held and (facet, value) != letting:
                return False
        if facet == besides:
            continue
        if facet == "year" and query.years:
            if not (document.year in query.years or held & values):
                return False
        elif values:
            every = NARROWING[facet].operator == "all"
            if not (values <= held if every else values & held):
                return False
    return True


def _counts(matching: list[Document], query: Query) -> dict[str, dict[str, int]]:
    counts = {}
    for facet in NARROWING.values():
        besides = facet.name if facet.operator == "any" else ""
        left = [d for d in matching if _has_choices(d, query, besides)]
        counts[facet.name] = dict(Counter(v for d in left for v in _held(d, facet.name)))
        for value in query.without.get(facet.name, ()):
            left = [d for d in matching if _has_choices(d, query, letting=(facet.name, value))]
            if more := sum(value in _held(d, facet.name) for d in left):
                counts[facet.name][value] = more
    return counts
