"""What every template may use: links, the frame around a page, and the way through a long list.

What one page or part shows stands in its own module: one frozen value, links made, numbers counted
and said. A template only loops over these and asks whether something is there.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go. `language` is that of the label where it is not the page's own."""

    label: str
    url: str
    current: bool = False
    language: str = ""
    direction: str = ""
    count: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page."""

    title: str
    name: str
    language: str
    direction: str
    home: str
    search: str
    sheets: tuple[str, ...]  # addresses of style sheets
    icon: str
    script: str
    feed: str
    opensearch: str
    manifest: str
    list: str  # the script of lists made on a phone
    languages: tuple[Link, ...]
    ways: tuple[Link, ...]
    spoken: str = ""  # the language of the page, by its own name
    enter: Link | None = None  # for staff
    description: str = ""
    canonical: str = ""
    words: str = ""
    kept: tuple[tuple[str, str], ...] = ()  # hidden fields of the search form
    robots: str = ""


@dataclass(frozen=True, slots=True)
class Paging:
    """Links to other pages of results."""

    label: str
    previous: Link | None = None
    next: Link | None = None
    numbers: tuple[Link | None, ...] = ()  # None stands for pages left out
