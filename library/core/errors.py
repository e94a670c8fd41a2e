"""What can go wrong, each with what to do about it and the exit code it ends a command with.

LibraryError
├── UsageError          2   a wrong option or path; nothing was begun
├── Changed             1   somebody else changed it meanwhile; nothing was done
├── InputError          1   one file or value could not be used; the rest goes on
│   ├── Unreadable          the file could not be opened, or vanished
│   ├── Unsupported         no extractor reads this kind of file
│   ├── Damaged             the file is broken
│   ├── Encrypted           the file asks for a password
│   ├── Empty               there is nothing in it
│   ├── TooLarge            bigger than the library takes
│   ├── TooSlow             its reader ran past the deadline
│   └── TooHungry           its reader ran past its memory
└── NotUsable           3   the library itself: not made, or newer than this code
    ├── Busy                another process has it; the same is to be tried again
    ├── StorageFull         no room left on the disk
    ├── NotWritable         this user may not read or write it
    ├── OutOfMemory         there was not enough memory
    ├── Unreachable         the database server does not answer
    └── CatalogueDamaged    what is stored is broken: the only one that leads to a backup

Anything else that is raised is a fault of our own: it is logged with its traceback under an
identifier, a command ends with 3, and the site answers 500.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

from library.core.messages import Message


class LibraryError(Exception):
    """Says what happened and to what, and what to do, by a code of `messages` and its values.

    Code decides by `code` and `values`. A page makes its words of them, in the reader's language;
    `text`, `remedy` and `str` are English, for the command line and the log.
    """

    exit_code: ClassVar[int] = 1
    reason: ClassVar[str] = "failed"

    def __init__(self, code: str, /, **values: str | int | Message) -> None:
        super().__init__(code)
        self.message = Message(code, values)

    @property
    def code(self) -> str:
        return self.message.code

    @property
    def values(self) -> Mapping[str, str | int | Message]:
        return self.message.values

    @property
    def text(self) -> str:
        """What happened, in English."""
        return self.message.text()

    @property
    def remedy(self) -> str:
        """What to do, in English; "" where nothing can be done."""
        return self.message.remedy()

    def of(self, **values: str | int | Message) -> Self:
        """The same, with more values or other ones: `problem.of(file=name)`."""
        made = type(self).__new__(type(self), self.code)
        made.__dict__.update(self.__dict__, message=Message(self.code, {**self.values, **values}))
        return made

    def __str__(self) -> str:
        return self.message.whole()


class UsageError(LibraryError):
    exit_code = 2
    reason = "usage"


class Changed(LibraryError):
    reason = "changed"


class InputError(LibraryError):
    """One file or value that could not be used.

    `lasting`: the file itself is the cause, so that the same bytes fail again until the readers
    change. Otherwise the cause lies beside it (what staff wrote, a vocabulary, a permission, a
    disk), and may be gone whenever somebody asks again.
    """

    reason = "unusable"
    lasting: ClassVar[bool] = False


class Unreadable(InputError):
    reason = "unreadable"


class Unsupported(InputError):
    reason = "unsupported"
    lasting = True


class Damaged(InputError):
    reason = "damaged"
    lasting = True


class Encrypted(InputError):
    reason = "encrypted"
    lasting = True


class Empty(InputError):
    reason = "empty"
    lasting = True


class TooLarge(InputError):
    reason = "too large"
    lasting = True


class TooSlow(InputError):
    reason = "too slow"
    lasting = True


class TooHungry(InputError):
    reason = "too hungry"
    lasting = True


class NotUsable(LibraryError):
    exit_code = 3
    reason = "not usable"


class Busy(NotUsable):
    reason = "busy"


class StorageFull(NotUsable):
    reason = "storage full"


class NotWritable(NotUsable):
    reason = "not writable"


class OutOfMemory(NotUsable):
    reason = "out of memory"


class Unreachable(NotUsable):
    reason = "unreachable"


class CatalogueDamaged(NotUsable):
    reason = "damaged catalogue"


def by_reason(reason: str) -> type[InputError]:
    """The class of an input error from the word it is stored and sent by."""
    for kind in InputError.__subclasses__():
        if kind.reason == reason:
            return kind
    return InputError
