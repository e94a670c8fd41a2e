"""Accounts of the staff desk: names, passwords, signing in. The site and the commands use these."""

from library.accounts.accounts import (
    add,
    change_password,
    end_other_sessions,
    key_of,
    reset_password,
    set_disabled,
    set_role,
)
from library.accounts.passwords import SHORTEST, Weakness, weakness
from library.accounts.sessions import (
    Refused,
    TooMany,
    digest_of,
    form_token,
    session_of,
    sign_in,
    sign_out,
)

__all__ = [
    "SHORTEST",
    "Refused",
    "TooMany",
    "Weakness",
    "add",
    "change_password",
    "digest_of",
    "end_other_sessions",
    "form_token",
    "key_of",
    "reset_password",
    "session_of",
    "set_disabled",
    "set_role",
    "sign_in",
    "sign_out",
    "weakness",
]
