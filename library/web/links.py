"""Every address on the site: the question in a URL, and the URL of a question.

`query_of` and `url_of` are a pair: what one writes, the other reads back exactly. Long because it
is all of them: no address is made anywhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, Protocol, get_args
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from index.fields import FACET, NARROWING
from index.query import Everything, Node, Query, Sort, Word, Years
from index.results import Place
from index.text import analysis
from index.text.syntax import parse
from index.text.syntax import words as leaves
from library.core.resource import Edition, Resource
from library.search.query_expansion import Label, Names, widen
from library.search.reading import EVERYTHING, Reading, read
from library.vocabularies.folding import is_small
from library.web.facet_params import Fault, Values, narrowing_of, written

SEARCH = "/search"
NARROW = "/search/narrow"
SUGGEST = "/suggest"
ASK = "/ask"
PACKS = "/packs"
KEPT = "/kept"
LIST = "/list"
EDUCATORS = "/educators"
NEW_ALERT = "/alerts/new"
OAI = "/oai"
OPENAPI = "/api/openapi.json"
TIPS = "/about#search-tips"
FOLLOWING = "/about/following"
FEED = "/feed.atom"
LONGEST_WORDS = 400  # characters of a question that are read; every link of a page repeats them
LONGEST_MARKED = 120  # characters of it that go along into the reader, to be marked there
LAST_PAGE = 1_000_000
UNKNOWN_LANGUAGE = "und"  # ISO 639 for "undetermined", in addresses of editions without a language
SORTS: tuple[Sort, ...] = get_args(Sort)

ProblemKind = Fault | Literal["years", "sort", "page", "exact", "long", "words"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be understood: the kind, which parameter, and what was written.

    Of kind `words` it is a note of index.text.syntax: its code, and what it is about.
    """

    kind: ProblemKind
    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that go along into a document, to be marked there; `exact` leaves other names out."""

    words: str = ""
    exact: bool = False

    def __bool__(self) -> bool:
        return bool(self.words)


NOTHING = Sought()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a reader put it: the query, the words as typed, and what made no sense."""

    query: Query
    words: str = ""
    problems: tuple[Problem, ...] = ()
    exact: bool = False  # only the words as typed: no other names, no concepts
    unread: frozenset[Label] = frozenset()  # values that no word is to be read as
    named: tuple[Label, ...] = ()  # the values that words are read as, in their order

    def with_query(self, query: Query) -> Asked:
        return replace(self, query=query)

    def with_words(self, words: str, known: Names) -> Asked:
        """Other words, narrowed alike, from the first page."""
        reading = understood(words, known, exact=self.exact, unread=self.unread)
        query = replace(
            self.query,
            tree=reading.tree,
            lifted=reading.lifted(),
            wished=reading.wished(),
            apart=reading.apart,
            page=1,
            beyond=not self.exact,
        )
        return replace(self, words=words, query=query, named=reading.named)

    def with_unread(self, label: Label) -> Asked:
        """The same words, none of them to be read as this value, for an address: what they say then
        is read by whoever asks there."""
        query = replace(self.query, page=1, beyond=not self.exact)
        return replace(self, query=query, unread=self.unread | {label})

    def with_exact(self, exact: bool, known: Names) -> Asked:
        """The same words, with the other names of what they name or without."""
        return replace(self, exact=exact).with_words(self.words, known)

    @property
    def sought(self) -> Sought:
        return Sought(self.words, self.exact)

    @property
    def chosen(self) -> int:
        """How many facet values, left out or asked for, and ranges narrow the question."""
        query = self.query
        values = (*query.chosen.values(), *query.without.values())
        return sum(map(len, values)) + bool(query.years)


class Known(Names, Values, Protocol):
    """What links needs of the vocabularies."""


def tree_of(words: str, known: Names, *, exact: bool) -> Node:
    """What words typed ask for: their concepts too, unless `exact`."""
    tree = parse(words).tree
    return tree if exact else widen(tree, known)


def understood(words: str, known: Names, *, exact: bool, unread: Collection[Label]) -> Reading:
    """What words typed ask for, and the values of facets that they name."""
    tree = parse(words).tree
    return Reading(tree) if exact else read(words, tree, known, unread)


