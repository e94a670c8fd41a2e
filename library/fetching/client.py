"""One request, to an IP address that was looked at and to no other, within bounds."""

from __future__ import annotations

import http.client
import socket
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from library.core.errors import InputError, StorageFull, TooLarge
from library.fetching.addresses import Target
from library.fetching.deadline import Deadline
from library.store.originals import FULL

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
    """Ask once; what is answered with 200 is written. Raises TooLarge, StorageFull,
    InputError; where it took longer than `seconds`, whatever came meanwhile."""
    plain: socket.socket | None = None
    answer: http.client.HTTPResponse | None = None
    try:
        with Deadline(seconds) as deadline:
            plain = socket.create_connection((address, one.port), min(seconds, 20.0))
            deadline.of(plain)
            if one.scheme == "https":
                plain = ssl.create_default_context().wrap_socket(plain, server_hostname=one.host)
                deadline.of(plain)
            line = http.client.HTTPConnection(one.host, one.port)
            line.sock = plain
            headers = {"User-Agent": agent, "Accept": accept, "Connection": "close"}
            headers["Accept-Encoding"] = "gzip"
            line.request("GET", one.path, headers=headers)
            answer = line.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            size = _body(answer, to, told, most, one.url) if answer.status == 200 else 0
            return Answer(answer.status, told, size)
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        if isinstance(error, OSError) and error.errno in FULL:
            raise StorageFull("originals full", folder=str(Path(to.name).parent)) from error
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
    url: str,
) -> int:
    packed = told.get("content-encoding", "").lower() == "gzip"
    unpacking = zlib.decompressobj(31) if packed else None
    size = came = 0
    while True:
        piece = answer.read1(PIECE)
        if not piece:
            if answer.length or (came and unpacking and not unpacking.eof):
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
