"""The catalogue as it is opened, read and changed: whole or not at all, one after the other."""

from __future__ import annotations

import threading

import pytest

from library.catalogue import Catalogue
from tests import needs
from tests.library.catalogue.builders import edition, put


def test_a_transaction_is_kept_whole_or_not_at_all(catalogue: Catalogue) -> None:
    with pytest.raises(RuntimeError), catalogue.write() as writer:
        writer.store_original("a" * 64, 1, "a.pdf")
        raise RuntimeError
    assert catalogue.original("a" * 64) is None


def test_threads_write_one_after_the_other(catalogue: Catalogue) -> None:
    def store(number: int) -> None:
        for n in range(5):
            put(catalogue, edition(f"{number}{n}", title=f"Title {number}"))

    threads = [threading.Thread(target=store, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert catalogue.totals().resources == 30
    assert len({slug for slug, _ in catalogue.slugs()}) == 30


@needs.SQLITE
def test_the_database_is_durable_and_strict(catalogue: Catalogue) -> None:
    with catalogue.read() as conn:
        told = {
            name: conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 15000,
    }
    assert catalogue.faults() == []
