"""What a document is about, in its own words.

Long because the signs of what is no summary are words of six languages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise

from index.text.analysis import fold
from index.text.stopwords import stopwords_of
from library.core.resource import Evidence, Page, Said, Statement
from library.core.spaced_letters import joined_letters
from library.metadata import file_properties as fields
from library.metadata.text_lines import (
    SMALL,
    clean,
    folded,
    letters,
    lines,
    shouted,
    words_of,
)

LONGEST = 400  # characters
SHORT = 60  # of one that speaks of the document itself
OF_ITSELF = 160  # characters in which it says so
PARTS = 2  # headings after the title, below which a paragraph speaks for its part alone
MANY = 2  # paragraphs that told nothing, after which one speaks for itself alone
ABOVE = 900  # characters above a title, from which on the title is that of another piece
OFTEN, OFTEN_LEAST = 4, 4  # words of a document that name its matter, and times each is said
OFTEN_READ = 5_000  # characters of a page in which they are counted
SHORTEST = 110  # of a paragraph that may speak for a document

_LABEL = re.compile(
    r"^(?:\d+\.?\s*)?(?:abstract|(?:executive )?summary|in brief|at a glance|"
    r"about this (?:guide|toolkit|report|manual|book|paper)|resumen(?: ejecutivo)?|"
    r"acerca de (?:esta|este) \w+|r[ée]sum[ée]|synth[èe]se|[àa] propos de ce \w+|"
    r"resumo(?: executivo)?|sum[aá]rio executivo|sobre este \w+)"
    r"(?:\s*[:.]\s*|\s+[–-]\s+|\s*$)",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    r"cookie|javascript|(?:your|this) browser|subscribe|sign up|log ?in|all rights reserved|"
    r"creative commons|reproduc(?:ed|tion|ida|cida|tions?)|copyright|©|isbn|droits? d.auteur|"
    r"direitos autorais|derechos de autor|official translation|not responsible|third party|"
    r"droits r[ée]serv|derechos reservados|direitos reservados|licen[cs]e|disclaimer|"
    r"article quality|address:|tel[.:]|fax|migrated|skip to|loading|`|"
    # what is not written yet
    r"feel free to (?:add|edit|share|contribute)|help us (?:write|improve|translate|by)|"
    r"(?:is|are|was) (?:still )?(?:a stub|incomplete|unfinished|empty)|under construction|"
    r"work in progress|coming soon|more to come|(?:this|the) (?:page|section|guide|article) lacks|"
    r"en construcción|en cours de rédaction|em construção|ayúdanos a|aidez-nous à|ajude-nos a|"
    r"hereinafter|en adelante|doravante|ci-après|composed of the following|integrada por|"
    r"did not (?:participate|take part)|no particip|não particip|"
    r"no pod[ií]an? (?:estar|participar)|"
    r"(?:could not|unable to) (?:be present|take part)|fuerza mayor|recus(?:al|ed)|"
    # thanks, money and who made it
    r"(?:we |authors? )?(?:would like to )?(?:thank|acknowledge)\b|thanks to|grateful|agradec|"
    r"remerci|आभार|نشكر|الشكر|was (?:written|authored|developed|produced|prepared) (?:by|with)|"
    r"were developed with|generous support|made possible|under (?:grant|contract)|funded by|"
    r"financed by|financiad[oa]|financé|supported by|opinions? expressed|views expressed|"
    r"las opiniones|les opinions|as opiniões|not necessarily reflect|suggested citation|"
    # what a publisher says of itself in each of its papers
    r"^[\w’' .&()/-]{2,80} (?:is an?|es una?(?: una)?|est une?|é uma?) "
    r"(?:independent |non-?profit |global |international |national |leading |regional )*"
    r"(?:centro|center|centre|organi[sz]a\w+|fundaci\w+|foundation|fondation|fundação|institut\w+|"
    r"think tank|network|red|réseau|rede|asociaci\w+|association|associação|ong|ngo|"
    r"non-?governmental|non-?profit|charity)\b|"
    r"\bwas founded in\b|\bfue fundad[oa]\b|\ba été fondée?\b|\bfoi fundad[oa]\b|"
    r"sin fines de lucro|sans but lucratif|sem fins lucrativos|"
    r"call is free|contact us|call us|ll[aá]manos|appelez-nous|ligue para",
    re.IGNORECASE,
)
# Each of these may stand in a good sentence; two of them make a menu or an imprint.
_COURT = re.compile(
    r"\b(?:court|tribunal|corte|cour|inter-american commission|comisi[oó]n interamericana|"
    r"comiss[aã]o interamericana|المحكمة|न्यायालय)\b",
    re.IGNORECASE,
)
_ACT = re.compile(
    r"\bhaving seen\b|\bvistos?\s?:|\bsentencia de\b|\bjudgment of\b|\bsenten[cç]a de\b|"
    r"\barr[êe]t du\b|\breport (?:no|n[º°])|\binforme n|\brelat[oó]rio n|\border of the\b|"
    r"\bresoluci[oó]n de la\b|"
    r"\bvoto (?:razonado|disidente|concurrente)|\b(?:separate|dissenting|concurring) opinion|"
    r"\bpetition(?:er)?s?\b|\bpeticionari|\b(?:plaintiff|appellant|respondent)s?\b|"
    r"\bv(?:s|ersus)?\. ",
    re.IGNORECASE,
)
# The middle of an argument: it answers or refers to what stands before it.
_MIDDLE = re.compile(
    r"(?:while|although|though|even|as a (?:general )?rule|for (?:example|instance)|in addition|"
    r"note that|aunque|incluso|por ejemplo|aqu[ií]|bien que|m[êe]me|par exemple|ici|embora|"
    r"mesmo|por exemplo|"
    r"before that|antes (?:disso|de (?:eso|ello))|avant cela|"
    r"however|but|therefore|thus|hence|moreover|furthermore|nevertheless|instead|otherwise|"
    r"incident(?:al)?ly|by the way|also|then|in this case|in these cases|as a result|"
    r"for this reason|these|those|they|such|"
    r"this means|it (?:was|has|is an?|is also)|its|"
    r"that is|see also|see the|finally|secondly|first,|second,|at best|at worst|"
    r"sin embargo|pero|por (?:lo tanto|ello|eso)|adem[aá]s|tambi[eé]n|esto|estos|estas|ellos|ellas|"
    r"as[ií]|en este caso|en el (?:mejor|peor) de los casos|finalmente|v[eé]ase|consulte|"
    r"de este modo|asimismo|"
    r"c[’']est|cela|cependant|mais|donc|ainsi|en outre|de plus|ces|ils|elles|dans ce cas|enfin|"
    r"voir|"
    r"no entanto|mas|portanto|al[eé]m disso|tamb[eé]m|isto|isso|estes|eles|elas|neste caso|"
    r"finalmente|veja|"
    r"لكن|لذلك|كما|هذه|هؤلاء|लेकिन|इसलिए|ये|वे)\b",
    re.IGNORECASE,
)
# A step of something that is done together, or what its reader is to do.
_STEP = re.compile(
    r"(?:each|every) (?:participant|person|learner|member|group)\b|"
    r"(?:the )?participants (?:will|can|should|are)\b|"
    r"you (?:should|will need to|need to|must|can start)\b|(?:ask|tell|divide|invite|"
    r"begin by|start by|explain|hand out|read aloud|use this)\b|cada (?:participante|persona|grupo|"
    r"pessoa)\b|(?:las?|los|l[ea]s|[oa]s) participantes? (?:van|deben|pueden|devem|v[ãa]o|podem)\b|"
    r"les participant\w* (?:vont|doivent|peuvent)\b|chaque (?:participant|personne|groupe)|"
    r"(?:pida|pregunte|divida|invite|explique|peça|pergunte|demandez|invitez|expliquez|divisez)\b",
    re.IGNORECASE,
)
# It begins with what something happens under, or with what only the title names: a way in to the
# matter, told well enough where the document speaks of itself.
_HOOK = re.compile(
    r"(?:by \w{2,15}ing|if|when|whenever|because|rather than|despite|until|in the earliest|"
    r"considered|known as|"
    # how it came to it: a year, a beginning, a greeting
    r"(?:in|en|em) (?:19|20)\d\d|(?:in|over) (?:the )?(?:recent|past|last) (?:few |two |\w+ )?"
    r"(?:years|decades)|originally|initially|at first|in the beginning|okay|ok|hello|hi|greetings|"
    r"en los [uú]ltimos a[nñ]os|en las [uú]ltimas d[eé]cadas|al principio|originalmente|hola|"
    r"ces derni[èe]res ann[ée]es|depuis quelques ann[ée]es|au d[ée]part|[àa] l[’']origine|bonjour|"
    r"nos [uú]ltimos anos|nas [uú]ltimas d[eé]cadas|no in[ií]cio|originalmente|ol[aá]|"
    r"si|cuando|porque|debido a|en lugar de|considerad[oa]s?|conocid[oa]s?|"
    r"quand|lorsque|parce que|malgré|considérée?s?|connue?s?|"
    r"se|quando|por causa d\w+|em vez de|conhecid[oa]s?|"
    r"إذا|عندما|بسبب|अगर|यदि|जब)\b",
    re.IGNORECASE,
)
# The state of the world, from which a text sets out towards its matter.
_WORLD = re.compile(
    r"(?:all over|around|across|throughout) (?:the (?:world|globe)|history)|worldwide,|globally,|"
    r"nowadays|these days|in today[’']s|today,|(?:more than )?\d{1,4} years (?:since|after|ago)|"
    r"for (?:decades|centuries|generations|many years)|human beings|we (?:all )?(?:know|live)\b|"
    r"everyone knows|world leaders|this \w+, world leaders|in an? (?:increasingly|rapidly)|"
    r"en todo el mundo|alrededor del mundo|a (?:nivel|escala) (?:mundial|internacional|global)|"
    r"hoy en d[ií]a|en la actualidad|actualmente|hist[oó]ricamente|a lo largo de (?:la|los|las) |"
    r"desde (?:hace|siempre|tiempos)|durante (?:siglos|d[eé]cadas|muchos)|"
    r"(?:cada|todos los) años?|(?:each|every) year|chaque ann[ée]e|todos os anos|todo ano|"
    r"(?:el ser|los seres) human|todos sabemos|vivimos en|"
    r"partout dans le monde|dans le monde(?: entier)?,|au niveau (?:mondial|international)|"
    r"[àa] l[’']?\s?(?:[ée]chelle|heure) |de nos jours|aujourd[’']hui,|actuellement|historiquement|"
    r"depuis (?:toujours|des|plusieurs|longtemps)|au (?:cours|fil) (?:de l[’']histoire|des) |"
    r"l[’'][êe]tre humain|nous (?:savons|vivons) |"
    r"em todo o mundo|no mundo (?:todo|inteiro)|ao redor do mundo|"
    r"[ae]m? n[ií]vel (?:mundial|inter)|hoje em dia|atualmente|na atualidade|historicamente|"
    r"ao longo d[aeo]s? |"
    r"h[aá] (?:d[eé]cadas|muito|s[eé]culos)|(?:o ser|os seres) human|todos (?:n[oó]s )?sabemos|"
    r"vivemos (?:em|num)|"
    r"في (?:جميع|كل) أنحاء العالم|حول العالم|على مستوى العالم|منذ (?:عقود|قرون|القدم)|"
    r"في (?:عالم اليوم|السنوات الأخيرة)|"
    r"दुनिया भर|विश्व भर|सदियों से|आज के (?:समय|दौर)|पिछले (?:कुछ )?(?:वर्षों|सालों|दशकों)",
    re.IGNORECASE,
)
# An aim without who has it: `Formar personas que…`.
_INFINITIVE = re.compile(
    r"(?!mujer|lugar|taller|poder|ayer|hogar|mulher|militar)[^\W\d_]{3,20}[aei]r(?:se)? ",
    re.IGNORECASE,
)
# It says what it is or what to do with it, whatever its title is called.
_DIRECT = re.compile(
    r"(?:this (?:is|page|site)|use (?:this|the)|the (?:purpose|aim|goal|objective)|learn|find out|"
    r"est[eo] es|el (?:objetivo|prop[oó]sito|fin) |aprend[ae]|conozca|"
    r"(?:ceci est|voici)|(?:l[’']objectif|le but) |apprenez|d[ée]couvrez|"
    r"est[ae] é|o (?:objetivo|prop[oó]sito) |aprenda|conheça|الهدف|يهدف|इसका उद्देश्य)",
    re.IGNORECASE,
)
# A clause of a law, an agreement, bylaws: one of many.
_CLAUSE = re.compile(
    r"(?:\W{0,3})(?:article|section|clause|art[ií]culo|artigo|secci[oó]n|se[çc][ãa]o|cl[aá]usula|"
    r"المادة|अनुच्छेद|धारा)\s+(?:\d{1,3}|[ivx]{1,6})\b",
    re.IGNORECASE,
)
# What it was made from, and where else to read: left out of a paragraph that tells more.
_ASIDE = re.compile(
    r"\b(?:was|were|is|are|has been|have been) (?:adapted|excerpted|reprinted|translated) "
    r"(?:from|by)\b|\b(?:was|were) developed as (?:a )?part of\b|"
    r"\b(?:is|are) (?:a |the )?products? of\b|"
    r"\byou should read\b|\bread (?:more |that|about (?:this|it|them)\b)|"
    r"\b(?:se desprenden? del?|es (?:un )?producto de|(?:fue|es|est[aá]) adaptad[oa] de|"
    r"lea (?:más )?sobre|"
    r"l[ée]ase)\b|"
    r"\b(?:est (?:adaptée?|issue?|tirée?) d|est le fruit d|à lire aussi)|"
    r"\b(?:é (?:um )?produto d|(?:foi|é) adaptad[oa] d|leia (?:mais|sobre))",
    re.IGNORECASE,
)
# `Time: 2 hours Materials: pens Group: up to 20`, run together.
_LABELLED = re.compile(r"(?<!\S)[A-ZÀ-Þ][^\W\d_]{2,14}(?: [^\W\d_]{2,14}){0,2}: ")
WORDS = 8  # of a sentence on average, below which lines of a list stand in one paragraph
_PERHAPS = re.compile(
    r"web ?site|page you|newsletter|permission|click|download|opens in|phone|e-?mail|@|"
    r"sitio web|p[aá]gina web|prohibid|www\.|bit\.ly",
    re.IGNORECASE,
)
# A document that speaks of itself: `This guide shows how…`
_OF_ITSELF = re.compile(
    r"\b(?:th(?:is|e present) (?:\w+ )?(?:guide|guidebook|handbook|manual|toolkit|kit|report|paper|"
    r"study|brief|document|booklet|module|session|workshop|lesson|resource|publication|section|"
    r"platform|article|chapter|leaflet|curriculum|training|collection|e-?book|policy|list|range|"
    r"activity|exercise|game|course)|the following (?:activity|exercise|session)|"
    r"la siguiente (?:actividad|sesi[oó]n)|"
    r"(?:est[ea]|el presente|la presente) (?:\w+ )?(?:gu[ií]a|manual|cartilla|informe|estudio|"
    r"documento|m[oó]dulo|sesi[oó]n|taller|publicaci[oó]n|cuaderno|art[ií]culo|trabajo|material|folleto)|"
    r"(?:ce|cet|cette|le présent|la présente) (?:\w+ )?(?:guide|manuel|rapport|étude|document|"
    r"module|séance|atelier|publication|brochure|article|fiche|note)|"
    r"(?:est[ea]|o presente|a presente) (?:\w+ )?(?:guia|manual|cartilha|relatório|estudo|"
    r"documento|módulo|oficina|publicação|caderno|artigo|material))\b|"
    r"(?:هذا|هذه) (?:ال)?(?:دليل|تقرير|دراسة|ورقة|وثيقة|كتيب|وحدة|جلسة|منشور)|"
    r"(?:यह|इस) (?:पुस्तिका|मार्गदर्शिका|रिपोर्ट|अध्ययन|दस्तावेज़|मॉड्यूल|सत्र|पर्चा|लेख)",
    re.IGNORECASE,
)
_OF_A_PART = re.compile(
    r"section|chapter|activity|exercise|game|lesson|session|actividad|sesi[oó]n|séance",
    re.IGNORECASE,
)
_FOREWORD = re.compile(
    r"^(?:\d+\.?\s*)?(?:foreword|preface|introduction|about|overview|presentation|purpose|background|"
    r"how to use .{3,40}|pr[oó]logo|presentaci[oó]n|introducci[oó]n|prefacio|descripci[oó]n|"
    r"avant-propos|pr[ée]face|pr[ée]sentation|apresentação|introdução|prefácio|مقدمة|تمهيد|"
    r"परिचय|प्रस्तावना|भूमिका)\W*$",
    re.IGNORECASE,
)
_RUN_IN = re.compile(
    r"^(?:\d{1,2}\s+)?(?:Introduction|Introducción|Introdução|Presentación|Apresentação|Abstract|"
    r"Resumen|Résumé|Resumo|About This \w+|Foreword|Overview)\s+(?=[A-ZÀ-Ý])"
)
_LISTED = re.compile(r"[^\W\d_]\??\s\d{1,3}\s+[A-ZÀ-Ý]|\?\s\d{1,3}\s")
_ENDS = (".", "!", "?", ":", ";", "…", "।", "؟", ")", "”", '"', "»")
_NUMBERED = re.compile(r"^\(?(?:\d{1,3}|[ivx]{1,5}|[a-z])[.)]\s+|^[•▪●◦*–—-]\s*")
_LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}|_{4,}")
_SENTENCE = re.compile(r"(?<=[.!?…।؟。])[”\"’)»\]]*\s+(?=[^\s\d\W]|[“\"‘'«(¿¡])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:nos?|vs?|dr|mr|mrs|ms|st|art|arts|sr|sra|inc|ltd|jr|cf|etc|approx|p|pp|vol|ed|eds|al|"
    r"e\.g|i\.e|u\.s|núm|nº|prof|dept)|\b[A-Z]|\b\w\.\w)\.$",
    re.IGNORECASE,
)


def stated(said: Said, title: str, pages: Sequence[Page] = ()) -> Iterator[Statement]:
    program = fields.by_program(said)
    if program:
        return  # /Subject holds codes and file names
    web = not fields.for_readers(said, pages)
    for rank, word in enumerate(fields.words(said, "summary")):
        text = clean(unescape(re.sub(r"<[^<>]{1,80}>|\xa0", " ", word.value)))
        least = 40 if web else 20
        if len(text) < least or len(words_of(text)) < 4 or folded(text) == folded(title):
            continue
        if re.search(r"\bofficial (?:web ?)?site\b", text, re.IGNORECASE):
            continue  # said of the site, not of the page
        evidence = (Evidence(0, f"{word.name}: {text[:120]}"),)
        yield Statement(
            "summary", cut(text), "file", evidence, (0.8 if web else 0.92) - 0.02 * rank
        )
        return


def read(
    pages: Sequence[Page], title: str, language: str = "", *, named: bool = True
) -> Iterator[Statement]:
    """The paragraph that tells best what the document is about, if there is a good one.

    First a labelled abstract; then what the document says of itself; then a foreword; then the
    first paragraph of good prose after the title, if it speaks of what the title names. Of a paper
    of a court only what is labelled: its paragraphs are steps of an argument. named: whether the
    title is its own, and no name of a file.
    """
    after = folded(title)
    matter = _stems(title) | _often(pages, language) if named else frozenset()
    court = is_of_court(pages)
    passed = 0  # paragraphs of prose that told nothing of the whole
    parts = 0  # headings since the title
    begun = False
    best: Statement | None = None
    labelled = foreword = False
    last = ""  # of the page before
    for page in pages[:8]:
        paragraphs = list(_paragraphs(page))
        headings = {clean(block.text) for block in page.blocks if block.kind == "heading"}
        # What stands above the title is the site's, not the document's.
        start = 0
        if not begun and after:
            above = 0
            for number, text in enumerate(paragraphs):
                plain = folded(text)
                above += len(text)
                if above > ABOVE:
                    break
                if plain and len(plain) < 3 * len(after) and _holds(plain, after):
                    start = number + 1
                    begun = True
                    break
        for before, written in pairwise([last, *paragraphs[start:]]):
            text = _telling(_bare(written, title))
            if match := _LABEL.match(text):
                rest = text[match.end() :]
                if not rest or len(rest) < 40:
                    labelled = len(text) < 60
                    continue
                marked = text[: match.end()].rstrip().endswith((":", ".", "–", "-"))
                if marked and _good(rest):
                    yield _statement(rest, page, 0.8)
                    return
            if _FOREWORD.match(text):
                foreword = True
                continue
            broken = not before.endswith(_ENDS) and (len(before) > 60 or _goes_on(before))
            if broken or not _good(text):
                passed += len(text) > 50
                parts += written in headings
                if len(text) < 60 and letters(text) > 3 and not _NUMBERED.match(text):
                    labelled = False
                continue
            if labelled:
                yield _statement(text, page, 0.8)
                return
            asked = before.endswith(("?", "؟")) and folded(before) != after
            if before in headings and (asked or _CLAUSE.match(before)):
                passed = max(passed, MANY)  # an answer to one question of many, or a clause
            sure = (
                0.2
                if court
                else _worth(
                    text, page.number, foreword, passed if parts < PARTS else MANY, matter, language
                )
            )
            passed += 1
            foreword = False
            if best is None or sure > best.confidence + 0.001:
                best = _statement(text, page, sure)
        if best is not None and best.confidence >= 0.7 and page.number > 1:
            break
        last = paragraphs[-1] if paragraphs else ""
    if best is not None:
        yield best


def _holds(one: str, other: str) -> bool:
    """Whether the words of one stand in the other."""
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


def is_of_court(pages: Sequence[Page]) -> bool:
    """Whether a document is a judgment, an order, an opinion or a decision on a petition."""
    opening = " ".join(page.text[:1_500] for page in pages[:2])[:2_500]
    return _COURT.search(opening) is not None and _ACT.search(opening) is not None


def _worth(
    text: str, number: int, foreword: bool, passed: int, matter: frozenset[str], language: str
) -> float:
    """How sure a good paragraph is what the document is about.

    passed: paragraphs before it. matter: beginnings of the words of the title.
    """
    worth = 0.55 - 0.1 * (number - 1)
    if number > 2 or passed >= MANY:
        worth = min(worth, 0.28)  # any paragraph: shown to staff alone
    said = _OF_ITSELF.search(text[:OF_ITSELF])
    if said and not (number > 2 and _OF_A_PART.search(said[0])):
        worth = 0.72 - 0.01 * (number - 1)
    elif foreword:
        worth = max(worth, 0.58 - 0.01 * (number - 1))
    elif matter and not matter & _stems(cut(text)) and not _DIRECT.match(text):
        worth -= 0.3  # its beginning, and not yet its matter
    if _MIDDLE.match(text) or _STEP.match(text):
        worth -= 0.45
    elif (
        _HOOK.match(text)
        or _terse(text)
        or (_WORLD.match(text) and not said)
        or (language in ("es", "pt") and _INFINITIVE.match(text))
    ):
        worth -= 0.3
    if _NUMBERED.match(text):  # one point of many
        worth -= 0.3
    asked = text.count("?") + text.count("؟")
    if asked and asked >= len(_SENTENCE.findall(text)):
        worth -= 0.4  # a list of questions
    if text.rstrip().endswith(":"):
        worth -= 0.1
    if len(text) < 90:
        worth -= 0.1
    return max(0.1, worth)


def _terse(text: str) -> bool:
    sentences = len(_SENTENCE.findall(text)) + 1
    return sentences > 2 and len(text.split()) < WORDS * sentences


def _stems(text: str) -> frozenset[str]:
    """How the words of a text begin that say something: an article of Arabic is none of them."""
    found = set()
    for word in folded(text).split():
        word = word.removeprefix("ال") if len(word) > 4 else word
        latin = word.isascii() or word[0] < "\u0370"
        if len(word) > 4 or (not latin and len(word) > 2):
            found.add(word[:5] if latin else word[:3])
    return frozenset(found)


def _often(pages: Sequence[Page], language: str) -> frozenset[str]:
    """How the words begin that a document says most, of those that are no small ones."""
    counted: Counter[str] = Counter()
    for page in pages[:4]:
        counted.update(folded(page.text[:OFTEN_READ]).split())
    small = {fold(word) for word in stopwords_of(language)}
    stems: Counter[str] = Counter()
    for word, times in counted.items():
        if word not in small and not word.isdigit():
            for stem in _stems(word):
                stems[stem] += times
    return frozenset(stem for stem, times in stems.most_common(OFTEN) if times >= OFTEN_LEAST)


def _from_itself(text: str) -> str:
    """A paragraph from where it begins to speak of its document, if it set out from the world."""
    if _OF_ITSELF.search(text[:OF_ITSELF]) or not (_WORLD.match(text) or _HOOK.match(text)):
        return text
    sentences = _sentences(text)
    for number, sentence in enumerate(sentences):
        if _OF_ITSELF.search(sentence[:60]) and not _OF_A_PART.search(sentence[:60]):
            return " ".join(sentences[number:])
    return text


def _telling(text: str) -> str:
    """A paragraph without its asides, and without a last sentence that breaks off."""
    text = _from_itself(text)
    if len(text) < SHORT or not (_ASIDE.search(text) or _open_ended(text)):
        return text
    sentences = _sentences(text)
    if len(sentences) > 1 and _open_ended(sentences[-1]):
        sentences = sentences[:-1]
    told = [sentence for sentence in sentences if not _ASIDE.search(sentence)]
    return " ".join(told)


def _open_ended(text: str) -> bool:
    """Whether it announces something, or ends without a mark that ends a sentence."""
    bare = text.rstrip("”\"’')»] ")
    return bare.endswith(":") or not bare.endswith((".", "!", "?", "…", "।", "؟", "。"))


def _sentences(text: str) -> list[str]:
    parts, start = [], 0
    for match in _ends(text):
        parts.append(text[start : match.end()].strip())
        start = match.end()
    return [*parts, text[start:].strip()]


def _ends(text: str) -> Iterator[re.Match[str]]:
    """What stands between one sentence and the next: no stop behind an abbreviation."""
    for match in _SENTENCE.finditer(text):
        if not _ABBREVIATED.search(text[max(0, match.start() - 12) : match.start()]):
            yield match


def _goes_on(before: str) -> bool:
    words = before.split()
    return before.endswith(",") or (bool(words) and words[-1].casefold() in SMALL)


def _bare(text: str, title: str) -> str:
    """A paragraph without the title and the heading that are run in with its beginning."""
    called, plain = words_of(title), words_of(text[: 2 * len(title) + 40])
    if len(called) > 2 and [w.casefold() for w in plain[: len(called)]] == [
        w.casefold() for w in called
    ]:
        at = 0
        for word in called:
            at = text.casefold().find(word.casefold(), at) + len(word)
        text = text[at:].lstrip(' .:–-?!”"»') if at < len(text) else text
    return _RUN_IN.sub("", text)


def _statement(text: str, page: Page, sure: float) -> Statement:
    text = cut(_NUMBERED.sub("", unescape(text)))
    return Statement("summary", text, "guess", (Evidence(page.number, text[:120]),), round(sure, 3))


def _paragraphs(page: Page) -> Iterator[str]:
    """The paragraphs of a page: by its layout, by its empty lines, or by the look of its lines."""
    if any(block.kind != "heading" for block in page.blocks):
        for block in page.blocks[:60]:
            if block.kind in ("paragraph", "heading", "quote"):
                yield clean(block.text)
        return
    parts = re.split(r"\n[ \t\r]*\n", page.text[:12_000])
    if len(parts) > 1:
        yield from filter(None, map(clean, parts[:90]))
        return
    yield from _by_lines(page)


def _by_lines(page: Page) -> Iterator[str]:
    """Paragraphs told by the length and the ends of the lines."""
    rows = lines(page, 90)
    widest = sorted(len(row.text) for row in rows)[int(len(rows) * 0.8)] if rows else 0
    current = last = ""
    for row in rows:
        text = joined_letters(row.text)
        ended = last.endswith((".", ":", "!", "?", ";")) and len(last) < 0.8 * widest
        short = len(last) < 0.55 * widest and not last.endswith(",")
        if current and (ended or short or _NUMBERED.match(text) or shouted(text)):
            yield current
            current = ""
        if current.endswith("-") and text[:1].islower():
            current = current[:-1] + text
        else:
            current = f"{current} {text}".strip()
        last = text
    if current:
        yield current


def _good(text: str) -> bool:
    """Whether a paragraph is prose that tells something: not a menu, a list, an imprint."""
    bare = _NUMBERED.sub("", text)
    least = SHORT if _OF_ITSELF.search(bare[:120]) else SHORTEST
    if len(bare) < least or _LEADERS.search(bare) or _BOILERPLATE.search(bare[:500]):
        return False
    if len(_PERHAPS.findall(bare[:500])) > (1 if len(bare) > 160 else 0):
        return False
    numbers = len(re.findall(r"\b\d{1,3}\b", bare))
    if _LISTED.search(bare) and (numbers > 3 or re.search(r"\? \d{1,3}\b", bare)):
        return False  # lines of a contents list
    if len(_LABELLED.findall(bare[:500])) > 2:
        return False
    if "[" in bare[:60]:
        return False  # quoted, with words put in
    if not bare[0].isalpha() and bare[0] not in "“\"‘'«(¿¡":
        return False
    if bare[0].islower() or shouted(bare) or bare.count("|") > 1 or "http" in bare[:200]:
        return False
    visible = len(bare.replace(" ", ""))
    if letters(bare) < 0.8 * visible or sum(c.isdigit() for c in bare) > 0.08 * visible:
        return False
    words = words_of(bare)
    capital = sum(word[0].isupper() for word in words)
    if not words or capital > 0.55 * len(words):
        return False  # names, or a menu
    return re.search(r"[.!?।؟]", bare[40:]) is not None


def cut(text: str, longest: int = LONGEST) -> str:
    """The whole sentences of a text that fit; of one long sentence, its beginning."""
    text = clean(text)
    if len(text) <= longest:
        return text
    kept = 0
    for match in _ends(text):
        if match.start() > longest:
            break
        kept = match.start()
    if kept >= 60:
        return text[:kept].rstrip()
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:(–-") + "…"
