"""A facet is added as docs/vocabulary.md says, and is everywhere; a library that was there before
goes on.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from index.fields import FACETS
from library.vocabularies.files import SHIPPED
from tests.change import code
from tests.needs import ROOT

FACET, CONCEPT, OTHER = "sector", "tea", "cane"
TEA = "The tea garden wakes at five, and tea picking goes on until the scales are put away. " * 40
OTHERS = (
    "Whoever cooks in the street keeps the neighbours fed, and asks for a tap and a lamp. " * 20
)


def recipe(into: Path) -> None:
    """What the page tells to write, written."""
    [(_, row), (_, scheme)] = code.blocks("vocabulary.md", "Add a facet")
    fields = into / "index" / "fields.py"
    text = fields.read_text("utf-8")
    assert text.count("FACETS = (\n") == 1
    start = text.index("FACETS = (\n")
    end = text.index("\n)\n", start)
    fields.write_text(f"{text[:end]}\n    {row.strip()}{text[end:]}", "utf-8")
    (into / "library" / "vocabularies" / f"{FACET}.toml").write_text(scheme, "utf-8")


def test_a_row_and_a_file_are_a_facet(tmp_path: Path) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "before.md").write_text(f"# A tap and a lamp\n\n{OTHERS}", "utf-8")
    assert code.run(ROOT, home, "-m", "library", "ingest", inbox, "--kind", "guide").returncode == 0

    changed = code.copied(tmp_path / "code")
    recipe(changed)

    def library(*words: str | Path) -> str:
        done = code.run(changed, home, "-m", "library", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    # What was there before is found as it was, and says nothing of the new facet.
    [before] = json.loads(library("search", "lamp", "--sector", "none", "--json"))["hits"]
    assert (before["title"], before["kind"]) == ("A tap and a lamp", "guide")

    new = tmp_path / "new"
    new.mkdir()
    (new / "mornings.md").write_text(f"# Mornings by the scales\n\n{OTHERS}", "utf-8")
    library("ingest", new, "--sector", "Cosecha de té")  # by any label
    (new / "mornings.md").rename(tmp_path / "mornings.md")
    (new / "noted.md").write_text(f"# Noted beside it\n\n{OTHERS} A second word.", "utf-8")
    (new / "noted.toml").write_text('sectors = ["Tea picking"]', "utf-8")
    (new / "guessed.md").write_text(f"# Up before five\n\n{TEA}", "utf-8")
    (new / "fields.md").write_text(
        f"---\nsector: Cane cutting\n---\n\n# In its own fields\n\n{OTHERS} Another.", "utf-8"
    )
    library("ingest", new)
    answer = json.loads(library("search", "--sector", CONCEPT, "--json"))
    titles = {one["title"] for one in answer["hits"]}
    assert titles == {"Mornings by the scales", "Noted beside it", "Up before five"}
    assert {one["id"] for one in answer["facets"][FACET]} == {CONCEPT}  # each choice narrows

    # Out as a table, and in again with another word.
    table = tmp_path / "all.csv"
    library("export", table)
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {row["title"]: row[FACET] for row in rows}
    assert told["Mornings by the scales"] == CONCEPT
    assert told["In its own fields"] == OTHER
    [row] = [row for row in rows if row["title"] == "A tap and a lamp"]
    row |= {FACET: "Cane cutting; Tea picking"}
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row)
    library("import", table)
    found = json.loads(library("search", "lamp", "--sector", OTHER, "--sector", CONCEPT, "--json"))
    assert "A tap and a lamp" in {one["title"] for one in found["hits"]}
    out = tmp_path / "sector.ttl"
    library("vocabulary", "export", out, "--facet", FACET)
    assert "Cosecha de té" in out.read_text("utf-8")
    assert "Rama de trabajo" in out.read_text("utf-8")
    library("check")

    walk = Path(__file__).parent / "surfaces.py"
    done = code.run(changed, home, walk, FACET, CONCEPT, "Mornings by the scales")
    assert done.returncode == 0, done.stderr
    places = json.loads(done.stdout.splitlines()[-1])
    assert {place for place, well in places.items() if not well} == set()
    assert len(places) > 25


@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.name)
def test_a_facets_name_can_stand_in_addresses_options_and_columns(facet: object) -> None:
    assert re.fullmatch(r"[a-z]+", getattr(facet, "name", ""))


MEANT = {
    # What a facet of that name means, beyond being a facet, where no row could say it.
    "library/vocabularies/__init__.py": "places and languages are CLDR's, and places are names",
    "library/vocabularies/cldr.py": "places and languages are CLDR's",
    "library/vocabularies/edits.py": "places can be renamed and not moved",
    "library/vocabularies/files.py": "the file of places is the one with another name",
    "library/core/resource.py": "a line about a work names its kind",
    "library/metadata/concepts.py": "measured on documents: kinds in titles, names of people",
    "library/cli/language_tables.py": "places are CLDR's",
    "library/metadata/places.py": "signs of a place: its towns, offices and domain",
    "library/metadata/nature.py": "learned from labelled documents, a facet at a time",
    "library/metadata/experience.py": "facets that staff teach: few of them say the rest",
    "library/ingestion/experience.py": "what documents are alike in, beside what staff teach",
    "library/metadata/file_properties.py": "what others call our fields: Dublin Core, Hugo",
    "library/metadata/staff_statements.py": "other names that people write: type, country",
    "library/catalogue/statistics/review_queue.py": "a work without a topic wants describing",
    "library/web/pages/feeds.py": "a kind is what a work is, not what it is filed under",
    "library/web/staff/statistics/filters.py": "one pair that staff ask for beside the rest",
    "library/web/staff/vocabularies/page.py": "what can be changed of places",
    "library/web/staff/vocabularies/concept.py": "what can be changed of places",
    "library/web/staff/vocabularies/concept_form.py": "what can be changed of places",
    "library/web/parts/cards.py": "a line about a work names its kind",
    "library/web/pages/resource.py": "a line about a work names its kind",
    "library/web/pages/suggest.py": "a line about a work names its kind",
    "library/web/oai/records.py": "what Dublin Core and MODS say of a work",
    "library/web/parts/described.py": "what schema.org and Dublin Core say of a work",
    "library/web/packs/contents.py": "a line about a work names its kind",
    "library/web/packs/offline_site.py": "what a pack is filtered by on a phone",
    "library/web/pages/pass_on.py": "a line about a work names its kind",
    "library/web/pages/educators.py": "what an educator looks for sessions by",
    "library/web/staff/resources/edit_form.py": "what a document cannot do without",
    "library/moving_in/mapping.py": "what other libraries call our fields, and file subjects under",
    "library/moving_in/readers/dspace.py": "what DSpace calls our fields",
    "library/moving_in/readers/oai_pmh.py": "what Dublin Core calls our fields",
    "library/moving_in/readers/tables.py": "what Omeka, AtoM and Uwazi call our fields",
    "library/web/staff/vocabularies/foreign_terms.py": "where a word of others likely goes",
    "library/web/pages/home.py": "what people come for is filed under concepts of several facets",
}


def test_no_other_module_names_a_facet() -> None:
    """A facet that is named in code is one more place to change when another is added."""
    # `use`, `group` and `kind` are words of other things too: only as a facet's argument.
    names = re.compile(
        r"""["'](?:topic|audience|place)s?["']"""
        r"""|(?:label|filed|offered|FACET)[\[(]["'](?:group|use|kind)["']"""
        r"""|(?:facet|name|one|field) (?:==|!=|in) \(?["'](?:group|use|kind)["']"""
        r"""|["']group["'], ["']use["']"""
    )
    found = {
        str(path.relative_to(ROOT))
        for folder in ("library", "index")
        for path in (ROOT / folder).rglob("*.py")
        if names.search(path.read_text("utf-8"))
    }
    assert found - {"index/fields.py"} - OTHER_THINGS == MEANT.keys()


OTHER_THINGS = {
    # Words that are spelt like a facet and are none.
    "index/text/spelling.py",  # where a word stands among all
    "library/catalogue/storage/schema.py",  # the place of a row
    "library/catalogue/storage/migrations/versions/0027_sums.py",
    "library/sandbox/children.py",  # the place where a child runs
    "library/sandbox/nursery.py",
    "library/catalogue/resources/writer.py",  # the place of a row
    "index/columns/words.py",  # the place of a word in a text
}


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_a_shipped_vocabulary_says_what_its_facet_is_called(path: Path) -> None:
    from library.vocabularies.files import called, parse

    content = parse(path)
    for what in ("name", "heading"):
        assert set(called(path.stem, path, content, what)) >= set(content["languages"])
