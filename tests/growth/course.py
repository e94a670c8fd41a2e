"""A child process in which texts grow, and the time they take is held against their length.

Each line on standard input is a JSON job; each line on standard output says what is tried next or
what came of it. A course that takes SECONDS of the processor ends the child, whatever holds the
interpreter, so the parent knows by the last line what froze, and begins another child for the next
job. Time is the processor's, so a machine with much to do does not make a text slow.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any

import regex

ROOT = Path(__file__).resolve().parents[2]

FLOOR = 0.25  # seconds: below it a busy machine tells more of itself than of a pattern
STEP = 4  # each text is so many times as long as the one before
STEEP = 8  # a text four times as long takes four times as long; sixteen times where it is squared
ENOUGH = 0.004  # seconds for the text before the last: were it cubed, the last would take FLOOR
SIEVE = 2_048  # characters that are tried first
QUICK = 0.0008  # seconds for them: squared at a step each nanosecond, they take more
LINEAR = 4.6  # times as long for STEP times the text, and what is not in step shows in none of it
SECONDS = 8  # of the processor, for one course
PATTERN_SIZES = (32, 128, 512, 2_048, 8_192, 32_768)

Make = Callable[[int], Any]


def steep(run: Callable[[Any], object], make: Make, sizes: Sequence[int]) -> str:
    """What is wrong with how the time grows, or nothing."""
    before, last = 0.0, len(sizes) - 1
    for at, size in enumerate(sizes):
        text = make(size)
        took = _took(run, text)
        if took > FLOOR and before and took > STEEP * before:
            shorter = make(sizes[at - 1])
            before = max(before, *(_took(run, shorter) for _ in range(3)))
            took = min(took, *(_took(run, text) for _ in range(2 if took < 1 else 1)))
            if took > FLOOR and took > STEEP * before:
                return f"{sizes[at - 1]} characters {before:.3f} s, {size} {took:.3f} s"
        if at == last - 1 and took < ENOUGH:
            return ""
        before = took
    return ""


def _is_plain(run: Callable[[Any], object], make: Make) -> bool:
    """Whether a short text tells already that time goes in step with it."""
    before = _took(run, make(SIEVE))
    return before < QUICK or _took(run, make(SIEVE * STEP)) < LINEAR * before


def _took(run: Callable[[Any], object], text: Any) -> float:
    began = time.process_time()
    run(text)
    return time.process_time() - began


def _maker(attack: Sequence[str], binary: bool = False) -> Make:
    first, part, last = attack

    def make(size: int) -> Any:
        text = first + part * (size // len(part)) + last
        return text.encode("latin-1", "replace") if binary else text

    return make


def _courses(
    job: dict[str, Any],
) -> Iterator[tuple[object, str, Callable[[Any], object], Make, Any]]:
    """(key, name, what is run, what makes its text, the sizes) of each course of a job."""
    if "call" in job:
        module, _, name = job["call"].partition(":")
        run = getattr(importlib.import_module(module), name)
        for number, attack in enumerate(job["attacks"]):
            yield number, f"{job['call']} on {attack}", run, _maker(attack), job["sizes"]
        return
    for one in job["patterns"]:
        binary, source = one["binary"], one["source"]
        pattern = _compiled(one["engine"], source, binary, one["flags"])
        for method in one["methods"]:
            for attack in one["attacks"]:
                name = f"{one['where']} .{method}() {source!r} on {attack}"
                key = one["where"], source, method
                run = _asked(pattern, method, binary)
                yield key, name, run, _maker(attack, binary), PATTERN_SIZES


@cache
def _compiled(engine: str, source: str, binary: bool, flags: int) -> Any:
    made: Any = {"re": re, "regex": regex}[engine]
    return made.compile(source.encode("latin-1") if binary else source, flags)


def _asked(pattern: Any, method: str, binary: bool) -> Callable[[Any], object]:
    if method in ("sub", "subn"):
        return lambda text: getattr(pattern, method)(b" " if binary else " ", text)
    if method == "finditer":
        return lambda text: sum(1 for _ in pattern.finditer(text))
    if method == "scanner":
        return lambda text: sum(1 for _ in iter(pattern.scanner(text).match, None))
    return lambda text: getattr(pattern, method)(text)


def main() -> None:
    """Run the jobs that stand on standard input."""
    for line in sys.stdin:
        done: set[object] = set()
        job = json.loads(line)
        for key, name, run, make, sizes in _courses(job):
            if key in done:
                continue  # one fault of a pattern is enough, and each takes long
            _say("try", name)
            # Nothing catches it: it ends the child.
            signal.setitimer(signal.ITIMER_PROF, job.get("seconds", SECONDS))
            plain = sizes is PATTERN_SIZES and _is_plain(run, make)
            wrong = "" if plain else steep(run, make, sizes)
            signal.setitimer(signal.ITIMER_PROF, 0)
            if wrong:
                done.add(key)
                _say("bad", f"{name}: {wrong}")
        _say("end", "")


def _say(word: str, rest: str) -> None:
    sys.stdout.write(f"{word} {json.dumps(rest)}\n")
    sys.stdout.flush()


@cache
def _child() -> tuple[subprocess.Popen[str], IO[bytes]]:
    """A child for all jobs until one freezes it, and what it says on standard error."""
    told = tempfile.TemporaryFile()  # noqa: SIM115
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.growth.course"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=told,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    atexit.register(_end, child, told)
    return child, told


def _end(child: subprocess.Popen[str], told: IO[bytes]) -> None:
    child.communicate()
    told.close()


def faults(job: dict[str, Any]) -> list[str]:
    """What grows too fast in a job, run in a child; the course that froze is named too."""
    child, told = _child()
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(json.dumps(job) + "\n")
    child.stdin.flush()
    wrong, tried = list[str](), ""
    for line in child.stdout:
        word, _, rest = line.partition(" ")
        if word == "end":
            return wrong
        if word == "bad":
            wrong.append(json.loads(rest))
        tried = rest
    _child.cache_clear()
    if child.wait() == -signal.SIGPROF:
        return [*wrong, f"{json.loads(tried)}: over {job.get('seconds', SECONDS)} s"]
    told.seek(0)
    return [*wrong, told.read()[-2000:].decode() or "nothing was said"]


if __name__ == "__main__":
    main()
