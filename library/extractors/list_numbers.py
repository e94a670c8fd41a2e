"""The markers of numbered lists, counted as word processors count them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LEVELS = 10
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is marked. `pattern` has %1 for the first level's number, …"""

    style: str = ""  # decimal, roman, ROMAN, letter, LETTER; "" has no number
    pattern: str = ""
    start: int = 1


@dataclass(slots=True)
class Counter:
    """Counts the items of one list, level by level."""

    levels: Mapping[int, Level]
    counts: dict[int, int] = field(default_factory=dict)

    def marker(self, level: int) -> str:
        """The marker of the next item at a level (from 0); "" for a bullet."""
        here = self.levels.get(level, Level())
        self.counts[level] = self.counts.get(level, here.start - 1) + 1
        for deeper in [other for other in self.counts if other > level]:
            del self.counts[deeper]
        if not here.style:
            return ""
        text = here.pattern
        for other in range(min(level, LEVELS - 1), -1, -1):
            if f"%{other + 1}" in text:
                its_level = self.levels.get(other, Level())
                written = shown(
                    self.counts.get(other, its_level.start), its_level.style or "decimal"
                )
                text = text.replace(f"%{other + 1}", written)
        return text.strip()[:20]


def shown(count: int, style: str) -> str:
    """A number in one of the styles of lists: `iv` for 4 in roman."""
    match style.lower():
        case "roman" if 0 < count < 4_000:
            text = ""
            for value, letters in ROMAN:
                text += letters * (count // value)
                count %= value
        case "letter" if 0 < count <= 780:
            text = chr(97 + (count - 1) % 26) * (1 + (count - 1) // 26)
        case _:
            return str(count)
    return text.upper() if style.isupper() else text
