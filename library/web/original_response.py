"""An original as it is sent: whole or in the ranges that are asked for (RFC 9110, 14), in pieces.

Starlette's response for files knows all of that, and reads a file of this machine. What is kept in
a store is read from there instead, from where a range begins.
"""

from __future__ import annotations

import os
import stat
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import BinaryIO

import anyio
from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send

from library.store.holdings import Holdings
from library.store.ranges import Ranged


class OriginalResponse(FileResponse):
    """The bytes of an original, never all of them in memory."""

    chunk_size = 256 * 1024

    def __init__(
        self,
        holdings: Holdings,
        sha256: str,
        size: int,
        headers: Mapping[str, str],
        media_type: str,
    ) -> None:
        """headers: with the ETag, which its bytes never change under."""
        facts = os.stat_result((stat.S_IFREG | 0o440, 0, 0, 1, 0, 0, size, 0, 0, 0))
        super().__init__(sha256, headers=headers, media_type=media_type, stat_result=facts)
        del self.headers["last-modified"]  # the ETag says more
        self._holdings = holdings
        self._sha256 = sha256

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # No server can send it by its path: it may be on no disk of this machine.
        able = {
            name: value
            for name, value in scope.get("extensions", {}).items()
            if name != "http.response.pathsend"
        }
        await super().__call__({**scope, "extensions": able}, receive, send)

    @asynccontextmanager
    async def _open_file(self) -> AsyncIterator[anyio.AsyncFile[bytes]]:
        def opened(first: int) -> BinaryIO:
            return self._holdings.open(self._sha256, first)

        file = anyio.wrap_file(Ranged(opened))
        try:
            yield file
        finally:
            with anyio.CancelScope(shield=True):
                await file.aclose()

    def _should_use_range(self, http_if_range: str) -> bool:
        return http_if_range == self.headers["etag"]
