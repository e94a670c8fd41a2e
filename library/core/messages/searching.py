"""What is said of the index: the codes are those of `index.engine`."""

from __future__ import annotations

from collections.abc import Mapping

from library.core.messages.words import Words, _

ANEW = _("Build it anew: library reindex")
LATER = _("Try again in a few minutes.")

WORDS: Mapping[str, Words] = {
    "index missing": Words(_("There is no index in %(path)s."), ANEW),
    "index damaged": Words(_("%(file)s, a file of the index, is damaged."), ANEW),
    "index incomplete": Words(_("%(file)s, a part of the index, is missing."), ANEW),
    "index unreadable": Words(_("The index in %(path)s cannot be read (%(detail)s)."), ANEW),
    "index outdated": Words(
        _(
            "The index in %(path)s was made by another version of the software, with other "
            "vocabularies or for other languages."
        ),
        ANEW,
    ),
    "index not whole": Words(
        _(
            "The new index holds %(held)s documents where %(given)s were given; the one before is "
            "still in use."
        ),
        ANEW,
    ),
    "index empty": Words(_("Nothing was indexed yet."), ANEW),
    "index busy": Words(_("The index in %(path)s is being written to."), LATER),
    "index not written": Words(
        _("The index in %(path)s could not be written (%(detail)s). It is what it was before."),
        _("Make room on the disk or give permission, then try again."),
    ),
}
