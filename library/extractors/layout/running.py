"""Running heads and feet: what stands at the same place of pages near each other.

A line that is the same on pages near it runs. One whose numbers alone differ runs where it says
which page it is: a number of it rises with the pages, or it is one of a row in which some are
the same ("Chapter 2", "Chapter 2", "Chapter 3"). The number of an article, a section or an item
of a list is part of the text, even where each page begins with the next of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from library.extractors import bidi
from library.extractors.layout.shapes import Line

DEPTH = 4  # lines from the top and from the bottom that may be running ones
ZONE = 0.16  # of the page's height, at its top and at its foot
NEAR = 6.0  # points: how much the place may differ
STEPS = (1, 2)  # how far a page's number goes on with each page: two where a sheet holds two pages
APART = 0.9  # of the size: what runs stands at least so far from the text
LARGE = 1.05  # times the size of running text: a line with a number set larger is a heading
ROOM = 3.0  # sizes: what a number of an item stands before begins at most so far to its right
SHORT = 6  # letters: so short is what marks an item
LONGEST = 200  # letters of a line that are looked at
BESIDE = 1.2  # sizes: lines of one address stand as near as that
# How to reach somebody: by mail, on the web, by telephone.
CONTACT = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]|\bwww\.[\w-]{2}|\bhttps?://|"
    r"\b[\w-]{2,40}\.(?:org|net|com|info|coop|int|eu)\b|"
    r"(?:\btel|\btél|phone|fono|\bfax|\bcall|whatsapp|☎|هاتف|फ़?ोन)\W{0,4}[\w ]{0,10}[\d(+]|"
    r"\+\d{1,3}[ ().\-\d]{7}",
    re.I,
)
NUMBER = re.compile(r"\d{1,9}|(?<![^\W_])[ivxlc]{1,9}(?![^\W_])", re.I)
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
PAGE = (
    "page|pages|pp|p|pg|pág|págs|pag|página|pagina|seite|s|blz|side|sida|strona|str|стр|"
    "halaman|hal|hlm|ukurasa|uk|trang|صفحة|الصفحة|ص|صفحه|पृष्ठ|पेज|পৃষ্ঠা|หน้า|页|第"
)
OF = r"of|de|sur|von|di|van|dari|kati ya|da|من|का|के|में से|/|⁄|\|"
ALONE = re.compile(
    rf"[\s\-–—|.·•~\[(<]*(?:(?:{PAGE})(?![^\W\d_]))?[\s.:#n°º\-–—|]{{0,4}}"
    rf"(?P<number>\d{{1,5}}|[ivxlc]{{1,8}})"
    rf"(?:\s{{0,3}}(?:{OF})\s{{0,3}}\d{{1,5}})?(?:\s?页)?[\s\-–—|.·•~\])>]*",
    re.I,
)
DECORATED = re.compile(
    rf"[\s\-–—|~\[]{{0,8}}(?:[\-–—|~\[]\s?\w{{1,9}}\s?[\-–—|~\]]|(?:{PAGE})(?![^\W\d_]))", re.I
)
ITEM = re.compile(r"\W{0,2}(?:\d{1,3}|[ivxlc]{1,6})[.)\]]{1,4}|\(\w{1,4}\)", re.I)
DIVISION = re.compile(
    r"\W{0,3}(?:art(?:icle|ikel|ículo|iculo|igo|icolo|)|sec(?:tion|ción|cion|ção|cao)?|"
    r"secção|chap(?:ter|itre)?|cap(?:ítulo|itulo|itolo)?|part(?:ie|e)?|title|título|titre|"
    r"clause|cláusula|rule|règle|regla|regra|regulation|schedule|annexe?|anexo|appendix|"
    r"apéndice|apêndice|abschnitt|kapitel|paragraph|paragraphe|párrafo|parágrafo|para|"
    r"unit|unidad|unidade|unité|module|módulo|lesson|lección|lição|leçon|session|sesión|sessão|"
    r"séance|activity|actividad|atividade|activité|exercise|ejercicio|exercício|exercice|step|"
    r"paso|passo|étape|question|pregunta|pergunta|principle|principio|princípio|principe|"
    r"recommendation|recomendación|recomendação|recommandation|case|caso|cas|story|day|día|dia|"
    r"jour|theme|tema|thème|topic|tool|herramienta|outil|handout|worksheet|disposición|"
    r"kifungu|sehemu|sura|somo|pasal|bab|bagian|ayat|المادة|مادة|ماده|الباب|باب|الفصل|فصل|"
    r"القسم|قسم|البند|بند|الجزء|الوحدة|अनुच्छेद|धारा|अध्याय|भाग|खंड|نمبر|第|제|§{1,2}|¶|"
    r"статья|стаття|глава|раздел|розділ|пункт|правило|урок|тема|модуль|член|члан|чл|"
    r"madde|maddə|bölüm|kısım|ders|điều|chương|phần|mục|bài|άρθρο|κεφάλαιο|ενότητα|"
    r"artykuł|rozdział|moduł|lekcja|articolul|capitolul|secțiunea|článek|článok|"
    r"kapitola|članak|člen|poglavlje|neni|kreu|artikolu|atik|chapit|artikulo|seksyon|"
    r"kabanata|aralin|teil|modul|lektion|hoofdstuk|deel|les|kapittel|avsnitt|sezione|"
    r"modulo|lezione|ibara|andininy|toko|qodobka|cutubka|mataki|ingingo|umutwe|isigaba|"
    r"isahluko|abala|ìpín|week|semana|semaine|amendment|myth|مادّة|بخش|فصل|اصل|آرٹیکل|دفعہ|"
    r"باب|حصہ|סעיף|פרק|अनुसूची|कलम|दफा|परिच्छेद|পরিচ্ছেদ|অনুচ্ছেদ|ধারা|অধ্যায়|"
    r"ਧਾਰਾ|ਅਧਿਆਇ|કલમ|અનુચ્છેદ|பிரிவு|அத்தியாயம்|ఆర్టికల్|అధ్యాయం|ವಿಧಿ|അനുച്ഛേദം|"
    r"වගන්තිය|มาตรา|ข้อ|บทที่|หมวด|ມາດຕາ|ພາກ|មាត្រា|ជំពូក|ပုဒ်မ|အခန်း|አንቀጽ|ምዕራፍ|ክፍል|"
    r"მუხლი|հոդված|գլուխ)"
    r"(?:\s(?:ya|cha|la|wa|na|ta|the|no|nº|nr|num))?"
    r"[\s.:#nN°ºª\-–—]{0,4}[(\[]?(?:\d|[ivxlc]{1,8}(?![^\W_]))|"
    r"\W{0,3}\d{1,4}(?:\.\s?(?:cikk|fejezet|artikulua|pants|straipsnis|peatükk)|"
    r"\s?(?:artikla|luku|§))(?![^\W_])",
    re.I,
)  # what a work is divided into, and its number: it begins a heading


@dataclass(frozen=True, slots=True)
class Sides:
    """A page as it is held against those near it: its number from 1, its height in points."""

    number: int
    lines: Sequence[Line]
    height: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a line goes with those at its place on pages near it."""

    same: int  # with the very same text
    alike: int  # with the same text but for its numbers
    stepping: int  # of these, with a number that rises with the pages
    rows: bool  # whether these, the line among them, are rows of the same text: chapter by chapter


