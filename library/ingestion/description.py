"""What a document is, told in a confined child: its words are a stranger's, as its file is.

Guesses with their evidence, the languages of passages, and what tells others like it apart. The
child (`description_child`) has the words, the vocabularies and a deadline, and nothing else;
what it did not come to say is said to be missing, and the document comes in all the same.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any, get_args

import index
from library import sandbox
from library.core import logs
from library.core.cancellation import Stopping
from library.core.errors import Damaged, InputError
from library.core.resource import Evidence, Page, Said, Source, Statement
from library.core.settings import Settings
from library.extractors import Limits
from library.extractors.quality import joined
from library.extractors.wire import Facts, Item
from library.likeness.similarity import Mark
from library.vocabularies import Vocabularies

CHILD = "library.ingestion.description_child"
NO_PAGES = 15.0  # seconds to describe a document by its name and what it says of itself alone
OF_THE_NAME = 0.3  # how sure a title is that is only the name of the file
NOTHING = Mark(b"", ())
CODE = [
    str(Path(folder)) for folder in index.__path__
]  # how it analyses words, which children need too


@dataclass(slots=True)
class Description:
    """What a document is. `problem` says why not all of it could be told."""

    pages: tuple[Page, ...]  # those given, with their languages and the better words
    statements: tuple[Statement, ...] = ()
    mark: Mark = NOTHING
    problem: InputError | None = None
    told: bool = False  # whether its words were described, and not only its name


@dataclass(frozen=True, slots=True)
class Asked:
    """A document that is to be described, as for `Describing.document`."""

    pages: tuple[Page, ...]
    said: Said
    filename: str
    language: str | None
    opinions: Sequence[Page] = ()


@dataclass(frozen=True, slots=True)
class Describing:
    """What describing needs beside the document."""

    settings: Settings
    vocabularies: Vocabularies
    limits: Limits = field(default_factory=Limits)
    stop: Stopping | None = None

    def document(
        self,
        pages: Sequence[Page],
        document: Said,
        *,
        filename: str,
        language: str | None,
        opinions: Sequence[Page] = (),
    ) -> Description:
        """Everything of a document that is new. Raises Stopped.

        language: what staff say it is in, "" for none; None where they say nothing. opinions:
        pages as another reader has them, of which the plainly better are kept.
        """
        given: list[Item] = [document, *pages, Facts({}), *opinions]
        arguments = ("describe", filename, language, "")
        made = self._told(pages, given, "described", *arguments, name=filename)
        if not made.told:
            made.statements = self._by_name(document, filename)
        return made

    def documents(self, asked: Sequence[Asked]) -> list[Description]:
        """The same of several, in one child; of those it did not come to the end of, each alone.

        A document that takes too much, or breaks its child, so does no harm to the others. Raises
        Stopped.
        """
        made = [Description(one.pages) for one in asked]
        finished: set[int] = set()
        if len(asked) > 1:
            by_number = [{page.number: page for page in one.pages} for one in asked]
            try:
                for number, item in self._judged_each(asked):
                    finished |= set(range(number))
                    if item is not None:
                        _take(made[number], by_number[number], item, asked[number].filename, {})
            except InputError:
                pass  # whose fault it is shows when each is alone
            for number in finished:
                made[number].pages = tuple(
                    by_number[number][page.number] for page in asked[number].pages
                )
        return [
            made[number]
            if number in finished and made[number].told
            else self.document(
                one.pages,
                one.said,
                filename=one.filename,
                language=one.language,
                opinions=one.opinions,
            )
            for number, one in enumerate(asked)
        ]

    def scanned(
        self, pages: Sequence[Page], *, filename: str, language: str | None, otherwise: str
    ) -> Description:
        """What the words of a scan, now that they are read, let us guess. Raises Stopped.

        otherwise: the language it is in where nothing better tells. Without `statements` what was
        believed of it stays.
        """
        given: list[Item] = [Said(), *pages, Facts({})]
        arguments = ("describe", filename, language, otherwise)
        return self._told(pages, given, "described", *arguments, name=filename)

    def passages(
        self,
        pages: Sequence[Page],
        *,
        filename: str,
        language: str,
        opinions: Sequence[Page] = (),
    ) -> Description:
        """The pages of a document in `language`, with that of passages. Raises Stopped.

        opinions: as for `document`.
        """
        given: list[Item] = [Said(), *pages, Facts({}), *opinions]
        arguments = ("passages", filename, language, "")
        return self._told(pages, given, "described", *arguments, name=filename)

    def layout(
        self,
        words: Sequence[Page],
        laid_out: Mapping[int, Page],
        *,
        filename: str,
        language: str,
    ) -> Description:
        """One page from two readings of each, with the language of passages. Raises Stopped.

        Where it cannot be told which reads better, the text is the words' and the blocks are the
        layout's.
        """
        both = {page.number: (page, laid_out.get(page.number)) for page in words}
        better = {number: joined(*pair) for number, pair in both.items()}
        mixed = [joined(*pair, words_read_better=True) for pair in both.values()]
        given: list[Item] = [*words, Facts({}), *laid_out.values()]
        return self._told(mixed, given, "laid_out", language, name=filename, better=better)

    def _told(
        self,
        pages: Sequence[Page],
        given: Iterable[Item],
        function: str,
        *arguments: Any,
        name: str,
        better: Mapping[int, Page] | None = None,
    ) -> Description:
        made = Description(tuple(pages))
        by_number = {page.number: page for page in pages}
        try:
            for item in self._judged(given, function, *arguments, name=name):
                _take(made, by_number, item, name, better or {})
        except InputError as problem:
            made.problem = problem
            # A layout or a scan has no outcome to tell it: its task waits and is tried again.
            logs.event("not described", "error", file=name, reason=problem.text)
        made.pages = tuple(by_number[page.number] for page in pages)
        return made

    def _by_name(self, document: Said, filename: str) -> tuple[Statement, ...]:
        """What a file says of itself, judged without its pages; its name is then its title."""
        made = Description(())
        limits = replace(
            self.limits, description_seconds=min(NO_PAGES, self.limits.description_seconds)
        )
        try:
            given: list[Item] = [replace(document, outline=()), Facts({})]
            arguments = ("describe", filename, None, "")
            asking = replace(self, limits=limits)
            for item in asking._judged(given, "described", *arguments, name=filename):
                _take(made, {}, item, filename, {})
        except InputError:
            pass
        if any(statement.field == "title" for statement in made.statements):
            return made.statements
        title = " ".join(PurePath(filename).stem.replace("_", " ").split())
        evidence = (Evidence(0, filename),)
        return *made.statements, Statement("title", title, "guess", evidence, OF_THE_NAME)

    def _judged_each(self, asked: Sequence[Asked]) -> Iterator[tuple[int, Item | None]]:
        prepared, readable = self._prepared()
        return sandbox.judge_each(
            [[one.said, *one.pages, Facts({}), *one.opinions] for one in asked],
            f"{CHILD}:described_each",
            [["describe", one.filename, one.language, ""] for one in asked],
            names=[one.filename for one in asked],
            prepared=prepared,
            limits=self.limits,
            seconds=self.limits.description_seconds,
            readable=readable,
            stop=self.stop,
        )

    def _prepared(self) -> tuple[Sequence[Any], Sequence[str]]:
        """What children are forked with, and what they may read."""
        words = self.vocabularies
        folder = self.settings.vocabularies.resolve()
        records = {facet: dict(records) for facet, records in words.records.items()}
        languages = list(self.settings.languages)
        return (f"{CHILD}:prepare", languages, str(folder), words.version, records), CODE

    def _judged(
        self, given: Iterable[Item], function: str, *arguments: Any, name: str
    ) -> Iterator[Item]:
        prepared, readable = self._prepared()
        return sandbox.judge(
            given,
            f"{CHILD}:{function}",
            *arguments,
            name=name,
            prepared=prepared,
            limits=self.limits,
            seconds=self.limits.description_seconds,
            readable=readable,
            stop=self.stop,
        )


def _take(
    made: Description, by_number: dict[int, Page], item: Item, name: str, better: Mapping[int, Page]
) -> None:
    """Note what a child says, which may be nonsense. Raises Damaged."""
    match item:
        case Page() if item.number in by_number:
            by_number[item.number] = item
        case Facts(values={"statements": list(rows)}):
            made.statements, made.told = tuple(map(_statement, rows)), True
        case Facts(values={"spoken": [int(number), str(own), list(passages)]}) if (
            number in by_number
        ):
            by_number[number] = _spoken(by_number[number], own, passages)
        case Facts(values={"better": int(number)}) if number in better:
            by_number[number] = better[number]
        case Facts(values={"mark": [str(signature), list(anchors), str(outline)]}):
            numbers = tuple(anchor for anchor in anchors if isinstance(anchor, int))
            made.mark = Mark(b64decode(signature), numbers, b64decode(outline))
        case _:
            raise _nonsense(name)


def _statement(packed: Any) -> Statement:
    match packed:
        case [
            str(field_),
            str() | list() as value,
            source,
            list(evidence),
            int() | float() as sure,
        ] if source in get_args(Source) and 0 <= sure <= 1:
            given = value if isinstance(value, str) else tuple(map(str, value))
            return Statement(field_, given, source, tuple(map(_evidence, evidence)), float(sure))
    raise _nonsense("The document")


def _evidence(packed: Any) -> Evidence:
    match packed:
        case [int(page), str(words)]:
            return Evidence(page, words)
    raise _nonsense("The document")


def _spoken(page: Page, own: str, passages: Sequence[Any]) -> Page:
    blocks = list(page.blocks)
    for passage in passages:
        match passage:
            case [int(place), str(language)] if 0 <= place < len(blocks):
                blocks[place] = replace(blocks[place], language=language)
            case _:
                raise _nonsense("The document")
    return replace(page, language=own, blocks=tuple(blocks))


def _nonsense(name: str) -> Damaged:
    return Damaged("describing nonsense", file=name)
