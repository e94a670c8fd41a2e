"""Lines of a page made fit to read: stray marks off, capitals lowered."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise
from typing import NamedTuple

import regex

from library.core.resource import Page

# Words that stay small inside a title and show that a line goes on in the next.
_ENGLISH = (
    "a an the and or nor but for of on in to by with from at as vs v et al its their into upon "
    "regarding"
)
_SPANISH = "y e o u de del la el los las en con por para que sobre un una su sus respecto"
_FRENCH = "ou le les des du dans sur pour par avec au aux d l une à"
_PORTUGUESE = "da do das dos em no na nos nas com ao às os um uma sem pelo pela se"
_OTHERS = "und der die von zu für im den dem ein eine van het een voor met op"
SMALL = frozenset(" ".join((_ENGLISH, _SPANISH, _FRENCH, _PORTUGUESE, _OTHERS)).split())
# The joiners U+200C and U+200D stay: Persian and Indic spelling needs them.
_PRIVATE = re.compile(
    r"[\ue000-\uf8ff\ufffd\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\xad]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_FOOTNOTE = re.compile(
    r"(?<=[^\W\d_]{4})\d{1,2}$|(?<=\d) \d$|(?<!\s)\s++(?:[*∗†‡]++|[¹²³⁴-⁹]++)$|"
    r"(?<![*∗†‡])[*∗†‡]++$|(?<![¹²³⁴-⁹])[¹²³⁴-⁹]++$"
)
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_KEY = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# To Python's own patterns the vowel signs of India's scripts are no letters.
_ANY_KEY = regex.compile(r"[\w\p{M}]+")
_ANY_LETTERS = regex.compile(r"[\p{L}\p{M}]+")
_ANY_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*")
_INDIC = re.compile(r"[\u0900-\u0dff]")
LONGEST = 2_000  # characters of a line that are looked at: a longer one is prose all through


class Line(NamedTuple):
    """One line (or heading, or paragraph) of a page. `level` is 1 to 6 for a heading, else 0."""

    page: int
    text: str
    level: int = 0
    gap: bool = False  # whether empty space stands before it
    prose: bool = False  # whether the layout already calls it running text


def clean(text: str) -> str:
    """One line without control and private characters, its spaces single.

    pdfium writes U+0002 for a hyphen at the end of a line.
    """
    text = unicodedata.normalize("NFC", text.replace("\x02", "-"))
    return " ".join(_CONTROL.sub(" ", _PRIVATE.sub("", text)).split())


def unmarked(text: str) -> str:
    """A heading without the mark of its footnote."""
    return _FOOTNOTE.sub("", text).rstrip()


def lines(page: Page, limit: int = 80) -> list[Line]:
    """The first `limit` lines of a page: by its layout where that was read, else by its text.

    Where only the large type of a page is known as headings, its lines of text carry their level.
    """
    if any(block.kind not in ("heading", "table") for block in page.blocks):
        return list(islice(_laid_out(page), limit))
    marks = [(f" {folded(b.text)} ", b.level) for b in page.blocks if b.kind == "heading"]
    text = page.text[: limit * 500].replace("\x0c", "\n")
    rows = [undoubled(clean(row[:LONGEST])) for row in text.splitlines()]
    # Empty lines between all lines say nothing of what belongs together.
    telling = any(one and two for one, two in pairwise(rows))
    result: list[Line] = []
    gap = True
    for text in rows:
        if text:
            key = f" {folded(text)} "
            level = next((level for mark, level in marks if key in mark), 0) if key.strip() else 0
            result.append(Line(page.number, text, level, gap and telling))
        gap = not text
    return result[:limit]


def _laid_out(page: Page) -> Iterator[Line]:
    for block in page.blocks:
        if block.kind == "heading":
            if text := clean(block.text[:LONGEST]):
                yield Line(page.number, text, max(1, min(6, block.level)), True)
        elif block.kind in ("paragraph", "item", "quote"):
            # A paragraph's own line breaks, where the reader kept them, are lines too.
            for number, row in enumerate(block.text.splitlines()):
                if text := clean(row[:LONGEST]):
                    yield Line(page.number, text, 0, number == 0, block.kind == "item")


def _is_indic(text: str) -> bool:
    return not text.isascii() and _INDIC.search(text) is not None


def undoubled(text: str) -> str:
    """`YYoouurr rriigghhttss`, printed twice for a bold face, as `Your rights`."""
    words = text.split()
    doubled = [word for word in words if len(word) > 3 and _is_doubled(word)]
    if len(doubled) < 2:
        return text
    return " ".join(word[::2] if _is_doubled(word) else word for word in words)


def _is_doubled(word: str) -> bool:
    return len(word) > 1 and len(word) % 2 == 0 and word[::2] == word[1::2]


def letters(text: str) -> int:
    """How many letters there are."""
    pattern = _ANY_LETTERS if _is_indic(text) else _LETTERS
    return sum(map(len, pattern.findall(text)))


def words_of(text: str) -> list[str]:
    return (_ANY_WORD if _is_indic(text) else _WORD).findall(text)


def folded(text: str) -> str:
    """For comparing: small letters and digits only, without accents."""
    text = text.casefold()
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return " ".join((_ANY_KEY if _is_indic(text) else _KEY).findall(text))


def shouted(text: str) -> bool:
    """Whether all (or nearly all) of its letters are capitals, in a script that has them."""
    capitals, small = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return capitals + small >= 4 and capitals > 0.85 * (capitals + small)


class Usual(NamedTuple):
    """How words are written within the sentences of a document: alone, and in pairs."""

    words: Mapping[str, str]
    pairs: Mapping[tuple[str, str], tuple[int, str, str]]  # how often, and both as written
    plenty: bool = False  # enough was read: a word not among them is likely a name

    def of(self, before: str, word: str, after: str) -> str:
        """`word` as it is usually written between its neighbours, "" where it never is."""
        left, right = self.pairs.get((before, word)), self.pairs.get((word, after))
        if right and (not left or right[0] >= left[0]):
            return right[1]
        return left[2] if left else self.words.get(word, "")


def usual_case(pages: Iterable[Page], title: str, limit: int = 60_000) -> Usual:
    """How the words of a title in capitals are written in the sentences of the pages."""
    wanted = [word.casefold() for word in words_of(title)]
    forms = {form for key in wanted for form in (key, key.capitalize(), key.upper(), key.title())}
    pairs = frozenset(pairwise(wanted))
    singles: dict[str, Counter[str]] = {}
    doubles: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    left = limit
    for page in pages:
        if left <= 0:
            break
        text = page.text[:left]
        left -= len(text)
        for before, word in pairwise(_TOKEN.findall(text)):
            # At the start of a sentence every word has a capital.
            if word not in forms or not before[0].isalpha():
                continue
            key = word.casefold()
            if not (before.isupper() and word.isupper()):
                singles.setdefault(key, Counter())[word] += 1
                if (pair := (before.casefold(), key)) in pairs:
                    doubles.setdefault(pair, Counter())[before, word] += 1
    usual_pairs = {}
    for pair, counts in doubles.items():
        ((one, two), times), *_ = counts.most_common(1)
        usual_pairs[pair] = times, one, two
    words = {key: counter.most_common(1)[0][0] for key, counter in singles.items()}
    return Usual(words, usual_pairs, limit - left > 30_000)


def lowered(text: str, language: str, usual: Usual) -> str:
    """A title whose words in capitals are written as the document does, or as its language does.

    English titles capitalise words, the others only the first and the names among them.
    """
    matches = list(_WORD.finditer(text))
    keys = ["", *(match[0].casefold() for match in matches), ""]
    written: list[str] = []
    end = 0
    for number, match in enumerate(matches):
        word = match[0]
        before = text[: match.start()].rstrip(" “\"‘'«(¿¡")
        stopped = before.endswith((".", ":", "?", "!")) and not _VERSUS.search(before)
        opens = number == 0 or stopped
        if len(word) > 1 and word.isupper():
            habit = usual.of(*keys[number : number + 3])
            capitals = language == "en" or (usual.plenty and not habit)
            word = _cased(word, keys[number + 1], habit, opens, capitals)
        elif len(word) == 1 and keys[number + 1] in SMALL and not opens:
            after = text[match.end() : match.end() + 1]
            word = word if after == "." and word.lower() != "v" else word.lower()
        written += text[end : match.start()], word
        end = match.end()
    return "".join(written) + text[end:]


def _cased(word: str, key: str, habit: str, opens: bool, headline: bool) -> str:
    capital = word[:1] + word[1:].lower()
    if habit and habit != key:
        return habit if not habit.isupper() or len(word) <= 5 else capital
    if not habit and key not in SMALL and not opens and _ROMAN.fullmatch(word):
        return word
    if not habit and key not in SMALL and len(word) <= 5 and not _VOWEL.search(word):
        return word  # an abbreviation
    return capital if opens or (headline and key not in SMALL) else word.lower()


_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[.!?:;]|\n\s*\n")
_VERSUS = re.compile(r"\bvs?\.$", re.IGNORECASE)
_ROMAN = re.compile(r"(?=[IVXL])(?:X{0,3})(?:IX|IV|V?I{0,3})")
_VOWEL = re.compile(r"[aeiouyáéíóúàâêôãõèëïîûüöäœæαεηιουωаеиоуыэюяіїє]", re.IGNORECASE)