def running(page: Sides, others: Sequence[Sides], size: float = 0.0) -> tuple[set[int], str]:
    """Ids of the running lines of a page, and the page number printed among them.

    `others` are pages near it; `size` is that of running text in points, 0.0 where not known.
    """
    edges = [(other, _edges(other)) for other in others]
    least = min(2, len(others))
    candidates: list[tuple[Line, re.Match[str] | None, Likeness]] = []
    for line in _edges(page):
        how = _likeness(page, line, edges)
        number = ALONE.fullmatch(line.text[:LONGEST])
        needed = 1 if number and number["number"].isdecimal() else least
        if how.alike and (
            max(how.same, how.stepping) >= needed
            or (how.rows and how.alike >= least and not number)
            or (number and DECORATED.match(line.text[:LONGEST]))
        ):
            candidates.append((line, number, how))
    apart = {id(line) for line, _, _ in candidates}
    text = [line for line in page.lines if id(line) not in apart]
    places: set[int] = set()
    label = ""
    for line, number, _ in candidates:
        if number and number["number"].isdecimal() and not _marks(line, text):
            label = number["number"]
    for line, number, how in candidates:
        if number or (len(line.text) <= SHORT and not DIVISION.match(line.text)):
            other = label != "" and not _says(line, label)  # the page's number is another
            of_the_text = _marks(line, text) or (_is_item(line) and (not how.stepping or other))
        elif how.same >= least or how.rows:
            of_the_text = False
        else:
            of_the_text = _heads(line, text, size) or (label != "" and not _says(line, label))
        if not of_the_text:
            places.add(id(line))
    numbers = {id(line) for line, number, _ in candidates if number}
    runs = [line for line, _, _ in candidates if id(line) in places - numbers]
    return places - _imprint(page, runs, edges), label


