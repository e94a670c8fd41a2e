"""A scheme as it is, made the scheme that staff want: nothing here is kept, or asks anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from library.core.errors import UsageError
from library.vocabularies import rules
from library.vocabularies.concept import Concept, Labels, Retired, Scheme
from library.vocabularies.folding import fold

PLACES = "place"


def edited(scheme: Scheme, concept: Concept, *, silent: bool) -> Scheme:
    """With a concept as it is given. Raises UsageError where there is none of its id."""
    now = _held(scheme, concept.id)
    if scheme.name == PLACES and (concept.broader, concept.notation) != (now.broader, now.notation):
        raise UsageError("place fixed")
    quiet = scheme.silent | {concept.id} if silent else scheme.silent - {concept.id}
    return replace(
        scheme, concepts={**scheme.concepts, concept.id: concept}, silent=frozenset(quiet)
    )


def added(scheme: Scheme, concept: Concept, *, silent: bool = False) -> Scheme:
    """With a new concept, in the last place. Raises Broken, UsageError."""
    _not_of_places(scheme)
    rules.check_new(scheme, concept.id)
    # Behind all that the file has, those that went into others since among them.
    last = max((len(scheme.concepts) + len(scheme.renamed), *scheme.placed.values()))
    return replace(
        scheme,
        concepts={**scheme.concepts, concept.id: concept},
        silent=scheme.silent | {concept.id} if silent else scheme.silent,
        placed={**scheme.placed, concept.id: last + 1},
    )


def merged(scheme: Scheme, gone: str, into: str, *, labels: bool = True) -> Scheme:
    """With one concept gone into another: what stood under it stands under the other.

    labels: its names become other names of the one it went into, its hidden labels hidden ones.
    Where the other stood below it, it comes up to where this one stood, so that none goes round in
    a circle. Raises Broken, UsageError.
    """
    _not_of_places(scheme)
    old, new = _held(scheme, gone), _held(scheme, into)
    if gone == into:
        raise rules.Broken("itself", gone)
    above = new
    while above.broader:
        if above.broader == gone:
            new = replace(new, broader=old.broader)
            break
        above = scheme.concepts[above.broader]
    if labels:
        new = _with_labels_of(new, old)
    concepts = {
        id: replace(concept, broader=into) if concept.broader == gone else concept
        for id, concept in {**scheme.concepts, into: new}.items()
        if id != gone
    }
    return replace(
        scheme,
        concepts=concepts,
        renamed={
            **{id: into if now == gone else now for id, now in scheme.renamed.items()},
            gone: into,
        },
        silent=scheme.silent - {gone},
        retired={id: how for id, how in scheme.retired.items() if id != gone},
        placed={id: place for id, place in scheme.placed.items() if id != gone},
    )


def retired(scheme: Scheme, id: str, how: Retired | None) -> Scheme:
    """With a concept that is offered no more, or again. Raises UsageError."""
    _not_of_places(scheme)
    _held(scheme, id)
    others = {other: why for other, why in scheme.retired.items() if other != id}
    return replace(scheme, retired={**others, id: how} if how else others)


def ignoring(scheme: Scheme, phrases: Labels) -> Scheme:
    """With these phrases, by language, that hold a label and do not mean it."""
    return replace(scheme, ignored={to: words for to, words in phrases.items() if words})


def labelled(concept: Concept, language: str, label: str, *, hidden: bool = False) -> Concept:
    """With one more label, if it has it not yet."""
    if (language, label) in concept.labels():
        return concept
    if hidden:
        return replace(concept, hidden=_more(concept.hidden, language, label))
    return replace(concept, alternative=_more(concept.alternative, language, label))


def _with_labels_of(concept: Concept, other: Concept) -> Concept:
    """With the labels of another: only those that say something new, capitals set aside."""
    known = {(language, fold(label)) for language, label in concept.labels()}
    made = concept
    for language, label in other.shown():
        if (language, fold(label)) not in known:
            known.add((language, fold(label)))
            made = replace(made, alternative=_more(made.alternative, language, label))
    for language, labels in other.hidden.items():
        for label in labels:
            if (language, fold(label)) not in known:
                known.add((language, fold(label)))
                made = replace(made, hidden=_more(made.hidden, language, label))
    before = set(concept.labels())
    for language, labels in other.weak.items():
        for label in labels:
            if (language, label) in set(made.labels()) - before:
                made = replace(made, weak=_more(made.weak, language, label))
    return replace(made, matches=tuple(dict.fromkeys((*made.matches, *other.matches))))


def _more(labels: Labels, language: str, label: str) -> Mapping[str, tuple[str, ...]]:
    return {**labels, language: (*labels.get(language, ()), label)}


def _held(scheme: Scheme, id: str) -> Concept:
    concept = scheme.concepts.get(id)
    if concept is None:
        raise UsageError("concept missing", facet=scheme.name, id=id)
    return concept


def _not_of_places(scheme: Scheme) -> None:
    if scheme.name == PLACES:
        raise UsageError("places fixed")
