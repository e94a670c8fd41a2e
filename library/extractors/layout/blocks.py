"""Lines in reading order to blocks: headings, paragraphs, list items and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from library.core.resource import Block
from library.extractors.cleanup import BULLET, ENDS, NUMBER, joined
from library.extractors.compounds import HYPHENS, Words
from library.extractors.layout.captions import with_captions
from library.extractors.layout.faces import stands_out, without_labels
from library.extractors.layout.running import DIVISION
from library.extractors.layout.shapes import Line, Picture

LARGE = ((1.75, 1), (1.35, 2), (1.12, 3))  # times running text: the level of a heading
APART = 0.9  # of a size: a smaller one is another
FEW = 4  # letters in a size below which it says nothing
PART = 12  # letters that must agree with a part of a title
PARTS = 90  # characters: a longer line is no part of a title
CONTENTS = re.compile(r"… ?\S{1,7}$")  # a line of a contents list, its dots cleaned
PAGED = re.compile(r"[^\W\d_][.…]? \d{1,4}$")
LONGEST = 220  # characters of a heading
SECTION = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+\S")
CHAPTER = re.compile(
    r"^(?:chapter|part|title|section|article|annex|appendix|cap[ií]tulo|parte|t[ií]tulo|secci[oó]n"
    r"|art[ií]culo|anexo|chapitre|partie|titre|annexe|artigo|se[cç][aã]o)\s+[\divxlc]+\b",
    re.I,
)
# A line that is nothing but the name and number of a part of the work.
HEADED = re.compile(rf"(?:{DIVISION.pattern})" + r"[\divxlc\s.()ºª°\]\-–:]{0,8}", re.I)
# What no heading says: assignments and comparisons, names with underscores, ends of statements.
CODE = re.compile(
    r"\w ?(?:=|<>|==|!=|:=|=>|->) ?[\w'\"*(]|\w_\w|\(\)|[;{}]$|<\w[\w :/]{0,60}>|^\W*//"
)
LONE = re.compile(r"[ivxlcIVXLC]{1,6}\.?|\d{1,2}(?:\.\d{1,2})*\.?|\[?[^\w\s]{1,3}\]?|\[\d{1,3}\]")
RUNNING = ("paragraph", "item", "quote")
FLUSH = 1.5  # points: how near to the edge a line set flush ends
BANNER = 4.0  # sizes: so high is what stands behind a single line, to set it off
WINDOW = 6  # lines that show how wide a column is
NARROWER = 0.25  # of a column: so much less wide are lines of another
SENTENCE = 40  # characters: what is shorter may be a name or a label
NAME = 20  # characters: what is shorter may be the title of a part
STEPS = 12.0  # points of one more level of a list


@dataclass(slots=True)
class Setting:
    """What is known of the type of the whole document."""

    size: float = 0.0  # of running text, points
    bold: bool = False  # whether running text is bold
    outline: Mapping[str, int] = field(default_factory=dict)  # folded titles of this page
    levels: Mapping[float, int] = field(default_factory=dict)  # of sizes, in halves of points
    even: bool = False  # whether running text is set as by a typewriter
    face: str = ""  # the type that running text is set in
    labels: Sequence[Picture] = ()  # pictures that stand in the text: what is in them labels them
    words: Words = field(default_factory=Words)  # of the document so far


def blocks_of(
    lines: Sequence[Line], setting: Setting, pictures: Sequence[Picture] = ()
) -> list[Block]:
    """The blocks of one page; a number or sign that stands alone goes with what follows it.

    Its first block is `continued` and its last one `continues` where their looks allow that they
    are parts of a paragraph over the end of the page; library.extractors.layout.across decides.
    """
    pairs = without_labels(list(_plain_blocks(lines, setting)), setting.size)
    _open_ends(pairs, _margins(lines))
    return list(_whole(with_captions(pairs, pictures, setting.size)))


def _open_ends(pairs: list[tuple[Block, list[Line]]], right: Mapping[int, float]) -> None:
    """Mark where a paragraph may have begun before its page, or may go on after it."""
    running = [n for n, (block, _) in enumerate(pairs) if block.kind in RUNNING]
    if not running or any(pair[0].kind == "heading" for pair in pairs[running[-1] :]):
        return
    last, lines = pairs[running[-1]]
    if len(last.text) > SENTENCE and _is_full(lines, right, ended=bool(ENDS.search(last.text))):
        pairs[running[-1]] = replace(last, continues=True), lines
    block, lines = pairs[running[0]]
    if block.kind == "paragraph" and not any(
        pair[0].kind == "heading" for pair in pairs[: running[0]]
    ):
        indented = len(lines) > 1 and lines[0].left > lines[1].left + 0.9 * lines[0].size
        small = block.text[:1].islower()
        if small or (not indented and len(block.text) > SENTENCE):
            pairs[running[0]] = replace(block, continued=True), lines


def _is_full(lines: Sequence[Line], right: Mapping[int, float], *, ended: bool) -> bool:
    """Whether the last line of a block ends where the column does.

    Where a sentence ends with it, so must all lines of the block: set flush, a paragraph seldom
    ends at the very edge.
    """
    gaps = [right.get(id(line), line.right) - line.right for line in lines]
    if not ended:
        return gaps[-1] < 2 * lines[-1].size
    return len(gaps) > 2 and gaps[-1] < FLUSH and sum(gap < FLUSH for gap in gaps) > 0.6 * len(gaps)


def _whole(blocks: Iterator[Block]) -> Iterator[Block]:
    waiting: Block | None = None
    for block in blocks:
        if waiting and waiting.kind == block.kind:
            point = ". " if waiting.kind == "heading" and waiting.text[-1].isalnum() else " "
            text = waiting.text + point + block.text
            block = replace(block, text=text, continued=waiting.continued)
        elif waiting:
            yield waiting
        waiting = None
        if block.kind in ("heading", "paragraph") and LONE.fullmatch(block.text):
            waiting = block
        else:
            yield block
    if waiting:
        yield waiting


def _plain_blocks(lines: Sequence[Line], setting: Setting) -> Iterator[tuple[Block, list[Line]]]:
    edge = min((line.left for line in lines), default=0.0)
    groups = list(_groups(lines, setting))
    for place, group in enumerate(groups):
        first = group[0]
        if first.rows:
            yield Block("table", rows=first.rows), group
            continue
        text = joined((line.text for line in group), setting.words)
        level = _level(group, text, setting)
        if not level and not _is_code(group, setting):
            level = 4 if stands_out(groups, place, text, setting.face, setting.size) else 0
        if level:
            yield Block("heading", text, level=level), group
            continue
        depth = 1 + min(3, int(max(0.0, first.left - edge - 6) / (2 * STEPS)))
        if bullet := BULLET.match(text):
            yield Block("item", text[bullet.end() :], depth), group
        elif number := NUMBER.match(text):
            yield Block("item", text[number.end() :], depth, number[1]), group
        else:
            yield Block("paragraph", text), group


def _groups(lines: Sequence[Line], setting: Setting) -> Iterator[list[Line]]:
    """Lines that make one block."""
    leading = _leading(lines)
    right = _margins(lines)
    group: list[Line] = []
    for line in lines:
        if group and _parts(group, line, leading, right, setting):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance of baselines, in sizes of type."""
    steps = [
        (after.bottom - before.bottom) / before.size
        for before, after in pairwise(lines)
        if 0 < after.bottom - before.bottom < 3 * before.size and not before.rows
    ]
    return min(2.2, median(steps)) if steps else 1.2


