"""`python -m benchmarks.ingested HOME COLLECTION MAPPING`: a judged collection the whole way.

HOME is a library into which the files of MAPPING (file, tab, document, after a header) were
ingested; COLLECTION is a folder as for `benchmarks.relevance`. The site's own search over HOME is
measured beside the same engine given the text directly, in the same run.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.faults import run
from benchmarks.relevance import Collection, measured, ours, show
from library.catalogue import Catalogue, open_catalogue
from library.core.settings import read
from library.search import indexer
from library.vocabularies import Vocabularies
from library.web.links import query_of


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("collection", type=Path)
    parser.add_argument("mapping", type=Path)
    chosen = parser.parse_args()
    settings = read({**os.environ, "LIBRARY_HOME": str(chosen.home)})
    vocabularies = Vocabularies.load(settings.languages, settings.vocabularies)
    catalogue = open_catalogue(settings)
    engine = indexer.open_engine(settings, vocabularies)
    collection = Collection(chosen.collection)
    known = documents_of(catalogue, mapping_of(chosen.mapping))
    print(f"{len(known)} of {len(collection.documents)} documents are in the library")

    def search(words: str, size: int) -> list[str]:
        query = query_of([("q", words)], vocabularies).query
        found = engine.search(replace(query, size=size, excerpts=size <= 10))
        hits = (known.get(hit.id, hit.id) for hit in (*found.hits, *found.more))
        return list(dict.fromkeys(hits))[:size]

    with tempfile.TemporaryDirectory() as scratch:
        direct = ours(collection, Path(scratch) / "direct", settings.engine)
        figures = {
            "ingested": measured(collection, search),
            "text given": measured(collection, direct),
        }
    show(chosen.collection.name, figures)
    engine.close()
    catalogue.close()


def mapping_of(path: Path) -> Mapping[str, str]:
    """File name → document."""
    rows = path.read_text("utf-8").splitlines()[1:]
    return dict(row.split("\t")[:2] for row in rows)


def documents_of(catalogue: Catalogue, mapping: Mapping[str, str]) -> Mapping[str, str]:
    """Resource → document, by the name of its file."""
    found: dict[str, str] = {}
    wanted: Sequence[str] = catalogue.every()
    for start in range(0, len(wanted), 500):
        for resource in catalogue.resources(wanted[start : start + 500]):
            for edition in resource.editions:
                if document := mapping.get(edition.filename):
                    found[resource.id] = document
    return found


if __name__ == "__main__":
    run(main)
