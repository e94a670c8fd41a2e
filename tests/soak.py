"""How long the tests go on that draw their own cases: briefly, or as LIBRARY_SOAK says."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

SOAK = int(os.environ.get("LIBRARY_SOAK") or 0)  # times as many cases


def cases(briefly: int, steps: int = 20) -> settings:
    """So many cases, of so many steps where there are any; each time the same but in a soak."""
    return settings(
        max_examples=briefly * max(1, SOAK),
        stateful_step_count=steps,
        deadline=None,
        derandomize=not SOAK,
        suppress_health_check=list(HealthCheck),
    )
