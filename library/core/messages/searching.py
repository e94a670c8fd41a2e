"""What is said of the index: the codes are those of `index.engine`."""

from __future__ import annotations

from collections.abc import Mapping

from library.core.messages.words import Words, _

ANEW = _("Build it anew: library reindex")
LATER = _("Try again in a few minutes.")
RIGHT = _("Put it right in LIBRARY_ENGINE.")

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
    "engine address": Words(
        _("%(address)s is no address of an index."),
        _("Write it as %(form)s, NAME in small letters."),
    ),
    "server unreachable": Words(
        _("The server of the index, %(where)s, cannot be reached (%(detail)s)."),
        _("Start it, or put its address right in LIBRARY_ENGINE."),
    ),
    "server slow": Words(
        _("The server of the index, %(where)s, did not answer within %(seconds)s seconds."),
        _("See whether it has too much to do; ?timeout= in LIBRARY_ENGINE gives it longer."),
    ),
    "server refused": Words(
        _("The server of the index, %(where)s, does not let this user in."),
        _("Put user and password right in LIBRARY_ENGINE, or give that user the index."),
    ),
    "server certificate": Words(
        _("The certificate of the server of the index, %(where)s, is not trusted (%(detail)s)."),
        _("Name the file of who signed it in LIBRARY_ENGINE: ?ca=/path/to/ca.pem"),
    ),
    "server certificates": Words(
        _("The certificates in %(file)s, which LIBRARY_ENGINE names, cannot be read (%(detail)s)."),
        _("Name a file in PEM form."),
    ),
    "server full": Words(
        _(
            "The server of the index, %(where)s, takes nothing more: its disk is nearly full "
            "(%(detail)s)."
        ),
        _("Make room there; then it takes up what waits."),
    ),
    "server blocked": Words(
        _("The index in %(where)s is closed or blocked (%(detail)s)."), _("Open it there.")
    ),
    "server not whole": Words(
        _(
            "The server of the index, %(where)s, has not all parts of it, or too much to do "
            "(%(detail)s)."
        ),
        _("Start the nodes that are missing. If a part is lost, build it anew: library reindex"),
    ),
    "server strange": Words(_("What answers at %(where)s is no OpenSearch (%(detail)s)."), RIGHT),
    "server answered": Words(
        _("The server of the index, %(where)s, could not do what was asked (%(detail)s)."), ANEW
    ),
}
