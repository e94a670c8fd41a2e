"""HTML whose author forgot an end, mended before it is read: no words go with what is left open.

The HTML Standard says what a browser does: a tag, a comment or a title that never ends takes the
rest of the page with it; a forgotten quote takes the text up to the next one; and each paragraph
opens all bold and font elements anew that were left open, so that many of both fill the memory.
"""

from __future__ import annotations

import html
import re
from collections import Counter

from library.extractors.html_names import names

NEVER_ENDING = (("<", ">"), ("<!--", "-->"))  # what begins, and what ends it
CDATA = ("<![CDATA[", "]]>")
# Elements whose text is no markup until their own end: of those that are read, and of code.
TEXTS = ("title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript")
CODE = ("script", "style")
BEGUN = {name: re.compile(rf"<{name}(?=[\s>/])[^<>]*>") for name in (*TEXTS, *CODE)}
BODY = re.compile(r"</head\b|<body\b", re.I)
# A value that began with a quote, took whole tags with it, and ended where the next one begins.
QUOTE = re.compile(r"=\s{0,9}\"([^\"<>]{0,2000})(>[^\"<>]{0,5000}<[^\"]{0,5000})\"(?=[^\s\"/>])")
TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]{0,40})([^<>]*+)>?")
# These end when the next begins, so that many of them left open are no nesting.
IMPLIED = names(
    "a body dd dt h1 h2 h3 h4 h5 h6 head html li option optgroup p rp rt tbody td tfoot th thead tr"
    " area base br col embed hr img input link meta param source track wbr button select"
)
# These are opened anew in each block, as long as they are open.
AGAIN = names("b big code em font i nobr s small strike strong tt u")
MOST_AGAIN = 24
MOST_OPEN = 150  # elements of one name within each other
MOST_ALL = 2_000  # elements within each other
MOST_ATTRIBUTES = 500  # of one tag: each is compared with those before


def repaired(text: str) -> str:
    """A text of the same words, of which nothing is left open and nothing nests too deeply."""
    text = _character_data(text)
    for opening, closing in NEVER_ENDING:
        place = text.rfind(closing) + 1
        text = text[:place] + text[place:].replace(opening, f"&lt;{opening[1:]}")
    text = QUOTE.sub(_quoted, text)
    lower = _lower(text)
    for name in (*TEXTS, *CODE):
        ended = _ended(text, lower, name)
        if ended is not text:
            text, lower = ended, _lower(ended)
    return _Nesting().bounded(text)


def _character_data(text: str) -> str:
    """CDATA sections as text, as XHTML means them; the standard takes them for comments."""
    opening, closing = CDATA
    first, *others = text.split(opening)
    parts = [first]
    for other in others:
        inner, end, rest = other.partition(closing)
        parts += (html.escape(inner, quote=False), rest) if end else (other,)
    return "".join(parts)


def _quoted(match: re.Match[str]) -> str:
    return f'="{match[1]}"{match[2]}"'


def _ended(text: str, lower: str, name: str) -> str:
    """An end for an element that has none, before the next tag, or for code before the body.

    lower: the text in small letters.
    """
    place = max(lower.rfind(f"</{name}"), 0)
    begun = BEGUN[name].search(lower, place)
    if not begun:
        return text
    if name in CODE:
        body = BODY.search(lower, begun.end())
        end = body.start() if body else -1
    else:
        end = lower.find("<", begun.end())
    return f"{text[:end]}</{name}>{text[end:]}" if end >= 0 else text


def _lower(text: str) -> str:
    """Small letters of ASCII alone, so that no letter becomes two and places stay the same."""
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


class _Nesting:
    """How many elements of each name are open, by their tags; tags beyond that are left out."""

    def __init__(self) -> None:
        self.open: Counter[str] = Counter()
        self.all = self.again = 0

    def bounded(self, text: str) -> str:
        return TAG.sub(self._tag, text)

    def _tag(self, match: re.Match[str]) -> str:
        name = match[2].lower()
        if name in IMPLIED:
            return self._written(match)
        if match[1]:
            if self.open[name]:
                self._count(name, -1)
                return match[0]
            # What was never opened is looked for among all that is open.
            return match[0] if self.all < MOST_OPEN else ""
        if (
            self.open[name] >= MOST_OPEN
            or self.all >= MOST_ALL
            or (name in AGAIN and self.again >= MOST_AGAIN)
        ):
            return ""
        self._count(name, 1)
        return self._written(match)

    def _count(self, name: str, step: int) -> None:
        self.open[name] += step
        self.all += step
        self.again += step if name in AGAIN else 0

    @staticmethod
    def _written(match: re.Match[str]) -> str:
        if match[3].count("=") + match[3].count(" ") < MOST_ATTRIBUTES:
            return match[0]
        return f"<{match[1]}{match[2]}>"
