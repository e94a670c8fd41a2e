"""Which texts can be e-mail addresses: of ASCII, since not every server takes others (RFC 6531)."""

from __future__ import annotations

import re

LONGEST = 254  # characters (RFC 5321, 4.5.3.1)

_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def is_mailbox(text: str) -> bool:
    return len(text) <= LONGEST and _MAILBOX.fullmatch(text) is not None
