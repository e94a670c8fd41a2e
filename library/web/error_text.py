"""What went wrong, in a reader's language: made here of an error's code and parameters.

For programs, the name of a status too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from library.core.errors import LibraryError
from library.core.messages import KEPT_IN_ENGLISH, WORDS, Message
from library.web.i18n import Interface

RENAMED: Mapping[int, str] = {
    413: "Content Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
}
"""What RFC 9110 calls otherwise than those before it. Python says the new names since 3.13."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said of a file, in the reader's language where it was not kept in English only."""

    text: str
    english: bool = False


def title(status: int) -> str:
    """The name of a status in RFC 9110, section 15: the title of a problem (RFC 9457, 4.2.1)."""
    return RENAMED.get(status) or HTTPStatus(status).phrase


def told(error: LibraryError, interface: Interface) -> str:
    """What happened and what to do. An error whose code has no message is told in general."""
    if error.code not in WORDS:
        return interface.say("This was not done. Go back, look at it again, and try once more.")
    return words(error.message, interface)


def words(message: Message, interface: Interface) -> str:
    """What is said, and what to do, in a reader's language."""
    return message.whole(interface.say, interface.number, interface.apart)


def sentences(
    messages: Iterable[Message], interface: Interface, *, remedies: bool = True
) -> tuple[Sentence, ...]:
    """What is said, message by message.

    remedies: say what to do, too; for readers, who cannot, it is left out.
    """

    def said(message: Message) -> str:
        if remedies:
            return words(message, interface)
        return message.text(interface.say, interface.number, interface.apart)

    return tuple(Sentence(said(one), one.code == KEPT_IN_ENGLISH) for one in messages)
