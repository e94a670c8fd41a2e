"""E-mail messages (EML) and web pages saved as one file (MHT): MIME, RFC 5322 and 2557.

Of a message the subject, who wrote it when, and its text are read; of a saved page, the page. What
is attached follows as further pages; where it cannot be read it is named, with what to do.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.errors import MessageError
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from functools import partial
from typing import BinaryIO

from library.core import messages
from library.core.errors import Damaged
from library.core.resource import Block, Page, Said
from library.extractors import Limits
from library.extractors.cleanup import clean
from library.extractors.enclosed import Enclosure
from library.extractors.encodings import decode
from library.extractors.flow import delivered
from library.extractors.html import blocks_in as page_blocks
from library.extractors.html import fields_in
from library.extractors.text import blocks_in as text_blocks

READER = "mail"
PARTS = 1_000  # of one message that are looked at
SHOWN = ("inline", "")
RELATED = ("image", "audio", "video", "font")  # what a saved page brings along to be shown


def read(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """What a message or saved page says of itself, then its text. Raises Damaged, Empty."""
    message = _parsed(file.read())
    saved = is_saved_page(message)
    body, attached = _body(message)
    fields = {} if body is None or not _is_html(body) else fields_in(_bytes(body))
    blocks = _blocks(body)
    title = _header(message, "Subject")
    if saved:
        fields.setdefault("title", title)
        fields.setdefault("url", _address(message, body))
    else:
        fields |= {"title": title, "author": _names(message, "From"), "date": _date(message)}
        blocks = [*_letter_head(message, title), *blocks]
    files = [Enclosure(_name(part), partial(_file, part)) for part in attached]
    yield from delivered(
        fields, blocks, READER, limits, enclosed=files, opener=messages.Message("a mail program")
    )


def blocks_in(data: bytes) -> list[Block]:
    """The blocks of the text of a message or saved page. Raises Damaged."""
    return _blocks(_body(_parsed(data))[0])


def is_saved_page(message: Message) -> bool:
    """Whether a message is a web page that a browser saved: it says what address it had."""
    saved = "saved by" in _header(message, "From").lower()
    located = message.get_content_type() == "multipart/related" and not message["To"]
    return saved or bool(message["Snapshot-Content-Location"]) or located


def _parsed(data: bytes) -> Message:
    try:
        return email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise Damaged("damaged") from error


def _body(message: Message) -> tuple[Message | None, list[Message]]:
    """The part that is read, a web page rather than plain text, and what is attached to it."""
    plain: Message | None = None
    page: Message | None = None
    attached: list[Message] = []
    try:
        parts = [part for part, _ in zip(message.walk(), range(PARTS), strict=False)]
    except RecursionError:
        parts = [message]
    within: set[int] = set()
    for part in parts:
        if id(part) in within or part.is_multipart():
            if part.get_content_type() == "message/rfc822":
                attached.append(part)
                within |= set(map(id, part.walk()))
            continue
        kind = part.get_content_type()
        shown = (part.get_content_disposition() or "") in SHOWN and not part.get_filename()
        if shown and kind in ("text/html", "application/xhtml+xml"):
            page = page if page is not None else part
        elif shown and kind == "text/plain":
            plain = plain if plain is not None else part
        elif not (part.get_content_maintype() in RELATED and _is_within(part)):
            attached.append(part)
    return (page if page is not None else plain), attached


def _is_within(part: Message) -> bool:
    """Whether a part is shown by the page that it came with."""
    return bool(part["Content-ID"] or part["Content-Location"])


def _is_html(part: Message) -> bool:
    return "html" in part.get_content_type()


def _blocks(part: Message | None) -> list[Block]:
    if part is None:
        return []
    data = _bytes(part)
    if _is_html(part):
        return page_blocks(data, _charset(part))
    return text_blocks(decode(data, _charset(part)))


def _bytes(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (MessageError, ValueError, LookupError):
        return b""
    return content if isinstance(content, bytes) else b""


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "")
    except (ValueError, LookupError):
        return ""


def _header(message: Message, name: str) -> str:
    """A header as people read it: encoded words (RFC 2047) decoded."""
    try:
        raw = email.policy.default.header_factory(name, str(message.get(name, "")))
        return clean(" ".join(str(raw).split()))[:2_000]
    except (MessageError, ValueError, LookupError, IndexError, AttributeError, TypeError):
        return clean(" ".join(str(message.get(name, "")).split()))[:2_000]


def _names(message: Message, name: str) -> str:
    """Who is named, without addresses: these belong to nobody but those who wrote."""
    addresses = getaddresses([_header(message, name)])
    return "; ".join(name for name, _ in addresses[:20] if name)


def _date(message: Message) -> str:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _address(message: Message, body: Message | None) -> str:
    location = message.get("Snapshot-Content-Location") or (body or message).get("Content-Location")
    address = str(location or "").strip()
    return address if address.startswith(("http://", "https://")) else ""


def _letter_head(message: Message, title: str) -> list[Block]:
    heading = " · ".join(filter(None, (_names(message, "From"), _date(message))))
    return [
        *([Block("heading", title, level=1)] if title else []),
        *([Block("paragraph", heading)] if heading else []),
    ]


def _file(part: Message) -> bytes:
    """What is attached, as a file of its own."""
    inner = part.get_payload() if part.get_content_type() == "message/rfc822" else ()
    if isinstance(inner, list) and inner and isinstance(inner[0], Message):
        return inner[0].as_bytes()
    return _bytes(part)


def _name(part: Message) -> str:
    """What an attachment is called: a file by its name, a message by its subject."""
    inner = part.get_payload() if part.get_content_type() == "message/rfc822" else ()
    try:
        if isinstance(inner, list) and isinstance(inner[0], Message):
            return _header(inner[0], "Subject")[:120] or "a message"
        return clean(str(part.get_filename() or part.get_content_type()))[:120]
    except (ValueError, LookupError):
        return part.get_content_type()
