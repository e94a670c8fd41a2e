"""How many people work together in the session that a document is for.

What a line says ("Participants: 15 to 25") is surest; then what people are told to do ("divide into
groups of five", "in pairs"), in a sentence that tells it; then a range of participants where the
document begins. Of groups that somebody merely tells of, nothing follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from library.core.resource import Evidence, Page, Statement
from library.metadata.labelled_lines import labelled
from library.metadata.session_time import is_of_sessions
from library.metadata.text_lines import clean
from library.vocabularies import Vocabularies
from library.vocabularies.concept import Scheme
from library.vocabularies.durations import lengths, number_of
from library.vocabularies.folding import Token, fold, token_list

FACET = "size"

CHARACTERS = 6_000  # of each page that are read
PAGES = 200
OPENING = 1_500
LONGEST = 120  # characters of a line that says how many
MOST = 200  # people of a session
WORKING = 30  # people of one of its groups
SHORT = 15  # pages of a document in which one telling is enough
TIMES = 3  # tellings, of a longer one
FILLERS = 3  # words between "groups of" and the number
NEAR = 14  # words around groups in which it is told what to do
AROUND = 60
SAID, GROUPED, RANGED, DOUBTED = 0.7, 0.45, 0.4, 0.2  # how sure: 0.3 and more is shown

_SAYS = regex.compile(
    r"^\W{0,6}(?:(?:ideal|recommended|suggested|optimal|total)\s)?(?:group size|class size"
    r"|size of (?:the )?group|number of (?:participants|people|learners|players)"
    r"|(?:ideal )?number of participants|participants|how many people|players"
    r"|(?:número|cantidad)(?: ideal| recomendada?| sugerid[oa])? de (?:participantes|personas)"
    r"|tamaño del grupo|participantes|nombre(?: idéal)? de participant(?:e?s|·e·s|\(e\)s|s)"
    r"|taille du groupe|participants|quantidade de participantes|tamanho do grupo"
    r"|número ideal de participantes|عدد (?:المشاركين|المشاركات|الأشخاص)|حجم المجموعة"
    r"|प्रतिभागियों की (?:आदर्श )?संख्या|प्रतिभागी संख्या|समूह का आकार)"
    r"(?![\p{L}\p{M}])[\s*_`]{0,4}(?P<colon>[:：]?)[\s*_`–—-]{0,6}(?P<value>.{0,80})$",
    regex.IGNORECASE,
)
_ANY_NUMBER = regex.compile(r"(?<![\d.,:/])(\d{1,3})(?![\d:/%]|[.,]\d)")
_TO = regex.compile(r"\s*(?:-|–|—|‑|to|a|al|y|e|et|à|and|até|إلى|الى|و|से|or|o|ou)\s*")
_MORE = regex.compile(
    r"^\s*(?:\+|or more|and more|and above|o más|ou plus|ou mais|أو أكثر|या अधिक)"
)
_RANGE = regex.compile(
    r"(?<![\d.,:/])(?P<least>\d{1,3})\s{0,2}(?:-|–|—|to|a|à|até|إلى|से)\s{0,2}(?P<most>\d{1,3})\s{1,2}"
    r"(?:participants|people|persons|learners|workers|participantes|personas|pessoas|personnes"
    r"|participant·e·s|مشارك|مشاركا|مشاركًا|شخصا|شخصًا|प्रतिभागी|प्रतिभागियों|लोग|लोगों)",
    regex.IGNORECASE,
)

# In a line that says how long something takes as well: "30 minutes; 3 - 30 people".
_PEOPLE = regex.compile(
    r"(?<![\d.,:/])\d{1,3}(?:\s{0,2}(?:-|–|—|to|a|à|até|إلى|से)\s{0,2}\d{1,3})?\+?\s{1,2}"
    r"(?:participants?|people|persons|learners|workers|participantes|personas|pessoas|personnes"
    r"|مشاركا?|مشاركًا|شخصا?|شخصًا|प्रतिभागी|प्रतिभागियों|लोग|लोगों)(?![\p{L}\p{M}])",
    regex.IGNORECASE,
)


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


_GROUPS = _folded("groups teams subgroups grupos equipos subgrupos groupes équipes مجموعات فرق")
_OF = _folded("of de d entre من with con avec com")
_FILLING = _folded(
    "of a about around up to between approximately no more than at least maximum de entre unos "
    "unas hasta máximo aproximadamente más menos d à environ jusqu cerca até no máximo من حوالي"
)
_HINDI = _folded("समूह समूहों")  # after the number, with words for people between
_HINDI_BETWEEN = _folded("के लोगों प्रतिभागियों महिलाओं व्यक्तियों सदस्यों")
_OR = _folded("or to a o ou à y e et and و أو إلى या से")

_PHRASES: dict[tuple[str, ...], str] = {
    tuple(token.word for token in token_list(phrase)): id
    for id, phrases in (
        (
            "pairs",
            "in pairs;into pairs;in twos;with a partner;en parejas;por parejas;en pares;en duplas;"
            "de a dos;de dos en dos;en binôme;en binômes;par deux;deux par deux;en paires;"
            "em duplas;em dupla;em pares;aos pares;في أزواج;إلى أزواج;في ثنائيات;إلى ثنائيات;"
            "जोड़ियों में;जोड़ी में;जोड़े में;जोड़े बनाएं;दो-दो के",
        ),
        (
            "small-groups",
            "small groups;sub groups;subgroups;grupos pequeños;"
            "pequeños grupos;grupos chicos;subgrupos;petits groupes;sous-groupes;"
            "pequenos grupos;grupos pequenos;مجموعات صغيرة;المجموعات الصغيرة;"
            "छोटे समूह;छोटे समूहों;छोटे-छोटे समूह;छोटे-छोटे समूहों",
        ),
        ("alone", "work individually;individually write;on their own paper;de forma individual;"
                  "individualmente escriban;individuellement;فرديا"),
    )
    for phrase in phrases.split(";")
}  # fmt: skip
_LONGEST_PHRASE = max(map(len, _PHRASES))

# First letters, folded, of words that tell people what to do with groups.
_TELLING_SAID = (
    "divide split break form work discuss ask invite talk share assign organise "
    "organize arrange put get gather brainstorm give exercise activity participants "
    "facilitator divid trabaj form organi discut convers comparti pid pedi reún invit "
    "junt agrup separ actividad ejercicio participant dinámica répart repart constitu "
    "travaill échang discut demand invit former diviser exercice activité trabalh "
    "conversem peça reun forme atividade قسم يقسم تقسيم وزع توزيع اطلب يعمل العمل ناقش "
    "يناقش شكل نشاط المشارك बाँट बांट विभाजित बनाएं बनाएँ काम चर्चा कहें गतिविधि "
    "प्रतिभागि"
)
_TELLING = tuple(map(fold, _TELLING_SAID.split()))
# What stands behind "en parejas" and "in pairs" where they are couples, or a pair of something.
_COUPLES = _folded("of donde que estables con heterosexuales casadas mayores jóvenes del de")


class _Told(NamedTuple):
    ids: tuple[str, ...]
    evidence: Evidence
    numbered: bool  # whether a number says how many


def read(
    pages: Sequence[Page], title: str, vocabularies: Vocabularies, *, planned: bool
) -> Iterator[Statement]:
    """How many people a session is for, and how many work together in it; the surest first.

    planned: whether the document is the plan of a session, with its time or what it needs. Others
    speak of small groups as a way to work, which says nothing of them.
    """
    scheme = vocabularies.schemes.get(FACET)
    if scheme is None:
        return
    texts = [(page.number, page.text[:CHARACTERS]) for page in pages[:PAGES]]
    if not is_of_sessions(title, texts):
        return
    whole = [told for number, text in texts for told in _lines(number, text, scheme)]
    sure = SAID
    if not whole and texts:
        whole, sure = list(_ranged(*texts[0], scheme)), RANGED
    groups = [told for number, text in texts for told in _groups(number, text, scheme)]
    working = [told for told in groups if planned or told.numbered]
    enough = len(pages) <= SHORT or len(working) >= TIMES
    if made := (*whole, *(working if enough else ())):
        yield from _statement(made, sure if whole else GROUPED, scheme)
    elif groups:
        yield from _statement(groups, DOUBTED, scheme)


def _statement(made: Sequence[_Told], sure: float, scheme: Scheme) -> Iterator[Statement]:
    ids = {id for told in made for id in told.ids}
    order = tuple(id for id in scheme.concepts if id in ids and id not in scheme.retired)
    if order:
        yield Statement(FACET, order, "guess", tuple(t.evidence for t in _shown(made)), sure)


def _shown(told: Sequence[_Told]) -> list[_Told]:
    """The three that tell most, those with numbers first."""
    return sorted(told, key=lambda each: not each.numbered)[:3]


def counted(least: int, most: int | None, scheme: Scheme) -> tuple[str, ...]:
    """The ids of the concepts that so many people are of: those with a quarter of the range, or
    its middle."""
    top = most if most is not None else max(least, MOST)
    found = []
    for concept in scheme.concepts.values():
        low, dash, high = concept.notation.partition("-")
        if not (dash and low.isdecimal()):
            continue
        first, last = int(low), int(high) if high.isdecimal() else MOST
        common = min(top, last) - max(least, first) + 1
        middle = first <= (least + top) // 2 <= last
        if common > 0 and (middle or 4 * common >= top - least + 1):
            found.append(concept.id)
    return tuple(found)


def _numbers(value: str) -> tuple[int, int | None] | None:
    """The least and the most that a value says; None for no most."""
    first = _ANY_NUMBER.search(value)
    if first is None or not 1 <= int(first[1]) <= MOST:
        return None
    least = int(first[1])
    between = _TO.match(value, first.end())
    if between and (second := _ANY_NUMBER.match(value, between.end())):
        most = int(second[1])
        return (least, most) if least <= most <= MOST else None
    return (least, None) if _MORE.match(value[first.end() :]) else (least, least)


def _lines(number: int, text: str, scheme: Scheme) -> Iterator[_Told]:
    lines = [line.strip() for line in labelled(text).split("\n")]
    for at, line in enumerate(lines):
        match = _SAYS.match(line) if line and len(line) <= LONGEST else None
        if match is None:
            people = _PEOPLE.search(line) if len(line) <= LONGEST else None
            said = _numbers(people[0]) if people and next(lengths(line), None) else None
            if said is not None:
                yield _Told(counted(*said, scheme), Evidence(number, clean(line)[:200]), True)
            continue
        value = match["value"].strip(" *_`")
        if not value:
            value = next((below for below in lines[at + 1 : at + 3] if below), "")[:80]
        elif not match["colon"] and not value[:1].isdecimal():
            continue
        if (said := _numbers(value)) is not None:
            words = line if value in line else f"{line} {value}"
            yield _Told(counted(*said, scheme), Evidence(number, clean(words)[:200]), True)


def _ranged(number: int, text: str, scheme: Scheme) -> Iterator[_Told]:
    match = _RANGE.search(text[:OPENING])
    if match and 2 <= int(match["least"]) < int(match["most"]) <= MOST:
        ids = counted(int(match["least"]), int(match["most"]), scheme)
        yield _Told(ids, _around(number, text, match.start(), match.end()), True)


def _groups(number: int, text: str, scheme: Scheme) -> Iterator[_Told]:
    words = token_list(text)
    for at in range(len(words)):
        found = _numbered(words, at) or _phrase(text, words, at)
        if found is None:
            continue
        ids, numbers, last = found
        start, end = words[at].start, words[last].end
        if not _is_told(text, words, at, last):
            continue
        made = counted(*numbers, scheme) if numbers else ids
        yield _Told(made, _around(number, text, start, end), bool(numbers))


_Found = tuple[tuple[str, ...], tuple[int, int] | None, int]  # ids, numbers, the last word's place


def _numbered(words: Sequence[Token], at: int) -> _Found | None:
    """Groups of so many: `groups of four or five`, `grupos de a 4`, `4-5 लोगों के समूह`."""
    word = words[at].word
    if word in _GROUPS:
        here = at + 1
        if here >= len(words) or words[here].word not in _OF:
            return None
        here += 1
        while here < min(len(words), at + 2 + FILLERS) and words[here].word in _FILLING:
            here += 1
        return _several(words, here)
    if number_of(word) is None or (at and number_of(words[at - 1].word) is not None):
        return None
    found = _several(words, at)
    behind = found[2] + 1 if found else len(words)
    while behind < min(len(words), at + 6) and words[behind].word in _HINDI_BETWEEN:
        behind += 1
    if found and behind < len(words) and words[behind].word in _HINDI:
        return found[0], found[1], behind
    return None


def _several(words: Sequence[Token], at: int) -> _Found | None:
    least = number_of(words[at].word) if at < len(words) else None
    if least is None or not 2 <= least <= WORKING:
        return None
    for step in (1, 2):
        if at + step >= len(words) or (step == 2 and words[at + 1].word not in _OR):
            break
        most = number_of(words[at + step].word)
        if most is not None and least <= most <= WORKING:
            return (), (least, most), at + step
    return (), (least, least), at


def _phrase(text: str, words: Sequence[Token], at: int) -> _Found | None:
    for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
        id = _PHRASES.get(tuple(word.word for word in words[at : at + length]))
        if id is None:
            continue
        behind = at + length
        couple = id == "pairs" and behind < len(words) and words[behind].word in _COUPLES
        if couple and not text[words[behind - 1].end : words[behind].start].strip():
            return None
        return (id,), None, behind - 1
    return None


def _is_told(text: str, words: Sequence[Token], at: int, last: int) -> bool:
    """Whether the sentence tells people what to do."""
    first = at
    while first > max(0, at - NEAR) and not _ends(text, words, first - 1):
        first -= 1
    final = last
    while final < min(len(words) - 1, last + NEAR) and not _ends(text, words, final):
        final += 1
    return any(word.word.startswith(_TELLING) for word in words[first : final + 1])


def _ends(text: str, words: Sequence[Token], at: int) -> bool:
    """Whether a sentence ends behind a word."""
    return any(c in ".!?।؟\u2022" for c in text[words[at].end : words[at + 1].start])


def _around(number: int, text: str, start: int, end: int) -> Evidence:
    return Evidence(number, clean(text[max(0, start - AROUND) : end + AROUND])[:200])
