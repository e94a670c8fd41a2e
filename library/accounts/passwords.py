"""Passwords: which will do, and how they are kept (argon2id, RFC 9106)."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from library.core.errors import NotUsable

SHORTEST = 12  # characters
LONGEST = 1000  # characters; more would be somebody's attempt to keep the library busy
VARIED = 5  # different characters, at least

ROWS = tuple(
    row[::way] for row in ("0123456789" * 100, "abcdefghijklmnopqrstuvwxyz" * 40) for way in (1, -1)
)
KEPT_FROM_EASY = 5  # characters that must be left without words that anybody would try here

Weakness = Literal["", "short", "long", "name", "plain", "tried"]

WORDS_OF_HERE = (
    *(
        "administrator",
        "admin",
        "staff",
        "password",
        "passwort",
        "passphrase",
        "contrasena",
        "senha",
    ),
    *("motdepasse", "letmein", "welcome", "changeme", "qwerty", "qwertz", "azerty", "secret"),
    *("libraries", "library", "biblioteca", "bibliotheque", "educacion", "educacao", "education"),
    *("educators", "educator", "resources", "resource", "workers", "worker", "trabajadores"),
    *("trabalhadores", "travailleurs", "unions", "union", "sindicato", "syndicat", "solidarity"),
    *("solidaridad", "solidarite", "solidariedade", "organizer", "organiser", "strike", "huelga"),
)
"""What a password of a library is guessed from first, beside numbers and signs."""

# RFC 9106's choice where memory is short: 64 MiB and three passes.
_HASHER = PasswordHasher()
_AT_ONCE = threading.BoundedSemaphore(2)  # each takes 64 MiB while it runs
PATIENCE = 3.0  # seconds to wait for a turn: the threads that wait are those that answer readers


def weakness(password: str, name: str) -> Weakness:
    """Why a password will not do for the account of this name; "" when it will."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        return "short"
    if len(plain) > LONGEST:
        return "long"
    if len(name) > 3 and name.casefold() in plain.casefold():
        return "name"
    if len(set(plain)) < VARIED:
        return "plain"
    return "tried" if _is_tried_first(plain) else ""


def _is_tried_first(plain: str) -> bool:
    """Whether a password is one of the most used, or made of words of here, numbers and signs."""
    folded = "".join(
        c for c in unicodedata.normalize("NFKD", plain.casefold()) if not unicodedata.combining(c)
    )
    if folded in _most_used() or any(folded in row for row in ROWS):
        return True
    left = folded
    for word in WORDS_OF_HERE:
        left = left.replace(word, " ")
    return left != folded and sum(c.isalpha() for c in left) < KEPT_FROM_EASY


@cache
def _most_used() -> frozenset[str]:
    """Those of the 30,000 most used passwords that would do otherwise (zxcvbn's list, MIT)."""
    return frozenset(Path(__file__).with_name("tried_first.txt").read_text("utf-8").split())


def kept(password: str) -> str:
    """The password as it is kept. Raises NotUsable when too many ask at once."""
    with _turn():
        return _HASHER.hash(_plain(password))


def fits(held: str | None, password: str) -> bool:
    """Whether a password is the one that is kept. Where none is kept it takes as long to say no.

    Raises NotUsable when too many ask at once.
    """
    with _turn():
        try:
            _HASHER.verify(held if held is not None else _nobodys(), _plain(password)[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
    return held is not None


def is_outdated(held: str) -> bool:
    """Whether it is kept in a way that this code would not keep it in any more."""
    return _HASHER.check_needs_rehash(held)


@contextmanager
def _turn() -> Iterator[None]:
    if not _AT_ONCE.acquire(timeout=PATIENCE):
        raise NotUsable("too many sign in")
    try:
        yield
    finally:
        _AT_ONCE.release()


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody has this password")


def _plain(password: str) -> str:
    # One password, however the keyboard put its accents together (NIST SP 800-63B, 5.1.1.2).
    return unicodedata.normalize("NFKC", password)
