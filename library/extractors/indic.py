"""Text of India's scripts set down in the order it looks, put back into the order it is spelt.

Programs that set type shape a syllable first: a vowel sign moves before its consonants, an r that
begins a cluster becomes a hook at its end. Where the PDF keeps that order, no search finds a word.
The rules turn round the reordering of the OpenType specification for Indic scripts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 0.02  # share of words that begin with a vowel sign: none does in order


@dataclass(frozen=True, slots=True)
class Script:
    """The parts of syllables that move, as classes of a regular expression."""

    first: int  # of its block in Unicode; the blocks of India are laid out alike
    before: str  # vowel signs that stand before the consonant, offsets in the block
    reph: bool = True  # whether r before a consonant becomes a hook after it
    after: str = ""  # consonants that take the virama before them when they come second
    joined: tuple[tuple[str, str], ...] = ()  # what comes after the sign aa, and what they make


SCRIPTS = (
    Script(0x900, "\x3f", joined=(("\x47", "\x4b"), ("\x48", "\x4c"))),  # Devanagari
    Script(0x980, "\x3f\x47\x48", after="\x2f"),  # Bengali
    Script(0xA00, "\x3f", reph=False),  # Gurmukhi
    Script(0xA80, "\x3f", joined=(("\x47", "\x4b"), ("\x48", "\x4c"))),  # Gujarati
    Script(0xB00, "\x47", after="\x2f"),  # Oriya
    Script(0xB80, "\x46\x47\x48", reph=False),  # Tamil
    Script(0xD00, "\x46\x47\x48", reph=False),  # Malayalam
)
BEFORE = "".join(chr(script.first + ord(sign)) for script in SCRIPTS for sign in script.before)
MOST = 12  # letters of a cluster, and signs on it
ASTRAY = re.compile(f"(?<![\u0900-\u0d7f])[{BEFORE}]")
WORD = re.compile("[\u0900-\u0d7f]+")


def is_visual(texts: Sequence[str]) -> bool:
    """Whether the words of a page stand in the order they look."""
    texts = [text for text in texts if not text.isascii() and WORD.search(text)]
    words = sum(len(WORD.findall(text)) for text in texts)
    astray = sum(len(ASTRAY.findall(text)) for text in texts)
    return astray > LEAST * words


def logical(text: str) -> str:
    """Text in the order it looks, in the order it is spelt."""
    for rule, turned in RULES:
        text = rule.sub(turned, text)
    return unicodedata.normalize("NFC", text)


def _rules(script: Script) -> list[tuple[re.Pattern[str], str]]:
    at = script.first
    virama, nukta, r = chr(at + 0x4D), chr(at + 0x3C), chr(at + 0x30)
    letter = f"[{chr(at + 0x15)}-{chr(at + 0x39)}{chr(at + 0x58)}-{chr(at + 0x5F)}]{nukta}?"
    cluster = f"(?:{letter}{virama}\u200d?){{0,{MOST}}}{letter}"
    before = "".join(chr(at + ord(sign)) for sign in script.before)
    vowels = (
        f"(?:(?![{before}])[{chr(at + 0x3E)}-{chr(at + 0x4C)}{chr(at + 0x55)}-{chr(at + 0x57)}])"
    )
    signs = f"[{chr(at)}-{chr(at + 3)}]"
    rules = []
    for sign in script.after:
        second = f"{chr(at + ord(sign))}{virama}"
        rules.append((re.compile(f"({signs}?){second}"), virama + second[0] + r"\1"))
    rules.append((re.compile(f"({signs})({vowels}+)"), r"\2\1"))
    if script.reph:
        hook = re.compile(f"({cluster})((?:{vowels}|{signs}){{0,{MOST}}}){r}{virama}")
        rules.append((hook, f"{r}{virama}\\1\\2"))
    rules.append((re.compile(f"([{before}]{signs}?)({cluster})"), r"\2\1"))
    for high, whole in script.joined:  # the two strokes of o and au, set one after the other
        parts = chr(at + 0x3E) + chr(at + ord(high))
        rules.append((re.compile(parts), chr(at + ord(whole))))
    return rules


RULES = [rule for script in SCRIPTS for rule in _rules(script)]
