"""What is said of one part of the library, gathered sentence by sentence."""

from __future__ import annotations

from library.web.staff.health.viewmodels import Sheet, Step


def apart(text: object) -> str:
    """A path, a size or a fault within a sentence of any direction (Unicode's isolates)."""
    return f"\u2068{text}\u2069"


class Words:
    """Facts, what is to be done, and the commands that do it."""

    def __init__(self, anchor: str, title: str, means: str) -> None:
        self.anchor, self.title, self.means = anchor, title, means
        self.facts: list[str] = []
        self.steps: list[Step] = []
        self.sheet: Sheet | None = None

    def do(self, sentence: str, *commands: str) -> None:
        self.steps.append(Step(sentence, commands))
