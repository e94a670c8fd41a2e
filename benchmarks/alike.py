"""`LIBRARY_HOME=… python -m benchmarks.alike`: candidates for translations against the truth.

The truth is what files say themselves of the work they belong to (the field `work` of front
matter); candidates are found without it, from the words alone. Same-words pairs are listed too.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from itertools import combinations

from sqlalchemy import select

from library import settings
from library.catalogue import likenesses as kept
from library.catalogue import open_catalogue, tables
from library.likeness import finding, translations

LEAST = 600  # bytes of text below which there is too little to tell a translation by


def main() -> None:
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    catalogue = open_catalogue(settings.read())
    began = time.monotonic()
    finding.bring_up_to_date(catalogue)
    took = time.monotonic() - began
    said, held = tables.statements, tables.editions
    with catalogue.read() as conn:
        found = translations.pairs(kept.marked(conn))
        editions = {row.id: row for row in conn.execute(select(held))}
        works = conn.execute(
            select(said.c.edition, said.c.value).where(said.c.field == "work")
        ).all()
        pairs = conn.execute(select(tables.likenesses)).all()
    print(f"{len(editions)} editions looked at in {took:.1f} s")
    print("pairs by kind:", dict(Counter(pair.kind for pair in pairs)))
    groups = defaultdict(list)
    for row in works:
        groups[row.value].append(row.edition)
    told = {row.edition for row in works}
    truth = {
        frozenset(pair)
        for group in groups.values()
        for pair in combinations(group, 2)
        if editions[pair[0]].language != editions[pair[1]].language
    }
    long_ = {pair for pair in truth if all(editions[one].text_bytes >= LEAST for one in pair)}
    inside = {frozenset(pair[:2]) for pair in found if set(pair[:2]) <= told}
    right = inside & truth
    print(f"of documents that name their work: {len(truth)} pairs of translations,")
    print(f"  {len(long_)} of them of two texts of at least {LEAST} bytes")
    print(f"candidates among them: {len(inside)}, right: {len(right)}")
    print(f"precision {len(right) / max(1, len(inside)):.2f}")
    print(f"recall {len(right) / max(1, len(truth)):.2f}, ", end="")
    print(f"of the longer {len(right & long_) / max(1, len(long_)):.2f}")
    print("\nother candidates:")
    for one, other, score in found:
        if not {one, other} <= told:
            names = (f"{editions[x].language} {editions[x].title[:60]!r}" for x in (one, other))
            print(f"{score:.2f} {' | '.join(names)}")
    print("\nthe same words:")
    for pair in sorted(pairs, key=lambda pair: -pair.alike):
        if pair.kind != "translation":
            names = (editions[x].filename for x in (pair.one, pair.other))
            print(f"{pair.alike:.2f} {pair.kind}: {' | '.join(names)}")


if __name__ == "__main__":
    main()
