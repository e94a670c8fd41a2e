"""A concept, and the scheme it stands in; the words are those of SKOS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Labels = Mapping[str, tuple[str, ...]]  # language → labels
Texts = Mapping[str, str]  # language → one text

Retired = Literal["kept", "removed"]
"""Whether resources keep a concept that is offered no more."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One term of a scheme. A hidden label finds, and is never shown."""

    id: str
    scheme: str
    preferred: Texts  # the one label shown
    notation: str = ""  # its code in a published scheme
    broader: str = ""  # id of the concept above it
    alternative: Labels = field(default_factory=dict)
    hidden: Labels = field(default_factory=dict)
    definition: Texts = field(default_factory=dict)
    # Labels of the above that alone are little evidence in a text.
    weak: Labels = field(default_factory=dict)
    matches: tuple[str, ...] = ()  # addresses of the same concept in other vocabularies

    def shown(self) -> Iterator[tuple[str, str]]:
        """(language, label) of every label that may be shown: all but the hidden ones."""
        yield from self.preferred.items()
        for language, labels in self.alternative.items():
            for label in labels:
                yield language, label

    def labels(self) -> Iterator[tuple[str, str]]:
        """(language, label): the preferred ones, then alternative, then hidden ones."""
        yield from self.shown()
        for language, labels in self.hidden.items():
            for label in labels:
                yield language, label


@dataclass(frozen=True, slots=True)
class Scheme:
    """The concepts of one facet, in the order they are written."""

    name: str
    concepts: Mapping[str, Concept]
    renamed: Texts = field(default_factory=dict)  # a former id → the id it has now
    ignored: Labels = field(default_factory=dict)  # phrases that hold a label and do not mean it
    silent: frozenset[str] = frozenset()  # ids no text is taken to mention
    # Ids that are offered for choosing and guessed no more; their addresses go on leading to them.
    retired: Mapping[str, Retired] = field(default_factory=dict)
    placed: Mapping[str, int] = field(default_factory=dict)  # ids that staff gave a place in order
    names: Texts = field(default_factory=dict)  # what readers know the facet as
    headings: Texts = field(default_factory=dict)  # what stands above the list of all its values
