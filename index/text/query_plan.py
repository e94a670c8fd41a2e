"""A question made ready to be answered: the same for every engine, and for marking words on a page.

A run of a script without spaces is not one phrase: of more than FEW pairs of characters, each is a
word of its own, so that a work need not repeat the whole question; where a mark parts syllables, as
in Tibetan, each of a longer run is, and each two together. In a long question neither are
the parts of a word with a hyphen that the library does not have.

Words beside each other may be one, and one may be two: "well being" is found where "wellbeing"
stands, and "65 000" where "65,000" does (index/text/writings.py). Which words a library writes or
spells in several ways (index/text/orthography.py), it says itself.
Long because every way of writing widens the same words of a question, each in its turn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from index.query import And, Node, Not, Or, Word
from index.text import (
    amounts,
    analysis,
    dates,
    deferred,
    genders,
    matching,
    number_words,
    orthography,
    phrases,
    scripts,
    shortened,
    writings,
)
from index.text.readings import Reading
from index.text.stopwords import is_stopword

FEW = 3
"""A run of so many pairs is a word, whose pairs stand in order."""

LOOKED_AT = 24  # words of a question that are looked at with those beside them
HALF = 3  # letters of each part of a word that may be two
NAMING = "od"  # a letter alone that begins names: O Neill, D Souza
LONGEST_SPLIT = 20  # letters of it
DIALLED = 3  # figures of a number for emergencies
LETTERS = 5  # that stand apart and may be one: I L O

_SYLLABLES = deferred.compile(rf"\p{{L}}\p{{M}}*[{scripts.SYLLABLE}]\p{{L}}")

_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
_PLAIN = {
    two: unicodedata.normalize("NFD", umlaut)[0].replace("ø", "o")
    for umlaut, two in _UMLAUTS.items()
}

Printed = Callable[[str], Mapping[str, int]]
"""How a library prints a folded word, and in about how many works; nothing where it does not have
it."""


def unknown(folded: str) -> Mapping[str, int]:
    """What is known of words where there is no library to ask."""
    return {}


def planned(tree: Node, languages: Sequence[str] = (), printed: Printed = unknown) -> Node:
    """The tree that answers for one that was typed. Done twice, it is the same."""
    match tree:
        case Word():
            alone = _phrased(_read_together([tree], printed), printed)
            words = [node for node in _counted(alone, languages, printed) if isinstance(node, Word)]
            pieces = [piece for word in words for piece in _pieces(word, printed, long=False)]
            return _all_of([_spelt(word, languages, printed, long=False) for word in pieces])
        case Not(node):
            return Not(planned(node, languages, printed))
        case And(nodes):
            long = len(nodes) > matching.ALL_UP_TO
            made: list[Node] = []
            read = _phrased(_read_together(nodes, printed), printed)
            for node in _counted(read, languages, printed):
                if isinstance(node, Word):
                    made += _pieces(node, printed, long=long)
                else:
                    made.append(planned(node, languages, printed))
            made = [
                _spelt(node, languages, printed, long=long) if isinstance(node, Word) else node
                for node in made
            ]
            return _all_of(_same(_beside(made, languages, printed)))
        case Or(nodes):
            return Or(tuple(planned(node, languages, printed) for node in nodes))
        case _:
            return tree


def _pieces(word: Word, printed: Printed, *, long: bool) -> Iterator[Word]:
    """The words that stand for one in an And."""
    tokens = [*analysis.tokens(word.text)]
    unspaced = any(analysis.is_unspaced(token.text) for token in tokens)
    if word.also or word.names or word.field == "author" or len(tokens) < 2:
        yield word
    elif len(tokens) > FEW and _SYLLABLES.search(word.text):
        yield from (Word(word.text[token.start : token.end], word.field) for token in tokens)
        for left, right in pairwise(tokens):
            yield Word(word.text[left.start : right.end], word.field)
    elif unspaced and len(tokens) > FEW:
        yield from (Word(word.text[token.start : token.end], word.field) for token in tokens)
    elif long and not unspaced and is_loose(word.text) and not _whole(word.text, printed):
        for token in tokens:
            part = word.text[token.start : token.end]
            yield Word(part, word.field, together=word.together | {word.text})
    else:
        yield word


def _whole(text: str, printed: Printed) -> bool:
    """Whether the library has a word with marks inside, in any writing."""
    return any(
        printed(token.text)
        for place, token in analysis.placed(text)
        if token.end - token.start == len(text)
    )


def is_loose(text: str) -> bool:
    """Whether a word is of parts that are words themselves, as home-based is and e-mail is not."""
    words = [token.text for token in analysis.tokens(text)]
    if len(words) < 2 or genders.is_gendered(text):
        return False
    return all(len(word) > 1 and not word.isdecimal() for word in words)


def _halves(folded: str) -> Iterator[str]:
    """A word in two: what may have been run together."""
    if folded[:1] in NAMING and len(folded) > 2 * HALF - 2:  # ONeill, DSouza
        yield f"{folded[:1]} {folded[1:]}"
    if len(folded) == 4 and folded[0] == folded[1] and folded[2] == folded[3]:  # RRHH, of two words
        yield f"{folded[:2]} {folded[2:]}"
    for at in range(HALF, len(folded) - HALF + 1):
        yield f"{folded[:at]} {folded[at:]}"


def _spelt(word: Word, languages: Sequence[str], printed: Printed, *, long: bool) -> Word:
    """A word, and how else the library writes it: wellbeing, where some have well-being."""
    readings = [*analysis.placed(word.text)]
    told = frozenset(writings.told(word.text))
    if told:
        word = replace(word, written=word.written | told)
    if printed is unknown or not readings or analysis.is_unspaced(readings[0][1].text):
        return word
    wholes = {token.text for place, token in readings if place == 0}
    others = {form for whole in wholes for form in printed(whole) if form != word.text}
    parted = {form for form in others if sum(1 for _ in analysis.tokens(form)) > 1}
    parted |= {form for whole in wholes for form in _umlauts(whole, word.text, printed)}
    parted |= _other_spellings(wholes, languages, printed, long=long)
    parted |= {other for other in _dialled(word.text, wholes) if all(map(printed, other.split()))}
    if not long and len(readings) == 1 and len(readings[0][1].text) <= LONGEST_SPLIT:
        parted |= {pair for pair in _halves(readings[0][1].text) if all(map(printed, pair.split()))}
    return replace(word, written=word.written | parted) if parted else word


def _dialled(typed: str, wholes: Iterable[str]) -> Iterator[str]:
    """A number to call, with its figures apart or together: 911, 9-1-1."""
    yield from (" ".join(one) for one in wholes if len(one) == DIALLED and one.isdecimal())
    figures = [token.text for token in analysis.tokens(typed)]
    if len(figures) == DIALLED and all(len(one) == 1 and one.isdecimal() for one in figures):
        yield "".join(figures)


def _other_spellings(
    wholes: Iterable[str], languages: Sequence[str], printed: Printed, *, long: bool
) -> set[str]:
    """How else a library spells a word: centre and center, acção and ação. In a long question,
    which need not hold every word, only where that is how the library mostly spells it: the rarer
    spelling of a word that it has in plenty tells nothing."""
    found = set()
    for whole in wholes:
        for other in orthography.others(whole, tuple(languages)):
            held = printed(other)
            if held and not (long and _works(held) < _works(printed(whole))):
                found.add(other)
    return found


def _works(held: Mapping[str, int]) -> int:
    return max(held.values(), default=0)


def _umlauts(folded: str, typed: str, printed: Printed) -> Iterator[str]:
    """Löhne where the library prints Loehne, and Loehne where it prints Löhne."""
    apart = unicodedata.normalize("NFC", typed.lower())
    for umlaut, two in _UMLAUTS.items():
        apart = apart.replace(umlaut, two)
    if apart != unicodedata.normalize("NFC", typed.lower()):
        yield from printed(analysis.fold(apart))
    for two, umlaut in _PLAIN.items():
        if two in folded:
            bare = folded.replace(two, umlaut)
            yield from (form for form in printed(bare) if not _UMLAUTS.keys().isdisjoint(form))


def _read_together(nodes: Sequence[Node], printed: Printed) -> list[Node]:
    """Words, each with what it reads as beside its neighbours: 65 000, Convention No. 189."""
    made = list(nodes)
    if printed is not unknown:
        _lengthen(made, printed)
    run: list[int] = []
    for at, node in enumerate((*nodes[:LOOKED_AT], None)):
        if isinstance(node, Word) and not node.field:
            run.append(at)
            continue
        _read_run(made, run, printed)
        run = []
    return made


def _lengthen(made: list[Node], printed: Printed) -> None:
    """Words that are written short, in full, and those in full short: Mme, Madame."""
    for at, node in enumerate(made[:LOOKED_AT]):
        for other in shortened.others(_one_word(node)):
            behind = _one_word(made[at + 1]) if at + 1 < len(made) else ""
            if not isinstance(node, Word) or not printed(other):
                continue
            if shortened.is_alone(_one_word(node), other):
                made[at] = node = replace(node, written=node.written | {other})
            elif behind and printed(behind):
                _mark(made, at, at + 2, f"{other} {behind}")
                node = made[at]


def _one_word(node: Node) -> str:
    """The one word of a node, folded; "" of what is more, or no plain word."""
    if not isinstance(node, Word) or node.field:
        return ""
    words = [token.text for token in analysis.tokens(node.text)]
    return words[0] if len(words) == 1 else ""


def _read_run(made: list[Node], run: Sequence[int], printed: Printed) -> None:
    text, starts = "", []
    for at in run:
        starts.append(len(text))
        text += f"{getattr(made[at], 'text', '')} "
    found = (*writings.readings(text.rstrip()), *amounts.spoken(text)) if len(run) > 1 else ()
    for start, end, others in number_words.hours(text) if any(map(str.isdecimal, text)) else ():
        found += tuple(Reading(other, start, end) for other in others)
    if printed is not unknown and dates.may_have(text):
        found += tuple(dates.read(text, lambda name: all(map(printed, name.split()))))
    for reading in found:
        places = [
            at
            for at, start in zip(run, starts, strict=True)
            if start < reading.end and start + len(getattr(made[at], "text", "")) > reading.start
        ]
        for at in places:
            word = made[at]
            if isinstance(word, Word) and (len(places) > 1 or reading.text != word.text):
                inside = len(places) == 1 and reading.end - reading.start < len(word.text)
                if len(places) > 1:
                    made[at] = replace(word, together=word.together | {reading.text})
                elif not inside:
                    made[at] = replace(word, written=word.written | {reading.text})


def _phrased(nodes: list[Node], printed: Printed) -> list[Node]:
    """Words, each with what it is in other words with those beside it: without, w/o."""
    if printed is unknown:
        return nodes
    made, said = list(nodes), _printing(printed)
    words: list[str] = []
    owners: list[int] = []
    for at, node in enumerate(nodes[:LOOKED_AT]):
        own = (
            [token.text for token in analysis.tokens(node.text)]
            if isinstance(node, Word) and not node.field
            else [""]
        )
        words += own
        owners += [at] * len(own)
    for first, last, others in phrases.found(words):
        _tell(made, owners, first, last, filter(said, others))
    return made


def _counted(nodes: list[Node], languages: Sequence[str], printed: Printed) -> list[Node]:
    """Words, each with what it is beside its neighbours where a number among them is written in
    digits, or in words: 8 hours, eight hours."""
    if printed is unknown and any(isinstance(node, Word) and node.together for node in nodes):
        return nodes  # a library was asked already
    words: list[str] = []
    owners: list[int] = []
    for at, node in enumerate(nodes[:LOOKED_AT]):
        if isinstance(node, Word) and not node.field:
            for start, end, written in number_words.hours(node.text):
                if end - start == len(node.text):
                    nodes[at] = replace(node, written=node.written | written)
            own = [token.text for token in analysis.tokens(node.text)]
            words += own
            owners += [at] * len(own)
        else:  # what stands on its two sides is not beside each other
            words.append("")
            owners.append(at)
    if not number_words.may_have(words):
        return nodes
    said = _printing(printed)
    for first, last, others in _read_numbers(nodes, words, owners, languages):
        if len(words) == last - first:
            _tell(nodes, owners, first, last, filter(said, others))
        for start, end in _with_neighbours(words, first, last, languages):
            told = (" ".join((*words[start:first], other, *words[last:end])) for other in others)
            _tell(nodes, owners, start, end, filter(said, told))
    for first, last, same in _measured(nodes, words, owners):
        _tell(nodes, owners, first, last, filter(said, same))
    return nodes


def _read_numbers(
    nodes: Sequence[Node], words: Sequence[str], owners: Sequence[int], languages: Sequence[str]
) -> Iterator[tuple[int, int, list[str]]]:
    """Where the numbers of a question stand among its words, and how else they are written."""
    for first, last, number in _numbers(nodes, words, owners):
        others = number_words.others(words[first:last], number, tuple(languages))
        yield first, last, [" ".join(name) for name in others]


def _measured(
    nodes: Sequence[Node], words: Sequence[str], owners: Sequence[int]
) -> Iterator[tuple[int, int, Iterator[str]]]:
    """Where numbers with a unit or a scale stand, and large round ones; how else they are
    written."""
    for first, last, number in _numbers(nodes, words, owners):
        if last < len(words):
            yield first, last + 1, number_words.measures(str(number), words[last])
            yield first, last + 1, number_words.scaled(number, words[last])
    for at, owner in enumerate(owners):
        count, unit = number_words.measured(words[at])
        if unit:
            yield at, at + 1, number_words.measures(count, unit)
        else:
            yield at, at + 1, number_words.in_scale(words[at])
        node = nodes[owner]
        if owners[at - 1 : at] != [owner] and isinstance(node, Word):
            end = at + owners.count(owner)
            if owners.count(owner) == 2 and end < len(words):
                said = [token.text for _, token in analysis.placed(node.text)]
                yield at, end + 1, number_words.tenths(said, words[end])
            for large in number_words.large(token.text for _, token in analysis.placed(node.text)):
                yield at, at + owners.count(owner), number_words.in_scales(large)


def _printing(printed: Printed) -> Callable[[str], bool]:
    """Whether a library prints every word of a text; where there is none to ask, it may."""
    return lambda text: (
        printed is unknown or all(printed(token.text) for token in analysis.tokens(text))
    )


def _tell(
    nodes: list[Node], owners: Sequence[int], start: int, end: int, others: Iterable[str]
) -> None:
    """Lay what a stretch of a question's words can be written as beside each of its nodes."""
    told = frozenset(others)
    inside = {*owners[start:end]}
    for at in inside if told else ():
        node = nodes[at]
        if isinstance(node, Word):
            if len(inside) == 1 and owners.count(at) == end - start:
                nodes[at] = replace(node, written=node.written | told)
            else:
                nodes[at] = replace(node, together=node.together | told)