def only_small(tree: Node) -> bool:
    """Whether nothing that is looked for tells anything: "the of and"."""
    sought = leaves(tree)
    return bool(sought) and all(
        isinstance(leaf, Word)
        and not leaf.field
        and all(is_small(token.text) for token in analysis.tokens(leaf.text))
        for leaf in sought
    )


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
    if only_small(parsed.tree):
        problems.append(Problem("words", "small words"))
    exact = _exact(given, problems)
    chosen, without, faults = narrowing_of(given, known)
    problems += [Problem(kind, facet, value[:60]) for kind, facet, value in faults]
    unread = _unread(given)
    reading = understood(words, known, exact=exact, unread=unread)
    query = Query(
        tree=reading.tree,
        lifted=reading.lifted(),
        wished=reading.wished(),
        apart=reading.apart,
        chosen=chosen,
        years=_years(given, problems),
        sort=_sort(given, parsed.tree == Everything(), problems),
        page=_page(given, problems),
        without=without,
        beyond=not exact,
    )
    return Asked(query, words, tuple(problems), exact, unread, reading.named)


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
    if asked.exact:
        parameters.append(("exact", "1"))
    parameters += [
        ("unread", ":".join(label) if any(label) else "1") for label in sorted(asked.unread)
    ]
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


def _exact(given: Mapping[str, list[str]], problems: list[Problem]) -> bool:
    written = given.get("exact", ["0"])[0]
    if written not in ("0", "1"):
        problems.append(Problem("exact", "exact", written[:60]))
    return written == "1"


MOST_UNREAD = 24


def _unread(given: Mapping[str, list[str]]) -> frozenset[Label]:
    """`unread=group:domestic-workers`, of a value; `unread=1`, of all."""
    labels: set[Label] = set()
    for value in given.get("unread", [])[:MOST_UNREAD]:
        facet, _, id = value.partition(":")
        if value == "1":
            labels.add(EVERYTHING)
        elif facet in FACET and id:
            labels.add((facet, id[:100]))
    return frozenset(labels)


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


def page(
    resource: Resource, edition: Edition, number: int, sought: Sought = NOTHING, **more: str
) -> str:
    """The reader at one page, with the words sought marked."""
    parameters = [*parameters_of_sought(sought), *more.items()]
    language = edition.language or UNKNOWN_LANGUAGE
    path = f"/resources/{quote(resource.slug)}/{quote(language)}/{number}"
    return f"{path}?{urlencode(parameters)}" if parameters else path


def report(resource: Resource, edition: Edition, number: int) -> str:
    """Where a mistake on a page is reported."""
    language = edition.language or UNKNOWN_LANGUAGE
    return f"/report/{quote(resource.slug)}/{quote(language)}/{number}"


MATCH = "match"  # the place in a page that a reader is led to
LONGEST_QUOTED = 80  # characters of a passage that go along in an address, to be found again


def to_sentence(
    resource: Resource, edition: Edition, number: int, sought: Sought, place: Place | None
) -> str:
    """The reader at the sentence of a page that an excerpt shows."""
    more = {"shown": f"{place.piece}.{place.before}"} if sought and place else {}
    return at_match(page(resource, edition, number, sought, **more))


def place_of(written: str) -> Place | None:
    """The place that an address names, as `to_sentence` writes it."""
    piece, _, before = written.partition(".")
    if len(written) < 12 and piece.isdecimal() and before.isdecimal() and int(piece):
        return Place(int(piece), int(before))
    return None


def at_match(page: str) -> str:
    """The place of a match on a page of the reader."""
    return f"{page}#{MATCH}"


def at_words(page: str, words: str, most: int = LONGEST_QUOTED) -> str:
    """The place of some words on a page, where nothing on it is marked: a text fragment, which
    browsers that know none pass over (https://wicg.github.io/scroll-to-text-fragment/)."""
    quoted = _cut(words, most)
    return f"{page}#:~:text={quote(quoted, safe='').replace('-', '%2D')}" if quoted else page


def parameters_of_sought(sought: Sought) -> list[tuple[str, str]]:
    """The parameters that say what to mark in a document."""
    if not sought:
        return []
    words = _cut(sought.words, LONGEST_MARKED)
    return [("q", words), *([("exact", "1")] if sought.exact else [])]


def inside(resource: Resource, edition_: Edition, sought: Sought, part: int = 1) -> str:
    """The pages of an edition that hold the words sought."""
    parameters = [*parameters_of_sought(sought), *([("part", str(part))] if part > 1 else [])]
    return f"{edition(resource, edition_)}?{urlencode(parameters)}"


def searched_for(sought: Sought) -> str:
    """The whole library searched for words that were sought in a document."""
    return f"{SEARCH}?{urlencode(parameters_of_sought(sought))}"


