"""What a file is, told by its first bytes and not by its name."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import BinaryIO

from library.core.errors import Damaged, Empty, Unsupported
from library.core.formats import FLAT_ODP, FLAT_ODT, FORMATS, ODF, ODP, ODT
from library.core.messages import Message
from library.extractors import office_types, ole
from library.extractors.encodings import decode, is_text
from library.extractors.office_types import not_yet, packed

HEAD = 8192

# Mailers and web servers leave lines before it; a sentence may only mention it.
PDF = re.compile(rb"(?:\A|[\r\n\x00-\x08\x80-\xff])[ \t]*%PDF-\d")
PDF_OBJECT = re.compile(rb"(?:\A|[\r\n])\d{1,7} \d{1,5} obj\b")
HTML = re.compile(
    r"(?:\s++|<\?xml[^>]*+>|<!--(?:[^-]|-(?!->))*+-->)*+<(?:!doctype\s++html|html|head|body)\b",
    re.I,
)
HTML_PIECE = re.compile(
    r"<(?:title|meta|link|h[1-6]|p|div|table|ul|ol|span|a|br|img)\b[^<>]*>", re.I
)
SVG = re.compile(
    r"(?:\s++|<\?xml[^>]*+>|<!--(?:[^-]|-(?!->))*+-->|<!doctype\s++svg\b[^>\[]*+(?:\[[^\]]*+\]\s*+)?>)*+"
    r"<(?:\w{1,20}:)?svg\b",
    re.I,
)
MARKDOWN = re.compile(r"#{1,6} \S|```|[*-] \[[ x]\] |> \S")
MARKDOWN_LINK = re.compile(r"\[[^\[\]]++\]\([^)\[\s]++\)")
# Headers of mail (RFC 5322); programs set others of their own before them.
MAIL_HEADER = re.compile(r"([!-9;-~]{1,76}):(?:[ \t]|\Z)")
OF_MAIL = frozenset(
    ("from", "to", "subject", "received", "return-path", "delivered-to", "mime-version", "date",
     "message-id", "content-type", "reply-to", "dkim-signature")
)  # fmt: skip
MOST_HEADERS = 200  # lines of the head of a message that are looked at
SAVED = re.compile(r"^(?:From: <Saved by|Snapshot-Content-Location:)", re.I | re.M)

# What only leads to an address: shortcuts of Windows, of macOS and of Linux.
SHORTCUT = re.compile(r"\[InternetShortcut\]|\[Desktop Entry\](?=[^\0]{0,2000}?\nURL=)", re.I)
# What Google Drive leaves in a folder for a document that is only on the web.
GOOGLE = re.compile(r'\{"(?=[^{}]{0,2000}?"(?:doc_id|resource_id|url)")[^{}]{0,2000}?"email"', re.I)
SHORTCUTS = frozenset(("url", "webloc", "website", "desktop"))

# An OpenDocument file that is one piece of XML, and what it says it is (ISO 26300-1, 3.1.2).
FLAT = re.compile(
    r"\A[^<]{0,10}(?:<\?xml[^>]{0,200}>)?\s{0,100}<office:document\b[^>]{0,7000}?"
    r"\boffice:mimetype=[\"'](application/[a-z.+-]{3,80})"
)
FLAT_TYPES = {ODT: FLAT_ODT, ODF + "text-web": FLAT_ODT, ODP: FLAT_ODP}
# Word's own XML, of 2003 and of whole packages.
OFFICE_XML = re.compile(
    r"\A[^<]{0,10}(?:<\?[^>]{0,200}>\s{0,100}){0,5}<(?:w:wordDocument|pkg:package)\b"
)

MAGIC: tuple[tuple[bytes, Message], ...] = (
    (b"GIF8", not_yet("an image", format="GIF")),
    (b"BM", not_yet("an image", format="BMP")),
    (b"8BPS", not_yet("an image", format="Photoshop")),
    (b"%!PS", not_yet("a PostScript file")),
    (b"AT&TFORM", not_yet("a document of a program", program="DjVu")),
    (b"ITOLITLS", not_yet("a help file")),
    (b"\x1f\x8b", packed("a compressed file", "gzip")),
    (b"BZh", packed("a compressed file", "bzip2")),
    (b"\xfd7zXZ\x00", packed("a compressed file", "xz")),
    (b"7z\xbc\xaf\x27\x1c", packed("an archive", "7-Zip")),
    (b"Rar!\x1a\x07", packed("an archive", "RAR")),
    (b"\x7fELF", not_yet("a program")),
    (b"MZ", not_yet("a program")),
    (b"ID3", Message("kind recording", {"kind": Message("a sound recording")})),
    (b"\xff\xfb", Message("kind recording", {"kind": Message("a sound recording")})),
    (b"OggS", Message("kind recording", {"kind": Message("a sound or video recording")})),
    (b"\x1aE\xdf\xa3", Message("kind recording", {"kind": Message("a video recording")})),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", not_yet("a document of a program", program="OneNote")),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", Message("kind shortcut to file")),
    (b"book\x00\x00\x00\x00mark", Message("kind shortcut to file")),
    (b"SQLite format 3\x00", not_yet("a database")),
)

BEGINNINGS = tuple((name, re.compile(row.magic)) for name, row in FORMATS.items() if row.magic)

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


def media_type_of(file: BinaryIO, name: str) -> str:
    """The media type of a readable file; `file` is left at its start.

    Raises Empty, Damaged, Encrypted, TooLarge, or Unsupported with a message that says what the
    file is.
    """
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if not head.strip(b"\x00 \t\r\n\x0c"):
        raise Empty("empty", file=name)
    start = PDF.search(head[:1030])
    if start and (b"<" not in head[: start.start()] or not HTML.match(decode(head))):
        return "application/pdf"
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", ole.MAGIC)):
        return _office_kind(file, head, name)
    if media_type := _by_magic(head):
        return media_type
    if refusal := _binary_kind(head):
        raise office_types.refused(name, refusal)
    if suffix in SHORTCUTS:
        raise Unsupported("kind shortcut", file=name)
    if suffix == "pdf" and PDF_OBJECT.search(head):
        raise Damaged("not a pdf", file=name)  # its code is no text to read
    if not is_text(head):
        if suffix == "pdf":
            raise Damaged("not a pdf", file=name)
        raise Unsupported("kind unknown", file=name)
    return _text_kind(decode(head), suffix, name)


def _text_kind(text: str, suffix: str, name: str) -> str:
    text = text.lstrip("\ufeff")
    if HTML.match(text):
        return "text/html"
    bare = text.lstrip()
    start = bare[:512]
    if SHORTCUT.match(bare):
        raise Unsupported("kind shortcut", file=name)
    if suffix in ("html", "htm", "xhtml", "shtml") and HTML_PIECE.search(text):
        return "text/html"
    if named := _by_suffix(suffix):
        return named
    if SVG.match(text):
        return "image/svg+xml"
    if flat := FLAT.search(text):
        if media_type := FLAT_TYPES.get(flat[1].removesuffix("-template")):
            return media_type
        raise Unsupported(
            "kind spreadsheet" if "spreadsheet" in flat[1] else "kind unknown", file=name
        )
    if OFFICE_XML.search(text):
        raise Unsupported("kind office xml", file=name)
    if GOOGLE.match(bare):
        raise Unsupported("kind shortcut", file=name)
    if start.startswith("<?xml"):
        raise Unsupported("kind not read yet", file=name, kind=Message("an XML file"))
    of_mail = _mail_headers(text)
    if suffix in ("mht", "mhtml") and of_mail:
        return "multipart/related"
    if of_mail >= (1 if suffix == "eml" else 3):
        saved = SAVED.search(text)
        return "multipart/related" if saved else "message/rfc822"
    if suffix in NOT_PROSE:
        raise Unsupported("kind not prose", file=name, kind=Message(NOT_PROSE[suffix]))
    if start.startswith("<") and len(HTML_PIECE.findall(text)) > 2:
        return "text/html"
    if suffix != "txt" and sum(map(_is_marked, text.splitlines())) > 3:
        return "text/markdown"
    return "text/plain"


def _mail_headers(text: str) -> int:
    """How many headers of mail a text begins with; 0 where other lines stand among them."""
    found = 0
    for number, line in enumerate(text.lstrip().split("\n", MOST_HEADERS)[:MOST_HEADERS]):
        line = line.rstrip("\r")[:200]
        if not line:
            break
        if number and line[0] in " \t":
            continue  # goes on with the header before
        if not number and line.startswith(("From ", ">From ")):
            continue  # the line that parts messages in a mailbox
        match = MAIL_HEADER.match(line)
        if match is None:
            return 0
        found += match[1].lower() in OF_MAIL
    return found


def _is_marked(line: str) -> bool:
    """Whether a line is written as only Markdown is: a heading, a quote, a row, a link."""
    row = line.startswith("|") and line.endswith("|") and line.count("|") > 2
    return row or bool(MARKDOWN.match(line) or MARKDOWN_LINK.search(line))


def _office_kind(file: BinaryIO, head: bytes, name: str) -> str:
    kind = (
        office_types.of_ole(file) if head.startswith(ole.MAGIC) else office_types.of_zip(file, head)
    )
    if kind.problem:
        raise kind.problem.of(file=name)
    if kind.refusal:
        raise office_types.refused(name, kind.refusal)
    return kind.media_type


def _by_magic(head: bytes) -> str:
    return next((media_type for media_type, magic in BEGINNINGS if magic.match(head)), "")


def _by_suffix(suffix: str) -> str:
    """The format that only its name tells, as a row says."""
    return next((name for name, row in FORMATS.items() if suffix in row.suffixes), "")


def _binary_kind(head: bytes) -> Message | None:
    if head[4:8] == b"ftyp":
        image = head[8:12] in (b"heic", b"heix", b"mif1", b"avif")
        if image:
            return not_yet("a photograph")
        sound = head[8:11] == b"M4A"
        code = "a sound recording" if sound else "a video recording"
        return Message("kind recording", {"kind": Message(code)})
    if head.startswith(b"RIFF") and head[8:12] in (b"WAVE", b"AVI "):
        code = "a sound recording" if head[8:12] == b"WAVE" else "a video recording"
        return Message("kind recording", {"kind": Message(code)})
    if head.startswith((b"BM", b"MZ", b"ID3")) and is_text(head):
        return None
    return next((refusal for mark, refusal in MAGIC if head.startswith(mark)), None)
