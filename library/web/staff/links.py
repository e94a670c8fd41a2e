"""Every address of the desk."""

from __future__ import annotations

from urllib.parse import quote, urlencode

DESK = "/staff/"
SIGN_IN = "/staff/sign-in"
SIGN_IN_SECOND = "/staff/sign-in/second"
OWN = "/staff/own"
ACCOUNTS = "/staff/accounts"
SIGN_OUT = "/staff/sign-out"
SHELF = "/staff/resources"
ARRIVALS = "/staff/arrivals"
SENDING = "/staff/arrivals/sending"
STREAM = "/staff/arrivals/stream"
QUEUE = "/staff/queue"
HISTORY = "/staff/history"
CONCEPTS = "/staff/concepts"
MANY = "/staff/many"
TABLES = "/staff/tables"
GROUP = "/staff/group"
COLLECTIONS = "/staff/collections"
VOCABULARIES = "/staff/vocabularies"
FOREIGN = f"{VOCABULARIES}/foreign"
FIGURES = "/staff/figures"
HEALTH = "/staff/health"
SERIES = "/staff/series"

# Of one scheme and one concept, as routes write them.
SCHEME = f"{VOCABULARIES}/{{facet}}"
CONCEPT = f"{SCHEME}/concepts/{{id}}"


def work(id_: str) -> str:
    """The page of a resource at the desk."""
    return f"{SHELF}/{quote(id_)}"


def sending(upload: str) -> str:
    """Where the pieces of a file are sent to."""
    return f"{SENDING}/{quote(upload)}"


def files_of(id_: str) -> str:
    """The files of a resource, those before them, and what can take their places."""
    return f"{work(id_)}/files"


def cover_of(id_: str) -> str:
    """Where the picture of a resource is chosen."""
    return f"{work(id_)}/cover"


def words_of(id_: str) -> str:
    """The form that puts a resource right."""
    return f"{work(id_)}/words"


def concepts_of(facet: str) -> str:
    """Where concepts of a facet are found by their labels while one types."""
    return f"{CONCEPTS}/{facet}"


def sheet(id_: str, edition: str, page: int, words: str = "") -> str:
    """The words of a page of an edition, as the desk shows them."""
    query = f"?{urlencode({'q': words[:200]})}" if words else ""
    return f"{work(id_)}/{quote(edition)}/{page}{query}"


def picture_of(id_: str, edition: str, page: int, *, whole: bool = False) -> str:
    """A page of an edition as a picture: small, or large enough to be read."""
    return f"{work(id_)}/{quote(edition)}/{page}/{'whole' if whole else 'picture'}.webp"


def plan_of(number: int) -> str:
    """The preview of what is asked of many."""
    return f"{MANY}/{number}"


def whole_of(number: int | str) -> str:
    """What a change of many did."""
    return f"{MANY}/done/{number}"


def table_of(number: int) -> str:
    """The preview of a table that was sent."""
    return f"{TABLES}/{number}"


def series_of(name: str) -> str:
    """A series at the desk."""
    return f"{SERIES}?{urlencode({'of': name})}"


def collection_of(slug: str) -> str:
    """A collection at the desk."""
    return f"{COLLECTIONS}/{quote(slug)}"


def scheme_of(facet: str) -> str:
    """The page of a concept scheme at the desk."""
    return f"{VOCABULARIES}/{quote(facet)}"


def concept_of(facet: str, id_: str) -> str:
    """The form of a concept."""
    return f"{scheme_of(facet)}/concepts/{quote(id_)}"


def history_of(subject: str) -> str:
    return f"{HISTORY}?{urlencode({'of': subject})}"
