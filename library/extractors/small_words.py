"""The few words that make up a third of running text, by script: how a reader knows a language.

They tell only that text was read well, or was read backwards; searching has a list of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORDS = {
    "latin": "the of and to in is that for it with as are was on be this have from or by not you "
    "de la el en y que los las un una por con para se del al es no su como más "
    "le les des et du une est dans pour qui sur pas ne par au ce il plus "
    "o os as e da do das dos em um uma com não na no ao são ou "
    "der die das und den von zu mit sich auf ist ein eine nicht dem im für "
    "di che il per non una sono gli nel alla della het van een niet op zijn dat "
    "na ya wa kwa ni za katika la yang dan di untuk dengan ini itu dari pada "
    "ve bir bu için ile och att det som på är jag av w nie na się że ang mga ng sa at",
    "arabic": "في من على إلى الى عن أن ان إن ما لا هذا هذه التي الذي مع كان كل أو او هو هي ذلك "
    "بعد قبل بين لم لن قد ثم حتى عند غير و که در به از این را است با آن می کے کی میں کا ہے سے",
    "devanagari": "के का की को में से है हैं और पर यह वह नहीं भी कि एक तो ही हो था थी थे ने कर लिए "
    "आहे आणि या ते हे छ र मा को",
    "cyrillic": "и в не на что с по это как к но из у за от о а для он да і та що у на є",
    "bengali": "এবং ও এই যে না করে থেকে জন্য একটি কি তার হয় এ সে আর",
}
_KNOWN = {script: frozenset(words.split()) for script, words in _WORDS.items()}
_BACKWARD = {
    script: frozenset(word[::-1] for word in words if len(word) > 1)
    for script, words in _KNOWN.items()
}
_SIGNS = {
    "latin": "[a-zA-Zà-öø-ÿÀ-ÖØ-ßĀ-ſ]+",
    "arabic": "[\u0620-\u065f\u066e-\u06d3]+",
    "devanagari": "[\u0900-\u0963]+",
    "cyrillic": "[\u0400-\u04ff]+",
    "bengali": "[\u0980-\u09ff]+",
}
_OTHERS = re.compile(
    "[" + "".join(signs[1:-2] for script, signs in _SIGNS.items() if script != "latin") + "]"
)
# Letters of which the small one is of more signs, or of another script or kind, than they are.
_ODD = re.compile("[\u0130\u0500-\u052f\u1c80-\u1c8f\u1e9e\u212a\u212b\ua640-\ua69f]")
_FIND = {script: re.compile(signs) for script, signs in _SIGNS.items()}


def rates(text: str, kinds: str = "") -> tuple[str, int, float, float]:
    """Of the script with the most words here: its name, how many words, and the share of them
    that are known, forwards and read backwards. ("", 0, 0.0, 0.0) for no script of these.
    kinds: each sign of the text once, where that is known.
    """
    kinds = kinds or "".join(set(text))
    at_once = _ODD.search(kinds) is None
    if at_once:
        text = text.lower()
    best: Sequence[str] = ()
    name = ""
    scripts = tuple(_FIND) if _OTHERS.search(kinds) else ("latin",)
    for script in scripts:
        words = _FIND[script].findall(text)
        if len(words) > len(best):
            best, name = words, script
    if not best:
        return "", 0, 0.0, 0.0
    small = best if at_once else [word.lower() for word in best]
    forward = sum(map(_KNOWN[name].__contains__, small))
    backward = sum(map(_BACKWARD[name].__contains__, small))
    return name, len(best), forward / len(best), backward / len(best)
