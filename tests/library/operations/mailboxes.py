"""A mail server on this computer that keeps what it is given (aiosmtpd)."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller


@dataclass
class Mailboxes:
    """answer: what the server says of a recipient, "" where it takes what comes."""

    letters: list[EmailMessage] = field(default_factory=list)
    answer: str = ""
    address: str = ""

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd calls it
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.answer:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        read = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert envelope.rcpt_tos == [read["To"]]
        self.letters.append(cast(EmailMessage, read))
        return "250 OK"


@contextmanager
def mailboxes() -> Iterator[Mailboxes]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    kept = Mailboxes(address=f"smtp://127.0.0.1:{port}")
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield kept
    finally:
        server.stop()
