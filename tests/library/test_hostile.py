"""Files that patterns took for ever over come in beside good ones, and stop none of them."""

from __future__ import annotations

from pathlib import Path

from library.core.resource import Outcome
from library.ingestion.pipeline import Ended
from tests.library.ingestion.bringing import bring_in, found, sheet

COMMENTED = "<!-- image -->\n" * 40 + "# Engines of change\n\nA toolkit on childcare and lorries.\n"
HOSTILE = {
    "comments.md": COMMENTED,
    "digits-1.txt": "7" * 1_000,
    "digits-4.txt": "7" * 4_000,
    "digits-20.txt": "7" * 20_000,
    "brackets.md": "[" * 200_000,
    "entities.md": "&" * 200_000,
    "addresses.md": "a@" * 1_000_000,
    "addresses.txt": "a@" * 1_000_000,
}


def test_hostile_texts_stop_no_other(library, inbox: Path) -> None:  # type: ignore[no-untyped-def]
    for name, text in HOSTILE.items():
        (inbox / name).write_text(text, encoding="utf-8")
    for number in range(4):
        (inbox / f"good-{number}.pdf").write_bytes(sheet(f"Zebra crossing {number}"))
    ended: dict[str, Ended] = bring_in(library, inbox)
    assert set(ended) == {*HOSTILE, *(f"good-{number}.pdf" for number in range(4))}
    assert all(ended[f"good-{number}.pdf"].outcome is Outcome.ADDED for number in range(4))
    assert len(found(library, "zebra")) == 4
    assert ended["comments.md"].outcome is Outcome.ADDED
    assert len(found(library, "lorries")) == 1
