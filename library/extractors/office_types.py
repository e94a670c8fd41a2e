"""Which office document a zip file or an old Office file is, told by the parts in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import BinaryIO, NamedTuple

from library.core.errors import Damaged, Encrypted, InputError, TooLarge, Unsupported
from library.core.formats import DOC, DOCX, FORMATS, ODF, PPT, PPTX
from library.extractors.container import AGAIN, DIRECTORY, Container, names_of
from library.extractors.ole import streams

MESSAGE = "Open it in Outlook, save it as EML or as PDF, and add that, and what is attached."
UNPACK = "Unpack it, and add the folder that comes of it: library ingest FOLDER"
SHEET = "Save it as PDF and add that, or as CSV where numbers are to be kept."
# A zip file may say what it is in its first entry, which is stored as it is.
MIMETYPE = re.compile(rb"\APK\x03\x04.{22}\x08\x00.{2}mimetype(application/[a-z.+-]{3,80})", re.S)
PARTS = (
    (re.compile(r"^xl/", re.I), "an Excel workbook"),
    (re.compile(r"^visio/", re.I), "a Visio drawing"),
    (re.compile(r"^Index/(?:Document|Presentation)\.iwa$|^index\.xml$|^Index\.zip$"), "pages"),
    (re.compile(r"^index\.apxl"), "a Keynote document"),
    (re.compile(r"^AndroidManifest\.xml$|^META-INF/MANIFEST\.MF$"), "a program"),
)


CONTENT_TYPES = "[Content_Types].xml"
MAIN_PART = re.compile(
    r"application/(?:vnd\.openxmlformats-officedocument\.|vnd\.ms-)"
    r"(word(?:processingml)?|presentationml|powerpoint|spreadsheetml|excel)\.[\w.]{3,60}\.?main\+xml",
    re.I,
)


class Kind(NamedTuple):
    """What a file is: a media type that is read, or words for people, or what is wrong with it."""

    media_type: str = ""
    words: str = ""
    problem: InputError | None = None


KINDS = {
    ODF + "spreadsheet": Kind(words="a spreadsheet"),
    ODF + "spreadsheet-template": Kind(words="a spreadsheet"),
    ODF + "graphics": Kind(words="a drawing"),
    ODF + "formula": Kind(words="a formula"),
    "an Excel workbook": Kind(words="a spreadsheet"),
    "pages": Kind(words="a Pages, Numbers or Keynote document"),
}
LOCKED = Encrypted("is locked with a password.", "Save it without a password, and add that.")


def of_zip(file: BinaryIO, head: bytes) -> Kind:
    """What a zip file is, by the names in its list; nothing is unpacked."""
    found = MIMETYPE.match(head)
    stated = found[1].decode("ascii") if found else ""
    try:
        names = names_of(file)
    except TooLarge as problem:
        return Kind(problem=problem)
    for media_type, row in FORMATS.items():
        if stated and stated in row.types:
            return Kind(media_type)
    if stated in KINDS:
        return KINDS[stated]
    for media_type, row in FORMATS.items():
        if row.parts and any(map(re.compile(row.parts).search, names)):
            return Kind(media_type)
    if told := _by_content_types(file, names):
        return told
    for pattern, kind in PARTS:
        if any(map(pattern.search, names)):
            return KINDS.get(kind, Kind(words=kind))
    if not names and any(mark in head for mark in (b"word/", b"ppt/", b"[Content_Types].xml")):
        cut = Damaged("is damaged: a part of it is missing.", "Get it again from its source.")
        return Kind(problem=cut)
    return Kind(words="a zip archive")


def _by_content_types(file: BinaryIO, names: Sequence[str]) -> Kind | None:
    """What an Office file says its main part is, wherever that stands in it."""
    if not any(name.lower() == CONTENT_TYPES.lower() for name in names):
        return None
    try:
        told = Container(file).data(CONTENT_TYPES)[:DIRECTORY]
    except InputError:
        return None
    finally:
        file.seek(0)
    found = MAIN_PART.search(told.decode("utf-8", "replace"))
    if found is None:
        return None
    word = found[1].lower()
    if "word" in word:
        return Kind(DOCX)
    return Kind(PPTX) if "p" in word[:1] else KINDS["an Excel workbook"]


def of_ole(file: BinaryIO) -> Kind:
    """What an old Office file is, by the names of its streams."""
    found = streams(file)
    if "encryptedpackage" in found:
        return Kind(problem=LOCKED)
    if "worddocument" in found:
        # Flags of its File Information Block ([MS-DOC] 2.5.2): 0x0100 is set when it is encrypted.
        locked = found["worddocument"][11:12] and found["worddocument"][11] & 0x01
        return Kind(problem=LOCKED) if locked else Kind(DOC)
    if "powerpoint document" in found:
        return Kind(problem=LOCKED) if "encryptedsummary" in found else Kind(PPT)
    for name, words in (
        ("workbook", "a spreadsheet"),
        ("book", "a spreadsheet"),
        ("visiodocument", "a Visio drawing"),
        ("__properties_version1.0", "an Outlook message"),
        ("contents", "a Publisher or Works document"),
    ):
        if name in found:
            return Kind(words=words)
    return Kind(words="an old Office document")


def refused(name: str, words: str, remedy: str) -> Unsupported:
    """A refusal that says what the file is and what to do with it."""
    if words == "a spreadsheet":
        return Unsupported(f"{name} is a spreadsheet, which is not read.", SHEET)
    if words == "an Outlook message":
        return Unsupported(f"{name} is {words} (MSG), which is not read.", MESSAGE)
    if "archive" in words or "compressed" in words:
        return Unsupported(f"{name} is {words}, which is not opened.", UNPACK)
    return Unsupported(f"{name} is {words}, which cannot be read yet.", remedy)


def named(problem: InputError, name: str) -> InputError:
    """The problem of a file, with its name before it."""
    return type(problem)(f"{name} {problem.message}", problem.remedy or AGAIN)
