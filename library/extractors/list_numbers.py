"""The markers of numbered lists, counted as word processors count them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LEVELS = 10
DIGITS = {"devanagari": "०१२३४५६७८९", "thai": "๐๑๒๓๔๕๖๗๘๙"}
CHICAGO = "*†‡§"
CHINESE = "零一二三四五六七八九"
# The letters that lists are counted with, as long as they last; digits go on from there.
SIGNS = {
    "arabic": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "abjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "hebrew": "אבגדהוזחטי",
    "russian": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "consonants": "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह",
    "thai letters": "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "ganada": "가나다라마바사아자차카타파하",
    "aiueo": "アイウエオカキクケコサシスセソタチツテトナニヌ"
    "ネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
}
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is marked. `pattern` has %1 for the first level's number, …"""

    style: str = ""  # decimal, zero, roman, ROMAN, letter, LETTER, or one of SIGNS; "" is a bullet
    pattern: str = ""
    start: int = 1
    plain: bool = False  # the numbers of the levels above it are written in digits, as in laws


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
                style = "decimal" if here.plain else its_level.style or "decimal"
                written = shown(self.counts.get(other, its_level.start), style)
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
        case "zero":
            return f"{count:02}"
        case "devanagari" | "thai":
            return "".join(DIGITS[style][int(digit)] for digit in str(max(0, count)))
        case "chinese" if 0 < count < 100:
            return _chinese(count)
        case "chicago" if 0 < count <= 4 * len(CHICAGO):
            return CHICAGO[(count - 1) % len(CHICAGO)] * (1 + (count - 1) // len(CHICAGO))
        case name if name in SIGNS and 0 < count <= len(SIGNS[name]):
            text = SIGNS[name][count - 1]
        case _:
            return str(count)
    return text.upper() if style.isupper() else text


def _chinese(count: int) -> str:
    tens, ones = divmod(count, 10)
    written = f"{CHINESE[tens] if tens > 1 else ''}十" if tens else ""
    return written + (CHINESE[ones] if ones else "")
