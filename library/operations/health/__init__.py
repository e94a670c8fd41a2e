"""Whether the library is well: what there is to know of each part of it, as values."""

from library.operations.health.collect import look_at, nobody
from library.operations.health.parts import (
    Chain,
    Confinement,
    Copies,
    Disk,
    Fixity,
    Health,
    Index,
    Packages,
    Queue,
    Rows,
    Speed,
    State,
    Whole,
)

__all__ = [
    "Chain",
    "Confinement",
    "Copies",
    "Disk",
    "Fixity",
    "Health",
    "Index",
    "Packages",
    "Queue",
    "Rows",
    "Speed",
    "State",
    "Whole",
    "look_at",
    "nobody",
]
