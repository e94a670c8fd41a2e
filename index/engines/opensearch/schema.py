"""What is kept in a server of a library: two indexes of each generation, and one of all."""

from __future__ import annotations

from typing import Any

from index.engines.addresses import Address
from index.fields import FIELDS, NARROWING
from index.inversion import SURFACES, TITLE_SURFACE

LAYOUT = 1
"""Raised whenever an index in a server must be built anew to be read as this code expects."""

ANALYZER = "terms"
WEIGHED = "weighed"
"""A field of all terms, each so often as it weighs, by which candidates are chosen."""

SCALE = 2  # a term of the body stands so often there for once: weights are halves
K1, B = 1.2, 0.75  # literature

BLOB, TEXTS = "blob", "texts"
DEEPEST = 10_000  # works that a server gives in one answer, by its default
VALUES = 10_000  # of a facet, that are counted
AUTHOR = "author"
BESIDE = "beside"
"""Title, headings and summary, which are asked for together with the body."""

SPOKEN = ("body", BESIDE)
"""Where a word that is asked for in any field may stand, but for names."""

KEPT = ("title", "body", AUTHOR)
"""The fields that are asked for by themselves."""
COLUMN = {field.name: number for number, field in enumerate(FIELDS)}
LOOKED_UP = {"title": TITLE_SURFACE, AUTHOR: AUTHOR}
"""Where the words are that begin so, by the field of a beginning; those of all are SURFACE."""

LISTED = (*SURFACES, AUTHOR)
"""The fields whose words are listed."""


def works(address: Address) -> dict[str, Any]:
    """An index of works: a document each."""
    text = {"type": "text", "analyzer": ANALYZER, "position_increment_gap": 100}
    counted = {"type": "text", "analyzer": ANALYZER, "index_options": "freqs"}
    number = {"type": "double", "index": True}
    stored = {"type": "binary", "store": True, "doc_values": False}
    return {
        "settings": {
            **_kept(address),
            "analysis": {
                "tokenizer": {"stretches": {"type": "whitespace", "max_token_length": 1_000_000}},
                "filter": {
                    "beside": {
                        "type": "pattern_capture",
                        "preserve_original": False,
                        "patterns": ["([^|]+)"],
                    }
                },
                "analyzer": {
                    ANALYZER: {"type": "custom", "tokenizer": "stretches", "filter": ["beside"]}
                },
            },
            "similarity": {WEIGHED: {"type": "BM25", "k1": K1 * SCALE, "b": B}},
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"enabled": False},
            "properties": {
                "id": {"type": "keyword"},
                **dict.fromkeys((*KEPT, BESIDE), text),
                WEIGHED: {**counted, "similarity": WEIGHED},
                **dict.fromkeys(SURFACES, counted),
                "label": {"properties": {name: {"type": "keyword"} for name in NARROWING}},
                "length": {"properties": {field.name: number for field in FIELDS}},
                "share": number,
                "trust": number,
                "year": {"type": "integer"},
                "added": {"type": "integer"},
                "by_title": {"type": "keyword", "index": False},
                "mark": {"type": "long", "index": False},
                "lot": {"type": "long"},
                BLOB: stored,
                TEXTS: stored,
            },
        },
    }


def words(address: Address) -> dict[str, Any]:
    """An index of words: a document for each that works of a library hold, as it is printed."""
    return {
        "settings": _kept(address),
        "mappings": {
            "dynamic": "strict",
            "properties": {
                "field": {"type": "keyword"},
                "term": {"type": "keyword"},
                "folded": {"type": "keyword"},
                "kept": {"type": "keyword", "index": False, "doc_values": False},
                "works": {"type": "long"},
            },
        },
    }


def control(address: Address) -> dict[str, Any]:
    """An index of what is said of generations, and of who writes."""
    replicas = _replicas(address)
    return {
        "settings": {"number_of_shards": 1, **replicas},
        "mappings": {
            "dynamic": "strict",
            "properties": {
                "about": {"type": "object", "enabled": False},
                "owner": {"type": "keyword"},
                "until": {"type": "double"},
                "generation": {"type": "keyword"},
                "lesson": {"type": "long"},
                "part": {"type": "long"},
                "content": {"type": "binary"},
            },
        },
    }


def _kept(address: Address) -> dict[str, Any]:
    # What was sent is seen when we say so: all of a change together.
    return {"number_of_shards": address.shards, "refresh_interval": "-1", **_replicas(address)}


def _replicas(address: Address) -> dict[str, Any]:
    if address.replicas is None:
        return {"auto_expand_replicas": "0-1"}
    return {"number_of_replicas": address.replicas}
