"""What is said of a file that came in, once it was read or was not."""

from __future__ import annotations

from collections.abc import Mapping

from library.core.messages.words import Words, _

LOOKS_LIKE = _(
    "%(file)s looks like “%(title)s”, resource %(resource)s: %(share)s in 100 words are the same."
)
LOOKS_NEWER = _(
    "%(file)s looks like a newer version of “%(title)s”, resource %(resource)s: %(share)s in 100 "
    "words are the same."
)
LOOKS_OLDER = _(
    "%(file)s looks like an older version of “%(title)s”, resource %(resource)s: %(share)s in 100 "
    "words are the same."
)
ALIKE = _("Join them as editions, let one take the place of the other, or say they are two works.")

WORDS: Mapping[str, Words] = {
    "arrival fault": Words(
        _("%(file)s: a fault of the library’s own, %(kind)s (%(id)s)."),
        _("Try again; if it stays, report it."),
    ),
    "arrival duplicate": Words(
        _("The same file is already in the library, as resource %(resource)s.")
    ),
    "arrival pages": Words(_("%(read)s of %(pages)s pages could be read.")),
    "arrival some pages": Words(_("%(read)s pages could be read, and more there are.")),
    "arrival unread parts": Words(_("%(file)s: not all of it was read.")),
    "arrival not described": Words(
        _("%(file)s: its words can be found, but what it is could not wholly be told."),
        _("Look at its title, language and date."),
    ),
    "arrival scan": Words(_("A scan: its words are read last, from its pictures.")),
    "arrival scan unread": Words(
        _("A scan: until its pictures can be read, it is found by its title only."),
        _("To read them, install tesseract-ocr."),
    ),
    "arrival scanned pages": Words(
        _("%(file)s: pages that are pictures, whose words are read last: %(pages)s.")
    ),
    "arrival newer version": Words(_("A newer version of what was here.")),
    "arrival misnamed": Words(
        _("%(file)s is named %(suffix)s and is %(format)s: it was read as that.")
    ),
    "arrival alike": Words(LOOKS_LIKE, ALIKE),
    "arrival alike newer": Words(LOOKS_NEWER, ALIKE),
    "arrival alike older": Words(LOOKS_OLDER, ALIKE),
    "arrival superseded": Words(_("Staff said that a newer version took its place.")),
    "arrival elsewhere": Words(_("Another process is reading it now.")),
    "arrival restated": Words(_("What staff say of it was updated.")),
    "arrival done": Words(_("This file needs nothing more."), _("Look at the list again.")),
    "arrival place gone": Words(
        _("The document that it should replace is not there any more."),
        _("Bring the file in as one of its own."),
    ),
    "arrival place language": Words(
        _("The work has another edition in this language (%(language)s)."),
        _("Replace the file of that one."),
    ),
    "arrival place whole": Words(
        _("It was not read whole, so the file that it should replace stays."),
        _("Bring in a whole file."),
    ),
}
