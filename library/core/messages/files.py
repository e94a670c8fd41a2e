"""What is said of a file that is stored or read: by a reader, a program, or the child it runs in.

A reader knows no name: `%(file)s` is filled in by who asked it to read.
"""

from __future__ import annotations

from collections.abc import Mapping

from library.core.messages.words import MAY_READ, MAY_WRITE, Words, _

AGAIN = _("Open it in the program it was made with, save it again or as PDF, and add that.")
SMALLER = _("Split it, or save it again with a newer program, and add the result.")
PDF = _("Save it as PDF, and add that.")
SOURCE = _("Get it again from its source.")
COPY = _("Copy or download it again.")
UNLOCK = _("Save it without a password, and add that.")
UNPACK = _("Unpack it, and add the folder that comes of it: library ingest FOLDER")
NO_TEXT = _("%(file)s has no text in it.")
NO_PAGE = _("%(file)s has no page %(page)s.")
DISK = _("Is its disk still connected, and may this user read it?")
FOLDER = _("Name the files in it.")

WORDS: Mapping[str, Words] = {
    "this file": Words(_("This file")),
    "said by others": Words("%(file)s: %(detail)s"),
    # Whole files.
    "empty": Words(_("%(file)s is empty."), COPY),
    "file too large": Words(
        _("%(file)s is larger than %(megabytes)s MB."),
        _("Split it, or save it with smaller pictures."),
    ),
    "file absent": Words(_("%(file)s is not there."), _("Was it moved?")),
    "file gone": Words(_("%(file)s is not there any more."), _("Was it moved?")),
    "file unread": Words(_("%(file)s cannot be read: %(detail)s."), MAY_READ),
    "file forbidden": Words(
        _("%(file)s may not be read by this user."), _("Give read permission to it.")
    ),
    "file is a device": Words(
        _("%(file)s is not a file but a device or a pipe."), _("Leave it out.")
    ),
    "file is a folder": Words(_("%(file)s is a folder."), FOLDER),
    "file is a link": Words(
        _("%(file)s has become a link since it was found."), _("Put the file itself there.")
    ),
    "file is none": Words(_("%(file)s is not a file."), _("Name a file.")),
    "folder unread": Words(_("The folder %(file)s cannot be read: %(detail)s."), DISK),
    "folder is a library": Words(
        _("%(folder)s is the home of a library, or a backup of one."),
        _(
            "To make a library of a backup: library restore %(folder)s. To bring in the files "
            "alone, without what staff said of them, name %(originals)s"
        ),
    ),
    "folder of this library": Words(
        _("%(file)s is inside the home of this library, %(folder)s: what is there is its own."),
        _("Move the documents into a folder outside it, and name that."),
    ),
    "originals full": Words(
        _("The disk is full: nothing more fits into %(folder)s."),
        _("Free some space and run the same command again; nothing stored was harmed."),
    ),
    "originals not written": Words(
        _("The folder of originals cannot be written: %(folder)s: %(detail)s."), MAY_WRITE
    ),
    "original damaged": Words(
        _("The original of %(file)s was damaged on the disk of the library."),
        _("Bring it back from a backup: library check --repair --from DEST."),
    ),
    "stored file missing": Words(
        _("%(name)s is not in the store, %(where)s."),
        _("Bring it back from a backup: library check --repair --from DEST."),
    ),
    "stored file changed": Words(
        _("%(name)s is not what it was when it came into the store, %(where)s."),
        _("Bring it back from a backup: library check --repair --from DEST."),
    ),
    "store address": Words(
        _("%(address)s is no address of a store."), _("Write it as one of: %(form)s.")
    ),
    "store unreachable": Words(
        _("The store of originals, %(where)s, does not answer (%(detail)s)."),
        _("See that it runs, and that LIBRARY_STORE names it rightly; then all goes on."),
    ),
    "store refuses": Words(
        _("The store of originals, %(where)s, does not let this key in (%(name)s)."),
        _("Put key and secret right in LIBRARY_STORE, or give that key the bucket."),
    ),
    "store certificate": Words(
        _("The certificate of the store of originals, %(where)s, is not trusted."),
        _("Name the file of who signed it in LIBRARY_STORE: ?ca=/path/to/ca.pem"),
    ),
    "store bucket missing": Words(
        _("There is no bucket %(bucket)s in the store of originals, %(where)s."),
        _("Make it there, or put its name right in LIBRARY_STORE."),
    ),
    "store folder missing": Words(
        _("%(folder)s is not the store of a library, or its disk is not there."),
        _("Connect the disk. In a new store: library init makes its mark, the file library-store."),
    ),
    "store taken": Words(
        _("There are originals in the store, %(where)s, and the catalogue is empty."),
        _("Restore a backup (library restore SRC), or name another folder in LIBRARY_STORE."),
    ),
    "store full": Words(
        _("The store of originals is full: nothing more fits into %(where)s."),
        _("Make room there; nothing stored was harmed."),
    ),
    "store says": Words(
        _("The store of originals, %(where)s, does not do what was asked (%(detail)s)."),
        _("See its log; the name in brackets is its own."),
    ),
    "botocore missing": Words(
        _("A store that speaks S3 is read by botocore, which is not installed here."),
        _("Install it with: %(command)s."),
    ),
    "turn taken": Words(
        _("Another process is doing this at the moment."), _("Try again in a few minutes.")
    ),
    "uploads full": Words(
        _("The disk is nearly full: nothing more fits."),
        _("Free some space; what has come already is safe."),
    ),
    "upload refused": Words(_("The upload was refused (%(why)s)."), _("Ask where it stands.")),
    # What it is.
    "kind unknown": Words(_("%(file)s is of a kind that is not known."), PDF),
    "kind not read": Words(_("%(file)s is of a kind that is not read (%(type)s)."), PDF),
    "kind not read yet": Words(_("%(file)s is %(kind)s, which cannot be read yet."), PDF),
    "kind recording": Words(
        _("%(file)s is %(kind)s, which is not read."),
        _("Add what is said in it as a text, and where to find it as its source."),
    ),
    "kind office xml": Words(
        _("%(file)s is a Word document in XML, which is not read."),
        _("Open it in Word or LibreOffice, save it as DOCX, and add that."),
    ),
    "kind shortcut to file": Words(
        _("%(file)s is a shortcut to a file, not the file itself."),
        _("Add the file that it leads to."),
    ),
    "kind not prose": Words(_("%(file)s is %(kind)s, not a document to read."), PDF),
    "kind packed": Words(_("%(file)s is %(kind)s, which is not opened."), UNPACK),
    "kind spreadsheet": Words(_("%(file)s is a spreadsheet, which is not read."), PDF),
    "kind outlook": Words(
        _("%(file)s is an Outlook message (MSG), which is not read."),
        _("Open it in Outlook, save it as EML or as PDF, and add that, and what is attached."),
    ),
    "kind shortcut": Words(
        _("%(file)s is a shortcut to a web address, not the document there."),
        _("Open it, save what it leads to, and add that."),
    ),
    "kind mailbox": Words(
        _("%(file)s is a mailbox of several messages, which is not read as one document."),
        _("Save each message by itself as EML, and add those."),
    ),
    "not a pdf": Words(_("%(file)s is named as a PDF but does not begin as one."), SOURCE),
    "a drawing": Words(_("a drawing")),
    "a formula": Words(_("a formula")),
    "a photograph": Words(_("a photograph (HEIC or AVIF)")),
    "an image": Words(_("an image (%(format)s)")),
    "an XML file": Words(_("an XML file")),
    "a document of a program": Words(_("a document of %(program)s")),
    "an old office document": Words(_("an old Office document")),
    "a PostScript file": Words(_("a PostScript file")),
    "a help file": Words(_("a Windows help file")),
    "a compressed file": Words(_("a compressed file (%(format)s)")),
    "an archive": Words(_("an archive (%(format)s)")),
    "a program": Words(_("a program")),
    "a sound recording": Words(_("a sound recording")),
    "a sound or video recording": Words(_("a sound or video recording")),
    "a video recording": Words(_("a video recording")),
    "a database": Words(_("a database")),
    "data": Words(_("data")),
    "program text": Words(_("program text")),
    "LaTeX source": Words(_("LaTeX source")),
    # Why it is not read, or not wholly.
    "locked": Words(_("%(file)s is locked with a password."), UNLOCK),
    "locked otherwise": Words(_("%(file)s is locked in a way that cannot be opened."), UNLOCK),
    "locked by its seller": Words(
        _("%(file)s is locked by its seller."), _("Get a copy without copy protection.")
    ),
    "damaged": Words(_("%(file)s is damaged and cannot be opened."), AGAIN),
    "nested": Words(_("%(file)s is nested too deeply to be read."), AGAIN),
    "no text": Words(NO_TEXT, _("Add its text, or remove it.")),
    "no text but pictures": Words(
        NO_TEXT, _("If it holds pictures of pages, save it as PDF and add that.")
    ),
    "no text in a web page": Words(NO_TEXT, _("Save the page again after it has loaded whole.")),
    "only frames": Words(
        _("%(file)s is only a frame around other pages."),
        _("Open these by themselves, save them, and add those."),
    ),
    "only front matter": Words(
        _("%(file)s has a head of fields (front matter) and no text below it."),
        _("Write its text below the head, or remove it."),
    ),
    "no pages": Words(_("%(file)s has no pages."), SOURCE),
    "page missing": Words(NO_PAGE, _("It has %(pages)s pages.")),
    "picture missing": Words(NO_PAGE),
    "page unreadable": Words(_("%(file)s has a page %(page)s that cannot be read."), AGAIN),
    "page unmeasured": Words(_("%(file)s has a page %(page)s without a size."), AGAIN),
    "page size": Words(_("%(file)s has a page %(page)s of a size that cannot be drawn."), AGAIN),
    "page text": Words(_("%(file)s has a page %(page)s whose text cannot be read."), AGAIN),
    "page of too many dots": Words(
        _("%(file)s has a page of more dots than one page may have."),
        _("Save it with fewer pixels, or as PDF, and add that."),
    ),
    "picture too small": Words(
        _("%(file)s is a picture of %(wide)s × %(high)s dots: too small for a page."),
        _("Scan it again at 300 dots per inch."),
    ),
    "picture damaged": Words(_("%(file)s is a picture that cannot be opened."), AGAIN),
    "zip damaged": Words(_("%(file)s is damaged: it is not a whole zip file."), AGAIN),
    "zip of too many": Words(_("%(file)s holds more than %(most)s files."), AGAIN),
    "zip too large": Words(_("%(file)s unpacks to more than %(megabytes)s MB."), AGAIN),
    "zip bomb": Words(
        _("%(file)s unpacks to far more than its size: it is made to do harm."), AGAIN
    ),
    "zip overlaps": Words(_("%(file)s is damaged: parts of it lie over one another."), AGAIN),
    "zip leads out": Words(
        _("%(file)s holds names that lead out of it: it is made to do harm."), AGAIN
    ),
    "zip links": Words(_("%(file)s holds links to other files: it is made to do harm."), AGAIN),
    "zip method": Words(_("%(file)s is packed in a way that is not known."), AGAIN),
    "part packed": Words(_("%(file)s is damaged: a part of it cannot be unpacked."), AGAIN),
    "part cut": Words(_("%(file)s is damaged: a part of it ends too soon."), AGAIN),
    "part missing": Words(_("%(file)s is damaged: a part of it is missing."), SOURCE),
    "part hollow": Words(_("%(file)s is damaged: a part of it has nothing in it."), AGAIN),
    "document missing": Words(_("%(file)s is damaged: the document in it is missing."), AGAIN),
    "chapters missing": Words(
        _("%(file)s is damaged: the list of its chapters is missing."), AGAIN
    ),
    "xml entities": Words(
        _("%(file)s has entities or a document type, which are not read."), AGAIN
    ),
    "xml damaged": Words(_("%(file)s is damaged: its XML is not well formed."), AGAIN),
    "xml too many pieces": Words(_("%(file)s is made of too many pieces."), AGAIN),
    # What became of the child that read it.
    "its reader": Words(_("the program that reads it")),
    "too slow": Words(_("%(file)s takes too long to be read."), SMALLER),
    "holds too much": Words(_("%(file)s holds more than one file may have."), SMALLER),
    "needs memory": Words(
        _("%(file)s needs more memory to be read than one file may have."), SMALLER
    ),
    "reader killed": Words(
        _("%(file)s was given up: the system stopped %(by)s, most likely for want of memory."),
        SMALLER,
    ),
    "reader crashed": Words(_("%(file)s is damaged: %(by)s crashed (%(detail)s)."), AGAIN),
    "reader gave up": Words(_("%(file)s is damaged: %(by)s gave up (%(detail)s)."), AGAIN),
    "reader stopped": Words(_("%(file)s is damaged: %(by)s stopped before the end."), AGAIN),
    "reader ended": Words(_("%(file)s could not be read: %(by)s ended with %(detail)s."), AGAIN),
    "reader nonsense": Words(
        _("%(file)s is damaged: it made the program that reads it send nonsense."), AGAIN
    ),
    "describing nonsense": Words(
        _("%(file)s made the process that describes it send nonsense."), AGAIN
    ),
    "pages too many": Words(
        _("%(file)s has %(pages)s pages; the first %(most)s were read."), SMALLER
    ),
    "no image": Words(_("%(file)s gave no image of page %(page)s."), AGAIN),
    "not drawn": Words(_("%(file)s has no pages to be drawn.")),
    "program missing": Words(
        _("%(file)s needs %(program)s to be read."), _("Install %(program)s.")
    ),
    "program silent": Words(_("%(file)s gave nothing that can be read."), AGAIN),
    "libreoffice missing": Words(
        _("%(file)s can be read only with LibreOffice."),
        _("Install LibreOffice on the library’s computer, or save it as PDF or DOCX and add that."),
    ),
    "reading not begun": Words(
        _("The process that reads files could not be started."), _("Install the library again.")
    ),
}