def _margins(lines: Sequence[Line]) -> dict[int, float]:
    """For each line, by id, the right edge of the column it stands in."""
    margins: dict[int, float] = {}
    column: list[Line] = []
    for place, line in enumerate([*lines, None]):
        ended = line is None or (column and line.top < column[-1].top - line.size)
        if ended or (column and _is_other(column, lines[place : place + WINDOW])):
            edge = sorted(line.right for line in column)[int(0.9 * (len(column) - 1))]
            margins.update((id(line), edge) for line in column)
            column = []
        if line is not None:
            column.append(line)
    return margins


def _is_other(column: Sequence[Line], ahead: Sequence[Line]) -> bool:
    """Whether lines ahead are of a column much narrower, or wider, than the one above them."""
    if len(ahead) < WINDOW or any(line.rows for line in ahead):
        return False
    left, right = min(line.left for line in column), max(line.right for line in column)
    edge = max(line.right for line in ahead)
    full = sum(line.right > edge - 2 * line.size for line in ahead)
    other = abs(edge - right) > NARROWER * (right - left)
    return other and 2 * full > len(ahead)


def _parts(
    group: Sequence[Line], line: Line, leading: float, right: Mapping[int, float], setting: Setting
) -> bool:
    """Whether a line begins a new block."""
    last, first = group[-1], group[0]
    if line.rows or last.rows:
        return True
    same_row = abs(line.bottom - last.bottom) < 0.3 * last.size
    if same_row:
        return line.left - last.right > 3 * last.size and not _is_marker(last.text)
    outline = setting.outline
    if outline and (
        folded(line.text) in outline or (not group[1:] and folded(last.text) in outline)
    ):
        return True
    if CONTENTS.search(last.text) or _begins_item(last, line, right):
        return True
    if not line.bold and (
        _is_head(group, line, right) or (_is_headed(line) and ENDS.search(last.text))
    ):
        return True
    if len(group) < 3 and _is_headed(first) and NUMBER.match(line.text):
        return True
    step = (line.bottom - last.bottom) / max(1.0, last.size)
    apart = step > max(1.35 * leading, leading + 0.35)
    if abs(line.size - last.size) > 0.12 * last.size or line.bold != last.bold:
        small = min(line.size, last.size) < 0.9 * setting.size
        heading = max(line.size, last.size) > 1.1 * setting.size or line.bold != last.bold
        if small or heading:
            return (
                apart
                or not _goes_on(last, line, right)
                or abs(line.size - last.size) > 0.25 * last.size
            )
    small_letter = line.text[:1].islower()
    if step < 0:  # the next column goes on with a sentence, or begins anew
        return not (small_letter or last.text[-1] in HYPHENS) and bool(ENDS.search(last.text))
    if apart:
        return True
    if line.bold and _centred(last, line) and not setting.bold:
        return False
    edge = right.get(id(last), last.right)
    gap = (edge - last.right) / max(1.0, edge - first.left)
    if not small_letter and (gap > 0.4 or (gap > 0.12 and ENDS.search(last.text))):
        return True
    if BULLET.match(first.text) or NUMBER.match(first.text):
        return gap > 0.12 and line.left < first.left - 0.5 * line.size
    indented = line.left > last.left + 0.9 * line.size and len(group) > 1
    return indented and abs(last.left - group[-2].left) < 2 and not small_letter


