"""What staff changed of a scheme, as records that are laid over its file.

A record holds the whole of one concept, under its identifier, as plain values that JSON can keep;
what is empty is left out. `{"merged": ID}` stands for one that went into another; the record under
"" is of the scheme itself. What no record names is as the file says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from library.core.messages import Message
from library.vocabularies.concept import Concept, Labels, Scheme, Texts

Record = dict[str, Any]
Records = Mapping[str, Record]
"""Identifier → record."""

OF_SCHEME = ""
_TEXTS = ("preferred", "definition")
_LISTS = ("alternative", "hidden", "weak")
_FIELDS = ("notation", "broader")


def record_of(scheme: Scheme, id: str) -> Record:
    """A concept of a scheme, or under "" the scheme itself, or where a former one went."""
    if id == OF_SCHEME:
        return {"ignored": _lists(scheme.ignored)} if scheme.ignored else {}
    concept = scheme.concepts.get(id)
    if concept is None:
        return {"merged": scheme.renamed[id]} if id in scheme.renamed else {}
    made: Record = {name: getattr(concept, name) for name in _FIELDS}
    made |= {name: dict(getattr(concept, name)) for name in _TEXTS}
    made |= {name: _lists(getattr(concept, name)) for name in _LISTS}
    made["matches"] = list(concept.matches)
    made["silent"] = id in scheme.silent
    made["retired"] = scheme.retired.get(id, "")
    made = {name: value for name, value in made.items() if value}
    return made | ({"position": scheme.placed[id]} if id in scheme.placed else {})


def version_of(scheme: Scheme, id: str) -> str:
    """Changes with everything of a concept: to tell whether it is still as somebody saw it."""
    text = json.dumps(record_of(scheme, id), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{id}\n{text}".encode()).hexdigest()[:16]


def overlaid(base: Scheme, records: Records) -> Scheme:
    """The scheme of a file with what staff changed.

    Never raises: a file that was changed since wins where the two cannot both be; `faults` tells.
    """
    concepts = dict(base.concepts)
    silent, retired, placed = set(base.silent), dict(base.retired), dict(base.placed)
    renamed, ignored = dict(base.renamed), base.ignored
    for id, record in records.items():
        if id == OF_SCHEME:
            ignored = _labels(record.get("ignored", {}))
        elif id in base.renamed and id not in base.concepts:
            continue
        elif "merged" in record:
            concepts.pop(id, None)
            renamed[id] = record["merged"]
        else:
            concepts[id] = _concept(base.name, id, record)
            (silent.add if record.get("silent") else silent.discard)(id)
            if record.get("retired"):
                retired[id] = record["retired"]
            if "position" in record:
                placed[id] = record["position"]
    leads = {old: new for old in renamed if (new := _end(old, renamed)) in concepts}
    for id in [id for id in records if id in concepts]:
        broader = leads.get(concepts[id].broader, concepts[id].broader)
        concepts[id] = replace(concepts[id], broader=broader if broader in concepts else "")
    for id, concept in concepts.items() if leads else ():
        if concept.broader in leads:
            concepts[id] = replace(concept, broader=leads[concept.broader])
    for id in records:
        if id in concepts and is_circle(concepts, id):
            concepts[id] = replace(concepts[id], broader="")
    return Scheme(
        base.name,
        _ordered(base, concepts, placed),
        renamed=leads,
        ignored=ignored,
        silent=frozenset(silent & concepts.keys()),
        retired={id: how for id, how in retired.items() if id in concepts},
        placed={id: place for id, place in placed.items() if id in concepts},
        names=base.names,
        headings=base.headings,
    )


def difference(now: Scheme, wanted: Scheme) -> Records:
    """The records that make `wanted` of `now`; a concept is never taken away.

    A former concept keeps its record: it leads on with the one it went into.
    """
    former = (id for id in wanted.renamed if id not in now.renamed)
    ids = dict.fromkeys((OF_SCHEME, *wanted.concepts, *former))
    return {id: record for id in ids if (record := record_of(wanted, id)) != record_of(now, id)}


def faults(base: Scheme, records: Records) -> Iterator[tuple[str, Message]]:
    """(id, what) of records that the file, changed since, has made senseless in part."""
    made = overlaid(base, records)
    for id, record in records.items():
        if id == OF_SCHEME:
            continue
        if id in base.renamed and id not in base.concepts:
            yield id, Message("concept renamed in file", {"other": base.renamed[id]})
        elif "merged" in record and id not in made.renamed:
            yield id, Message("concept merged into nothing", {"other": record["merged"]})
        elif record.get("broader") and id in made.concepts and not made.concepts[id].broader:
            yield id, Message("concept broader gone", {"other": record["broader"]})


def is_circle(concepts: Mapping[str, Concept], id: str) -> bool:
    """Whether a concept is reached again from itself by what is broader."""
    seen, above = {id}, concepts[id].broader
    while above and above in concepts:
        if above in seen:
            return above == id
        seen.add(above)
        above = concepts[above].broader
    return False


def _concept(scheme: str, id: str, record: Record) -> Concept:
    return Concept(
        id=id,
        scheme=scheme,
        preferred=dict(record.get("preferred", {})),
        notation=record.get("notation", ""),
        broader=record.get("broader", ""),
        alternative=_labels(record.get("alternative", {})),
        hidden=_labels(record.get("hidden", {})),
        definition=dict(record.get("definition", {})),
        weak=_labels(record.get("weak", {})),
        matches=tuple(record.get("matches", ())),
    )


def _ordered(
    base: Scheme, concepts: Mapping[str, Concept], placed: Mapping[str, int]
) -> Mapping[str, Concept]:
    """As the file lists them, those that staff placed where they put them, new ones at the end."""
    if not placed and len(concepts) == len(base.concepts):
        return concepts
    own = {id: number for number, id in enumerate(base.concepts)}
    last = len(own)
    order = sorted(concepts, key=lambda id: (placed.get(id, own.get(id, last)), own.get(id, last)))
    return {id: concepts[id] for id in order}


def _end(id: str, renamed: Texts) -> str:
    seen = set()
    while id in renamed and id not in seen:
        seen.add(id)
        id = renamed[id]
    return id


def _lists(labels: Labels) -> dict[str, list[str]]:
    return {language: list(values) for language, values in labels.items() if values}


def _labels(lists: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(values) for language, values in lists.items()}
