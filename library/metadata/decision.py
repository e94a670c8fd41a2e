"""From many statements, the one to believe of each field."""

from __future__ import annotations

from collections.abc import Iterable

from library.core.resource import Statement

BELIEVED = 0.3
"""A guess less sure than this stays a suggestion: no value is better than a wrong one."""


def decide(statements: Iterable[Statement]) -> dict[str, Statement]:
    """The statement to believe of each field: staff's word, else the surest.

    A field of which nothing believable was said is absent, and so is one that staff say is empty.
    Of equals the earlier wins.
    """
    best: dict[str, Statement] = {}
    for statement in statements:
        if not _believable(statement):
            continue
        known = best.get(statement.field)
        if known is None or _rank(statement) > _rank(known):
            best[statement.field] = statement
    return {
        field: statement for field, statement in best.items() if statement.value not in ("", ())
    }


def _believable(statement: Statement) -> bool:
    if statement.source == "staff":
        return True
    return statement.value not in ("", ()) and statement.confidence >= BELIEVED


def _rank(statement: Statement) -> tuple[bool, float]:
    return statement.source == "staff", statement.confidence