def _numbers(
    nodes: Sequence[Node], words: Sequence[str], owners: Sequence[int]
) -> Iterator[tuple[int, int, int]]:
    """Where the numbers of a question begin and end among its words, and what they stand for."""
    yield from number_words.numbers(words)
    at = 0
    while at < len(owners):
        node, count = nodes[owners[at]], owners.count(owners[at])
        number = number_words.in_digits(node.text) if isinstance(node, Word) else 0
        if number:
            yield at, at + count, number
        for step in range(at, at + count) if not number and count > 1 else ():
            if number_words.is_small(words[step]):
                yield step, step + 1, int(words[step])
        at += count


def _with_neighbours(
    words: Sequence[str], first: int, last: int, languages: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """A stretch with the word that tells something before it, and the one behind it."""
    for step, edge in ((1, last), (-1, first - 1)):
        for at in (edge, edge + step):
            if not 0 <= at < len(words) or not words[at]:
                break
            if not is_stopword(words[at], languages):
                yield (first, at + 1) if step > 0 else (at, last)
                break


def _beside(nodes: list[Node], languages: Sequence[str], printed: Printed) -> list[Node]:
    """Neighbouring words, each found too where the library writes the two as one."""
    if printed is unknown:
        return nodes
    looked = nodes[:LOOKED_AT]
    open_ = [_open(node, languages) for node in looked]
    letters = [_letter(node) for node in nodes[:LOOKED_AT]]
    for at, (lefts, rights) in enumerate(pairwise(open_)):
        if letters[at]:  # e mail, t shirt
            lefts = (letters[at],)
        if _is_name(looked[at : at + 2]) or len(nodes) == 2:  # You Tube, What's App
            lefts, rights = _open(looked[at], ()), _open(looked[at + 1], ())
        for joined in (left + right for left in lefts for right in rights):
            if printed(joined):
                _mark(nodes, at, at + 2, joined)
    for at in range(len(letters)):
        for end in range(at + 2, min(at + LETTERS, len(letters)) + 1):
            joined = "".join(letters[at:end])
            if all(letters[at:end]) and printed(joined):
                _mark(nodes, at, end, joined)
    return nodes


def _same(nodes: list[Node]) -> list[Node]:
    """One word typed several times is the same each time, whatever stands beside it."""
    known: dict[tuple[str, str], Word] = {}
    for node in nodes:
        if isinstance(node, Word):
            key = (node.field, node.text.casefold())
            node_ = known.get(key, node)
            known[key] = replace(
                node_,
                also=node_.also | node.also,
                names=node_.names | node.names,
                written=node_.written | node.written,
                together=node_.together | node.together,
            )
    return [
        known[node_.field, node_.text.casefold()] if isinstance(node_, Word) else node_
        for node_ in nodes
    ]


def _mark(nodes: list[Node], start: int, end: int, joined: str) -> None:
    for at in range(start, end):
        node = nodes[at]
        if isinstance(node, Word):
            nodes[at] = replace(node, together=node.together | {joined})


def _open(node: Node, languages: Sequence[str]) -> tuple[str, ...]:
    """What the one word of a node that may be half of another can be, folded; none for others."""
    if not isinstance(node, Word) or node.field or matching.is_function_word(node, languages):
        return ()
    words = [token.text for token in analysis.tokens(node.text)]
    if len(words) != 1 or analysis.is_unspaced(words[0]):
        return ()
    whole = analysis.fold(node.text)  # what's, which is read as what
    return (words[0], whole) if whole != words[0] else (words[0],)


def _is_name(nodes: Sequence[Node]) -> bool:
    """Whether words are written as names are, so that none of them is a function word."""
    return all(isinstance(node, Word) and node.text[:1].isupper() for node in nodes)


def _letter(node: Node) -> str:
    if not isinstance(node, Word) or node.field:
        return ""
    words = [token.text for token in analysis.tokens(node.text)]
    return words[0] if len(words) == 1 and len(words[0]) == 1 and words[0].isalpha() else ""


def _all_of(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))
