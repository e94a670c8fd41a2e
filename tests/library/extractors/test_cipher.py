"""Letters that stand for others are no words, in any language; words of any language are."""

from __future__ import annotations

import random
import string

import pytest

from library.core.resource import NOISE
from library.extractors import cipher, pdf_words
from library.extractors.quality import score
from tests.builders import lines, pdf
from tests.library.extractors.reading import read
from tests.sample import texts_in_many_languages as many

LOWER, LETTERS = string.ascii_lowercase, string.ascii_letters
CIPHERS = {
    "numbers of shapes": lambda text, rnd: "".join(
        chr(ord(one) - 29) if 61 < ord(one) < 127 else " " if one == " " else "" for one in text
    ),
    "three on": lambda text, rnd: "".join(
        chr(ord(one) + 3) if one in LETTERS else one for one in text
    ),
    "thirteen on": lambda text, rnd: text.translate(str.maketrans(LOWER, LOWER[13:] + LOWER[:13])),
    "backwards": lambda text, rnd: text.translate(str.maketrans(LOWER, LOWER[::-1])),
    "any other": lambda text, rnd: text.lower().translate(
        str.maketrans(LOWER, "".join(rnd.sample(LOWER, 26)))
    ),
    "no spaces": lambda text, rnd: "".join(
        chr(ord(one) - 29) for one in text if 61 < ord(one) < 127
    ),
    "by chance": lambda text, rnd: "".join(
        rnd.choice(LOWER) if one.isalpha() else one for one in text
    ),
}


def test_ciphers_of_many_languages_are_noise() -> None:
    """Some ciphers of so short a text happen to have vowels where others have them."""
    passed = []
    for language, text in many.LATIN.items():
        rnd = random.Random(language)
        for name, make in CIPHERS.items():
            if score(make(text, rnd)) >= NOISE:
                passed.append(f"{language}, {name}")
    assert len(passed) <= 0.05 * len(many.LATIN) * len(CIPHERS), passed


@pytest.mark.parametrize("language", [*many.LATIN, *many.OTHER])
def test_words_of_many_languages_are_words(language: str) -> None:
    text = many.LATIN.get(language) or many.OTHER[language]
    assert cipher.share(text) == 0.0
    assert score(text) >= 0.8


@pytest.mark.parametrize("name", many.NO_PROSE)
def test_codes_tables_and_programs_are_no_cipher(name: str) -> None:
    assert cipher.share(many.NO_PROSE[name]) == 0.0


def test_a_page_of_both_is_known_by_its_parts() -> None:
    english = many.LATIN["en"]
    hidden = CIPHERS["three on"](english, random.Random(1))
    assert 0.3 < cipher.share(f"{english * 2} {hidden * 2}") < 0.7


def test_a_page_of_a_pdf_in_cipher_is_to_be_read_from_its_picture() -> None:
    text = CIPHERS["three on"](many.LATIN["es"], random.Random(1))
    wrapped = "\n".join(text[start : start + 80] for start in range(0, len(text), 80))
    _, [page] = read(pdf_words.read, pdf([lines(wrapped, top=800, step=12)]))
    assert page.unreadable and page.awaits_picture
