"""Forms of a word that its stemmer takes for another's, brought to the one it knows.

Snowball's stemmers take off endings and know no change inside a word, so that *sindicais* and
*sindical*, *homens* and *homem*, *jueces* and *juez*, "paid" and "pay" had two stems each. Words
are folded. Only forms that belong to one word nearly always: not "left", "found" or "saw"; and
function words are left as they are, since how often each stands in texts tells what it is worth.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

from index.text import deferred

_Rules = tuple[tuple[regex.Pattern[str], str], ...]


def _rules(*rules: tuple[str, str]) -> _Rules:
    return tuple((deferred.compile(pattern), other) for pattern, other in rules)


def _pairs(text: str) -> dict[str, str]:
    """Of "one: its forms; another: …", each form with what it is a form of."""
    found: dict[str, str] = {}
    for row in text.split(";"):
        one, _, forms = row.partition(":")
        found |= dict.fromkeys(forms.split(), one.strip())
    return found


_IRREGULAR: Mapping[str, Mapping[str, str]] = {
    "en": _pairs(
        "woman: women; man: men; child: children; foot: feet; tooth: teeth; wife: wives;"
        "knife: knives; pay: paid; sell: sold; buy: bought; teach: taught; fight: fought;"
        "lose: lost; keep: kept; tell: told; catch: caught; go: went gone; give: gave given;"
        "take: took taken; write: wrote written; steal: stole stolen; break: broke broken;"
        "choose: chose chosen; speak: spoke spoken; drive: drove driven; hide: hid hidden;"
        "hold: held; build: built; send: sent; spend: spent; lend: lent; mean: meant; feed: fed;"
        "meet: met; run: ran; begin: began begun; grow: grew grown; know: knew known;"
        "throw: threw thrown; strike: struck; swear: swore sworn; sleep: slept; sweep: swept;"
        "forget: forgot forgotten; forbid: forbade forbidden; win: won; become: became;"
        "drink: drank drunk; eat: ate eaten; sue: suing; think: thought; bring: brought;"
        "seek: sought; say: said; make: made; understand: understood; withdraw: withdrew withdrawn"
    ),
    "fr": _pairs("travail: travaux; bail: baux; vitrail: vitraux; monsieur: messieurs"),
    "pt": _pairs(
        "lei: leis; rei: reis; mae: maes; pais: pais; hotel: hoteis; cartel: carteis;"
        "quartel: quarteis; pastel: pasteis; lapis: lapis; gratis: gratis; tenis: tenis;"
        "oasis: oasis; mais: mais; demais: demais; jamais: jamais; seis: seis;"
        "dezesseis: dezesseis; quais: quais; dois: dois; depois: depois; pois: pois; boi: bois;"
        "cais: cais"
    ),
}

_REGULAR: Mapping[str, _Rules] = {
    # policemen, fishermen; a specimen is one
    "en": _rules(
        (r"(?<=[a-z]{3}(?<!speci|regi|abdo|albu|cogno))men$", "man"),
    ),
    "pt": _rules(
        (r"(?<=[a-z]{2})ais$", "al"),  # sindicais
        (r"(?<=[a-z])teis$", "til"),  # úteis
        (r"(?<=[a-z][cg])eis$", "il"),  # fáceis, ágeis
        (r"(?<=[a-z]{2})eis$", "el"),  # papéis
        (r"(?<=[a-z]{2})ois$", "ol"),  # espanhóis
        (r"(?<=[a-z]{2})uis$", "ul"),  # azuis
        (r"(?<=[a-z]{2}[bcdfghjlmnprstvxz])is$", "il"),  # civis
        (r"(?<=[a-z]{2})ns$", "m"),  # homens
        (r"(?<=[a-z]{2})(?:oes|aos)$|(?<=[a-z])aes$", "ao"),  # patrões, alemães, cidadãos
    ),
}

_ENDS: Mapping[str, tuple[tuple[str, str], ...]] = {"es": (("z", "c"),)}  # juez, jueces


def knows(language: str) -> bool:
    """Whether anything is said of this language."""
    return any(language in table for table in (_IRREGULAR, _REGULAR, _ENDS))


def regular(word: str, language: str) -> str:
    """A folded word in the form that its stemmer takes with the others."""
    known = _IRREGULAR.get(language, {}).get(word)
    if known is not None:
        return known
    for pattern, other in _REGULAR.get(language, ()):
        made, count = pattern.subn(other, word)
        if count:
            return made
    return word


def joined(stem: str, language: str) -> str:
    """A stem, where two ends of one are the same."""
    for end, other in _ENDS.get(language, ()):
        if stem.endswith(end) and len(stem) > 2:
            return stem[: -len(end)] + other
    return stem
