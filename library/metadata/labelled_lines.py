"""Lines that begin with what they are about ("Duration: 45 minutes"), also where several of them
stand in one: Markdown and web pages run lines together that an author wrote one below the other.
"""

from __future__ import annotations

import regex

# Scripts without capitals need the first words of labels; in others a capital begins one.
_BEGINS = regex.compile(
    r"(?<=\S)(?<!(?:\b\p{Lu}\p{L}{1,14}|आवश्यक|ज़रूरी|कुल))[ \t]{1,4}"
    r"(?=(?:\p{Lu}\p{L}{2,14}(?:[ ’']\p{L}{1,14}){0,4}"
    r"|(?:المدة|مدة|الوقت|عدد|المواد|الأدوات|المستلزمات|الوسائل|حجم)(?: \p{L}{2,12}){0,2}"
    r"|(?:कुल|अवधि|समय|आवश्यक|ज़रूरी|सामग्री|प्रतिभागियों|समूह)(?: [\p{L}\p{M}]{2,12}){0,3})[ ]?[:：])"
)


def labelled(text: str) -> str:
    """The text with a line for each label that ends in a colon."""
    return _BEGINS.sub("\n", text)
