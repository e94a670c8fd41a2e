"""One word, several writings: what else a stretch of a text can be written as.

    well-being  non-payment  U.N.  N.G.O.s  O'Neill    wellbeing  nonpayment  un  ngos  oneill
    COVID19  WhatsApp                                  covid 19  whats app, and the whole
    1,250.75  1.250,75  1 250,75  1,00,000             1250, and 1250.75 with what is behind it
    C.177  C 177  Convention No. 177  ILO C177         c177
    CO₂  m²                                            co2  m2
    Article IV                                         4
    trabajador@s  trabajadorxs  travailleur·euse·s     trabajadoras  travailleuses
    C++  C#                                            c++  c#
    No. 189  n.º 189  number 189                       no189
    1½  1 1/2   50%  50 per cent                       1.5   percent50
    1st  1.º  1er  XXe                                 1, 20
    $15  USD 15  15 dollars                            usd15
    m^2  C087                                          m2  c87
    NGOs  Diyarbakır'daki                              ngo  diyarbakır

One rule for all of them, in a text and in a question: a mark inside a word parts it, and its parts
together are another reading that stands where the first part stands. A text is found by its parts
and by every reading; a word of a question is looked for in every reading it has. So whichever of
two writings the text has, and whichever was typed, they meet. Readings are added and never stand in
for anything: what was printed is kept, and counts more.

Numbers whose one mark may be either (1.250) are read both ways.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from index.text import amounts, deferred, genders, numbered, scripts
from index.text.readings import Reading

LONGEST = 40  # characters of a reading: longer runs are addresses and the like
READ = 5_000  # characters of a text: pieces of pages are far shorter, and so are questions
PARTS = 6  # that a run with marks inside is made of, at most

_LETTER = r"[\p{L}\p{M}\p{Nd}]"
_MARKS = r"[-\u2010\u2011\u00AD.\u00B7\u2022\u2027\u0387/_&'\u2019\u02BC\uFF07@*:]"
_RUN = deferred.compile(rf"(?<!{_LETTER}){_LETTER}++(?:{_MARKS}{_LETTER}++)+")
_MARK = deferred.compile(_MARKS)
_APART = deferred.compile(rf"(?<=\p{{Nd}}){_MARKS}(?=\p{{Nd}})")
_JOINING = frozenset("-\u2010\u2011\u00ad.\u00b7\u2022\u2027\u0387/_&'\u2019\u02bc\uff07")
_UNSPACED = deferred.compile(rf"[{scripts.IDEOGRAPHIC}{scripts.SOUTHEAST}]")
_SENTENCES = deferred.compile(r"\p{L}\p{L}\p{Ll}\.\p{Lu}")  # an end without its space; not Ph.D.

# Inside a word: letters beside digits, and a capital after a small letter.
_BOUND = deferred.compile(
    r"(?<=\p{L}\p{M}*)(?=\p{Nd})|(?<=\p{Nd})(?=\p{L})|(?<=\p{Ll}\p{M}*)(?=\p{Lu})"
)
_MIXED = deferred.compile(
    rf"(?<!{_LETTER})(?={_LETTER}*?(?:\p{{L}}\p{{M}}*+\p{{Nd}}|\p{{Nd}}\p{{L}}|\p{{Ll}}\p{{M}}*+\p{{Lu}}))"
    rf"{_LETTER}++"
)
BOUNDS = 2  # in a word with more of them they are chance

# The plural of capitals, which no stemmer takes off, and words an apostrophe ties to their endings.
_ACRONYMS = deferred.compile(
    rf"(?<!{_LETTER})(?P<one>\p{{Lu}}{{2,6}}|(?:\p{{Lu}}\.){{2,6}})['\u2019]?s(?!{_LETTER})"
)
_NAMES = deferred.compile(
    rf"(?<!{_LETTER})\p{{L}}[\p{{L}}\p{{M}}]{{0,30}}['\u2019\u02BC\uFF07]\p{{L}}[\p{{L}}\p{{M}}]{{1,30}}(?!{_LETTER})"
)
_NAME = deferred.compile(r"\p{L}[\p{L}\p{M}]{2,}")

# A joiner that keeps two letters apart parts a word of the Arabic script: می‌خواهم, می خواهم.
_UNJOINED = deferred.compile(r"\p{sc=Arabic}++(?:\u200C\p{sc=Arabic}++)+")
_JOINER = "\u200c"

# Numbers set low behind letters, and high behind a unit of length; others set high are of notes.
_SET_LOW = deferred.compile(
    r"(?<!\p{L})(?:\p{L}{1,4}[\u2080-\u2089]{1,3}\p{Lu}?|(?:[kcdm]?m|ft)[\u00B2\u00B3])(?!\p{L})"
)
_RAISED = deferred.compile(
    r"(?<![\p{L}\p{Nd}])(?P<unit>[kcdm]?m|ft)\^(?P<power>[23])(?![\p{L}\p{Nd}])"
)

_SIGNED = deferred.compile(r"(?<![\p{L}\p{Nd}])\p{L}\p{Nd}?(?:\+\+|\#|\+)(?![\p{L}\p{Nd}])")

_SPACE = deferred.compile(r"\s")
_HAS_DIGIT = deferred.compile(r"\p{Nd}")


ELIDED = frozenset(
    (
        "l",
        "d",
        "j",
        "m",
        "t",
        "s",
        "n",
        "c",
        "qu",
        "jusqu",
        "lorsqu",
        "puisqu",
        "quoiqu",
        "un",
        "dell",
        "all",
        "nell",
        "sull",
        "dall",
        "coll",
        "quest",
    )
)
"""French, Italian, Portuguese and Catalan words that lean on the next: l'eau, d'água, dell'arte."""

