"""Names of elements, written as one line of words."""

from __future__ import annotations


def names(text: str) -> frozenset[str]:
    """Words as a set."""
    return frozenset(text.split())


VOID = names("area base br col embed hr img input link meta param source track wbr")
BLOCKS = names(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section"
    " summary table tbody td tfoot th thead tr ul"
)
