"""Documents that stand in another: attached to it, embedded, or all there is of a portfolio.

They are read as further pages of what holds them, each under its name, in the same child and so
within its bounds. What cannot be read stays where it is, and its name is kept, to be said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from typing import NamedTuple

from library.core.errors import Unsupported
from library.core.formats import FORMATS, Format
from library.core.messages import LONGEST, Message, listed
from library.core.resource import Block, Heading, Page, Said
from library.extractors import Limits, load
from library.extractors.cleanup import clean
from library.extractors.media_types import media_type_of
from library.extractors.packages import unwrapped

MOST = 50  # files of one document that are opened
NAMED = 10  # of those that were not read
LINES = 5  # on parts of them that were not read
TEXTS = ("", "txt", "text", "asc")  # how files end that are plain text


class Enclosure(NamedTuple):
    """A file within a file; `data` is asked for when it is its turn, and raises InputError."""

    name: str
    data: Callable[[], bytes]


@dataclass(slots=True)
class Further:
    """The pages of what a document encloses, counted on from its own `count` pages."""

    limits: Limits
    count: int
    laid_out: bool = True  # with their layout, where that is a reading of its own
    outline: list[Heading] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)  # names of files
    lines: list[Message] = field(default_factory=list)  # on what was not read of those that were

    def pages(self, files: Iterable[Enclosure]) -> Iterator[Page]:
        """Pages of the files in their order; what is not read is remembered."""
        for place, file in enumerate(files):
            if place >= MOST or self.count >= self.limits.pages or not self.limits.enclosed:
                self.unread.append(file.name)
                continue
            before = self.count
            try:
                data, name = unwrapped(file.data(), file.name)
                file = Enclosure(display_name(name), partial(bytes, data))
                for page in self._of(file):
                    self.count = max(self.count, page.number)
                    yield page
            except MemoryError:
                raise
            except (
                Exception
            ):  # whatever a stranger's file makes its reader raise: it is one of many
                self.unread.append(file.name)
            if before < self.count:
                self.outline.append(Heading(file.name, before + 1))

    def said(self, opener: Message) -> tuple[Message, ...]:
        """What is to be said of what was not read; `opener` is the program that opens the whole."""
        if not self.unread:
            return tuple(self.lines)
        values: dict[str, str | int | Message] = {
            "number": len(self.unread),
            "names": listed(self.unread, NAMED),
            "opener": opener,
        }
        return (Message("unread files", values), *self.lines)

    def _of(self, file: Enclosure) -> Iterator[Page]:
        """The pages of one file. Raises InputError after those that could be read."""
        data = file.data()
        row = readable(data, file.name)
        limits = replace(
            self.limits,
            enclosed=self.limits.enclosed - 1,
            pages=self.limits.pages - self.count,
        )
        function = row.layout if self.laid_out and row.layout else row.words
        first, begun, sound = self.count, False, 0
        for item in load(function)(BytesIO(data), limits):
            if isinstance(item, Said):
                self._note(file, item)
                if row.layout and item.pages:  # a page that cannot be laid out keeps its number
                    self.count = first + min(item.pages, limits.pages)
            elif isinstance(item, Page):
                begun = begun or bool(item.text.strip())
                sound += 1
                number = first + item.number
                yield replace(named(item, file.name) if item.number == 1 else item, number=number)
        if not begun and not (row.scan and sound):
            self.unread.append(file.name)

    def _note(self, file: Enclosure, document: Said) -> None:
        for line in document.unread:
            message = _within(file.name, line)
            if len(self.lines) < LINES and message not in self.lines:
                self.lines.append(message)


def _within(name: str, line: Message) -> Message:
    """What is said of a file within a file; the names of those that lie deeper are one name, for
    messages may not lie deep in one another.
    """
    inner = line.values.get("line")
    if line.code == "unread within" and isinstance(inner, Message):
        name, line = f"{name}, {line.values.get('name', '')}", inner
    return Message("unread within", {"name": name[:LONGEST], "line": line})


def named(page: Page, name: str) -> Page:
    """The first page of a file under its name."""
    if not page.text.strip():
        return page
    blocks = (Block("heading", name, 1), *page.blocks)
    return replace(page, text=f"{name}\n\n{page.text}", blocks=blocks)


def readable(data: bytes, name: str) -> Format:
    """How a file within a file is read. Raises InputError where it is not.

    What goes through LibreOffice is not: a reader may start no program.
    """
    media_type = media_type_of(BytesIO(data), name)
    row = FORMATS[media_type]
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    misnamed = media_type == "text/plain" and suffix not in TEXTS
    if row.through or (row.scan and not row.layout) or misnamed:
        raise Unsupported("kind not read", type=media_type)
    return row


def display_name(name: str) -> str:
    """The name of a file without folders or signs that are not seen."""
    return clean(" ".join(name.replace("\\", "/").rpartition("/")[2].split()))[:120]


def total(outline: Sequence[Heading], further: Further) -> tuple[Heading, ...]:
    """A contents list with the names of further files after it."""
    return (*outline, *further.outline)[: further.limits.outline]
