"""Each module of the catalogue has a place where it is tried."""

from __future__ import annotations

import pytest

from tests.library.catalogue import places
from tests.needs import ROOT


@pytest.mark.parametrize("module", places.modules())
def test_a_module_has_its_tests(module: str) -> None:
    tests = places.tests_of(module)
    assert all((ROOT / one).exists() for one in tests)
    assert bool(tests) is (module not in places.NOTHING_OF_ITS_OWN)


def test_no_place_is_named_for_what_is_not_there() -> None:
    named = places.ELSEWHERE.keys() | places.NOTHING_OF_ITS_OWN
    assert named <= set(places.modules())
