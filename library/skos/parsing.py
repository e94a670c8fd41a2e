"""A stranger's SKOS parsed beside whoever asks for it, in a confined process with a deadline.

What comes back is believed no more than the file was: plain values of the right shape, or nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from library.core.errors import Damaged, InputError, TooSlow, by_reason
from library.core.messages import message_of
from library.skos.facts import Facts, Value

SECONDS = 60.0  # by the clock, which on a busy computer goes faster than the child


def parsed(content: bytes, format: str, name: str = "SKOS") -> Facts:
    """What a file says. Raises Damaged, TooSlow."""
    command = [sys.executable, "-m", "library.skos.child", format, str(os.getpid())]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, check=False, env=_own()
        )
    except subprocess.TimeoutExpired:
        raise TooSlow("too slow", file=name) from None
    try:
        said = json.loads(done.stdout)
        if "facts" in said:
            return _facts(said["facts"])
        problem = _problem(said)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        detail = f"it ended with {done.returncode}"
        raise Damaged("skos unreadable", format=format, detail=detail) from None
    raise problem


def _own() -> dict[str, str]:
    """Its environment: where our code is, and nothing of what the site was told."""
    return {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "LC_ALL": "C.UTF-8"}


def _facts(said: Any) -> Facts:
    return {
        _text(subject): {
            _text(predicate): tuple(map(_value, values)) for predicate, values in named.items()
        }
        for subject, named in said.items()
    }


def _value(value: Any) -> Value:
    kind, text, language = value
    if kind not in ("uri", "text"):
        raise ValueError(kind)
    return kind, _text(text), _text(language)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


def _problem(said: Any) -> InputError:
    message = message_of(said["message"])
    return by_reason(said["reason"])(message.code, **message.values)
