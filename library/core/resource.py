"""The words of the library, as values; docs/architecture.md says them in prose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from library.core.messages import Message


@dataclass(frozen=True, slots=True)
class Stored:
    """An original that is safe on the disk."""

    sha256: str
    bytes: int
    new: bool


class Status(StrEnum):
    """Who may see a resource."""

    DRAFT = "draft"
    REVIEW = "review"  # somebody else is to look at it
    EMBARGOED = "embargoed"  # it publishes itself on a day
    PUBLISHED = "published"
    SUPERSEDED = "superseded"  # can be read at its address, which leads on; found no more
    WITHDRAWN = "withdrawn"  # gone, and its address says why


class SourceState(StrEnum):
    """Whether the address a document came from still answers."""

    WELL = "well"
    GONE = "gone"  # its server says that it is there no more
    SILENT = "silent"  # nobody answered, or with a mistake of the server's own
    UNASKED = "not asked"  # it is no address of the open internet


LISTED = frozenset((Status.PUBLISHED,))
"""What readers can find: by searching, browsing, in feeds, lists and maps."""

READABLE = frozenset((Status.PUBLISHED, Status.SUPERSEDED))
"""What readers can have who come with its address."""


class Role(StrEnum):
    """What an account may do at the staff desk; an admin may do all that staff may."""

    STAFF = "staff"
    ADMIN = "admin"


class Precision(StrEnum):
    """How much of a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as far as it is known: 2019, 2019-05 or 2019-05-15."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> Precision:
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    def __str__(self) -> str:
        parts = (f"{self.year:04d}", *(f"{n:02d}" for n in (self.month, self.day) if n is not None))
        return "-".join(parts)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2019`, `2019-05` or `2019-05-15`. Raises ValueError when it is none of them."""
        parts = [int(part) for part in text.strip().split("-")]
        if not 1 <= len(parts) <= 3:
            raise ValueError(f"not a date: {text!r}")
        year, month, day = (*parts, 1, 1)[:3]
        datetime(year, month, day)
        return cls(*parts)


BlockKind = Literal["heading", "paragraph", "item", "table", "quote", "code", "caption", "note"]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a page. `level` is 1 to 6 for headings and the depth, from 1, for list items.

    A caption stands right before or after its table or where its picture was. Notes stand after
    all other blocks of their page; a text refers to one as `[marker]`.
    """

    kind: BlockKind
    text: str = ""
    level: int = 0
    marker: str = ""  # of a list item: "1.", "(a)"; "" for a bullet; of a note: "1", "*"
    rows: tuple[tuple[str, ...], ...] = ()  # of a table; the first row is its head
    language: str = ""  # where it differs from the edition's
    continued: bool = False  # it goes on from the page before
    continues: bool = False  # it goes on on the next page


SCANNED = "tesseract"
"""The reader of pages whose words come from their picture; its languages follow after a space."""

PICTURED = " over a picture"
"""What the reader of a page is called besides where more words seem to stand in its picture."""

NOISE = 0.4
"""A page whose words scored less is not searched; its picture is read instead."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an edition.

    `text` is what is indexed; `blocks` is what the reading page shows, and is empty until the
    layout is read. `score` is how well the words were read, 0 to 1.
    """

    number: int  # counted from 1
    text: str
    blocks: tuple[Block, ...] = ()
    label: str = ""  # the number printed on the page, where it differs
    reader: str = ""  # what gave the text
    layout: str = ""  # what gave the blocks
    score: float = 1.0
    language: str = ""  # where it differs from the edition's

    @property
    def unreadable(self) -> bool:
        """Whether its words are none, or noise."""
        return not self.text.strip() or self.score < NOISE

    @property
    def pictured(self) -> bool:
        """Whether its words, or more than were read, may stand in its picture."""
        return self.reader.endswith(PICTURED)

    @property
    def awaits_picture(self) -> bool:
        """Whether there are words on it that only its picture can give, and has not given yet."""
        return not self.scanned and (self.pictured or (self.unreadable and bool(self.text.strip())))

    @property
    def scanned(self) -> bool:
        """Whether its words were read, or looked for, in its picture."""
        return self.reader.startswith(SCANNED)

    @property
    def read_in(self) -> tuple[str, ...]:
        """The languages that its picture was read in, as Tesseract calls them."""
        named = self.reader.partition(" ")[2] if self.scanned else ""
        return tuple(filter(None, named.split("+")))


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of a contents list."""

    title: str
    page: int
    level: int = 1


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of itself, before anybody judges it."""

    fields: Mapping[str, str] = field(default_factory=dict)  # title, author, date, language …
    outline: tuple[Heading, ...] = ()
    pages: int | None = None  # how many it has, even when not all were read
    unread: tuple[Message, ...] = ()  # on parts that were not read
    cover: bool = False  # whether its first page has a picture worth showing


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a guess comes from: a page (0: the file's own fields or name) and its words there."""

    page: int
    words: str


def several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """The values of a statement, whether its field has one or many."""
    if isinstance(value, tuple):
        return value
    return (value,) if value else ()


Source = Literal["staff", "file", "guess"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One value of one field, by whom, and why it is believed."""

    field: str
    value: str | tuple[str, ...]
    source: Source
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 1.0  # 0 to 1; staff's word is 1


INCOMPLETE = 0.95
"""The text quality of an edition at most, where parts of its file were not read."""


PICTURES = "unread pictures"
"""The code of what names pages whose pictures nobody could read yet."""

STRANGE = "unread language"
"""The code of what says that pictures were read without what Tesseract knows of their language."""


def still_unread(unread: Iterable[Message], pages: Iterable[Page]) -> tuple[Message, ...]:
    """What was said of parts that were not read, as far as it is still true of these pages."""
    pages = list(pages)
    pictures = any(page.awaits_picture for page in pages)
    read_in = {name for page in pages for name in page.read_in}
    return tuple(
        message
        for message in unread
        if (pictures or message.code != PICTURES)
        and (message.code != STRANGE or message.values["data"] not in read_in)
    )


@dataclass(frozen=True, slots=True)
class Edition:
    """A work in one language, as one file."""

    id: str
    language: str  # ISO 639 code, "" when unknown
    title: str
    sha256: str
    media_type: str
    filename: str
    bytes: int
    pages: int
    text_bytes: int = 0  # of all pages' plain text, UTF-8
    pages_expected: int | None = None  # more than `pages` where only a part could be read
    text_quality: float = 1.0  # mean page score, 0 to 1
    scanned: int = 0  # pages whose words were read from their pictures
    unread: tuple[Message, ...] = ()  # on parts of the file that were not read
    summary: str = ""
    authors: tuple[str, ...] = ()
    date: PartialDate | None = None
    rights: str = ""
    source_url: str = ""
    contents: tuple[Heading, ...] = ()
    laid_out: bool = False
    reading: str = ""  # a formula of vocabularies/reading_levels.py and its number, or nothing


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a resource stands, and what belongs to that; dates are ISO 8601, "" for none."""

    status: Status
    until: str = ""  # of an embargo: the day it can be seen
    reason: str = ""  # of a withdrawal, for readers
    successor: str = ""  # of what is superseded: the id of what took its place
    review_by: str = ""  # the day staff wanted to look at it again
    law_year: int | None = None  # it states the law as it was then
    since: str = ""  # the moment it was last changed; "" when never


@dataclass(frozen=True, slots=True)
class Cover:
    """The page whose picture stands for a resource."""

    edition: str
    page: int


@dataclass(frozen=True, slots=True)
class Resource:
    """One intellectual work. What search finds and facets count."""

    id: str
    slug: str
    status: Status
    editions: tuple[Edition, ...]
    added: datetime
    changed: datetime
    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)  # by facet
    publisher: str = ""
    series: str = ""
    standing: Standing = field(default_factory=lambda: Standing(Status.PUBLISHED))
    cover: Cover | None = None
    duration: str = ""  # of the session it is for, ISO 8601; "" when nobody says

    def edition(self, *preferred: str) -> Edition:
        """The edition in the first of these languages that exists, else the first there is."""
        for language in preferred:
            for edition in self.editions:
                if edition.language == language:
                    return edition
        return self.editions[0]

    def filed(self, facet: str) -> tuple[str, ...]:
        """The concepts of a facet it is filed under, in the order they were said."""
        return self.concepts.get(facet, ())

    @property
    def kind(self) -> str:
        """What sort of document it is, "" when nobody says: what a line about it names."""
        return next(iter(self.filed("kind")), "")

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(e.language for e in self.editions if e.language))

    @property
    def date(self) -> PartialDate | None:
        """The newest date of its editions."""
        return max((e.date for e in self.editions if e.date), default=None, key=str)


CollectionKind = Literal["", "course"]


@dataclass(frozen=True, slots=True)
class Collection:
    """An ordered, titled list of resources that staff make. A course is one whose resources are
    gone through one after the other: readers see their numbers, and the time of them all."""

    slug: str
    title: str
    summary: str = ""
    resources: tuple[str, ...] = ()  # ids, in order
    kind: CollectionKind = ""


class Outcome(StrEnum):
    """How the ingestion of one file ends."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    PARTIAL = "partial"
    FAILED = "failed"


JSON = dict[str, Any]
