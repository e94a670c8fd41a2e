"""Signing in and out, and who a request comes from."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from library.accounts import passwords
from library.accounts.accounts import key_of
from library.catalogue import Catalogue
from library.catalogue.accounts import throttle, users
from library.catalogue.accounts.users import Session

AGENT = 200  # characters kept of what a browser calls itself


@dataclass(frozen=True, slots=True)
class TooMany:
    """Too many attempts: none is looked at for so many seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The name or the password is wrong, or the account disabled; which of them is not told."""


def sign_in(
    catalogue: Catalogue, name: str, password: str, *, address: str, agent: str
) -> str | Refused | TooMany:
    """The token of a new session, for the browser to keep."""
    key = key_of(name)[:200]
    account = (throttle.ACCOUNT, key)
    came = (throttle.ADDRESS, network_of(address))
    with catalogue.write() as writer:
        wait = throttle.begin(writer.conn, (account, came))
    if wait:
        return TooMany(int(wait) + 1)
    with catalogue.read() as conn:
        found = users.named(conn, key)
    user, kept = found or (None, None)
    right = passwords.fits(kept, password)
    if not right or user is None or kept is None or user.disabled:
        return Refused()
    better = passwords.kept(password) if passwords.is_outdated(kept) else ""
    token = secrets.token_urlsafe(32)
    with catalogue.write() as writer:
        now = users.named(writer.conn, key)
        if now is None or now[0].disabled or now[1] != kept:
            return Refused()  # changed in this very moment
        if better:
            users.set_password(writer.conn, user.id, better)
        throttle.succeeded(writer.conn, account, came)
        users.begin_session(writer.conn, user.id, digest_of(token), agent[:AGENT])
    return token


def sign_out(catalogue: Catalogue, session: Session) -> None:
    with catalogue.write() as writer:
        users.end_sessions(writer.conn, session.user.id, only=session.id)


def session_of(catalogue: Catalogue, token: str) -> Session | None:
    """The session of a browser's token; that it was used is noted now and then."""
    if not 20 <= len(token) <= 100:
        return None
    with catalogue.read() as conn:
        session = users.session(conn, digest_of(token))
    if session and datetime.now(UTC) - session.seen > timedelta(seconds=users.NOTED):
        with catalogue.write() as writer:
            users.note_seen(writer.conn, session.id)
    return session


def digest_of(token: str) -> str:
    """What is kept of a token: enough to know it again, not to use it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def form_token(token: str) -> str:
    """What every form of a session carries: only who has the session's cookie can know it."""
    return hmac.new(token.encode("utf-8", "replace"), b"form", hashlib.sha256).hexdigest()


def network_of(address: str) -> str:
    """Whose attempts are counted together: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
