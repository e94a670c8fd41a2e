"""The revisions of the catalogue's tables, told by the files that make them."""

from __future__ import annotations

from pathlib import Path

MIGRATIONS = Path(__file__).parent / "migrations"
TABLE = "alembic_version"


def newest() -> str:
    """The revision of this code: the number that the last file of migrations begins with."""
    return max(every())


def every() -> frozenset[str]:
    """All that this code knows."""
    files = (MIGRATIONS / "versions").glob("[0-9]*_*.py")
    return frozenset(path.name.partition("_")[0] for path in files)
