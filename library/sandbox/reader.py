"""Reads one file in a child process that cannot harm anything, or outstay its time.

A child for each file (library/sandbox/child.py): to tell what it is, to read it, and one more to
judge its words. What a child finds arrives line by line and is checked; pages that arrived before
it had to be stopped are kept. Long because whatever can become of a child is told in one place.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

from library.core import leases
from library.core.cancellation import Stopping
from library.core.errors import (
    Damaged,
    Empty,
    InputError,
    NotUsable,
    TooLarge,
    Unreadable,
    Unsupported,
)
from library.core.formats import OWN, UNKNOWN
from library.core.resource import Page, Said
from library.extractors import EXTRACTORS, Limits
from library.extractors.wire import LINE, Facts, Item, Malformed, decode, encode
from library.sandbox import children
from library.sandbox.children import (
    GOING,
    Nursing,
    Stopped,
    begun,
    code,
    too_large,
    why,
)
from library.sandbox.libreoffice import converted

MAIN = "library.sandbox.child:main"
TELLING = "library.extractors.detection:told"
TAKING = "library.extractors.detection:told_and_read"
READY, END = b'{"ready":true}', b"{}"
OUTPUT = 2**30  # bytes that one child may send in all
PDF = "application/pdf"
LAYOUT_NICE = 10  # laying out gives way to finding and to the site


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading one file; `problem` says why it is not, or not wholly, read."""

    said: Said
    pages: tuple[Page, ...]
    problem: InputError | None
    seconds: float


def tell(path: Path, name: str, limits: Limits | None = None, stop: Stopping | None = None) -> str:
    """The media type of a file that is called `name`, told by its bytes.

    Raises InputError where it is of no kind that is read, or does not let itself be told; Stopped.
    """
    limits = limits or Limits()
    seconds = limits.telling_seconds
    for item in run(path, TELLING, name, limits=limits, seconds=seconds, stop=stop):
        match item:
            case Facts(values={"media_type": str(media_type)}) if media_type in EXTRACTORS:
                return media_type
    raise _nonsense(path)


def take(
    path: Path,
    name: str,
    *,
    layout: bool,
    limits: Limits | None = None,
    on_page: Callable[[int, int | None], None] | None = None,
    stop: Stopping | None = None,
) -> tuple[str, Reading]:
    """The media type of a file that is called `name`, and its words, from one child.

    Raises as `tell` where its kind cannot be told; what is wrong with it otherwise is in what was
    read, as of `read`.
    """
    limits = limits or Limits()
    began = time.monotonic()
    deadline = [limits.telling_seconds]
    # Not what LibreOffice makes readable first, has more time, or another package may have broken.
    readers = {
        media_type: row.words
        for media_type, row in EXTRACTORS.items()
        if media_type in OWN and not row.through and not (layout and row.layout)
    }
    items = run(
        path,
        TAKING,
        name,
        readers,
        limits=limits,
        seconds=limits.telling_seconds + limits.seconds,
        stop=stop,
        within=deadline,
        beside=tuple(_KNOWN),
    )
    with closing(items):
        match next(items, None):
            case Facts(values={"media_type": str(media_type)}) if media_type in EXTRACTORS:
                pass
            case _:
                raise _nonsense(path)
        if media_type not in readers:
            items.close()
            again = read(path, media_type, layout=layout, limits=limits, on_page=on_page, stop=stop)
            return media_type, again
        _KNOWN[readers[media_type]] = None
        deadline[0] = time.monotonic() - began + limits.seconds
        return media_type, _gathered(items, path, limits, on_page, began)


_KNOWN: dict[str, None] = {}
"""Readers that this process has met a file for: the nursery has them loaded for the next."""


def read(
    path: Path,
    media_type: str,
    *,
    layout: bool,
    limits: Limits | None = None,
    on_page: Callable[[int, int | None], None] | None = None,
    stop: Stopping | None = None,
) -> Reading:
    """Read the words of a file, or its layout; never raises for what is wrong with the file.

    Raises NotUsable when no child can be started, Stopped when `stop` was set meanwhile.

    `on_page` is called with the number of pages read so far and the number there are, if known.
    """
    limits = limits or Limits()
    began = time.monotonic()
    extractor = EXTRACTORS.get(media_type)
    if extractor is None:
        unknown = Unsupported("kind not read", file=path.name, type=media_type)
        return Reading(Said(), (), unknown, 0.0)
    second = layout and bool(extractor.layout)
    function = extractor.layout if second else extractor.words
    seconds = limits.layout_seconds if second else limits.seconds
    nice = LAYOUT_NICE if second else 0
    with closing(
        _items_of(path, extractor.through, function, limits, seconds, nice, stop)
    ) as items:
        return _gathered(items, path, limits, on_page, began)


