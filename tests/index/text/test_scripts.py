"""Words of the world's scripts: parted, folded, marked and cut where their writers do."""

from __future__ import annotations

import pytest
import regex

from index.query import And, Phrase, Word
from index.text import analysis, excerpts, spans
from index.text.query_plan import planned
from index.text.syntax import parse, words

ONE_WORD = (
    ("צה״ל", 'צה"ל', "צהל"),  # gershayim, mostly typed as a quotation mark
    ("ինչո՞ւ", "ինչու"),  # the Armenian mark of asking stands on the vowel
    ("উৎসব", "উত্\u200dসব"),  # khanda ta, and as it was written before
    ("അവൻ", "അവന്\u200d"),  # a chillu, likewise
    ("ኀብረት", "ሐብረት", "ሃብረት"),  # one sound in Amharic
    ("ሠራተኛ", "ሰራተኛ"),
    ("葛\U000e0100城", "葛城"),  # a chosen shape
    ("ካ\u200eቢ", "ካቢ"),  # a mark of direction, which is not seen
    ("გამარჯობა", "ᲒᲐᲛᲐᲠᲯᲝᲑᲐ"),
    ("آزادی", "ازادي"),
    ("ﾆﾎﾝ", "ニホン"),
    ("한국", "한국"),  # of parts
)


@pytest.mark.parametrize("writings", ONE_WORD)
def test_writings_of_a_word_are_one(writings: tuple[str, ...]) -> None:
    said = {tuple(token.text for token in analysis.tokens(one)) for one in writings}

    assert len(said) == 1, said


TEXTS = (
    "ሰራተኞች፡ማኅበር፡አላቸው።ደመወዝ፡ይከፈላል፣ዕረፍትም።",
    "ལས་མི་ཚོས་གླ་ཆ་ཐོབ་དགོས། ངལ་གསོ་ཡོད།",
    "កម្មករមានសិទ្ធិបង្កើតសហជីព។ ប្រាក់ឈ្នួលត្រូវបង់។",
    "ກຳມະກອນມີສິດຕັ້ງສະຫະພັນ ຄ່າແຮງງານຕ້ອງຈ່າຍ",
    "အလုပ်သမားများသမဂ္ဂဖွဲ့ခွင့်ရှိသည်။ လုပ်ခပေးရမည်။",
    "労働者は組合をつくる。賃金は払われる。",
    "노동자는 조합을 만든다. 임금을 받는다.",
    "শ্রমিকেরা ইউনিয়ন গড়ে। উৎসবে ছুটি পায়।",
    "தொழிலாளர்கள் சங்கம் அமைப்பர். ஊதியம் பெறுவர்.",
    "مزدور یونین بناتے ہیں۔ کارگران می‌خواهند.",
    'עובדי צה"ל וצה״ל מקבלים "שכר" קבוע. ד״ר',
    "მუშები ქმნიან კავშირს. ხელფასი იხდება.",
    "Wafanyakazi huunda chama. Mishahara hulipwa.",
    "ինչո՞ւ են բանվորները միանում։",
    "ꦥꦼꦏꦼꦂꦗꦲꦏ꧀ꦏꦤ꧀ꦠꦶꦥꦸꦤ꧀꧉",
    "ᨾᩮᩬᩥᨦᩃ᩶ᩣᨶᨶᩣ",
)


@pytest.mark.parametrize("text", TEXTS)
def test_words_stand_where_they_are_told_to(text: str) -> None:
    told = [(token.start, token.end) for token in analysis.tokens(text)]

    assert [tuple(row) for row in spans.spans(text).tolist()] == told


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("width", range(8, 30))
def test_no_excerpt_and_no_mark_parts_a_character(text: str, width: int) -> None:
    bounds = {0, *(match.end() for match in regex.finditer(r"\X", text))}
    middle = [*analysis.tokens(text)][len([*analysis.tokens(text)]) // 2]
    asked = Word(text[middle.start : middle.end])

    shown, marked = excerpts.excerpt(text, asked, ("und",), width)

    bare = shown.strip("…")
    begin = text.index(bare)
    moved = begin - shown.index(bare)
    assert {begin, begin + len(bare)} <= bounds
    assert {moved + one for mark in marked for one in mark} <= bounds
    assert marked


def test_marks_between_words_part_what_is_typed() -> None:
    assert parse("ደመወዝ፡ማኅበር፣ዕረፍት።").tree == And((Word("ደመወዝ"), Word("ማኅበር"), Word("ዕረፍት")))
    assert parse("শ্রমিক।ছুটি").tree == And((Word("শ্রমিক"), Word("ছুটি")))
    assert parse('"ደመወዝ፡ማኅበር"').tree == Phrase("ደመወዝ፡ማኅበር")


def test_signs_of_numbers_and_marks_within_words_part_nothing() -> None:
    for typed in ("٥٠٪", "١٫٥", "ז׳בוטינסקי", 'רמב"ם', "ինչո՞ւ"):
        assert len(words(parse(typed).tree)) == 1, typed


def test_a_quotation_in_hebrew_is_one() -> None:
    assert parse('"שכר קבוע"').tree == Phrase("שכר קבוע")


def test_few_syllables_are_a_word_and_more_are_each_and_by_twos() -> None:
    assert planned(parse("གླ་ཆ").tree) == Word("གླ་ཆ")

    made = [word.text for word in words(planned(parse("གླ་ཆ་ཐོབ་དགོས").tree))]

    assert made == ["གླ", "ཆ", "ཐོབ", "དགོས", "གླ་ཆ", "ཆ་ཐོབ", "ཐོབ་དགོས"]


def test_scripts_without_spaces_are_cut_in_pieces() -> None:
    for text in ("ꦥꦼꦏꦼꦂꦗ", "ᨾᩮᩬᩥᨦᩃ᩶ᩣᨶ", "ᦺᦑᦟᦹᧉ", "ㄅㄆㄇㄈ", "ꆈꌠꁱꂷ"):
        assert len([*analysis.tokens(text)]) > 1, text
