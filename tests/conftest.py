"""Where LIBRARY_TEST_DATABASE=postgresql, catalogues are kept in a server of that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import needs, postgres


@pytest.fixture(scope="session", autouse=True)
def _database() -> Iterator[None]:
    if not needs.postgres_wanted():
        yield
        return
    with postgres.instead_of_sqlite():
        yield