def _gathered(
    items: Iterator[Item],
    path: Path,
    limits: Limits,
    on_page: Callable[[int, int | None], None] | None,
    began: float,
) -> Reading:
    """What a reader yields, checked; what it ended with is the problem."""
    document = Said()
    pages: list[Page] = []
    problem: InputError | None = None
    try:
        for item in items:
            match item:
                case Said():
                    document = item
                case Page() if not pages or item.number > pages[-1].number:
                    pages.append(item)
                    if on_page:
                        on_page(len(pages), document.pages)
                case _:
                    raise _nonsense(path)
        problem = _too_many(path, document, limits)
    except InputError as error:
        problem = error
    return Reading(document, tuple(pages), problem, time.monotonic() - began)


def _items_of(
    path: Path,
    through: str,
    function: str,
    limits: Limits,
    seconds: float,
    nice: int,
    stop: Stopping | None,
) -> Generator[Item, None, None]:
    """What a reader yields, of the file or of what LibreOffice makes of it."""
    if not through:
        yield from run(path, function, limits=limits, seconds=seconds, nice=nice, stop=stop)
        return
    os.close(_opened(path, limits))
    made = converted(path, through, seconds=seconds, output=limits.bytes, stop=stop)
    with TemporaryDirectory(prefix=leases.prefix("reading")) as folder:
        place = Path(folder) / path.name  # what is said of it names the file that came in
        place.write_bytes(made)
        yield from run(place, function, limits=limits, seconds=seconds, nice=nice, stop=stop)


def draw(
    path: Path, page: int, width: int = 1_000, limits: Limits | None = None, media_type: str = PDF
) -> bytes:
    """A WebP image of one page (from 1), `width` pixels wide. Raises InputError."""
    limits = limits or Limits()
    function = EXTRACTORS.get(media_type, UNKNOWN).draw
    if not function:
        raise Unsupported("not drawn", file=path.name)
    for item in run(path, function, page, width, limits=limits, seconds=limits.page_seconds):
        if isinstance(item, bytes):
            return item
    raise Damaged("no image", file=path.name, page=page)


def scan(
    path: Path,
    media_type: str,
    page: int,
    limits: Limits | None = None,
    stop: Stopping | None = None,
) -> bytes:
    """A gray PNG of one page (from 1) to read words from; b"" when it is empty.

    Raises InputError, Stopped.
    """
    limits = limits or Limits()
    function = EXTRACTORS.get(media_type, UNKNOWN).scan
    seconds = limits.page_seconds
    for item in run(
        path, function, page, limits=limits, seconds=seconds, nice=LAYOUT_NICE, stop=stop
    ):
        if isinstance(item, bytes):
            return item
    raise Damaged("no image", file=path.name, page=page)


def run(
    path: Path,
    function: str,
    *arguments: Any,
    limits: Limits,
    seconds: float,
    nice: int = 0,
    stop: Stopping | None = None,
    within: Sequence[float] = (),
    beside: Sequence[str] = (),
) -> Generator[Item, None, None]:
    """What `module:function`, run on the file in a child, yields. Raises InputError, Stopped.

    within: a number of seconds, read anew while it runs, that takes the place of `seconds` here;
    the system's limit on it stays. beside: functions that the child is forked with.
    """
    file = _opened(path, limits)
    task = _task(function, arguments, limits, seconds, nice)
    task["beside"] = list(beside)
    try:
        yield from _run(file, path, task, limits.memory, stop, children.NURSING, within)
    finally:
        os.close(file)


def judge(
    items: Iterable[Item],
    function: str,
    *arguments: Any,
    name: str,
    prepared: Sequence[Any],
    limits: Limits,
    seconds: float,
    readable: Sequence[str] = (),
    nice: int = 0,
    stop: Stopping | None = None,
) -> Iterator[Item]:
    """What `module:function`, run in a child on what a reading gave, yields.

    The child finds the items in its standard input, a line for each (library/extractors/wire.py).
    name: of the file they are of. prepared: `module:function` and its arguments, plain values; it
    is called once before children are forked, with what is the library's own and no stranger's.
    readable: folders beside those of our code. Raises InputError, Stopped.
    """
    task = _task(function, arguments, limits, seconds, nice)
    task["readable"] += readable
    task["prepared"] = list(prepared)
    with TemporaryFile() as given:
        given.writelines(map(encode, items))
        given.flush()
        given.seek(0)
        nursing = children.DESCRIBING
        yield from _run(given.fileno(), Path(name), task, limits.memory, stop, nursing)


