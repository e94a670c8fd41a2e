"""PDF documents opened with pdfium: the one module that knows pypdfium2.

Only its raw bindings are used: they load in a few milliseconds, and a page and its letters are
closed here when another is asked for.
Long because no other module may know it.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import compress
from typing import Any

import pypdfium2.raw as pdfium

from library.core.errors import Damaged, Empty, Encrypted
from library.core.messages import Message, listed
from library.core.resource import Heading
from library.extractors import pdf_calls as calls
from library.extractors import pdf_parts, pdf_shown, pdf_tags, pdf_unseen
from library.extractors.cleanup import SPACED_LETTERS
from library.extractors.enclosed import Enclosure
from library.extractors.layout.spacing import respaced

GLANCE = 300  # dots across of a page of which only light and dark are asked
DRAWN = frozenset(
    (
        pdfium.FPDF_ANNOT_WIDGET,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_STAMP,
        pdfium.FPDF_ANNOT_WATERMARK,
    )
)
JOINER = "\u2060"
DEEPEST = 6  # levels of a contents list
INFO = (
    ("Title", "title"),
    ("Author", "author"),
    ("Subject", "subject"),
    ("Keywords", "keywords"),
    ("Creator", "creator"),
    ("Producer", "producer"),
    ("CreationDate", "created"),
    ("ModDate", "modified"),
)


Box = tuple[float, float, float, float]  # left, bottom, right, top, in points


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character and where it stands, in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


class Document:
    """An open PDF, its pages counted from 0."""

    def __init__(self, data: bytes) -> None:
        """Raises Encrypted, Damaged, or Empty when there are no pages."""
        pdfium.FPDF_InitLibrary()
        self._open: _Open | None = None  # the page that was asked for last
        self._hidden: frozenset[int] = frozenset()  # objects of the page being read
        self._shown: Box | None = None  # the part of it that is shown, where not all is
        self._sized: dict[tuple[int, int], str] = {}  # text of the pages whose type was measured
        self._remarks: dict[int, tuple[str, ...]] = {}  # of the pages whose margins were read
        self._off: frozenset[str] | None = None  # names of layers; None: not asked yet
        self._has_layers = pdf_parts.may_have_layers(data)
        self._unseen: dict[str, int] = {}  # letters that are on layers which are off
        self.pinned = pdf_parts.Pinned()
        self._data = data  # pdfium reads from it as long as the document is open
        self._handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not self._handle:
            raise _problem(pdfium.FPDF_GetLastError())
        self.pages: int = pdfium.FPDF_GetPageCount(self._handle)
        if self.pages < 1:
            raise Empty("no pages")
        self._tagged = pdf_tags.is_tagged(self._handle)

    def unread(self) -> tuple[Message, ...]:
        """What is said of the parts of the pages that have been read that nobody can read."""
        messages = []
        if self._unseen:
            messages.append(Message("unread layers", {"names": listed(list(self._unseen))}))
        if played := self.pinned.played:
            messages.append(Message("unread sounds", {"number": played}))
        return tuple(messages)

    def enclosed(self) -> Iterator[Enclosure]:
        """The files attached to the document, then those pinned to the pages that were read."""
        yield from pdf_parts.files(self._handle)
        yield from self.pinned.files

    @property
    def is_form(self) -> bool:
        """Whether it is a form whose pages only some programs make (XFA)."""
        return pdf_parts.is_dynamic(self._handle)

    def xfa(self) -> bytes:
        """What such a form is made of; b"" for any other."""
        return pdf_parts.xfa(self._handle) if self.is_form else b""

    def remarks(self, page: int) -> tuple[str, ...]:
        """What somebody typed to places of a page with a program for readers."""
        if page not in self._remarks:
            with self._page(page) as handle:
                remarks, kinds = self.pinned.gather(handle)
                self._remarks[page] = tuple(remarks)
                self._on_layers(handle)  # named by whoever reads no letters, too
                if kinds & DRAWN:  # what forms and stamps show is to be part of the content
                    pdfium.FPDFPage_Flatten(handle, pdfium.FLAT_NORMALDISPLAY)
                    self._let_go()
        return self._remarks[page]

    def pictures(self, page: int) -> list[str]:
        """What the document says of the pictures of a page, where it says such things."""
        if not self._tagged:
            return []
        with self._page(page) as handle:
            return pdf_tags.pictures(handle)

    def covered(self, page: int) -> tuple[float, int]:
        """How much of a page pictures cover, 0 to 1, and of how many dots they are in all.

        1 where letters may be drawn as shapes.
        """
        with self._page(page) as handle:
            wide, high = pdfium.FPDF_GetPageWidthF(handle), pdfium.FPDF_GetPageHeightF(handle)
            return pdf_parts.drawn_over(handle, wide, high)

    def shades(self, page: int) -> bytes:
        """How light the dots of a small picture of a page are, 0 to 255, row by row."""
        _, _, pixels = self.picture(page, GLANCE, 4 * GLANCE * GLANCE)
        return pixels[1::4]  # green, which the eye takes for most of what is light

    def fields(self) -> dict[str, str]:
        """What the document says of itself, as it says it."""
        fields = {ours: self._meta(theirs) for theirs, ours in INFO}
        size = pdfium.FPDFCatalog_GetLanguage(self._handle, None, 0)
        fields["language"] = _utf16(
            size, lambda buffer: pdfium.FPDFCatalog_GetLanguage(self._handle, buffer, size)
        )
        return {name: value for name, value in fields.items() if value}

    def label(self, page: int) -> str:
        """The number that the document prints on a page, "" if it does not say."""
        size = pdfium.FPDF_GetPageLabel(self._handle, page, None, 0)
        return _utf16(
            size, lambda buffer: pdfium.FPDF_GetPageLabel(self._handle, page, buffer, size)
        )

    def outline(self, most: int) -> Iterator[Heading]:
        """The contents list, at most `most` lines; a list that bites its tail is cut."""
        seen: set[int] = set()
        waiting = [(pdfium.FPDFBookmark_GetFirstChild(self._handle, None), 1)]
        while waiting and len(seen) < most:
            mark, level = waiting.pop()
            place = ctypes.cast(mark, ctypes.c_void_p).value if mark else None
            if not place or place in seen:
                continue
            seen.add(place)
            waiting.append((pdfium.FPDFBookmark_GetNextSibling(self._handle, mark), level))
            if level < DEEPEST:
                waiting.append((pdfium.FPDFBookmark_GetFirstChild(self._handle, mark), level + 1))
            page = self._target(mark)
            size = pdfium.FPDFBookmark_GetTitle(mark, None, 0)
            title = _utf16(
                size, lambda buffer, m=mark, n=size: pdfium.FPDFBookmark_GetTitle(m, buffer, n)
            )
            if title.strip() and page is not None:
                yield Heading(title, page + 1, level)

    def text(self, page: int, most: int) -> str:
        """The characters of a page in the order of pdfium, lines ended by CR LF.

        Between letters set apart for show, a space that parts no words is a word joiner.
        """
        if (known := self._sized.get((page, most))) is not None:
            return known
        with self._text(page) as text:
            count = min(pdfium.FPDFText_CountChars(text), most)
            if count < 1:
                return ""
            buffer = (ctypes.c_ushort * (count + 1))()
            written = pdfium.FPDFText_GetText(text, 0, count, buffer)
            raw = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
            raw = self._cropped(text, raw)
            raw = self._without_hidden(text, raw)
            return SPACED_LETTERS.sub(lambda match: _respaced(text, match), raw)

    def _cropped(self, text: Any, raw: str) -> str:
        """The text of a page without the lines outside of what is shown, as long as before."""
        if self._shown is None:
            return raw
        left, bottom, right, top = self._shown
        lines, start = [], 0
        x, y = ctypes.c_double(), ctypes.c_double()
        for line in raw.split("\r\n"):
            places = [start + place for place, sign in enumerate(line) if not sign.isspace()]
            within = not places
            for place in (*places[:1], *places[len(places) // 2 :][:1], *places[-1:]):
                index = pdfium.FPDFText_GetCharIndexFromTextIndex(text, place)
                pdfium.FPDFText_GetCharOrigin(text, index, x, y)
                within = within or (left <= x.value <= right and bottom <= y.value <= top)
            lines.append(line if within else " " * len(line))
            start += len(line) + 2
        return "\r\n".join(lines)

    def _without_hidden(self, text: Any, raw: str) -> str:
        """The text of a page without the letters that a path cuts off, as long as before."""
        if not self._hidden:
            return raw
        signs = list(raw)
        letters = calls.address_of(text)
        for place, sign in enumerate(raw):
            if sign.isspace():
                continue
            index = calls.character_index(letters, place)
            if index >= 0 and calls.object_of_character(letters, index) in self._hidden:
                signs[place] = " "
        return "".join(signs)

    def _on_layers(self, page: Any) -> frozenset[int]:
        """The objects of type on the open page that belong to layers which are switched off."""
        if self._open is not None and self._open.layers is not None:
            return self._open.layers
        addresses = set()
        may_be = self._off if self._off is not None else self._has_layers
        for _, item in self._open.objects.texts if self._open and may_be else ():
            name = pdf_parts.layer_of(item)
            if name and name in self._layers_off():
                addresses.add(item)
                self._unseen[name] = self._unseen.get(name, 0) + 1
        off = frozenset(addresses)
        if self._open is not None:
            self._open.layers = off
        return off

    def _layers_off(self) -> frozenset[str]:
        if self._off is None:
            from library.extractors.pdf_layers import names_off  # few documents have layers

            self._off = names_off(self._data)
        return self._off

    def unseen(self, page: int) -> tuple[Box, ...]:
        """Where on a page there is type that nobody sees: white on white, or drawn in no way."""
        self.remarks(page)
        with self._page(page) as handle:
            return self._unseen_type(handle).boxes

    def _unseen_type(self, page: Any) -> pdf_unseen.Unseen:
        now = self._open
        assert now is not None
        if now.unseen is None:
            now.unseen = pdf_unseen.unseen(page, now.objects)
        return now.unseen

    def sized_lines(self, page: int, most: int) -> list[tuple[str, float]]:
        """Each line of `text` and the size of its type in points, from three of its letters."""
        self._sized[page, most] = self.text(page, most)
        lines = self._sized[page, most].split("\r\n")
        result = []
        start = 0
        with self._text(page) as text:
            for line in lines:
                letters = list(compress(range(start, start + len(line)), map(str.isalpha, line)))
                few = letters[:1] + letters[len(letters) // 2 :][:1] + letters[-1:]
                sizes = sorted(
                    _size(text, pdfium.FPDFText_GetCharIndexFromTextIndex(text, place))
                    for place in few
                )
                result.append((line, sizes[1] if sizes else 0.0))
                start += len(line) + 2
        return result

    def glyphs(self, page: int, most: int) -> list[Glyph]:
        """The characters of a page that are really there, each with its place."""
        result = []
        x, y = ctypes.c_double(), ctypes.c_double()
        box = pdfium.FS_RECTF()
        with self._text(page) as text:
            for index in range(min(pdfium.FPDFText_CountChars(text), most)):
                if pdfium.FPDFText_IsGenerated(text, index) == 1:
                    continue
                pdfium.FPDFText_GetCharOrigin(text, index, x, y)
                pdfium.FPDFText_GetLooseCharBox(text, index, box)
                size = _size(text, index)
                code = pdfium.FPDFText_GetUnicode(text, index)
                sign = chr(code) if 0 < code < 0x110000 else "\ufffd"
                if sign == " " and box.right <= box.left:
                    continue  # made up by pdfium, and its mark as such lost in reordering
                result.append(Glyph(sign, box.left, box.right, y.value, size))
        return result

    def width(self, page: int) -> float:
        """How wide a page is, in points."""
        with self._page(page) as handle:
            return float(pdfium.FPDF_GetPageWidthF(handle))

    def picture(self, page: int, width: int, most: int) -> tuple[int, int, bytes]:
        """A page as (width, height, BGRX pixels), at most `most` pixels."""
        with self._page(page) as handle:
            wide, high = pdfium.FPDF_GetPageWidthF(handle), pdfium.FPDF_GetPageHeightF(handle)
            if not (wide > 0 and high > 0):
                raise Damaged("page unmeasured", page=page + 1)
            scale = min(width / wide, (most / (wide * high)) ** 0.5)
            across, down = max(1, int(wide * scale)), max(1, int(high * scale))
            if across * down > most:
                raise Damaged("page size", page=page + 1)
            bitmap = pdfium.FPDFBitmap_Create(across, down, 0)
            if not bitmap:
                raise MemoryError
            try:
                pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
                pdfium.FPDF_RenderPageBitmap(
                    bitmap, handle, 0, 0, across, down, 0, pdfium.FPDF_ANNOT
                )
                stride = pdfium.FPDFBitmap_GetStride(bitmap)
                pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * down)
            finally:
                pdfium.FPDFBitmap_Destroy(bitmap)
        return across, down, pixels

    def _meta(self, name: str) -> str:
        tag = name.encode("ascii")
        size = pdfium.FPDF_GetMetaText(self._handle, tag, None, 0)
        return _utf16(size, lambda buffer: pdfium.FPDF_GetMetaText(self._handle, tag, buffer, size))

    def _target(self, mark: Any) -> int | None:
        target = pdfium.FPDFBookmark_GetDest(self._handle, mark)
        if not target:
            action = pdfium.FPDFBookmark_GetAction(mark)
            target = pdfium.FPDFAction_GetDest(self._handle, action) if action else None
        page: int = pdfium.FPDFDest_GetDestPageIndex(self._handle, target) if target else -1
        return page if 0 <= page < self.pages else None

    @contextmanager
    def _page(self, page: int) -> Iterator[Any]:
        """A page, which stays open until another is asked for: to open it is most of the work."""
        if self._open is None or self._open.number != page:
            self._let_go()
            handle = pdfium.FPDF_LoadPage(self._handle, page)
            if not handle:
                raise Damaged("page unreadable", page=page + 1)
            self._open = _Open(page, handle)
        yield self._open.handle

    def _let_go(self) -> None:
        if self._open is not None:
            if self._open.text:
                pdfium.FPDFText_ClosePage(self._open.text)
            pdfium.FPDF_ClosePage(self._open.handle)
            self._open = None

    @contextmanager
    def _text(self, page: int) -> Iterator[Any]:
        self.remarks(page)
        with self._page(page) as handle:
            now = self._open
            assert now is not None
            if now.text is None:
                off = pdf_shown.hidden(handle, now.objects) | self._on_layers(handle)
                now.hidden = off | self._unseen_type(handle).objects
                now.shown = pdf_shown.part(handle)
                now.text = pdfium.FPDFText_LoadPage(handle)
            if not now.text:
                raise Damaged("page text", page=page + 1)
            self._hidden, self._shown = now.hidden, now.shown
            yield now.text


@dataclass(slots=True)
class _Open:
    """A page that is open, and its letters, once they were asked for."""

    number: int
    handle: Any
    text: Any = None
    hidden: frozenset[int] = frozenset()
    layers: frozenset[int] | None = None  # objects of layers that are off; None: not asked yet
    shown: Box | None = None
    unseen: pdf_unseen.Unseen | None = None  # None: not asked yet
    found: pdf_unseen.Objects | None = None

    @property
    def objects(self) -> pdf_unseen.Objects:
        if self.found is None:
            self.found = pdf_unseen.objects(self.handle)
        return self.found


def _respaced(text: Any, match: re.Match[str]) -> str:
    """Letters set apart, as long as before, with a space left only between words."""
    box = pdfium.FS_RECTF()
    signs = []
    for place, sign in enumerate(match[0], match.start()):
        index = pdfium.FPDFText_GetCharIndexFromTextIndex(text, place)
        if not sign.isspace() and pdfium.FPDFText_GetLooseCharBox(text, index, box):
            signs.append((sign, box.left, box.right))
        else:
            signs.append((" ", 0.0, 0.0))
    words = iter(respaced(signs, _size(text, index)))
    rest = next(words, "")
    result = ""
    for sign in match[0]:
        if not sign.isspace():
            result += sign
            rest = next(words, "")
        elif rest == " ":
            result += " "
            rest = next(words, "")
        else:
            result += JOINER
    return result


def _size(text: Any, index: int) -> float:
    """The size of a character's type on the page, in points."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    size: float = pdfium.FPDFText_GetFontSize(text, index)
    return float(size * (matrix.c**2 + matrix.d**2) ** 0.5)


def _problem(code: int) -> Damaged | Encrypted:
    if code == pdfium.FPDF_ERR_PASSWORD:
        return Encrypted("locked")
    if code == pdfium.FPDF_ERR_SECURITY:
        return Encrypted("locked otherwise")
    return Damaged("damaged")


def _utf16(size: int, fill: Any) -> str:
    """A string of pdfium: `size` bytes with its closing zero, written by `fill` into a buffer."""
    if not 2 < size <= 200_000:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    fill(buffer)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace").replace("\x00", "").strip()
