"""Records of an OAI-PMH server, and documents of a list of addresses: asked for politely."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from html import unescape
from pathlib import Path, PurePosixPath
from urllib.parse import urlencode

from library.core.errors import InputError, TooLarge
from library.fetching import Fetched, Fetcher, leads_to
from library.moving_in import reading
from library.moving_in.reading import Archive
from library.moving_in.record import Attached, Builder, Record
from library.moving_in.web_addresses import way_of

ANSWER = 50_000_000  # bytes of one answer of a server
ALL = 2_000_000_000  # of all
ANSWERS = 5_000
PAGE = 5_000_000  # bytes of a page that may lead to a document
_TOKEN = re.compile(rb"<(?:\w+:)?resumptionToken[^<>]*>([^<]+)</")
_ERROR = re.compile(rb"<(?:\w+:)?error\s+code=[\"']([A-Za-z]+)[\"']")
_LINK = re.compile(r"<([^<>]+)>([^<,]*)")
ENDINGS = {
    "application/pdf": ".pdf", "text/html": ".html", "application/xhtml+xml": ".html",
    "application/msword": ".doc", "application/rtf": ".rtf", "application/epub+zip": ".epub",
    "text/plain": ".txt", "text/markdown": ".md",
}  # fmt: skip


def harvest(
    fetcher: Fetcher,
    address: str,
    folder: Path,
    *,
    part: str = "",
    since: str = "",
    until: str = "",
    told: Callable[[int], None] = lambda answers: None,
) -> Archive:
    """All records of a server, in Dublin Core. part: a set of its. Raises InputError.

    told: called with how many answers have come.
    """
    asked = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    asked |= {
        name: value for name, value in (("set", part), ("from", since), ("until", until)) if value
    }
    folder.mkdir()
    given: set[bytes] = set()
    room = ALL
    base, divider = address.partition("?")[0], "?"
    for number in range(1, ANSWERS + 1):
        file = folder / f"{number:06d}.xml"
        fetcher.fetch(base + divider + urlencode(asked), file, most=ANSWER, accept="text/xml")
        content = file.read_bytes()
        told(number)
        room -= len(content)
        if room < 0:
            raise TooLarge("fetch too large", address=address, megabytes=ALL // 1_000_000)
        if error := _ERROR.search(content):
            code = error[1].decode()
            if code == "noRecordsMatch":
                break
            raise InputError("harvest refused", address=address, detail=code)
        token = _TOKEN.search(content)
        if token is None or not token[1].strip():
            break
        if token[1] in given:
            raise InputError("fetch failed", address=address, detail="it leads in circles")
        given.add(token[1])
        asked = {
            "verb": "ListRecords",
            "resumptionToken": unescape(token[1].decode("utf-8", "replace").strip()),
        }
    return reading.read(folder, "oai")


def listed(addresses: Iterable[str]) -> Archive:
    """Records of a list of addresses: one for each."""
    records = []
    for number, address in enumerate(addresses, start=1):
        made = Builder(number)
        made.identify("url", address)
        made.add("address", address, "url")
        made.attach(address)
        records.append(made.record())
    return Archive("addresses", ".", tuple(records))


def addresses_in(text: str) -> Iterator[str]:
    """The addresses of a list: the first word of each line that is one; # begins a remark."""
    for line in text.splitlines():
        word = next(iter(line.split()), "")
        if word and not word.startswith("#"):
            yield word


def saved(fetcher: Fetcher, folder: Path) -> Callable[[str], Path]:
    """What saves the document that an address leads to, under a name that says what it is."""
    numbers: dict[str, Path] = {}

    def save(address: str) -> Path:
        if address not in numbers:
            part = folder / f"{len(numbers) + 1:06d}.part"
            came = fetcher.fetch(address, part)
            document = ""
            with suppress(InputError):  # a page that names no address where it should
                document = _document_of(came, part)
            if document and document != came.url and fetcher.allows(document):
                came = fetcher.fetch(document, part)
            numbers[address] = part.rename(part.with_name(f"{part.stem}-{_name(came)}"))
        return numbers[address]

    return save


def with_landing_pages(archive: Archive, fetcher: Fetcher) -> Archive:
    """The same, and for records without a file the page that they lead to, which may name one."""
    records: list[Record] = []
    for record in archive.records:
        address = next(iter(record.values.get("url", ())), "")
        if not record.files and address and fetcher.allows(address):
            record = replace(record, files=(Attached(address),))
        records.append(record)
    return replace(archive, records=tuple(records))


def _document_of(came: Fetched, file: Path) -> str:
    """The PDF that a page is the landing page of: as its head says, or its server beside it."""
    if "html" not in came.media_type:
        return ""
    for address, told in _LINK.findall(came.headers.get("link", "")):
        if re.search(r"rel=[\"']?item\b", told) and "application/pdf" in told:
            return leads_to(came.url, address)
    with file.open("rb") as stream:
        start = stream.read(PAGE).decode("utf-8", "replace")
    head = start.partition("</head>")[0]
    for tag in re.findall(r"<meta\s[^<>]{1,2000}>", head, re.IGNORECASE):
        if re.search(r"name\s*=\s*[\"']?citation_pdf_url\b", tag, re.IGNORECASE) and (
            named := re.search(r"content\s*=\s*[\"']([^\"'<>]+)[\"']", tag, re.IGNORECASE)
        ):
            return leads_to(came.url, unescape(named[1]))
    return ""


def _name(came: Fetched) -> str:
    name = PurePosixPath(way_of(came.url)).name
    name = "".join(c if c.isalnum() or c in "-_. " else "-" for c in name)[-80:].strip(". ")
    ending = ENDINGS.get(came.media_type, "")
    if not name:
        return "page" + (ending or ".html")
    return name if "." in name[-6:] else name + ending
