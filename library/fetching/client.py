"""One request, to an IP address that was looked at and to no other, within bounds."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from library.core.errors import InputError, TooLarge
from library.fetching.addresses import Target

PIECE = 2**16
RATIO = 100  # of unpacked to packed bytes


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]  # by small names
    bytes: int


def ask(
    one: Target,
    address: str,
    to: BinaryIO,
    *,
    most: int,
    seconds: float,
    agent: str,
    accept: str = "*/*",
) -> Answer:
    """Ask once; what is answered with 200 is written. Raises TooLarge, InputError."""
    end = time.monotonic() + seconds
    plain: socket.socket | None = None
    answer: http.client.HTTPResponse | None = None
    try:
        plain = socket.create_connection((address, one.port), min(seconds, 20.0))
        if one.scheme == "https":
            plain = ssl.create_default_context().wrap_socket(plain, server_hostname=one.host)
        line = http.client.HTTPConnection(one.host, one.port)
        line.sock = plain
        headers = {"User-Agent": agent, "Accept": accept, "Connection": "close"}
        headers["Accept-Encoding"] = "gzip"
        line.request("GET", one.path, headers=headers)
        answer = line.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        size = _body(answer, to, told, most, end, plain, one.url) if answer.status == 200 else 0
        return Answer(answer.status, told, size)
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        detail = str(error)[:200] or type(error).__name__
        raise InputError("fetch failed", address=one.url, detail=detail) from error
    finally:
        if answer is not None:
            answer.close()
        if plain is not None:
            plain.close()


def _body(
    answer: http.client.HTTPResponse,
    to: BinaryIO,
    told: Mapping[str, str],
    most: int,
    end: float,
    line: socket.socket,
    url: str,
) -> int:
    packed = told.get("content-encoding", "").lower() == "gzip"
    unpacking = zlib.decompressobj(31) if packed else None
    size = came = 0
    while True:
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError("it took too long")
        line.settimeout(min(left, 30.0))
        piece = answer.read1(PIECE)
        if not piece:
            if answer.length:
                raise http.client.IncompleteRead(b"")
            return size
        came += len(piece)
        while piece:
            said = unpacking.decompress(piece, PIECE * 4) if unpacking else piece
            piece = unpacking.unconsumed_tail if unpacking else b""
            size += len(said)
            if size > most or (size > 2**20 and size > RATIO * came):
                raise TooLarge("fetch too large", address=url, megabytes=most // 2**20)
            to.write(said)
