"""The shape of a document: what does not depend on what it speaks of.

How long it is, how many of its lines are questions, give minutes, open articles, leave blanks to
fill, begin with a verb that tells what to do, name a figure, cite a work; how many of the parts
that a plan of a session has it has; whether it opens as news does or ends as a study does.
Long because half of it are the words of six languages by which lines are told.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from library.core.resource import Evidence, Page
from library.metadata.text_lines import clean

LONGEST = 400  # characters of a line that are looked at
TIMED = 100  # characters of a line that is the name of a step with its minutes
PAGES = 12
RUNNING = 160  # characters of a line from which it is running text
ROWS = 1_500
COVER = 250  # words, up to which a text may be no more than a cover and what stands behind it
WORKS = 12  # lines below the word in which a work with its year stands
ROWS_OF = 2_500  # characters of a page whose lines are looked at

_MINUTES = re.compile(
    r"(?<!\d)\d{1,3} ?(?:min\b|mins\b|minutes?\b|minutos?\b|minuten\b|minuti\b|menit\b|dakika\b"
    r"|hours?\b|horas?\b|heures?\b|دقيقة|دقائق|ساعة|मिनट|घंटे)",
    re.IGNORECASE,
)
# What takes days is a course, a campaign or a procedure, and no session.
_NOT_DAYS = (
    r"(?![\d,. –-]{0,9} ?(?:days?|weeks?|months?|years?|días?|semanas?|mes(?:es)?|años?|jours?"
    r"|semaines?|mois|ans?|dias|anos?)\b)"
)
_LASTS = re.compile(
    r"^\W{0,4}(?:lesson |session |total |estimated )?(?:duration|duración|durée|duração|المدة|अवधि"
    r"|length|time(?: needed| required)?|tiempo(?: estimado)?|temps|tempo|carga horária)"
    rf"\W{{1,4}}.{{0,20}}?\d{_NOT_DAYS}",
    re.IGNORECASE,
)
# In a line of several labels, with a colon: "Review date: May Lesson duration: 30 minutes".
_LASTS_WITHIN = re.compile(
    r"(?<![^\W\d_])(?:duration|duración|durée|duração|المدة|अवधि|time needed|time required"
    r"|tiempo estimado|tiempo necesario|carga horária|carga horaria) ?[:：]\W{0,3}\d"
    + _NOT_DAYS
    + r"|(?<![^\W\d_])(?:time|tiempo|temps|tempo|الوقت|समय) ?[:：]\W{0,3}\d{1,3} ?"
    r"(?:min|mn\b|hs?\b|hrs?\b|hours?\b|horas?\b|heures?\b|دقيقة|ساع|मिनट|घंट)",
    re.IGNORECASE,
)
# Labels that a reader has joined into one line: "Age: 12 Time: 2 hours Aims: to see the city".
_LABEL = re.compile(
    r"(?<=\s)[A-ZÀ-ÞА-Я\u0600-\u06ff\u0900-\u097f][^\s:]{1,17}(?: [^\s:]{1,14}){0,2} ?[:：]\s"
)
LABELS = 2  # of them in one line, from which it is several
# A step of an agenda: "9:20 What is an issue?", "14h30 – 15h : en petits groupes".
_CLOCK = re.compile(
    r"^\W{0,4}(?:[01]?\d|2[0-3]) ?(?:[:.h] ?[0-5]\d|h\b)(?: ?(?:am|pm|a\.m\.|p\.m\.|hs?|horas?)\b)?"
    r"[ –—-]{0,3}(?:(?:to|a|à|as|às|até|until) )?"
    r"(?:(?:[01]?\d|2[0-3]) ?(?:[:.h] ?[0-5]\d|h\b)(?: ?(?:am|pm|a\.m\.|p\.m\.|hs?)\b)?)?"
    r"\W{0,4}[^\W\d_]",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^\W{0,4}(?:article|artículo|articulo|artigo|art\.|section|clause|cláusula|المادة|مادة"
    r"|अनुच्छेद|धारा) ?\(?(?:\d{1,3}|[ivxl]{1,5}\b|first|one|primero|premier|الأولى)",
    re.IGNORECASE,
)
# Dots that lead to a number are a line of contents, and no blank.
_BLANK = re.compile(
    r"_{4}|(?<![.…])(?:\.{12}|…{4})[. …]*+(?!\d)|\[ ?\]|☐|□|❏"
    # what a program fills in: `{memberName}`, `<<date>>`
    r"|\{[#%/]?[^\W\d]\w{1,30}\}|<<[^\W\d][\w ]{1,30}>>"
)
_YEARED = re.compile(r"\((?:[^()]{1,60}[ ,])?(?:19|20)\d\d[a-z]?(?:[:,][^()]{0,20})?\)")
_DIGITS = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CAPTION = re.compile(
    r"^\W{0,4}(?:figure|fig\.|table|chart|graph|box|gráfico|grafico|cuadro|tabla|figura|recuadro"
    r"|graphique|tableau|encadré|tabela|quadro|شكل|جدول|चित्र|तालिका) ?[a-z]?\d{1,2}\b",
    re.IGNORECASE,
)
_BIBLIOGRAPHY = re.compile(
    r"^\W{0,4}(?:\d{1,2}\W{1,3})?(?:references|bibliography|works cited|endnotes|notes|bibliografía"
    r"|referencias(?: bibliográficas)?|bibliographie|références|referências(?: bibliográficas)?"
    r"|bibliografia|المراجع|قائمة المراجع|संदर्भ(?: सूची)?)\W{0,4}$",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"^\W{0,2}\d{1,3}\W{0,2} {0,2}(?:[A-ZÁÉÍÓÚ]|https?:).{20}")
_PERCENT = re.compile(r"\d ?(?:%|٪|per ?cent\b|por ?cien(?:to)?\b|por cento\b|p\. ?100)|प्रतिशत")
_QUOTED = re.compile(r"[“«„][^“”«»„\n]{20,400}[”»]")
# Words that are somebody's: «…», dijo ella; she said: “…”. A quoted name of a programme is none.
_SPOKEN = re.compile(
    r"\b(?:said|says|told|added|adds|explained|explains|stated|dijo|afirmó|señaló|explicó|sostuvo"
    r"|expresó|aseguró|agregó|destacó|déclare|déclaré|explique|affirme|souligne|précise|a dit"
    r"|disse|afirmou|explicou|ressaltou|destacou|contou)\b|قال|قالت|أضاف|أضافت|أكد|أكدت|صرح|कहा"
    r"|बताया",
    re.IGNORECASE,
)
# What a session, its plan or who leads it is to have: advice on plans is no plan.
_ADVICE = re.compile(
    r"\b(?:section|training|session|workshop|agenda|plan|module|lesson|facilitator|trainer)s?\b"
    r"[^.]{0,60}\b(?:should|must|ought to|needs? to)\b"
    r"|\b(?:sesión|sesiones|taller|talleres|agenda|plan|módulo|lección|formación|facilitadora?"
    r"|sessão|oficina|aula|formação|plano)\b[^.]{0,60}\b(?:debe|deben|debería|deve|devem|deveria)\b"
    r"|\b(?:séance|atelier|formation|plan|module|animateur|animatrice|formateur|formatrice)s?\b"
    r"[^.]{0,60}\b(?:doit|doivent|devrait|devraient)\b"
    r"|(?:جلسة|الجلسة|ورشة|الورشة|تدريب|التدريب)[^.]{0,60}(?:يجب أن|ينبغي أن)"
    r"|(?:सत्र|कार्यशाला|प्रशिक्षण)[^.।]{0,60}(?:होना चाहिए|होनी चाहिए|होने चाहिए)",
    re.IGNORECASE,
)
# A part of a course by its name: "Module 2: …", "MÓDULO:", "Roteiro da oficina 3".
_UNIT = re.compile(
    r"^\W{0,4}(?:training |course |learning )?(?:module|módulo|modulo|unidad(?: didáctica)?|unit"
    r"|unité|unidade|lesson|lección|leçon|aula|workshop|taller|atelier|oficina|session|sesión|séance"
    r"|sessão|الوحدة|وحدة|الجلسة|जلسة|मॉड्यूल|सत्र|इकाई)"
    r"(?: ?(?:#|n[.º°o]{1,2})? ?(?:[\d०-९٠-٩]{1,2}\b|[ivx]{1,4}\b)\W{0,3}|\W{0,2}:)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\d.,/-])(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,4}\)|\d{2,4})(?:[ .-]\d{2,4}){2,3}(?![\d/-])"
)
_STEP = re.compile(
    r"^\W{0,4}(?:step|paso|étape|passo|خطوة|الخطوة|चरण|कदम) ?(?:\d{1,2}\b|one|two|uno|un\b|الأولى)",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"^\W{0,4}(?:activity|exercise|session|lesson|workshop|game|module|actividad|ejercicio|sesión"
    r"|taller|juego|dinámica|encuentro|módulo|activité|exercice|séance|atelier|jeu|atividade"
    r"|exercício|sessão|oficina|dinâmica|encontro|aula|jogo|نشاط|النشاط|تمرين|الجلسة|جلسة|الوحدة"
    r"|गतिविधि|सत्र|अभ्यास|मॉड्यूल)"
    r" ?(?:#|n[.º°o]{1,2})? ?[\d०-९٠-٩]{1,2}\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^\W{0,4}(?:[A-ZÁÉÍÓÚÀ-Þ][\w.’'-]{1,20}[ ,]{1,2}){1,5}"
    r"(?:\(?\w{1,12}\)? ?)?[–—-]{1,2} ?[“\"A-ZÁÉÍÓÚ]"
    r"|^\W{0,4}(?:posted|published|publicado|publié|postado|نشر|प्रकाशित)\b.{0,30}\d",
)
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d[-_. ](?:0[1-9]|1[0-2])(?!\d)")
# The parts of a plan, each as a line or heading of its own or the beginning of one.
_PARTS = tuple(
    re.compile(
        rf"^\W{{0,4}}(?:\d{{1,2}}\W{{1,3}})?(?:(?:{words})(?: \w{{1,14}}){{0,3}}\W{{0,3}}(?:$|:)"
        rf"|(?:{asked})\b[^.:]{{0,45}}\?)",
        re.IGNORECASE,
    )
    for words, asked in (
        (  # what for
            r"(?:session |learning |lesson )?(?:objectives?|aims?|goals?|purpose|outcomes?)"
            r"|what (?:we|you) will learn|objetivos?|finalidad|propósito|aprendizajes|competencias"
            r"|resultados esperados|objectifs?|but|compétences|résultats attendus|finalidade"
            r"|aprendizagens|competências|الهدف|الأهداف|أهداف|उद्देश्य",
            r"what will (?:we|you|they|participants?|learners?|people) (?:learn|be able|know)"
            r"|qué (?:vamos a|van a|vas a) (?:aprender|lograr)|qué aprenderemos"
            r"|qu’allons-nous apprendre|que vont apprendre|o que (?:vamos|vão) aprender",
        ),
        (  # with what
            r"(?:materials?|supplies|equipment|resources?|handouts?|what you(?:’ll|'ll| will)? need"
            r"|you(?:’ll|'ll| will) need|what materials|to bring)"
            r"|materiales?|recursos|necesitas|necesitamos|hay que llevar|matériel|il vous faut"
            r"|à apporter|materiais|material|precisamos de|المواد|الأدوات|सामग्री",
            r"what (?:will|do|should) (?:we|you|they|participants?|facilitators?) (?:need|bring)"
            r"|qué (?:se necesita|necesitamos|hay que llevar|materiales)|de quoi (?:avez|avons)"
            r"|o que (?:é preciso|vamos precisar|levar)|do que (?:vamos|você) precisa",
        ),
        (  # how long: `Time needed:`, and no `Time banking:`
            r"(?:time|duration|length|timing|total time|tiempo|duración|durée|temps|tempo|duração"
            r"|المدة|الوقت|समय|अवधि)(?! (?!needed|required|allowed|frame|total|estimated|necesari"
            r"|estimad|aproximad|sugerid|nécessaire|prévu|requis|estimée|necessári|previst|of|de"
            r"|del|da|do|du|for|per|para|pour|المتوقع|आवश्यक)[^\W\d_])",
            r"how (?:long|much time)|cuánto (?:tiempo|dura)|combien de temps|quanto (?:tempo|dura)",
        ),
        (  # how
            r"(?:steps|procedure|process|instructions?|activity|activities|how to (?:run|do|play)"
            r"|method|facilitation|running the|agenda|step by step)"
            r"|pasos?|desarrollo|procedimiento|metodología|actividad(?:es)?|estructura|secuencia"
            r"|paso a paso|étapes?|déroulement|déroulé|démarche|ordre du jour|passos?"
            r"|desenvolvimento|procedimento|atividades?|roteiro|passo a passo|como fazer"
            r"|الخطوات|خطوات|النشاط|طريقة|चरण|गतिविधि|प्रक्रिया|तरीका",
            r"how (?:do|does|will|can|should) (?:we|you|it|i) (?:do|run|play|lead|work)"
            r"|cómo (?:se hace|se juega|lo hacemos|se desarrolla)|comment (?:faire|procéder|animer)"
            r"|como (?:se faz|fazer|se joga|conduzir)",
        ),
        (  # before and after
            r"(?:preparation|before (?:you begin|the session)|debrief|discussion|reflection|closing"
            r"|wrap[ -]?up|evaluation|follow[ -]?up|facilitator(?:’s|'s)? notes?"
            r"|notes? (?:for|to) (?:the )?facilitators?"
            r"|trainer(?:’s|'s)? notes?|warm[ -]?up|ice ?breaker)"
            r"|preparación|cierre|reflexión|evaluación|notas? para|apertura|bienvenida|préparation"
            r"|clôture|évaluation|bilan|accueil|avant la séance|preparação|encerramento|avaliação"
            r"|acolhida|abertura|التحضير|النقاش|التقييم|तैयारी|चर्चा|मूल्यांकन",
            r"how (?:should|do|can|will) (?:the )?(?:facilitators?|instructors?|trainers?|teachers?"
            r"|participants?|you|we) (?:get ready|prepare)|cómo (?:me|nos|se)? ?prepar\w{1,6}"
            r"|comment (?:se )?préparer|como (?:se |me )?preparar",
        ),
        (  # with whom
            r"(?:participants?|group size|number of participants|who|audience|level|ages?|age group"
            r"|grades?|grade level)|edad(?:es)?|grado|nivel|âges?|niveau|idade|faixa etária|nível"
            r"|participantes|número (?:ideal )?de participantes|destinatari[ao]s|dirigid[ao] a"
            r"|nombre de participants|public(?: visé)?|público(?: destinatario|-alvo)?"
            r"|المشاركون|عدد المشاركين|प्रतिभागी",
            r"(?:who|whom) (?:is|should|can) (?:it|this|take part|attend|come)|how many (?:people"
            r"|participants)|para quién|cuántas personas|pour qui|combien de personnes|para quem"
            r"|quantas pessoas",
        ),
    )
)
# First words of lines that tell what to do; Spanish, Portuguese, French use the infinitive too.
_VERBS = frozenset(
    ("add", "agree", "allow", "always", "anote", "answer", "apply", "ask", "avoid", "be",
     "bring", "build", "call", "check", "choisissez", "choose", "clean", "collect", "contact",
     "converse", "convide", "decide", "demand", "demandez", "denuncie", "discuss", "divida",
     "divide", "divisez", "do", "document", "don't", "draw", "elabora", "elige", "encourage",
     "ensure", "escolha", "escribe", "establish", "evita", "evite", "exija", "explain",
     "explica", "explique", "expliquez", "fight", "file", "fill", "find", "follow", "get",
     "give", "go", "have", "haz", "hold", "identifica", "identify", "include", "incluye",
     "invita", "invite", "invitez", "join", "keep", "know", "learn", "let", "list", "listen",
     "lleva", "look", "make", "meet", "never", "note", "notez", "offer", "organise", "organize",
     "parlez", "peça", "pida", "pide", "plan", "practice", "practise", "pregunta", "prepara",
     "prepare", "procure", "protect", "provide", "préparez", "put", "read", "record",
     "recuerda", "refuse", "remember", "remind", "reparta", "repeat", "report", "review",
     "revisa", "reúne", "say", "seek", "select", "send", "set", "share", "show", "sign",
     "solicite", "speak", "start", "stay", "stop", "take", "talk", "teach", "tell", "think",
     "train", "try", "turn", "understand", "usa", "use", "utilisez", "utiliza", "visit",
     "vérifiez", "wait", "watch", "wear", "work", "write", "évitez")
)  # fmt: skip
_INFINITIVE = re.compile(r"[a-záéíóúâêôçãõñ]{3,14}(?:ar|er|ir)(?:se|lo|la|los|las)?")
_BULLET = re.compile(r"^[\W\d]{1,6}")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

# At the beginning of a line.
_OPENING = (
    ("lasts", _LASTS), ("articles", _ARTICLE), ("captions", _CAPTION), ("footnotes", _FOOTNOTE),
    ("steps", _STEP), ("numbered", NUMBERED),
)  # fmt: skip
# Anywhere in a line that has a digit.
_WITHIN = (
    ("minutes", _MINUTES), ("lasts", _LASTS_WITHIN), ("clock", _CLOCK), ("cited", _YEARED),
    ("percent", _PERCENT), ("phones", _PHONE),
)  # fmt: skip


def shaped(
    values: dict[str, float],
    shown_by: dict[str, Evidence],
    pages: Sequence[Page],
    headings: Sequence[tuple[str, int]],
    words: int,
    filename: str,
) -> None:
    """Adds the measures of a document's shape. words: how many of its words were read."""
    chosen = spread(pages, PAGES)
    rows = [
        (row.strip()[:LONGEST], page.number)
        for page in chosen
        for line in page.text[:ROWS_OF].splitlines()
        for row in _parted(line)
        if row.strip()
    ][:ROWS]
    counts = _counted(rows, shown_by)
    parts = _parts([*headings, *rows], shown_by)
    total = max(1, len(rows))
    values["plan"] = min(2.0, 0.5 * max(0, len(parts) - 1))
    values["minutes"] = min(2.0, math.log1p(counts["minutes"]))
    values["timed"] = min(2.0, math.log1p(counts["timed"]) / 1.2)
    values["lasts"] = min(1.0, float(counts["lasts"]))
    # A list of opening hours has few lines of them, a day of a workshop many.
    values["agenda"] = min(2.0, math.log1p(max(0, counts["clock"] - 2)) / 1.2)
    values["numbered"] = min(2.0, math.log1p(counts["numbered"]) / 1.2)
    values["steps"] = min(1.5, math.log1p(counts["steps"]) / 1.2)
    values["items"] = min(1.0, counts["items"] / total)
    running = sum(len(row) for row, _ in rows if len(row) > RUNNING)
    prose = running / max(1, sum(len(row) for row, _ in rows))
    _held(values, words, prose)
    values["advice"] = min(2.0, math.log1p(400 * counts["advice"] / max(words, 100)) / 1.2)
    values["unit"] = _unit(rows, shown_by)
    values["blanks"] = min(2.0, 8 * counts["blanks"] / total)
    values["articles"] = (
        min(2.0, math.log1p(counts["articles"]) / 1.5) if counts["articles"] > 2 else 0.0
    )
    values["cited"] = min(2.0, math.log1p(counts["cited"]) / 1.5)
    values["captions"] = min(2.0, math.log1p(counts["captions"]) / 1.2)
    values["footnotes"] = min(2.0, math.log1p(counts["footnotes"]) / 1.5)
    values["percent"] = min(2.0, math.log1p(1000 * counts["percent"] / max(words, 300)) / 1.2)
    values["phones"] = min(1.5, math.log1p(600 * counts["phones"] / max(words, 100)) / 1.5)
    values["orders"] = min(2.0, 6 * counts["orders"] / total)
    values["questions"] = min(2.0, 6 * counts["questions"] / total)
    values["figures"] = min(1.0, 4 * counts["figures"] / total)
    asked = sum(text.strip().endswith(("?", "؟")) for text, _ in headings)
    values["asked"] = min(1.0, 2 * asked / max(4, len(headings)))
    values["bibliography"] = _bibliography(pages, shown_by)
    _news(values, shown_by, pages, words, filename)
    count = len(pages)
    values["one-page"] = float(count == 1 and words < 900)
    values["short"] = max(0.0, 1 - math.log10(max(words * max(1, count / PAGES), 100) / 100) / 2)
    values["long"] = min(2.0, math.log2(max(1, count)) / 3)
    reader = pages[0].reader if pages else ""
    values["printed"] = float(reader.startswith(("pdf", "poppler", "tesseract")))
    values["web"] = float(reader == "html")


