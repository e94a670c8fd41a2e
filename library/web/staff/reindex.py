"""The index follows a change at once: what is withdrawn is gone from counts and spelling too."""

from __future__ import annotations

import time

from index.engine import SearchError
from library.catalogue.queue import tasks
from library.core.errors import LibraryError
from library.search import indexer
from library.web.staff.desk import Desk

PATIENCE = 3.0  # seconds to wait for the index while another process writes it
SOON = 64  # resources that the index follows at once; of more the worker takes care


def follow(desk: Desk, *ids: str) -> None:
    """Let the index follow at once; where it cannot, the worker does it in a moment."""
    if not ids:
        return
    site, end = desk.site, time.monotonic() + PATIENCE
    try:
        while not indexer.bring_up_to_date(
            site.catalogue, site.engine, site.vocabularies, among=ids
        ):
            if time.monotonic() > end or not _owed(desk, ids):
                return
            time.sleep(0.05)
    except (SearchError, LibraryError):
        return


def follow_all(desk: Desk) -> None:
    """The same for all that is owed, as far as that is done in a moment: the worker does the rest.

    The vocabularies it needs are read when the tasks are taken.
    """
    site, end = desk.site, time.monotonic() + PATIENCE
    try:
        while time.monotonic() < end and indexer.bring_up_to_date(
            site.catalogue, site.engine, site.vocabularies
        ):
            pass
    except (SearchError, LibraryError):
        return


def _owed(desk: Desk, ids: tuple[str, ...]) -> bool:
    return not desk.site.catalogue.ask(tasks.subjects, "index").isdisjoint(ids)
