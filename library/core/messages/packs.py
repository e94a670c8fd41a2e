"""What is said of packs: what cannot be taken along, and why."""

from __future__ import annotations

from collections.abc import Mapping

from library.core.messages.words import Words, _

WORDS: Mapping[str, Words] = {
    "collection not there": Words(
        _("There is no collection at the address “%(name)s”."),
        _("A collection is called by the last part of its address."),
    ),
    "nothing to pack": Words(
        _("None of what was chosen is there in this language: %(language)s."),
        _("Choose another language, or more documents."),
    ),
    "zim missing": Words(
        _("ZIM files are made by libzim, which is not installed here."),
        _("Install it with: %(command)s. Or take a zip or an epub."),
    ),
    "print missing": Words(
        _("PDF files are made by WeasyPrint, which is not installed here, or misses Pango."),
        _("Install it with: %(command)s, and Pango with the system's packages."),
    ),
    "too much to print": Words(
        _("This is too much for one PDF: %(size)s of text, and one takes %(most)s."),
        _("Choose fewer documents, or some of the pages."),
    ),
    "not pages": Words(
        _("“%(value)s” is no range of pages."),
        _("Write the first and the last one: 3-8."),
    ),
    "list not read": Words(
        _("The list %(file)s could not be read: %(detail)s"),
        _("It holds one id or address of a resource on each line."),
    ),
    "pack not written": Words(
        _("The pack could not be written to %(file)s: %(detail)s"),
        _("Choose another place, or make room there."),
    ),
    "one choice": Words(
        _("A pack is of a search, of a collection or of a list: more than one was given."),
        _("Make one pack of each."),
    ),
}
