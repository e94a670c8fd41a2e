"""A command, option, setting or facet without documentation fails here."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from index.fields import FACETS, Facet
from library.cli.command_line import commands
from library.core.settings import SETTINGS, Setting
from tests.needs import ROOT


def every(group: click.Group, before: str = "") -> dict[str, click.Command]:
    """All commands by the words they are called with, those of groups too."""
    found = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found[before + name] = command
        if isinstance(command, click.Group):
            found.update(every(command, f"{before}{name} "))
    return found


COMMANDS = every(commands)
OPERATING = (ROOT / "docs" / "operating.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_documented(name: str) -> None:
    assert f"`library {name}" in OPERATING


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_has_help(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option) and option.name not in ("sort", "port"):
            assert option.help, option.name


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented(setting: Setting) -> None:
    assert f"`{setting.name}`" in OPERATING


@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.name)
def test_every_facet_is_documented(facet: Facet) -> None:
    assert f"`{facet.name}`" in (ROOT / "docs" / "vocabulary.md").read_text("utf-8")


SCRIPTS = sorted((ROOT / "scripts").iterdir())


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_every_script_is_documented_and_says_what_it_does(script: Path) -> None:
    named = rf"^(?:\./)?scripts/{script.name}  +\S"
    assert re.search(named, (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE)
    shebang, says = script.read_text("utf-8").split("\n")[:2]
    assert shebang.startswith("#!/usr/bin/env ")
    assert says.startswith(("# ", '"""'))
    assert script.stat().st_mode & 0o100


def test_every_page_is_on_the_first_one() -> None:
    first = (ROOT / "docs" / "README.md").read_text("utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert page.name == "README.md" or f"]({page.name})" in first, page.name
    for page in ROOT.glob("*.md"):
        assert f"](../{page.name})" in first, page.name


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("*/README.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_no_requirement_says_where_it_is_downloaded() -> None:
    places = [*(ROOT / "requirements").glob("*.*"), *(ROOT / "requirements/node").glob("*.json")]
    for path in [*places, *(ROOT / "scripts").iterdir()]:
        assert "https://" not in path.read_text("utf-8"), path.name


@pytest.mark.parametrize("page", ["threats.md", "asvs.md"])
def test_each_test_that_is_named_as_proof_is_there(page: str) -> None:
    told = (ROOT / "docs" / page).read_text("utf-8")
    named = re.findall(r"`(tests/[\w/.]+)(?:::(\w+))?`", told)
    assert len(named) > 20
    assert [path for path, _ in named if not (ROOT / path).exists()] == []
    assert [
        f"{path}::{name}"
        for path, name in named
        if name and f"def {name}(" not in (ROOT / path).read_text("utf-8")
    ] == []


# OWASP ASVS 5.0.0: how many requirements of levels 1 and 2 the sections have that may apply here.
ASVS = {
    "V1": (2, 9, 11, 3, 2), "V2": (3, 3, 4, 1), "V3": (0, 2, 4, 6, 5, 0, 2), "V4": (3, 1, 2, 4),
    "V5": (1, 3, 2, 3), "V6": (3, 12, 4, 4, 5, 3, 0, 4), "V7": (3, 4, 2, 5, 2, 2),
    "V8": (2, 3, 1, 1), "V11": (2, 3, 3, 4, 1, 1), "V12": (3, 2, 4), "V13": (1, 5, 2, 5),
    "V14": (2, 4, 3), "V15": (3, 3, 7), "V16": (1, 5, 4, 3, 3),
}  # fmt: skip


def test_every_requirement_of_the_standard_stands_once() -> None:
    rows = re.findall(r"(?m)^\| (V[^|]+) \|", (ROOT / "docs/asvs.md").read_text("utf-8"))
    named = [number for row in rows for number in row.split(", ")]
    assert sorted(named) == sorted(
        f"{chapter}.{section}.{number}"
        for chapter, sections in ASVS.items()
        for section, many in enumerate(sections, start=1)
        for number in range(1, many + 1)
    )
