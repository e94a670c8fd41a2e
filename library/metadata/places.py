"""Signs of a place that are not its name: its people, towns, offices and addresses."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from babel import localedata
from babel.core import get_global

from library.vocabularies.folding import tokens

TOWNS = ("en", "es", "fr", "pt", "ar", "hi")
# Towns whose names are words, people or other towns.
_ALSO = frozenset(
    ("center", "central", "casey", "davis", "vincennes", "marengo", "easter", "eastern", "pacific",
     "mountain", "wake", "christmas", "mali", "saba", "victoria", "male", "mahe", "santiago",
     "regina", "troll", "rome", "jersey", "nelson", "phoenix")
)  # fmt: skip


def signs(text: str) -> Iterator[tuple[str, int, int]]:
    """(place, start, end) of each sign in a text, the longest first, without overlap."""
    table, longest = _table()
    row = list(tokens(text))
    at = 0
    while at < len(row):
        length = min(longest.get(row[at].word, 0), len(row) - at)
        while length:
            known = table.get(tuple(token.word for token in row[at : at + length]))
            if known:
                start, end = row[at].start, row[at + length - 1].end
                place, written = known
                said = text[start:end]
                if not written or said == written:
                    yield place, start, end
                break
            length -= 1
        at += max(1, length)


@cache
def _table() -> tuple[Mapping[tuple[str, ...], tuple[str, str]], Mapping[str, int]]:
    """Folded words → the place and, where its letters matter, how it is written; first word →
    words of the longest sign that begins so."""
    table: dict[tuple[str, ...], tuple[str, str]] = {}
    content = tomllib.loads((Path(__file__).parent / "places.toml").read_text("utf-8"))
    for place, written in content.items():
        for sign in written:
            key = tuple(token.word for token in tokens(sign))
            exact = sign if sign != sign.lower() and all(c not in sign for c in ".-'") else ""
            table.setdefault(key, (place, exact))
    zones: Mapping[str, str] = get_global("zone_territories")
    for language in TOWNS:
        named = localedata.load(language).get("time_zones", {})
        for zone, country in zones.items():
            city = named.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")
            key = tuple(token.word for token in tokens(city))
            if (
                len(country) == 2
                and country != "ZZ"
                and " ".join(key) not in _ALSO
                and len(city) > 3
            ):
                table.setdefault(key, (country.lower(), city))
    longest: dict[str, int] = {}
    for key in table:
        if key:
            longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return table, longest
