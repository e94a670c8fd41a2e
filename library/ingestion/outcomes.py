"""How files end, and what is said of that: values in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from library.catalogue import Arrival, Filed
from library.core.errors import InputError
from library.core.messages import Message, in_english, listed
from library.core.resource import JSON, Edition, Outcome, Page
from library.ingestion import ocr
from library.ingestion.editions import NAMED, pictures_among
from library.ingestion.filenames import misnamed


@dataclass(frozen=True, slots=True)
class Ended:
    """How one file ended. `resource` is its id; `reason` says why, where there is a why."""

    file: str
    outcome: Outcome
    resource: str | None = None
    language: str = ""
    pages: int = 0
    seconds: float = 0.0
    reason: str = ""
    messages: tuple[Message, ...] = ()
    kept: str = ""  # in English, what was said of it before there were messages

    @property
    def said(self) -> str:
        """In English, what is to be said of it; "" where there is nothing."""
        return self.kept or in_english(self.messages)

    def json(self) -> JSON:
        return {
            "file": self.file,
            "outcome": self.outcome,
            "resource": self.resource,
            "language": self.language or None,
            "pages": self.pages,
            "seconds": round(self.seconds, 3),
            "reason": self.said or self.reason or None,
        }


def duplicate(arrival: Arrival, edition: Edition, resource: str) -> Ended:
    """How a file ends whose words are in the library already, as this edition."""
    same = Message("arrival duplicate", {"resource": resource})
    return Ended(
        arrival.path,
        Outcome.DUPLICATE,
        resource,
        edition.language,
        edition.pages,
        reason="duplicate",
        messages=(same,),
    )


def ended(
    arrival: Arrival,
    edition: Edition,
    filed: Filed,
    problem: InputError | None,
    untold: InputError | None,
) -> Ended:
    """How a file ended that was filed. untold: why not all of what it is could be told."""
    if filed.how == "duplicate":
        return duplicate(arrival, edition, filed.resource)
    ended = Ended(arrival.path, Outcome.ADDED, filed.resource, edition.language, edition.pages)
    if problem or edition.pages_expected:
        return replace(
            ended,
            outcome=Outcome.PARTIAL,
            reason=problem.reason if problem else "incomplete",
            messages=(_read_so_far(edition), *((problem.message,) if problem else ())),
        )
    if edition.unread:
        unread = (Message("arrival unread parts", {"file": arrival.path}), *edition.unread)
        return replace(ended, outcome=Outcome.PARTIAL, reason="unread parts", messages=unread)
    if untold:
        messages = (Message("arrival not described", {"file": arrival.path}), untold.message)
        return replace(ended, outcome=Outcome.PARTIAL, reason="not described", messages=messages)
    if not edition.text_bytes:
        return replace(ended, reason="no text", messages=(ocr.outlook(),))
    if filed.how == "replaced":
        newer = Message("arrival newer version")
        return replace(ended, reason="newer version", messages=(newer,))
    if misnaming := misnamed(arrival.path, edition.media_type):
        return replace(ended, reason="misnamed", messages=(misnaming,))
    return ended


def with_pictures(ended: Ended, pages: Sequence[Page]) -> Ended:
    """How a file ended, with a word on pages whose words are read next, from their pictures."""
    numbers = pictures_among(pages)
    if not numbers:
        return ended
    values = {"file": ended.file, "pages": listed(numbers, NAMED)}
    message = Message("arrival scanned pages", values)
    return replace(ended, reason="scanned pages", messages=(message,))


def of_file(message: Message, arrival: Arrival) -> Message:
    """The message, naming the file as staff know it and not the place it is kept."""
    file = message.values.get("file")
    if file is None or str(file).rpartition("/")[2] == arrival.sha256:
        return Message(message.code, {**message.values, "file": arrival.path})
    return message


def _read_so_far(edition: Edition) -> Message:
    if edition.pages_expected:
        values = {"read": edition.pages, "pages": edition.pages_expected}
        return Message("arrival pages", values)
    return Message("arrival some pages", {"read": edition.pages})
