"""What takes long to work out of the files of vocabularies, kept beside a library.

A copy, like the index: it is named after the files and the code it was made of, and whatever cannot
be read of it, or was made of others, is worked out anew. It is JSON, so that a folder that came
from strangers can run nothing.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from index.text import stopwords
from library.vocabularies.concept import Concept, Scheme

LABELS = ("alternative", "hidden", "weak")
"""The fields of a concept whose values are lists of labels by language."""

Names = Mapping[str, str]
"""Folded words of a label, one line → the ids it names, one line, with ALONE behind each that it
names only alone. There are ten thousands: lists of pairs take thrice the memory, and to read."""

ALONE = "?"

Told = Mapping[str, str]
"""The telling words of labels, one line → the ids they name, one line."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Schemes as they are read from their files, the tables of names in each, by facet, and the
    names of the library's languages, and those of all languages in these."""

    schemes: Mapping[str, Scheme]
    names: Mapping[str, Names]
    told: Mapping[str, Told]
    spoken: Mapping[str, str]
    languages: Mapping[str, Mapping[str, str]]
    beside: Mapping[str, Any] = field(default_factory=dict)
    """What others keep here, by their name; whether it can be used is theirs to say."""


def read(path: Path | None, version: str) -> Prepared | None:
    """What was kept of files of that version by this code; None where that is not there."""
    if path is None:
        return None
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["of"] != _made_of(version):
            return None
        schemes = {name: _scheme(name, told) for name, told in content["schemes"].items()}
        names, told = (
            {facet: dict(table) for facet, table in content[name].items()}
            for name in ("names", "told")
        )
        languages = {spoken: dict(table) for spoken, table in content["languages"].items()}
        beside = dict(content["beside"])
        return Prepared(schemes, names, told, dict(content["spoken"]), languages, beside)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def write(path: Path, version: str, prepared: Prepared) -> None:
    """Keep it for the next process, which works it out itself where this cannot be done."""
    content = {
        "of": _made_of(version),
        "schemes": {name: _plain(scheme) for name, scheme in prepared.schemes.items()},
        "names": prepared.names,
        "told": prepared.told,
        "spoken": dict(prepared.spoken),
        "languages": {spoken: dict(names) for spoken, names in prepared.languages.items()},
        "beside": dict(prepared.beside),
    }
    part = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        try:
            part.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def _plain(scheme: Scheme) -> dict[str, Any]:
    return {
        "concepts": [
            {
                one.name: value
                for one in fields(Concept)
                if one.name != "scheme" and (value := getattr(concept, one.name))
            }
            for concept in scheme.concepts.values()
        ],
        "renamed": dict(scheme.renamed),
        "ignored": dict(scheme.ignored),
        "silent": sorted(scheme.silent),
        "names": dict(scheme.names),
        "headings": dict(scheme.headings),
    }


def _scheme(name: str, told: dict[str, Any]) -> Scheme:
    concepts = {}
    for row in told["concepts"]:
        for labels in LABELS:
            if labels in row:
                row[labels] = {spoken: tuple(texts) for spoken, texts in row[labels].items()}
        concepts[row["id"]] = Concept(scheme=name, **row)
    return Scheme(
        name,
        concepts,
        renamed=told["renamed"],
        ignored={language: tuple(phrases) for language, phrases in told["ignored"].items()},
        silent=frozenset(told["silent"]),
        names=told["names"],
        headings=told["headings"],
    )


def _made_of(version: str) -> str:
    return f"{version}-{_code()}"


@functools.cache
def _code() -> str:
    """A digest of the code that reads the files and folds their labels."""
    digest = hashlib.sha256(Path(stopwords.__file__).read_bytes())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
