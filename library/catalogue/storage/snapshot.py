"""One moment of the catalogue, of which questions are asked: whoever asks sees no connection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

__all__ = ["Connection", "P", "Question", "Snapshot", "T"]

P = ParamSpec("P")
T = TypeVar("T")

Question = Callable[Concatenate[Connection, P], T]
"""A function of the catalogue: what it asks the database, and what it makes of the answer."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One transaction: all that is asked in it is answered as of the same moment."""

    conn: Connection

    def ask(self, question: Question[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of one question, as `ask(history.last, subject)`."""
        return question(self.conn, *args, **kwargs)
