"""What a file is, told by its first bytes and not by its name."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import BinaryIO

from library.errors import Damaged, Empty, Unsupported
from library.extractors.decoding import decode, is_text

HEAD = 8192
TAIL = 65_536  # where a zip archive lists its members

# Mailers and web servers leave lines before it; a sentence may only mention it.
PDF = re.compile(rb"(?:\A|[\r\n\x00-\x08\x80-\xff])[ \t]*%PDF-\d")
HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
HTML_PIECE = re.compile(
    r"<(?:title|meta|link|h[1-6]|p|div|table|ul|ol|span|a|br|img)\b[^<>]*>", re.I
)
MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|```|[*-] \[[ x]\] |> \S|\|.*\|.*\|$|.*\[[^\]\n]+\]\([^)\s]+\))", re.M
)
MAIL = re.compile(r"(?:From|Received|Return-Path|Delivered-To|MIME-Version|Message-ID): ", re.I)

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"8BPS", "a Photoshop image"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript file"),
    (b"AT&TFORM", "a DjVu document"),
    (b"ITOLITLS", "a Windows help file"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ\x00", "a compressed file (xz)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound or video recording"),
    (b"\x1aE\xdf\xa3", "a video recording"),
    (b"SQLite format 3\x00", "a database"),
)

ZIP: tuple[tuple[bytes, str], ...] = (
    (b"word/document", "a Word document"),
    (b"xl/workbook", "an Excel workbook"),
    (b"ppt/presentation", "a PowerPoint presentation"),
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet"),
    (b"application/vnd.oasis.opendocument.presentation", "an OpenDocument presentation"),
    (b"application/epub+zip", "an EPUB book"),
    (b"Index/Document.iwa", "a Pages, Numbers or Keynote document"),
    (b"index.apxl", "a Keynote document"),
)

OLE: tuple[tuple[str, str], ...] = (
    ("WordDocument", "an old Word document"),
    ("Workbook", "an old Excel workbook"),
    ("PowerPoint Document", "an old PowerPoint presentation"),
    ("__substg1.0_", "an Outlook message"),
    ("EncryptedPackage", "an Office document with a password"),
)

NOT_PROSE = {
    **dict.fromkeys(
        ("csv", "tsv", "json", "jsonl", "geojson", "ndjson", "xml", "rdf", "ttl"), "data"
    ),
    **dict.fromkeys(("yaml", "yml", "toml", "ini", "cfg", "conf", "sql", "log", "srt"), "data"),
    **dict.fromkeys(
        ("css", "js", "mjs", "ts", "py", "php", "c", "h", "java", "sh", "bat"), "program text"
    ),
    **dict.fromkeys(("tex", "bib", "cls", "sty"), "LaTeX source"),
}

REMEDY = "Save it as PDF and add that; PDF, HTML, Markdown and plain text are read."
MARKDOWN_SUFFIXES = ("md", "markdown", "mkd", "mdown", "mdx")


def media_type_of(file: BinaryIO, name: str) -> str:
    """The media type of a readable file; `file` is left at its start.

    Raises Empty, Damaged, or Unsupported with a message that says what the file is.
    """
    file.seek(0)
    head = file.read(HEAD)
    tail = b""
    if head.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        tail = file.read(TAIL)
    file.seek(0)
    if not head.strip(b"\x00 \t\r\n\x0c"):
        raise Empty(f"{name} is empty.", "Copy or download it again.")
    start = PDF.search(head[:1030])
    if start and not HTML.match(decode(head)):
        return "application/pdf"
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if kind := _binary_kind(head, tail):
        raise Unsupported(f"{name} is {kind}, which cannot be read yet.", REMEDY)
    if not is_text(head):
        if suffix == "pdf":
            raise Damaged(
                f"{name} is named as a PDF but does not begin as one.",
                "Get it again from its source.",
            )
        raise Unsupported(f"{name} is of a kind that is not known.", REMEDY)
    return _text_kind(decode(head), suffix, name)


def _text_kind(text: str, suffix: str, name: str) -> str:
    text = text.lstrip("\ufeff")
    if HTML.match(text):
        return "text/html"
    start = text.lstrip()[:512]
    if suffix in ("html", "htm", "xhtml", "shtml") and HTML_PIECE.search(text):
        return "text/html"
    if re.match(r"<svg\b|<\?xml.*<svg\b", start, re.S | re.I):
        raise Unsupported(f"{name} is an SVG image, which cannot be read yet.", REMEDY)
    if start.startswith("<?xml"):
        raise Unsupported(f"{name} is an XML file, which cannot be read yet.", REMEDY)
    if suffix == "eml" or (MAIL.match(start) and len(MAIL.findall(text)) > 2):
        raise Unsupported(f"{name} is an e-mail message, which cannot be read yet.", REMEDY)
    if suffix in MARKDOWN_SUFFIXES:
        return "text/markdown"
    if suffix in NOT_PROSE:
        raise Unsupported(f"{name} is {NOT_PROSE[suffix]}, not a document to read.", REMEDY)
    if start.startswith("<") and len(HTML_PIECE.findall(text)) > 2:
        return "text/html"
    if suffix != "txt" and len(MARKDOWN.findall(text)) > 3:
        return "text/markdown"
    return "text/plain"


def _binary_kind(head: bytes, tail: bytes) -> str:
    if head.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in ZIP if mark in head or mark in tail), "a zip archive")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        both = head + tail
        named = ((mark.encode("utf-16-le"), kind) for mark, kind in OLE)
        return next((kind for mark, kind in named if mark in both), "an old Office document")
    if head[4:8] == b"ftyp":
        image = head[8:12] in (b"heic", b"heix", b"mif1", b"avif")
        return "a photograph (HEIC or AVIF)" if image else "a video recording"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "a WebP image"
    if head.startswith((b"BM", b"MZ", b"ID3")) and is_text(head):
        return ""
    return next((kind for mark, kind in MAGIC if head.startswith(mark)), "")
