"""RDF to plain facts and back: all that is known of rdflib. Nothing is loaded from elsewhere."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.plugins.parsers.jsonld import to_rdf
from rdflib.term import Node

from library.core.errors import Damaged
from library.skos.facts import Facts, Triple, Value
from library.skos.names import DCT, OURS, OWL, SKOS

# It tells of odd dates and addresses in its log: what matters is told by us.
logging.getLogger("rdflib").addHandler(logging.NullHandler())
logging.getLogger("rdflib").propagate = False

_PREFIXES = {"skos": SKOS, "dct": DCT, "owl": OWL, "lib": OURS}
_HERE = "urn:x-here:"  # what relative addresses are relative to


def parsed(content: bytes, format: str) -> Facts:
    """What a file says. Its own guards come first: see `reader`. Raises Damaged."""
    graph = _empty()
    try:
        if format == "json-ld":
            to_rdf(json.loads(content), graph, _HERE)
        else:
            graph.parse(data=content, format=format, publicID=_HERE)
    except RecursionError:
        raise Damaged("skos nested") from None
    except Exception as error:  # each of its parsers has errors of its own
        detail = " ".join(str(error).split())[:200] or type(error).__name__
        raise Damaged("skos unreadable", format=format, detail=detail) from None
    subjects: dict[str, dict[str, set[Value]]] = {}
    for subject, predicate, value in graph:
        name = "a" if predicate == RDF.type else str(predicate)
        subjects.setdefault(str(subject), {}).setdefault(name, set()).add(_value(value))
    return {
        subject: {name: tuple(sorted(values)) for name, values in predicates.items()}
        for subject, predicates in subjects.items()
    }


def serialized(triples: Iterable[Triple], format: str) -> bytes:
    """A file of these triples, in UTF-8."""
    graph = _empty()
    for subject, predicate, value in sorted(triples, key=repr):
        name = RDF.type if predicate == "a" else URIRef(predicate)
        graph.add((URIRef(subject), name, _node(value)))
    if format == "json-ld":
        return graph.serialize(format=format, encoding="utf-8", context=_PREFIXES, sort_keys=True)
    return graph.serialize(format=format, encoding="utf-8")


def _empty() -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, address in _PREFIXES.items():
        graph.bind(prefix, address)
    return graph


def _value(node: Node) -> Value:
    if isinstance(node, Literal):
        return "text", str(node), node.language or ""
    return "uri", str(node), ""


def _node(value: object) -> Node:
    if isinstance(value, str):
        return URIRef(value[1:-1])
    if isinstance(value, tuple):
        return Literal(value[0], lang=value[1] or None)
    return Literal(value)
