"""Small real files made in code: nothing here is anybody else's work."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842  # points: A4


@dataclass(frozen=True)
class Text:
    """A string set in Helvetica with its baseline's left end at (x, y) from the lower left."""

    text: str
    x: float = 72
    y: float = 700
    size: float = 11
    bold: bool = False


@dataclass(frozen=True)
class Rule:
    """A thin line."""

    x0: float
    y0: float
    x1: float
    y1: float


Piece = Text | Rule
Sheet = Sequence[Piece] | bytes
"""What stands on a page, or its content stream as it is."""


def pdf(
    pages: Sequence[Sheet] = (),
    *,
    title: str = "",
    info: Mapping[str, str] | None = None,
    outline: Sequence[tuple[str, int]] = (),
    language: str = "",
    labels: str = "",
    encrypt: str = "",
    filters: int = 1,
) -> bytes:
    """A valid PDF. `outline` is pairs of title and page (from 1), `labels` a /PageLabels entry,
    `encrypt` an object for the trailer's /Encrypt, `filters` how often streams are deflated."""
    objects: dict[int, bytes] = {}
    first = 10
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects[2] = f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode()
    objects[3] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects[4] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>"
    said = {"Title": title, **(info or {})}
    fields = "".join(f"/{name}{string(value)}" for name, value in said.items() if value)
    objects[5] = f"<<{fields}>>".encode("latin-1")
    for place, sheet in enumerate(pages):
        number = first + 2 * place
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {number + 1} 0 R"
            "/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>"
        ).encode()
        objects[number + 1] = stream(sheet if isinstance(sheet, bytes) else content(sheet), filters)
    extra = f"/Lang{string(language)}" if language else ""
    extra += f"/PageLabels {labels}" if labels else ""
    if outline:
        start = first + 2 * len(pages)
        last = start + len(outline)
        extra += f"/Outlines {start} 0 R"
        objects[start] = (
            f"<</Type/Outlines/First {start + 1} 0 R/Last {last} 0 R/Count {len(outline)}>>"
        ).encode()
        for place, (heading, page) in enumerate(outline):
            number = start + 1 + place
            links = f"/Next {number + 1} 0 R" if number < last else ""
            links += f"/Prev {number - 1} 0 R" if place else ""
            target = first + 2 * (page - 1)
            objects[number] = (
                f"<</Title{string(heading)}/Parent {start} 0 R{links}/Dest[{target} 0 R /Fit]>>"
            ).encode("latin-1")
    objects[1] = f"<</Type/Catalog/Pages 2 0 R{extra}>>".encode("latin-1")
    return assembled(objects, encrypt)


def content(pieces: Sequence[Piece]) -> bytes:
    """The content stream that draws these pieces."""
    parts = []
    for piece in pieces:
        if isinstance(piece, Rule):
            parts.append(f"0.5 w {piece.x0} {piece.y0} m {piece.x1} {piece.y1} l S")
        else:
            font = "F2" if piece.bold else "F1"
            parts.append(
                f"BT /{font} {piece.size} Tf {piece.x} {piece.y} Td {string(piece.text)} Tj ET"
            )
    return "\n".join(parts).encode("cp1252")


def lines(
    text: str, x: float = 72, top: float = 700, size: float = 11, step: float = 14
) -> list[Text]:
    """Each line of a text below the one before."""
    return [Text(line, x, top - step * place, size) for place, line in enumerate(text.split("\n"))]


def string(text: str) -> str:
    return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"


def stream(data: bytes, filters: int = 1) -> bytes:
    """A stream object, deflated `filters` times."""
    for _ in range(filters):
        data = zlib.compress(data, 9)
    names = "/FlateDecode" * filters
    head = f"<</Length {len(data)}/Filter[{names}]>>".encode()
    return head + b"stream\n" + data + b"\nendstream"


def bomb(megabytes: int = 600) -> bytes:
    """A PDF of a few kilobytes whose page inflates to that many megabytes."""
    one = zlib.compressobj(9)
    blank = b" " * 2**20
    data = b"".join(one.compress(blank) for _ in range(megabytes)) + one.flush()
    data = zlib.compress(data, 9)
    body = pdf([b""])
    old = stream(b"")
    new = f"<</Length {len(data)}/Filter[/FlateDecode/FlateDecode]>>".encode()
    return body.replace(old, new + b"stream\n" + data + b"\nendstream")


def locked() -> bytes:
    """A PDF that claims to be encrypted with a password that nobody has."""
    key = "<" + "5a" * 32 + ">"
    encrypt = f"<</Filter/Standard/V 1/R 2/O{key}/U{key}/P -4>>"
    return pdf([[Text("secret")]], encrypt=encrypt)


def assembled(objects: Mapping[int, bytes], encrypt: str = "") -> bytes:
    """A PDF of these objects, by number; 1 is its catalog, 5 what it says of itself."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets: dict[int, int] = {}
    for number in sorted(objects):
        offsets[number] = len(out)
        out += f"{number} 0 obj\n".encode() + objects[number] + b"\nendobj\n"
    start = len(out)
    size = max(objects) + 1
    out += f"xref\n0 {size}\n".encode()
    for number in range(size):
        if number in offsets:
            out += f"{offsets[number]:010d} 00000 n \n".encode()
        else:
            out += b"0000000000 65535 f \n"
    trailer = f"/Size {size}/Root 1 0 R/Info 5 0 R"
    if encrypt:
        trailer += f"/Encrypt {encrypt}/ID[<00112233445566778899aabbccddeeff><00>]"
    out += f"trailer\n<<{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
