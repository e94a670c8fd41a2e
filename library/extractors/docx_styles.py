"""What the styles and lists of a Word file say of its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from library.extractors.list_numbers import LEVELS, Counter, Level
from library.extractors.xml_tree import attribute, child, number, tree

STYLES = {
    "decimal": "decimal",
    "decimalZero": "zero",
    "lowerLetter": "letter",
    "upperLetter": "LETTER",
    "lowerRoman": "roman",
    "upperRoman": "ROMAN",
    "ordinal": "decimal",
    "cardinalText": "decimal",
    "ordinalText": "decimal",
    "decimalFullWidth": "decimal",
    "decimalEnclosedCircle": "decimal",
    "decimalEnclosedParen": "decimal",
    "numberInDash": "decimal",
    "japaneseCounting": "chinese",
    "chineseCounting": "chinese",
    "chineseCountingThousand": "chinese",
    "taiwaneseCounting": "chinese",
    "taiwaneseCountingThousand": "chinese",
    "ideographDigital": "chinese",
    "arabicAlpha": "arabic",
    "arabicAbjad": "abjad",
    "chicago": "chicago",
    "hebrew1": "hebrew",
    "hebrew2": "hebrew",
    "russianLower": "russian",
    "russianUpper": "RUSSIAN",
    "hindiNumbers": "devanagari",
    "hindiConsonants": "consonants",
    "thaiNumbers": "thai",
    "thaiLetters": "thai letters",
    "ganada": "ganada",
    "aiueo": "aiueo",
    "aiueoFullWidth": "aiueo",
}
HEADING = re.compile(r"^heading ?([1-9])$")
NONE = -1
SIZE = 11.0  # points, where nothing is said
TINY = 1.0  # points: type that nobody is to see
WHITE = "FFFFFF"


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph's style with all it inherits."""

    name: str = ""
    heading: int = 0  # level from 1; 0 is none
    numbers: int = NONE  # which list
    level: int = 0  # of the list, from 0
    bold: bool = False
    size: float = SIZE
    language: str = ""
    hidden: bool = False
    breaks: bool = False  # begins a page
    white: bool = False
    shaded: bool = False  # on a ground of its own


@dataclass(slots=True)
class Sheet:
    """All styles and lists of one document."""

    styles: Mapping[str, Style] = field(default_factory=dict)
    default: Style = Style()
    counters: dict[int, Counter] = field(default_factory=dict)

    def of(self, paragraph: Element | None) -> Style:
        """The style of a paragraph from its properties."""
        named = attribute(child(paragraph, "pStyle"), "val")
        return altered(self.styles.get(named, self.default), paragraph)

    def of_run(self, style: Style, run: Element | None) -> Style:
        """A style with what a run says otherwise, and the style of letters that it names."""
        named = self.styles.get(attribute(child(run, "rStyle"), "val"))
        if named is not None:
            style = replace(
                style,
                hidden=style.hidden or named.hidden,
                white=style.white or named.white,
                shaded=style.shaded or named.shaded,
            )
        return of_run(style, run)


def altered(style: Style, paragraph: Element | None) -> Style:
    """A style with what paragraph properties say otherwise."""
    if paragraph is None:
        return style
    outline = child(paragraph, "outlineLvl")
    if outline is not None:
        level = number(attribute(outline, "val"), 9)
        style = replace(style, heading=min(6, level + 1) if 0 <= level < 9 else 0)
    numbers = child(paragraph, "numPr")
    if numbers is not None:
        which = child(numbers, "numId")
        level = number(attribute(child(numbers, "ilvl"), "val"), style.level)
        list_ = number(attribute(which, "val"), NONE) if which is not None else style.numbers
        style = replace(style, numbers=list_ or NONE, level=max(0, min(LEVELS - 1, level)))
    if _has_ground(paragraph):
        style = replace(style, shaded=True)
    before = child(paragraph, "pageBreakBefore")
    if before is not None:
        style = replace(style, breaks=switched(before))
    return style


