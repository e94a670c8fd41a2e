"""One word in the spellings of several countries, of before a reform, or without a gender.

    centre grey judgement paediatric      center gray judgment pediatric
    acção director óptimo                 ação diretor ótimo
    psicología setiembre substancia       sicología septiembre sustancia
    clef payement  Photographie           clé paiement  Fotografie
    delegades unides                      delegados delegadas unidos unidas

A rule only says how a word might be spelt; whether it is so, the library says, which is asked for
what it prints. So a rule may be wide. What is spelt alike in a whole language at the end of a stem
(organise, labour) is no matter of single words: see `analysis.stem`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

LEAST = 4  # letters of a word that is looked at
SHORTEST = 6  # letters of the longer spelling, by rules that are wide: facto is not fato

Rules = tuple[tuple[regex.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> Rules:
    return tuple((regex.compile(pattern), other) for pattern, other in pairs)


# Of folded words.
_RULES: dict[str, Rules] = {
    "en": _rules(
        (r"(?<=[tb])re(?=[sd]?$)", "er"),
        (r"(?<=[tb])er(?=s?$)", "re"),
        (r"(?<=[tb])er(?=ed$)", "r"),
        (r"^grey", "gray"),
        (r"^gray", "grey"),
        (r"dgement(?=s?$)", "dgment"),
        (r"dgment(?=s?$)", "dgement"),
        (r"(?<=[oi])l(?=s?$|ments?$)", "ll"),  # enrolment, fulfil, instalment
        (r"(?<=[oi])ll(?=s?$|ments?$)", "l"),
        (r"(?<=ta)l(?=ments?$)", "ll"),
        (r"(?<=ta)ll(?=ments?$)", "l"),
        (r"ageing$", "aging"),
        (r"aging$", "ageing"),
        (r"[ao]e(?=[a-z]{3})", "e"),  # paediatric, oesophagus
        (r"(?<=^[a-z]{1,2})e(?=[a-z]{4})", "ae"),
        (r"plough", "plow"),
        (r"plow", "plough"),
        (r"mould", "mold"),
        (r"mold", "mould"),
    ),
    "pt": _rules(
        (r"(?<=[aeiou])[cp](?=[ct])", ""),
        (r"(?<=[aeiou])(?=c(?:ao|oes|ion))", "c"),
        (r"(?<=[aeiou])(?=c(?:ao|oes|ion))", "p"),
        (r"(?<=[aeiou])(?=t(?:or|ri|iv|a[ls]?$|o[s]?$|u[ar]|am))", "c"),
        (r"(?<=[aeiou])(?=t(?:i[mv]|is|[ao]s?$))", "p"),
    ),
    "es": _rules(
        (r"^ps(?=[iey])", "s"),
        (r"^s(?=[iey])", "ps"),
        (r"^sept", "set"),
        (r"^set(?=i)", "sept"),
        (r"^subst", "sust"),
        (r"^sust", "subst"),
        (r"^obsc", "osc"),
        (r"^osc", "obsc"),
        (r"^trans", "tras"),
        (r"^tras", "trans"),
        (r"^post", "pos"),
        # delegades, compañeres, unides, nosotres
        (r"(?<=[aiou]d|er|otr|^nin|^companer|^vecin)e(?=s?$)", "o"),
        (r"(?<=[aiou]d|er|otr|^nin|^companer|^vecin)e(?=s?$)", "a"),
        (r"(?<=[aiou]d|er|otr|^nin|^companer|^vecin)[ao](?=s$)", "e"),
    ),
    "fr": _rules(
        (r"^cle(?=s?$)", "clef"),
        (r"^clef(?=s?$)", "cle"),
        (r"(?<=a)y(?=e)", "i"),
        (r"(?<=a)i(?=e)", "y"),
    ),
    "de": _rules((r"ph", "f"), (r"f", "ph")),
    "it": _rules((r"ə$", "i"), (r"ə$", "o"), (r"[io]$", "ə")),
}
_LONG = frozenset({"pt", "de"})  # whose rules are of words of SHORTEST letters


@lru_cache(1 << 12)
def others(folded: str, languages: Sequence[str]) -> tuple[str, ...]:
    """How a folded word might be spelt besides, in these languages."""
    found = (
        spelt
        for language in languages
        if len(folded) >= LEAST
        for spelt in _spelt(folded, _RULES.get(language, ()), language)
    )
    return tuple(dict.fromkeys(found))


def _spelt(folded: str, rules: Rules, language: str) -> Iterator[str]:
    for pattern, other in rules:
        spelt = pattern.sub(other, folded, count=1)
        if spelt == folded:
            continue
        short = language in _LONG and max(len(spelt), len(folded)) < SHORTEST
        if not short or spelt.endswith(("cao", "coes")):  # acção, which has no pair
            yield spelt
