"""Every pattern of the project, found in its source, with the methods it is used with.

A call of `re` or `regex` whose pattern can be told from its module's names is found where it
stands. One that a function builds is made by an example in `BUILT`; a new one without it fails.
A pattern whose uses cannot be seen, in a tuple for instance, is held to the strictest.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import regex

from index.text import deferred, inflection, orthography
from index.text.deferred import Deferred
from library.core import formats
from library.extractors import indic
from library.metadata import dates
from library.web.parts import note_references
from tests.needs import ROOT

ENGINES: Mapping[str, Any] = {"re": re, "regex": regex, "deferred": regex}
METHODS = frozenset(
    (
        *("search", "match", "fullmatch", "sub", "subn", "split"),
        *("findall", "finditer", "scanner"),  # a scanner is asked by match() until the end
    )
)
UNSEEN = ("search", "fullmatch", "sub")  # of a pattern whose uses cannot be seen
FLAGS_AT = {"compile": 1, "sub": 4, "subn": 4, "split": 3}  # where flags stand; 2 for the rest
NO_TEXT = ("library.catalogue.storage.migrations.env",)  # cannot be imported by itself

Key = tuple[str, str | bytes, int]


@dataclass(slots=True)
class Found:
    """One pattern: where it stands, its engine, and how it is used."""

    where: str
    engine: str
    pattern: Any
    methods: set[str] = field(default_factory=set)


def _month_patterns() -> list[Any]:
    return [one for language in ("en", "fr", "es", "pt") for one in dates._months(language)[1]]


def _format_patterns() -> list[Any]:
    rows = formats.OWN.values()
    return [re.compile(row.magic) for row in rows if row.magic] + [
        re.compile(row.parts) for row in rows if row.parts
    ]


# What functions build from words that are known only when they run.
BUILT: Mapping[tuple[str, str], Callable[[], list[Any]]] = {
    ("library.metadata.dates", "_months"): _month_patterns,
    ("library.web.parts.note_references", "_pattern"): lambda: [
        note_references._pattern(("1", "12", "*", "a"), ("A text [1] with a note 12 in it.",)),
        note_references._pattern(("1", "2", "3"), ("No bracket, a word1 and a word2.",)),
    ],
    ("library.core.formats", "_row"): _format_patterns,
    ("library.extractors.media_types", "_by_magic"): _format_patterns,
    ("library.extractors.office_types", "of_zip"): _format_patterns,
    ("index.text.orthography", "_rules"): lambda: [
        _compiled(pattern) for rules in orthography._RULES.values() for _, pattern, _ in rules
    ],
    ("index.text.deferred", "compiled"): list,  # what others write into its calls
    ("index.text.inflection", "_rules"): lambda: [
        _compiled(pattern) for rules in inflection._REGULAR.values() for pattern, _ in rules
    ],
    ("library.extractors.indic", "_rules"): lambda: [pattern for pattern, _ in indic.RULES],
}


def found() -> list[Found]:
    """Every pattern of the project, each once, in the order of the source."""
    kept: dict[Key, Found] = {}
    uses: dict[Key, set[str]] = defaultdict(set)
    for path, module in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for one in (*_held(module), *_called(tree, module)):
            known = kept.setdefault(_key(one.pattern), one)
            known.methods |= one.methods
        for pattern, method in _uses(tree, module):
            uses[_key(pattern)].add(method)
    for key, one in kept.items():
        one.methods |= uses[key]
        one.methods = one.methods or set(UNSEEN)
    return list(kept.values())


def modules() -> Iterator[tuple[Path, ModuleType]]:
    """(file, module) of everything that is shipped."""
    for package in ("index", "library"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            name = name.removesuffix(".__init__")
            if name.endswith("__main__") or name in NO_TEXT or ".migrations.versions." in name:
                assert not re.search(r"\b(?:re|regex)\.\w", path.read_text(encoding="utf-8"))
                continue
            yield path, importlib.import_module(name)


def _called(tree: ast.AST, module: ModuleType) -> Iterator[Found]:
    """The patterns that are written into calls of `re` and `regex`."""
    built: set[str] = set()
    for node, function in _calls(tree):
        assert isinstance(node.func, ast.Attribute)
        engine, name = ast.unparse(node.func.value), node.func.attr
        where = f"{module.__name__}:{node.lineno}"
        try:
            source = _evaluated(node.args[0], module)
            at = FLAGS_AT.get(name, 2)
            given = [k.value for k in node.keywords if k.arg == "flags"] or node.args[at : at + 1]
            flags = _evaluated(given[0], module) if given else 0
        except Exception:
            if not function:
                continue  # in a comprehension at the top of the module: found as what it holds
            if (module.__name__, function) not in BUILT:
                raise AssertionError(
                    f"{where}: a pattern is built in {function}(): give an example in BUILT"
                ) from None
            built.add(function)
            continue
        methods = {name} if name != "compile" else set()
        pattern = ENGINES[engine].compile(source, flags)
        yield Found(where, _engine(pattern), pattern, methods)
    for function in sorted(built):
        for pattern in BUILT[module.__name__, function]():
            yield Found(f"{module.__name__}.{function}", _engine(pattern), pattern, set())


def _calls(tree: ast.AST, function: str = "") -> Iterator[tuple[ast.Call, str]]:
    """(call of an engine, the outermost function it stands in)."""
    for node in ast.iter_child_nodes(tree):
        inside = function
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            inside = function or node.name
        if isinstance(node, ast.ImportFrom):
            assert node.module not in ENGINES, "patterns are called by the name of their engine"
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in ENGINES
            and node.func.attr in METHODS | {"compile"}
        ):
            yield node, inside
        yield from _calls(node, inside)


def _held(module: ModuleType) -> Iterator[Found]:
    """The patterns that a module holds, by itself or in what it holds."""
    if module is deferred:  # it lists those that others hold
        return
    for name, value in vars(module).items():
        for pattern in _inside(value, 0):
            yield Found(f"{module.__name__}.{name}", _engine(pattern), pattern, set())


def _inside(value: object, depth: int) -> Iterator[Any]:
    value = _compiled(value)
    if isinstance(value, (re.Pattern, regex.Pattern)):
        yield value
    elif isinstance(value, (list, tuple, set, frozenset, dict)) and depth < 5:
        within: Iterable[object] = value
        if isinstance(value, dict):
            within = (*value.keys(), *value.values())
        for one in within:
            yield from _inside(one, depth + 1)


def _uses(tree: ast.AST, module: ModuleType) -> Iterator[tuple[Any, str]]:
    """(pattern, method) wherever a module asks a pattern that it knows by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            try:
                value = _evaluated(node.value, module)
            except Exception:  # a name inside a function: not a pattern of the module
                continue
            if isinstance(value, (re.Pattern, regex.Pattern)):
                yield value, node.attr


def _evaluated(node: ast.expr, module: ModuleType) -> Any:
    if any(isinstance(part, ast.Call) for part in ast.walk(node)):
        raise ValueError("a call is not to be made again")
    code = compile(ast.Expression(node), module.__name__, "eval")
    return _compiled(eval(code, dict(vars(module))))


def _compiled(value: Any) -> Any:
    return value.compiled() if isinstance(value, Deferred) else value


def _key(pattern: Any) -> Key:
    return _engine(pattern), pattern.pattern, pattern.flags


def _engine(pattern: object) -> str:
    return "re" if isinstance(pattern, re.Pattern) else "regex"
