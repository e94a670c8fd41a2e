"""What a SKOS file would change of a scheme; nothing is changed here.

A file of a library like this one says what each concept is, whole: the round trip is exact. Any
other file adds: its labels join those of the concepts they agree with, and the rest is new. What a
file does not name stays, unless it is to be retired.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from library.core.errors import InputError
from library.skos import names
from library.skos.facts import Found, FoundScheme, Many
from library.vocabularies import Concept, Scheme, edits, rules
from library.vocabularies.concept import Labels, Texts
from library.vocabularies.files import RESERVED
from library.vocabularies.folding import fold
from library.vocabularies.records import difference

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Plan:
    """The scheme as the file wants it, and how it differs; ids in the order of the scheme."""

    wanted: Scheme
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()  # not in the file; retired only where that was asked for
    merged: tuple[str, ...] = ()
    same: int = 0
    notes: tuple[str, ...] = ()  # what of the file was left out, in words


@dataclass(slots=True)
class _Planning:
    scheme: Scheme
    ids: dict[str, str] = field(default_factory=dict)  # address in the file → id here
    fresh: set[str] = field(default_factory=set)  # of these, new ones
    notes: list[str] = field(default_factory=list)


def plan(now: Scheme, scheme: FoundScheme, *, base: str = "", retire: bool = False) -> Plan:
    """What a scheme of a file would make of ours. base: this library's public address.

    retire: concepts that are not in the file are offered no more. Raises InputError, UsageError.
    """
    ours = scheme.facet == now.name
    work = _Planning(now)
    kept = [
        concept
        for concept in scheme.concepts
        if not concept.deprecated or (ours and not concept.replaced_by)
    ]
    former = [concept for concept in scheme.concepts if concept not in kept]
    if not ours and former:
        work.notes.append(f"{len(former)} concepts are deprecated there, and were left out.")
    for concept in sorted(
        kept, key=lambda concept: (concept.order is None, concept.order or 0, concept.uri)
    ):
        _name(work, concept, base, ours)
    wanted = now
    for concept in kept:
        wanted = _with(work, wanted, concept, ours)
    if ours:
        wanted = _with_former(wanted, former)
        wanted = _in_order(wanted, kept)
        wanted = edits.ignoring(wanted, _kept(now.ignored, scheme.ignored))
        wanted = _with_retired(wanted, kept)
    mine = set(work.ids.values())
    gone = [id for id in now.concepts if id not in mine and id in wanted.concepts]
    if retire:
        for id in gone:
            if id not in wanted.retired:
                wanted = edits.retired(wanted, id, "kept")
    differs = difference(now, wanted)
    rules.check(wanted, differs)
    added = [id for id in wanted.concepts if id in work.fresh]
    merged = [id for id in differs if id and id not in wanted.concepts]
    changed = [id for id in differs if id not in (*added, *merged) and (id or ours)]
    return Plan(
        wanted,
        tuple(added),
        tuple(changed),
        tuple(id for id in gone if id not in now.retired),
        tuple(merged),
        len(mine) - len(added) - len([id for id in changed if id in mine]),
        tuple(work.notes),
    )


def _name(work: _Planning, concept: Found, base: str, ours: bool) -> None:
    """Decide which concept of ours a concept of the file is, or what it will be called."""
    scheme = work.scheme
    taken = set(work.ids.values())
    if ours:
        if (
            not _ID.fullmatch(concept.id)
            or len(concept.id) > rules.LONGEST_ID
            or concept.id in taken
        ):
            raise InputError(
                "skos identifier",
                uri=concept.uri,
                id=repr(concept.id),
                example='dct:identifier "street-vendors"',
            )
        if concept.id in scheme.renamed:
            raise InputError(
                "skos merged", id=repr(concept.id), other=repr(scheme.renamed[concept.id])
            )
        id, known = concept.id, concept.id in scheme.concepts
    else:
        same = _same(scheme, concept, base)
        known = bool(same) and same not in taken
        id = same if known else _fresh(scheme, concept, taken)
    work.ids[concept.uri] = id
    if not known:
        work.fresh.add(id)
    if concept.bare:
        some = "; ".join(concept.bare[:3])
        work.notes.append(f"{id}: {len(concept.bare)} labels name no language, and were left out: {some}")  # fmt: skip  # noqa: E501
    if len(concept.broader) > 1:
        work.notes.append(f"{id} stands under several there; the first was taken.")


def _same(scheme: Scheme, found: Found, base: str) -> str:
    """The id of the concept of ours that this one is; "" where it is none."""
    addresses = {found.uri, *found.matches}
    for id, concept in scheme.concepts.items():
        mine = names.of_concept(base, scheme.name, id)
        if mine in addresses or not addresses.isdisjoint(concept.matches):
            return id
    called = {(to, fold(label)) for to, labels in found.preferred.items() for label in labels}
    for id, concept in scheme.concepts.items():
        if any((to, fold(label)) in called for to, label in concept.preferred.items()):
            return id
    return ""


def _fresh(scheme: Scheme, concept: Found, taken: set[str]) -> str:
    """A new id: of the address's last part where that says something, else of the label."""
    last = re.split(r"[/#:]", concept.uri.rstrip("/#"))[-1].lower()
    english = concept.preferred.get("en", ())
    labels = (*english, *(label for texts in concept.preferred.values() for label in texts))
    # A number, or a code such as c_0815, says nothing to people who read addresses.
    choices = [last] if _ID.fullmatch(last) and not re.search(r"\d", last) else []
    choices += [made for label in labels if (made := id_of(label))]
    wanted = next(iter(choices), "concept")
    number, id = 1, wanted
    while id in scheme.concepts or id in scheme.renamed or id in taken or id == RESERVED:
        number += 1
        id = f"{wanted}-{number}"
    return id


