"""A second step of signing in: a code of an app (TOTP, RFC 6238), or a recovery code, used once.

Who has it on needs both. A code counts in its own half minute and the ones beside it, and never
twice. Guesses are counted by account, wherever they come from: only who knows the password comes
this far. The secret is kept as it is, since codes are worked out of it; who reads the catalogue can
work them out too, and still needs the password, of which only a checksum is kept.
"""

from __future__ import annotations

import hmac
import secrets
import time
from dataclasses import dataclass

import pyotp

from library.accounts.tokens import Refused, TooMany, digest_of
from library.catalogue import Catalogue, Writer
from library.catalogue.accounts import second_steps, throttle
from library.catalogue.accounts.users import User
from library.catalogue.changes import history
from library.core.resource import JSON

SPAN = 30  # seconds of a code, as every app has it
BESIDE = 1  # spans before and after in which it counts: clocks differ
CODES = 10  # recovery codes
PATIENCE = 300  # seconds between the password and the code
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
LENGTH = 12


@dataclass(frozen=True, slots=True)
class Offered:
    """What an app is told: the secret by hand, or the address as a code to be scanned."""

    secret: str
    address: str


def is_on(catalogue: Catalogue, user: User) -> bool:
    held = catalogue.ask(second_steps.of, user.id)
    return held is not None and bool(held.since)


def offer(catalogue: Catalogue, user: User, library: str) -> Offered:
    """A new secret for an account; the step is on once a code of it was given to `begin`."""
    secret = pyotp.random_base32()
    with catalogue.write() as writer:
        second_steps.offer(writer.conn, user.id, secret)
    return offered(secret, user, library)


def offered(secret: str, user: User, library: str) -> Offered:
    named = pyotp.TOTP(secret).provisioning_uri(name=user.name, issuer_name=library)
    return Offered(" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)), named)


def pending(catalogue: Catalogue, user: User, library: str) -> Offered | None:
    """What was offered and is not on yet."""
    held = catalogue.ask(second_steps.of, user.id)
    return offered(held.secret, user, library) if held and not held.since else None


def begin(catalogue: Catalogue, user: User, code: str) -> tuple[str, ...] | Refused | TooMany:
    """Turn the step on with a first code; the recovery codes, which are shown this once."""
    with catalogue.write() as writer:
        if wait := throttle.begin(writer.conn, [(throttle.CODE, str(user.id))]):
            return TooMany(int(wait) + 1)
    held = catalogue.ask(second_steps.of, user.id)
    if held is None or held.since or (span := span_of(held.secret, code)) is None:
        return Refused()
    codes = tuple(_new_code() for _ in range(CODES))
    with catalogue.write() as writer:
        second_steps.begin(writer.conn, user.id, span, tuple(map(_kept, codes)))
        throttle.forget(writer.conn, (throttle.CODE, str(user.id)))
        _tell(writer, "second step on", user, user.name)
    return codes


def passed(catalogue: Catalogue, user: User, code: str) -> Refused | TooMany | None:
    """Whether a code is right; then it is used up."""
    with catalogue.write() as writer:
        if wait := throttle.begin(writer.conn, [(throttle.CODE, str(user.id))]):
            return TooMany(int(wait) + 1)
    with catalogue.write() as writer:
        held = second_steps.of(writer.conn, user.id)
        if held is None or not held.since:
            return Refused()
        span = span_of(held.secret, code)
        if span is not None:
            if not second_steps.take(writer.conn, user.id, span):
                return Refused()  # it was used already
        else:
            mine = _kept(code)
            left = tuple(kept for kept in held.codes if not hmac.compare_digest(kept, mine))
            if len(left) == len(held.codes):
                return Refused()
            second_steps.keep_codes(writer.conn, user.id, left)
            _tell(writer, "recovery code used", user, user.name, {"left": len(left)})
        throttle.forget(writer.conn, (throttle.CODE, str(user.id)))
    return None


def end(catalogue: Catalogue, user: User, *, by: str = history.COMMAND_LINE) -> None:
    """Turn the step off."""
    with catalogue.write() as writer:
        held = second_steps.of(writer.conn, user.id)
        second_steps.remove(writer.conn, user.id)
        if held is not None and held.since:
            _tell(writer, "second step off", user, by)


def ticket(user: User, password: str, now: float | None = None) -> str:
    """Says, for some minutes, that an account's password was given. password: as it is kept; a new
    one makes the ticket worthless."""
    until = int((now or time.time()) + PATIENCE)
    return f"{user.id}.{until}.{_signed(user.id, until, password)}"


def ticket_holds(written: str, user: User, password: str, now: float | None = None) -> bool:
    number, _, rest = written.partition(".")
    until, _, signed = rest.partition(".")
    if number != str(user.id) or not until.isdecimal() or len(until) > 12:
        return False
    right = hmac.compare_digest(
        signed.encode("utf-8", "replace"), _signed(user.id, int(until), password).encode()
    )
    return right and (now or time.time()) <= int(until)


def holder(written: str) -> int:
    """Whose ticket it says it is; 0 for nobody's."""
    number = written.partition(".")[0]
    return int(number) if number.isdecimal() and len(number) < 12 else 0


def span_of(secret: str, code: str, now: float | None = None) -> int | None:
    """The span of time in which a code is right, if there is one."""
    plain = "".join(code.split())
    if not (len(plain) == 6 and plain.isascii() and plain.isdecimal()):
        return None
    app, here = pyotp.TOTP(secret), int((now or time.time()) // SPAN)
    for span in range(here - BESIDE, here + BESIDE + 1):
        if hmac.compare_digest(app.at(span * SPAN), plain):
            return span
    return None


def _signed(user: int, until: int, password: str) -> str:
    return hmac.new(password.encode(), f"{user} {until}".encode(), "sha256").hexdigest()


def _new_code() -> str:
    drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(drawn[at : at + 4] for at in range(0, LENGTH, 4))


def _kept(code: str) -> str:
    """As a recovery code is kept: it is drawn by chance, so a checksum does."""
    return digest_of("".join(char for char in code[:64].lower() if char.isalnum()))


def _tell(writer: Writer, action: str, user: User, by: str, after: JSON | None = None) -> None:
    subject = f"account {user.name}"
    history.note(writer.conn, by=by, action=action, subject=subject, after=after)
