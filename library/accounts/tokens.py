"""What is kept of a secret that a browser has, and what is answered to a wrong one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TooMany:
    """Too many attempts: none is looked at for so many seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The name or the password is wrong, or the account disabled; which of them is not told."""


@dataclass(frozen=True, slots=True)
class Second:
    """The password is right, and a code of an app is asked for; ticket: what to send with it."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Expired:
    """The password was given too long ago, or has changed since: it is to be given anew."""


def digest_of(token: str) -> str:
    """What is kept of a token: enough to know it again, not to use it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
