"""What templates may do: loop over what they are given, and nothing else."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from jinja2 import StrictUndefined

from library import web
from library.web.assets import asset_folder
from library.web.i18n import interfaces
from library.web.templates import environment
from tests.markup import texts

FOLDER = asset_folder("templates")
TEMPLATES = sorted(
    path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()
)
PAGES = [name for name in TEMPLATES if "/" not in name and name.endswith(".html")]
CODE = sorted((Path(__file__).resolve().parents[3] / "library" / "web").rglob("*.py"))
MADE = environment(FOLDER, next(iter(interfaces(("en",)).values())))

ADDRESS = re.compile(r'\b(?:href|src|action)="([^"]*)"')
EXPRESSION = re.compile(r"\{[%{].*?[%}]\}", re.DOTALL)
# Comparing, calculating, counting or building a URL belongs into Python.
DECIDING = re.compile(
    r"==|!=|[<>]|\blength\b|\bnamespace\b|\burlencode\b|\bset\b|\bin range\b|[+*~|]|/| - "
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles_escaped_and_strict(name: str) -> None:
    MADE.get_template(name)
    assert MADE.autoescape is True
    assert MADE.undefined is StrictUndefined


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_used(name: str) -> None:
    others = [FOLDER / other for other in TEMPLATES if other != name]
    assert any(f'"{name}"' in path.read_text("utf-8") for path in (*CODE, *others)), name


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_builds_no_address(name: str) -> None:
    for address in ADDRESS.findall((FOLDER / name).read_text("utf-8")):
        assert re.fullmatch(r"\{\{ [\w.]+ \}\}|#[\w-]+", address), address


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_never_counts_or_decides(name: str) -> None:
    for expression in EXPRESSION.findall((FOLDER / name).read_text("utf-8")):
        inside = re.sub(r'"[^"]*"', "", expression[2:-2])
        assert not DECIDING.search(inside), expression


@pytest.mark.parametrize("name", [name for name in PAGES if name != "base.html"])
def test_every_page_stands_in_the_frame_and_so_has_its_title(name: str) -> None:
    assert '{% extends "base.html" %}' in (FOLDER / name).read_text("utf-8")
    assert "{{ page.frame.title }}" in texts((FOLDER / "base.html").read_text("utf-8"), "title")


SHOWN = (
    "library.web.pages.",
    "library.web.parts.",
    "library.web.errors",
    "library.web.viewmodels",
    "library.web.staff.expired_form",
)
MODULES = [
    import_module(found.name)
    for found in walk_packages(web.__path__, f"{web.__name__}.")
    if found.name.startswith(SHOWN) or found.name.endswith((".viewmodels", "_viewmodels"))
]
CONTEXTS = [
    made
    for module in MODULES
    for made in vars(module).values()
    if isinstance(made, type) and is_dataclass(made) and made.__module__ == module.__name__
]


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.__name__)
def test_a_template_is_given_nothing_it_does_not_use(context: type) -> None:
    shown = "".join((FOLDER / name).read_text("utf-8") for name in TEMPLATES)
    for one in fields(context):
        assert re.search(rf"\.{one.name}\b", shown), f"{context.__name__}.{one.name}"
