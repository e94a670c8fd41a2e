"""What differs between the versions of Python that are claimed, seen on any one of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.needs import ROOT

COMPREHENSIONS = (ast.ListComp, ast.DictComp, ast.SetComp)  # generators are functions still
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
FILES = sorted(
    path
    for package in ("library", "index", "benchmarks", "tests")
    for path in (ROOT / package).rglob("*.py")
)


def confused(source: str) -> Iterator[tuple[str, int]]:
    """(name, line) of what 3.12.1 takes for a variable that has no value yet.

    A name of the module is used in one comprehension of a function and is the variable of another
    one. Since 3.12 both are part of the function (PEP 709), and early ones confuse the two.
    """
    module = ast.parse(source)
    names = _named(module)
    for function in ast.walk(module):
        if not isinstance(function, FUNCTIONS):
            continue
        inside = [node for node in ast.walk(function) if isinstance(node, COMPREHENSIONS)]
        variables = {id(one): _variables(one) & names for one in inside}
        for one in inside:
            for other in inside:
                apart = variables[id(one)] - variables[id(other)]
                if not apart or other in ast.walk(one):
                    continue
                for part in ast.walk(other):
                    if isinstance(part, COMPREHENSIONS) and part is not other:
                        apart -= variables[id(part)]
                for part in ast.walk(other):
                    if isinstance(part, ast.Name) and part.id in apart:
                        yield part.id, part.lineno


def _named(module: ast.Module) -> set[str]:
    """The names that the lines of a module bind."""
    found = set()
    for node in module.body:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        else:
            found |= _stored(node)
    return found


def _variables(comprehension: ast.AST) -> set[str]:
    generators: list[ast.comprehension] = getattr(comprehension, "generators", [])
    return {name for one in generators for name in _stored(one.target)}


def _stored(node: ast.AST) -> set[str]:
    return {
        part.id
        for part in ast.walk(node)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    }


@pytest.mark.parametrize("package", ["library", "index", "benchmarks", "tests"])
def test_no_comprehension_confuses_early_versions_of_3_12(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in FILES
        if path.is_relative_to(ROOT / package)
        for name, line in confused(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("a = {mark: 1 for mark in x}\n    return [mark(w) for w in x]", ["mark"]),
        ("b = [mark(w) for w in x]\n    return {mark for mark in x}", ["mark"]),
        ("a = [w for w in x]\n    return [w for w in x]", []),
        ("a = [mark for mark in x]\n    return [[mark for mark in w] for w in x]", []),
        ("a = [w for w in x]\n    return [mark(v) for v in x]", []),
        ("a = tuple(mark for mark in x)\n    return [mark(w) for w in x]", []),
    ],
)
def test_what_confuses_is_found(body: str, names: list[str]) -> None:
    source = f"def mark(x):\n    return x\n\n\ndef f(x):\n    {body}\n"
    assert [name for name, _ in confused(source)] == names
