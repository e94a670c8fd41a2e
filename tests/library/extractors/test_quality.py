"""Noise scores low, text of any language high, and the better of two readings is told."""

from __future__ import annotations

import codecs

import pytest

from library.core.resource import NOISE
from library.extractors.quality import better, score

ENGLISH = (
    "The members of the association meet on the first Monday of the month to hear the treasurer "
    "and to decide what is to be done with the money that was saved. Whoever has a complaint may "
    "bring it in writing or say it aloud, and it is answered before the meeting ends. "
) * 2
ARABIC = "على العاملات أن يعرفن ما في العقد من شروط قبل السفر إلى بلد آخر وما هي الحقوق التي لهن "
HINDI = "घर पर काम करने वाली कामगारों की मंडली हर महीने के पहले सोमवार को बैठती है और हिसाब देखती है। "
POLISH = (
    "Członkowie stowarzyszenia spotykają się co miesiąc, aby wysłuchać skarbnika oraz ustalić, "
)
QUECHUA = (
    "Llamkaqkunapa huñunakuyninqa sapa killam rimanakun, qullqi huñusqankumanta yachanankupaq. "
)


FORMULAS = (
    "Sei σ(z) := (a z + b) / (c z + d) mit a, b, c, d ∈ R und a d − b c ≠ 0. Dann gilt für x ∈ X: "
    "∀ε > 0 ∃δ > 0 : |x − y| < δ ⇒ |f (x) − f (y)| < ε, also ∑ x k ≤ ∫ f (t) d t und x n → x. "
)
NUMBERS = "2019\t1,204.50\t(3.2)\t–\n2020\t1,311.75\t(4.0)\t12 %\n2021\t998.10\t−1.7\t€ 40\n"
# The bytes of Arabic and of Russian taken for Latin, and Hindi in a font that draws its letters.
MISTAKEN = "العاملات في المنازل لهن حقوق وعلى صاحب العمل أن يدفع الأجر".encode().decode("latin-1")
RUSSIAN = "Домашние работницы имеют право на отдых и на оплату труда".encode("cp1251")
DRAWN = "gekjs dke dk vf/kdkj ?kjsyw dkexkjksa dh eaMyh gj eghus cSBrh gSA vkSj fglkc ns[krh gSA "


@pytest.mark.parametrize("text", [FORMULAS * 2, NUMBERS * 5, "— 12 —", "Annex B", "1,250 / 40"])
def test_formulas_numbers_and_short_pages_are_no_noise(text: str) -> None:
    assert score(text) > 0.8


@pytest.mark.parametrize("text", [ENGLISH, ARABIC * 4, HINDI * 4, POLISH * 5, QUECHUA * 6])
def test_text_of_any_language_is_well_read(text: str) -> None:
    assert score(text) > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "(cid:12)(cid:7)(cid:99) " * 50,
        "\ue012\ue033 \ue071\ue001 " * 50,
        "\ufffd\ufffd\ufffd a \ufffd\ufffd " * 50,
        codecs.encode(ENGLISH, "rot13"),
        "".join(chr(ord(sign) - 29) if sign.isalpha() else sign for sign in ENGLISH),
        ENGLISH[::-1],
        ARABIC[::-1] * 4,
        MISTAKEN * 4,
        RUSSIAN.decode("latin-1") * 6,
        DRAWN * 5,
        HINDI.replace("ि", "ɟ").replace("ी", "ʏ") * 4,
        '"7+%-',
        " ".join(ENGLISH),
        "",
    ],
)
def test_noise_is_told(text: str) -> None:
    assert score(text) < NOISE


def test_words_in_pieces_score_less() -> None:
    pieces = HINDI.replace("ा", "ा ").replace("ी", "ी ").replace("े", "े ") * 4
    assert score(pieces) < score(HINDI * 4) - 0.1


def test_dots_before_page_numbers_are_no_noise() -> None:
    assert score("Chapter one " + "." * 80 + " 12\n" + "Chapter two " + ". " * 60 + "14\n") > 0.9


def test_the_layouts_text_is_preferred_unless_it_reads_worse() -> None:
    assert better(ENGLISH, ENGLISH.upper()) == ENGLISH.upper()
    assert better(ENGLISH, "\ufffd" * 300) == ENGLISH
    assert better(ENGLISH, ENGLISH[:200]) == ENGLISH
    assert better(FORMULAS * 2, "± " + FORMULAS * 2) == FORMULAS * 2  # its lines are guesses
    mistaken = FORMULAS.translate(str.maketrans("≠∀∃∈|⇒∑∫−", "68923)PR0"))
    assert better(mistaken * 2, FORMULAS * 2) == FORMULAS * 2


def test_what_was_read_twice_is_not_lost_and_holes_are_mended() -> None:
    sentence = "The employer may grant the worker a leave from her annual balance, said clause {}. "
    once = "".join(sentence.format(n) for n in "abcdefghij")
    assert better(once + once, once) == once
    assert better(once.replace("The", "\ufffde"), once) == once
    long = "And many other things are told of wages, rests, dangers, markets and homes. " * 9
    assert better(once + long, once) == once + long
