"""The one table of formats: what each is called, how it is told, and who reads it.

A row names its readers as `module:function` and imports nothing, so that the site may look here
too. Rows of other packages are found through the entry point group `GROUP`: its names are media
types, and what each leads to is a `Format`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from library.core.messages import LONGEST, Message

GROUP = "worker_education_library.extractors"

OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
DOCX = OOXML + "wordprocessingml.document"
PPTX = OOXML + "presentationml.presentation"
ODT, ODP = ODF + "text", ODF + "presentation"
# One file of XML in place of a zip file: their own names for it.
FLAT_ODT, FLAT_ODP = ODT + "-flat-xml", ODP + "-flat-xml"
EPUB = "application/epub+zip"
RTF = "application/rtf"
DOC, PPT = "application/msword", "application/vnd.ms-powerpoint"


@dataclass(frozen=True, slots=True)
class Format:
    """How one format is told and read; readers are named as `module:function`.

    A file is of this format when its first bytes match `magic` (a pattern in the form of `re`, held
    against the first 8 KB from their start, in linear time); when it is a zip file that states one
    of `types` in its first entry, or has a part whose name matches `parts`; or when it is text, its
    name ends in one of `suffixes`, and it does not begin as a web page.
    """

    name: str  # for people
    words: str
    layout: str = ""  # a second, slower reader that gives blocks; "" where `words` gives both
    draw: str = ""  # makes an image of a page; "" where pages have no looks of their own
    scan: str = ""  # makes a picture of a page to read words from, where pages may have none
    through: str = ""  # the format that LibreOffice makes of it before it is read
    short: str = ""  # beside a size: PDF, TXT; "" for the ending of the file's name
    magic: bytes = b""
    types: tuple[str, ...] = ()
    parts: str = ""
    suffixes: tuple[str, ...] = ()  # in small letters, without the dot


def _image(short: str, magic: bytes) -> Format:
    return Format(
        name="image",
        words="library.extractors.images:read",
        draw="library.extractors.images:draw",
        scan="library.extractors.images:scan",
        short=short,
        magic=magic,
    )


OWN: Mapping[str, Format] = {
    "application/pdf": Format(
        name="PDF",
        words="library.extractors.pdf_words:read",
        layout="library.extractors.pdf_layout:read",
        draw="library.extractors.pdf_image:draw",
        scan="library.extractors.scans:draw",
        short="PDF",
    ),
    "image/png": _image("PNG", rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": _image("JPEG", rb"\xff\xd8\xff"),
    "image/tiff": _image("TIFF", rb"II\*\x00|MM\x00\*"),
    "image/webp": _image("WebP", rb"RIFF[\x00-\xff]{4}WEBP"),
    "image/svg+xml": Format(name="drawing", words="library.extractors.svg:read", short="SVG"),
    "text/html": Format(name="HTML", words="library.extractors.html:read", short="HTML"),
    "text/markdown": Format(
        name="Markdown",
        words="library.extractors.markdown:read",
        short="Markdown",
        suffixes=("md", "markdown", "mkd", "mdown", "mdx"),
    ),
    "text/plain": Format(name="plain text", words="library.extractors.text:read", short="TXT"),
    "message/rfc822": Format(
        name="e-mail or saved page", words="library.extractors.mail:read", short="EML"
    ),
    "multipart/related": Format(
        name="e-mail or saved page", words="library.extractors.mail:read", short="MHT"
    ),
    DOCX: Format(name="Word", words="library.extractors.docx:read", parts=r"(?i)^word/[^/]*\.xml$"),
    ODT: Format(
        name="OpenDocument text",
        words="library.extractors.odt:read",
        types=(ODT, ODF + "text-template", ODF + "text-master", ODF + "text-web"),
    ),
    FLAT_ODT: Format(name="OpenDocument text", words="library.extractors.odt:read", short="FODT"),
    FLAT_ODP: Format(name="OpenDocument slides", words="library.extractors.odp:read", short="FODP"),
    PPTX: Format(
        name="PowerPoint", words="library.extractors.pptx:read", parts=r"(?i)^ppt/[^/]*\.xml$"
    ),
    ODP: Format(
        name="OpenDocument slides",
        words="library.extractors.odp:read",
        types=(ODP, ODF + "presentation-template"),
    ),
    EPUB: Format(
        name="EPUB",
        words="library.extractors.epub:read",
        types=(EPUB,),
        parts=r"^META-INF/container\.xml$",
    ),
    RTF: Format(name="RTF", words="library.extractors.rtf:read", magic=rb"\s{0,64}\{\\rtf"),
    DOC: Format(name="old Word", words="library.extractors.odt:read", through="odt"),
    PPT: Format(name="old PowerPoint", words="library.extractors.odp:read", through="odp"),
}


@dataclass(frozen=True, slots=True)
class Added:
    """What other packages add. faults: what to say of those that cannot be used."""

    formats: Mapping[str, Format]
    packages: Mapping[str, str]  # media type → the package that its row comes from
    folders: tuple[str, ...]  # where their code is: it is read late, by children that are confined
    faults: tuple[Message, ...]


def added() -> Added:
    """The rows of other packages. Never raises: one that is broken is told and left out."""
    formats: dict[str, Format] = {}
    folders: dict[str, None] = {}
    packages: dict[str, str] = {}
    faults: list[Message] = []
    for entry in entry_points(group=GROUP):
        try:
            formats[entry.name] = _row(entry)
        except Exception as error:  # somebody else's code may raise anything
            faults.append(_fault(entry.name, _package(entry), error))
        else:
            packages[entry.name] = _package(entry)
            folders |= dict.fromkeys(_folders(entry))
    return Added(formats, packages, tuple(folders), tuple(faults))


@cache
def broken() -> tuple[Message, ...]:
    """What cannot be used of other packages, the functions that their rows name among it.

    Those are imported here, which is otherwise done only in the children that read: for whoever
    asks whether all is well, once a process.
    """
    faults = list(ADDED.faults)
    for media_type, row in ADDED.formats.items():
        for function in filter(None, (row.words, row.layout, row.draw, row.scan)):
            module, _, name = function.partition(":")
            try:
                getattr(import_module(module), name)
            except Exception as error:  # somebody else's code may raise anything
                faults.append(_fault(media_type, ADDED.packages[media_type], error))
                break
    return tuple(faults)


def _fault(name: str, package: str, error: Exception) -> Message:
    detail = f"{type(error).__name__}: {error}"[:LONGEST]
    return Message("format of others", {"name": name, "package": package, "detail": detail})


def _row(entry: EntryPoint) -> Format:
    row = entry.load()
    if not isinstance(row, Format):
        raise TypeError(f"{entry.value} is no Format of library.core.formats")
    if entry.name in OWN:
        raise ValueError("the library reads it itself")
    re.compile(row.magic)
    re.compile(row.parts)
    return row


def _package(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else entry.module


def _folders(entry: EntryPoint) -> Iterator[str]:
    """Where a package is installed, and where it is when that leads elsewhere."""
    if entry.dist:
        yield str(Path(str(entry.dist.locate_file(""))).resolve())
    from importlib.util import find_spec

    spec = find_spec(entry.module.partition(".")[0])
    for place in (spec.submodule_search_locations or ()) if spec else ():
        yield str(Path(place).resolve())


ADDED = added()
FORMATS: Mapping[str, Format] = {**OWN, **ADDED.formats}
"""Media type → its row."""

UNKNOWN = Format(name="", words="")
"""The row of what was read once and is not any more, since its package was taken away."""

PICTURED = frozenset(media_type for media_type, row in FORMATS.items() if row.draw)
"""Media types whose pages can be shown as pictures."""
