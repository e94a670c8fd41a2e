"""What is said of concepts, of the files they are read from and of those they are given in."""

from __future__ import annotations

from collections.abc import Mapping

from library.core.messages.words import BY_HAND, CHOOSE, ENOUGH, EXPORT, KNOWN, OTHER, Words, _

FORM = _("Write it as: %(example)s.")
ONE_OF = _("Write one of: %(known)s.")
OTHER_ID = _("Give it another identifier.")
CALLED = _("Change what it is called.")
SHIPPED = _("Correct the line it names, or take the file away to use the one that came with it.")

WORDS: Mapping[str, Words] = {
    # Rules that a change would break.
    "concept id": Words(
        _("“%(id)s” is no identifier of a concept."),
        _("Use small letters a to z, digits and hyphens, at most %(most)s; not “%(reserved)s”."),
    ),
    "concept id taken": Words(_("There is a concept “%(id)s” already, or was one."), OTHER_ID),
    "concept no label": Words(
        _("Concept “%(id)s” has no preferred label."), _("Give it one in some language.")
    ),
    "concept language": Words(
        _("Concept “%(id)s”: “%(language)s” is no code of a language."),
        _("Write it as en, pt or zh-Hans."),
    ),
    "concept long": Words(_("Concept “%(id)s”: “%(label)s” is too long."), ENOUGH),
    "concept many": Words(
        _("Concept “%(id)s” has too many labels in “%(language)s”."), _("%(most)s are enough.")
    ),
    "concept twice": Words(
        _("Concept “%(id)s” has “%(label)s” (%(language)s) twice."),
        _("Keep it once: as preferred, alternative or hidden label."),
    ),
    "concept preferred taken": Words(
        _(
            "“%(label)s” (%(language)s) is the preferred label of “%(other)s” already, so "
            "“%(id)s” cannot have it."
        ),
        _("Prefer another name, make it an alternative label, or merge the two."),
    ),
    "concept weak": Words(
        _(
            "Concept “%(id)s”: “%(label)s” (%(language)s) says little alone, and is none of its "
            "labels."
        ),
        _("Make it an alternative or hidden label too."),
    ),
    "concept broader unknown": Words(
        _("Concept “%(id)s”: its broader concept “%(other)s” does not exist."),
        _("Choose another, or none."),
    ),
    "concept circle": Words(
        _("Concept “%(id)s” cannot be broader than itself."), _("Choose another broader concept.")
    ),
    "concept itself": Words(_("Concept “%(id)s” cannot be merged into itself."), OTHER),
    "concept missing": Words(
        _("There is no %(facet)s “%(id)s”."), _("Look at the vocabulary again.")
    ),
    "concept not as it was": Words(_("Concept “%(id)s” cannot be as it was: %(fault)s."), BY_HAND),
    "concept renamed in file": Words(_("the file says it is now “%(other)s”")),
    "concept merged into nothing": Words(_("it was merged into “%(other)s”, which is gone")),
    "concept broader gone": Words(
        _("its broader concept “%(other)s” is gone, or is narrower than it")
    ),
    "place fixed": Words(_("The region a place belongs to cannot be changed."), CALLED),
    "places fixed": Words(_("Places are those of the United Nations’ list."), CALLED),
    # Files of SKOS.
    "skos empty": Words(_("%(name)s is empty."), _("Export it once more.")),
    "skos too large": Words(
        _("%(name)s has more than %(megabytes)s MB."),
        _(
            "Export fewer schemes at once; or, on the library’s computer, use: library "
            "vocabulary import FILE"
        ),
    ),
    "skos not rdf": Words(
        _("%(name)s is not RDF in UTF-8."), _("Export it as Turtle, RDF/XML or JSON-LD.")
    ),
    "skos entities": Words(
        _("The file declares a document type or entities, which are not read."),
        _("Export it as Turtle or JSON-LD, or without %(declaration)s."),
    ),
    "skos xml": Words(_("The file is not well-formed XML: %(detail)s."), EXPORT),
    "skos json": Words(_("The file is not JSON: %(detail)s."), EXPORT),
    "skos context": Words(
        _("The file wants a context from elsewhere, and nothing is fetched."),
        _("Write the context itself into the file, or export it as Turtle."),
    ),
    "skos without concepts": Words(
        _("There are no concepts in this file."),
        _("Give a file of SKOS: skos:Concept, prefLabel."),
    ),
    "skos too many": Words(
        _("There are %(number)s concepts in this file, more than %(most)s."),
        _("Choose the part that readers of this library filter by."),
    ),
    "skos nested": Words(_("The file is nested too deeply."), EXPORT),
    "skos unreadable": Words(_("The file is not %(format)s that can be read: %(detail)s"), EXPORT),
    "skos facet": Words(_("Concepts of %(facet)s cannot be changed."), CHOOSE),
    "skos facet missing": Words(
        _("The file does not say which facet its concepts are for."), CHOOSE
    ),
    "skos facet unknown": Words(_("There is no facet “%(facet)s”."), KNOWN),
    "skos format unknown": Words(_("There is no format “%(format)s”."), KNOWN),
    "skos format unsaid": Words(
        _("%(file)s says no format."), _("Call it .ttl, .rdf or .jsonld, or give --format.")
    ),
    "skos several": Words(
        _("There are %(number)s schemes in this file: %(schemes)s."), _("Give a file of one.")
    ),
    "skos identifier": Words(
        _("%(uri)s has no identifier of its own: %(id)s."), _("Give it one, such as %(example)s.")
    ),
    "skos merged": Words(
        _("%(id)s was merged into %(other)s here; there it is a concept."),
        _("Undo the merge first, or take it from the file."),
    ),
    "skos labels": Words(
        _("%(uri)s has %(number)s preferred labels in %(language)s: %(labels)s."),
        _("Keep one as skos:prefLabel, and make the others skos:altLabel."),
    ),
    "skos unlabelled": Words(
        _("%(uri)s has no preferred label with a language."), _("Write it with one: %(example)s.")
    ),
    # The files of a library's own vocabularies.
    "scheme unread": Words(_("%(file)s cannot be read: %(detail)s."), SHIPPED),
    "scheme empty": Words(
        _("%(file)s is empty."),
        _("Copy it there again, or take the file away to use the one that came with it."),
    ),
    "scheme unknown key": Words(_("%(file)s: “%(key)s” is not understood."), KNOWN),
    "scheme form": Words(_("%(file)s: %(key)s is not as it should be."), FORM),
    "scheme without id": Words(
        _("%(file)s: a concept has no usable id (%(where)s)."),
        _("Give each an id of small letters, digits and hyphens: %(example)s."),
    ),
    "scheme reserved id": Words(
        _("%(file)s: concept “%(id)s”: this id is kept for works of which nothing is said."),
        OTHER_ID,
    ),
    "scheme id twice": Words(
        _("%(file)s: concept “%(id)s”: its id stands twice."),
        _("Give one of the two another id."),
    ),
    "scheme concept unknown key": Words(
        _("%(file)s: concept “%(id)s”: “%(key)s” is not understood."), ONE_OF
    ),
    "scheme concept form": Words(
        _("%(file)s: concept “%(id)s”: %(key)s is not as it should be."), FORM
    ),
    "scheme circle": Words(
        _("%(file)s: concept “%(id)s”: it is broader than itself."),
        _("Break the circle of `broader` ids."),
    ),
    "scheme broader unknown": Words(
        _("%(file)s: concept “%(id)s”: its broader concept “%(other)s” does not exist."),
        _("Correct `broader`, or add that concept."),
    ),
    "scheme weak": Words(
        _("%(file)s: concept “%(id)s”: “%(label)s” (%(key)s) is none of its labels."),
        _("Add it to its alternative or hidden labels too."),
    ),
    "scheme label missing": Words(
        _("%(file)s: concept “%(id)s”: it has no preferred label in “%(language)s”."),
        _("Add %(example)s, or take the language from `languages` above."),
    ),
    "scheme label twice": Words(
        _("%(file)s: concept “%(id)s”: “%(label)s” (%(language)s) is also a label of “%(other)s”."),
        _("Keep it with the one it means, or make it a hidden label of the other."),
    ),
    "scheme country unknown": Words(
        _("%(file)s: concept “%(id)s”: its country “%(country)s” is unknown."),
        _("Write its code of two small letters, of ISO 3166-1."),
    ),
    "scheme country twice": Words(
        _("%(file)s: concept “%(id)s”: its country “%(country)s” is also in “%(other)s”."),
        _("Take it from one of the two."),
    ),
    "scheme renamed and there": Words(
        _("%(file)s: “%(id)s” is said to be renamed and is a concept."),
        _("Take the line from [renamed], or the concept away."),
    ),
    "scheme renamed into nothing": Words(
        _("%(file)s: “%(id)s” is renamed to “%(other)s”, which does not exist."),
        _("Name a concept of this file."),
    ),
}
