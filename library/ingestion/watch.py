"""A folder that people drop files into, looked at again and again.

No notifications of the operating system are used: they do not come over network mounts. A file is
given once it has settled, that is, looked the same twice; and again only after it has changed.
"""

from __future__ import annotations

import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from library.ingestion import folders
from library.ingestion.folders import Found, Passed
from library.store.homes import Home
from library.store.originals import shown

EMPTY_FOR = 60.0  # seconds after which an empty file is believed to be all there is

Say = Callable[[str], None]
Looks = tuple[int, int, str]  # size, time of change in nanoseconds, and what staff say of it


@dataclass(slots=True)
class Watch:
    """What was seen of some folders, and what was given. `look` may be called for ever."""

    roots: Sequence[Path]
    say: Say = lambda line: None
    home: Home | None = None  # of the library that is open
    _seen: dict[Path, Looks] = field(default_factory=dict)
    _given: dict[Path, Looks] = field(default_factory=dict)
    _troubles: set[str] = field(default_factory=set)
    _told: set[Passed] = field(default_factory=set)

    def look(self) -> list[Found]:
        """The files that have settled since the last look and are new or have changed."""
        seen: dict[Path, Looks] = {}
        troubles: set[str] = set()
        settled = []
        for file in self._find(troubles):
            if missing := _no_file(file):
                self._passed(Passed(file.path, "no file", missing))
                continue
            looks = _looks(file)
            if looks is None:
                continue
            seen[file.path] = looks
            if self._seen.get(file.path) == looks and self._given.get(file.path) != looks:
                settled.append(file)
        self._seen = seen
        self._tell(troubles)
        return settled

    def given(self, files: Iterable[Found]) -> None:
        """These files were dealt with; they are not given again as they look now.

        What is given is remembered though its folder vanishes: when a mount is back, nothing
        on it has to be read again.
        """
        for file in files:
            self._given[file.path] = self._seen[file.path]

    def _find(self, troubles: set[str]) -> Iterator[Found]:
        for root in self.roots:
            if not _is_folder(root):
                troubles.add(f"{shown(root)} is not there, or cannot be read. Waiting for it …")
                continue
            try:
                for file in folders.find([root], self.home, self._passed):
                    if file.problem and file.path.is_dir():
                        troubles.add(str(file.problem))
                    else:
                        yield file
            except OSError as error:  # a mount that went away between two steps
                troubles.add(f"{shown(root)} cannot be read: {error.strerror}. Waiting for it …")

    def _passed(self, passed: Passed) -> None:
        """Say once what is never brought in; what is not finished may be, and is waited for."""
        if passed.reason != "unfinished" and passed not in self._told:
            self._told.add(passed)
            self.say(str(passed))

    def _tell(self, troubles: set[str]) -> None:
        """Say each trouble once, and that it is over."""
        for line in sorted(troubles - self._troubles):
            self.say(line)
        if self._troubles and not troubles:
            self.say("All folders can be read again.")
        self._troubles = troubles


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a stale network mount raises what is_dir does not expect
        return False


def _no_file(file: Found) -> str:
    """Why there is nothing to bring in, and there may be later; "" where there is, or was.

    What was a moment ago and is not any more was taken away, which needs no word.
    """
    try:
        mode = file.path.stat().st_mode
    except OSError:
        return "is a link to something that is not there." if file.path.is_symlink() else ""
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return ""
    return "is no file that can be read, but a pipe, a socket or a device."


def _looks(file: Found) -> Looks | None:
    """How a file looks now; None for one that is not there, or may only have been begun."""
    try:
        facts = file.path.stat()
    except OSError:
        return None
    if not facts.st_size and time.time() - facts.st_mtime < EMPTY_FOR:
        return None
    return facts.st_size, facts.st_mtime_ns, f"{sorted(file.fields.items())} {file.problem}"
