"""What a library learns from its staff is measured with each document left out."""

from __future__ import annotations

from benchmarks.describing import Document, as_if_confirmed
from library.core.resource import Evidence, Said, Statement
from library.metadata import decide, experience

NOT_LABELLED = dict.fromkeys(experience.LEARNED, "")


def document(name: str, audience: str) -> Document:
    return Document(name, "A union", {**NOT_LABELLED, "audience": audience}, Said(), ())


def guessed(audience: str) -> list[Statement]:
    return [Statement("audience", (audience,), "guess", (Evidence(1, "words"),), 0.25)]


def test_a_document_learns_from_all_others_and_never_from_itself() -> None:
    others = [document(f"{number}.txt", "educators") for number in range(2 * experience.ENOUGH)]
    alone = document("alone.txt", "leaders")
    said = {one.name: guessed(one.labels["audience"]) for one in (*others, alone)}
    learned = as_if_confirmed([*others, alone], said)
    assert decide(learned["0.txt"])["audience"].value == ("educators",)
    # Nobody but itself says that such a guess of leaders is right.
    shown = decide(learned["alone.txt"]).get("audience")
    assert shown is None or "leaders" not in shown.value
