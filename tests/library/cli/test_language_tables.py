"""What the library knows of each language is told in one place, and told truly."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.core import get_global
from click.testing import CliRunner

from library.cli import language_tables
from library.cli.command_line import commands
from library.cli.language_tables import TABLES, LanguageTable
from library.core.settings import SETTINGS
from tests.needs import ROOT

OURS = tuple(next(s.default for s in SETTINGS if s.name == "LIBRARY_LANGUAGES").split())
# A few codes of languages in a row that are no table of what is known of them.
OTHER = {
    "library/web/citing/styles.py": "what citeproc calls the languages of the site",
    "library/core/settings.py": "the languages a library has unless it is told others",
    "library/cli/language_tables.py": "the samples that tables are tried with",
}
CODES = {str(tag).split("_")[0] for tag in get_global("likely_subtags")} - {"und"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_knows_the_language_of_the_messages_and_none_that_is_none(
    table: LanguageTable,
) -> None:
    assert table.knows("en")
    assert not table.knows("xx")
    assert not table.knows("")
    assert table.without


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_names_the_module_it_stands_in(table: LanguageTable) -> None:
    place = ROOT.joinpath(*table.module.split("."))
    assert place.is_dir() or place.with_suffix(".py").is_file()


def test_every_language_of_the_site_is_searched_read_and_dated() -> None:
    """What a reader would notice on the first day has to be there for each of them."""
    needed = {
        *("words of the site", "labels of concepts", "stemmer", "stop words", "identification"),
        *("dates in words", "scans", "small words of running text", "months in tables"),
    }
    for code, names in language_tables.lacks(OURS).items():
        assert not needed & set(names), code


def test_a_region_makes_no_difference() -> None:
    assert language_tables.lacking("pt-BR") == language_tables.lacking("pt")
    assert language_tables.lacking("AR_eg") == language_tables.lacking("ar")


def test_the_matrix_says_what_each_language_lacks() -> None:
    told = language_tables.matrix(("en", "sw", "en"))
    assert told.splitlines()[0].split() == ["en", "sw"]
    assert "en has all." in told
    assert "sw lacks\n  words of the site (locales): " in told
    assert all(table.name in told for table in TABLES)


def test_a_library_says_what_it_does_not_know_of_its_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIBRARY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LIBRARY_LANGUAGES", "en sw")
    ran = CliRunner().invoke(commands, ["init"])
    assert ran.exit_code == 0
    assert "Less is known of sw: library check says what." in ran.stderr
    ran = CliRunner().invoke(commands, ["check"])
    assert ran.exit_code == 0, "a language that is little known is nothing wrong"
    assert "tables for sw: words of the site, labels of concepts, stemmer," in ran.stderr
    assert "tables for en" not in ran.stderr
    assert "tables for" not in CliRunner().invoke(commands, ["check", "--json"]).output


def test_no_module_has_a_table_of_languages_that_is_not_named() -> None:
    """A dict by language, or a row of languages, is one: what it lacks must be told."""
    named = {table.module for table in TABLES}
    for package in ("library", "index"):
        for path in sorted((ROOT / package).rglob("*.py")):
            where = path.relative_to(ROOT).as_posix()
            module = where.removesuffix(".py").replace("/", ".")
            if where not in OTHER and any(_tables(ast.parse(path.read_text("utf-8")))):
                assert module in named, (
                    f"{where} has a table that library/cli/language_tables lacks"
                )


def _tables(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            parts = node.keys
        elif isinstance(node, ast.Tuple | ast.List | ast.Set):
            parts = list(node.elts)
        else:
            continue
        words = [part.value for part in parts if isinstance(part, ast.Constant)]
        known = [word for word in words if isinstance(word, str) and word in CODES]
        # Of all its words, and two of ours: "a", "as" and "o" are codes of languages as well.
        if len(known) == len(parts) and len(set(known) & set(OURS)) >= 2:
            yield node


@pytest.mark.parametrize(
    ("code", "table"),
    [
        ('X = {"en": 1, "fr": 2, "sw": 3}', True),
        ('X = ("en", "es")', True),
        ('X = ["pt", "hi", "de"]', True),
        ('X = {"en": 1}', False),
        ('X = {"en": 1, "size": 2, "es": 3}', False),
        ('X = ("a", "as", "o")', False),
    ],
)
def test_a_table_is_told_from_what_is_none(code: str, table: bool) -> None:
    assert any(_tables(ast.parse(code))) is table
