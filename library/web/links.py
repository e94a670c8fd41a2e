"""Every address on the site: the question in a URL, and the URL of a question.

`query_of` and `url_of` are a pair: what one writes, the other reads back exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, Protocol, get_args
from urllib.parse import quote, urlencode, urlsplit

from index.fields import FACET, NARROWING
from index.query import Everything, Query, Sort, Years
from index.syntax import parse
from library.concepts import Names, widen
from library.resource import Edition, Resource
from library.web.choosing import Fault, Values, narrowing_of, written

SEARCH = "/search"
LONGEST_WORDS = 400  # characters of a question that are read; every link of a page repeats them
LONGEST_MARKED = 120  # characters of it that go along into the reader, to be marked there
LAST_PAGE = 1_000_000
UNKNOWN_LANGUAGE = "und"  # ISO 639 for "undetermined", in addresses of editions without a language
SORTS: tuple[Sort, ...] = get_args(Sort)

ProblemKind = Fault | Literal["years", "sort", "page", "long", "words"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be understood: the kind, which parameter, and what was written.

    Of kind `words` it is a note of index.syntax: its code, and what it is about.
    """

    kind: ProblemKind
    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a reader put it: the query, the words as typed, and what made no sense."""

    query: Query
    words: str = ""
    problems: tuple[Problem, ...] = ()

    def with_query(self, query: Query) -> Asked:
        return replace(self, query=query)

    def with_words(self, words: str, known: Names) -> Asked:
        """Other words, narrowed alike, from the first page."""
        tree = widen(parse(words).tree, known)
        return replace(self, words=words, query=replace(self.query, tree=tree, page=1))

    @property
    def chosen(self) -> int:
        """How many facet values, left out or asked for, and ranges narrow the question."""
        query = self.query
        values = (*query.chosen.values(), *query.without.values())
        return sum(map(len, values)) + bool(query.years)


class Known(Names, Values, Protocol):
    """What links needs of the vocabularies."""


def query_of(parameters: Iterable[tuple[str, str]], known: Known) -> Asked:
    """Read search parameters. Never raises: what cannot be understood is left out and named."""
    given: dict[str, list[str]] = {}
    for name, value in parameters:
        if value.strip():
            given.setdefault(name, []).append(value.strip())
    problems: list[Problem] = []
    words = _words(" ".join(given.get("q", [])), problems)
    parsed = parse(words)
    problems += [Problem("words", *note) for note in parsed.notes]
    chosen, without, faults = narrowing_of(given, known)
    problems += [Problem(kind, facet, value[:60]) for kind, facet, value in faults]
    query = Query(
        tree=widen(parsed.tree, known),
        chosen=chosen,
        years=_years(given, problems),
        sort=_sort(given, parsed.tree == Everything(), problems),
        page=_page(given, problems),
        without=without,
    )
    return Asked(query, words, tuple(problems))


def parameters_of(asked: Asked) -> list[tuple[str, str]]:
    """The parameters that `query_of` reads back as this question, in a fixed order."""
    query = asked.query
    parameters = [("q", asked.words)] if asked.words else []
    for facet in NARROWING:
        parameters += [(facet, value) for value in written(query, facet)]
    if query.years.first is not None:
        parameters.append(("from", str(query.years.first)))
    if query.years.last is not None:
        parameters.append(("to", str(query.years.last)))
    if query.sort != usual_sort(query.tree == Everything()):
        parameters.append(("sort", query.sort))
    if query.page != 1:
        parameters.append(("page", str(query.page)))
    return parameters


def url_of(asked: Asked, path: str = SEARCH) -> str:
    """The address of a question, on the search page or at another path that takes the same."""
    parameters = parameters_of(asked)
    return f"{path}?{urlencode(parameters)}" if parameters else path


def usual_sort(everything: bool) -> Sort:
    """The order when none is asked for: without words nothing is more relevant, so newest."""
    return "newest" if everything else "relevance"


def _words(text: str, problems: list[Problem]) -> str:
    text = " ".join(text.split())
    if len(text) > LONGEST_WORDS:
        problems.append(Problem("long", "q"))
    return _cut(text, LONGEST_WORDS)


def _cut(text: str, length: int) -> str:
    """The beginning of a text, whole words where there are any."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0]


