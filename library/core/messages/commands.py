"""What is said of commands, of settings, and of copies of a library."""

from __future__ import annotations

from collections.abc import Mapping

from library.core.messages.words import KNOWN, OLDER, OTHER, Words, _

PACKAGE = _("Install the package again, or take it away.")
RIGHT_LIBRARY = _(
    "Is this the right library (%(here)s resources)? If something was lost, bring the backup back: "
    "library restore. If this one is right, name another folder, or let it take the place; the old "
    "one is kept beside it: library backup --replace"
)

WORDS: Mapping[str, Words] = {
    # Settings.
    "setting": Words(_("%(name)s is “%(value)s”."), _("It may be: %(known)s.")),
    "setting missing": Words(_("%(name)s needs %(other)s too."), _("Set both, or neither.")),
    "setting base": Words(
        _("LIBRARY_BASE_URL is “%(value)s”, and the site stands at the top of an address."),
        _(
            "Give it a name of its own, such as https://library.union.example, with nothing after "
            "it, and let the web server pass all of that name on."
        ),
    ),
    "setting of logs": Words(
        _("LIBRARY_LOG is “%(value)s”."),
        _("It may be a format (%(formats)s) and a level (%(levels)s)."),
    ),
    "setting unknown": Words(_("%(file)s has an unknown setting “%(name)s”."), KNOWN),
    "settings unread": Words(
        _("%(file)s cannot be read: %(detail)s."), _("Correct it or remove it.")
    ),
    # Commands.
    "no files": Words(
        _("There is no file in %(folders)s."), _("Name files, or folders with files in them.")
    ),
    "file not written": Words(_("%(file)s cannot be written: %(detail)s."), OTHER),
    "engine gone": Words(
        _("LIBRARY_ENGINE is “%(name)s”, an engine that this version no longer has."),
        _(
            "Set it to whoosh, or leave it out: the same works are found, as fast. The index is "
            "built anew by the first command or site that searches; the folder %(name)s in that of "
            "the index may be deleted."
        ),
    ),
    "engine unknown": Words(_("There is no engine “%(name)s”."), KNOWN),
    "engine missing": Words(
        _("The package of the search engine is missing: %(detail)s"), "%(hint)s"
    ),
    "format of others": Words(
        _("The format %(name)s of the package %(package)s cannot be used: %(detail)s."), PACKAGE
    ),
    "engine of others": Words(
        _("The search engine %(name)s of the package %(package)s cannot be used: %(detail)s."),
        PACKAGE,
    ),
    "reader of others": Words(
        _("%(file)s: the program that reads it, %(reader)s, cannot be used: %(detail)s."), PACKAGE
    ),
    "index unusable": Words(
        _("The index cannot be used: %(detail)s"), _("Build it anew: library reindex")
    ),
    "again and language": Words(
        _("--again and --language go together."), _("Write for example: %(command)s")
    ),
    "resource not named": Words(
        _("There is no resource called %(name)s."),
        _("Name it by the last part of its address, its identifier, or the name of its file."),
    ),
    "port taken": Words(
        _("Port %(port)s on %(host)s cannot be used: another program may be listening there."),
        _("Choose another: library serve --port 8001"),
    ),
    "tesseract missing": Words(
        _("Scans are read by Tesseract."), _("Install it (Debian: tesseract-ocr).")
    ),
    "tesseract language": Words(
        _("Tesseract has no data for %(languages)s."),
        _("Install that (Debian: tesseract-ocr-spa, -fra, -ara …), or name other languages."),
    ),
    "edition not scanned": Words(
        _("“%(title)s” (%(file)s) has no scanned page."),
        _("Its words were not read from pictures."),
    ),
    # Copies, and the way back.
    "backup of a file elsewhere": Words(
        _("The catalogue of this library is a file outside its home: %(value)s."),
        _("Copy that file and the folder of originals while nothing is running."),
    ),
    "database program missing": Words(
        _("The program %(name)s is not installed here."),
        _("Install the client programs of PostgreSQL (Debian: postgresql-client)."),
    ),
    "database program failed": Words(
        _("%(name)s did not succeed: %(detail)s"),
        _("Nothing was changed. Mend what it says, and run the same command again."),
    ),
    "dump without a server": Words(
        _("%(file)s is the catalogue of a database server, and LIBRARY_DATABASE names none."),
        _("Set LIBRARY_DATABASE to the address of an empty database of PostgreSQL."),
    ),
    "restore over a database": Words(
        _("There is a library in the database that LIBRARY_DATABASE names."),
        _("Name an empty database: nothing is restored over a library."),
    ),
    "drill database": Words(
        _(
            "A backup of a server is tried out in a database of its own, which %(name)s may not "
            "make."
        ),
        _("Allow it: %(command)s"),
    ),
    "age missing": Words(
        _("Encrypted backups are made by pyrage, which is not installed here."),
        _("Install it with: %(command)s."),
    ),
    "backup recipient": Words(
        _("%(name)s is no recipient of age."),
        _("Make a key with age-keygen, keep it somewhere else, and name its public key: age1…"),
    ),
    "backup key": Words(
        _("%(file)s holds no key of age: %(detail)s."),
        _("Name the file that age-keygen wrote."),
    ),
    "backup sealed": Words(
        _("The backup in %(folder)s is encrypted."),
        _("Name the file with its key: library restore SRC --identity FILE"),
    ),
    "backup shut": Words(
        _("%(folder)s cannot be opened with this key, or is damaged: %(detail)s."),
        _("Try another key, or an older backup."),
    ),
    "backup folder": Words(
        _("%(folder)s is not empty and holds no earlier backup."), _("Name another folder.")
    ),
    "backup untold": Words(
        _("What the earlier backup in %(folder)s holds cannot be told."), RIGHT_LIBRARY
    ),
    "backup fuller": Words(
        _(
            "The earlier backup in %(folder)s is fuller than this library, and was left as it is: "
            "it is of %(made)s, with %(resources)s resources, %(originals)s originals (%(lacking)s "
            "of them not in this library) and %(entries)s entries of history (here %(history)s)."
        ),
        RIGHT_LIBRARY,
    ),
    "backup catalogue": Words(
        _("The backup in %(folder)s is damaged: its catalogue is not what it was."), OLDER
    ),
    "backup originals": Words(
        _(
            "The backup in %(folder)s is damaged: %(number)s of its originals are not what they "
            "were."
        ),
        OLDER,
    ),
    "backup unknown": Words(
        _("%(folder)s is not a backup: %(detail)s."),
        _("Name the folder that library backup wrote."),
    ),
    "backup in part": Words(_("%(number)s originals are missing or damaged here, and not in it.")),
    "copy full": Words(
        _("The disk is full: the copy does not fit into %(folder)s."),
        _("Free some space there, or name another folder; the last whole copy is unharmed."),
    ),
    "copy not written": Words(
        _("The copy could not be written into %(folder)s: %(detail)s."),
        _("Is that disk connected, and may this user write there?"),
    ),
    "copy of a damaged catalogue": Words(
        _(
            "The catalogue is damaged (%(detail)s); it was not copied, and an earlier backup is as "
            "it was."
        ),
        _(
            "Look at the disk, then put the catalogue aside and bring back the last backup: "
            "%(command)s"
        ),
    ),
    "restore over a library": Words(
        _("There is a library in %(folder)s already: %(name)s."),
        _("Restore into another folder: set LIBRARY_HOME, or put the old one aside: %(command)s"),
    ),
    "drill room": Words(
        _(
            "There is no room to try a backup out: it takes about %(size)s, and %(folder)s has "
            "%(free)s free."
        ),
        _("Name a larger disk: %(command)s"),
    ),
    "drill damaged": Words(_("The restored catalogue is damaged: %(detail)s."), OLDER),
    "drill unsearched": Words(_("The restored library cannot be searched: %(detail)s")),
    "drill lost": Words(
        _("The restored library holds %(number)s published works and finds %(found)s."),
        _("Report it, with the answer of: library check"),
    ),
}
