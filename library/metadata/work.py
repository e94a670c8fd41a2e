"""How much a text speaks of work: the words of sessions, members and rights mean other things in a
recipe, a parish's letter or a program's help."""

from __future__ import annotations

import re

ENOUGH = 1.5  # words of work in 1,000, from which a text speaks of it
MOSTLY = 15.0  # from which it speaks of little else
LEAST = 100  # words that a text is counted as having

_WORK = re.compile(
    r"\b(?:workers?|working|employ\w{2,9}|labou?r|unions?|wages?|jobs?|workplaces?|traders?|vendors?"
    r"|co-?operatives?|co-?ops?|salar(?:y|ies)|overtime|days? off|boss(?:es)?"
    r"|trabaj\w{1,9}|laboral\w{0,3}|emple\w{1,8}|sindica\w{1,6}|salari\w{1,4}|vendedor\w{0,3}"
    r"|cooperativ\w{1,4}|obrer[oa]s?"
    r"|travail\w{0,7}|salarié\w{0,3}|syndica\w{1,6}|emplois?|vendeu\w{1,4}|coopérati\w{1,4}|ouvri(?:er|ère)s?"
    r"|trabalh\w{1,9}|empreg\w{1,6}|salári\w{1,3}|ambulantes?|catador\w{0,3}|operári[oa]s?)\b"
    r"|عمال|عامل|العمل|نقاب|أجور|تعاوني|मज़?दूर|श्रमिक|कामगार|यूनियन|काम|वेतन|सहकारी",
    re.IGNORECASE,
)


def counted(text: str) -> int:
    """How many of its words are words of work."""
    return sum(1 for _ in _WORK.finditer(text))


def density(times: int, words: int) -> float:
    """Words of work in 1,000."""
    return 1000 * times / max(words, LEAST)
