"""`LIBRARY_HOME=… python -m benchmarks.alike`: candidates for translations against the truth.

The truth is what files say themselves of the work they belong to (the field `work` of front
matter), or staff (the field `resource`); candidates are found without either. Candidates of files
that nobody speaks of are listed, to be judged by eye, and so are pairs with the same words.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import combinations

from sqlalchemy import select

from library.catalogue import open_catalogue
from library.catalogue.editions import likenesses as kept
from library.catalogue.storage import schema
from library.core import settings
from library.ingestion import candidates
from library.likeness import translations

LEAST = 600  # bytes of text below which there is too little to tell a translation by
COMPARABLE = 2.0  # ratio of lengths beyond which two texts are one work in name only


def main() -> None:
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    catalogue = open_catalogue(settings.read())
    began = time.monotonic()
    candidates.bring_up_to_date(catalogue)
    took = time.monotonic() - began
    said, held = schema.statements, schema.editions
    with catalogue.read() as conn:
        documents = kept.marked(conn)
        structures = kept.alignments(conn)
        editions = {row.id: row for row in conn.execute(select(held))}
        works = conn.execute(
            select(said.c.edition, said.c.value).where(said.c.field.in_(("work", "resource")))
        ).all()
        pairs = conn.execute(select(schema.likenesses)).all()
    print(f"{len(editions)} editions looked at in {took:.1f} s")
    print("pairs by kind:", dict(Counter(pair.kind for pair in pairs)))
    groups = defaultdict(set)
    for row in works:
        groups[row.value].add(row.edition)
    told = {row.edition for row in works}
    truth = {
        frozenset(pair)
        for group in groups.values()
        for pair in combinations(sorted(group), 2)
        if editions[pair[0]].language != editions[pair[1]].language
    }
    long_ = {pair for pair in truth if all(editions[one].text_bytes >= LEAST for one in pair)}
    fit = {pair for pair in long_ if comparable(*(editions[one].text_bytes for one in pair))}
    print(f"of documents whose work is named: {len(truth)} pairs of translations,")
    print(f"  {len(long_)} of them of two texts of at least {LEAST} bytes,")
    print(f"  {len(fit)} of these with lengths within {COMPARABLE:.0f} to 1\n")
    print("| evidence | candidates | right | precision | recall | longer | comparable |")
    print("|---|---|---|---|---|---|---|")
    for name, kept_of in EVIDENCE.items():
        chosen = [kept_of(one) for one in documents]
        found = translations.pairs(
            chosen, structures if any(one[1].outline for one in chosen) else {}
        )
        inside = {frozenset(pair[:2]) for pair in found if set(pair[:2]) <= told}
        right = inside & truth
        shares = " | ".join(
            f"{len(some) / max(1, len(of)):.2f}"
            for some, of in (
                (right, inside),
                (right, truth),
                (right & long_, long_),
                (right & fit, fit),
            )
        )
        print(f"| {name} | {len(inside)} | {len(right)} | {shares} |")
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


def comparable(one: int, other: int) -> bool:
    return max(one, other) <= COMPARABLE * min(one, other)


def only_anchors(one: translations.Marked) -> translations.Marked:
    return one[0], replace(one[1], outline=b"", filename=""), one[2]


def only_structure(one: translations.Marked) -> translations.Marked:
    return one[0], replace(one[1], filename=""), one[2][:0]


def without_names(one: translations.Marked) -> translations.Marked:
    return one[0], replace(one[1], filename=""), one[2]


EVIDENCE = {
    "anchors": only_anchors,
    "structure": only_structure,
    "both": without_names,
    "both, and names of files": lambda one: one,
}


if __name__ == "__main__":
    main()
