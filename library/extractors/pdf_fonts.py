"""Fonts of a PDF that name their letters only inside the font program.

pdfminer.six reads such names from Type 1 programs, and takes the compact ones (CFF, Adobe
Technical Note 5176) for standard text: the signs of mathematics come out as letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from typing import Any

from pdfminer.encodingdb import EncodingDB, name2unicode
from pdfminer.pdffont import CFFFont, PDFCIDFont, PDFFont, PDFSimpleFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, dict_value, resolve1

from library.extractors.pdf_signs import unnamed
from library.extractors.symbols import SYMBOLS

SIZED = re.compile(r"(?:big|Big|bigg|Bigg|text|display)$")  # TeX names a sign at each size
TEX = {  # names of the Computer Modern types that no list of glyphs has; pieces stand for nothing
    "mapsto": "",
    "prime": "′",
    "negationslash": "\u0338",
    "square": "□",
    "squaresolid": "■",
    "angbracketleft": "⟨",
    "angbracketright": "⟩",
    "bardbl": "‖",
    "vextendsingle": "|",
    "floorleft": "⌊",
    "floorright": "⌋",
    "ceilingleft": "⌈",
    "ceilingright": "⌉",
    "vextenddouble": "‖",
    "triangle": "△",
    "owner": "∋",
    "follows": "≻",
    "precedes": "≺",
    "bracehtipdownleft": "",
    "bracehtipdownright": "",
    "bracehtipupleft": "",
    "bracehtipupright": "",
    "mapstochar": "",
    "subsetnoteql": "⊊",
    "Rfractur": "ℜ",
    "Ifractur": "ℑ",
}
LARGE = {  # operators over many terms have signs of their own, where TeX names the size alone
    "union": "⋃",
    "intersection": "⋂",
    "logicaland": "⋀",
    "logicalor": "⋁",
    "circleplus": "⨁",
    "circlemultiply": "⨂",
    "circledot": "⨀",
    "unionmulti": "⨄",
    "unionsq": "⨆",
}
# In this encoding the code 0xAD is a hyphen too (PDF 32000-1, annex D.2, note 6), which programs
# write where a word is cut at a line's end; pdfminer has a space there.
EncodingDB.encodings["WinAnsiEncoding"][0xAD] = "-"
DEFAULTS = 2  # offsets of an encoding below this mean a standard one


class Fonts(PDFResourceManager):
    """Fonts by object, with the names of their compact programs."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        known = objid in self._cached_fonts
        font = super().get_font(objid, spec)
        if not known and isinstance(font, PDFSimpleFont) and _is_symbol(spec):
            font.cid2unicode = SYMBOLS
        elif not known and isinstance(font, PDFSimpleFont) and "Encoding" not in spec:
            try:
                names = _names(dict_value(spec.get("FontDescriptor", {})))
            except Exception:  # a font program may be damaged in every way; the page is read
                names = {}
            if names:
                font.cid2unicode = names
        elif not known and isinstance(font, PDFCIDFont) and _is_by_glyph(spec):
            _name_signs(font)
        return font


def _is_symbol(spec: Mapping[str, object]) -> bool:
    """Whether a font is the standard type Symbol under its own encoding."""
    name = getattr(resolve1(spec.get("BaseFont")), "name", "")
    encoding = getattr(resolve1(spec.get("Encoding")), "name", "")
    own = "Encoding" not in spec or encoding in ("SymbolEncoding", "SymbolSetEncoding")
    return name == "Symbol" and own and "ToUnicode" not in spec


def _is_by_glyph(spec: Mapping[str, object]) -> bool:
    """Whether the codes of a font are the glyphs of its program, which is TrueType."""
    encoding = getattr(resolve1(spec.get("Encoding")), "name", "")
    glyphs = getattr(resolve1(spec.get("CIDToGIDMap", "")), "name", "Identity")
    kind = getattr(resolve1(spec.get("Subtype")), "name", "")
    return kind == "CIDFontType2" and encoding == "Identity-H" and glyphs == "Identity"


def _name_signs(font: PDFCIDFont) -> None:
    """Name the vowel signs that a font does not name, where it names others."""
    named = getattr(font.unicode_map, "cid2unichr", None)
    program = getattr(font, "fontfile", None)
    if not named or program is None:
        return
    with suppress(Exception):  # a font program may be damaged in every way; the page is read
        named.update(unnamed(program.get_data(), named))


def _names(descriptor: Mapping[str, Any]) -> dict[int, str]:
    """What each code of a compact font stands for; empty when it does not say."""
    program = resolve1(descriptor.get("FontFile3"))
    if not isinstance(program, PDFStream):
        return {}
    font = CFFFont("", BytesIO(program.get_data()))
    if int(font.top_dict.get(16, [0])[0]) < DEFAULTS:
        return {}
    font.fp.seek(int(font.top_dict.get(15, [0])[0]))
    by_range = font.fp.read(1) != b"\x00"
    # The library counts glyphs by code, and in ranges names by string: both are turned here.
    strings = list(font.gid2name) if by_range else []
    signs = {}
    for place, code in font.code2gid.items():
        name = font.getstr(strings[place]) if by_range else font.gid2name.get(place + 1, "")
        sign = _sign(name.decode("latin-1") if isinstance(name, bytes) else name)
        if sign:
            signs[code] = sign
    return signs


def _sign(name: str) -> str:
    if name in TEX:
        return TEX[name] or "\u200b"
    plain = SIZED.sub("", name)
    if plain != name and plain in LARGE:
        return LARGE[plain]
    for tried in (name, plain):
        try:
            return name2unicode(tried)
        except (KeyError, ValueError):
            continue
    return ""
