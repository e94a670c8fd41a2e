"""What is done to accounts. A forgotten password is replaced by an admin, or by a command."""

from __future__ import annotations

import re
import secrets
import unicodedata

from library.accounts import passwords
from library.accounts.tokens import Refused, TooMany, digest_of
from library.catalogue import Catalogue, Writer
from library.catalogue.accounts import throttle, users
from library.catalogue.accounts.users import Session, User
from library.catalogue.changes import history
from library.core.errors import UsageError
from library.core.resource import JSON, Role

_NAME = re.compile(r"[\w.@+-]{1,64}")


def key_of(name: str) -> str:
    """The name as it is compared: `Ana`, `ana` and `ＡＮＡ` are one person."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()


def add(
    catalogue: Catalogue, name: str, role: Role, password: str, *, by: str = history.COMMAND_LINE
) -> User:
    """Make an account. Raises UsageError for a name or password that will not do."""
    name = unicodedata.normalize("NFC", name.strip())
    if not _NAME.fullmatch(name):
        raise UsageError("account name", name=name)
    kept = _kept(password, name)
    with catalogue.write() as writer:
        if users.named(writer.conn, key_of(name)):
            raise UsageError("account taken", name=name)
        made = users.add(writer.conn, name, key_of(name), role, kept)
        _tell(writer, "account added", made, by, {}, {"role": role})
    return made


def find(catalogue: Catalogue, name: str) -> User:
    """The account of this name. Raises UsageError."""
    with catalogue.read() as conn:
        user = users.named(conn, key_of(name))
    if user is None:
        raise UsageError("account unknown", name=name)
    return user[0]


def reset_password(
    catalogue: Catalogue, name: str, password: str, *, by: str = history.COMMAND_LINE
) -> User:
    """Give an account a new password: it is signed out everywhere, and may try anew at once."""
    user = find(catalogue, name)
    kept = _kept(password, user.name)
    with catalogue.write() as writer:
        users.set_password(writer.conn, user.id, kept)
        users.end_sessions(writer.conn, user.id)
        users.forget_browsers(writer.conn, user.id)
        throttle.forget(writer.conn, (throttle.ACCOUNT, key_of(user.name)))
        _tell(writer, "password reset", user, by)
    return user


def proven(catalogue: Catalogue, user: User, password: str) -> Refused | TooMany | None:
    """Whether somebody who is signed in still knows their password; guesses are counted."""
    mine = (throttle.OWN, str(user.id))
    with catalogue.write() as writer:
        wait = throttle.begin(writer.conn, [mine])
    if wait:
        return TooMany(int(wait) + 1)
    with catalogue.read() as conn:
        account = users.named(conn, key_of(user.name))
    if not passwords.fits(account[1] if account else None, password):
        return Refused()
    with catalogue.write() as writer:
        throttle.forget(writer.conn, mine)
    return None


def change_password(
    catalogue: Catalogue, session: Session, old: str, new: str
) -> str | Refused | TooMany:
    """Let somebody change their own; the new token of their session, whose old one is worth nothing
    any more. All their other sessions end, and no browser is known.

    Raises UsageError for a new one that will not do.
    """
    user = session.user
    if (refused := proven(catalogue, user, old)) is not None:
        return refused
    kept = _kept(new, user.name)
    token = secrets.token_urlsafe(32)
    with catalogue.write() as writer:
        users.set_password(writer.conn, user.id, kept)
        users.end_sessions(writer.conn, user.id, besides=session.id)
        users.renew_session(writer.conn, session.id, digest_of(token))
        users.forget_browsers(writer.conn, user.id)
        _tell(writer, "password changed", user, user.name)
    return token


def end_other_sessions(catalogue: Catalogue, session: Session, only: int | None = None) -> None:
    """End one of a person's other sessions, or all of them."""
    with catalogue.write() as writer:
        users.end_sessions(writer.conn, session.user.id, only=only, besides=session.id)


def set_disabled(
    catalogue: Catalogue, user: User, disabled: bool, *, by: str = history.COMMAND_LINE
) -> None:
    """Disable an account, or let it in again. Raises UsageError for the last admin."""
    with catalogue.write() as writer:
        if disabled:
            _not_the_last_admin([*users.every(writer.conn)], user)
        users.set_disabled(writer.conn, user.id, disabled)
        if disabled is not user.disabled:
            was, now = {"disabled": user.disabled}, {"disabled": disabled}
            _tell(writer, "account disabled" if disabled else "account enabled", user, by, was, now)


def set_role(
    catalogue: Catalogue, user: User, role: Role, *, by: str = history.COMMAND_LINE
) -> None:
    """Raises UsageError for the last admin."""
    with catalogue.write() as writer:
        if role is not Role.ADMIN:
            _not_the_last_admin([*users.every(writer.conn)], user)
        users.set_role(writer.conn, user.id, role)
        if role is not user.role:
            _tell(writer, "role changed", user, by, {"role": user.role}, {"role": role})


def _tell(
    writer: Writer,
    action: str,
    user: User,
    by: str,
    before: JSON | None = None,
    after: JSON | None = None,
) -> None:
    subject = f"account {user.name}"
    history.note(writer.conn, by=by, action=action, subject=subject, before=before, after=after)


def _not_the_last_admin(every: list[User], user: User) -> None:
    admins = [
        account.id for account in every if account.role is Role.ADMIN and not account.disabled
    ]
    if admins == [user.id]:
        raise UsageError("account last admin", name=user.name)


def _kept(password: str, name: str) -> str:
    weak = passwords.weakness(password, name)
    if weak:
        bound = passwords.LONGEST if weak == "long" else passwords.SHORTEST
        raise UsageError(f"password {weak}", number=bound)
    return passwords.kept(password)
