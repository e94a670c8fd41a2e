"""An error carries a code and its parameters; what its English says decides nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from library.core.errors import InputError, LibraryError, UsageError, by_reason
from library.sheets import reader
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
        (b"PK\x03\x04 and more", reader.PROGRAM),
        (b"file,title\na.md,Caf\xe9\n", reader.ENCODING),
        (b"", InputError.reason),
        (b'"spreadsheet program in UTF-8', InputError.reason),
        (b'{"UTF-8": ', InputError.reason),
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
