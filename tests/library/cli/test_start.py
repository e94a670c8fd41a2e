"""What a command loads: to search is not to read files, nor to serve, nor to learn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.needs import ROOT

READS_FILES = ("pdfminer", "pypdfium2", "PIL", "markdown_it", "selectolax", "charset_normalizer")
HEAVY = (*READS_FILES, "scipy", "sklearn", "datasketch", "py3langid", "rdflib", "playwright")
SERVES = ("uvicorn", "starlette", "jinja2", "argon2")
TAKES_LONG = ("sqlalchemy", "alembic", "numpy.ma", "library.catalogue.database")
OURS = ("library.ingestion", "library.sandbox", "library.extractors", "library.metadata")
TOLD = """
import json, sys
from library.cli.command_line import commands
commands.main(prog_name="library", standalone_mode=False)
print(json.dumps(sorted(sys.modules)))
"""


def loaded(home: Path, *words: str) -> set[str]:
    """The modules that are there when a command has ended."""
    done = subprocess.run(
        [sys.executable, "-c", TOLD, *words],
        cwd=ROOT,
        env={**os.environ, "LIBRARY_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    home = tmp_path_factory.mktemp("home")
    loaded(home, "init")
    loaded(home, "search", "strike", "fund")  # builds the index, by the catalogue
    return loaded(home, "search", "strike", "fund")


@pytest.mark.parametrize("name", [*HEAVY, *SERVES, *OURS, *TAKES_LONG])
def test_to_search_loads_nothing_that_it_does_not_need(searched: set[str], name: str) -> None:
    assert "library.cli.search" in searched
    assert {one for one in searched if one == name or one.startswith(f"{name}.")} == set()


def test_the_site_is_served_by_what_reads_no_file() -> None:
    code = "import json, sys, library.web.app, library.cli.serve; print(json.dumps([*sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=240
    )
    tops = {name.partition(".")[0] for name in json.loads(done.stdout)}
    assert tops.isdisjoint(READS_FILES)
    assert tops.isdisjoint({"sklearn", "datasketch", "rdflib"})


def test_sums_are_done_by_one_thread(tmp_path: Path) -> None:
    code = "import os\nfrom library.cli import main\nmain()"
    told = "import atexit; atexit.register(lambda: print(os.environ['OPENBLAS_NUM_THREADS']))"
    environment = {**os.environ, "LIBRARY_HOME": str(tmp_path)}
    environment.pop("OPENBLAS_NUM_THREADS", None)
    for given, expected in ({}, "1"), ({"OPENBLAS_NUM_THREADS": "2"}, "2"):
        done = subprocess.run(
            [sys.executable, "-c", f"import os; {told}\n{code}", "init"],
            cwd=ROOT,
            env=environment | given,
            capture_output=True,
            text=True,
            timeout=240,
        )
        assert done.stdout.splitlines()[-1] == expected, done.stderr


def test_help_loads_no_command() -> None:
    code = TOLD.replace("commands.main(", "commands.main(['--help'], ")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=240
    )
    there = set(json.loads(done.stdout.splitlines()[-1]))
    assert {name for name in there if name.startswith("library.cli.")} <= {
        "library.cli.command_line",
        "library.cli.grace",
        "library.cli.interrupts",
    }
    assert not {"numpy", "sqlalchemy", "regex"} & there
