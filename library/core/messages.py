"""The words of errors by their codes: in English here, in each language of the site in `locales/`.

Each is what happened and what to do. `%(name)s` stands for a parameter of the error. What another
program said (`detail`), a sample of a file and a name are parameters: they are not translated. No
text holds a sign that could end an attribute of HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Message(NamedTuple):
    """What happened, and what to do; "" where nothing can be done."""

    text: str
    remedy: str = ""


def _(text: str) -> str:
    """Marks a text that is translated, for those who collect them."""
    return text


MESSAGES: Mapping[str, Message] = {
    "skos empty": Message(_("%(name)s is empty."), _("Export it once more.")),
    "skos too large": Message(
        _("%(name)s has more than %(megabytes)s MB."),
        _("Export fewer schemes at once; or, at the desk, use: library vocabulary import FILE"),
    ),
    "skos not rdf": Message(
        _("%(name)s is not RDF in UTF-8."), _("Export it as Turtle, RDF/XML or JSON-LD.")
    ),
    "skos entities": Message(
        _("The file declares a document type or entities, which are not read."),
        _("Export it as Turtle or JSON-LD, or without %(declaration)s."),
    ),
    "skos xml": Message(_("The file is not well-formed XML: %(detail)s."), _("Export it anew.")),
    "skos json": Message(_("The file is not JSON: %(detail)s."), _("Export it anew.")),
    "skos context": Message(
        _("The file wants a context from elsewhere, and nothing is fetched."),
        _("Write the context itself into the file, or export it as Turtle."),
    ),
    "skos without concepts": Message(
        _("There are no concepts in this file."),
        _("Give a file of SKOS: skos:Concept, prefLabel."),
    ),
    "skos too many": Message(
        _("There are %(number)s concepts in this file, more than %(most)s."),
        _("Choose the part that readers of this library narrow by."),
    ),
    "skos nested": Message(_("The file is nested too deeply."), _("Export it anew.")),
    "skos unreadable": Message(
        _("The file is not %(format)s that can be read: %(detail)s"), _("Export it anew.")
    ),
    "skos facet": Message(
        _("Concepts of %(facet)s cannot be changed."), _("Choose of: %(known)s.")
    ),
    "skos facet missing": Message(
        _("The file does not say which facet its concepts are for."), _("Choose of: %(known)s.")
    ),
    "skos several": Message(
        _("There are %(number)s schemes in this file: %(schemes)s."), _("Give a file of one.")
    ),
    "skos identifier": Message(
        _("%(uri)s has no identifier of its own: %(id)s."), _("Give it one, such as %(example)s.")
    ),
    "skos merged": Message(
        _("%(id)s went into %(other)s here; there it is a concept."),
        _("Undo the merge first, or take it from the file."),
    ),
    "skos labels": Message(
        _("%(uri)s has %(number)s preferred labels in %(language)s: %(labels)s."),
        _("Keep one as skos:prefLabel, and make the others skos:altLabel."),
    ),
    "skos unlabelled": Message(
        _("%(uri)s has no preferred label with a language."), _("Write it with one: %(example)s.")
    ),
    "table too large": Message(_("The table is too large."), _("Divide it into several.")),
    "table csv": Message(
        _("The table cannot be read: %(detail)s."),
        _("A quotation mark inside a cell is written twice, and the cell stands between two."),
    ),
    "table empty": Message(_("The table is empty."), _("Its first row names the columns.")),
    "table json": Message(_("The table is no JSON: %(detail)s."), _("Save it again.")),
    "table without rows": Message(
        _("The table is a list of other things than rows."), _("Look at an export.")
    ),
    "table too many": Message(
        _("The table has %(number)s rows, and %(most)s are taken at once."),
        _("Divide it into several."),
    ),
    "table of a program": Message(
        _("This is a file of a spreadsheet program, and not a table as text."),
        _("Save it there as “CSV UTF-8”, and send that."),
    ),
    "table in another encoding": Message(
        _("The table is not in UTF-8, so its accents and other scripts would be lost."),
        _("Save it as “CSV UTF-8”, or as “Unicode text” where that is not offered."),
    ),
    "password short": Message(
        _("A password has %(number)s characters or more."),
        _("Four or five words that do not belong together are easy to keep in mind."),
    ),
    "password long": Message(
        _("A password has %(number)s characters at most."),
        _("Four or five words that do not belong together are easy to keep in mind."),
    ),
    "password name": Message(
        _("A password must not hold the name of its account."),
        _("Four or five words that do not belong together are easy to keep in mind."),
    ),
    "password plain": Message(
        _("This password is one of a few characters, over and over."),
        _("Four or five words that do not belong together are easy to keep in mind."),
    ),
}
