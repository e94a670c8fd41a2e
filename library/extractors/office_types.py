"""Which office document a zip file or an old Office file is, told by the parts in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import BinaryIO, NamedTuple

from library.core.errors import Damaged, Encrypted, InputError, TooLarge, Unsupported
from library.core.formats import DOC, DOCX, FORMATS, ODF, PPT, PPTX
from library.core.messages import Message
from library.extractors.container import DIRECTORY, Container, names_of
from library.extractors.ole import streams

# A zip file may say what it is in its first entry, which is stored as it is.
MIMETYPE = re.compile(rb"\APK\x03\x04.{22}\x08\x00.{2}mimetype(application/[a-z.+-]{3,80})", re.S)
SHEET, OUTLOOK = Message("kind spreadsheet"), Message("kind outlook")


ELSEWHERE = (
    ("mimetype", re.compile(rb"\A\s*+(application/[a-z.+-]{3,80})")),
    (
        "META-INF/manifest.xml",
        re.compile(
            rb"<(?:\w{1,20}:)?file-entry(?=[^<>]{0,400}?full-path=[\"']/[\"'])"
            rb"[^<>]{0,400}?media-type=[\"'](application/[a-z.+-]{3,80})[\"']"
        ),
    ),
)
CONTENT_TYPES = "[Content_Types].xml"
MAIN_PART = re.compile(
    r"application/(?:vnd\.openxmlformats-officedocument\.|vnd\.ms-)"
    r"(word(?:processingml)?|presentationml|powerpoint|spreadsheetml|excel)\.[\w.]{3,60}\.?main\+xml",
    re.I,
)


class Kind(NamedTuple):
    """What a file is: a media type that is read, or what is said of it, or what is wrong with it.

    refusal: a message that lacks the name of the file.
    """

    media_type: str = ""
    refusal: Message | None = None
    problem: InputError | None = None


def not_yet(code: str, **values: str) -> Message:
    """The refusal of a kind that no reader knows yet, by the code of what it is."""
    return Message("kind not read yet", {"kind": Message(code, values)})


def packed(code: str, format: str) -> Message:
    """The refusal of what holds other files."""
    return Message("kind packed", {"kind": Message(code, {"format": format})})


PARTS: tuple[tuple[re.Pattern[str], Message], ...] = (
    (re.compile(r"^xl/", re.I), SHEET),
    (re.compile(r"^visio/", re.I), not_yet("a document of a program", program="Visio")),
    (
        re.compile(
            r"^Index/(?:Document|Presentation)\.iwa$|^index\.xml$"
            r"|^(?:[^/]{1,100}\.(?:pages|numbers|key)/)?Index\.zip$",
            re.I,
        ),
        not_yet("a document of a program", program="Pages, Numbers, Keynote"),
    ),
    (re.compile(r"^index\.apxl"), not_yet("a document of a program", program="Keynote")),
    (re.compile(r"^AndroidManifest\.xml$|^META-INF/MANIFEST\.MF$"), not_yet("a program")),
)
READ_PARTS = tuple((name, re.compile(row.parts)) for name, row in FORMATS.items() if row.parts)
STATED: Mapping[str, Message] = {
    ODF + "spreadsheet": SHEET,
    ODF + "spreadsheet-template": SHEET,
    ODF + "graphics": not_yet("a drawing"),
    ODF + "formula": not_yet("a formula"),
}
STREAMS: Mapping[str, Message] = {
    "workbook": SHEET,
    "book": SHEET,
    "visiodocument": not_yet("a document of a program", program="Visio"),
    "__properties_version1.0": OUTLOOK,
    "contents": not_yet("a document of a program", program="Publisher, Works"),
}
LOCKED = Encrypted("locked")


def of_zip(file: BinaryIO, head: bytes) -> Kind:
    """What a zip file is, by the names in its list; nothing is unpacked."""
    match = MIMETYPE.match(head)
    stated = match[1].decode("ascii") if match else ""
    try:
        names = names_of(file)
    except TooLarge as problem:
        return Kind(problem=problem)
    stated = stated or _stated_elsewhere(file, names)
    for media_type, row in FORMATS.items():
        if stated and stated in row.types:
            return Kind(media_type)
    if stated in STATED:
        return Kind(refusal=STATED[stated])
    for media_type, parts in READ_PARTS:
        if any(map(parts.search, names)):
            return Kind(media_type)
    if by_types := _by_content_types(file, names):
        return by_types
    for pattern, refusal in PARTS:
        if any(map(pattern.search, names)):
            return Kind(refusal=refusal)
    if not names and any(mark in head for mark in (b"word/", b"ppt/", b"[Content_Types].xml")):
        cut = Damaged("part missing")
        return Kind(problem=cut)
    return Kind(refusal=packed("an archive", "ZIP"))


def _stated_elsewhere(file: BinaryIO, names: Sequence[str]) -> str:
    """What a package says it is where that does not stand first, as it should.

    An entry named `mimetype`, or the manifest of an OpenDocument file.
    """
    for name, pattern in ELSEWHERE:
        if name not in names:
            continue
        try:
            match = pattern.search(Container(file).data(name)[:DIRECTORY])
        except InputError:
            continue
        finally:
            file.seek(0)
        if match:
            return match[1].decode("ascii", "replace")
    return ""


def _by_content_types(file: BinaryIO, names: Sequence[str]) -> Kind | None:
    """What an Office file says its main part is, wherever that stands in it."""
    if not any(name.lower() == CONTENT_TYPES.lower() for name in names):
        return None
    try:
        content = Container(file).data(CONTENT_TYPES)[:DIRECTORY]
    except InputError:
        return None
    finally:
        file.seek(0)
    match = MAIN_PART.search(content.decode("utf-8", "replace"))
    if match is None:
        return None
    word = match[1].lower()
    if "word" in word:
        return Kind(DOCX)
    return Kind(PPTX) if "p" in word[:1] else Kind(refusal=SHEET)


def of_ole(file: BinaryIO) -> Kind:
    """What an old Office file is, by the names of its streams."""
    names = streams(file)
    if "encryptedpackage" in names:
        return Kind(problem=LOCKED)
    if "worddocument" in names:
        # Flags of its File Information Block ([MS-DOC] 2.5.2): 0x0100 is set when it is encrypted.
        locked = names["worddocument"][11:12] and names["worddocument"][11] & 0x01
        return Kind(problem=LOCKED) if locked else Kind(DOC)
    if "powerpoint document" in names:
        return Kind(problem=LOCKED) if "encryptedsummary" in names else Kind(PPT)
    for name, refusal in STREAMS.items():
        if name in names:
            return Kind(refusal=refusal)
    return Kind(refusal=not_yet("an old office document"))


def refused(name: str, refusal: Message) -> Unsupported:
    """A refusal that says what the file is and what to do with it."""
    return Unsupported(refusal.code, **{**refusal.values, "file": name})
