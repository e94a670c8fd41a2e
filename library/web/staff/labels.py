"""Words of the desk that stand in several places."""

from __future__ import annotations

import re

from index.fields import FILED
from library.accounts import SHORTEST, Weakness
from library.catalogue.resources import queries
from library.core.resource import Outcome, Role, Status
from library.metadata.staff_statements import MANY
from library.sheets import Fault
from library.vocabularies.durations import minutes_of
from library.web import labels
from library.web.i18n import Interface, own_name
from library.web.parts.session_facts import length
from library.web.site import Visit

# What browsers call themselves holds many names; the first of these that is in it is the right one.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")


def role(role: Role, interface: Interface) -> str:
    return {Role.STAFF: interface.say("staff"), Role.ADMIN: interface.say("admin")}[role]


def weakness(weak: Weakness, interface: Interface) -> str:
    say = interface.say
    return {
        "": "",
        "short": say(
            "A password needs %(number)s characters or more.", number=interface.number(SHORTEST)
        ),
        "long": say("This password is too long."),
        "name": say("A password must not hold the name of its account."),
        "plain": say("This password is one of a few characters, over and over."),
        "tried": say("This password is one of those that are tried first."),
    }[weak]


def browser(agent: str, interface: Interface) -> str:
    """`Firefox, Android`, as far as a browser tells."""
    name = next((shown for word, shown in BROWSERS if word in agent), "")
    system = next((word for word in SYSTEMS if word in agent), "")
    other = re.sub(r"[^\w .-]", " ", agent)[:40].strip()
    return ", ".join(filter(None, (name, system))) or other or interface.say("unknown browser")


def status(status: Status, interface: Interface) -> str:
    say = interface.say
    return {
        Status.DRAFT: say("draft"),
        Status.REVIEW: say("in review"),
        Status.EMBARGOED: say("embargoed"),
        Status.PUBLISHED: say("published"),
        Status.SUPERSEDED: say("superseded"),
        Status.WITHDRAWN: say("withdrawn"),
    }[status]


def means(status: Status, interface: Interface) -> str:
    """What a status means for readers."""
    say = interface.say
    return {
        Status.DRAFT: say("Only this desk sees it."),
        Status.REVIEW: say("Only this desk sees it; somebody else should look at it."),
        Status.EMBARGOED: say("Only this desk sees it, until the day named below; then all do."),
        Status.PUBLISHED: say("All can find and read it."),
        Status.SUPERSEDED: say(
            "It is not found any more; whoever has its address can read it, and is led to what "
            "is newer."
        ),
        Status.WITHDRAWN: say("Gone from everywhere at once; its address says why."),
    }[status]


def action(action: str, interface: Interface) -> str:
    """What a change was, as history keeps it."""
    say = interface.say
    return {
        "status": say("status changed"),
        "words": say("description corrected"),
        "joined": say("joined as editions of one work"),
        "replaced": say("one took the place of the other"),
        "dismissed": say("said to be two works"),
        "reconsidered": say("no longer said to be two works"),
        "account added": say("account made"),
        "account disabled": say("account disabled"),
        "account enabled": say("account enabled"),
        "role changed": say("role changed"),
        "left as it is": say("left as it is"),
        "report closed": say("report of a mistake closed"),
        "taken in": say("taken into the library"),
        "edition taken in": say("taken in as an edition of this work"),
        "newer version taken in": say("a newer version took the place of the file"),
        "concept": say("concept changed"),
        "concept added": say("concept added"),
        "concepts merged": say("concepts merged"),
        "concept retired": say("concept retired"),
        "concept brought back": say("concept brought back"),
        "vocabulary imported": say("concepts imported from a file"),
        "passed over": say("search set aside"),
        "file replaced": say("a file took the place of another"),
        "version asked back": say("an earlier file asked back"),
        "cover": say("picture chosen"),
        "scanned again": say("asked to be read again from its pictures"),
        "uploaded": say("file brought in"),
        "tried again": say("file read once more"),
        "given up": say("file given up"),
        "grouped": say("made editions of one work"),
        "ungrouped": say("made works of their own again"),
        "parted": say("an edition made a work of its own"),
        "rejoined": say("an edition put back with the others"),
        "began": say("became a work of its own"),
        "many": say("many changed at once"),
        "collection": say("collection changed"),
        "series ordered": say("series put in order"),
        "collections ordered": say("collections put in order"),
        "moved in": say("works brought from another library"),
        "term": say("what a word of another library means"),
        "password reset": say("new password given"),
        "password changed": say("own password changed"),
        "second step on": say("second step turned on"),
        "second step off": say("second step turned off"),
        "recovery code used": say("recovery code used"),
    }.get(action, action)


