"""An error carries a code and its values; what its English says decides nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from index.engine import FAULTS
from library.core import errors
from library.core.errors import Damaged, InputError, LibraryError, UsageError, by_reason
from library.core.messages import (
    WORDS,
    Message,
    in_english,
    message_of,
    messages_of,
    searching,
)
from library.core.resource import STRANGE
from library.extractors.media_types import NOT_PROSE
from library.sheets import reader
from library.vocabularies.rules import Broken, What
from library.web.error_text import told, words
from library.web.i18n import interfaces
from tests.needs import ROOT

LANGUAGES = ("es", "fr", "pt", "ar", "hi")


def test_a_code_and_values_of_which_words_are_made() -> None:
    error = InputError("note too large", file="a.toml", megabytes=2_000)
    assert (error.code, error.values) == ("note too large", {"file": "a.toml", "megabytes": 2_000})
    assert error.text == "a.toml is larger than 2,000 MB."
    assert str(error) == f"{error.text} {error.remedy}"
    assert all(by_reason(kind.reason) is kind for kind in InputError.__subclasses__())


def test_who_asked_a_reader_names_the_file() -> None:
    problem = Damaged("page text", page=3)
    assert problem.text.startswith("This file has a page 3")
    named = problem.of(file="a.pdf")
    assert isinstance(named, Damaged)
    assert named.text.startswith("a.pdf has a page 3")
    assert problem.values == {"page": 3}
    broken = Broken("circle", "wages").of(id="pay")
    assert (broken.what, broken.text) == ("circle", "Concept “pay” cannot be broader than itself.")


def test_what_a_package_of_others_says_is_said_as_it_is() -> None:
    error = Damaged("its ledger is torn at 50%").of(file="a.ledger")
    assert str(error) == "a.ledger: its ledger is torn at 50%"
    spanish = interfaces(("es",))["es"]
    assert words(error.message, spanish) == "a.ledger: its ledger is torn at 50%"


def test_a_message_is_kept_and_comes_back() -> None:
    kind = Message("an image", {"format": "GIF"})
    message = Message("kind not read yet", {"file": "a.gif", "kind": kind})
    assert message_of(message.json()) == message
    assert messages_of([message.json()]) == (message,)
    assert in_english([message]) == (
        "a.gif is an image (GIF), which cannot be read yet. Save it as PDF, and add that."
    )


@pytest.mark.parametrize(
    "held",
    [
        None,
        "prose",
        {"code": 7, "values": {}},
        {"code": "empty"},
        {"code": "empty", "values": {"file": ["a"]}},
        {"code": "empty", "values": {"file": True}},
        {"code": "empty", "values": {"file": "a" * 2_000}},
        {"code": "empty", "values": {str(number): "" for number in range(50)}},
        {"code": "a", "values": {"b": {"code": "c", "values": {"d": {"code": "e", "values": {
            "f": {"code": "g", "values": {}}}}}}}},
    ],
)  # fmt: skip
def test_what_none_of_ours_would_keep_is_no_message(held: object) -> None:
    with pytest.raises(ValueError, match="not a"):
        message_of(held)
    assert messages_of([held]) == ()


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


ERRORS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, LibraryError)
} | {"NotBegun"}
SPEAKERS = {"Message", "fault", "not_yet", "packed", "kind", "__init__"}
"""What takes a code first, beside an error."""

VALUE = re.compile(r"%\((\w+)\)s")
COMPUTED = {
    *(f"password {weak}" for weak in ("short", "long", "name", "plain", "tried")),
    *(f"concept {what}" for what in What.__args__),  # type: ignore[attr-defined]
    *NOT_PROSE.values(),
    *searching.WORDS,
    "said by others",
    "this file",
    STRANGE,
}
"""Codes that are put together, each by one place, and those that `index` raises."""


@cache
def sources(*rooms: str) -> tuple[tuple[str, ast.Module], ...]:
    return tuple(
        (str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8")))
        for room in rooms
        for path in sorted((Path(ROOT) / room).rglob("*.py"))
    )


def caught(tree: ast.Module) -> frozenset[str]:
    """Names that hold an error: what is caught, and what is said to be one."""
    names = {
        node.name for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) and node.name
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.annotation is not None:
            said = ast.unparse(node.annotation)
            if re.search(r"\b\w*(?:Error|Exception)\b", said) or said in ERRORS:
                names.add(node.arg)
    return frozenset(names)


def decides_by_words(node: ast.AST, names: frozenset[str]) -> bool:
    """A comparison, a search or a cutting up of the words of an error."""

    def is_error(one: ast.AST) -> bool:
        return isinstance(one, ast.Name) and one.id in names

    def is_words(one: ast.AST) -> bool:
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name):
            return one.func.id in ("str", "repr") and any(map(is_error, one.args))
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute):
            return one.func.attr in ("lower", "casefold", "strip") and is_words(one.func.value)
        if isinstance(one, ast.Subscript):  # error.args[0]
            return is_words(one.value)
        return (
            isinstance(one, ast.Attribute)
            and one.attr in ("message", "remedy", "text", "args", "msg")
            and is_error(one.value)
        )

    if isinstance(node, ast.Compare):
        return any(is_words(one) for one in (node.left, *node.comparators))
    if isinstance(node, ast.Match):
        return is_words(node.subject)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        cuts = {"startswith", "endswith", "partition", "rpartition", "find", "index", "split",
                "removeprefix", "removesuffix"}  # fmt: skip
        searches = {"match", "search", "fullmatch", "findall", "finditer", "sub"}
        if node.func.attr in cuts and is_words(node.func.value):
            return True
        return node.func.attr in searches and any(map(is_words, node.args))
    return False


NOT_OURS = {"library/skos/triples.py", "library/catalogue/storage/faults.py"}
"""Where a vendor has one class and no code for everything, or its words are cut to be shown."""


def test_no_code_decides_by_looking_into_english() -> None:
    found = [
        f"{place}:{getattr(node, 'lineno', 0)}"
        for place, tree in sources("library", "index")
        if place not in NOT_OURS
        for names in (caught(tree),)
        for node in ast.walk(tree)
        if decides_by_words(node, names)
    ]
    assert found == []


@pytest.mark.parametrize(
    "decision",
    [
        'if "UTF-8" in str(error): pass',
        'if error.text == "gone": pass',
        'if error.args[0] != "gone": pass',
        'if str(error).lower().startswith("gone"): pass',
        'if re.search("gone", str(error)): pass',
        "if PATTERN.match(error.remedy): pass",
    ],
)
def test_such_a_decision_in_code_would_be_seen(decision: str) -> None:
    tree = ast.parse(f"try:\n    pass\nexcept ValueError as error:\n    {decision}")
    assert any(decides_by_words(node, caught(tree)) for node in ast.walk(tree))


def codes_in(node: ast.expr) -> Iterator[str]:
    """The codes an expression may give."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from codes_in(node.body)
        yield from codes_in(node.orelse)


