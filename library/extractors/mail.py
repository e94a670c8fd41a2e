"""E-mail messages (EML) and web pages saved as one file (MHT): MIME, RFC 5322 and 2557.

Of a message the subject, who wrote it when, and its text are read; of a saved page, the page. What
is attached follows as further pages; where it cannot be read it is named, with what to do.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from email.errors import MessageError
from email.header import Header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from functools import partial
from typing import BinaryIO

from library.core import messages
from library.core.errors import Damaged, Unsupported
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
DEPTH = 40  # of parts within parts
# The line that begins each message of a mailbox (RFC 4155).
ENVELOPE = re.compile(
    rb"(?:\A|\n\r?\n)From [^\s]{1,320} [^\r\n]{0,40}\d\d:\d\d(?::\d\d)? [^\r\n]{0,12}\d{4}"
)
PGP = b"-----BEGIN PGP MESSAGE-----"
SIGNATURES = frozenset(
    f"application/{name}" for name in ("pkcs7-signature", "x-pkcs7-signature", "pgp-signature")
)
SHOWN = ("inline", "")
RELATED = ("image", "audio", "video", "font")  # what a saved page brings along to be shown


def read(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """What a message or saved page says of itself, then its text.

    Raises Damaged, Empty, and Unsupported where it is a mailbox of several messages.
    """
    data = file.read()
    if len(ENVELOPE.findall(data)) > 1:
        raise Unsupported("kind mailbox")
    message = _parsed(data)
    saved = is_saved_page(message)
    bodies, attached = _bodies(message)
    body = bodies[0] if bodies else None
    fields = {} if body is None or not _is_html(body) else fields_in(_bytes(body))
    blocks = [block for part in bodies for block in _blocks(part)]
    title = _header(message, "Subject")
    if saved:
        fields.setdefault("title", title)
        fields.setdefault("url", _address(message, body))
    else:
        fields |= {"title": title, "author": _names(message, "From"), "date": _date(message)}
        blocks = [*_letter_head(message, title), *blocks]
    files = [Enclosure(_name(part), partial(_file, part)) for part in attached]
    yield from delivered(
        fields,
        blocks,
        READER,
        limits,
        [messages.Message("unread locked letter")] if _is_locked(message) else (),
        enclosed=[] if _is_locked(message) else files,
        opener=messages.Message("a mail program"),
    )


def blocks_in(data: bytes) -> list[Block]:
    """The blocks of the text of a message or saved page. Raises Damaged."""
    return [block for part in _bodies(_parsed(data))[0] for block in _blocks(part)]


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


def _bodies(message: Message) -> tuple[list[Message], list[Message]]:
    """The parts that are read, in their order, and what is attached to them.

    Of alternatives the best is read: a web page rather than plain text. Else all texts that a mail
    program shows one below the other are read.
    """
    shown: list[Message] = []
    attached: list[Message] = []
    left = PARTS

    def take(part: Message, depth: int) -> None:
        nonlocal left
        left -= 1
        if left < 0 or depth > DEPTH:
            return
        kind = part.get_content_type()
        if kind == "message/rfc822":
            attached.append(part)
        elif part.is_multipart():
            inner = [one for one in part.get_payload() if isinstance(one, Message)]
            chosen = CHOOSE[kind](inner) if kind in CHOOSE else inner
            for one in inner:
                written = one.is_multipart() or _is_text(one)
                same = kind == ALTERNATIVE and bool(chosen) and _is_other(one)
                if one in chosen or not (written or same):
                    take(one, depth + 1)
        elif _is_text(part) and _is_shown(part):
            shown.append(part)
        elif kind in SIGNATURES:
            return  # says who wrote it, and nothing else
        elif not (part.get_content_maintype() in RELATED and _is_within(part)):
            attached.append(part)

    take(message, 0)
    return shown, attached


def _best(parts: Sequence[Message]) -> Sequence[Message]:
    """Of alternatives the one to read: the last that holds a web page, else the last text."""
    texts = [part for part in parts if part.is_multipart() or _is_text(part)]
    return ([part for part in texts if _holds_page(part)] or texts)[-1:]


def _root(parts: Sequence[Message]) -> Sequence[Message]:
    """Of a page and what belongs to it the page, and its frames where it is only their frame."""
    texts = [part for part in parts if part.is_multipart() or _is_text(part)]
    only_frames = texts and _is_html(texts[0]) and not _blocks(texts[0])
    return texts if only_frames else texts[:1]


ALTERNATIVE = "multipart/alternative"
SIGNED = "-- "  # the line before a signature (RFC 3676, 4.3)
CHOOSE: Mapping[str, Callable[[Sequence[Message]], Sequence[Message]]] = {
    ALTERNATIVE: _best,
    "multipart/related": _root,
}


def _holds_page(part: Message, depth: int = 0) -> bool:
    if not part.is_multipart() or depth > DEPTH:
        return _is_html(part)
    inner = [one for one in part.get_payload() if isinstance(one, Message)]
    return any(_holds_page(one, depth + 1) for one in inner[:PARTS])


def _is_locked(message: Message) -> bool:
    """Whether a message is encrypted: by PGP, in a part or in its text, or by S/MIME."""
    kind = message.get_content_type()
    smime = kind in ("application/pkcs7-mime", "application/x-pkcs7-mime")
    if smime and "signed" in str(message.get_param("smime-type", "")).lower():
        return False
    inline = kind == "text/plain" and _bytes(message).lstrip().startswith(PGP)
    return kind == "multipart/encrypted" or smime or inline


def _is_text(part: Message) -> bool:
    return _is_html(part) or part.get_content_type() == "text/plain"


def _is_other(part: Message) -> bool:
    """Whether it says for another program what the text says: an appointment, a markup. What has
    the name of a file is one.
    """
    if part.get_content_maintype() != "text" or part.get_content_disposition() is not None:
        return False
    return part.get_content_type() == "text/calendar" or not part.get_filename()


def _is_shown(part: Message) -> bool:
    return (part.get_content_disposition() or "") in SHOWN and not part.get_filename()


def _is_within(part: Message) -> bool:
    """Whether a part is shown by the page that it came with."""
    return bool(part["Content-ID"] or part["Content-Location"])


def _is_html(part: Message) -> bool:
    return "html" in part.get_content_type()


def _blocks(part: Message) -> list[Block]:
    data = _bytes(part)
    if _is_html(part):
        return page_blocks(data, _charset(part))
    text = decode(data, _charset(part))
    if str(part.get_param("format") or "").lower() == "flowed":
        text = _unflowed(text, together=str(part.get_param("delsp") or "").lower() == "yes")
    return text_blocks(text)


def _unflowed(text: str, *, together: bool) -> str:
    """Lines that a mail program broke put together again (RFC 3676, 4); an empty line parts them,
    whatever the one before ends in. together: without the space at which they were broken, as in
    scripts that have none.
    """
    kept: list[list[str]] = []  # of each line what was broken
    goes_on = False
    for line in text.splitlines():
        quoted = line.startswith(">")
        whole = line if quoted else line.removeprefix(" ")
        joined = goes_on and not quoted and whole not in ("", SIGNED)
        goes_on = whole.endswith(" ") and whole != SIGNED and not quoted
        whole = whole[:-1] if goes_on and together else whole
        if joined:
            kept[-1].append(whole)
        else:
            kept.append([whole])
    return "\n".join(map("".join, kept))


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
        raw = email.policy.default.header_factory(name, _undeclared(message.get(name, "")))
        return clean(" ".join(str(raw).split()))[:2_000]
    except (MessageError, ValueError, LookupError, IndexError, AttributeError, TypeError):
        return clean(" ".join(str(message.get(name, "")).split()))[:2_000]


def _undeclared(header: object) -> str:
    """A header, with bytes in it that its letter does not say the encoding of."""
    if isinstance(header, Header):
        chunks = header._chunks  # type: ignore[attr-defined]  # nobody else keeps what came
        text = "".join(str(chunk) for chunk, _ in chunks)
    else:
        text = str(header)
    if not any("\udc80" <= sign <= "\udcff" for sign in text):
        return str(header)
    return decode(text.encode("utf-8", "surrogateescape"))


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