def judge_each(
    documents: Sequence[Sequence[Item]],
    function: str,
    arguments: Sequence[Any],
    *,
    names: Sequence[str],
    prepared: Sequence[Any],
    limits: Limits,
    seconds: float,
    readable: Sequence[str] = (),
    nice: int = 0,
    stop: Stopping | None = None,
) -> Iterator[tuple[int, Item | None]]:
    """What `module:function`, run in one child on several readings, yields of each, in order.

    None where one begins, and so those before it are finished, and at the end.

    As `judge`, but for `arguments`, of which there are some for each document, and `seconds`, which
    are for each. In the child's input the items of a document stand after Facts({"document":
    NUMBER}), from 0, and so does what it yields. Raises InputError, Stopped: what was not finished
    then is to be judged alone.
    """
    task = _task(function, [list(arguments)], limits, seconds * len(documents), nice)
    task["readable"] += readable
    task["prepared"] = list(prepared)
    within, began, number = [seconds], time.monotonic(), -1
    with TemporaryFile() as given:
        for place, items in enumerate(documents):
            given.writelines(map(encode, (Facts({"document": place}), *items)))
        given.flush()
        given.seek(0)
        path, nursing = Path(names[0]), children.DESCRIBING
        for item in _run(given.fileno(), path, task, limits.memory, stop, nursing, within):
            match item:
                case Facts(values={"document": int(next_)}) if next_ == number + 1 < len(documents):
                    number, path = next_, Path(names[next_])
                    within[0] = time.monotonic() - began + seconds
                    yield number, None
                case _ if 0 <= number < len(documents):
                    yield number, item
                case _:
                    raise _nonsense(path)
    yield len(documents), None


def _task(
    function: str, arguments: Sequence[Any], limits: Limits, seconds: float, nice: int
) -> dict[str, Any]:
    return {
        "function": function,
        "arguments": arguments,
        "readable": code(),
        "limits": asdict(limits),
        "seconds": seconds,
        "nice": nice,
    }


def _run(
    file: int,
    path: Path,
    task: dict[str, Any],
    memory: int,
    stop: Stopping | None,
    nursing: Nursing,
    within: Sequence[float] = (),
) -> Iterator[Item]:
    """What a child says. One that somebody killed before it had begun is begun once more."""
    given = (file, path, task, memory, stop, nursing, within)
    try:
        yield from _run_once(*given)
    except NotBegun:
        yield from _run_once(*given)


class NotBegun(NotUsable):
    """Nothing was read of the file yet."""


def _run_once(
    file: int,
    path: Path,
    task: dict[str, Any],
    memory: int,
    stop: Stopping | None,
    nursing: Nursing,
    within: Sequence[float] = (),
) -> Iterator[Item]:
    began = time.monotonic()

    def deadline() -> float:
        return began + (within[0] if within else task["seconds"])

    with (
        TemporaryDirectory(prefix=leases.prefix("reading")) as folder,
        begun(MAIN, task, file, folder, path.name, nursing) as child,
    ):
        whole = yield from _items(_lines(child.pieces(deadline, OUTPUT, stop), path), path)
        if not whole:
            if stop is not None and stop.is_set():
                raise Stopped
            raise why(child.ended(time.monotonic() + GOING), memory, path.name)


def _items(lines: Iterator[bytes], path: Path) -> Generator[Item, None, bool]:
    """What the lines of a child say; whether it came to its end."""
    if next(lines, b"") != READY:
        raise NotBegun("reading not begun")
    for line in lines:
        if line == END:
            return True
        try:
            item = decode(line)
        except Malformed as error:
            raise _nonsense(path) from error
        if isinstance(item, InputError):
            raise item.of(file=path.name)
        yield item
    return False


def _lines(pieces: Iterable[bytes], path: Path) -> Iterator[bytes]:
    """Whole lines. Raises TooLarge for one that is longer than any reader of ours writes."""
    rest = bytearray()
    for piece in pieces:
        rest += piece
        if len(rest) > LINE:
            raise too_large(path.name)
        if b"\n" in piece:
            *lines, last = rest.split(b"\n")
            rest = bytearray(last)
            yield from map(bytes, lines)


def _opened(path: Path, limits: Limits) -> int:
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Unreadable("file unread", file=path.name, detail=reason) from error
    facts = os.fstat(file)
    problem: InputError | None = None
    if not stat.S_ISREG(facts.st_mode):
        problem = Unreadable("file is none", file=path.name)
    elif facts.st_size == 0:
        problem = Empty("empty", file=path.name)
    elif facts.st_size > limits.bytes:
        problem = TooLarge("file too large", file=path.name, megabytes=limits.bytes // 2**20)
    if problem:
        os.close(file)
        raise problem
    return file


def _nonsense(path: Path) -> Damaged:
    return Damaged("reader nonsense", file=path.name)


def _too_many(path: Path, document: Said, limits: Limits) -> InputError | None:
    if document.pages is None or document.pages <= limits.pages:
        return None
    return TooLarge("pages too many", file=path.name, pages=document.pages, most=limits.pages)
