"""A second gender written behind a first: trabajador@s, trabajadores/as, Arbeiter*innen."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from index.text import deferred
from index.text.readings import Reading, plain

# The second gender as it is written behind a first: what of the first's end it stands for.
_SECOND = {
    "a": ("o", "e"), "as": ("os", "es"), "o": ("a",), "os": ("as",),
    "ra": ("r",), "ras": ("res", "r"), "ora": ("or",), "oras": ("ores",),
    "dora": ("dor",), "doras": ("dores",), "tora": ("tor",), "toras": ("tores",),
    "euse": ("eur",), "euses": ("eurs", "eur"), "se": ("r",), "ses": ("rs", "r"),
    "rice": ("eur",), "rices": ("eurs", "eur"), "trice": ("teur", "tore"),
    "trices": ("teurs", "teur"), "trici": ("tori",),
    "ère": ("er",), "ères": ("ers", "er"), "ière": ("ier",), "ières": ("iers", "ier"),
    "ve": ("f",), "ves": ("fs", "f"), "e": (), "es": (), "ne": (), "nes": (), "le": (), "les": (),
    "in": (), "innen": (), "s": (),
}  # fmt: skip
_ENDINGS = "|".join(sorted(_SECOND, key=len, reverse=True))
ENDINGS = rf"-?(?:{_ENDINGS})"
"""The second gender behind a first, as a pattern."""

_GENDERED = deferred.compile(
    rf"(?P<first>\p{{L}}[\p{{L}}\p{{M}}]{{2,24}})"
    rf"(?:(?:/-|[-/.\u00B7\u2022\u2027*:_])(?P<tied>{_ENDINGS})(?:[-.\u00B7\u2022\u2027](?P<many>s))?"
    rf"|\((?P<inside>-?(?:{_ENDINGS}))\)(?P<after>s)?)(?![\p{{L}}\p{{M}}\p{{Nd}}])",
    regex.IGNORECASE,
)
_GENDER_SIGNS = deferred.compile(r"[(@*]|/-")
_CROSS = deferred.compile(r"x(?:s|\b)", regex.IGNORECASE)
_NEUTRAL = deferred.compile(
    r"(?<![\p{L}\p{M}\p{Nd}])(?P<first>\p{L}[\p{L}\p{M}]{2,24})(?:(?P<at>@|[*_](?=s))|(?<=[^aeiouáéíóú])x(?=s)|(?<=[rdñtl])(?<![Mm]ar)x)"
    r"(?P<many>s?)(?![\p{L}\p{M}\p{Nd}.@])",
    regex.IGNORECASE,
)


def may_have(text: str) -> bool:
    """Whether a text has a sign that is only of genders."""
    return bool(_GENDER_SIGNS.search(text) or _CROSS.search(text))


def is_gendered(text: str) -> bool:
    """Whether a word carries a second gender, so that its first part is the word itself."""
    return (_GENDERED.fullmatch(text) or _NEUTRAL.fullmatch(text)) is not None


_SMALL = deferred.compile(
    r"(?P<before>\p{L}{1,6})(?:[@*x]|[oae]s?/[ao])(?P<many>s?)|(?P<one>\p{L}{2,6})/(?P<other>\p{L}{2,6})",
    regex.IGNORECASE,
)


def of_small(text: str) -> tuple[str, ...]:
    """The two words that a short one of two genders may be: l@s, lxs, tod@s, los/las; none of
    others."""
    match = _SMALL.fullmatch(text)
    if match is None:
        return ()
    if match["one"]:
        return match["one"], match["other"]
    return tuple(f"{match['before']}{ending}{match['many'] or ''}" for ending in "ao")


def read(text: str) -> Iterator[Reading]:
    """The second gender of the words of a text."""
    for match in _GENDERED.finditer(text):
        first = match["first"]
        ending = plain(match["tied"] or match["inside"].lstrip("-"))
        many = match["many"] or match["after"] or ""
        stem = next((first[: -len(e)] for e in _SECOND[ending] if first.lower().endswith(e)), first)
        yield Reading(stem + ending + many, *match.span())
        if many:
            yield Reading(first + many, *match.span())
    for match in _NEUTRAL.finditer(text):
        yield Reading(f"{match['first']}a{match['many']}", *match.span())
