"""Text as it comes out of files, made into text that people can read and search."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from library.extractors.compounds import HYPHENS, Words, is_suspended

SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# Zero-width joiners stay: Persian and the scripts of India are spelt with them. The Arabic
# lengthening stroke goes: it only fills lines.
INVISIBLE = re.compile(
    "[\u00ad\u0640\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
# Some programs write the vowel signs of Arabic and of India's scripts twice.
SIGNS = "".join(
    map(chr, filter(lambda n: unicodedata.category(chr(n))[0] == "M", range(0x600, 0xE00)))
)
TWICE = re.compile(f"([{SIGNS}])\\1+")
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
# Ligatures of Latin type, and the shapes that Arabic letters take inside words.
SHAPES = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufdff\ufe70-\ufefc]+")
# The vowel am of Thai and Lao, taken apart by programs that set type, with its tone between.
AM = re.compile("(?:\u0e4d([\u0e48-\u0e4b]?)|([\u0e48-\u0e4b])\u0e4d)\u0e32")
LAO_AM = re.compile("(?:\u0ecd([\u0ec8-\u0ecb]?)|([\u0ec8-\u0ecb])\u0ecd)\u0eb2")
# Scripts that set no space between words: Thai, Lao, Burmese, Khmer, Chinese and Japanese.
UNSPACED = re.compile("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff]")
# TeX strikes out a sign of mathematics before it sets it.
STRUCK = re.compile("\u0338([<=>\u2190-\u22ff])")
# What is mended of signs that are not of ASCII, but that they are composed.
ODD = re.compile(f"[\ufb00-\ufefc\u0e4d\u0ecd\u0338{SIGNS}{INVISIBLE.pattern[1:-1]}]")
SPACED_LETTERS = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")
WIDE_LETTERS = re.compile(r"(?<!\S)(?:[^\W\d_] {1,9}){3,}[^\W\d_](?![^\W_])")
ONE_SPACE = re.compile(r"\S \S")
MORE_SPACES = re.compile("  +")
DOUBLED = re.compile(r"(?<!\S)(?:([^\W\d_])\1){3,}(?!\S)(?:\s{1,2}(?:(\S)\2)+(?!\S))*")
LONGEST_LINE = 1_000  # letters of a line that may be set twice
SOFT_END = re.compile(r"\u00ad\s*$")
NOTHING = Words()  # that are known of a document
LONGEST = 60  # letters of a word that is looked at
BULLET = re.compile(
    "^(?:[•◦▪▫■□●○‣⁃∙·➢➤►▶❖✓✔✗★☆◆◇\uf000-\uf0ff]\\s*|[–—*-]\\s+|o\\s+(?=[A-ZÀ-Þ]))(?=\\S)"
)
# A letter with a point is the initial of a name as often, late in the alphabet.
NUMBER = re.compile(
    r"^(\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\)|(?:\d{1,3}|[a-hA-H]|[ivxIVX]{1,5})\.)\s+(?=\S)"
)
ENDS = re.compile(r"[.!?:;।؟。…]['\"”’»)\]]*$")


def clean(text: str) -> str:
    """Text in composed form, without ligatures, invisible signs and double spaces; lines stay."""
    if text.isascii():
        if text.isprintable() and "  " not in text:  # most lines
            return text.strip(" ")
    elif ODD.search(text):
        text = SHAPES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
        text = LAO_AM.sub("\\1\\2\u0eb3", AM.sub("\\1\\2\u0e33", text))
        text = STRUCK.sub("\\1\u0338", text)
        text = unicodedata.normalize("NFC", TWICE.sub(r"\1", INVISIBLE.sub("", text)))
    else:
        text = unicodedata.normalize("NFC", text)
    text = CONTROL.sub("\ufffd", text)
    if "  " in text:
        text = WIDE_LETTERS.sub(_spaced_words, text)
    return SPACES.sub(" ", text).strip(" ")


def _spaced_words(match: re.Match[str]) -> str:
    """`O U R  R I G H T S` as `OUR RIGHTS`: more than one space between them parts words."""
    if not ONE_SPACE.search(match[0]):
        return match[0]
    return " ".join(word.replace(" ", "") for word in MORE_SPACES.split(match[0]))


def clean_sign(sign: str) -> str:
    """One sign by itself: a space stays a space, and what only fills the line becomes nothing."""
    return " " if sign.isspace() else clean(sign)


def join_spaced(line: str) -> str:
    """`S T A G E` as `STAGE`: letters set apart for show are one word."""
    return SPACED_LETTERS.sub(lambda match: match[0].replace(" ", ""), line)


def undoubled(line: str) -> str:
    """`YYoouurr rriigghhttss` as `Your rights`: letters set twice, to look bold, are read twice."""
    return DOUBLED.sub(_halved, line) if len(line) < LONGEST_LINE else line


def _halved(match: re.Match[str]) -> str:
    words = re.split(r"(\s+)", match[0])
    if len(set(words[0])) < 3:
        return match[0]
    return "".join(word if word.isspace() else word[::2] for word in words)


def joined(lines: Iterable[str], known: Words | str = "") -> str:
    """The lines of one paragraph as one; a word cut by a hyphen at a line's end is mended.

    `known` are words of the document, or a text of it: they say which hyphen is a compound's own.
    """
    words = known if isinstance(known, Words) else Words(known) if known else NOTHING
    text = ""
    for line in lines:
        line = line.strip()
        if not line:
            continue
        if not text:
            text = line
        elif text[-1] in HYPHENS and len(text) > 1 and text[-2].isalnum() and line[0].isalnum():
            text = _mended(text, line, words)
        elif UNSPACED.match(text[-1]) and UNSPACED.match(line[0]):
            text += line
        else:
            text = f"{text} {line}"
    return text


def _mended(text: str, line: str, words: Words) -> str:
    second = re.split(r"[^\w'’-]", line[:LONGEST], maxsplit=1)[0]
    first = re.split(r"[^\w'’-]", text[-LONGEST:-1])[-1]
    if is_suspended(second):
        return f"{text[:-1]}- {line}"
    soft = text[-1] == "\u00ad"
    if first[-1:].isdigit() or second[:1].isdigit():
        numbers = first.isdigit() and second.isdigit()
        return f"{text} {line}" if numbers else f"{text[:-1]}-{line}"
    if not soft and (line[0].isupper() or "-" in first or words.keep_hyphen(first, second)):
        return f"{text[:-1]}-{line}"
    return text[:-1] + line


def paragraphs(lines: Sequence[str], words: Words | None = None) -> list[str]:
    """Lines of running text, gathered into paragraphs by their length and their endings.

    For text without geometry: a line ends its paragraph when it is plainly shorter than the
    page's long lines and the next does not go on with a small letter. `words` are those of the
    document so far; these are added to them.
    """
    lines = [join_spaced(clean(SOFT_END.sub("-", line))) for line in lines]
    if words is None:
        words = Words()
    words.add(lines)
    lengths = sorted(len(line) for line in lines if line)
    full = lengths[int(len(lengths) * 0.9)] if lengths else 0
    result: list[str] = []
    group: list[str] = []
    for place, line in enumerate(lines):
        if line:
            group.append(line)
        following = lines[place + 1] if place + 1 < len(lines) else ""
        if group and (not line or not following or _ends(line, following, full)):
            result.append(joined(group, words))
            group = []
    return result


def _ends(line: str, following: str, full: int) -> bool:
    if BULLET.match(following) or NUMBER.match(following):
        return True
    if line[-1] in HYPHENS or following[0].islower():
        return False
    if ENDS.search(line):
        return len(line) < 0.9 * full
    return len(line) < 0.7 * full
