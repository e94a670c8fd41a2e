"""An error carries a code and its parameters; what its English says decides nothing."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from library.core.errors import InputError, LibraryError, UsageError, by_reason
from library.core.messages import MESSAGES
from library.sheets import reader
from library.web.error_text import told
from library.web.i18n import interfaces
from tests.needs import ROOT

WORDS = {"message", "remedy"}


def test_a_code_and_parameters_beside_the_words() -> None:
    error = InputError("a.pdf is odd.", "Look.", code="odd", file="a.pdf")
    assert (error.code, error.parameters) == ("odd", {"file": "a.pdf"})
    assert str(error) == "a.pdf is odd. Look."
    assert UsageError("No.").code == UsageError.reason
    assert all(by_reason(kind.reason) is kind for kind in InputError.__subclasses__())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 and more", "table of a program"),
        (b"file,title\na.md,Caf\xe9\n", "table in another encoding"),
        (b"", "table empty"),
        (b'"spreadsheet program in UTF-8', "table csv"),
        (b'{"UTF-8": ', "table json"),
    ],
)
def test_why_a_table_cannot_be_read(content: bytes, code: str) -> None:
    with pytest.raises(LibraryError) as raised:
        reader.read(content)
    assert raised.value.code == code


def decides_by_words(node: ast.AST) -> bool:
    """A comparison, or a cutting up, of the words of an error."""

    def is_words(one: ast.AST) -> bool:
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "str":
            return any(isinstance(arg, ast.Name) and "error" in arg.id for arg in one.args)
        return isinstance(one, ast.Attribute) and one.attr in WORDS and is_error(one.value)

    def is_error(one: ast.AST) -> bool:
        return isinstance(one, ast.Name) and one.id in ("error", "problem", "wrong", "refused")

    if isinstance(node, ast.Compare):
        return any(is_words(one) for one in (node.left, *node.comparators))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        cuts = {"startswith", "endswith", "partition", "rpartition", "find", "index"}
        return node.func.attr in cuts and is_words(node.func.value)
    return False


def test_no_code_decides_by_looking_into_english() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        for path in sorted(Path(ROOT / "library").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if decides_by_words(node)
    ]
    assert found == []


VALUE = re.compile(r"%\((\w+)\)s")
CODE_OF_WEAKNESS = {"password short", "password long", "password name", "password plain"}


def raised() -> dict[str, set[str]]:
    """The codes that code raises by name, and the parameters it gives each."""
    found: dict[str, set[str]] = {}
    for path in sorted(Path(ROOT / "library").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                code = node.args[0] if node.func.attr == "of" and node.args else None
                if isinstance(code, ast.Constant) and str(code.value) in MESSAGES:
                    found[str(code.value)] = {str(keyword.arg) for keyword in node.keywords}
    return found


def test_each_message_is_raised_with_what_its_words_need() -> None:
    given = raised()
    assert set(given) == set(MESSAGES) - CODE_OF_WEAKNESS
    for code, names in given.items():
        assert {name for text in MESSAGES[code] for name in VALUE.findall(text)} == names, code


@pytest.mark.parametrize("language", ["es", "fr", "pt", "ar", "hi"])
def test_each_message_is_told_in_each_language(language: str) -> None:
    interface = interfaces((language,))[language]
    for code, message in MESSAGES.items():
        values = {name: "7" for text in message for name in VALUE.findall(text)}
        error = InputError.of(code, **values)
        said = told(error, interface)
        assert said
        assert "%(" not in said
        for text in filter(None, message):
            assert text % values not in said, code
    assert told(InputError("Never heard of.", code="never heard of"), interface).isprintable()
    assert "Never" not in told(InputError("Never heard of.", code="never heard of"), interface)


# An error's words, told apart by what they hold: in templates and in the site's scripts.
IN_TEMPLATE = re.compile(
    r"{%-?\s*(?:el)?if\b[^%]*(?:\.(?:message|remedy)\s*(?:==|!=|\bin\b)|"
    r"\bin\s+\w+\.(?:message|remedy)\b|\.(?:message|remedy)\.(?:starts|ends)with)"
)
IN_SCRIPT = re.compile(
    r"\b(?:detail|message)\s*(?:===?|!==?)|(?:===?|!==?)\s*\w*\.?(?:detail|message)\b"
    r"|\b(?:detail|message)\.(?:includes|startsWith|endsWith|match|indexOf|search)\("
    r"|\.(?:test|exec)\(\s*\w*\.?(?:detail|message)\b"
)


def test_no_template_and_no_script_decides_by_an_errors_words() -> None:
    places = [
        *((path, IN_TEMPLATE) for path in Path(ROOT / "templates").rglob("*.*")),
        *((path, IN_SCRIPT) for path in Path(ROOT / "static").glob("*.js")),
    ]
    assert [path.name for path, words in places if words.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (IN_TEMPLATE, "{% if 'UTF-8' in one.message %}"),
        (IN_TEMPLATE, "{% if one.message == 'gone' %}"),
        (IN_SCRIPT, 'if (answer.detail === "gone") {'),
        (IN_SCRIPT, 'if (error.message.includes("gone")) {'),
        (IN_SCRIPT, "if (/gone/.test(answer.detail)) {"),
    ],
)
def test_such_a_decision_would_be_seen(words: re.Pattern[str], line: str) -> None:
    assert words.search(line)