def field(name: str, interface: Interface) -> str:
    """What a field of a resource, an edition or a standing is called."""
    say = interface.say
    names = {
        "title": say("Title"),
        "summary": say("Summary"),
        "authors": say("Authors"),
        "date": say("Date"),
        "rights": say("Rights"),
        "filename": say("File"),
        "edition": say("Edition"),
        "page": say("Page"),
        "languages": say("Languages"),
        "source_url": say("Source"),
        "publisher": say("Publisher"),
        "series": say("Series"),
        "duration": say("Session length"),
        "course": say("Course"),
        "status": say("Status"),
        "until": say("Embargoed until"),
        "reason": say("Reason, for readers"),
        "report": say("Report of a reader"),
        "successor": say("Superseded by"),
        "review_by": say("Look at it again by"),
        "law_year": say("Law as it stood in"),
        "role": say("Role"),
        "disabled": say("Disabled"),
        "name": say("Name"),
        "sha256": say("Checksum"),
        "collection": say("Collection"),
        "works": say("Works"),
        "ordered": say("In order"),
        "collections": say("Collections"),
        "from": say("Year, from"),
        "to": say("Year, to"),
        "since": say("Added since"),
        "one.title": say("One"),
        "other.title": say("The other"),
    }
    return names.get(name) or labels.facet_name(name, interface)


def value(name: str, written: str, visit: Visit) -> str:
    """A value of a field as people read it."""
    if name in FILED:
        return visit.label(name, written)
    if name in ("language", "languages"):
        return own_name(written)
    if name == "duration":
        minutes = minutes_of(written)
        return length(minutes, visit.interface) if minutes else written
    if name == "status" and written in set(Status):
        return status(Status(written), visit.interface)
    if name == "role" and written in set(Role):
        return role(Role(written), visit.interface)
    if name == "successor":
        resource = visit.site.catalogue.resource(written, public=False)
        return resource.edition(visit.interface.language).title if resource else written
    if name == "edition":
        found_one = visit.site.catalogue.ask(queries.edition, written)
        return found_one.filename if found_one else written
    if name == "sha256":
        return f"{written[:12]}…"
    if name in ("disabled", "ordered", "course"):
        return visit.interface.say("yes") if written == "True" else visit.interface.say("no")
    return written


def who(by: str, interface: Interface) -> str:
    """Who changed something: a person, the command line, or the library by itself."""
    say = interface.say
    names = {"command line": say("command line"), "library": say("the library itself")}
    return names.get(by, by)


def arrival(outcome: Outcome | None, reading: bool, stuck: bool, interface: Interface) -> str:
    """Where a file that came in stands."""
    say = interface.say
    if outcome is None:
        if reading:
            return say("is being read")
        return say("could not be read to its end") if stuck else say("waits")
    return {
        Outcome.ADDED: say("in the library"),
        Outcome.UNCHANGED: say("was here already"),
        Outcome.DUPLICATE: say("was here already"),
        Outcome.PARTIAL: say("in the library, in part"),
        Outcome.FAILED: say("could not be used"),
    }[outcome]


def reason(reason: str, interface: Interface) -> str:
    """Why a file ended as it did, and what to do, by the word that is kept for it."""
    say = interface.say
    return {
        "encrypted": say("It asks for a password: save it without one, and bring that in."),
        "damaged": say("It is broken: get it again from its source, or print it as a new PDF."),
        "empty": say("There is nothing in it: copy or download it again."),
        "too large": say("It is larger than the library takes: split it."),
        "too slow": say("It took too long to read: split it, or print it as a new PDF."),
        "too hungry": say("It needs too much memory: split it, or print it as a new PDF."),
        "unsupported": say("The library does not read this kind of file: save it as PDF."),
        "fault": say("A mistake of the library itself: try again; if it stays, report it."),
        "incomplete": say("Fewer pages came than the file says it has."),
        "unread parts": say("Parts of it were not read: see what was said of it."),
        "not described": say("What it is could not be told: look at its title, language and date."),
        "no text": say("It has pictures only, and no words yet."),
        "scanned pages": say("Some of its pages are pictures: their words are read last."),
        "misnamed": say("It is not what its name says, and was read as what it is."),
        "newer version": say("It took the place of the file that was here before."),
        "alike": say("Most of its words are in another document too."),
        "given up": say("Given up; the file is kept."),
        "unusable": say("It cannot be used as it was meant: see what was said of it."),
    }.get(reason, "")


def refusal(reason: str, name: str, interface: Interface) -> str:
    """Why a file was not stored."""
    say = interface.say
    words = {
        "too large": say("“%(name)s” is too large, and was not stored.", name=name),
        "empty": say("“%(name)s” is empty, and was not stored.", name=name),
        "storage full": say("The disk is full: the rest was not stored. Tell whoever runs it."),
    }
    return words.get(reason) or say("The rest could not be stored. Tell whoever runs the library.")


def sending(why: str, interface: Interface) -> str:
    """Why a file, or a piece of it, was not taken."""
    say = interface.say
    return {
        "many": say("Too many files of yours are not finished: finish some, or give them up."),
        "changed": say("The file was changed while it was sent: it is sent once more."),
        "absent": say("What had come of this file is not here any more: it is sent once more."),
        "complete": say("This file is here already."),
    }.get(why, say("A piece came broken: it is sent once more."))


