"""Whether a hyphen at the end of a line is a compound's own, or one that cuts a word.

The document says it best: a compound is written whole elsewhere in it, or the word is. Where it
does not, parts of compounds that it writes with a hyphen elsewhere decide, and then a few hundred
parts that are nearly always written so, by us, in English, French, Spanish and Portuguese. In
doubt a word was cut: that is far more often so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

HYPHENS = "-\u2010\u00ad"
MOST = 200_000  # words that are remembered of one document
LONGEST = 60  # letters of a word that is remembered
AT_ONCE = 1_000  # lines of which the words are taken together
WORD = re.compile(r"[^\W\d_]+(?:['’\-\u2010][^\W\d_]+)*")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What is put before a word without a hyphen at least as often: these prove nothing.
PREFIXES = _set(
    "a an ab ad be bi co com con contra counter de dis em en ex extra fore im in inter intra "
    "ir macro mal mega meta micro mini mis mono multi neo out over para per poli poly post pre "
    "pro re retro sobre socio sub super sur tele trans tri ultra un under uni up down off on "
    "back by with any every no some them our your him her it my thy other auto anti agro bio "
    "des entre"
)
SUFFIXES = _set(
    "able al ally ance ed ence er ers es est ful hood ible ies ing ings ion ions ish ism ist "
    "ists ity ive less ly ment ments ness or ors ous s ship sion sions tion tions ty y ción "
    "ciones dad mente miento mientos do da dos das ção ções dade"
)

# Parts that stand before a hyphen, whatever word follows.
BEFORE = _set(
    "self non well quasi vice quatre sous demi quelques celui celle ceux celles peut pós pré recém "
    "bem além"
)
# Parts that stand before a hyphen where the document has what follows as a word of its own.
OFTEN_BEFORE = _set(
    "long short high low full part half cross all one two three four five six seven eight nine "
    "ten twenty thirty forty fifty sixty seventy eighty ninety first second third mid home "
    "street market work worker women gender rights health income cost tax trade labour labor "
    "job skill time wage fee gig user peer door face day year month week hard large small "
    "middle small-scale micro-scale open close fast slow old new young same ill much mi non ex "
    "sem segunda terça quarta quinta sexta meio mão porta avant après arrière contre mot chef "
    "rendez là nord sud est ouest norte sur sul leste norte this low-income third-party hand "
    "eye ready hands best better more most least"
)
# Parts that stand after a hyphen, whatever word (and no mere prefix) comes before.
AFTER = _set(
    "based term employed employment paid skilled made led owned related specific sensitive "
    "oriented friendly making building sharing saving raising organised organized run wide "
    "free scale range level quality sized century old year years hour hours day days week "
    "month minute time income risk cost profit governmental state standing reaching known "
    "being defined informed trained educated intentioned developed established documented up "
    "going called driven centred centered focused funded supported affected infected positive "
    "negative neutral responsive inclusive exclusive wage earning intensive efficient "
    "effective conscious aware generation generational depth date house site line job person "
    "party sector country border cultural sectional sectoral cutting check checking section "
    "like style type class born bound caste feira feiras vindo vinda vindos estar obra ci là "
    "même mêmes dessus dessous generating producing using holding keeping taking giving "
    "finding seeking"
)
# Wholes that the lists above would part.
WHOLE = _set(
    "without within into onto upon online offline website worksite lifetime sometime sometimes "
    "overtime meantime daytime nighttime maritime anytime today income outcome become "
    "warehouse household tradesperson chairperson spokesperson salesperson headline deadline "
    "guideline guidelines pipeline baseline timeline outline airline moreover however "
    "therefore highway highlight lowland midwife middle allow selfish nonsense nonetheless "
    "welfare bienestar homeless homeland parttime partake workplace workshop workshops worker "
    "workers marketplace healthcare timetable yearbook handbook handbooks facebook openness "
    "newspaper newspapers mother soustraire souscrire underpaid unpaid prepaid repaid "
    "unskilled unemployed unemployment underemployed underemployment homemade mankind handmade "
    "statewide nationwide worldwide countrywide childlike sunday monday tuesday wednesday "
    "thursday friday saturday birthday holiday yesterday everyday weekday midday upgrade "
    "instead outstanding understanding notwithstanding withstanding freestanding profile "
    "prototype stereotype subclass freestyle lifestyle lifestyles landowned"
)
CLITICS = _set("se me te lhe lhes nos vos")  # after a verb of Portuguese
OBJECTS = _set("lo la los las")  # after one that has lost its r and has an accent
ACCENTED = re.compile("[áêôí]$")
# "teórico-práctico", "jurídico-laboral": the first of two adjectives stays in -o.
ADJECTIVE = re.compile("(?:[iíóáé]c|[aá]ri|[ií]v|[áa]fic|[óo]gic)o$")
BETWEEN = _set("to of in by on the and de da do à")  # in the middle of "end-of-life", "day-to-day"
SUSPENDED = _set("and or und oder sowie bzw")  # "short- and long-term"


class Words:
    """The words of a document, as they are written where no line cuts them."""

    def __init__(self, text: str = "") -> None:
        self._seen: Counter[str] = Counter()
        self._before: Counter[str] = Counter()  # parts of compounds before their hyphen
        self._after: Counter[str] = Counter()
        if text:
            self.add(text.split("\n"))

    def add(self, lines: Iterable[str]) -> None:
        """Take the words of lines in their order, but for those that a line's end cuts."""
        cut = False
        run: list[str] = []  # lines that nothing cuts
        for line in lines:
            stripped = line.rstrip()
            ends = stripped[-1:] in HYPHENS and stripped != ""
            whole = not cut and not ends
            if whole:
                run.append(line)
            if not whole or len(run) == AT_ONCE:
                self._take(_words("\n".join(run)))
                run = []
            if whole:
                continue
            self._take(_words(line)[1 if cut else 0 : -1 if ends else None])
            cut = ends
        self._take(_words("\n".join(run)))

    def _take(self, words: list[str]) -> None:
        if not words or len(self._seen) >= MOST:
            return
        self._seen.update(words)
        for word in words:
            if "-" in word:
                first, _, second = word.partition("-")
                self._before[first] += 1
                self._after[second] += 1

    def keep_hyphen(self, first: str, second: str) -> bool:
        """Whether `first-`, at the end of a line, and `second` are a compound and no cut word."""
        first, second = first.casefold(), second.casefold()
        second, chain, _ = second.partition("-")
        if chain and second in BETWEEN:
            return True
        parted, whole = self._seen[f"{first}-{second}"], self._seen[first + second]
        if parted != whole:
            return parted > whole
        if first + second in WHOLE or not first or not second or second in SUFFIXES:
            return False
        if self._seen[second] and (first in BEFORE or first in OFTEN_BEFORE):
            return True
        if first in BEFORE and (len(second) > 3 or second in AFTER):
            return True
        if first not in PREFIXES and len(first) > 2 and second in AFTER:
            return len(second) > 3 or self._seen[first] > 0
        if self._often_parted(first, second) or _is_verb_with_pronoun(first, second, self._seen):
            return True
        return ADJECTIVE.search(first) is not None and len(second) > 5 and len(first) > 5

    def _often_parted(self, first: str, second: str) -> bool:
        """Whether the document writes other compounds with one of these parts."""
        if first in PREFIXES or not self._seen[second] or len(first) < 3:
            return False
        return self._before[first] > 1 or (self._after[second] > 1 and self._seen[first] > 0)


def _words(text: str) -> list[str]:
    """The words of a text in small letters, but for endless ones, each hyphen the plain one."""
    text = text.casefold()
    if "\u2010" in text:
        return [w.replace("\u2010", "-") for w in WORD.findall(text) if len(w) <= LONGEST]
    return [word for word in WORD.findall(text) if len(word) <= LONGEST]


def _is_verb_with_pronoun(first: str, second: str, seen: Counter[str]) -> bool:
    if second in OBJECTS:
        return ACCENTED.search(first) is not None and len(first) > 3
    return second in CLITICS and not first.endswith("s") and len(first) > 3 and seen[first] > 0


def is_suspended(second: str) -> bool:
    """Whether the word after a hyphen says that it stands for what follows: "short- and …"."""
    return second.casefold() in SUSPENDED
