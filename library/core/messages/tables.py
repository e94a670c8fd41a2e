"""What is said of tables that come in, and of staff's word on documents."""

from __future__ import annotations

from collections.abc import Mapping

from library.core.messages.words import DIVIDE, KNOWN, Words, _

NO_FIELD = _("There is no field “%(name)s”.")
NO_CONCEPT = _("%(facet)s “%(text)s” is not in the vocabulary.")
UNREAD = _("%(file)s cannot be read: %(detail)s.")

WORDS: Mapping[str, Words] = {
    "table too large": Words(_("The table is too large."), DIVIDE),
    "table csv": Words(
        _("The table cannot be read: %(detail)s."),
        _(
            "A quotation mark inside a cell must be written twice, and the cell must stand "
            "between two."
        ),
    ),
    "table empty": Words(_("The table is empty."), _("Its first row must name the columns.")),
    "table json": Words(_("The table is no JSON: %(detail)s."), _("Save it again.")),
    "table without rows": Words(
        _("The table is a list of other things than rows."), _("Look at an export.")
    ),
    "table too many": Words(
        _("The table has %(number)s rows, and at most %(most)s can be imported at once."), DIVIDE
    ),
    "table of a program": Words(
        _("This is a file of a spreadsheet program, and not a table as text."),
        _("Save it there as “CSV UTF-8”, and send that."),
    ),
    "table in another encoding": Words(
        _("The table is not in UTF-8, so its accents and other scripts would be lost."),
        _("Save it as “CSV UTF-8”, or as “Unicode text” where that is not offered."),
    ),
    "table meanwhile": Words(
        _("Something was changed meanwhile, and nothing was done."),
        _("Run the same command again."),
    ),
    # Staff's word on a document, beside it or in an option.
    "field near": Words(NO_FIELD, _("Did you mean “%(near)s”?")),
    "field unknown": Words(NO_FIELD, _("The fields are: %(known)s.")),
    "concept near": Words(NO_CONCEPT, _("Close to it are: %(known)s.")),
    "concept unknown": Words(NO_CONCEPT, KNOWN),
    "concept unknown of many": Words(
        NO_CONCEPT, _("Write an identifier or a name that the library knows.")
    ),
    "address of a source": Words(
        _("source_url “%(text)s” is no web address."), _("Write it with https:// in front.")
    ),
    "language unknown": Words(
        _("language “%(text)s” is not known."),
        _("Write a code such as en, es or fr: %(known)s."),
    ),
    "date": Words(_("date “%(text)s” is not a date."), _("Write 2019, 2019-05 or 2019-05-15.")),
    "duration": Words(
        _("duration “%(text)s” is no length of time."),
        _("Write minutes, as 45, or 1:30, or 2 hours."),
    ),
    # Notes that lie beside documents.
    "note too large": Words(
        _("%(file)s is larger than %(megabytes)s MB."),
        _("Divide it: one for each folder, or fewer rows."),
    ),
    "note too long": Words(_("%(file)s is too large for a note."), _("Was it meant to be one?")),
    "note encoding": Words(UNREAD, _("Save it as text in UTF-8.")),
    "note csv": Words(UNREAD, _("Save it from the spreadsheet as CSV in UTF-8.")),
    "note toml": Words(UNREAD, _("Correct that line.")),
    "note without files": Words(
        _("%(file)s has no column named file."), _("Name its first column: file")
    ),
    "note of a collection": Words(
        _("%(file)s: collection %(number)s has no slug or no title."), _("Add them.")
    ),
}
