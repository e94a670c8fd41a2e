"""One word in the spellings of several countries, of before a reform, or without a gender.

    centre grey judgement paediatric      center gray judgment pediatric
    acção director óptimo                 ação diretor ótimo
    psicología setiembre substancia       sicología septiembre sustancia
    antirracista  registo  quiosco        anti-racista  registro  kiosco
    clef payement  Photographie           clé paiement  Fotografie
    ऑफिस अंतर्राष्ट्रीय  مائة              आफिस अंतरराष्ट्रीय  مئة
    delegades unides                      delegados delegadas unidos unidas

A rule only says how a word might be spelt; whether it is so, the library says, which is asked for
what it prints. So a rule may be wide. What is spelt alike in a whole language at the end of a stem
(organise, labour) is no matter of single words: see `analysis.stem`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from index.text import deferred

LEAST = 4  # letters of a word that is looked at
SHORTEST = 6  # letters of the longer spelling, by rules that are wide: facto is not fato

# Behind which, in Portuguese and Spanish, an r or s had a hyphen before it and is doubled now.
_BEFORE = (
    "ant|aut|contr|extr|infr|intr|micr|min|mult|ne|plur|pseud|sem|sobr|supr|ultr|fot|bi|ec|soci"
)

Rules = tuple[tuple[str, regex.Pattern[str], str], ...]
"""Letters that a word has, or the rule says nothing of it; where in it, and what stands there."""

_AROUND = ("(?<=", "(?=")
_SIGNS = frozenset(r"\.^$*+?{}[]|()")


def _rules(*pairs: tuple[str, str]) -> Rules:
    return tuple((_needed(source), deferred.compile(source), other) for source, other in pairs)


def _needed(source: str) -> str:
    """What a pattern itself is of, if that is plain letters, without what stands around it: most
    words have not that, and need no pattern to be made."""
    own, depth = "", 0
    for at, sign in enumerate(source):
        if sign == "(" and (depth or source.startswith(_AROUND, at)):
            depth += 1
        elif not depth:
            own += sign
        elif sign == ")":
            depth -= 1
    own = own.removeprefix("^").removesuffix("$")
    return "" if _SIGNS.intersection(own) else own


# Of folded words.
_RULES: dict[str, Rules] = {
    "en": _rules(
        (r"(?<=[tb])re(?=[sd]?$)", "er"),
        (r"(?<=[tb])er(?=s?$)", "re"),
        (r"(?<=[tb])er(?=ed$)", "r"),
        (r"^grey", "gray"),
        (r"^gray", "grey"),
        (r"dgement(?=s?$)", "dgment"),
        (r"dgment(?=s?$)", "dgement"),
        (r"(?<=[oi])l(?=s?$|ments?$)", "ll"),  # enrolment, fulfil, instalment
        (r"(?<=[oi])ll(?=s?$|ments?$)", "l"),
        (r"(?<=ta)l(?=ments?$)", "ll"),
        (r"(?<=ta)ll(?=ments?$)", "l"),
        (r"ageing$", "aging"),
        (r"aging$", "ageing"),
        (r"[ao]e(?=[a-z]{3})", "e"),  # paediatric, oesophagus
        (r"(?<=rrh)oe(?=a)", "e"),  # diarrhoea
        (r"(?<=^[a-z]{1,2})e(?=[a-z]{4})", "ae"),
        (r"(?<=n)e(?=mi[ac])", "ae"),  # anaemia, leukaemia
        (r"(?<=k)e(?=mi[ac])", "ae"),
        (r"(?<=rrh)e(?=a)", "oe"),
        (r"(?<=n)eu(?=v[er]{2}$)", "oeu"),
        (r"plough", "plow"),
        (r"plow", "plough"),
        (r"mould", "mold"),
        (r"mold", "mould"),
        (r"ellery(?=$|s)", "elry"),
        (r"(?<=[dw])elry$", "ellery"),
        (r"(?<=[iu])l(?=ful)", "ll"),  # skilful, wilful
        (r"(?<=[iu])ll(?=ful)", "l"),
        (r"(?<=[dmn])ium$", "um"),  # aluminium
        (r"(?<=min)um$", "ium"),
        (r"(?<=ul)ph(?=[aeiou]|s?$)", "f"),
        (r"(?<=ul)f(?=[aeiou]|s?$)", "ph"),
        (r"^sc(?=ep)", "sk"),
        (r"^sk(?=ep)", "sc"),
        (r"(?<=^art)[ei](?=fact)", "e"),
        (r"(?<=^art)e(?=fact)", "i"),
        (r"(?<=act)is(?=e[ds]?$|ing$)", "ic"),
        (r"(?<=act)ic(?=e[ds]?$|ing$)", "is"),
        (r"(?<=^t)y(?=res?$)", "i"),
        (r"(?<=^t)i(?=res?$)", "y"),
        (r"(?:(?<=rn|am|oi|ea[pn])|(?<=[ep]il))t$", "ed"),  # learnt, dreamt, spilt
        (r"(?<=rn|am|ea[pn]|[ep]il)ed$", "t"),
        (r"(?<=[a-z]{4}e)que(?=s?$)|que(?=books?$)", "ck"),  # a check alone is much else
        (r"(?<=e)ck(?=s?$|books?$)", "que"),
        (r"^disk(?=s?$|ette)", "disc"),
        (r"^gaol", "jail"),
        (r"^kerb", "curb"),
        (r"(?<=[bfgklmnprs])ward(?=$)", "wards"),  # toward
        (r"(?<=[bfgklmnprs])wards$", "ward"),
        (r"(?<=m)ou(?=stac)", "u"),
        (r"(?<=m)u(?=stac)", "ou"),
        (r"(?<=^co)s(?=[yi])", "z"),  # cosy
        (r"(?<=^co)z(?=[yi])", "s"),
        (r"(?<=^stor)e(?=ys?$)", ""),
        (r"(?<=^stor)(?=ys?$)", "e"),
        (r"(?<=^p)y(?=jama)", "a"),
        (r"(?<=^p)a(?=jama)", "y"),
        (r"(?<=l)st$", "le"),  # whilst
        (r"(?<=hil)e$", "st"),
        (r"(?<=ng)st$", ""),
        (r"(?<=^among|^amid)$", "st"),
    ),
    "pt": _rules(
        (r"(?<=[aeiou])[cp](?=[ct])", ""),
        (r"(?<=[aeiou])(?=c(?:ao|oes|ion))", "c"),
        (r"(?<=[aeiou])(?=c(?:ao|oes|ion))", "p"),
        (r"(?<=[aeiou])(?=t(?:or|ri|i[rv]|a[lrs]?$|o[s]?$|u[ar]|am))", "c"),
        (r"(?<=[aeiou])(?=t(?:i[mv]|is|[ao]s?$))", "p"),
        (r"mn(?=[aeiou])", "n"),  # amnistia, indemnização, omnipresente
        (r"(?<=^[aio]|^inde)n(?=[ip])", "mn"),
        (r"nn(?=o)", "n"),  # connosco
        (r"(?<=^co)n(?=osc)", "nn"),
        (r"b(?=[dt])", ""),  # súbdito, subtil
        (r"(?<=^su)(?=[dt]i)", "b"),
        (r"(?<=[a-z]{2})ear$", "ejar"),  # planear
        (r"(?<=[a-z]{2})ejar$", "ear"),
        (r"(?<=^dez)a(?=[sn][eso])", "e"),  # dezasseis, dezanove
        (r"(?<=^dez)e(?=[sn][eso])", "a"),
        (r"(?<=i)(?=o(?:es)?$|ao$)", "nh"),  # camião
        (r"(?<=i)nh(?=ao$|oes$)", ""),
        (r"g(?=[ei])", "j"),  # berinjela
        (r"j(?=[ei])", "g"),
        (r"oi(?=r[ao]s?$)", "ou"),  # loiro
        (r"ou(?=r[ao]s?$)", "oi"),
        (r"(?<=trol)o(?=s?$)", "e"),  # controlo
        (r"(?<=trol)e(?=s?$)", "o"),
        (rf"(?<=^(?:{_BEFORE})[aeiou])([rs])\1", r"\1"),  # antirracista, anti-racista
        (rf"(?<=^(?:{_BEFORE})[aeiou])([rs])(?=[aeiou])", r"\1\1"),
        (r"(?<=gist)r(?=[aeo])", ""),  # registro
        (r"(?<=gist)(?=[aeo])", "r"),
        (r"^quator", "cator"),
        (r"^cator", "quator"),
        (r"^quo", "co"),  # quotidiano
        (r"^co(?=t)", "quo"),
        (r"^(?=um[ei])", "h"),  # úmido, húmido
        (r"^h(?=um[ei])", ""),
        (r"(?<=^equip)[ae](?=s?$)", "e"),
        (r"(?<=^equip)e(?=s?$)", "a"),
    ),
    "es": _rules(
        (r"^ps(?=[iey])", "s"),
        (r"^s(?=[iey])", "ps"),
        (r"^sept", "set"),
        (r"^set(?=i)", "sept"),
        (r"^subst", "sust"),
        (r"^sust", "subst"),
        (r"^obsc", "osc"),
        (r"^osc", "obsc"),
        (r"^trans", "tras"),
        (r"^tras", "trans"),
        (r"^post", "pos"),
        (rf"(?<=^(?:{_BEFORE})[aeiou])([r])\1", r"\1"),
        (rf"(?<=^(?:{_BEFORE})[aeiou])([r])(?=[aeiou])", r"\1\1"),
        (r"x(?=ic|an|ac)", "j"),  # México, Texas, Oaxaca
        (r"j(?=ic|an|ac)", "x"),
        (r"^qu(?=[ei])", "k"),
        (r"^k(?=[ei])", "qu"),
        (r"^re(?=e[mn])", "r"),  # reembolso, reemplazo
        (r"^re(?=[mn][bp])", "ree"),
        (r"^hi(?=e)", "y"),  # hierba
        (r"^y(?=e)", "hi"),
        (r"(?<=^quiza)s?$", "s"),
        (r"(?<=^quiza)s$", ""),
        (r"^h(?=arm|arp)", ""),
        (r"^(?=arm[oó]|arp[ao])", "h"),
        (r"^c(?=[ei])", "z"),
        (r"^z(?=[ei])", "c"),
        (r"(?<=[rahlou][lnq]|qu)et(?=s?$)", "e"),  # carnet, chalet, parquet
        (r"(?<=[rahlou][lnq]|qu)e(?=s?$)", "et"),
        # delegades, compañeres, unides, nosotres
        (r"(?<=[aiou]d|er|otr|^nin|^companer|^vecin)e(?=s?$)", "o"),
        (r"(?<=[aiou]d|er|otr|^nin|^companer|^vecin)e(?=s?$)", "a"),
        (r"(?<=[aiou]d|er|otr|^nin|^companer|^vecin)[ao](?=s$)", "e"),
    ),
    "fr": _rules(
        (r"^cle(?=s?$)", "clef"),
        (r"^clef(?=s?$)", "cle"),
        (r"(?<=a)y(?=e)", "i"),
        (r"(?<=a)i(?=e)", "y"),
        (r"^oig", "og"),
        (r"^og(?=n)", "oig"),
        (r"(?<=[rnl]o)t(?=s?$)", ""),  # bistrot
        (r"(?<=[rnl]o)$", "t"),
    ),
    "hi": _rules(
        (r"ॉ", "ा"),
        (r"ऑ", "आ"),
        (r"^आ", "ऑ"),
        (r"(?<=^.)ा", "ॉ"),
        (r"र्र", "रर"),
        (r"रर", "र्र"),
        (r"श्रृ", "शृ"),
        (r"शृ", "श्रृ"),
        (r"ैतिक", "ीतिक"),
        (r"ीतिक", "ैतिक"),
    ),
    "ar": _rules(
        (r"ماي(?=ه)", "مي"),  # مائة
        (r"(?<=^|ث)مي(?=ه$)", "ماي"),
        (r"(?<=ن)ج(?=لي)", "ك"),
        (r"(?<=ن)ك(?=لي)", "ج"),
        (r"^ج(?=رام)", "غ"),
        (r"^غ(?=رام)", "ج"),
        (r"مريك", "ميرك"),
        (r"ميرك", "مريك"),
        (r"(?<=ت)لي(?=ف)", "ل"),
        (r"(?<=ت)ل(?=ف)", "لي"),
    ),
    "de": _rules((r"ph", "f"), (r"f", "ph")),
    "it": _rules((r"ə$", "i"), (r"ə$", "o"), (r"[io]$", "ə")),
}
_LONG = frozenset({"pt", "de"})  # whose rules are of words of SHORTEST letters

# Words shorter than those their rules look at, or that no rule tells. Not those that are another
# word besides in a language of the table: recto is reto, which is a challenge in Spanish.
_PAIRS = (
    "facto/fato factos/fatos acto/ato actos/atos tecto/teto tectos/tetos mum/mom mums/moms"
    " mummy/mommy chalet/chale chalets/chales oiro/ouro wwi/ww1 wwii/ww2"
)
_PAIRED = {
    one: other
    for pair in _PAIRS.split()
    for one, other in (pair.split("/"), reversed(pair.split("/")))
}


@lru_cache(1 << 12)
def others(folded: str, languages: Sequence[str]) -> tuple[str, ...]:
    """How a folded word might be spelt besides, in these languages."""
    found = (
        spelt
        for language in languages
        for spelt in _spelt(folded, _RULES.get(language, ()), language)
        if max(len(folded), len(spelt)) >= LEAST
    )
    paired = (_PAIRED[folded],) if folded in _PAIRED else ()
    return tuple(dict.fromkeys((*found, *paired)))


def _spelt(folded: str, rules: Rules, language: str) -> Iterator[str]:
    for needed, pattern, other in rules:
        if needed not in folded:
            continue
        spelt = pattern.sub(other, folded, count=1)
        if spelt == folded:
            continue
        short = language in _LONG and max(len(spelt), len(folded)) < SHORTEST
        if not short or spelt.endswith(("cao", "coes")):  # acção, which has no pair
            yield spelt