def _years(given: Mapping[str, list[str]], problems: list[Problem]) -> Years:
    first, last = (_year(given, name, problems) for name in ("from", "to"))
    if first is not None and last is not None and first > last:
        problems.append(Problem("years", "from", f"{first}–{last}"))
        first, last = last, first
    return Years(first, last)


def _year(given: Mapping[str, list[str]], name: str, problems: list[Problem]) -> int | None:
    year, written = _number(given, name)
    if written and (year is None or not 1 <= year <= 9999):
        problems.append(Problem("year", name, written[:60]))
        return None
    return year


def _sort(given: Mapping[str, list[str]], everything: bool, problems: list[Problem]) -> Sort:
    written = given.get("sort", [""])[0]
    for sort in SORTS:
        if sort == written:
            return sort
    if written:
        problems.append(Problem("sort", "sort", written[:60]))
    return usual_sort(everything)


def _page(given: Mapping[str, list[str]], problems: list[Problem]) -> int:
    page, written = _number(given, "page")
    if written and (page is None or page < 1):
        problems.append(Problem("page", "page", written[:60]))
        return 1
    return min(page or 1, LAST_PAGE)


def _number(given: Mapping[str, list[str]], name: str) -> tuple[int | None, str]:
    """The number written under this name, in any script's digits, and what was written."""
    written = given.get(name, [""])[0]
    return (int(written) if written.isdecimal() and len(written) < 12 else None), written


def resource(slug: str, language: str = "") -> str:
    """The page of a resource; `language` asks for the edition it opens with."""
    return f"/resources/{quote(slug)}" + (f"?{urlencode({'language': language})}" * bool(language))


def page(resource: Resource, edition: Edition, number: int, words: str = "", **more: str) -> str:
    """The reader at one page, with `words` marked."""
    parameters = {**({"q": _cut(words, LONGEST_MARKED)} if words else {}), **more}
    language = edition.language or UNKNOWN_LANGUAGE
    path = f"/resources/{quote(resource.slug)}/{quote(language)}/{number}"
    return f"{path}?{urlencode(parameters)}" if parameters else path


def edition(resource: Resource, edition: Edition) -> str:
    """Where a reader's "go to page" form is sent."""
    return f"/resources/{quote(resource.slug)}/{quote(edition.language or UNKNOWN_LANGUAGE)}"


def picture(resource: Resource, edition: Edition, number: int) -> str:
    return page(resource, edition, number) + "/picture.webp"


def original(edition: Edition, page: int | None = None) -> str:
    """The file as it arrived; a PDF opens at `page`."""
    address = f"/originals/{edition.sha256}/{quote(edition.filename, safe='')}"
    return f"{address}#page={page}" if page and edition.media_type == "application/pdf" else address


def browse(facet: str) -> str:
    return f"/browse/{quote(facet)}"


def choices(facet: str) -> str:
    """The page of all values of a facet; it takes the parameters of a search."""
    return f"{SEARCH}/{quote(facet)}"


def choices_answer(facet: str) -> str:
    """The same for programs."""
    return f"/api/facets/{quote(facet)}"


def collection(slug: str) -> str:
    return f"/collections/{quote(slug)}"


def record(id: str) -> str:
    """The whole record of a resource, as JSON."""
    return f"/api/resources/{quote(id, safe='')}"


def narrowed(facet: str, value: str) -> str:
    """A search for everything under one facet value."""
    return f"{SEARCH}?{urlencode({FACET[facet].name: value})}"


def searched(words: str) -> str:
    return f"{SEARCH}?{urlencode({'q': words})}" if words else SEARCH


def language(code: str, path: str) -> str:
    """The link that shows the site in another language and comes back to `path`."""
    return f"/language/{quote(code)}?{urlencode({'to': path})}"


def own_path(address: str) -> str:
    """`address` when it is a path on this site, else the home page: never a way out of it."""
    parts = urlsplit(address) if address.isprintable() and "\\" not in address else None
    if parts and not parts.scheme and not parts.netloc and address.startswith("/"):
        return address if not address.startswith("//") else "/"
    return "/"
