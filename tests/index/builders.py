"""Documents for tests, in few words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from index.document import Document, Passage
from index.query import Query
from index.text.syntax import parse

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")


def document(
    id: str, *pages: str, title: str = "", language: str = "en", **fields: Any
) -> Document:
    """A work of one edition, `id-language`, with these pages."""
    passages = tuple(
        Passage(f"{id}-{language}", language, number, text) for number, text in enumerate(pages, 1)
    )
    return Document(id, title or id, language=language, passages=passages, **fields)


def asking(words: str, **fields: Any) -> Query:
    """A query for words as a reader types them."""
    return Query(parse(words).tree, **fields)


TRADES = (
    (
        "estibadores cargan barco muelle puerto grúa carga turno",
        "dockers load ship quay port crane cargo shift",
    ),
    (
        "costureras cosen camisas taller aguja hilo tela pedido",
        "seamstresses sew shirts workshop needle thread cloth order",
    ),
    (
        "panaderas hornean pan horno harina masa madrugada levadura",
        "bakers bake bread oven flour dough dawn yeast",
    ),
)


def bilingual(first: int = 0) -> Iterator[Document]:
    """Works about three trades: most in two languages, some in English (`en-…`) or Spanish only."""
    for number in range(first, first + 60):
        spanish, english = (text.split() for text in TRADES[number % len(TRADES)])
        said = random.Random(number).choices(range(len(spanish)), k=12)
        texts = [
            Passage(f"{number}-es", "es", 1, " ".join(spanish[word] for word in said) + "."),
            Passage(f"{number}-en", "en", 1, " ".join(english[word] for word in said) + "."),
        ]
        if number % 5 == 0:
            id, texts = f"en-{number}", texts[1:]
        elif number % 5 == 1:
            id, texts = f"es-{number}", texts[:1]
        else:
            id = f"both-{number}"
        languages = tuple(text.language for text in texts)
        yield Document(
            id,
            f"Work {number}",
            language=languages[0],
            passages=tuple(texts),
            labels={"language": languages},
        )
