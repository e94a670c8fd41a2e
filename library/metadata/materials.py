"""What the session needs that a document is for: what its lists of materials name.

A list is what follows a head ("Materials:", "You will need"); its things are told by
materials.toml, and by the labels of the vocabulary `needs`, so that a concept staff add is found
too. From whole lists it is told as well that nothing there needs power, or more than paper. Where a
document has no list, things that only a session has, named in its instructions, are told by a few
words alone, and are surer the more often they stand there.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import regex

from library.core.resource import Evidence, Page, Statement
from library.metadata.labelled_lines import labelled
from library.metadata.session_time import is_of_sessions
from library.metadata.text_lines import clean
from library.vocabularies import Vocabularies
from library.vocabularies.concept import Scheme
from library.vocabularies.folding import token_list
from library.vocabularies.mentions import WEAK, Matcher, Mention, Phrase

FACET = "needs"

CHARACTERS = 6_000  # of each page that are read
PAGES = 200
HEAD = 70  # characters in which a line names a list
LINES = 16  # of a list
LONGEST = 900  # characters of it
THING = 90  # characters of one thing of a list: a longer one is a sentence about something
LISTS = 60
AROUND = 70
THIRD, HALF = 1 / 3, 1 / 2  # so much of a list must be things that are known
OFTEN = 3  # so many times told in instructions, and it is needed

NO_POWER, NOTHING, PAPER_ONLY = "no-projector", "nothing", "only-paper"
POWERED = frozenset(("projector", "sound", "phones", "computers"))
OF_PAPER = frozenset(("paper", "flipchart", "cards"))
LISTED, TOLD, DOUBTED = 0.75, 0.4, 0.2  # how sure: 0.3 and more is shown

_BULLET = regex.compile(r"[\s\-–—*•·▪◦●○o➢✓√□☐>#|+]{0,8}(?:\d{1,2}[.)]\s{0,2})?")
_MARKED = regex.compile(r"\s{0,4}(?:[-–*•·▪◦●○➢✓√□☐+]|\d{1,2}[.)])\s")
_DIVIDER = regex.compile(r"[\n,;،؛•·|/()]|\s(?:and|or|y|o|e|et|ou|و|أو|और|या|plus)\s|\.\s")
_NUMBERS = regex.compile(r"[\d\s.:%-]+")

_PLAIN = "plain"  # what names nothing that is needed, among things of a list


class List(NamedTuple):
    """A list of materials: where it stands, and its words as they are. begins: whether its head is
    part of its sentence ("you will need")."""

    page: int
    head: str
    text: str
    begins: bool


class Things(NamedTuple):
    """What a list names: concepts, how many things are of them, how many of none, and all."""

    ids: frozenset[str]
    named: int
    strange: int
    every: int


def read(
    pages: Sequence[Page], title: str, language: str, vocabularies: Vocabularies
) -> Iterator[Statement]:
    """What a session needs by its lists of materials, or by what its instructions name."""
    scheme = vocabularies.schemes.get(FACET)
    if scheme is None:
        return
    texts = [(page.number, page.text[:CHARACTERS]) for page in pages[:PAGES]]
    if not is_of_sessions(title, texts):
        return
    known = _known(language.split("-")[0], vocabularies)
    lists = [found for number, text in texts for found in _lists(number, text, known)][:LISTS]
    told, shown = _told(texts, known)
    if lists:
        yield from _listed(lists, told, known, scheme)
    for id, times in told.items() if not lists else ():
        if id in scheme.concepts and id not in scheme.retired:
            sure = TOLD if times >= OFTEN or id == NO_POWER else DOUBTED
            yield Statement(FACET, (id,), "guess", (shown[id],), sure)


def _listed(
    lists: Sequence[List], told: Mapping[str, int], known: _Known, scheme: Scheme
) -> Iterator[Statement]:
    found: Counter[str] = Counter()
    evidence: list[Evidence] = []
    strange, without = 0, 0
    for each in lists:
        words = Evidence(each.page, clean(f"{each.head}: {each.text}")[:200])
        if _is_none(each.text, known):
            without += 1
            evidence.append(words)
            continue
        things = _things(each.text, known)
        if things.named < (HALF if each.begins else THIRD) * things.every or not things.ids:
            continue  # a sentence about something, and no list
        strange += things.strange
        found.update(things.ids)
        evidence.append(words)
    if not found and not (without and not strange):
        return
    ids = set(found)
    powered = POWERED & (ids | set(told))
    if not powered:
        if not found:
            ids = {NOTHING}
        elif not strange and ids <= OF_PAPER and "copies" not in told:
            ids.add(PAPER_ONLY)
        else:
            ids.add(NO_POWER)
    order = [id for id in scheme.concepts if id in ids and id not in scheme.retired]
    yield Statement(FACET, tuple(order), "guess", tuple(evidence)[:3], LISTED)


def _lists(page: int, text: str, known: _Known) -> Iterator[List]:
    lines = labelled(text).split("\n")
    at = 0
    while at < len(lines):
        head = _head(lines[at], known)
        if head is None:
            at += 1
            continue
        named, rest, begins = head
        taken, at = _below(lines, at + 1, rest, known)
        whole = "\n".join(filter(None, (rest, *taken)))[:LONGEST]
        if whole.strip():
            yield List(page, named, whole, begins)


def _head(line: str, known: _Known) -> tuple[str, str, bool] | None:
    """What names a list where a line begins one, what of the list stands behind it, and whether
    that goes on from it."""
    start = _BULLET.match(line[: HEAD * 2])
    begins = start.end() if start else 0
    part = line[begins : begins + HEAD].lstrip("*_ ")
    if not part:
        return None
    words = token_list(part)
    if not words or words[0].start:
        return None
    mention = next(known.heads.find(part, words, known.heads.forms(words)), None)
    if mention is None or mention.start:
        return None
    behind = line[begins:].lstrip("*_ ")[mention.end :]
    stripped = behind.strip(" *_`\t")
    if mention.id == "begins":
        return mention.words, stripped.lstrip(":：-–— "), True
    if not stripped:
        return mention.words, "", False
    if stripped[0] in ":：–—-" and not stripped[1:2].isalpha():
        return mention.words, stripped.lstrip(":：-–— *_").strip(), False
    return None


def _below(lines: Sequence[str], at: int, rest: str, known: _Known) -> tuple[list[str], int]:
    """The lines of a list after its head, and the number of the line behind them."""
    taken: list[str] = []
    wrapped = rest
    size = len(rest)
    while at < len(lines) and len(taken) < LINES and size < LONGEST:
        line = lines[at].strip()
        if not line:
            if taken or rest:
                break
            at += 1
            if at < len(lines) and not lines[at].strip():
                break
            continue
        if line.startswith("#") or line.rstrip("*_ ").endswith((":", "：")) or _head(line, known):
            break
        marked = bool(_MARKED.match(lines[at]))
        goes_on = bool(wrapped) and (wrapped[-1] in ",;،-" or line[0].islower())
        if (rest or taken) and not marked and not goes_on:
            break
        if not (rest or taken or marked) and len(line) > 2 * THING:
            break  # a paragraph below a heading
        taken.append(line)
        wrapped = line
        size += len(line)
        at += 1
    return taken, at


def _is_none(text: str, known: _Known) -> bool:
    words = token_list(text[:HEAD])
    if not words or len(text) > 2 * HEAD:
        return False
    mention = next(known.none.find(text, words, known.none.forms(words)), None)
    return mention is not None and mention.start <= 3 and mention.end >= len(text.rstrip(" .")) - 12


def _things(text: str, known: _Known) -> Things:
    ids: set[str] = set()
    named = strange = every = 0
    for thing in _DIVIDER.split(text):
        thing = thing.strip()
        if len(thing) < 2 or _NUMBERS.fullmatch(thing):
            continue
        every += 1
        here = {m.id for m in _mentions(thing, known.things)} if len(thing) <= THING else set()
        ids |= here - {_PLAIN}
        named += bool(here - {_PLAIN})
        strange += not here
    return Things(frozenset(ids), named, strange, every)


def _told(
    texts: Sequence[tuple[int, str]], known: _Known
) -> tuple[Counter[str], dict[str, Evidence]]:
    """How often things that only a session has are named anywhere, and where first."""
    times: Counter[str] = Counter()
    shown: dict[str, Evidence] = {}
    for number, text in texts:
        for mention in _mentions(text, known.told):
            times[mention.id] += 1
            around = text[max(0, mention.start - AROUND) : mention.end + AROUND]
            shown.setdefault(mention.id, Evidence(number, clean(around)[:200]))
    return times, shown


def _mentions(text: str, matcher: Matcher) -> Iterator[Mention]:
    words = token_list(text)
    return matcher.find(text, words, matcher.forms(words))


class _Known(NamedTuple):
    heads: Matcher
    none: Matcher
    things: Matcher
    told: Matcher


@lru_cache(maxsize=32)
def _known(language: str, vocabularies: Vocabularies) -> _Known:
    """What is looked for in a language; in one that the table has not, in all of them."""
    table = _table()

    def phrases(entry: Mapping[str, Sequence[str]], id: str) -> Iterator[Phrase]:
        for spoken, labels in entry.items():
            if language == spoken or language not in table["heads"]:
                yield from (Phrase(label, spoken, id) for label in labels)

    def of(name: str) -> Iterator[Phrase]:
        for id, entry in table[name].items():
            yield from phrases(entry, id)

    def labels(strong: bool) -> Iterator[Phrase]:
        scheme = vocabularies.schemes[FACET]
        for concept in scheme.concepts.values():
            if concept.id in (*scheme.retired, *scheme.silent):
                continue
            for spoken, label in concept.labels():
                weak = label in concept.weak.get(spoken, ())
                if language in ("", spoken) and not (strong and weak):
                    yield Phrase(label, spoken, concept.id, WEAK if weak else 1.0)

    def made(*of: Iterable[Phrase]) -> Matcher:
        return Matcher(FACET, language, [phrase for some in of for phrase in some])

    return _Known(
        heads=made(phrases(table["begins"], "begins"), phrases(table["heads"], "heads")),
        none=made(phrases(table["none"], NOTHING)),
        things=made(
            of("told"), of("things"), labels(strong=False), phrases(table["plain"], _PLAIN)
        ),
        told=made(of("told"), labels(strong=True)),
    )


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "materials.toml").read_text("utf-8"))
