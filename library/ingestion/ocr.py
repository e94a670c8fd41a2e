"""Words from pictures of pages, by Tesseract: the one module that knows its arguments and output.

It is a program of its own, run confined (library/sandbox/programs.py) on a picture that our own
child process drew; it never sees the original file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from statistics import median

from library.core.cancellation import Stopping
from library.core.errors import InputError
from library.core.messages import Message
from library.core.resource import Block
from library.extractors.cleanup import clean, joined
from library.sandbox import programs

PROGRAM = "tesseract"
SECONDS = 120.0  # for one page
MEMORY = 1536 * 2**20
OUTPUT = 8 * 2**20
LIST_SECONDS = 10.0
NOISE = 45.0  # a line read with less confidence than this, of 100, is a rule or a stain
SURE = 0.6  # a page read with less confidence than this has no words: a drawing, a photograph
CLEAR = 1.5  # what Tesseract says of its guess of a script when the guess can be believed
HEADING = 1.45  # times the height of ordinary lines
SHORT = 120  # characters of a heading at most

# By script, as Tesseract tells pages apart: ISO 639 code and what Tesseract calls the language.
_SCRIPTS = {
    "Latin": """en:eng es:spa fr:fra pt:por de:deu it:ita nl:nld sw:swa tr:tur vi:vie id:ind ms:msa
        tl:tgl ht:hat af:afr pl:pol ro:ron cs:ces sk:slk hu:hun sv:swe da:dan no:nor fi:fin ca:cat
        eu:eus gl:glg sq:sqi hr:hrv sl:slv lt:lit lv:lav et:est is:isl ga:gle cy:cym eo:epo qu:que
        yo:yor jv:jav su:sun uz:uzb az:aze""",
    "Arabic": "ar:ara fa:fas ur:urd ps:pus",
    "Devanagari": "hi:hin mr:mar ne:nep",
    "Bengali": "bn:ben as:asm",
    "Gurmukhi": "pa:pan",
    "Gujarati": "gu:guj",
    "Tamil": "ta:tam",
    "Telugu": "te:tel",
    "Kannada": "kn:kan",
    "Malayalam": "ml:mal",
    "Sinhala": "si:sin",
    "Thai": "th:tha",
    "Lao": "lo:lao",
    "Khmer": "km:khm",
    "Myanmar": "my:mya",
    "Ethiopic": "am:amh",
    "Hebrew": "he:heb",
    "Greek": "el:ell",
    "Cyrillic": "ru:rus uk:ukr bg:bul sr:srp",
    "Han": "zh:chi_sim",
    "Japanese": "ja:jpn",
    "Korean": "ko:kor",
}
LANGUAGES = {
    code: (name, script)
    for script, pairs in _SCRIPTS.items()
    for code, _, name in (pair.partition(":") for pair in pairs.split())
}
UNSPACED = frozenset({"chi_sim", "jpn", "tha", "lao", "khm", "mya"})


@dataclass(frozen=True, slots=True)
class Words:
    """What a picture says: its paragraphs, and how sure that is, 0 to 1."""

    blocks: tuple[Block, ...]
    confidence: float

    @property
    def text(self) -> str:
        return "\n\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    height: float
    confidence: float


def installed() -> bool:
    return programs.found(PROGRAM) is not None


def outlook() -> Message:
    """What staff are told of a scan that just came in."""
    return Message("arrival scan" if installed() else "arrival scan unread")


def languages_for(codes: Iterable[str]) -> tuple[str, ...]:
    """Those of these ISO 639 codes that Tesseract is installed for, as it calls them."""
    held = _held(programs.found(PROGRAM) or "")
    names = (LANGUAGES[code][0] for code in codes if code in LANGUAGES)
    return tuple(dict.fromkeys(name for name in names if name in held))


def of_script(
    picture: bytes, codes: Sequence[str], stop: Stopping | None = None
) -> tuple[str, ...]:
    """Those of these ISO 639 codes whose script is on a page; all of them where it cannot tell.

    Raises Stopped.
    """
    if "osd" not in _held(programs.found(PROGRAM) or ""):
        return tuple(codes)
    scripts = {LANGUAGES[code][1] for code in codes if code in LANGUAGES}
    if len(scripts) < 2:
        return tuple(codes)
    try:
        output = _run(["stdin", "stdout", "-l", "osd", "--psm", "0", "--dpi", "300"], picture, stop)
    except InputError:
        return tuple(codes)  # too few letters to tell by
    facts = dict(line.split(": ", 1) for line in output.splitlines() if ": " in line)
    if float(facts.get("Script confidence", 0)) < CLEAR:
        return tuple(codes)
    script = facts.get("Script", "")
    ours = tuple(code for code in codes if LANGUAGES.get(code, ("", ""))[1] == script)
    return ours or tuple(codes)


def read(picture: bytes, languages: Sequence[str], stop: Stopping | None = None) -> Words:
    """The words of a PNG, in languages as Tesseract calls them. Raises InputError, Stopped.

    A page that lies on its side is turned where Tesseract has learnt to see that.
    """
    mode = "1" if "osd" in _held(programs.found(PROGRAM) or "") else "3"
    arguments = ["stdin", "stdout", "-l", "+".join(languages), "--psm", mode, "--dpi", "300", "tsv"]
    lines = list(lines_of(_run(arguments, picture, stop), "" if UNSPACED & {*languages} else " "))
    return words_of([group for group in lines if group])


def words_of(paragraphs: Sequence[Sequence[Line]]) -> Words:
    heights = [line.height for lines in paragraphs for line in lines for _ in line.text.split()]
    usual = median(heights) if heights else 0.0
    blocks: list[Block] = []
    for lines in paragraphs:
        text = joined(clean(line.text) for line in lines)
        large = median(line.height for line in lines) > HEADING * usual
        if large and len(text) <= SHORT and any(sign.isalpha() for sign in text):
            first = not any(block.kind == "heading" for block in blocks)
            blocks.append(Block("heading", text, level=1 if first else 2))
        elif text:
            blocks.append(Block("paragraph", text))
    signs = sum(len(line.text) for lines in paragraphs for line in lines)
    sure = sum(len(line.text) * line.confidence for lines in paragraphs for line in lines)
    return Words(tuple(blocks), round(sure / signs / 100, 2) if signs else 0.0)


def lines_of(table: str, space: str) -> Iterator[list[Line]]:
    """The lines of each paragraph, those of noise left out."""
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [row for row in rows if row.get("level") == "5" and (row.get("text") or "").strip()]
    for _, paragraph in groupby(words, key=lambda row: (row["block_num"], row["par_num"])):
        lines = []
        for _, line in groupby(paragraph, key=lambda row: row["line_num"]):
            held = list(line)
            confidence = sum(float(row["conf"]) for row in held) / len(held)
            if confidence >= NOISE:
                height = median(float(row["height"]) for row in held)
                text = space.join(row["text"].strip() for row in held)
                lines.append(Line(text, height, confidence))
        yield lines


@lru_cache
def _held(program: str) -> frozenset[str]:
    """The languages that this Tesseract has learnt."""
    if not program:
        return frozenset()
    try:
        output = programs.run(
            program,
            ["--list-langs"],
            b"",
            seconds=LIST_SECONDS,
            memory=MEMORY,
            output_limit=OUTPUT,
        )
    except InputError:
        return frozenset()
    return frozenset(output.decode("utf-8", "replace").splitlines()[1:])


def _run(arguments: Sequence[str], picture: bytes, stop: Stopping | None) -> str:
    given = programs.run(
        PROGRAM,
        arguments,
        picture,
        seconds=SECONDS,
        memory=MEMORY,
        output_limit=OUTPUT,
        stop=stop,
    )
    return given.decode("utf-8", "replace")
