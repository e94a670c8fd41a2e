"""The ways from a resource to where its editions are kept on a phone."""

from __future__ import annotations

from collections.abc import Iterable

from library.core.resource import Edition, Resource
from library.web import labels, links
from library.web.i18n import own_name
from library.web.site import Visit
from library.web.viewmodels import Link


def ways(visit: Visit, resource: Resource, editions: Iterable[Edition]) -> tuple[Link, ...]:
    """One for each edition that has words; by its language, or else by its format."""
    return tuple(
        Link(
            own_name(edition.language) if edition.language else labels.format_name(edition),
            links.keep(resource, edition),
            language=edition.language or visit.interface.language,
        )
        for edition in editions
        if edition.text_bytes
    )
