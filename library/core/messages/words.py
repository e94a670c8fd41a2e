"""What the tables of messages are made of."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """What happened, and what to do; "" where nothing can be done."""

    text: str
    remedy: str = ""


def _(text: str) -> str:
    """Marks a text that is translated, for those who collect them."""
    return text


# What to do about several things, translated once.
LIST = _("Look at the list again.")
PAGE = _("Load the page again.")
OTHER = _("Choose another.")
KNOWN = _("Known are: %(known)s.")
CHOOSE = _("Choose of: %(known)s.")
ENOUGH = _("%(most)s characters are enough.")
MAY_READ = _("See that it is there, and that this user may read it.")
MAY_WRITE = _("Run as the user who owns the folder, or mend its permissions.")
EXPORT = _("Export it anew.")
DIVIDE = _("Divide it into several.")
OLDER = _("Use an older backup.")
BY_HAND = _("Change it by hand.")
LATER_FIRST = _("Undo the later change first, or change it by hand.")