def _parted(line: str) -> list[str]:
    """The lines that a line was, where a reader has joined those with labels."""
    starts = [match.start() for match in _LABEL.finditer(line[:ROWS_OF])]
    if len(starts) + (":" in line[:TIMED]) < LABELS:
        return [line]
    edges = [0, *starts, len(line)]
    return [line[at:until] for at, until in pairwise(edges)]


def _held(values: dict[str, float], words: int, prose: float) -> None:
    """Whether it is laid out to be held: times, parts, steps and people who do something.

    Papers about trainings have the words of a session, and seldom more than one of these.
    """
    lasts = values["lasts"] > 0 or values["agenda"] > 0
    signs = (
        lasts or values["timed"] > 0.8,
        values["plan"] >= 0.5,
        values["numbered"] >= 0.5 or values["steps"] >= 0.5,
        values.get("groupwork.body", 0.0) > 0.3 or values.get("participant.body", 0.0) > 0.9,
    )
    values["held"] = max(0, sum(signs) - 1) / 1.5
    # A cover has no times because it has nothing but titles and an imprint.
    cover = words <= COVER and values["items"] < 0.4 and prose < 0.6
    values["timeless"] = float(not lasts and values["minutes"] <= 0.7 and not cover)


def _unit(rows: Sequence[tuple[str, int]], shown_by: dict[str, Evidence]) -> float:
    """1 where it begins as one part of a course."""
    for text, number in rows[:8]:
        if len(text) <= TIMED and _UNIT.match(text):
            shown_by.setdefault("unit", Evidence(number, clean(text)[:200]))
            return 1.0
    return 0.0