def edition(resource: Resource, edition: Edition) -> str:
    """Where the forms that go to a page, or search inside, are sent."""
    return f"/resources/{quote(resource.slug)}/{quote(edition.language or UNKNOWN_LANGUAGE)}"


def linkset(resource: Resource) -> str:
    """All that belongs to a resource, as links for programs."""
    return f"/resources/{quote(resource.slug)}/linkset.json"


def cover(resource: Resource, shown: Edition | None = None) -> str:
    """The picture that stands for a resource, "" where it has none.

    shown: the edition that is told beside it. A first page has a title on it, and so stands for no
    edition in another language.
    """
    cover = resource.cover
    pictured = next((one for one in resource.editions if cover and one.id == cover.edition), None)
    if not cover or pictured is None:
        return ""
    if shown and cover.page == 1 and pictured.language != shown.language:
        return ""
    return f"/resources/{quote(resource.slug)}/cover.webp"


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


def narrowing(asked: Asked, facet: str = "") -> str:
    """The form that narrows a search; with `facet` unfolded, where one is named."""
    first = asked.with_query(replace(asked.query, page=1))
    parameters = [*parameters_of(first), *([("open", facet)] if facet else [])]
    address = f"{NARROW}?{urlencode(parameters)}" if parameters else NARROW
    return f"{address}#narrow-{facet}" if facet else address


def collection(slug: str) -> str:
    return f"/collections/{quote(slug)}"


def pack(id: str, name: str = "") -> str:
    """Where a pack is told of; with the name of its file, the file."""
    return f"{PACKS}/{quote(id)}" + (f"/{quote(name, safe='')}" if name else "")


def take(asked: Asked) -> str:
    """Where the works of a search are taken along."""
    return url_of(asked.with_query(replace(asked.query, page=1)), f"{PACKS}/new")


def take_collection(slug: str) -> str:
    return f"{PACKS}/new?{urlencode({'collection': slug})}"


def take_resource(slug: str) -> str:
    return take_resources((slug,))


def take_resources(slugs: Iterable[str]) -> str:
    return f"{PACKS}/new?{urlencode([('resource', slug) for slug in slugs])}"


def key(resource: Resource, edition: Edition) -> str:
    """What an edition is called where a phone keeps it."""
    return f"{quote(resource.slug)}/{quote(edition.language or UNKNOWN_LANGUAGE)}"


def keep(resource: Resource, edition: Edition) -> str:
    """Where an edition is kept on a phone."""
    return f"{KEPT}/{key(resource, edition)}"


def manifest(language: str) -> str:
    return f"/manifest/{quote(language)}.webmanifest"


def record(id: str) -> str:
    """The whole record of a resource, as JSON."""
    return f"/api/resources/{quote(id, safe='')}"


def new_alert(asked: Asked) -> str:
    """Where a reader asks to be told by e-mail of what is new in a search."""
    return url_of(asked.with_query(replace(asked.query, page=1)), NEW_ALERT)


def alert(token: str) -> str:
    return f"/alerts/{quote(token, safe='')}"


def end_alert(token: str) -> str:
    return f"{alert(token)}/end"


def narrowed(facet: str, value: str) -> str:
    """A search for everything under one facet value."""
    return f"{SEARCH}?{urlencode({FACET[facet].name: value})}"


def narrowed_twice(facet: str, value: str, other: str, value_of_other: str) -> str:
    """A search for everything under two values of two facets."""
    return f"{narrowed(facet, value)}&{urlencode({FACET[other].name: value_of_other})}"


def searched(words: str) -> str:
    return f"{SEARCH}?{urlencode({'q': words})}" if words else SEARCH


def suggested(words: str) -> str:
    """A page of words, concepts and titles that begin so."""
    return f"{SUGGEST}?{urlencode({'q': words, 'as': 'page'})}"


def parameters_in(url: str) -> list[tuple[str, str]]:
    """The parameters of an address on this site."""
    return parse_qsl(urlsplit(url).query)


def language(code: str, path: str) -> str:
    """The link that shows the site in another language and comes back to `path`."""
    return f"/language/{quote(code)}?{urlencode({'to': path})}"


def own_path(address: str) -> str:
    """`address` when it is a path on this site, else the home page: never a way out of it."""
    try:
        parts = urlsplit(address) if address.isprintable() and "\\" not in address else None
    except ValueError:  # "//[": no address at all
        return "/"
    if parts and not parts.scheme and not parts.netloc and address.startswith("/"):
        return address if not address.startswith("//") else "/"
    return "/"
