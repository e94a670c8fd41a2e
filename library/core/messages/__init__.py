"""What can be said of a thing that went wrong: a code and its values, and their words by language.

Code raises, keeps and sends a `Message`; the words are made where somebody reads them: English for
the command line and the log, the reader's language on a page (library/web/error_text.py). The texts
stand in the tables beside this module, one for each part of the library, by their codes; `locales/`
translates them.

No text holds a sign that could end an attribute of HTML. What another program said (`detail`), a
name, a sample of a file and a command are values: they are not translated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from library.core.messages import (
    accounts,
    arrivals,
    catalogue,
    commands,
    files,
    moving,
    packs,
    searching,
    tables,
    unread,
    vocabulary,
)
from library.core.messages.words import Words

WORDS: Mapping[str, Words] = {
    **accounts.WORDS,
    **arrivals.WORDS,
    **catalogue.WORDS,
    **commands.WORDS,
    **files.WORDS,
    **moving.WORDS,
    **packs.WORDS,
    **searching.WORDS,
    **tables.WORDS,
    **unread.WORDS,
    **vocabulary.WORDS,
}
"""Code → what happened, and what to do."""

LONGEST = 1_000  # characters of a value that came from elsewhere
MANY = 20  # values of a message
DEEPEST = 3  # messages in one another


@dataclass(frozen=True, slots=True)
class Message:
    """A code of `WORDS` and what its text names; a value may be a message itself.

    A number is written as the reader's language writes numbers: a year, a code of an error or a
    part of an address is text. A code that is not in the table came from a package of others: it
    is taken for what that package says.
    """

    code: str
    values: Mapping[str, str | int | Message] = field(default_factory=dict)

    def text(
        self, translated: Say = str, number: Number = "{:,}".format, apart: Apart = str
    ) -> str:
        """What happened."""
        return self._filled(self._words().text, translated, number, apart)

    def remedy(
        self, translated: Say = str, number: Number = "{:,}".format, apart: Apart = str
    ) -> str:
        """What to do; "" where nothing can be done."""
        return self._filled(self._words().remedy, translated, number, apart)

    def whole(
        self, translated: Say = str, number: Number = "{:,}".format, apart: Apart = str
    ) -> str:
        """What happened and what to do."""
        said, do = (part(translated, number, apart) for part in (self.text, self.remedy))
        return f"{said} {do}".strip()

    def __str__(self) -> str:
        return self.whole()

    def json(self) -> dict[str, Any]:
        """As it is kept and sent: {"code": …, "values": {…}}."""
        values = {
            name: value.json() if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return {"code": self.code, "values": values}

    def _words(self) -> Words:
        return WORDS.get(self.code) or OTHERS

    def _filled(self, text: str, translated: Say, number: Number, apart: Apart) -> str:
        if not text:
            return ""
        known = self.values if self.code in WORDS else {**self.values, "detail": self.code}
        values = _Values(
            {
                name: value.text(translated, number, apart)
                if isinstance(value, Message)
                else (number(value) if isinstance(value, int) else apart(value))
                for name, value in known.items()
            },
            translated,
        )
        return translated(text) % values


Say = Callable[[str], str]  # an English text → the same in a reader's language, values left open
Number = Callable[[int], str]
Apart = Callable[[str], str]  # a name or a sample → the same, kept apart from the text round it

OTHERS = files.WORDS["said by others"]
KEPT_IN_ENGLISH = "unread otherwise"
"""The code of what was kept before it was a message, or a package of others says of a part."""


class _Values(dict[str, str]):
    """Values by name. Who raised an error may not know which file it is of: that is said so."""

    def __init__(self, values: Mapping[str, str], translated: Say) -> None:
        super().__init__(values)
        self._translated = translated

    def __missing__(self, name: str) -> str:
        return self._translated(WORDS["this file"].text) if name == "file" else "…"


def message_of(packed: object, deep: int = DEEPEST) -> Message:
    """The message that JSON stands for. Raises ValueError for what none of ours would be."""
    match packed:
        case {"code": str(code), "values": dict(values)} if deep and len(values) <= MANY:
            return Message(
                _cut(code), {_cut(name): _value(value, deep) for name, value in values.items()}
            )
    raise ValueError("not a message")


def messages_of(packed: object) -> tuple[Message, ...]:
    """The messages that a list of JSON stands for; () for what other code has kept."""
    try:
        return tuple(message_of(item) for item in packed) if isinstance(packed, list) else ()
    except ValueError:
        return ()


def listed(names: Sequence[object], most: int = 10) -> str:
    """Names as one value, those that are too many left out and told so."""
    text = ", ".join(str(name) for name in names[:most])
    whole = len(names) <= most and len(text) <= LONGEST
    return text if whole else text[: LONGEST - 2] + " …"


def distinct(messages: Iterable[Message]) -> tuple[Message, ...]:
    """The messages in their order, each once."""
    return tuple({str(message): message for message in messages}.values())


def in_english(messages: Iterable[Message]) -> str:
    """All that is said, one after another, with what to do."""
    return " ".join(message.whole() for message in messages)


def _value(packed: object, deep: int) -> str | int | Message:
    if isinstance(packed, str):
        return _cut(packed)
    if isinstance(packed, int) and not isinstance(packed, bool):
        return packed
    return message_of(packed, deep - 1)


def _cut(text: object) -> str:
    if not isinstance(text, str) or len(text) > LONGEST:
        raise ValueError("not a text")
    return text
