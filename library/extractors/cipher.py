"""Text whose letters stand for others: a font that does not say which letters its shapes are.

Such text has words and spaces like any other, and each letter as often as some other should be, so
that it is told by the pairs in which letters stand. What pairs are usual in languages written in
Latin letters was counted in the translations of Django 5.2 (BSD licence), 56 languages alike; marks
on letters are left aside. A language that was left out of the counting is hardly more surprising
than one that was counted, for all have vowels beside consonants.
"""

from __future__ import annotations

import re
import unicodedata

# In thirds of a bit, to base 36: how surprising each letter is after each other, and at the end of
# a word. A row for the beginning of a word and for each of a to z; a column for its end and a to z.
PAIRS = (
    "zbeebcfgfdiffdcecmhbcfejsji"
    "6jhedpngkfigbf9miqacciimqjj"
    "d8lrp8tph9cqdolartagobrrpfq"
    "c9qgtauu88oijrn8uujkcdurujm"
    "a8tth6tqh9kqljh9uwgkpdpqwkl"
    "6hjffjmgnhlfcf9lkp9adlknmoi"
    "a9qrq9gpi7kofpk8qrcjicrpqkq"
    "89kso8phfakogpiatuehjaqjugr"
    "86pql8nskanmhlk9prioddnmtkt"
    "8fkeedjflphfbf9cjpebcljnrnh"
    "b7rmk5pqrdonllibpspfgbmprnn"
    "98nkqattialffklarugebbkjuiq"
    "98ppg8siq8jnckmbqtthednrxju"
    "96dup7ttk9kokgmbfvrkndsqvop"
    "69sjdbmclaijmqgbvxsgbempyhr"
    "6lfhdlohnijgce8jjv9bfhgispi"
    "d7olr9snmeopcol7ht9ggehstks"
    "eeklfclllckleljgljkkh3lllll"
    "78lmf8nko9ojigkcprhhfekowkl"
    "6bqhp8prhapegmkegsnf9fmmyll"
    "88rus8rrf9somnkbnybjfconsjl"
    "7djihcmgnfkgdc9jhtbccfnnroh"
    "b5roq6spr8mokrharrgkohpssir"
    "a6ohn8plmbkomoe9lpghkdpppco"
    "bbkhi9jkj6kjhjjcgjkiaekkkkk"
    "6aigechjngmiehddfrifcgmjqej"
    "87hji9rih8oikfdcnrnlieklrim"
)
LETTERS = " abcdefghijklmnopqrstuvwxyz"
SURPRISE = {
    letter + other: int(PAIRS[27 * row + column], 36) / 3
    for row, letter in enumerate(LETTERS)
    for column, other in enumerate(LETTERS)
}
MOST = 20_000  # characters of a page that are looked at
ENOUGH = 240  # pairs from which the mean says something
PART = 900  # characters of the parts in which a page may be of both kinds
UNLIKE = 4.85  # bits a letter: real text of any language has less (Welsh 4.4), a cipher 5.6
WORD = re.compile(r"[a-z]{3,}")
PIECE = re.compile(r"[a-z]{2,}")
FEW = 100  # pairs from which the mean says something where letters became signs
SIGN = re.compile(r"""[!-/:-@\[-`{-~]""")
VARIED = 14  # different signs
STREWN = 0.15  # of what is no space
FOLDED = str.maketrans({"ı": "i", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ß": "ss",
                        "ə": "e", "þ": "th", "ð": "d", "ŋ": "n", "ħ": "h"})  # fmt: skip
MARKS = re.compile("[\u0300-\u036f]")


def share(text: str) -> float:
    """How much of a text in Latin letters is such that no language has these letters so, 0 to 1."""
    text = text[:MOST]
    parts = [text[start : start + PART] for start in range(0, len(text), PART)]
    measures = [surprise(part) for part in parts]
    known = [(mean, pairs) for mean, pairs in measures if pairs >= ENOUGH]
    if not known:
        mean, pairs = surprise(text)
        if pairs >= ENOUGH:
            return float(mean > UNLIKE)
        mean, pairs = surprise(text, PIECE)
        return float(pairs >= FEW and mean > UNLIKE and _is_strewn(text))
    total = sum(pairs for _, pairs in known)
    return sum(pairs for mean, pairs in known if mean > UNLIKE) / total


def _is_strewn(text: str) -> bool:
    """Whether signs of all kinds stand among letters, as where letters became signs."""
    signs = SIGN.findall(text)
    solid = len(text) - text.count(" ") - text.count("\n")
    return len(set(signs)) >= VARIED and len(signs) > STREWN * solid


def surprise(text: str, words: re.Pattern[str] = WORD) -> tuple[float, int]:
    """How surprising a letter is after the one before, in bits, and in how many pairs."""
    plain = unicodedata.normalize("NFD", text.lower()).translate(FOLDED)
    total = 0.0
    pairs = 0
    for word in words.findall(MARKS.sub("", plain)):
        whole = f" {word} "
        pairs += len(whole) - 1
        total += sum(SURPRISE[whole[at : at + 2]] for at in range(len(whole) - 1))
    return (total / pairs if pairs else 0.0), pairs
