"""Why documents are proposed as alike is always said, and once of those that are all the same."""

from __future__ import annotations

from dataclasses import replace

from library.catalogue.editions.likenesses import Likeness
from library.core.resource import Edition
from library.operations.check import _in_common, grouped


def test_a_pair_without_common_names_still_has_a_reason() -> None:
    one = Edition(
        id="1", language="en", title="A", sha256="0" * 64, media_type="text/plain",
        filename="guide-en.txt", bytes=1, pages=1,
    )  # fmt: skip
    other = replace(one, id="2", language="es", filename="guide-es.txt")
    pair = Likeness("1", "2", "translation", 0.6)
    assert _in_common(pair, one, other) == "their files have the same name but for the language"
    third = replace(other, filename="manual.txt")
    assert "follow one another" in _in_common(pair, one, third)
    named = Likeness("1", "2", "translation", 0.6, shared=("Harbour", "1987"))
    assert _in_common(named, one, other) == "both name Harbour, 1987"


def test_pairs_that_hang_together_are_one_group() -> None:
    stubs = [("d", "a"), ("b", "c"), ("c", "d"), ("x", "y")]
    assert grouped(stubs) == [["a", "b", "c", "d"]]
    assert grouped([]) == []
