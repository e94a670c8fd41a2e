"""Schemes as SKOS: every facet a concept scheme, with addresses that stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from library.core.errors import UsageError
from library.skos import names
from library.skos.facts import FORMATS, Triple
from library.skos.names import DCT, OURS, OWL, SKOS
from library.vocabularies import EDITABLE, Scheme, Vocabularies


def write(vocabularies: Vocabularies, facets: Sequence[str], base: str, format: str) -> bytes:
    """These schemes as one file. base: the library's public address. Raises UsageError."""
    from library.skos import triples

    for facet in facets:
        if facet not in vocabularies.schemes:
            known = ", ".join(vocabularies.schemes)
            raise UsageError("skos facet unknown", facet=facet, known=known)
    if format not in FORMATS:
        raise UsageError("skos format unknown", format=format, known=", ".join(FORMATS))
    every = [
        triple
        for facet in facets or EDITABLE
        for triple in _triples(vocabularies.schemes[facet], base)
    ]
    return triples.serialized(every, format)


KEPT = frozenset((f"{SKOS}hiddenLabel", f"{OURS}weakLabel", f"{OURS}ignored", f"{OURS}silent"))
"""What only those who look after the library are told: it finds, or guards guesses."""


def published(vocabularies: Vocabularies, facet: str, id: str, base: str, format: str) -> bytes:
    """A scheme as everybody may read it; with an id that concept alone."""
    from library.skos import triples

    scheme = vocabularies.schemes[facet]
    here = names.of_concept(base, facet, id)
    return triples.serialized(
        (
            triple
            for triple in _triples(scheme, base)
            if triple[1] not in KEPT and (not id or triple[0] == here)
        ),
        format,
    )


def _triples(scheme: Scheme, base: str) -> Iterator[Triple]:
    here = names.of_scheme(base, scheme.name)
    yield here, "a", f"<{SKOS}ConceptScheme>"
    for language, name in (scheme.names or {"en": scheme.name.capitalize()}).items():
        yield here, f"{DCT}title", (name, language)
    yield here, f"{OURS}facet", (scheme.name, "")
    for language, phrases in scheme.ignored.items():
        for phrase in phrases:
            yield here, f"{OURS}ignored", (phrase, language)
    for number, id in enumerate(scheme.concepts):
        yield from _concept(scheme, base, id, number)
    for old, now in scheme.renamed.items():
        former = names.of_concept(base, scheme.name, old)
        yield former, "a", f"<{SKOS}Concept>"
        yield former, f"{SKOS}inScheme", f"<{here}>"
        yield former, f"{DCT}identifier", (old, "")
        yield former, f"{OWL}deprecated", True
        yield former, f"{DCT}isReplacedBy", f"<{names.of_concept(base, scheme.name, now)}>"


def _concept(scheme: Scheme, base: str, id: str, number: int) -> Iterator[Triple]:
    concept = scheme.concepts[id]
    here = names.of_concept(base, scheme.name, id)
    top = names.of_scheme(base, scheme.name)
    yield here, "a", f"<{SKOS}Concept>"
    yield here, f"{SKOS}inScheme", f"<{top}>"
    yield here, f"{DCT}identifier", (id, "")
    yield here, f"{OURS}order", number
    if concept.broader:
        above = names.of_concept(base, scheme.name, concept.broader)
        yield here, f"{SKOS}broader", f"<{above}>"
        yield above, f"{SKOS}narrower", f"<{here}>"
    else:
        yield here, f"{SKOS}topConceptOf", f"<{top}>"
        yield top, f"{SKOS}hasTopConcept", f"<{here}>"
    for language, text in concept.preferred.items():
        yield here, f"{SKOS}prefLabel", (text, language)
    for language, text in concept.definition.items():
        yield here, f"{SKOS}definition", (text, language)
    for name, lists in (
        (f"{SKOS}altLabel", concept.alternative),
        (f"{SKOS}hiddenLabel", concept.hidden),
        (f"{OURS}weakLabel", concept.weak),
    ):
        for language, labels in lists.items():
            for label in labels:
                yield here, name, (label, language)
    if concept.notation:
        yield here, f"{SKOS}notation", (concept.notation, "")
    for address in concept.matches:
        yield here, f"{SKOS}exactMatch", f"<{address}>"
    if id in scheme.silent:
        yield here, f"{OURS}silent", True
    if id in scheme.retired:
        yield here, f"{OWL}deprecated", True
        if scheme.retired[id] == "removed":
            yield here, f"{OURS}removed", True
