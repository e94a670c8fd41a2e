"""What a library learns from its staff is measured with each document left out."""

from __future__ import annotations

from benchmarks.describing import SETS, Document, as_if_confirmed, scores
from library.core.resource import Evidence, Page, Said, Statement
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


def test_what_is_right_too_counts_neither_way_and_none_may_be_right() -> None:
    labels = {**dict.fromkeys(("kind", *SETS, "title", "date", "language"), "")}
    labels |= {"kind": "-", "audience": "members", "audience_also": "organisers"}
    one = Document("a.txt", "A choir", labels, Said(), (Page(1, "We sing."),))
    evidence = (Evidence(1, "words"),)
    said = [
        Statement("kind", "guide", "guess", evidence, 0.6),
        Statement("audience", ("members", "organisers", "leaders"), "guess", evidence, 0.6),
    ]
    counted = scores([one], {"a.txt": said})
    assert (counted["kind"].right, counted["kind"].wrong, counted["kind"].missing) == (0, 1, 0)
    assert (counted["audience"].right, counted["audience"].wrong) == (1, 1)
    assert scores([one], {"a.txt": []})["kind"].missing == 0