def _counted(rows: Sequence[tuple[str, int]], shown_by: dict[str, Evidence]) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for short, number in rows:
        shows = [name for name, pattern in _OPENING if pattern.match(short)]
        if _DIGITS.search(short):
            shows += [name for name, pattern in _WITHIN if pattern.search(short)]
        if _BLANK.search(short):
            shows.append("blanks")
        if _ADVICE.search(short):
            shows.append("advice")
        if "minutes" in shows and len(short) <= TIMED:
            shows.append("timed")
        for name in dict.fromkeys(shows):
            counts[name] += 1
            if name not in shown_by:
                shown_by[name] = Evidence(number, clean(short)[:200])
        counts["questions"] += short.endswith(("?", "؟"))
        bullet = short.startswith(("- ", "* ", "•", "●", "– ", "▪"))
        counts["items"] += bullet
        counts["figures"] += len(_DIGITS.findall(short)) > 0.3 * max(8, len(short) / 2)
        first = _FIRST_WORD.match(_BULLET.sub("", short) if not short[:1].isalpha() else short)
        if first and _tells(first[0], bullet):
            counts["orders"] += 1
            if "orders" not in shown_by:
                shown_by["orders"] = Evidence(number, clean(short)[:200])
    return counts


def _tells(word: str, bullet: bool) -> bool:
    """Whether a line that begins with a word tells what to do."""
    if not (bullet or word[0].isupper()):
        return False
    small = word.casefold().replace("’", "'")
    return small in _VERBS or _INFINITIVE.fullmatch(small) is not None


