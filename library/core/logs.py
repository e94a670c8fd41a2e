"""What happened, for whoever runs the library: by the standard library, one line an event.

A line has a moment, a level, the name of the event and its facts, as text (`name=value`) or JSON. A
fault carries an identifier of eight characters, which whoever met it is told too. Never in a line:
who asked, what was looked for, and what is secret.
"""

from __future__ import annotations

import json
import logging
import os
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from library.core.errors import UsageError

FORMATS = ("text", "json")
LEVELS = ("debug", "info", "warning", "error")
LONGEST = 20_000  # characters of one fact; the end of a traceback says most
SHORTEST = 3  # characters that are hidden; shorter ones would hide half of every line
HIDDEN = "…"

_LOGGER = logging.getLogger("library")
_NOTED = "__library_fault__"  # the attribute of an exception that was logged already
_FACTS = "library_facts"


@dataclass(frozen=True, slots=True)
class Told:
    """A fault that was noted: its identifier, and where the rest of it stands."""

    id: str
    where: str


def chosen(value: str) -> tuple[str, str]:
    """Format and level of a setting such as `json warning`. Raises UsageError."""
    parts = value.lower().split()
    formats = [part for part in parts if part in FORMATS]
    levels = [part for part in parts if part in LEVELS]
    if len(formats) > 1 or len(levels) > 1 or len(formats) + len(levels) != len(parts):
        raise UsageError(
            "setting of logs", value=value, formats=", ".join(FORMATS), levels=", ".join(LEVELS)
        )
    return (formats or ["text"])[0], (levels or ["info"])[0]


def begin(setting: str, stream: TextIO, hide: Sequence[str] = ()) -> None:
    """Write events to a stream from now on. `hide`: secrets of the settings, in no line.

    What other packages say is written as well, from warnings on. Raises UsageError.
    """
    shape, level = chosen(setting)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines(shape, hide))
    handler.addFilter(_is_news)
    root = logging.getLogger()
    for old in root.handlers[:]:
        if isinstance(old.formatter, Lines):
            root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(max(logging.WARNING, getattr(logging, level.upper())))
    _LOGGER.setLevel(level.upper())
    threading.excepthook = _of_thread


def event(name: str, level: str = "info", **facts: object) -> None:
    """Log something that happened. `name`: a noun and what became of it, such as `worker ended`."""
    _LOGGER.log(getattr(logging, level.upper()), name, extra={_FACTS: facts})


def identifier() -> str:
    """A new one, short enough to be read out on the telephone."""
    return os.urandom(4).hex()


def fault(error: BaseException, id: str = "", *, hide: Sequence[str] = (), **facts: object) -> Told:
    """Log a fault of ours with its traceback, once; where nothing is logged, into a file.

    `hide`: what must not be in the line, such as what a reader looked for.
    """
    known: str = getattr(error, _NOTED, "")
    if known:
        return Told(known, "the log")
    id = id or identifier()
    facts = {"id": id, "type": type(error).__name__, **facts, "traceback": _traced(error, hide)}
    if not _is_begun():
        return Told(id, str(_note(id, error)))
    event("fault", "error", **facts)
    mark(error, id)
    return Told(id, "the log")


def mark(error: BaseException, id: str) -> None:
    """Remember that an exception was logged, so that nobody does it again."""
    with suppress(AttributeError):  # of a class with slots: then it stands in the log twice
        setattr(error, _NOTED, id)


def refused(error: BaseException, id: str, *, hide: Sequence[str] = (), **facts: object) -> None:
    """Log that something could not be done for a reason of the library's: busy, full, unusable."""
    event(
        "not served",
        "warning",
        id=id,
        type=type(error).__name__,
        **facts,
        traceback=_traced(error, hide),
    )
    mark(error, id)


class Lines(logging.Formatter):
    """One line an event, whatever is in it."""

    def __init__(self, shape: str, hide: Sequence[str] = ()) -> None:
        super().__init__()
        self._shape = shape
        self._hide = tuple(secret for secret in hide if secret)

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        facts: dict[str, object] = dict(getattr(record, _FACTS, {}))
        if not hasattr(record, _FACTS):
            facts["logger"] = record.name
        if record.exc_info and record.exc_info[1]:
            facts["traceback"] = _traced(record.exc_info[1])
        entry = {"at": at, "level": record.levelname.lower(), "event": record.getMessage()}
        entry |= {name: self._plain(value) for name, value in facts.items()}
        hidden = {
            name: _without(value, self._hide) if isinstance(value, str) else value
            for name, value in entry.items()
        }
        if self._shape == "json":
            return json.dumps(hidden, ensure_ascii=False)
        first = f"{hidden.pop('at')} {hidden.pop('level')} {_on_one_line(hidden.pop('event'))}"
        return " ".join([first, *(f"{name}={_quoted(value)}" for name, value in hidden.items())])

    def _plain(self, value: object) -> Any:
        if isinstance(value, int | float) or value is None:
            return value
        return str(value)[-LONGEST:]


def _of_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None:
        fault(ended.exc_value, thread=ended.thread.name if ended.thread else "")


def _is_begun() -> bool:
    return any(isinstance(handler.formatter, Lines) for handler in logging.getLogger().handlers)


def _is_news(record: logging.LogRecord) -> bool:
    """A web server logs again what was answered with a page and logged by then."""
    error = record.exc_info[1] if record.exc_info else None
    return not getattr(error, _NOTED, "")


def _traced(error: BaseException, hide: Sequence[str] = ()) -> str:
    return _without("".join(traceback.format_exception(error)), hide)


def _without(text: str, hide: Sequence[str]) -> str:
    for secret in sorted(hide, key=len, reverse=True):
        if len(secret) >= SHORTEST:
            text = text.replace(secret, HIDDEN)
    return text


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(value: object) -> str:
    text = str(value)
    bare = text.isascii() and text.isprintable() and not set(text) & set(' "=\\')
    return text if text and bare else json.dumps(text, ensure_ascii=False)


def _note(id: str, error: BaseException) -> Path:
    """The details of a fault, in a file: for whoever mends it, not for whoever met it."""
    import tempfile  # which most commands need not load

    handle, name = tempfile.mkstemp(prefix=f"library-fault-{id}-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
        file.writelines(traceback.format_exception(error))
    return Path(name)
