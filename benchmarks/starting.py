"""`python -m benchmarks.starting HOME`: what a command costs from its start to its answer.

Processor seconds, the least and the median of some runs, of `library search`, `library --help` and
`library user list` over HOME, beside what Python, numpy and SQLAlchemy cost alone in the same run;
then, of one search, what loading each package takes of it.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

WORDS = ("domestic", "workers", "contract")
COMMANDS: Mapping[str, Sequence[str]] = {
    "library search, JSON": ("-m", "library", "search", *WORDS, "--json"),
    "library search": ("-m", "library", "search", *WORDS),
    "library --help": ("-m", "library", "--help"),
    "library user list": ("-m", "library", "user", "list"),
    "Python alone": ("-c", "pass"),
    "numpy alone": ("-c", "import numpy"),
    "SQLAlchemy alone": ("-c", "import sqlalchemy.dialects.sqlite"),
}
SHARES = """
import importlib._bootstrap as loading, sys, time
took, within, load = {}, [], loading._find_and_load
def timed(name, import_):
    began = time.process_time()
    within.append(0.0)
    try:
        return load(name, import_)
    finally:
        spent = time.process_time() - began
        package = ".".join(name.split(".")[: 2 if name.startswith(("library", "index")) else 1])
        took[package] = took.get(package, 0.0) + spent - within.pop()
        if within:
            within[-1] += spent
loading._find_and_load = timed
from library.cli.command_line import commands
commands.main(sys.argv[1:], prog_name="library", standalone_mode=False)
whole = time.process_time()
print(f"{1000 * whole:.0f} ms, {1000 * sum(took.values()):.0f} of them loading", file=sys.stderr)
for package, spent in sorted(took.items(), key=lambda pair: -pair[1])[:12]:
    print(f"  {1000 * spent:5.0f} ms {100 * spent / whole:3.0f} %  {package}", file=sys.stderr)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--times", type=int, default=7)
    chosen = parser.parse_args()
    os.environ |= {"LIBRARY_HOME": str(chosen.home.resolve()), "OPENBLAS_NUM_THREADS": "1"}
    for name, words in COMMANDS.items():
        spent(words)  # what is kept for the next one is there then
        took = [spent(words) for _ in range(chosen.times)]
        least, middle = min(took), statistics.median(took)
        print(f"{name:22} least {least:.3f} s, median {middle:.3f} s", flush=True)
    done = subprocess.run(
        [sys.executable, "-c", SHARES, "search", *WORDS, "--json"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    print(f"\nOf one search: {done.stderr}")


def spent(words: Sequence[str]) -> float:
    """Seconds of processor that a process took."""
    before = children()
    subprocess.run([sys.executable, *words], stdout=subprocess.DEVNULL, check=True)
    return children() - before


def children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
