"""What must hold of a scheme that people change: the conditions of SKOS, and a few of ours.

SKOS Reference, sections 5.4 (S13, S14), 8.4 (S27) and the primer's advice that preferred labels be
unique within a scheme and language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal

from library.core.errors import UsageError
from library.vocabularies.concept import Concept, Scheme
from library.vocabularies.files import RESERVED
from library.vocabularies.folding import fold
from library.vocabularies.records import is_circle

LONGEST = 200  # characters of a label
LONGEST_TEXT = 4000  # of a definition
LONGEST_ID = 60
MOST = 400  # labels of one concept in one language
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

What = Literal[
    "id", "id taken", "no label", "language", "long", "many", "twice", "preferred taken",
    "weak", "broader unknown", "circle", "itself",
]  # fmt: skip


class Broken(UsageError):
    """A rule that a change would break, in which concept, over which label."""

    def __init__(
        self, what: What, id: str, *, language: str = "", label: str = "", other: str = ""
    ) -> None:
        super().__init__(
            f"concept {what}",
            id=id,
            language=language,
            label=label,
            other=other,
            most=_MOST.get(what, 0),
            reserved=RESERVED,
        )
        self.what = what
        self.id = id
        self.language = language
        self.label = label
        self.other = other


_MOST: dict[What, int] = {"id": LONGEST_ID, "long": LONGEST, "many": MOST}


def check(scheme: Scheme, changed: Iterable[str]) -> None:
    """Raises Broken for the first rule that a changed concept breaks."""
    for broken in broken_in(scheme, changed):
        raise broken


def broken_in(scheme: Scheme, changed: Iterable[str]) -> Iterator[Broken]:
    """Every rule that the changed concepts break."""
    preferred: dict[tuple[str, str], list[str]] = {}
    for concept in scheme.concepts.values():
        for language, label in concept.preferred.items():
            preferred.setdefault((language, fold(label)), []).append(concept.id)
    for id in changed:
        if id not in scheme.concepts:
            continue  # the scheme itself, or one that went into another
        concept = scheme.concepts[id]
        yield from _of_labels(concept)
        for language, label in concept.preferred.items():
            for other in preferred[language, fold(label)]:
                if other != id:
                    yield Broken("preferred taken", id, language=language, label=label, other=other)
        if concept.broader and concept.broader not in scheme.concepts:
            yield Broken("broader unknown", id, other=concept.broader)
        elif is_circle(scheme.concepts, id):
            yield Broken("circle", id)


def check_new(scheme: Scheme, id: str) -> None:
    """Raises Broken where a new concept cannot have this identifier."""
    if not _ID.fullmatch(id) or len(id) > LONGEST_ID or id == RESERVED:
        raise Broken("id", id)
    if id in scheme.concepts or id in scheme.renamed:
        raise Broken("id taken", id)


def clean(text: str) -> str:
    """A label as it is kept: one line, composed, without what cannot be seen."""
    text = "".join(
        " " if c in "\t\r\n" else c for c in text if c in "\t\r\n\u200c\u200d" or _visible(c)
    )
    return " ".join(unicodedata.normalize("NFC", text).split())


def collisions(scheme: Scheme, concept: Concept) -> list[tuple[str, str, str]]:
    """(language, label, other concept) of labels that another has too: allowed, and ambiguous."""
    mine: dict[tuple[str, str], str] = {}
    for language, label in concept.labels():
        mine.setdefault((language, fold(label)), label)
    return [
        (language, mine[language, fold(label)], other.id)
        for other in scheme.concepts.values()
        if other.id != concept.id
        for language, label in dict.fromkeys(other.labels())
        if (language, fold(label)) in mine
    ]


def _of_labels(concept: Concept) -> Iterator[Broken]:
    if not concept.preferred:
        yield Broken("no label", concept.id)
    languages = {*concept.preferred, *concept.alternative, *concept.hidden, *concept.weak}
    for language in sorted({*languages, *concept.definition}):
        if not LANGUAGE.fullmatch(language):
            yield Broken("language", concept.id, language=language)
        every = [
            *filter(None, (concept.preferred.get(language),)),
            *concept.alternative.get(language, ()),
            *concept.hidden.get(language, ()),
        ]
        if len(every) > MOST:
            yield Broken("many", concept.id, language=language)
        for label in every:
            if len(label) > LONGEST:
                yield Broken("long", concept.id, language=language, label=f"{label[:40]}…")
        for label in sorted({label for label in every if every.count(label) > 1}):
            yield Broken("twice", concept.id, language=language, label=label)
        known = {fold(label) for label in every}
        for label in concept.weak.get(language, ()):
            if fold(label) not in known:
                yield Broken("weak", concept.id, language=language, label=label)
    for language, text in concept.definition.items():
        if len(text) > LONGEST_TEXT:
            yield Broken("long", concept.id, language=language, label=f"{text[:40]}…")


def _visible(character: str) -> bool:
    # Joiners shape letters of Hindi and Persian; marks of direction and the like hide in labels.
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
