"""How many small breakages of a room its tests notice.

    python -m benchmarks.mutation ROOM [--sample 60] [--seed 20261128] [--minutes 20]

A sample of places is drawn from the room's code with a fixed seed, and one mutant of each: with an
operator of cosmic-ray (comparisons, numbers, operators, booleans, loops, exceptions, decorators),
with a call left out, with an item left out of a list, or with a string made empty. Each is tried
in a copy of the repository, by the tests that mirror its module and, where those notice nothing,
by the others that concern the room. It is killed when one of them fails, or when they take far more
of the processor than they do; how long a busy machine takes does not count, and where they hang
without computing the mutant is left out. Types in annotations are left alone: nothing runs them.

Needs `pip install -r requirements/mutation.txt` in the environment of the tests. Prints what
survived, and the share killed.
"""

from __future__ import annotations

import argparse
import difflib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import parso
from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.commands.init import _operators as operators
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from parso.python.tree import String
from parso.tree import NodeOrLeaf

from tests.library.catalogue.places import modules, tests_of

ROOT = Path(__file__).resolve().parent.parent
SEED, SAMPLE, MINUTES = 20261128, 60, 20.0
PATIENCE = 4  # a mutant may take so many times the processor's time that the tests do
HANGING = 600.0  # seconds after which tests that compute nothing are given up

Tests = list[str]  # arguments of pytest


@dataclass(frozen=True, slots=True)
class Room:
    """files: patterns → the tests that mirror these modules. Then come those of the whole room."""

    files: dict[str, Tests]
    then: Tests


ROOMS = {
    "answering": Room(
        {"index/answering/*.py": ["tests/index/engines/test_whoosh.py", "-k", "InMemory"]},
        ["tests/index/test_meaning.py", "tests/index/test_writings.py", "tests/index/text"],
    ),
    "syntax": Room(
        {"index/text/syntax*.py": ["tests/index/text/test_syntax.py"]},
        ["tests/index", "-k", "text or InMemory or writings"],
    ),
    "catalogue": Room(
        {f"library/catalogue/{one}.py": tests_of(one) for one in modules() if tests_of(one)}, []
    ),
    "sandbox": Room(
        {"library/sandbox/*.py": ["tests/library/sandbox", "-k", "not libreoffice"]},
        ["tests/library/sandbox", "tests/library/cli/test_grace.py"],
    ),
    "headers": Room(
        {"library/web/headers.py": ["tests/library/web/test_headers.py"]},
        ["tests/library/web/test_http.py", "tests/library/web/test_pages.py"],
    ),
}


class LeftOut(Operator):
    """What stands at a place gives way to what says nothing."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        if self.replacement(node) is not None:
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        made = parso.parse(self.replacement(node) or "").children[0]
        leaf = node.get_first_leaf()
        made.get_first_leaf().prefix = leaf.prefix
        return made

    def replacement(self, node: Any) -> str | None:
        raise NotImplementedError

    @classmethod
    def examples(cls) -> tuple[Any, ...]:
        return ()


class CallLeftOut(LeftOut):
    """`f()` on a line of its own becomes `...`."""

    def replacement(self, node: Any) -> str | None:
        called = node.type == "atom_expr" and node.children[-1].type == "trailer"
        alone = node.parent is not None and node.parent.type == "simple_stmt"
        return "..." if called and alone and node.children[-1].children[0] == "(" else None


class ItemLeftOut(LeftOut):
    """An item of a tuple, a list or a set of several becomes one that adds nothing."""

    def replacement(self, node: Any) -> str | None:
        held = node.parent
        several = held is not None and held.type == "testlist_comp" and len(held.children) > 3
        return "*()" if several and node.type not in ("operator", "sync_comp_for") else None


class StringEmptied(LeftOut):
    """ "words" becomes ""; not where it is a docstring."""

    def replacement(self, node: Any) -> str | None:
        if not isinstance(node, String) or node.value.strip("rbfRBF") in ('""', "''"):
            return None
        alone = node.parent is not None and node.parent.type == "simple_stmt"
        return None if alone else ('b""' if node.string_prefix.lower().startswith("b") else '""')


@dataclass(frozen=True, slots=True)
class Mutant:
    file: Path
    line: int
    operator: Operator
    occurrence: int

    def code(self, source: str) -> str | None:
        made: str | None = mutate_code(source, self.operator, self.occurrence)
        return made


def mutants(file: Path) -> dict[tuple[int, int], list[Mutant]]:
    """All that can be made of a file, by the place they stand at."""
    tree = get_ast_from_path(file)
    found: dict[tuple[int, int], list[Mutant]] = {}
    ours: list[Operator] = [CallLeftOut(), ItemLeftOut(), StringEmptied()]
    for operator in [*(one for _, _, one in operators({})), *ours]:
        places = (
            (node, place) for node in ast_nodes(tree) for place in operator.mutation_positions(node)
        )
        for occurrence, (node, (start, _)) in enumerate(places):
            if not is_annotation(node):
                found.setdefault(start, []).append(Mutant(file, start[0], operator, occurrence))
    return found


def is_annotation(node: NodeOrLeaf) -> bool:
    """Whether it is, or holds nothing but, a type in an annotation."""
    inside: NodeOrLeaf = node
    while (above := inside.parent) is not None:
        if above.type in ("annassign", "tfpdef"):
            equals = [n for n, one in enumerate(above.children) if one == "="]
            return not equals or above.children.index(inside) < equals[0]
        if above.type == "funcdef":
            place = above.children.index(inside)
            return place > 0 and above.children[place - 1] == "->"
        inside = above
    return False


def sampled(files: list[Path], size: int, seed: int) -> list[Mutant]:
    """So many mutants, each of another place."""
    chance = random.Random(seed)
    held = [made for file in files for _, made in sorted(mutants(file).items())]
    return [chance.choice(one) for one in chance.sample(held, min(size, len(held)))]


def copied(folder: Path) -> Path:
    """The repository's files as they stand, without their history."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


