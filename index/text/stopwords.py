"""Small function words per language, folded: they are indexed, and never required of a work.

Kept short on purpose: a word that can also mean something ("will", "may", "against", "son") is not
here, and phrases use every word.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from index.text.analysis import fold

_WORDS = {
    "en": "a an the of and or in on to for from with by at as is are was were be been it its "
    "this that these those which who whom whose what when where why how do does did has "
    "have had i you he she we they me him her us them my your his our their if but not "
    "there than then so such into about per can could should would must",
    "es": "el la los las lo un una unos unas de del y e o u en a al por para con sin que como "
    "se su sus es fue ser son esta este esto estos estas ese esa eso cual cuales quien "
    "quienes donde cuando cuanto cuantos cuanta cuantas qué no si ya le les me mi nos ha "
    "han hay desde entre",
    "fr": "le la les un une des du de d l et ou où en à au aux par pour avec sans que qui quoi "
    "dont ce cet cette ces se sa son ses leur leurs est sont été être il elle ils elles "
    "on nous vous je ne pas plus y a ont quel quelle quels quelles comment quand dans sur "
    "si mais",
    "pt": "o a os as um uma uns umas de do da dos das e ou em no na nos nas a ao aos à às por "
    "para com sem que quem qual quais como se sua seu suas seus é são foi ser este esta "
    "isto esse essa isso onde quando quanto quantos não já lhe nos pelo pela pelos pelas "
    "num numa mas",
    "ar": "في من على الى إلى عن مع هذا هذه ذلك تلك التي الذي الذين ما ماذا من متى أين كيف كم هل "
    "لا لم لن قد كان كانت هو هي هم و أو ثم أن إن كل بعد قبل بين حتى عند",
    "hi": "का के की को में से पर और या है हैं था थे थी हो होता होती होते यह ये वह वे इस उस इन "
    "उन ने भी तो ही कि जो क्या कौन कब कहाँ कैसे किस किसने किसके कितने कितनी कितना लिए "
    "द्वारा एक नहीं साथ कर करने किया गया गई गए अपने तक",
    "de": "der die das den dem des ein eine einer eines einem einen und oder in im an am auf "
    "aus bei mit nach von vom zu zum zur für ist sind war waren sein sich nicht es er sie "
    "wir ihr was wer wie wo wann warum welche welcher welches dass als auch",
    "it": "il lo la i gli le un uno una di del della dei degli delle e o in nel nella a al alla "
    "da dal dalla con su per che chi come è sono si non quale quali quando dove",
    "nl": "de het een en of in op aan van voor met bij uit te is zijn was dat die dit deze wat "
    "wie waar wanneer hoe niet er",
    "ru": "и в во на с со к ко о об от по за из у не что кто как где когда это эта этот эти или "
    "а но для при был была были есть",
    "bn": "এবং ও এই যে কি কে কী না হয় থেকে জন্য করে একটি",
    "sw": "na ya wa za la kwa ni katika cha vya hii hiyo nini nani wapi lini",
    "tr": "ve veya bir bu şu o ile için de da ne kim nasıl mi mı",
}


def is_stopword(word: str, languages: Sequence[str]) -> bool:
    """Whether a folded word is a function word of any of these languages."""
    return word in _of_any(tuple(languages))


def stopwords_of(language: str) -> frozenset[str]:
    """The function words of a language, folded; none where they are not known."""
    return _folded(language.partition("-")[0])


@lru_cache
def _of_any(languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*map(stopwords_of, languages))


@lru_cache
def _folded(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _WORDS.get(language, "").split())
