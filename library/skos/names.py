"""Addresses of schemes and concepts, and the few words that SKOS has none for."""

from __future__ import annotations

import re

SKOS = "http://www.w3.org/2004/02/skos/core#"
SKOSXL = "http://www.w3.org/2008/05/skos-xl#"
DCT = "http://purl.org/dc/terms/"
OWL = "http://www.w3.org/2002/07/owl#"
OURS = "urn:worker-education-library:terms#"
"""facet, ignored (of a scheme); order, weakLabel, silent, removed (of a concept)."""

URN = "urn:worker-education-library"
PATH = "vocabularies"
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]{1,500}")


def of_scheme(base: str, facet: str) -> str:
    """base: the public address of the library; "" where it has none."""
    return f"{base}/{PATH}/{facet}" if base else f"{URN}:{facet}"


def of_concept(base: str, facet: str, id: str) -> str:
    return f"{base}/{PATH}/{facet}/{id}" if base else f"{URN}:{facet}:{id}"


def is_address(uri: str) -> bool:
    """Whether it can be kept and written as it is."""
    return _URI.fullmatch(uri) is not None