def _imprint(
    page: Sides, runs: Sequence[Line], edges: Sequence[tuple[Sides, Sequence[Line]]]
) -> set[int]:
    """Ids of running lines that say how to reach somebody, on the first page that has them.

    What leads to no page and names no work is said nowhere else: the foot of a flyer.
    """
    group = {id(line) for line in runs if CONTACT.search(line.text[:LONGEST])}
    if not group:
        return group
    for _ in runs:  # with the lines right above and below, of one address
        near = {
            id(line)
            for line in runs
            for other in runs
            if id(other) in group
            and max(line.top - other.bottom, other.top - line.bottom) < BESIDE * line.size
        }
        if near <= group:
            break
        group |= near
    earlier = [(other, lines) for other, lines in edges if other.number < page.number]
    return {
        id(line)
        for line in runs
        if id(line) in group
        and not any(
            _folded(line) == _folded(there) or _alike(line, page.height, there, other.height)
            for other, lines in earlier
            for there in lines
        )
    }


def _likeness(page: Sides, line: Line, edges: Sequence[tuple[Sides, Sequence[Line]]]) -> Likeness:
    same = alike = stepping = 0
    texts = [_folded(line)]
    for other, there in edges:
        near = [
            other_line
            for other_line in there
            if _alike(line, page.height, other_line, other.height)
        ]
        if not near:
            continue
        alike += 1
        same += any(_folded(other_line) == texts[0] for other_line in near)
        stepping += any(_steps(line, other_line, other.number - page.number) for other_line in near)
        texts.append(_folded(near[0]))
    return Likeness(same, alike, stepping, 2 * len(set(texts)) <= len(texts) + 1 < 2 * len(texts))


def _edges(page: Sides) -> list[Line]:
    """Lines near the head and the foot of a page."""
    height = page.height
    tops = sorted((line for line in page.lines if line.bottom < ZONE * height), key=_top)
    feet = sorted((line for line in page.lines if line.top > (1 - ZONE) * height), key=_top)
    return tops[: 2 * DEPTH] + feet[-2 * DEPTH :]


def _top(line: Line) -> float:
    return line.top


def _alike(line: Line, height: float, other: Line, other_height: float) -> bool:
    if line.rows or other.rows:
        return False
    from_top = abs(line.top - other.top) < NEAR
    from_foot = abs((height - line.top) - (other_height - other.top)) < NEAR
    return (from_top or from_foot) and _shape(line) == _shape(other)


def _steps(line: Line, other: Line, pages: int) -> bool:
    """Whether a number of a line rises with the pages, `pages` of which lie between the two."""
    if not pages:
        return False
    for here, there in zip(_numbers(line), _numbers(other), strict=False):
        if there - here in [step * pages for step in STEPS]:
            return True
    return False


def _heads(line: Line, text: Sequence[Line], size: float) -> bool:
    """Whether a line with a number that rises with the pages is a heading of the text."""
    if DIVISION.match(line.text) or (size and line.size > LARGE * size):
        return True
    gaps = (max(line.top - other.bottom, other.top - line.bottom) for other in text)
    return min(gaps, default=APART * line.size) < APART * line.size


def _marks(line: Line, text: Sequence[Line]) -> bool:
    """Whether a number, or another short sign, stands before a line of the text."""
    for other in text:
        backward = bidi.is_right_to_left(other.text)
        gap = line.left - other.right if backward else other.left - line.right
        if other.top < line.bottom and line.top < other.bottom and 0 <= gap < ROOM * line.size:
            return True
    return False


def _is_item(line: Line) -> bool:
    return ITEM.fullmatch(line.text[:LONGEST]) is not None


def _says(line: Line, label: str) -> bool:
    return int(label) in _numbers(line)


def _folded(line: Line) -> str:
    return line.text[:LONGEST].casefold()


def _shape(line: Line) -> str:
    """A text whose numbers do not matter."""
    return NUMBER.sub("#", _folded(line))


def _numbers(line: Line) -> list[int]:
    return list(map(_value, _found_numbers(line)))


def _found_numbers(line: Line) -> Iterator[str]:
    return (match[0] for match in NUMBER.finditer(_folded(line)))


def _value(text: str) -> int:
    """A number in figures of any script, or of Rome."""
    if text.isdecimal():
        return int(text)
    values = [ROMAN[sign] for sign in text.casefold()]
    return sum(
        -value if any(after > value for after in values[place + 1 : place + 2]) else value
        for place, value in enumerate(values)
    )
