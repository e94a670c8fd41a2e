"""Addresses of what is passed on: whole editions, short addresses, cards, quotes, citations."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from library.core.resource import Edition, Resource
from library.web import links

KEY = 10  # characters of a resource's id that stand in its short address
SHORTEST = 8  # of them that are taken, where they are nobody else's


def key(resource: Resource) -> str:
    return resource.id[:KEY]


def short(resource: Resource, edition: Edition | None = None, number: int = 0) -> str:
    """The short address of a resource, or of one page of an edition."""
    address = f"/r/{quote(key(resource))}"
    return f"{address}/{_language(edition)}/{number}" if edition and number else address


def ark(name: str, resource: Resource) -> str:
    """The identifier of a resource that outlives addresses, below the library's name for such."""
    authority, _, begins = name.partition("/")
    return f"/ark:/{authority}/{begins}{resource.id}"


def qr(resource: Resource) -> str:
    """The picture that phones read the short address from."""
    return f"{short(resource)}.svg"


def whole(resource: Resource, edition: Edition, first: int = 0, last: int = 0) -> str:
    """An edition on one page, or the pages from one to another."""
    return _ranged(f"{links.edition(resource, edition)}/all", first, last)


def text(resource: Resource, edition: Edition, first: int = 0, last: int = 0) -> str:
    """The same as plain text."""
    return _ranged(f"{links.edition(resource, edition)}/text", first, last)


def _ranged(path: str, first: int, last: int) -> str:
    given = [(name, str(page)) for name, page in (("from", first), ("to", last)) if page]
    return f"{path}?{urlencode(given)}" if given else path


def _language(edition: Edition) -> str:
    return quote(edition.language or links.UNKNOWN_LANGUAGE)


def pass_on(resource: Resource, edition: Edition | None = None) -> str:
    """Where a resource is passed on: its card, its code, its citations."""
    return _spoken(f"/resources/{quote(resource.slug)}/pass-on", edition)


def card_picture(resource: Resource, edition: Edition, digest: str) -> str:
    """The card as a picture; digest: of what stands on it."""
    language = edition.language or links.UNKNOWN_LANGUAGE
    given = urlencode({"language": language, "v": digest})
    return f"/resources/{quote(resource.slug)}/card.png?{given}"


def cite(resource: Resource, form: str, edition: Edition | None = None) -> str:
    """A citation as a file."""
    return _spoken(f"/resources/{quote(resource.slug)}/cite.{form}", edition)


def _spoken(path: str, edition: Edition | None) -> str:
    language = edition.language if edition else ""
    return f"{path}?{urlencode({'language': language})}" if language else path


def quote_from(resource: Resource, edition: Edition, number: int) -> str:
    """Where a passage of a page is chosen and quoted."""
    return f"{links.page(resource, edition, number)}/quote"
