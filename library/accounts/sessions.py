"""Signing in and out, and who a request comes from."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from datetime import UTC, datetime, timedelta

from library.accounts import passwords, second_step
from library.accounts.accounts import key_of
from library.accounts.tokens import Expired, Refused, Second, TooMany, digest_of
from library.catalogue import Catalogue
from library.catalogue.accounts import second_steps, throttle, users
from library.catalogue.accounts.users import Session

AGENT = 200  # characters kept of what a browser calls itself


def sign_in(
    catalogue: Catalogue, name: str, password: str, *, address: str, agent: str, browser: str = ""
) -> str | Refused | TooMany | Second:
    """The token of a new session, for the browser to keep; or that a second step is to be made.

    browser: what `remember` gave it when this account was last signed in from it, if it was.
    """
    key = key_of(name)[:200]
    with catalogue.read() as conn:
        known = bool(browser) and users.is_known(conn, key, digest_of(browser))
    network = network_of(address)
    if known:
        own, shared = [(throttle.BROWSER, digest_of(browser))], []
    else:
        own = [(throttle.PAIR, f"{key} {network}")]
        shared = [(throttle.ACCOUNT, key), (throttle.ADDRESS, network)]
    with catalogue.write() as writer:
        wait = throttle.begin(writer.conn, (*own, *shared))
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
        throttle.succeeded(writer.conn, own, shared)
        step = second_steps.of(writer.conn, user.id)
        if step is not None and step.since:
            return Second(second_step.ticket(user, better or kept))
        users.begin_session(writer.conn, user.id, digest_of(token), agent[:AGENT])
    return token


def sign_in_second(
    catalogue: Catalogue, ticket: str, code: str, *, agent: str
) -> str | Refused | TooMany | Expired:
    """The token of a new session, for whom `sign_in` gave a ticket, and a code of their app."""
    with catalogue.read() as conn:
        user = users.user(conn, second_step.holder(ticket))
        found = users.named(conn, key_of(user.name)) if user else None
    if found is None or not second_step.ticket_holds(ticket, *found) or found[0].disabled:
        return Expired()
    if (refused := second_step.passed(catalogue, found[0], code)) is not None:
        return refused
    token = secrets.token_urlsafe(32)
    with catalogue.write() as writer:
        now = users.named(writer.conn, key_of(found[0].name))
        if now is None or now[0].disabled or now[1] != found[1]:
            return Expired()  # changed in this very moment
        users.begin_session(writer.conn, found[0].id, digest_of(token), agent[:AGENT])
    return token


def remember(catalogue: Catalogue, token: str, browser: str = "") -> str:
    """Know a browser that has signed in again when it comes back; the word it is known by.

    token: of its session. browser: the word it had, which it keeps if it is this account's.
    """
    session = session_of(catalogue, token)
    assert session is not None
    made = secrets.token_urlsafe(32)
    with catalogue.write() as writer:
        key = key_of(session.user.name)
        if browser and users.is_known(writer.conn, key, digest_of(browser)):
            return browser
        users.know(writer.conn, session.user.id, digest_of(made))
    return made


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
