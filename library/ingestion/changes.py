"""Several files filed in one transaction; each in its own where one of them goes wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from library import sandbox
from library.catalogue import Arrival, Catalogue, Task, Writer
from library.catalogue.queue import tasks as outbox
from library.core import logs
from library.core.errors import InputError, LibraryError
from library.core.messages import Message
from library.core.resource import Outcome
from library.ingestion import filing
from library.ingestion.description import Description
from library.ingestion.experience import Experiences
from library.ingestion.filing import Taken, Told, readers
from library.ingestion.outcomes import Ended, of_file

TRANSACTION = 0.25  # seconds after which a transaction takes no more: others wait to write
DESCRIBED_LATER = 600.0  # seconds, times how often it was tried, until it is described once more

One = TypeVar("One")
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that is stored and noted, and is to be read. alone: it can take no other's place."""

    arrival: Arrival
    bytes: int
    problem: InputError | None = None
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Described:
    """A stored file that was read and described, and is not filed."""

    taken: Taken
    description: Description


@dataclass(frozen=True, slots=True)
class Gone:
    """A task of which nothing is left to be done."""

    task: Task


@dataclass(frozen=True, slots=True)
class Failed:
    """What could not be read, or what met a fault of ours, and where."""

    one: object
    error: Exception


class Change:
    """One transaction, and what is looked up once for all that is filed in it."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer

    @cached_property
    def experiences(self) -> Experiences:
        return Experiences(self.writer.conn)


def changed(
    catalogue: Catalogue, items: Sequence[One], do: Callable[[Change, One], Done]
) -> Iterator[tuple[One, Done | Ended]]:
    """What is done of each, several in one transaction; each alone where one goes wrong."""
    start = 0
    while start < len(items):
        done: list[Done | Ended] = []
        try:
            with catalogue.write() as writer:
                change = Change(writer)
                began = time.monotonic()
                for item in items[start:]:
                    done.append(do(change, item))
                    if time.monotonic() - began > TRANSACTION:
                        break
        except InputError:
            done = [_alone(catalogue, item, do) for item in items[start:]]
        except (LibraryError, sandbox.Stopped):
            raise
        except Exception:
            done = [_alone(catalogue, item, do) for item in items[start:]]
        yield from zip(items[start : start + len(done)], done, strict=True)
        start += len(done)


def _alone(catalogue: Catalogue, item: One, do: Callable[[Change, One], Done]) -> Done | Ended:
    """What is done of one in a transaction of its own; its own fault is what becomes of it."""
    try:
        with catalogue.write() as writer:
            return do(Change(writer), item)
    except InputError as error:
        failure = Failed(item, error)
    except (LibraryError, sandbox.Stopped):
        raise
    except Exception as error:
        failure = Failed(item, error)
    with catalogue.write() as writer:
        return failed(writer, failure)


def failed(writer: Writer, failure: Failed) -> Ended:
    """How a file ended that could not be read, or that met a fault of ours."""
    one, error = failure.one, failure.error
    if isinstance(one, Task | Told):
        task = one if isinstance(one, Task) else one.task
        outbox.try_later(writer.conn, [task.id], DESCRIBED_LATER * (task.attempts + 1))
        held = filing.as_it_ended(writer.conn, task.subject)
        message = _fault(error, held.file if held else task.subject)
        ended = held or Ended(task.subject, Outcome.PARTIAL)
        return replace(ended, outcome=Outcome.PARTIAL, reason="fault", messages=(message,))
    stored = one.taken if isinstance(one, Described) else one
    assert isinstance(stored, Arrived | Taken)
    arrival = stored.arrival
    if elsewhere := filing.as_noted(writer.conn, arrival):
        return elsewhere
    if isinstance(error, InputError):
        reason, message = error.reason, of_file(error.message, arrival)
    else:
        reason, message = "fault", _fault(error, arrival.path)
    outbox.end_arrival(
        writer.conn,
        arrival.id,
        Outcome.FAILED,
        readers=readers(),
        reason=reason,
        messages=(message,),
    )
    return Ended(arrival.path, Outcome.FAILED, reason=reason, messages=(message,))


def _fault(error: Exception, file: str) -> Message:
    noted = logs.fault(error, file=file)
    values = {"file": file, "kind": type(error).__name__, "id": noted.id}
    return Message("arrival fault", values)