def _is_head(group: Sequence[Line], line: Line, right: Mapping[int, float]) -> bool:
    """Whether what stands above is the name of a part, set as tightly as the text that follows."""
    if len(group) > 1 or not _is_headed(group[0]) or not line.text[:1].isupper():
        return False
    return len(line.text) > NAME and right.get(id(line), line.right) - line.right < 4 * line.size


def _is_headed(line: Line) -> bool:
    return len(line.text) <= SENTENCE and HEADED.fullmatch(line.text.strip()) is not None


def _centred(last: Line, line: Line) -> bool:
    """Whether two lines of different length stand on one axis: a title set in the middle."""
    apart = abs((last.left + last.right) - (line.left + line.right)) / 2
    return apart < 0.5 * line.size and abs(last.left - line.left) > line.size


def _is_marker(text: str) -> bool:
    return bool(BULLET.match(text + " x") or NUMBER.match(text + " x")) and len(text) < 7


def _begins_item(last: Line, line: Line, right: Mapping[int, float]) -> bool:
    """Whether a bullet or number at a line's start marks an item, and is no part of a sentence."""
    bullet = BULLET.match(line.text)
    number = NUMBER.match(line.text)
    if bullet and line.text[0] not in "–—*-o":
        return True
    match = bullet or number
    if not match:
        return False
    short = last.right < right.get(id(last), last.right) - 2 * last.size
    return bool(ENDS.search(last.text)) or (short and not line.text[match.end()].islower())