# But D'Souza and L'Oréal are names.
_LEANING = deferred.compile(
    rf"(?!\p{{Lu}}.\p{{Lu}}\p{{Ll}})(?i:{'|'.join(sorted(ELIDED, key=len, reverse=True))})"
    r"['\u2019\u02BC\uFF07]"
)


@lru_cache(1 << 12)
def readings(text: str) -> tuple[Reading, ...]:
    """What the stretches of a text can be written as besides, in no order, none twice."""
    return tuple(
        dict.fromkeys(
            reading for reading in _readings(text[:READ]) if 0 < len(reading.text) <= LONGEST
        )
    )


def _readings(text: str) -> Iterator[Reading]:
    # Most stretches of a text have nothing of what a pattern needs; to see that costs less.
    apart = _SPACE.search(text) is not None
    digits = _HAS_DIGIT.search(text) is not None
    marked = _MARK.search(text) is not None
    if marked:
        for match in _RUN.finditer(text):
            yield from _joined(match.group(), match.start())
    if digits or text[1:] != text[1:].lower():
        for match in _MIXED.finditer(text):
            yield from _bounds(match.group(), match.start())
    for match in _UNJOINED.finditer(text) if _JOINER in text else ():
        yield from _bounds(match.group(), match.start())
    for match in _ACRONYMS.finditer(text):
        yield Reading(match["one"].replace(".", ""), *match.span())
    for match in _NAMES.finditer(text) if marked else ():
        if _LEANING.match(match.group()):
            continue
        yield from (Reading(m.group(), *match.span()) for m in _NAME.finditer(match.group()))
    for match in _RAISED.finditer(text) if "^" in text else ():
        yield Reading(match["unit"] + match["power"], *match.span())
    if "+" in text or "#" in text:
        yield from (Reading(m.group(), *m.span()) for m in _SIGNED.finditer(text))
    for match in _SET_LOW.finditer(text) if not text.isascii() else ():
        yield Reading(unicodedata.normalize("NFKC", match.group()), *match.span())
    yield from amounts.read(text, digits=digits)
    yield from numbered.read(text, digits=digits, apart=apart)
    if genders.may_have(text) or (marked and _RUN.search(text)):
        yield from genders.read(text)


# What an address may begin with or not: https://www.ilo.org, ilo.org.
_ADDRESS = deferred.compile(r"(?i:(?:https?://)?www\.|https?://)(?P<bare>[^\s.]+\.\S+)")

_AND = ("and", "y", "e", "et", "und")
_CROSSED = deferred.compile(r"\p{Nd}{1,4}(?:[xX×]\p{Nd}{1,4}){1,2}")  # 4×4


def told(written: str) -> Iterator[str]:
    """How a word of a question with a sign may stand in words: R and D, half."""
    if "&" in written.strip("&"):
        yield from (written.replace("&", f" {word} ") for word in _AND)
    if _CROSSED.fullmatch(written):
        yield written.replace("×", "x") if "×" in written else written.lower().replace("x", "×")
    if match := _ADDRESS.match(written):
        yield match["bare"]
    if written == amounts.HALF:
        yield from amounts.HALF_SAID


def is_signed(text: str) -> bool:
    """Whether a word has a sign behind it that makes it another: C++ is not C."""
    return _SIGNED.fullmatch(text) is not None


def parts(word: str) -> tuple[tuple[int, int], ...]:
    """Where the parts of a word without marks begin and end; none where it is one."""
    cuts = [match.start() for match in _BOUND.finditer(word) if 0 < match.start() < len(word)]
    if not cuts and _UNJOINED.fullmatch(word):
        cuts = [at for at, letter in enumerate(word) if letter == _JOINER]
    if not cuts or len(cuts) > BOUNDS or _UNSPACED.search(word):
        return ()
    return tuple(zip((0, *cuts), (*cuts, len(word)), strict=True))


def _joined(run: str, start: int) -> Iterator[Reading]:
    """The parts of a run together, where its marks join words."""
    # The apostrophe U+02BC is a letter as well as a mark, so that two marks may touch: kaupapa-ʼo.
    held = [part for part in _MARK.split(run) if part]
    if len(held) > PARTS or not _JOINING.issuperset(_MARK.findall(run)):
        return
    if _UNSPACED.search(run) or _SENTENCES.search(run) or _LEANING.match(run):
        return
    if genders.is_gendered(run) and "-" not in run:
        return
    # 5.2 and 52 are not one number, but L.1234-5 begins as L1234-5 does.
    first = 0
    for match in _APART.finditer(run):
        yield from _one(run[first : match.start()], start + first)
        first = match.end()
    yield from _one(run[first:], start + first)


def _one(run: str, start: int) -> Iterator[Reading]:
    joined = _MARK.sub("", run)
    if len(joined) < len(run.rstrip("".join(_JOINING))):
        yield Reading(joined, start, start + len(run))


def _bounds(word: str, start: int) -> Iterator[Reading]:
    for first, last in parts(word):
        yield Reading(word[first:last], start + first, start + last)
