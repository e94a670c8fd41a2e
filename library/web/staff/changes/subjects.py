"""What a change was of, by its name in the history: a resource, or what else staff can change.

The subject of a resource is its identifier. Any other begins with what it is and a space:
`arrival 12`, `account ana`, `collection first-month`, `concept topic/law`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from library.core.resource import Role
from library.web.i18n import direction
from library.web.staff import concept_labels
from library.web.staff.desk import Desk
from library.web.staff.links import (
    ACCOUNTS,
    ARRIVALS,
    COLLECTIONS,
    SERIES,
    VOCABULARIES,
    collection_of,
    concept_of,
    series_of,
    whole_of,
    work,
)
from library.web.viewmodels import Link

ROOMS: Mapping[str, str] = {
    "account": ACCOUNTS,
    "arrival": ARRIVALS,
    "collection": COLLECTIONS,
    "many": whole_of(""),
    "concept": VOCABULARIES,
    "vocabulary": VOCABULARIES,
    "search": f"{VOCABULARIES}/searches",
    "series": SERIES,
}
"""Where what a subject's first word names is changed."""


def links(desk: Desk, subjects: Iterable[str]) -> dict[str, Link]:
    """Each of these subjects as it is called, with its place at the desk if it is there still."""
    wanted = list(dict.fromkeys(subjects))
    known = {subject: _other(desk, subject) for subject in wanted}
    for resource in desk.site.catalogue.resources(wanted, public=False):
        main = resource.edition(desk.interface.language, *desk.site.settings.languages)
        known[resource.id] = Link(
            main.title or main.filename,
            work(resource.id),
            language=main.language,
            direction=direction(main.language),
        )
    return known


def address(subject: str) -> str:
    """Where a subject is changed at the desk."""
    kind, space, name = subject.partition(" ")
    if kind == "many" and space:
        return whole_of(name)
    if kind == "series" and space:
        return series_of(name)
    if kind == "collection" and space:
        return COLLECTIONS if name == "*" else collection_of(name)
    if kind == "concept" and space:
        facet, _, id_ = name.partition("/")
        return concept_of(facet, id_)
    return ROOMS.get(kind, "") if space else work(subject)


def _other(desk: Desk, subject: str) -> Link:
    kind, space, name = subject.partition(" ")
    if not space or kind not in ROOMS:
        return Link(subject, "")
    say = desk.interface.say
    called = {
        "account": say("Account %(name)s", name=name),
        "arrival": say("Arrival %(name)s", name=name),
        "collection": say("Collection %(name)s", name=name) if name != "*" else say("Collections"),
        "many": say("Change %(name)s", name=name),
        "concept": concept_labels.called(desk.visit, name),
        "vocabulary": concept_labels.schemes(desk.visit, name),
        "search": f"“{name.partition('/')[2]}”",
        "series": say("Series %(name)s", name=name),
    }
    closed = kind == "account" and desk.user.role is not Role.ADMIN
    return Link(called[kind], "" if closed else address(subject))