def _parts(rows: Sequence[tuple[str, int]], shown_by: dict[str, Evidence]) -> set[int]:
    """Which parts of a session's plan stand as headings or labels."""
    parts: set[int] = set()
    for text, number in rows:
        if len(text) > 90 and ":" not in text[:40]:
            continue
        for part, pattern in enumerate(_PARTS):
            if part not in parts and pattern.match(text[:60]):
                parts.add(part)
                if len(parts) == 2:
                    shown_by.setdefault("plan", Evidence(number, clean(text)[:200]))
        if len(parts) == len(_PARTS):
            break
    return parts


def _bibliography(pages: Sequence[Page], shown_by: dict[str, Evidence]) -> float:
    """1 where a list of works stands among the last pages."""
    for page in pages[-max(3, len(pages) // 5) :][-12:]:
        rows = page.text[:6_000].splitlines()
        for at, row in enumerate(rows):
            if len(row) < 60 and _BIBLIOGRAPHY.match(row):
                # A library's card has the word too, and no works with years below it.
                below = rows[at + 1 : at + 1 + WORKS]
                if any(below) and not any(_YEAR.search(work[:LONGEST]) for work in below):
                    continue
                shown_by.setdefault("bibliography", Evidence(page.number, clean(row)[:200]))
                return 1.0
    return 0.0


def _news(
    values: dict[str, float],
    shown_by: dict[str, Evidence],
    pages: Sequence[Page],
    words: int,
    filename: str,
) -> None:
    opening = pages[0].text[:1_500] if pages else ""
    number = pages[0].number if pages else 0
    values["dateline"] = 0.0
    for row in opening.splitlines():
        if _DATELINE.match(row[:120]):
            values["dateline"] = 1.0
            shown_by.setdefault("dateline", Evidence(number, clean(row[:200])))
            break
    text = "\n".join(page.text[:3_000] for page in pages[:3])
    quoted = _QUOTED.findall(text)
    values["quoted"] = min(1.5, math.log1p(600 * len(quoted) / max(words, 150)) / 1.5)
    spoken = sum(
        _SPOKEN.search(text, max(0, match.start() - 60), match.end() + 60) is not None
        and _SPOKEN.search(match[0]) is None
        for match in _QUOTED.finditer(text)
    )
    values["spoken"] = min(1.5, math.log1p(600 * spoken / max(words, 150)))
    if quoted:
        shown_by.setdefault("quoted", Evidence(number, clean(quoted[0])[:200]))
    told = sum(1 for _ in _SPOKEN.finditer(text))
    values["told"] = min(1.5, math.log1p(300 * told / max(words, 150)))
    values["dated"] = float(_DATED.search(filename) is not None)


def spread(pages: Sequence[Page], most: int) -> Sequence[Page]:
    """At most so many pages, evenly over the document, the first among them."""
    if len(pages) <= most:
        return pages
    step = len(pages) / most
    return [pages[int(number * step)] for number in range(most)]