def of_run(style: Style, run: Element | None) -> Style:
    """A style with what run properties say otherwise."""
    if run is None:
        return style
    bold, hidden, size = child(run, "b"), child(run, "vanish"), child(run, "sz")
    language = attribute(child(run, "lang"), "val")
    colour = attribute(child(run, "color"), "val").upper()
    return replace(
        style,
        white=colour == WHITE if colour else style.white,
        shaded=style.shaded or _has_ground(run) or child(run, "highlight") is not None,
        bold=style.bold if bold is None else switched(bold),
        hidden=style.hidden if hidden is None else switched(hidden),
        size=style.size if size is None else number(attribute(size, "val"), 22) / 2,
        language=language or style.language,
    )


def _has_ground(properties: Element) -> bool:
    """Whether a run, paragraph or cell is set on a colour."""
    shade = child(properties, "shd")
    fill = attribute(shade, "fill", "auto").upper()
    pattern = attribute(shade, "val", "clear")
    return shade is not None and (fill not in ("AUTO", WHITE) or pattern not in ("clear", "nil"))


def switched(element: Element) -> bool:
    return attribute(element, "val", "true").lower() not in ("0", "false", "off", "none")


def sheet(styles: bytes, numbering: bytes) -> Sheet:
    """The styles and lists of a document from its parts. Raises Damaged."""
    root = tree(styles)
    base = of_run(Style(), child(root, "docDefaults", "rPrDefault", "rPr"))
    elements = {
        attribute(element, "styleId"): element for element in root if element.tag == "style"
    }
    made: dict[str, Style] = {}
    for name in elements:
        _resolve(name, elements, made, base)
    default = next(
        (
            made[name]
            for name, element in elements.items()
            if attribute(element, "type") == "paragraph"
            and attribute(element, "default") in ("1", "true")
        ),
        base,
    )
    return Sheet(made, default, _lists(tree(numbering)))


def _resolve(
    name: str, elements: Mapping[str, Element], made: dict[str, Style], base: Style
) -> None:
    """Make a style after all it is based on; a circle of styles ends where it began."""
    chain = []
    while name in elements and name not in made and name not in chain:
        chain.append(name)
        name = attribute(child(elements[name], "basedOn"), "val")
    style = made.get(name, base)
    for ancestor in reversed(chain):
        element = elements[ancestor]
        title = attribute(child(element, "name"), "val").strip().lower()
        style = altered(of_run(style, child(element, "rPr")), child(element, "pPr"))
        if level := HEADING.match(title):
            style = replace(style, heading=min(6, int(level[1])))
        elif title == "title":
            style = replace(style, heading=1)
        style = replace(style, name=title)
        made[ancestor] = style


def _lists(root: Element) -> dict[int, Counter]:
    """Counters by numId; lists of one abstract definition count on together."""
    abstract: dict[str, dict[int, Level]] = {}
    for element in root:
        if element.tag == "abstractNum":
            abstract[attribute(element, "abstractNumId")] = dict(map(_level, _levels(element)))
    shared: dict[str, Counter] = {}
    counters: dict[int, Counter] = {}
    for element in root:
        if element.tag != "num":
            continue
        name = attribute(child(element, "abstractNumId"), "val")
        levels = dict(abstract.get(name, {}))
        overridden = False
        for override in element:
            if override.tag != "lvlOverride":
                continue
            place = number(attribute(override, "ilvl"))
            start = child(override, "startOverride")
            levels.update(map(_level, _levels(override)))
            if start is not None:
                first = number(attribute(start, "val"), 1)
                levels[place] = replace(levels.get(place, Level()), start=first)
            overridden = True
        counter = Counter(levels) if overridden else shared.setdefault(name, Counter(levels))
        counters[number(attribute(element, "numId"))] = counter
    return counters


def _levels(parent: Element) -> list[Element]:
    return [level for level in parent if level.tag == "lvl"][:LEVELS]


def _level(element: Element) -> tuple[int, Level]:
    style = STYLES.get(attribute(child(element, "numFmt"), "val"), "")
    pattern = attribute(child(element, "lvlText"), "val")
    start = number(attribute(child(element, "start"), "val"), 1)
    legal = child(element, "isLgl")
    plain = legal is not None and switched(legal)
    return number(attribute(element, "ilvl")), Level(style, pattern, start, plain)
