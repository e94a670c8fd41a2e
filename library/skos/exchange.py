"""Taking a SKOS file into the vocabularies: which of its schemes goes where, and the one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from library.catalogue import Writer
from library.catalogue.curation import concepts
from library.catalogue.curation.concepts import Curator
from library.core.errors import InputError
from library.skos.facts import FoundScheme
from library.skos.import_plan import Plan, plan
from library.vocabularies import EDITABLE, Scheme, Vocabularies


def plans(
    now: Vocabularies,
    schemes: Sequence[FoundScheme],
    *,
    facet: str = "",
    base: str = "",
    retire: bool = False,
) -> Mapping[str, Plan]:
    """What a file would change, by facet. Raises InputError, UsageError."""
    return {
        name: plan(now.schemes[name], scheme, base=base, retire=retire)
        for name, scheme in _chosen(schemes, facet).items()
    }


def take(
    writer: Writer,
    curator: Curator,
    schemes: Sequence[FoundScheme],
    *,
    facet: str = "",
    base: str = "",
    retire: bool = False,
) -> bool:
    """Change the vocabularies as a file says, as one change; whether that is one.

    Raises InputError, UsageError; then nothing is changed.
    """
    chosen = _chosen(schemes, facet)

    def wanted(scheme: FoundScheme) -> concepts.Change:
        def change(now: Scheme) -> Scheme:
            return plan(now, scheme, base=base, retire=retire).wanted

        return change

    return concepts.curate(
        writer,
        curator,
        {name: wanted(scheme) for name, scheme in chosen.items()},
        action=concepts.IMPORTED,
        subject=concepts.subject(" ".join(chosen)),
    )


def _chosen(schemes: Sequence[FoundScheme], facet: str) -> Mapping[str, FoundScheme]:
    """The schemes of a file by the facet each is for. Raises InputError."""
    known = ", ".join(EDITABLE)
    if facet and facet not in EDITABLE:
        raise InputError("skos facet", facet=repr(facet), known=known)
    named = {scheme.facet: scheme for scheme in schemes if scheme.facet in EDITABLE}
    if facet in named:
        return {facet: named[facet]}
    if not facet and named:
        return named
    if not facet:
        raise InputError("skos facet missing", known=known)
    if len(schemes) > 1:
        listed = ", ".join(scheme.uri for scheme in schemes[:5])
        raise InputError("skos several", number=len(schemes), schemes=listed)
    return {facet: schemes[0]}
