"""How the house is built: nothing goes round, and each thing is what its name says."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.needs import ROOT
from tests.rooms import PACKAGES, PLACES, House, circles, floors, house

FACES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("__init__.py"))


@pytest.fixture(scope="module")
def built() -> House:
    """Read when it is wanted: each process of the tests reads this file."""
    return house()


def test_no_module_leads_back_to_itself(built: House) -> None:
    assert circles(built.imports) == []


@pytest.mark.parametrize("place", PLACES)
def test_no_room_leads_back_to_itself(built: House, place: str) -> None:
    assert circles(built.rooms(place)) == []


def test_a_circle_would_be_found(tmp_path: Path) -> None:
    """Also one that is closed inside a function, or for types alone."""
    for name, text in {
        "library/__init__.py": "",
        "library/a.py": "from library import b\n",
        "library/b/__init__.py": "",
        "library/b/one.py": "def late():\n    from library.c import thing\n",
        "library/c.py": "if TYPE_CHECKING:\n    from library.b.one import late\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    found = house(tmp_path)
    assert circles(found.imports) == [["library.b.one", "library.c"]]
    rooms = found.rooms("library")
    assert circles(rooms) == [["library.b", "library.c"]]
    assert floors(rooms) == [["library.a"], ["library.b", "library.c"]]


def test_a_long_way_is_no_circle() -> None:
    way = {str(number): frozenset({str(number + 1)}) for number in range(5000)}
    way["5000"] = frozenset()
    assert circles(House(way).imports) == []


@pytest.mark.parametrize("face", FACES, ids=lambda path: path.parent.relative_to(ROOT).as_posix())
def test_what_a_package_gives_hides_none_of_its_modules(face: Path) -> None:
    inside = {path.stem for path in face.parent.iterdir() if path.suffix == ".py" or path.is_dir()}
    own = ".".join(face.parent.relative_to(ROOT).parts)
    for name, source in _given(ast.parse(face.read_text("utf-8"))):
        assert name not in inside or source == f"{own}.{name}", name


def _given(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What a module gives under which name, and where that is from."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, ""


@pytest.mark.parametrize(
    "path", sorted((ROOT / "library" / "web").rglob("*.py")), ids=lambda path: path.stem
)
def test_the_site_opens_no_connection_of_the_database(path: Path) -> None:
    """It asks the catalogue, or has it change something; what that needs is the catalogue's own."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            asked = ast.unparse(node.func)
            assert not asked.endswith("catalogue.read"), f"{path}:{node.lineno}"
        assert not (isinstance(node, ast.Attribute) and node.attr == "conn"), path


def test_contracts_hold_for_modules_that_are_not_written_yet() -> None:
    """What only some may import is forbidden to all of `library` and `index` but these."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    contracts = table["contracts"]
    only = [one for one in contracts if one["name"].startswith("only ")]
    assert len(only) >= 6
    for contract in only:
        if contract["type"] != "protected":  # which holds for all but those it names
            assert contract["source_modules"] == list(PACKAGES), contract["name"]
    for contract in contracts:
        if contract["type"] == "layers":
            assert contract["exhaustive"], contract["name"]


OF_THE_SANDBOX = (
    "library.sandbox",
    "library.extractors",
    "library.core.cancellation",
    "library.core.errors",
    "library.core.formats",
    "library.core.leases",
    "library.core.messages",
    "library.core.resource",
)
"""All of ours that a process may know which sees a stranger's file."""


@pytest.mark.parametrize(
    "path", sorted((ROOT / "library" / "sandbox").glob("*.py")), ids=lambda path: path.stem
)
def test_the_sandbox_asks_nothing_but_what_it_may(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] in PACKAGES:
            packages = ("library", "library.core")
            asked = [f"{node.module}.{alias.name}" for alias in node.names]
            asked = asked if node.module in packages else [str(node.module)]
            for module in asked:
                assert module.startswith(OF_THE_SANDBOX), f"{path.name}: {module}"


@pytest.mark.parametrize("package", PACKAGES)
def test_tests_stand_where_what_they_test_stands(package: str) -> None:
    for folder in (ROOT / "tests" / package).rglob("*"):
        if folder.is_dir() and (folder / "__init__.py").exists():
            assert (ROOT / folder.relative_to(ROOT / "tests")).is_dir(), folder
