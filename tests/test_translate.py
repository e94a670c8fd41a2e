"""`scripts/translate`: messages found, merged and checked, in the repository and in small ones."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.plurals import get_plural

from library.core.settings import Settings
from tests.needs import ROOT


def loaded(name: str) -> ModuleType:
    """A program of scripts/ as a module."""
    loader = SourceFileLoader(f"script_{name}", str(ROOT / "scripts" / name))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[loader.name] = module
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    loader.exec_module(module)
    sys.dont_write_bytecode = before
    return module


translate = loaded("translate")
PAGE = "<p>{{ _('Search') }} {{ say('In %(place)s', place=p) }}</p>\n"
CODE = 'def f(spoken):\n    return spoken.plural("%(number)s page", "%(number)s pages", 2)\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small site: one page, one module, no translation."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "library" / "web").mkdir(parents=True)
    (tmp_path / "library" / "web" / "page.py").write_text(CODE, "utf-8")
    return tmp_path


def po(root: Path, language: str) -> Path:
    return root / "locales" / language / "LC_MESSAGES" / "messages.po"


def kinds(root: Path) -> dict[str, str]:
    """Message → what is wrong with it."""
    return {fault.message: fault.kind for fault in translate.check(root)}


def translated(root: Path) -> str:
    """Begins Swahili and translates all of it. Gives the text of the file."""
    path = translate.add("sw", root)
    text = path.read_text("utf-8")
    text = text.replace('msgid "Search"\nmsgstr ""', 'msgid "Search"\nmsgstr "Tafuta"')
    text = text.replace('msgstr[0] ""', 'msgstr[0] "ukurasa %(number)s"')
    text = text.replace('msgstr[1] ""', 'msgstr[1] "kurasa %(number)s"')
    text = text.replace('"In %(place)s"\nmsgstr ""', '"In %(place)s"\nmsgstr "Katika %(place)s"')
    path.write_text(text, "utf-8")
    return text


def test_every_language_of_the_repository_is_whole() -> None:
    assert [str(fault) for fault in translate.check()] == []
    assert {"en", *translate.files()} >= set(Settings().languages)


def test_a_language_is_begun_with_every_message_and_the_plurals_of_cldr(root: Path) -> None:
    text = translate.add("ar", root).read_text("utf-8")
    assert "nplurals=6" in text
    assert 'msgstr[5] ""' in text
    assert kinds(root) == dict.fromkeys(
        ("Search", "In %(place)s", "%(number)s page"), "untranslated"
    )


def test_a_language_that_is_translated_is_whole(root: Path) -> None:
    translated(root)
    assert translate.check(root) == []


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ('msgstr "Tafuta"', 'msgstr ""', "untranslated"),
        ('msgstr[1] "kurasa %(number)s"', 'msgstr[1] ""', "untranslated"),
        ('#: templates/page.html\nmsgid "Search"',
         '#: templates/page.html\n#, fuzzy\nmsgid "Search"', "fuzzy"),
        ("Katika %(place)s", "Katika %(mahali)s", "holds other values than %(place)s"),
        ("Katika %(place)s", "Katika", "holds other values than %(place)s"),
        ("Tafuta", "Tafuta <b>", "has one of < > & and the straight quotation mark"),
        ('msgid "Search"\nmsgstr "Tafuta"', "", "missing"),
        ('msgid "Search"', 'msgid "Seek"', "missing"),
        ('msgid_plural "%(number)s pages"', 'msgid_plural "%(number)s leaves"',
         "the plural of the message changed"),
    ],
)  # fmt: skip
def test_what_is_not_whole_is_named(root: Path, before: str, after: str, kind: str) -> None:
    text = translated(root)
    assert before in text
    po(root, "sw").write_text(text.replace(before, after, 1), "utf-8")
    assert kind in kinds(root).values()


def test_plural_forms_that_are_not_the_languages_are_named(root: Path) -> None:
    text = translated(root).replace("plural=(n != 1)", "plural=(n > 1)")
    po(root, "sw").write_text(text, "utf-8")
    assert "plural forms are not those of CLDR" in kinds(root).values()


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("ar", {0, 1, 2}),
        ("es", {0}),
        ("en", {0}),
        ("fr", set()),  # zero and one share a form
        ("ru", set()),  # 21 is said as 1
        ("sl", set()),
    ],
)
def test_a_form_that_one_number_alone_takes_may_say_it_in_words(
    language: str, forms: set[int]
) -> None:
    assert translate.said_in_words(get_plural(language).plural_expr) == forms


def test_a_number_may_be_said_in_words_and_nowhere_else_be_left_out(root: Path) -> None:
    text = translated(root)
    po(root, "sw").write_text(text.replace("ukurasa %(number)s", "ukurasa mmoja"), "utf-8")
    assert translate.check(root) == []
    po(root, "sw").write_text(text.replace("kurasa %(number)s", "kurasa nyingi"), "utf-8")
    assert kinds(root) == {"%(number)s page": "holds other values than %(number)s"}


def test_what_is_said_no_more_goes_and_what_is_new_waits(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    translated(root)
    page = root / "templates" / "page.html"
    page.write_text(PAGE.replace("_('Search')", "_('Nothing was found')"), "utf-8")
    left = [(fault.kind, fault.message) for fault in translate.update(root)]
    assert left == [("untranslated", "Nothing was found")]
    assert "obsolete: Search" in capsys.readouterr().out
    text = po(root, "sw").read_text("utf-8")
    assert "Tafuta" not in text
    assert "Katika %(place)s" in text


def test_a_message_that_changed_a_little_keeps_its_translation_to_be_looked_at(root: Path) -> None:
    translated(root)
    page = root / "templates" / "page.html"
    page.write_text(PAGE.replace("In %(place)s", "In %(place)s:"), "utf-8")
    left = [(fault.kind, fault.message) for fault in translate.update(root)]
    assert left == [("fuzzy", "In %(place)s:")]


def test_bringing_up_to_date_twice_changes_nothing_more(root: Path) -> None:
    translated(root)
    translate.update(root)
    once = po(root, "sw").read_bytes()
    translate.update(root)
    assert po(root, "sw").read_bytes() == once


def test_what_a_translator_sent_back_is_taken(root: Path, tmp_path: Path) -> None:
    sent = tmp_path / "sent.po"
    sent.write_text(translated(root), "utf-8")
    shutil.rmtree(root / "locales")
    translate.add("sw", root)
    assert translate.take(sent, root) == ("sw", 3)
    assert translate.check(root) == []
    assert translate.take(sent, root) == ("sw", 0)


def test_a_language_that_is_not_there_is_not_taken(root: Path, tmp_path: Path) -> None:
    sent = tmp_path / "sent.po"
    sent.write_text(translated(root), "utf-8")
    shutil.rmtree(root / "locales")
    with pytest.raises(SystemExit, match="is in sw"):
        translate.take(sent, root)


@pytest.mark.parametrize("code", ["xx", "klingon", "", "../sw", "sw/x"])
def test_what_is_no_language_is_refused(root: Path, code: str) -> None:
    with pytest.raises(SystemExit, match="no language that CLDR knows"):
        translate.add(code, root)
    assert not (root / "locales").exists()