def attention(reason: str, interface: Interface) -> str:
    """Why a resource needs a person."""
    say = interface.say
    return {
        "damaged file": say("Its file is damaged on the disk: see the page on health."),
        "reported": say("Readers report a mistake."),
        "no title": say("It has no title of its own."),
        "no words": say("It has no words that could be read."),
        "no language": say("Nobody knows its language."),
        "poor text": say("Its words were hard to read."),
        "unsure title": say("Its title is a guess that is not sure."),
        "unsure date": say("Its date is a guess that is not sure."),
        "no topic": say("It has no topic."),
        "incomplete": say("Not all of its pages could be read."),
        "unread parts": say("Parts of its file were not read."),
        "given up": say("Its layout or pictures were given up: see the page on health."),
        "not described": say("What it is could not be told: look at its title, language and date."),
        "broken source": say("The address it came from does not answer any more."),
    }[reason]


def refused(why: str, interface: Interface) -> str:
    """Why a resource cannot be changed as many are."""
    say = interface.say
    return {
        "same language": say("Two editions of one work cannot be in one language."),
        "itself": say("It cannot take its own place."),
        "leads back": say("What would take its place leads back to it, or is not there."),
        "day": say("An embargo needs a future day."),
        "gone": say("It is not there any more."),
    }.get(why, say("It cannot be saved like this."))


def fault(fault: Fault, visit: Visit) -> str:
    """What is wrong with a cell of a table, and what to do."""
    say, value = visit.interface.say, fault.value
    near = visit.interface.listed(fault.near)
    words = {
        "column": say("“%(value)s” stands twice, or is no column.", value=value),
        "cells": say("There are more cells than columns: is something not in quotation marks?"),
        "text": say("“%(value)s” is no text.", value=value),
        "no key": say("Neither file nor identifier: nobody knows which document this is."),
        "no edition": say("There is no edition “%(value)s” any more.", value=value),
        "no resource": say("There is no resource “%(value)s” any more.", value=value),
        "which edition": say("It has several editions: say which, by “edition” or “language”."),
        "several files": say("Several files have this name: say which, by “edition” or “id”."),
        "twice": say("The same document stands in row %(value)s.", value=value),
        "conflict": say("It contradicts what another row says of the same work: %(value)s.",
                        value=value),
        "concept": say("“%(value)s” is no name of a concept here.", value=value),
        "language": say("“%(value)s” is no language: write a code such as en, es or fr.",
                        value=value),
        "date": say("“%(value)s” is not a date: write 2019, 2019-05 or 2019-05-15.", value=value),
        "which date": say("“%(value)s” may mean several days: write it as 2019-05-15.",
                          value=value),
        "address": say("“%(value)s” is no address: write it with https:// in front.", value=value),
        "duration": say("“%(value)s” is no length of time: write 45, 1:30 or 2 hours.",
                        value=value),
        "status": say("“%(value)s” is no status: draft, review, embargoed, published, superseded "
                      "or withdrawn.", value=value),
        "day": say("“%(value)s” is not a day: write it as 2030-01-31.", value=value),
        "year": say("“%(value)s” is not a year: write it as 2019.", value=value),
        "successor": say("“%(value)s” is no resource of the library.", value=value),
        "standing": say("The status is not complete: an embargo needs a future day, a withdrawal "
                        "a reason, a superseded resource the one that took its place."),
        "work": say("Editions are joined and parted at the desk, not by a table."),
        "no title": say("A title cannot be empty."),
        "one value": say("“(none)” must stand alone."),
        "ours": say("The column “%(value)s” cannot be confirmed.", value=value),
    }[fault.what]  # fmt: skip
    also = say("Close to it: %(names)s.", names=near)
    return f"{words} {also}" if near else words


def column(name: str, interface: Interface) -> str:
    """What stands in a column of a table."""
    say = interface.say
    about = {
        "id": say("The resource; leave it as it is."),
        "edition": say("The edition; leave it as it is."),
        "file": say("The name of the file, for tables without the two before it."),
        "language": say("Language: en, es, fr …"),
        "date": say("Date: 2019, 2019-05 or 2019-05-15."),
        "authors": say("Authors, divided by semicolons."),
        "resource": say("The word that joined files of one work as they came in; only to be read."),
        "status": say("draft, review, embargoed, published, superseded or withdrawn"),
        "ours": say("The columns that staff confirmed; the others are guesses. Add one to "
                    "confirm a guess; take one out to let the guess be used again."),
        "version": say("Leave it as it is: it tells whether somebody changed something since."),
    }  # fmt: skip
    if name in about:
        return about[name]
    concept = say("%(name)s: names or identifiers, divided by semicolons.", name="%s")
    label = field(name, interface)
    return concept % label if name in MANY else label


def likeness(kind: str, interface: Interface) -> str:
    """How two documents look alike."""
    say = interface.say
    return {
        "same words": say("The same words?"),
        "newer version": say("A newer version?"),
        "translation": say("A translation?"),
    }[kind]
