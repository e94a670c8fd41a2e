"""What a SKOS file says, as plain values, and its formats; the words are those of SKOS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Many = Mapping[str, tuple[str, ...]]  # language → texts, in alphabetical order

Value = tuple[str, str, str]
"""(`uri`, address, ""), or (`text`, text, language)."""

Facts = Mapping[str, Mapping[str, tuple[Value, ...]]]
"""Subject → predicate → values, in alphabetical order."""

Written = str | int | bool | tuple[str, str]
"""An address in angle brackets, a number, yes or no, or (text, language); "" for no language."""

Triple = tuple[str, str, Written]
"""Subject, predicate and value, to be written."""

FORMATS = {
    "turtle": ("ttl", "text/turtle"),
    "xml": ("rdf", "application/rdf+xml"),
    "json-ld": ("jsonld", "application/ld+json"),
}
"""Format → its usual ending, and its media type."""

_ENDINGS = {
    "ttl": "turtle", "turtle": "turtle", "nt": "turtle", "rdf": "xml", "xml": "xml", "owl": "xml",
    "jsonld": "json-ld", "json": "json-ld",
}  # fmt: skip


def format_of(name: str) -> str:
    """The format that a file's name says; "" where it says none."""
    return _ENDINGS.get(name.rpartition(".")[2].lower(), "") if "." in name else ""


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
