"""What is said of archives of other libraries, and of files that are fetched from other servers."""

from __future__ import annotations

from collections.abc import Mapping

from library.core.messages.words import DIVIDE, EXPORT, OLDER, OTHER, Words, _

OPEN = _("Open it in a browser, save the document, and bring in the saved file.")

WORDS: Mapping[str, Words] = {
    "archive unknown": Words(
        _("%(file)s is no export of a system that is known."),
        _("Say which it is with --from: %(known)s."),
    ),
    "archive too large": Words(_("%(file)s is larger than %(megabytes)s MB."), DIVIDE),
    "archive of too many": Words(_("%(file)s holds more than %(most)s records or files."), DIVIDE),
    "archive no text": Words(_("%(file)s is no text."), EXPORT),
    "archive json": Words(_("%(file)s is no JSON: %(detail)s."), EXPORT),
    "archive empty": Words(_("There is nothing in %(file)s."), EXPORT),
    "archive nonsense": Words(
        _("%(file)s could not be read: its reader ended, or said what makes no sense."), EXPORT
    ),
    "bag folder": Words(_("%(folder)s is not empty."), OTHER),
    "bag into a library": Words(
        _("There are works in %(folder)s already; a bag comes into an empty library."),
        _("Set LIBRARY_HOME to another folder."),
    ),
    "bag damaged": Words(_("The bag is damaged: %(file)s is not what it was."), OLDER),
    "fetch no address": Words(
        _("“%(address)s” is no address of the web."), _("Write it with https:// in front.")
    ),
    "fetch not allowed": Words(
        _("%(address)s is not fetched: the settings do not name %(host)s."),
        _(
            "Save the document and bring in the saved file; or let the library fetch from there, "
            "with the setting LIBRARY_FETCH_FROM=%(host)s"
        ),
    ),
    "fetch not public": Words(
        _("%(address)s is not fetched: it is not on the open internet."),
        _("Name the host itself in LIBRARY_FETCH_FROM, without a star."),
    ),
    "fetch robots": Words(
        _("%(address)s is not fetched: its server asks programs not to."),
        _("Ask whoever keeps it, or save it by hand."),
    ),
    "fetch failed": Words(_("%(address)s could not be fetched: %(detail)s."), OPEN),
    "fetch refused": Words(_("%(address)s was answered with %(status)s."), OPEN),
    "fetch too large": Words(_("%(address)s is larger than %(megabytes)s MB."), OPEN),
    "watch address": Words(
        _("%(address)s is an address: only folders can be watched."),
        _("Bring it in without --watch."),
    ),
    "harvest refused": Words(
        _("%(address)s answered with an error of OAI-PMH: %(detail)s."),
        _("Look at the address, the set and the dates."),
    ),
}
