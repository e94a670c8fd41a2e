"""The server of the site in one process, whether it is the only one or one of several."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Any

import uvicorn

from library.cli import connections, request_heads
from library.cli.connections import Bounds

BACKLOG = 2048  # connections that wait to be taken
AT_A_TIME = 1  # of them taken before anything else is done: others take readers too


def server_of(
    app: Callable[..., Any],
    stop_streams: Callable[[], Awaitable[None]],
    ending: Callable[[], None] | None = None,
    bounds: Bounds | None = None,
) -> uvicorn.Server:
    """A server of an application, whose streams stay open until it is told to stop them.

    ending: called when the server begins to stop. bounds: of its connections.
    """
    held = connections.with_room(bounds or Bounds())

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            self.should_exit = True  # a signal raised once more would be taken for a second

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            for one in sockets or ():
                one.listen(BACKLOG)  # asyncio shortened the queue to what it takes at a time
            connections.watch(self.server_state, asyncio.get_running_loop(), held)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            if ending:
                ending()  # both have the same time
            await stop_streams()  # it waits for what is open
            await super().shutdown(sockets)

    config = uvicorn.Config(
        app,
        log_config=None,  # it goes where ours goes
        log_level="warning",
        access_log=False,  # who read what is nobody's business
        server_header=False,
        http=connections.bounded(held),
        h11_max_incomplete_event_size=request_heads.MOST,
        backlog=AT_A_TIME,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=1,  # a browser that is gone may hold a line open for ever
    )
    return Server(config)
