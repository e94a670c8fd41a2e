"""The content of pages is carried out as pdfminer.six does it: same letters, places and lines."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve
from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream

from library.extractors.pdf_content import Interpreter
from tests import needs

SAMPLE = Path(__file__).parents[3] / "sample" / "library"
PAGES = 2
CONTENTS = (
    b"BT /F1 12 Tf 72 720 Td (plain) Tj ET",
    rb"BT /F1 12 Tf (nested (brackets) here) Tj (\(\)\\ \101\7\53x \r\n \q) Tj ET",
    b"BT /F1 12 Tf (over\\\na line, over\\\r\nanother) Tj (as\nwritten) Tj ET",
    b"BT/F1 12 Tf<48656C6C6F>Tj<48 65 6c6>Tj[(a)-250(b)<63>12.5(d)]TJ T*(next)'1 2(spaced)\"ET",
    b"q 1 0 0 1 10 20 cm 0.5 g /P1 scn 10 10 100 0.5 re f 0 0 m 50 50 l S Q 1 2 3 4 5 6 c s",
    b"% a comment (with a bracket\r/F#31 9 Tf (named) Tj % (another\n(after it) Tj",
    b"/Span <</ActualText <FEFF0041>>> BDC (x) Tj EMC /Artifact BMC (y) Tj EMC",
    b"/Span <</Lang (en) /MCID 1 /A [1 (x) /N true null]>> BDC (x) Tj EMC /Tag /Props BDC EMC",
    b"q BI /W 2 /H 2 /BPC 8 /CS /G ID \x00(\xff)EI Q (after the picture) Tj",
    b"BI /W 1 /H 1 /F /A85 ID s8W-!s8W~>\nEI\n(after) Tj BI /W 1 ID EI ",
    b"1 0 0 1 -5 +7.5 Tm .5 -.5 Td 5. 0 Td - 4 5 Td --3 2 Td 1.2.3 Tw (numbers) Tj",
    b"1 Td (too few) Tj 1 2 3 4 Td (too many) Tj /F1 Tf (x) Tj foo 1 bar (unknown) Tj",
    b"(open (string) Tj ET",
    b"[(open array) Tj 12 0 Td (x) Tj ]TJ (after) Tj",
    b"] >> } (x) Tj { 1 2 add } (y) Tj <4z5> Tj ) > (z) Tj \x00 (nul) Tj",
    b"[(a) (b)] Tj (c) TJ 5 Tj /N Tj (text) 5 Td null Tj true Tj",
    b"q q Q Q Q (more ends than beginnings) Tj q q",
    b"12 TL T* 3 4 TD T* 90 Tz 2 Ts 1 Tr 0.1 Tc (set) Tj 1 0 0 1 0 0 cm",
    b"",
)


class Taker(PDFDevice):
    """Writes down what it is asked to draw, as far as a layout is made of it."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.taken: list[object] = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        self.taken.append(("begin", tag.name, props))

    def end_tag(self) -> None:
        self.taken.append("end")

    def paint_path(
        self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]
    ) -> None:
        self.taken.append((stroke, fill, self.ctm, tuple(path)))

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        pieces = tuple(repr(one) if isinstance(one, bytes) else one for one in seq)
        state = {key: value for key, value in vars(textstate).items() if key != "font"}
        self.taken.append((self.ctm, state, pieces))


def taken(kind: type[PDFPageInterpreter], contents: Sequence[bytes]) -> list[object]:
    resources = PDFResourceManager()
    device = Taker(resources)
    streams = []
    for number, content in enumerate(contents, 1):
        stream = PDFStream({}, content)
        stream.set_objid(number, 0)
        streams.append(stream)
    interpreter = kind(resources, device)
    interpreter.init_resources({})
    interpreter.init_state((1, 0, 0, 1, 0, 0))
    interpreter.textstate.font = resources.get_font(None, {"Subtype": "Type1"})
    interpreter.execute(streams)
    return device.taken


@pytest.mark.parametrize("content", CONTENTS)
def test_each_operator_is_carried_out_alike(content: bytes) -> None:
    assert taken(Interpreter, [content]) == taken(PDFPageInterpreter, [content])


def test_streams_of_a_page_go_on_from_one_another() -> None:
    parts = [b"BT /F1 12 Tf 1 0", b" 0 1 72 700 Tm (first) T", b"j [(a) 5", b"(b)] TJ", b"ET"]
    ours, stock = taken(Interpreter, parts), taken(PDFPageInterpreter, parts)
    assert ours == stock
    assert len(ours) == 1  # an operator cut in two is none


def test_contents_joined_at_random_are_carried_out_alike() -> None:
    chance = random.Random(7)
    # Operands that nothing took are dropped here at the next colour.
    whole = [content for content in CONTENTS if b"open" not in content and b"scn" not in content]
    for _ in range(60):
        parts = chance.sample(whole, 4)
        assert taken(Interpreter, parts) == taken(PDFPageInterpreter, parts)


def test_what_ends_the_page_for_pdfminer_does_not_end_it_here() -> None:
    assert len(taken(Interpreter, [rb"(\777) Tj << /odd >> (on) Tj"])) == 2


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("*.pdf"))[::5], ids=lambda path: path.name)
def test_pages_of_the_sample_are_read_alike(path: Path) -> None:
    assert list(glyphs(Interpreter, path)) == list(glyphs(PDFPageInterpreter, path))


def test_pages_of_real_documents_are_read_alike() -> None:
    paths = sorted(needs.data("documents").rglob("*.pdf"))
    for path in random.Random(11).sample(paths, 4):
        assert list(glyphs(Interpreter, path)) == list(glyphs(PDFPageInterpreter, path)), path


def test_pages_of_broken_files_are_read_alike() -> None:
    paths = [path for path in sorted(needs.data("bad").rglob("*.pdf")) if _small(path)]
    for path in random.Random(13).sample(paths, 25):
        ours, stock = glyphs(Interpreter, path), glyphs(PDFPageInterpreter, path)
        for page, other in zip(ours, stock, strict=True):
            assert page == other or isinstance(other, str), path


def _small(path: Path) -> bool:
    return path.is_file() and path.stat().st_size < 200_000


def glyphs(kind: type[PDFPageInterpreter], path: Path) -> Iterator[list[object] | str]:
    """What stands on the first pages: letters with place, type and size, and lines.

    Of a page that cannot be read, the kind of error.
    """
    with path.open("rb") as file:
        try:
            document = PDFDocument(PDFParser(file))
            resources = PDFResourceManager()
            for number, page in enumerate(PDFPage.create_pages(document)):
                if number >= PAGES:
                    return
                device = PDFPageAggregator(resources, laparams=None)
                try:
                    kind(resources, device).process_page(page)
                except Exception as error:
                    yield type(error).__name__
                else:
                    yield list(_flat(device.get_result()))
        except (Exception, zlib.error) as error:
            yield type(error).__name__


def _flat(item: LTComponent) -> Iterator[object]:
    if isinstance(item, LTContainer):
        for one in item:
            yield from _flat(one)
    elif isinstance(item, LTChar):
        yield item.get_text(), _rounded(item.matrix), _rounded(item.bbox), item.fontname, item.size
    elif isinstance(item, LTCurve):
        yield tuple(map(_rounded, item.pts)), item.stroke, item.fill


def _rounded(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(value, 6) for value in values)
