"""What parts words in the world's scripts, as parts of patterns: by properties of Unicode.

Most scripts set spaces. Some set none between words, and are cut in pieces; in some a mark stands
where others have a space, or between syllables. Properties are those of the Unicode Character
Database (Unicode Standard Annex #44): a script of complex context (Line_Break=SA) is one of
South-East Asia whose words only a dictionary could part, one of aksaras (AK) breaks between any
two of its syllables.
"""

from __future__ import annotations

SOUTHEAST = (
    r"\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}"
    r"\p{sc=Tai_Le}\p{sc=New_Tai_Lue}\p{sc=Tai_Tham}\p{sc=Ahom}"
    r"\p{sc=Javanese}\p{sc=Balinese}"
)
"""Scripts without spaces whose characters are letters: those that have Line_Break=SA or AK and are
written so today. Tai Viet has it too and is printed with spaces."""

IDEOGRAPHIC = (
    r"\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u30FC\uFF70\uFF9E\uFF9F\p{sc=Bopomofo}\p{sc=Yi}"
    r"\p{sc=Tangut}\p{sc=Nushu}"
)
"""Those whose characters are words or syllables: letters that have Line_Break=ID or CJ."""

INSIDE = (
    r"\u00AD\u061C\u180E\u200C-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF"
    r"\u055B\u055C\u055E"
)
"""What is written inside words and belongs to none of their letters: joiners, soft hyphens and
marks of direction, which are not seen (Default_Ignorable_Code_Point), and the Armenian marks of
asking, calling and stress, which stand on the vowel that is raised."""

UNSEEN = r"\u034F\u17B4\u17B5\u180B-\u180D\u180F\uFE00-\uFE0F\U000E0100-\U000E01EF"
"""Marks that choose a shape of the letter before them, and others that are not seen."""

SYLLABLE = r"\u0F0B\u0F0C\U00011A41\U00011A9A"
"""Tsheg, which stands between the syllables of Tibetan and Dzongkha, within words and between."""

SEPARATOR = (
    rf"(?:(?![\p{{sc=Common}}\p{{sc=Inherited}}\p{{wb=ALetter}}\p{{wb=MidLetter}}\u066A-\u066D{SYLLABLE}])"
    r"\p{Po}|[\u0964\u0965])"
)
"""A mark of one script that parts words with or without a space beside it: the word space and the
stops of Ethiopic, dandas (which many scripts of India share), the shad of Tibetan. Not those that
stand within words, as the Hebrew gershayim does, nor Arabic signs of numbers."""

INITIALS = r'(?<=\p{sc=Hebrew})["\u201D\u05F4\u05F3\u2033](?=\p{sc=Hebrew})'
"""Gershayim before the last letter of Hebrew initials, mostly typed as a quotation mark."""

ENDS = r"\p{STerm}\u0F0D-\u0F11"
"""What ends sentences; the shad of Tibetan ends less, and nothing else does."""
