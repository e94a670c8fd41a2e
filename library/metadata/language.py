"""Which language a text is in, and what the file says it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from library.core.resource import Evidence, Page, Said, Statement
from library.metadata import file_properties as fields
from library.metadata.text_lines import clean, letters
from library.vocabularies import Vocabularies

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 1_500  # characters: more changes nothing but the time
# Beyond the library's own languages the identifier is believed only when it is this certain,
# and has this many letters to judge by: short lines look like rare languages.
CERTAIN = 0.9
ENOUGH = 60
# Languages that the identifier takes for one another: together they must be certain, and one
# of them plainer than the others.
_TWINS = ({"id", "ms"}, {"hr", "bs", "sr"}, {"cs", "sk"}, {"da", "no"})
PLAINER = 0.65
PLAUSIBLE = 0.02  # share of the probability that the library's languages have together
# Forms of Arabic that the identifier knows and that are written, in print, as Arabic.
_WRITTEN_AS = {"ary": "ar", "arz": "ar", "nn": "no", "nb": "no", "uzs": "uz", "sdh": "ku"}
_NEVER = {"zxx", "hbo", "grc"}
# A script that few languages are written in leaves only those to choose from.
_SCRIPTS = (
    (
        re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
        {"ar", "fa", "ur", "ps"},
    ),
    (re.compile(r"[\u0900-\u097f]"), {"hi", "mr", "ne"}),
    (re.compile(r"[\u0980-\u09ff]"), {"bn", "as"}),
    (re.compile(r"[\u0b80-\u0bff]"), {"ta"}),
    (re.compile(r"[\u0400-\u04ff]"), {"ru", "uk", "bg", "sr", "be", "mk", "kk"}),
    (re.compile(r"[\u0370-\u03ff]"), {"el"}),
    (re.compile(r"[\u3040-\u30ff]"), {"ja"}),
    (re.compile(r"[\u4e00-\u9fff]"), {"zh", "ja"}),
)
_NOISE = re.compile(  # addresses, looked for once in each word; numbers and signs
    r"https?://\S+|(?<!\S)\S[^\s@]*+@\S+|"
    r"(?<!\S)\S(?:(?!\.(?:org|com|net))\S)*+\.(?:org|com|net)\S*|[\d*#>|_\[\](){}<>=+/\\-]+"
)


def language_of(text: str, languages: Sequence[str]) -> tuple[str, float]:
    """The language of a text as an ISO 639 code and how sure that is, 0 to 1; ("", 0.0): unknown.

    `languages` are the library's own: they are preferred, and another is named only when the
    identifier is nearly certain of it. A short text is less sure.
    """
    text = _NOISE.sub(" ", clean(text[: SAMPLE * 2]))[:SAMPLE]
    amount = letters(text)
    if amount < 3:
        return "", 0.0
    ranks: dict[str, float] = {}
    for code, probability in _identifier().rank(text):
        code = _WRITTEN_AS.get(code, code)
        if code not in _NEVER:
            ranks[code] = ranks.get(code, 0.0) + probability
    own = {code.split("-")[0].casefold() for code in languages}
    script = _by_script(text, amount)
    if script:
        ranks = {code: ranks.get(code, 0.0) for code in script}
    total = sum(ranks.values())
    if not total:
        return "", 0.0
    top = max(ranks, key=lambda code: ranks[code])
    twins = next((both for both in _TWINS if top in both), {top})
    together = sum(ranks.get(code, 0.0) for code in twins) / total
    certain = together >= CERTAIN and ranks[top] / total >= PLAINER and amount >= ENOUGH
    if top in own or certain or (script and not own & script):
        return top, _bounded(ranks[top] / total, amount)
    inside = {code: ranks[code] for code in own if code in ranks}
    share = sum(inside.values()) / total
    if share < PLAUSIBLE:
        return "", 0.0
    top = max(inside, key=lambda code: inside[code])
    sure = inside[top] / sum(inside.values()) * min(1.0, 0.5 + share)
    return top, _bounded(sure, amount)


def _bounded(probability: float, amount: int) -> float:
    return round(min(0.99, probability, 0.3 + amount / 140), 3)


def _by_script(text: str, amount: int) -> set[str]:
    for pattern, codes in _SCRIPTS:
        if len(pattern.findall(text)) > 0.5 * amount:
            return codes
    return set()


@cache
def _identifier() -> LanguageIdentifier:
    """The identifier, loaded at its first use: its model takes about half a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def read(pages: Sequence[Page], languages: Sequence[str]) -> Iterator[Statement]:
    """The language most of the pages are in, by the votes of at most five of them."""
    step = max(1, len(pages) // 4)
    votes: dict[str, float] = {}
    best: dict[str, tuple[float, Evidence]] = {}
    surest: dict[str, float] = {}
    weights = 0.0
    for page in pages[::step][:5]:
        code, sure = language_of(_body(page.text), languages)
        weight = sure * min(letters(page.text[:2000]), 1000)
        if not code or not weight:
            continue
        votes[code] = votes.get(code, 0.0) + weight
        weights += weight
        surest[code] = max(surest.get(code, 0.0), sure)
        if code not in best or weight > best[code][0]:
            best[code] = weight, Evidence(page.number, _words(page.text))
    for code, weight in sorted(votes.items(), key=lambda vote: -vote[1])[:2]:
        share = weight / weights
        sure = min(0.97, share) * min(1.0, 0.35 + weight / 250) * min(1.0, 0.4 + surest[code])
        yield Statement("language", code, "guess", (best[code][1],), round(sure, 3))


def _body(text: str) -> str:
    """The middle of a long page: its head and foot are often names and numbers."""
    return text if len(text) < SAMPLE else text[len(text) // 8 :]


def _words(text: str) -> str:
    for line in text.splitlines():
        if letters(line) > 30:
            return clean(line)[:120]
    return clean(text)[:120]


def stated(said: Said, vocabularies: Vocabularies) -> Iterator[Statement]:
    """What the file says its language is."""
    program = fields.by_program(said)
    for word in fields.words(said, "language"):
        code = vocabularies.find("language", word.value)
        if code is not None:
            # A front matter names it on purpose; a page's `lang` is often the site's default, and
            # a PDF's that of the machine it was written on.
            named = word.name.casefold() in ("langcode", "language", "dc.language")
            sure = 0.5 if program else 0.88 if named else 0.7
            evidence = (Evidence(0, f"{word.name}: {word.value}"),)
            yield Statement("language", code, "file", evidence, sure)
            return
