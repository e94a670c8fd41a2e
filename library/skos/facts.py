"""What a SKOS file says, as plain values; the words are those of SKOS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Many = Mapping[str, tuple[str, ...]]  # language → texts, in alphabetical order


@dataclass(frozen=True, slots=True)
class Found:
    """A concept of a file."""

    uri: str
    preferred: Many = field(default_factory=dict)  # more than one in a language breaks a rule
    alternative: Many = field(default_factory=dict)
    hidden: Many = field(default_factory=dict)
    definition: Many = field(default_factory=dict)
    notation: str = ""
    broader: tuple[str, ...] = ()  # addresses
    matches: tuple[str, ...] = ()  # addresses of the same concept elsewhere
    deprecated: bool = False
    replaced_by: str = ""
    bare: tuple[str, ...] = ()  # labels without a language
    # What only a file of a library like this one says.
    id: str = ""
    order: int | None = None
    weak: Many = field(default_factory=dict)
    silent: bool = False
    removed: bool = False


@dataclass(frozen=True, slots=True)
class FoundScheme:
    """A concept scheme of a file. facet: which it is, in a file of a library like this one."""

    uri: str
    facet: str = ""
    ignored: Many = field(default_factory=dict)
    concepts: tuple[Found, ...] = ()
