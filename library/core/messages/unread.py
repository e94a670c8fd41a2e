"""What is said of the parts of a file that were not read, each with what to do to have them."""

from __future__ import annotations

from collections.abc import Mapping

from library.core.messages.words import Words, _

OPEN = _("Open it, save it as PDF, and add that.")

WORDS: Mapping[str, Words] = {
    "unread otherwise": Words("%(detail)s"),  # kept in English, or said by a package of others
    "unread files": Words(
        _("Files in it that were not read (%(number)s): %(names)s."),
        _("Save such a file from %(opener)s, and add it by itself."),
    ),
    "unread within": Words(
        _("In %(name)s: %(line)s"), _("Take %(name)s out of it, and add it by itself.")
    ),
    "unread slide": Words(_("A slide could not be read: %(name)s."), OPEN),
    "unread hidden slides": Words(
        _("Slides that are hidden were not read (%(number)s)."),
        _("Show them in the program it was made with, save it, and add that."),
    ),
    "unread part": Words(
        _("A part of it was not read: %(name)s."),
        _("Open it in Word, save it as PDF, and add that."),
    ),
    "unread chart": Words(_("A chart or diagram was not read: %(name)s."), OPEN),
    "unread object": Words(_("An object in it was not read: %(name)s."), OPEN),
    "unread film": Words(
        _("It shows a film, a sound or another page, which is not read: %(name)s."),
        _("Add its words as a text."),
    ),
    "unread sounds": Words(
        _("Sounds, films or models in it cannot be read (%(number)s)."),
        _("Save them from a PDF program, and add their words as a text."),
    ),
    "unread layers": Words(
        _("Layers that are switched off were not read: %(names)s."),
        _("Switch them on in a PDF program, print it as a new PDF, and add that."),
    ),
    "unread form": Words(
        _("It is a form (XFA) whose fields were not read."),
        _("Open it in Adobe Reader, print it as a new PDF, and add that."),
    ),
    "unread chapters": Words(
        _("Chapters that it names are missing in it: %(names)s."),
        _("Get it again from its source."),
    ),
    "unread drawn pages": Words(
        _("Pages of it are pictures, which were not read: %(names)s."),
        _("Open it in a reading program, print it as PDF, and add that."),
    ),
    "unread pictures": Words(
        _("Pages whose words can only be read from their pictures: %(pages)s."),
        _("Install Tesseract (Debian: tesseract-ocr): the background process reads them then."),
    ),
    "unread language": Words(
        _("Its pictures were read without what Tesseract knows of their language (%(data)s)."),
        _("Install it (Debian: tesseract-ocr-%(package)s), and have it read again at the desk."),
    ),
    "unread locked letter": Words(
        _("It is encrypted, and its text was not read."),
        _("Open it in a mail program, save it unlocked or as PDF, and add that."),
    ),
    "its program": Words(_("the program it was made with")),
    "a PDF program": Words(_("a PDF program")),
    "a mail program": Words(_("a mail program or browser")),
    "a word processor": Words(_("a word processor")),
}