def id_of(label: str) -> str:
    """An identifier made of a label: `Child care` is child-care; "" where it is not Latin."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", label.casefold()) if not unicodedata.combining(c)
    )
    made = ""
    for word in re.findall(r"[a-z0-9]+", plain):
        longer = f"{made}-{word}" if made else word
        if len(longer) > rules.LONGEST_ID - 5:
            break
        made = longer
    return made.lstrip("0123456789-")


def _with(work: _Planning, wanted: Scheme, found: Found, ours: bool) -> Scheme:
    id = work.ids[found.uri]
    for language, labels in found.preferred.items():
        if len(labels) > 1:
            raise InputError(
                "skos labels",
                uri=found.uri,
                number=str(len(labels)),
                language=repr(language),
                labels=", ".join(labels[:3]),
            )
    if not found.preferred:
        raise InputError("skos unlabelled", uri=found.uri, example='skos:prefLabel "Wages"@en')
    broader = next((work.ids[uri] for uri in found.broader if uri in work.ids), "")
    now = wanted.concepts.get(id)
    concept = _told(now or Concept(id, wanted.name, {}), found, broader)
    if now is None:
        if not ours:
            concept = replace(concept, matches=(found.uri, *found.matches))
        return edits.added(wanted, _legal(concept, found.uri), silent=found.silent)
    if ours:
        return edits.edited(wanted, concept, silent=found.silent)
    joined = _joined(now, concept, found)
    return edits.edited(wanted, joined, silent=id in wanted.silent)


def _told(now: Concept, concept: Found, broader: str) -> Concept:
    """The concept that the file has; where the same labels are here, in the order they are here."""
    return Concept(
        now.id,
        now.scheme,
        preferred=_ordered(
            now.preferred, {to: texts[0] for to, texts in concept.preferred.items()}
        ),
        notation=concept.notation,
        broader=broader,
        alternative=_kept(now.alternative, concept.alternative),
        hidden=_kept(now.hidden, concept.hidden),
        definition=_ordered(
            now.definition, {to: texts[0] for to, texts in concept.definition.items()}
        ),
        weak=_kept(now.weak, concept.weak),
        matches=now.matches if {*now.matches} == {*concept.matches} else concept.matches,
    )


def _legal(concept: Concept, uri: str) -> Concept:
    """Without addresses that cannot be written, and labels that stand twice."""
    made = replace(concept, alternative={}, hidden={})
    for language, labels in concept.alternative.items():
        for label in labels:
            made = edits.labelled(made, language, label)
    for language, labels in concept.hidden.items():
        for label in labels:
            made = edits.labelled(made, language, label, hidden=True)
    matches = dict.fromkeys(match for match in concept.matches if names.is_address(match))
    return replace(made, matches=tuple(matches))


def _joined(now: Concept, incoming: Concept, concept: Found) -> Concept:
    """Our concept with what another vocabulary says of the same: ours stays preferred."""
    made = now
    for language, label in incoming.preferred.items():
        if language not in made.preferred and (language, label) not in set(made.labels()):
            made = replace(made, preferred={**made.preferred, language: label})
        else:
            made = edits.labelled(made, language, label)
    for language, labels in incoming.alternative.items():
        for label in labels:
            made = edits.labelled(made, language, label)
    for language, labels in incoming.hidden.items():
        for label in labels:
            made = edits.labelled(made, language, label, hidden=True)
    matches = dict.fromkeys((*now.matches, concept.uri, *concept.matches))
    return replace(
        made,
        definition={**incoming.definition, **now.definition},
        notation=now.notation or incoming.notation,
        matches=tuple(match for match in matches if names.is_address(match)),
    )


def _with_former(wanted: Scheme, former: Sequence[Found]) -> Scheme:
    """With those that went into others there gone into the same here."""
    ids = {concept.uri: concept.id for concept in former}
    for concept in former:
        into = ids.get(concept.replaced_by) or re.split(r"[/:]", concept.replaced_by)[-1]
        if not _ID.fullmatch(concept.id) or into not in wanted.concepts:
            continue
        if concept.id in wanted.concepts:
            wanted = edits.merged(wanted, concept.id, into, labels=False)
        elif concept.id not in wanted.renamed:
            wanted = replace(wanted, renamed={**wanted.renamed, concept.id: into})
    return wanted


def _with_retired(wanted: Scheme, concepts: Sequence[Found]) -> Scheme:
    for concept in concepts:
        how = ("removed" if concept.removed else "kept") if concept.deprecated else None
        if wanted.retired.get(concept.id) != how:
            wanted = edits.retired(wanted, concept.id, how)  # type: ignore[arg-type]
    return wanted


def _in_order(wanted: Scheme, kept: Sequence[Found]) -> Scheme:
    """In the order of the file; where they stand so already, no place is written down."""
    order = [
        concept.id
        for concept in sorted(kept, key=lambda concept: concept.order or 0)
        if concept.order is not None
    ]
    known = set(order)
    if [id for id in wanted.concepts if id in known] == order:
        return wanted
    numbers = {concept.id: concept.order for concept in kept if concept.order is not None}
    concepts = sorted(wanted.concepts, key=lambda id: numbers.get(id, len(wanted.concepts)))
    return replace(
        wanted,
        concepts={id: wanted.concepts[id] for id in concepts},
        placed={**wanted.placed, **numbers},
    )


def _ordered(now: Texts, texts: Texts) -> Mapping[str, str]:
    return {to: texts[to] for to in (*(language for language in now if language in texts), *texts)}


def _kept(now: Labels, wanted: Many) -> Mapping[str, tuple[str, ...]]:
    """What a file says, in our order as far as it says the same: RDF has none."""
    return {
        to: tuple(
            dict.fromkeys(
                (*(label for label in now.get(to, ()) if label in wanted[to]), *wanted[to])
            )
        )
        for to in (*(language for language in now if language in wanted), *wanted)
    }