def raised() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where, which code, and the values it is given; None where they are not all written there."""
    for place, tree in sources("library"):
        if place.startswith("library/core/messages/"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "code":
                yield from ((place, code, None) for code in codes_in(node.value) if code in WORDS)
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = node.func.id if isinstance(node.func, ast.Name) else called
            if called not in ERRORS | SPEAKERS:
                continue
            given: set[str] | None = {str(keyword.arg) for keyword in node.keywords if keyword.arg}
            if called in SPEAKERS or any(keyword.arg is None for keyword in node.keywords):
                given = None
                values = node.args[1] if len(node.args) > 1 else None
                if called == "Message" and (values is None or isinstance(values, ast.Dict)):
                    keys = values.keys if values else []
                    if all(isinstance(key, ast.Constant) for key in keys):
                        given = {str(key.value) for key in keys if isinstance(key, ast.Constant)}
            for code in codes_in(node.args[0]):
                if called in ERRORS or code in WORDS:
                    yield f"{place}:{node.lineno}", code, given


def test_each_error_is_raised_by_a_code_of_the_table_with_what_its_words_need() -> None:
    for place, code, given in raised():
        assert code in WORDS, (place, code)
        needed = {name for text in WORDS[code] for name in VALUE.findall(text)}
        if given is not None:  # the name of a file may be filled in by who asked to read it
            assert given ^ needed <= {"file"}, (place, code)


def test_what_the_index_says_has_words_for_readers() -> None:
    """But of an engine that is not known: the site does not open with it."""
    assert set(searching.WORDS) == set(FAULTS) - {"engine unknown"}
    for code, texts in searching.WORDS.items():
        needed = {name for text in texts for name in VALUE.findall(text)}
        assert needed <= set(VALUE.findall(FAULTS[code])), code


def test_each_message_of_the_table_is_said_somewhere() -> None:
    assert {code for _, code, _ in raised()} | COMPUTED == set(WORDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_message_is_told_in_each_language(language: str) -> None:
    interface = interfaces((language,))[language]
    for code, message in WORDS.items():
        values = {name: "7" for text in message for name in VALUE.findall(text)}
        error = InputError(code, **values)
        said = told(error, interface)
        assert said
        assert "%(" not in said
        for text in message:
            if re.search(r"[A-Za-z]{3}", VALUE.sub("", text)):
                assert text % values not in said, code
    assert "Never" not in told(InputError("Never heard of."), interface)


def test_numbers_are_written_as_the_language_writes_them() -> None:
    error = UsageError("too many at once", most=12_000)
    assert "12,000" in str(error)
    assert "12.000" in told(error, interfaces(("es",))["es"])


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
