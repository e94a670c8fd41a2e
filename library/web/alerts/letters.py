"""What stands in the letters: plain text, in the language of the site as its reader saw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.fields import NARROWING
from library.core.resource import Resource
from library.vocabularies import Vocabularies
from library.web import labels, links
from library.web.i18n import Interface
from library.web.links import Asked

SHOWN = 20  # works that a letter names
LONGEST = 60  # characters of typed words in a subject


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Writing:
    """What every letter needs: the language it is in, who writes, and where the site is."""

    interface: Interface
    vocabularies: Vocabularies
    name: str
    base: str

    def confirmation(self, asked: Asked, token: str) -> Letter:
        """Asks whether who reads it wants to be written to at all."""
        say = self.interface.say
        return Letter(
            say("Do you want letters from %(name)s?", name=self.name),
            _lines(
                say(
                    "Somebody asked %(name)s to write to this address when something new comes in:",
                    name=self.name,
                ),
                in_words(asked, self.vocabularies, self.interface),
                say("If it was you, open this page and press the button:"),
                self.base + links.alert(token),
                say(
                    "If it was not you, do nothing. In two days this address is forgotten, and "
                    "nothing more is sent to it."
                ),
            ),
        )

    def news(self, asked: Asked, token: str, works: Sequence[Resource]) -> Letter:
        """What came in."""
        say, number = self.interface.say, len(works)
        subject = self.interface.plural(
            "%(number)s new resource: %(what)s",
            "%(number)s new resources: %(what)s",
            number,
            what=in_words(asked, self.vocabularies, self.interface),
        )
        newest = asked.with_query(replace(asked.query, sort="newest", page=1))
        all_of_it = say("All that is found, the newest first:")
        no_more = say("To get no more of these letters, and to have this address forgotten:")
        return Letter(
            subject,
            _lines(
                self.interface.plural(
                    "%(number)s new resource in %(name)s that you asked to hear of:",
                    "%(number)s new resources in %(name)s that you asked to hear of:",
                    number,
                    name=self.name,
                ),
                *(self._work(work) for work in works[:SHOWN]),
                f"{all_of_it}\n{self.base}{links.url_of(newest)}",
                f"{no_more}\n{self.base}{links.end_alert(token)}",
            ),
        )

    def _work(self, work: Resource) -> str:
        shown = work.edition(self.interface.language)
        kind = labels.value("kind", work.kind, self.vocabularies, self.interface)
        about = " · ".join(filter(None, (kind if work.kind else "", labels.year(work))))
        lines = (shown.title, about, self.base + links.resource(work.slug))
        return "\n".join(filter(None, lines))


def in_words(asked: Asked, vocabularies: Vocabularies, interface: Interface) -> str:
    """A search in words, as a subject or a heading says it."""
    query = asked.query
    parts = [asked.words if len(asked.words) <= LONGEST else f"{asked.words[: LONGEST - 1]}…"]
    parts += [
        labels.narrowing(
            facet, value, labels.value(facet, value, vocabularies, interface), out, interface
        )
        for facet in NARROWING
        for out, values in ((False, query.chosen), (True, query.without))
        for value in sorted(values.get(facet, ()))
    ]
    if query.years:
        parts.append(labels.years(query.years.first, query.years.last, interface))
    return " · ".join(filter(None, parts)) or interface.say("All resources")


def _lines(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"
