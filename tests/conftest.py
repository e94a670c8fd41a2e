"""In which order files of tests are begun; and where LIBRARY_TEST_DATABASE=postgresql, catalogues
are kept in a server of that.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import needs, postgres

LONG = (
    "library/cli/test_commands.py",
    "library/cli/test_grace.py",
    "library/web/test_real_documents.py",
    "library/web/staff/arrivals/test_broken_line.py",
    "library/web/staff/test_hidden.py",
    "opensearch/test_opensearch.py",
    "library/web/test_accessible.py",
    "library/web/staff/test_walk.py",
    "library/web/staff/test_accessible.py",
    "library/ingestion/test_kills.py",
    "library/web/staff/test_browser.py",
    "change/test_packages.py",
    "library/core/test_permissions.py",
    "library/ingestion/test_scans.py",
    "library/ingestion/test_description.py",
    "library/web/staff/test_narrow.py",
    "library/ingestion/test_undescribed.py",
)
"""Files that take a minute or so, the longest first: begun before all others, so that no process
is left alone with one at the end."""


def pytest_configure(config: pytest.Config) -> None:
    if needs.postgres_wanted():  # tests leave catalogues open in many ways; a server does not mind
        config.addinivalue_line(
            "filterwarnings", "ignore:.*was deleted while still open:ResourceWarning"
        )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if needs.postgres_wanted():  # what a browser shows does not hang on where a catalogue is kept
        shown = [one for one in items if "browser" in getattr(one, "fixturenames", ())]
        config.hook.pytest_deselected(items=shown)
        items[:] = [one for one in items if one not in shown]
    here = {needs.ROOT / "tests" / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: here.get(item.path, len(LONG)))


@pytest.fixture(scope="session", autouse=True)
def _database() -> Iterator[None]:
    if not needs.postgres_wanted():
        yield
        return
    with postgres.instead_of_sqlite():
        yield
