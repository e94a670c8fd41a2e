"""What is said of resources, editions, collections and changes, and of where they are kept."""

from __future__ import annotations

from collections.abc import Mapping

from library.core.messages.words import (
    BY_HAND,
    ENOUGH,
    LATER_FIRST,
    LIST,
    MAY_WRITE,
    OTHER,
    PAGE,
    Words,
    _,
)

UNUSABLE = _("The catalogue %(where)s cannot be used: %(fault)s.")
AGAIN = _("Free some space and run the same command again; nothing already stored was harmed.")

WORDS: Mapping[str, Words] = {
    # Changes, and the way back.
    "changed meanwhile": Words(
        _("Somebody else has changed this meanwhile."), _("Look at it and say it again.")
    ),
    "changed since": Words(_("This was changed again since."), LATER_FIRST),
    "preview outdated": Words(
        _("Something was changed meanwhile."), _("Look at the preview again.")
    ),
    "change fixed": Words(_("This change cannot be undone."), BY_HAND),
    "change undone already": Words(
        _("This change was undone already."), _("Look at the history again.")
    ),
    "change of the desk": Words(_("This change cannot be undone here."), _("Undo it at the desk.")),
    "history entry missing": Words(_("Entry %(number)s of the history is missing.")),
    "history altered": Words(_("Entry %(number)s of the history was altered, or one before it.")),
    "history cut": Words(_("The history should have %(held)s entries, and has %(number)s.")),
    "too many at once": Words(_("More than %(most)s resources at once."), _("Do it in parts.")),
    "form": Words(_("This could not be understood."), _("Look at the fields again.")),
    # Resources and editions.
    "resource gone": Words(_("This resource is not there any more."), LIST),
    "resource unknown": Words(_("There is no resource %(id)s."), LIST),
    "resource there again": Words(_("It is there again already."), LIST),
    "edition unknown": Words(_("There is no edition %(id)s."), LIST),
    "edition elsewhere": Words(_("An edition is not of this resource any more."), PAGE),
    "edition alone": Words(_("It has only one edition."), _("There is nothing to part.")),
    "edition itself": Words(_("These are the same edition."), _("Name two.")),
    "editions in two languages": Words(
        _("Only an edition in the same language can take the place of another."),
        _("Correct the language of one, join them as editions, or dismiss the pair."),
    ),
    "same language": Words(
        _("Two editions of one resource would be in one language."),
        _("Say which language the other is in, or let one take the place of the other."),
    ),
    "group language": Words(
        _("Both have an edition in %(languages)s."),
        _("Correct the language of one, let the newer replace the older, or dismiss the pair."),
    ),
    "group status": Words(
        _("Their status differs: %(statuses)s."), _("Give all the same first, or dismiss the pair.")
    ),
    "group size": Words(
        _("An edition can only be joined to others."), _("Choose from two to %(most)s.")
    ),
    "group changed": Words(
        _("Their languages or their status differ since."), _("Undo that first.")
    ),
    "version unknown": Words(_("This is no version of this edition any more."), PAGE),
    "version awaited": Words(_("It is being brought back already."), _("Wait until it is read.")),
    "page unknown": Words(_("This page is not there."), OTHER),
    "not scanned": Words(
        _("This has no scanned page."), _("Its words were not read from pictures.")
    ),
    # Standing.
    "withdrawal without reason": Words(
        _("Readers must be told why it was withdrawn."), _("Write a reason.")
    ),
    "reason too long": Words(_("The reason is too long."), ENOUGH),
    "embargo over": Words(
        _("An embargo must end on a later day."), _("Write a future day: 2030-01-31.")
    ),
    "day": Words(_("“%(text)s” is not a day."), _("Write it as 2030-01-31.")),
    "law year": Words(_("%(year)s is not a year of a law."), _("Write it as 2019.")),
    "successor missing": Words(
        _("A superseded resource needs the newer one."), _("Name the resource that is newer.")
    ),
    "successor itself": Words(_("A resource cannot take its own place."), OTHER),
    # Collections.
    "collection gone": Words(_("This collection is not there any more."), LIST),
    "collection title": Words(_("A collection needs a title of up to %(most)s characters.")),
    "collection summary": Words(_("The summary is too long."), ENOUGH),
    # Where all of it is kept.
    "catalogue busy": Words(
        _("The catalogue %(where)s is busy: another process has been writing to it for long."),
        _("Wait until it has finished, and run the same command again."),
    ),
    "catalogue full": Words(
        _("The disk is full: the catalogue %(where)s could not be written."), AGAIN
    ),
    "catalogue not writable": Words(
        _("The catalogue %(where)s cannot be written (%(name)s)."),
        MAY_WRITE,
    ),
    "catalogue not opened": Words(
        _("The catalogue %(where)s cannot be opened (%(name)s)."),
        _("See that its folder is there, and that this user may read and write in it."),
    ),
    "catalogue memory": Words(
        _("There was not enough memory to read the catalogue %(where)s (%(name)s)."),
        _("End other programs, or give this one more memory, and run the same command again."),
    ),
    "catalogue damaged": Words(
        _(
            "The catalogue %(where)s cannot be used: it, or the disk it is on, is damaged "
            "(%(name)s)."
        ),
        _("Look at the disk, then restore the last backup: library restore SRC"),
    ),
    "catalogue unreachable": Words(
        _("The database server does not open the catalogue %(where)s (%(name)s)."),
        _(
            "See that it runs, and that LIBRARY_DATABASE names its address, user, password and "
            "database rightly; then run the same command again."
        ),
    ),
    "catalogue unusable": Words(
        UNUSABLE,
        _("Nothing was changed. Put it aside, and bring back the last backup: %(command)s"),
    ),
    "catalogue is empty": Words(_("it is empty: 0 bytes")),
    "catalogue is no database": Words(_("it is not a SQLite database")),
    "catalogue is cut short": Words(_("it is cut short: %(size)s of %(whole)s bytes")),
    "catalogue is of something else": Words(_("it holds the tables of no library")),
    "catalogue is a log": Words(_("it is missing, and its log (-wal) is there")),
    "catalogue unread": Words(
        _("The catalogue %(where)s cannot be read: %(detail)s."),
        _("Is its disk connected, and is this the user who owns it?"),
    ),
    "catalogue no file": Words(
        _("The catalogue %(where)s is not a file, or a link that leads nowhere."),
        _("Is the disk it is on connected? Nothing is made in its place."),
    ),
    "catalogue lost": Words(
        _("The catalogue %(where)s is missing, and there are originals in %(originals)s."),
        _(
            "Bring it back from a backup: library restore SRC. Without one, move the originals "
            "away, and bring them in anew: %(command)s"
        ),
    ),
    "catalogue not made": Words(
        _("The catalogue %(where)s cannot be made: %(detail)s."), MAY_WRITE
    ),
    "catalogue newer": Words(
        _("The catalogue was written by a newer version of the library."),
        _("Install that version, or restore a backup made by this one."),
    ),
    "library missing": Words(
        _("There is no library in %(folder)s."), _("Make one with: library init")
    ),
    "library missing in database": Words(
        _("There is no library in the database."), _("Make one with: library init")
    ),
    "database of something else": Words(
        _("The database %(where)s holds tables of something else."),
        _("Make an empty one for the library, and name it in LIBRARY_DATABASE."),
    ),
    "database address": Words(
        _("LIBRARY_DATABASE is not a database URL: %(value)s."),
        _("It looks like sqlite:///folder/catalogue.sqlite; leave it empty for the default."),
    ),
    "database driver": Words(
        _("The driver of this database is not installed: %(name)s."),
        _("Install it, or leave LIBRARY_DATABASE empty for SQLite."),
    ),
    "home not made": Words(
        _("The folder %(folder)s cannot be made: %(detail)s."),
        _("Choose another with LIBRARY_HOME, or make it writable."),
    ),
}