def _goes_on(last: Line, line: Line, right: Mapping[int, float]) -> bool:
    """Whether a change of type falls inside a sentence: a bold or slanted lead-in."""
    if ENDS.search(last.text) or line.text[:1].isupper():
        return False
    full = last.right > right.get(id(last), last.right) - 2 * last.size
    return full or line.text[:1].islower()


def _level(group: Sequence[Line], text: str, setting: Setting) -> int:
    """The level of a heading, 0 for what is none."""
    if (
        CONTENTS.search(text)
        or len(text) > LONGEST
        or len(group) > 5
        or not any(sign.isalpha() for sign in text)
    ):
        return 0
    if outlined := _outlined(text, setting):
        return min(6, outlined)
    if HEADED.fullmatch(text):
        return 3
    if _is_code(group, setting) or _is_label(group, setting):
        return 0
    size = median(line.size for line in group)
    ratio = size / setting.size if setting.size else 1.0
    by_size = level_of(ratio)
    by_rank = setting.levels.get(round(size * 2) / 2, by_size) if by_size else 0
    section = SECTION.match(text)
    if CODE.search(text) and not section and by_size in (0, 3):
        return 0
    if BULLET.match(text):
        return 0
    sentence = by_size == 3 and (len(text) > 120 or (len(text) > 60 and text.endswith(".")))
    if by_size and not sentence and not text.endswith((",", ";")):
        return by_rank
    bold = all(line.bold for line in group) and not setting.bold
    ends = text.endswith((".", ",", ";", ":")) and not section
    if bold and len(group) <= 3 and len(text) <= 160 and not ends and ratio > 0.9:
        return min(6, 3 + section[1].count(".")) if section else 4
    letters = [sign for sign in text if sign.isalpha()]
    capitals = len(letters) > 3 and all(sign.isupper() for sign in letters)
    if capitals and len(group) <= 3 and len(text) <= 120 and not text.endswith((",", ";")):
        return 3 if ratio > 0.9 and len(letters) > 0.5 * len(text) else 0
    # One that ends with a page's number is a line of contents, or runs below a chapter's pages.
    chapter = CHAPTER.match(text) and not PAGED.search(text)
    if chapter and len(group) <= 2 and len(text) <= 100 and text[-1] not in ",;:":
        return 3
    return 0


def _is_code(group: Sequence[Line], setting: Setting) -> bool:
    """Whether lines are set in a type of even widths in a text that is not."""
    if setting.even:
        return False
    spans = [span for line in group for span in line.spans]
    even = sum(len(span.text) for span in spans if span.even)
    return 2 * even > sum(len(span.text) for span in spans)


def _is_label(group: Sequence[Line], setting: Setting) -> bool:
    """Whether lines stand within a picture: they name something in it."""
    return any(
        picture.bottom - picture.top > BANNER * group[0].size
        and all(
            picture.left <= line.left
            and line.right <= picture.right
            and picture.top <= line.top
            and line.bottom <= picture.bottom
            for line in group
        )
        for picture in setting.labels
    )


def level_of(ratio: float) -> int:
    """The level of a heading by its size alone, in sizes of running text; 0 for what is none."""
    return next((level for least, level in LARGE if ratio >= least), 0)


def levels_of(sizes: Mapping[float, int], body: float) -> dict[float, int]:
    """The levels of a document's larger sizes: two that differ plainly are not one level.

    `sizes` counts the letters of each; a level is at most one lower than its size alone says.
    """
    levels: dict[float, int] = {}
    last, level = 0.0, 0
    for size in sorted(sizes, reverse=True):
        alone = level_of(size / body) if body else 0
        if not alone or sizes[size] < FEW:
            continue
        if not last or size < APART * last:
            level = min(alone + 1, max(alone, level + 1))
            last = size
        levels[size] = level
    return levels


def _outlined(text: str, setting: Setting) -> int:
    """The level that the contents list gives a title, or the title of which this is a part."""
    key = folded(text)
    if text.endswith((",", ";")):
        return 0
    if key in setting.outline or len(key) < PART:
        return setting.outline.get(key, 0)
    parts = (level for title, level in setting.outline.items() if key in title)
    return next(parts, 0) if len(text) < PARTS else 0


def folded(text: str) -> str:
    """A title as it is compared: letters and digits only, small."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
