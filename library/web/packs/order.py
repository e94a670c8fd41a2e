"""What somebody wants to take along: which resources, in which language, as what kind of file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal, Self, get_args

from index.engine import SearchEngine
from library.catalogue import Catalogue
from library.core.errors import UsageError
from library.vocabularies import Vocabularies
from library.web import links

Format = Literal["zip", "epub", "zim", "pdf"]
Sheet = Literal["a4", "a5"]
FORMATS: tuple[Format, ...] = get_args(Format)
SHEETS: tuple[Sheet, ...] = get_args(Sheet)

MOST = 2_000  # resources of one pack


@dataclass(frozen=True, slots=True)
class Order:
    """A pack as it is asked for. `parameters` are those of a search; one of them, the slug of a
    `collection` and the ids or slugs of a `listed` says what goes in, all of the library where
    none does.
    """

    language: str
    format: Format = "zip"
    parameters: tuple[tuple[str, str], ...] = ()
    collection: str = ""
    listed: tuple[str, ...] = ()
    pictures: bool = False  # a picture of each page that has one
    originals: bool = False  # the files as they came
    sheet: Sheet = "a4"  # the paper of a pdf
    first: int = 0  # of a pdf: the page of each document that it begins with, and the last one;
    last: int = 0  # 0 for all

    @property
    def id(self) -> str:
        """The same for the same order: who asks again is given what is there."""
        return hashlib.sha256(self.text().encode()).hexdigest()[:20]

    def text(self) -> str:
        """The order as JSON, to be kept; `read` reads it back."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises ValueError, KeyError or TypeError for what `text` never wrote."""
        given = json.loads(text)
        pairs = tuple((str(name), str(value)) for name, value in given.pop("parameters"))
        return replace(cls(**given), parameters=pairs, listed=tuple(map(str, given["listed"])))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an order comes to: ids in their order, what they are called together, in whose words
    they were asked for; and names of the list that nothing has, or not for readers."""

    ids: tuple[str, ...]
    title: str = ""
    words: str = ""
    unknown: tuple[str, ...] = ()
    left: int = 0  # how many more there were than a pack takes


def chosen(
    order: Order, catalogue: Catalogue, engine: SearchEngine, vocabularies: Vocabularies
) -> Chosen:
    """The resources of an order that readers may find. Raises UsageError, SearchError."""
    if order.collection:
        collection = catalogue.collection(order.collection)
        if collection is None:
            raise UsageError("collection not there", name=order.collection)
        return _within(collection.resources, title=collection.title)
    if order.listed:
        return _listed(order.listed, catalogue)
    if not order.parameters:
        return _within(catalogue.every())
    asked = links.query_of(order.parameters, vocabularies)
    query = replace(asked.query, size=MOST, page=1, excerpts=False, beyond=False)
    results = engine.search(query)
    ids = tuple(hit.id for hit in results.hits)
    return Chosen(ids, words=asked.words, left=max(0, results.total - len(ids)))


def _within(ids: Sequence[str], title: str = "") -> Chosen:
    return Chosen(tuple(ids[:MOST]), title, left=max(0, len(ids) - MOST))


def _listed(names: Iterable[str], catalogue: Catalogue) -> Chosen:
    """Names are ids, slugs or addresses of resources."""
    ids: dict[str, None] = {}
    unknown = []
    for name in names:
        key = name.partition("?")[0].rstrip("/").rpartition("/")[2]
        resource = catalogue.resource(key) or catalogue.by_slug(key)
        if resource is None or not catalogue.resources([resource.id]):
            unknown.append(name)
        else:
            ids[resource.id] = None
    kept = _within(tuple(ids))
    return replace(kept, unknown=tuple(unknown))
