"""What the site says of values: names of facets, sizes, dates, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from index.fields import NOT_STATED
from index.query import Sort
from library.core.formats import FORMATS
from library.core.resource import Edition, PartialDate, Resource
from library.web.i18n import Interface
from library.web.links import Problem


class Labels(Protocol):
    """What is needed of the vocabularies."""

    def label(self, facet: str, id: str, language: str) -> str: ...


LEFT_OUT = 6  # words that were not looked up are named, of so many at most
POOR = 0.6  # mean page score below which words are often wrong


def facet_name(facet: str, interface: Interface) -> str:
    """What readers know a facet as, by its vocabulary; else what it is called in the table."""
    unfiled = {"language": interface.say("Language"), "year": interface.say("Year")}
    name = interface.facet_names.get(facet) or unfiled.get(facet)
    return name or facet.replace("_", " ").capitalize()


def browse_heading(facet: str, interface: Interface) -> str:
    if facet == "language":
        return interface.say("By language")
    return interface.facet_headings.get(facet) or facet_name(facet, interface)


def operator(name: str, interface: Interface) -> str:
    if name == "all":
        return interface.say("all of")
    return interface.say("any of")


def value(facet: str, id_: str, vocabularies: Labels, interface: Interface) -> str:
    """What a value of a facet is called."""
    if id_ == NOT_STATED:
        return interface.say("Not stated")
    return vocabularies.label(facet, id_, interface.language)


def narrowing(facet: str, id_: str, label: str, left_out: bool, interface: Interface) -> str:
    """What one value narrows a search to, in a few words."""
    if id_ == NOT_STATED:
        name = facet_name(facet, interface)
        if left_out:
            return interface.say("%(facet)s: stated", facet=name)
        return interface.say("%(facet)s: not stated", facet=name)
    return interface.say("not: %(value)s", value=label) if left_out else label


def values(number: int, interface: Interface) -> str:
    return interface.plural("%(number)s value", "%(number)s values", number)


def sort_name(sort: Sort, interface: Interface) -> str:
    return {
        "relevance": interface.say("Best match"),
        "newest": interface.say("Newest"),
        "title": interface.say("Title"),
    }[sort]


def years(first: int | None, last: int | None, interface: Interface) -> str:
    """A range of years as a chip says it."""
    if first is None:
        return interface.say("until %(year)s", year=last)
    if last is None:
        return interface.say("since %(year)s", year=first)
    return str(first) if first == last else f"{first}–{last}"


def resources(number: int, interface: Interface) -> str:
    return interface.plural("%(number)s resource", "%(number)s resources", number)


def pages(number: int, interface: Interface) -> str:
    return interface.plural("%(number)s page", "%(number)s pages", number)


def page(number: int, label: str, interface: Interface) -> str:
    """A page by the number printed on it, where that is known, else by its place in the file."""
    return interface.say("p. %(page)s", page=label or interface.number(number))


def format_name(edition: Edition) -> str:
    row = FORMATS.get(edition.media_type)
    return (row and row.short) or edition.filename.rpartition(".")[2].upper()[:5]


def weight(edition: Edition, interface: Interface) -> tuple[str, ...]:
    """How much there is to read: pages, and the text alone."""
    parts = [pages(edition.pages, interface)] if edition.pages else []
    if edition.text_bytes:
        parts.append(interface.say("text only %(size)s", size=interface.size(edition.text_bytes)))
    return tuple(parts)


def facts(edition: Edition, interface: Interface) -> tuple[str, ...]:
    """How heavy an edition is: pages, the text alone, the file."""
    file = (format_name(edition), interface.size(edition.bytes))
    return (*weight(edition, interface), " ".join(map(interface.apart, filter(None, file))))


def note(edition: Edition, interface: Interface) -> str:
    """An honest word on how well an edition could be read; "" when well."""
    if not edition.text_bytes:
        return interface.say("scanned: pictures only, no words to search")
    if edition.scanned or edition.text_quality < POOR:
        return interface.say("scanned; words may be wrong")
    return ""


def partial(edition: Edition, interface: Interface) -> str:
    """How much of an edition could be read; "" when all of it."""
    if edition.pages_expected is None or edition.pages_expected <= edition.pages:
        return ""
    return interface.say(
        "Only %(read)s of %(all)s pages could be read; the file has them all.",
        read=interface.number(edition.pages),
        all=interface.number(edition.pages_expected),
    )


def unread(edition: Edition, interface: Interface) -> str:
    """A word on parts of the file that were not read; "" when there are none."""
    if not edition.unread:
        return ""
    return interface.say("Some parts of the file are not shown here; the file itself has them.")


def year(resource: Resource) -> str:
    return str(resource.date.year) if resource.date else ""


def published(dates: Sequence[PartialDate | None], interface: Interface) -> str:
    known = [date for date in dates if date]
    return interface.date(known[0]) if known else ""


def problem(problem: Problem, interface: Interface) -> str:
    """One line on what could not be understood of a question, and what was done instead."""
    if problem.kind == "value":
        return interface.say(
            "“%(value)s” is not known here under “%(facet)s”, so it was left out.",
            value=problem.value,
            facet=facet_name(problem.name, interface),
        )
    if problem.kind == "both":
        return interface.say(
            "Under “%(facet)s” one value was both asked for and left out; it is left out.",
            facet=facet_name(problem.name, interface),
        )
    if problem.kind == "year":
        return interface.say("“%(value)s” is not a year, so it was left out.", value=problem.value)
    if problem.kind == "years":
        return interface.say("The years stood the wrong way round; they were turned.")
    if problem.kind == "sort":
        return interface.say("“%(value)s” is not an order known here.", value=problem.value)
    if problem.kind == "page":
        return interface.say(
            "“%(value)s” is not a page; this is the first one.", value=problem.value
        )
    if problem.kind == "exact":
        return interface.say(
            "“%(value)s” is not 0 or 1, so other names were looked for too.", value=problem.value
        )
    if problem.kind == "long":
        return interface.say("Your question is very long; only its beginning was searched for.")
    return _note(problem, interface)


def left_out(words: Sequence[str], interface: Interface) -> str:
    """That some of the words were not looked up, and which."""
    shown = " ".join(f"“{word[:40]}”" for word in dict.fromkeys(words[:LEFT_OUT]))
    if len(words) > LEFT_OUT:
        shown += " …"
    return interface.say(
        "This asks for more than is looked up at once. Left out: %(words)s", words=shown
    )


def _note(problem: Problem, interface: Interface) -> str:
    """What index.text.syntax noted about the words typed."""
    if problem.name == "unclosed quote":
        return interface.say("A quotation mark has no partner; the words after it were searched.")
    if problem.name == "unmatched parenthesis":
        return interface.say("A parenthesis has no partner, so it was left out.")
    if problem.name == "operator without words":
        return interface.say("“%(value)s” stood without words, so it was left out.",
                             value=problem.value)  # fmt: skip
    if problem.name == "wildcard":
        return interface.say(
            "“%(value)s” was read as words: a star stands for letters only at the end of a word.",
            value=problem.value,
        )
    if problem.name == "unknown field":
        return interface.say(
            "“%(value)s:” is not a field that can be searched; title: and author: are. What stands "
            "behind it was searched everywhere.",
            value=problem.value,
        )
    if problem.name == "no letters":
        return interface.say("“%(value)s” holds no letter or digit, so it was left out.",
                             value=problem.value)  # fmt: skip
    if problem.name == "small words":
        return interface.say(
            "These are words that nearly every text has; a word of what you look for finds more."
        )
    if problem.name == "too many words":
        return interface.say("Only the first %(number)s words were searched for.",
                             number=problem.value)  # fmt: skip
    return interface.say("There was no word to search for, so this is everything.")
