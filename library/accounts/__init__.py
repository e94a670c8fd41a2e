"""Accounts of the staff desk: names, passwords, signing in. The site and the commands use these."""

from library.accounts.accounts import (
    add,
    change_password,
    end_other_sessions,
    find,
    key_of,
    proven,
    reset_password,
    set_disabled,
    set_role,
)
from library.accounts.passwords import SHORTEST, Weakness, weakness
from library.accounts.sessions import (
    form_token,
    remember,
    session_of,
    sign_in,
    sign_in_second,
    sign_out,
)
from library.accounts.tokens import Expired, Refused, Second, TooMany, digest_of

__all__ = [
    "SHORTEST",
    "Expired",
    "Refused",
    "Second",
    "TooMany",
    "Weakness",
    "add",
    "change_password",
    "digest_of",
    "end_other_sessions",
    "find",
    "form_token",
    "key_of",
    "proven",
    "remember",
    "reset_password",
    "session_of",
    "set_disabled",
    "set_role",
    "sign_in",
    "sign_in_second",
    "sign_out",
    "weakness",
]