class Hung(Exception):
    """The tests computed nothing any more, and did not end."""


def passes(copy: Path, tests: Tests, most: float = 1200) -> bool:
    """Whether the tests pass with so many seconds of the processor each. Raises Hung."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    quiet = {
        "HYPOTHESIS_STORAGE_DIRECTORY": str(copy / ".hypothesis"),
        "PYTHONDONTWRITEBYTECODE": "1",  # that of a mutant would be taken for the original's
    }
    process = subprocess.Popen(
        command,
        cwd=copy,
        env={**os.environ, **quiet, "PYTHONPATH": str(copy)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (int(most) + 1, int(most) + 6))
        return process.wait(HANGING) == 0
    except subprocess.TimeoutExpired:
        raise Hung from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def cost(copy: Path, tests: Tests) -> float:
    """Seconds of the processor that the tests take as they stand; ends where they fail."""
    before = os.times()
    if not passes(copy, tests):
        sys.exit(f"These tests fail as they stand: {' '.join(tests)}")
    after = os.times()
    return after.children_user + after.children_system - sum(before[2:4])


@dataclass(slots=True)
class Trial:
    """Mutants in one copy of the repository."""

    copy: Path
    room: Room
    _costs: dict[tuple[str, ...], float] = field(default_factory=dict)

    def files(self) -> dict[Path, Tests]:
        """The modules of the room, each with the tests that mirror it."""
        return {
            file: tests
            for pattern, tests in self.room.files.items()
            for file in sorted(self.copy.glob(pattern))
        }

    def notices(self, tests: Tests) -> bool:
        """Whether a test fails now, or takes far longer."""
        return not passes(self.copy, tests, PATIENCE * self._costs[tuple(tests)] + 5)

    def survives(self, mutant: Mutant, mirror: Tests) -> str | None:
        """What was changed, when no test noticed; "" when one did; None where nothing was changed.

        Raises Hung.
        """
        tried = [tests for tests in (mirror, self.room.then) if tests]
        for tests in tried:  # before anything is changed
            if tuple(tests) not in self._costs:
                self._costs[tuple(tests)] = cost(self.copy, tests)
        source = mutant.file.read_text("utf-8")
        made = mutant.code(source)
        if made is None or made == source:
            return None
        Path(cache_from_source(str(mutant.file))).unlink(missing_ok=True)
        mutant.file.write_text(made, "utf-8")
        try:
            if any(self.notices(tests) for tests in tried):
                return ""
        finally:
            mutant.file.write_text(source, "utf-8")
        changed = difflib.unified_diff(source.splitlines(), made.splitlines(), lineterm="", n=0)
        return "\n".join(
            line for line in changed if line[:3] not in ("---", "+++") and line[0] != "@"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("room", choices=list(ROOMS))
    parser.add_argument("--sample", type=int, default=SAMPLE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    asked = parser.parse_args()
    end = time.monotonic() + asked.minutes * 60
    tried = killed = hung = 0
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        trial = Trial(copied(Path(folder)), ROOMS[asked.room])
        subprocess.run(
            [sys.executable, "-m", "compileall", "-q", "library", "index", "tests"],
            cwd=trial.copy,
            check=True,
        )
        files = trial.files()
        for mutant in sampled(list(files), asked.sample, asked.seed):
            if time.monotonic() > end:
                break
            try:
                changed = trial.survives(mutant, files[mutant.file])
            except Hung:
                hung += 1
                continue
            if changed is None:
                continue
            tried, killed = tried + 1, killed + (not changed)
            if changed:
                print(f"{mutant.file.relative_to(trial.copy)}:{mutant.line}\n{changed}", flush=True)
    share = killed / max(tried, 1)
    print(f"{asked.room}: {killed} of {tried} killed ({share:.0%}), {hung} hung", flush=True)


if __name__ == "__main__":
    main()
