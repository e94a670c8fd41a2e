"""`library search`: the site's search, in a terminal."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import replace

import click

from index.fields import NARROWING
from library.cli import facets as narrowing
from library.cli.parts import Asked, opened_to_ask
from library.core.resource import JSON
from library.search import everyday
from library.web import labels
from library.web.api.answers import search_answer
from library.web.i18n import SOURCE, Interface, interfaces
from library.web.links import query_of


@click.command()
@click.argument("words", nargs=-1)
@narrowing.to_narrow
@click.option("--year", multiple=True, metavar="YEAR", help="Only works of this year.")
@click.option("--from", "first", default="", metavar="YEAR", help="No work older than this.")
@click.option("--to", "last", default="", metavar="YEAR", help="No work newer than this.")
@click.option(
    "--sort", default="", type=click.Choice(["", "relevance", "newest", "title"]), help="The order."
)
@click.option("--exact", is_flag=True, help="Only the words typed: no other names of the same.")
@click.option("--page", default="1", metavar="N", help="Which page of twenty results.")
@click.option("--json", "as_json", is_flag=True, help="What /api/search answers, and no more.")
def search(
    words: tuple[str, ...],
    first: str,
    last: str,
    sort: str,
    exact: bool,
    page: str,
    as_json: bool,
    **chosen: tuple[str, ...],
) -> None:
    """Search as the site does: words, "phrases", -without, OR, title:word, author:name, organi*.

    A minus before a value leaves it out: --topic=-wages. The value `none` asks for works of which
    nothing is stated.
    """
    params = [("q", " ".join(words)), ("from", first), ("to", last), ("sort", sort), ("page", page)]
    params += [("exact", "1")] if exact else []
    params += [(facet, value) for facet in NARROWING for value in chosen.get(facet, ())]
    with opened_to_ask() as library:
        found = everyday.take(library.vocabularies.files.beside.get(everyday.NAME))
        answer = _answer(library, [(name, value) for name, value in params if value], as_json)
        beside = {} if found else {everyday.NAME: everyday.table()}
        library.vocabularies.keep(library.settings.prepared, beside)
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for problem in answer["problems"]:
        click.echo(problem, err=True)
    _print(answer)


def _answer(library: Asked, params: Sequence[tuple[str, str]], facets: bool) -> JSON:
    """What the site answers to these parameters, with addresses as the settings make them.

    facets: whether with what is counted by facet. A terminal shows none of it, and what hundreds of
    values are called takes longer to read than the question takes to answer.
    """
    interface = _interface(library)
    asked = query_of(params, library.vocabularies)
    began = time.perf_counter()
    results = library.engine.search(asked.query)
    took = round((time.perf_counter() - began) * 1000)
    return search_answer(
        asked,
        results if facets else replace(results, counts={}),
        library.catalogue.resources([hit.id for hit in results.every()]),
        lambda facet, id_: labels.value(facet, id_, library.vocabularies, interface),
        took_ms=took,
        base=library.settings.base_url,
        problems=[
            *(labels.problem(problem, interface) for problem in asked.problems),
            *([labels.left_out(results.left_out, interface)] if results.left_out else ()),
        ],
        suggestion=None
        if results.suggestion and library.vocabularies.unsaid(results.suggestion)
        else results.suggestion,
    )


def _interface(library: Asked) -> Interface:
    """The first language of the library that the site is translated into; no other is read."""
    schemes = library.vocabularies.schemes
    for language in library.settings.languages:
        if spoken := interfaces((language,), schemes=schemes).get(language):
            return spoken
    return interfaces((SOURCE,), schemes=schemes)[SOURCE]


def _print(answer: JSON) -> None:
    from rich.console import Console  # what is given as JSON needs none
    from rich.text import Text

    console = Console(highlight=False)
    for hit in answer["hits"]:
        about = " · ".join(
            str(part) for part in (hit["kind"], hit["year"], *hit["languages"]) if part
        )
        console.print(Text(hit["title"], style="bold"), Text(about, style="dim"))
        for excerpt in hit["excerpts"]:
            line = Text(f"  p. {excerpt['page']:<4} ", style="red")
            text = Text(
                " ".join(excerpt["text"].split()) if not excerpt["marks"] else excerpt["text"]
            )
            for start, end in excerpt["marks"]:
                text.stylize("bold", start, end)
            console.print(line + text)
        if hit["id"] in answer["filed"]:
            labels = ", ".join(concept["label"] for concept in answer["filed"][hit["id"]])
            console.print(f"  filed under: {labels}", style="dim")
        console.print(f"  {hit['url']}", style="dim")
    if answer["understood"]:
        read = ", ".join(term["label"] for term in answer["understood"])
        console.print(f"Understood as: {read} (--exact reads words only)")
    if answer["also"]:
        names = ", ".join(entry["name"] for entry in answer["also"])
        console.print(f"Also searched: {names} (--exact leaves them out)")
    console.print(f"{answer['total']} resources, {answer['took_ms']} ms")
    if answer["suggestion"]:
        console.print(f"Did you mean: {answer['suggestion']}")
