"""Files of each kind that strangers bring are read, or it is said what was not."""

from __future__ import annotations

import pytest

from tests.kinds import KINDS
from tests.kinds.case import Case, faults

CASES = [
    pytest.param(case, id=f"{kind} {place}")
    for kind, cases in KINDS.items()
    for place, case in enumerate(cases, 1)
]


@pytest.mark.parametrize("case", CASES)
def test_it_is_read_or_said(case: Case) -> None:
    assert faults(case) == []
