"""The language of pages and of passages, where it plainly differs from the document's.

What a file says of a passage is believed of short ones only: programs mark words with whatever
language their keyboard had. A page marked wrongly would be searched, hyphenated and read out by
the rules of another language, so in doubt nothing is marked.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from index.text.analysis import fold
from index.text.stopwords import stopwords_of
from library.core.language_tags import primary
from library.core.resource import Block, Page
from library.metadata.language import language_of
from library.metadata.text_lines import letters, words_of

SURE = 0.95  # how sure a language must be
PAGE = 200  # characters of a page below which its language cannot be told
PASSAGE = 90  # letters of a passage, the same
ANOTHER_SCRIPT = 12  # letters of a passage in another script, which needs no guess to differ
PLAINLY = 0.2  # share of function words from which a text reads as a language
SAMPLE = 80  # words that are looked at for that
_ONE = dict.fromkeys(("HIRAGANA", "KATAKANA", "CJK"), "JAPANESE OR CHINESE")


def marked(pages: Sequence[Page], language: str, languages: Sequence[str]) -> tuple[Page, ...]:
    """The pages of a document in `language`, with that of each page and passage that differs.

    language: an ISO 639 code, "" for unknown. languages: the library's own.
    """
    return tuple(_page(page, language, languages) for page in pages)


def _page(page: Page, language: str, languages: Sequence[str]) -> Page:
    own = _checked(page.text, "", language, languages) if len(page.text) > PAGE else ""
    own = own or _unless(page.language, language)
    spoken, script = own or language, script_of(page.text)
    blocks = tuple(_block(block, spoken, script, languages) for block in page.blocks)
    return replace(page, language=own, blocks=blocks)


def _block(block: Block, spoken: str, script: str, languages: Sequence[str]) -> Block:
    text = block.text or " ".join(cell for row in block.rows for cell in row)
    amount = letters(text)
    language = _unless(block.language, spoken)
    if amount >= ANOTHER_SCRIPT and script_of(text) != script:
        language = language or _unless(language_of(text, languages)[0], spoken)
    elif amount >= PASSAGE:
        language = _checked(text, language, spoken, languages)
    return block if language == block.language else replace(block, language=language)


def _checked(text: str, language: str, spoken: str, languages: Sequence[str]) -> str:
    """What a file says of a passage, held against its words."""
    if _reads_as(text, spoken, languages):
        return ""  # for most texts the answer, at a tenth of the price
    code, sure = language_of(text, languages)
    if sure <= SURE:
        return language
    return language if language and _unless(code, spoken) else _unless(code, spoken)


def _reads_as(text: str, spoken: str, languages: Sequence[str]) -> bool:
    """Whether the function words of a text are those of a language, more than of any other."""
    words = [fold(word) for word in words_of(text[: SAMPLE * 12])[:SAMPLE]]
    hits = {code: sum(map(stopwords_of(code).__contains__, words)) for code in {spoken, *languages}}
    most = max(hits.values(), default=0)
    return hits[spoken] == most >= max(1, PLAINLY * len(words))


def _unless(language: str, spoken: str) -> str:
    """A language, unless it is the one spoken anyway, in this country or another."""
    return "" if primary(language) == primary(spoken) else language


def script_of(text: str) -> str:
    """The script that most letters are of, as Unicode names it; "" where there are none."""
    counted = Counter(map(_script, text[:1000]))
    del counted[""]
    return max(counted, key=lambda name: counted[name], default="")


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    if not character.isalpha():
        return ""
    name = unicodedata.name(character, "").partition(" ")[0]
    return _ONE.get(name, name)
