"""What differs between the databases that a catalogue may be kept in, in one row for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from library.catalogue.storage import postgres, sqlite
from library.core.errors import UsageError


@dataclass(frozen=True, slots=True)
class Backend:
    """One kind of database, spoken to by one driver.

    prepare: transactions of an engine see one moment, and those that write wait for each other.
    install: what its tables need that no migration says, after each. faults: what it says is wrong
    with itself. size: bytes that it takes.
    """

    driver: str
    prepare: Callable[[Engine], None]
    install: Callable[[Connection], None]
    faults: Callable[[Connection], list[str]]
    size: Callable[[Connection], int]


BACKENDS: Mapping[str, Backend] = {
    "sqlite": Backend("pysqlite", sqlite.prepare, sqlite.install, sqlite.faults, sqlite.size),
    "postgresql": Backend(
        "psycopg", postgres.prepare, postgres.install, postgres.faults, postgres.size
    ),
}


def backend_of(name: str, driver: str = "") -> Backend:
    """The row of a database by its name, and its driver if any is named, in an address.

    Raises UsageError for any other.
    """
    backend = BACKENDS.get(name)
    if backend is None or driver not in ("", backend.driver):
        known = ", ".join(f"{name}+{one.driver}" for name, one in BACKENDS.items())
        written = "+".join(filter(None, (name, driver)))
        raise UsageError("setting", name="LIBRARY_DATABASE", value=written, known=known)
    return backend
