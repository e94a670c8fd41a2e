"""Writes the letters that are due, one at a time, when a worker has nothing more urgent to do.

A letter is noted when its server has taken it. Who is killed in between writes it once more; none
is left out.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from functools import cached_property
from urllib.parse import parse_qsl

from index.engine import SearchEngine, SearchError
from library.catalogue import Catalogue
from library.catalogue.accounts import alerts
from library.catalogue.accounts.alerts import Alert
from library.catalogue.resources import queries
from library.core import logs
from library.core.resource import Resource
from library.core.settings import Settings
from library.operations import mail
from library.operations.mail import NotSent
from library.vocabularies import Vocabularies
from library.web import links
from library.web.alerts.letters import Letter, Writing
from library.web.i18n import Interface, interfaces
from library.web.links import Asked

LOOK = 5.0  # seconds between two looks whether anybody is to be written to
PAUSE = 60.0  # the same after a letter that could not be sent
PART = 500  # works of a search that are looked through at once


@dataclass(slots=True)
class _Times:
    """When anybody is looked for next, in seconds that never go back."""

    look: float = 0.0


@dataclass(frozen=True)
class Rounds:
    """The letters of one library. send: gives one to a server. now: tells the time."""

    settings: Settings
    catalogue: Catalogue
    engine: SearchEngine
    vocabularies: Vocabularies
    send: Callable[[Settings, EmailMessage], None] = mail.send
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    times: _Times = field(default_factory=_Times)

    def once(self) -> bool:
        """Write one letter, or look whether there is news for one reader; whether one was due."""
        at = time.monotonic()
        if at < self.times.look:
            return False
        now = self.now()
        due = self.catalogue.ask(alerts.due, now)
        if due is None:
            self.times.look = at + LOOK
            return False
        if self.catalogue.change(alerts.claim, due.token, now):
            self._serve(due, now)
        return True

    def _serve(self, alert: Alert, now: datetime) -> None:
        try:
            letter = self._letter(alert, now)
            if letter is not None:
                self.send(self.settings, self._addressed(alert, letter))
        except (NotSent, SearchError) as error:
            logs.event("letter not sent", "warning", reason=str(error))
            self.times.look = time.monotonic() + PAUSE
            if isinstance(error, NotSent) and error.for_good:
                self.catalogue.change(alerts.end, alert.token)
            return
        self.catalogue.change(alerts.tell, alert.token, now)

    def _letter(self, alert: Alert, now: datetime) -> Letter | None:
        """What is to be written to a reader; None where nothing is new."""
        vocabularies = self.catalogue.vocabularies(self.vocabularies)
        asked = links.query_of(parse_qsl(alert.question), vocabularies)
        interface = self._interface(alert)
        name = self.settings.called(interface.language)
        writing = Writing(interface, vocabularies, name, self.settings.base_url)
        if not alert.confirmed:
            return writing.confirmation(asked, alert.token)
        works = self._news(asked, alert.told or now, now)
        return writing.news(asked, alert.token, works) if works else None

    def _news(self, asked: Asked, since: datetime, until: datetime) -> list[Resource]:
        """Works that a search finds, and that nobody could find before; the newest first."""
        fresh = set(self.catalogue.ask(queries.published, since, until))
        found: list[str] = []
        page = total = 1
        while fresh - set(found) and (page - 1) * PART < total:
            query = replace(
                asked.query, sort="newest", size=PART, page=page, excerpts=False, beyond=False
            )
            results = self.engine.search(query)
            found += [hit.id for hit in results.hits if hit.id in fresh]
            total, page = results.total, page + 1
        return self.catalogue.resources(found)

    def _addressed(self, alert: Alert, letter: Letter) -> EmailMessage:
        interface = self._interface(alert)
        return mail.letter(
            self.settings,
            self.settings.called(interface.language),
            alert.address,
            letter.subject,
            letter.text,
            language=interface.language,
            end=self.settings.base_url + links.end_alert(alert.token),
        )

    def _interface(self, alert: Alert) -> Interface:
        """The site as its reader saw it; in its first language where it speaks that no more."""
        return self._interfaces.get(alert.language) or next(iter(self._interfaces.values()))

    @cached_property
    def _interfaces(self) -> Mapping[str, Interface]:
        return interfaces(self.settings.languages, schemes=self.vocabularies.schemes)
