"""RTF as tokens: groups, control words and bytes (the format is Microsoft's RTF 1.9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?"  # control word
    rb"|\\'([0-9a-fA-F]{2})"  # a byte in hexadecimal
    rb"|\\([^a-zA-Z])"  # control symbol
    rb"|([{}])"
    rb"|[\r\n\x00]+"
    rb"|([^\\{}\r\n\x00]+)"
)


class Token(NamedTuple):
    """One of: a brace in `word`; a control word or symbol with its number; bytes of text."""

    word: str
    number: int | None = None
    data: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """All tokens; the raw bytes of `\\bin` are passed over, and what fits nothing too."""
    place = 0
    while match := TOKEN.search(data, place):
        place = match.end()
        word, count, hexadecimal, symbol, brace, text = match.groups()
        if word is not None:
            number = int(count) if count is not None else None
            if word == b"bin" and number and number > 0:
                place += number
                continue
            yield Token(word.decode("ascii"), number)
        elif hexadecimal is not None:
            yield Token("", data=bytes([int(hexadecimal, 16)]))
        elif symbol is not None and symbol in b"\\{}":
            yield Token("", data=symbol)
        elif symbol is not None and symbol in b"\r\n":  # as TextEdit ends its paragraphs
            place += data[place : place + 1] == b"\n" and symbol == b"\r"
            yield Token("par")
        elif symbol is not None:
            yield Token(symbol.decode("latin-1"))
        elif brace is not None:
            yield Token(brace.decode("ascii"))
        elif text is not None:
            yield Token("", data=text)
