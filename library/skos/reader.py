"""SKOS files read into plain values, strangers' files too: bounded, and nothing else is loaded."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from library.core.errors import Damaged, Empty, InputError, TooLarge, Unsupported
from library.skos import names, parsing
from library.skos.facts import Facts, Found, FoundScheme, Many, Value, format_of
from library.skos.names import DCT, OURS, OWL, SKOS, SKOSXL
from library.vocabularies.cldr import language_id
from library.vocabularies.rules import clean

LARGEST = 20_000_000  # bytes
MOST = 5000  # concepts
_XML = re.compile(rb"<(\?xml|!|[A-Za-z_][\w.-]*:?RDF[\s>])")
_KINDS = {"prefLabel": "preferred", "altLabel": "alternative", "hiddenLabel": "hidden"}


def read(content: bytes, name: str = "", *, largest: int = LARGEST) -> tuple[FoundScheme, ...]:
    """The schemes of a file, in the order of their addresses.

    Raises InputError: Empty, TooLarge, Unsupported (not RDF, or it wants other files), Damaged.
    """
    if not content.strip():
        raise Empty("skos empty", name=name or "SKOS")
    if len(content) > largest:
        raise TooLarge("skos too large", name=name or "SKOS", megabytes=str(largest // 1_000_000))
    format = _format(content, name)
    if format == "xml":
        _check_xml(content)
    elif format == "json-ld":
        _check_json(content)
    return _schemes(parsing.parsed(content, format, name or "SKOS"))


def _format(content: bytes, name: str) -> str:
    """By what it holds, then by its name: a file called .xml may hold Turtle."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:200]
    if _XML.match(start):
        return "xml"
    if start.startswith(b"{") or (start.startswith(b"[") and format_of(name) != "turtle"):
        return "json-ld"
    if start.startswith((b"PK", b"%PDF", b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:1000]:
        raise Unsupported("skos not rdf", name=name or "SKOS")
    return "turtle"


def _check_xml(content: bytes) -> None:
    """Raises Unsupported for entities of its own, which could grow without end, or load files."""
    try:
        fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise Unsupported("skos entities", declaration="<!DOCTYPE …>") from None
    except (ParseError, ValueError, LookupError) as error:
        raise Damaged("skos xml", detail=str(error)) from None


def _check_json(content: bytes) -> None:
    """Raises Unsupported where it names contexts that stand elsewhere: nothing is fetched."""
    try:
        waiting: list[Any] = [json.loads(content)]
    except (ValueError, RecursionError) as error:
        raise Damaged("skos json", detail=str(error)) from None
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            contexts = node.get("@context", [])
            listed = contexts if isinstance(contexts, list) else [contexts]
            if any(isinstance(context, str) for context in listed) or "@import" in node:
                raise Unsupported("skos context")
            waiting += node.values()


def _schemes(facts: Facts) -> tuple[FoundScheme, ...]:
    concepts = [
        uri
        for uri in sorted(facts)
        if _is(facts, uri, f"{SKOS}Concept") or f"{SKOS}prefLabel" in facts[uri]
        or f"{SKOSXL}prefLabel" in facts[uri]
    ]  # fmt: skip
    if not concepts:
        raise Unsupported("skos without concepts")
    if len(concepts) > MOST:
        raise TooLarge("skos too many", number=len(concepts), most=MOST)
    schemes = sorted(uri for uri in facts if _is(facts, uri, f"{SKOS}ConceptScheme")) or [""]
    members: dict[str, list[str]] = {uri: [] for uri in schemes}
    tops = {
        top: scheme for scheme in schemes for top in _uris(facts, scheme, f"{SKOS}hasTopConcept")
    }
    for uri in concepts:
        named = (*_uris(facts, uri, f"{SKOS}inScheme"), *_uris(facts, uri, f"{SKOS}topConceptOf"))
        chosen = [concept for concept in named if concept in members]
        members[chosen[0] if chosen else tops.get(uri, schemes[0])].append(uri)
    below: dict[str, list[str]] = {}
    for uri in concepts:
        for narrower in _uris(facts, uri, f"{SKOS}narrower"):
            below.setdefault(narrower, []).append(uri)
    known = set(concepts)
    return tuple(
        FoundScheme(
            uri,
            facet=_text(facts, uri, f"{OURS}facet"),
            ignored=_many(facts, uri, f"{OURS}ignored")[0],
            concepts=tuple(
                _concept(facts, concept, below.get(concept, ()), known) for concept in members[uri]
            ),
        )
        for uri in schemes
        if members[uri]
    )


def _concept(facts: Facts, uri: str, above: Any, known: set[str]) -> Found:
    labels: dict[str, Many] = {}
    bare: list[str] = []
    for name, kind in _KINDS.items():
        labels[kind], without = _many(facts, uri, f"{SKOS}{name}")
        forms: list[Value] = []
        for node in _uris(facts, uri, f"{SKOSXL}{name}"):
            forms += facts.get(node, {}).get(f"{SKOSXL}literalForm", ())
        if forms:
            more, others = _by_language(forms)
            labels[kind] = {
                to: tuple(sorted({*labels[kind].get(to, ()), *more.get(to, ())}))
                for to in {**labels[kind], **more}
            }
            without += others
        bare += without
    order = _text(facts, uri, f"{OURS}order")
    broader = dict.fromkeys((*_uris(facts, uri, f"{SKOS}broader"), *above))
    return Found(
        uri,
        **labels,
        definition=_many(facts, uri, f"{SKOS}definition")[0],
        notation=_text(facts, uri, f"{SKOS}notation"),
        broader=tuple(parent for parent in broader if parent in known and parent != uri),
        matches=tuple(
            match for match in _uris(facts, uri, f"{SKOS}exactMatch") if names.is_address(match)
        ),
        deprecated=_text(facts, uri, f"{OWL}deprecated") in ("true", "1"),
        replaced_by=next(iter(_uris(facts, uri, f"{DCT}isReplacedBy")), ""),
        bare=tuple(bare),
        id=_text(facts, uri, f"{DCT}identifier"),
        order=int(order) if re.fullmatch(r"\d{1,6}", order) else None,
        weak=_many(facts, uri, f"{OURS}weakLabel")[0],
        silent=_text(facts, uri, f"{OURS}silent") in ("true", "1"),
        removed=_text(facts, uri, f"{OURS}removed") in ("true", "1"),
    )


def _is(facts: Facts, uri: str, kind: str) -> bool:
    return kind in _uris(facts, uri, "a")


def _uris(facts: Facts, uri: str, predicate: str) -> tuple[str, ...]:
    values = facts.get(uri, {}).get(predicate, ())
    return tuple(value for kind, value, _ in values if kind == "uri")


def _text(facts: Facts, uri: str, predicate: str) -> str:
    values = facts.get(uri, {}).get(predicate, ())
    return next((clean(value) for kind, value, _ in values if kind == "text"), "")


def _many(facts: Facts, uri: str, predicate: str) -> tuple[Many, list[str]]:
    return _by_language(facts.get(uri, {}).get(predicate, ()))


def _by_language(values: Any) -> tuple[Many, list[str]]:
    """Language → texts, and those without a language."""
    labels: dict[str, dict[str, None]] = {}
    bare: list[str] = []
    for kind, value, language in values:
        text = clean(value) if kind == "text" else ""
        if text and language:
            labels.setdefault(_language(language), {})[text] = None
        elif text:
            bare.append(text)
    return {to: tuple(texts) for to, texts in labels.items()}, bare


def _language(tag: str) -> str:
    """As the library writes it: `eng` and `EN` are `en`."""
    base, dash, rest = tag.replace("_", "-").partition("-")
    base = base.lower()
    return f"{(language_id(base) or base) if len(base) == 3 else base}{dash}{rest}"


__all__ = ["LARGEST", "MOST", "InputError", "read"]
