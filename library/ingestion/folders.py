"""Which files to ingest: all that a folder holds, and nothing that lies outside it.

What staff wrote beside a file comes with it. What is passed over for a reason that staff should
know is told, once for each; what computers leave in folders by themselves is not.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from library.core.errors import InputError, Unreadable, UsageError
from library.ingestion import notes
from library.ingestion.notes import COLLECTIONS, SIDECAR, TABLE, Listed, Row
from library.store import contained_files, homes
from library.store.contained_files import Place
from library.store.homes import Home
from library.store.originals import shown

__all__ = ["COLLECTIONS", "SIDECAR", "TABLE", "Found", "Listed", "Passed", "collections_in", "find"]

LARGEST_NOTE = 8_000_000  # bytes of what staff wrote beside documents
IGNORED = {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", TABLE}
OF_SYSTEMS = {"__macosx", "$recycle.bin", "system volume information", "lost+found"}
PARTIAL = (".part", ".partial", ".crdownload", ".download", ".opdownload", ".tmp", ".temp", ".swp")
OPEN = ("~$", ".~lock", "~")  # what Office, LibreOffice and others put beside an open document


@dataclass(frozen=True, slots=True)
class Found:
    """A file to ingest, what staff say of it, and what is wrong with what they say.

    place: where it lies below the folder it was found in; none where it was named itself. origin:
    the address it was fetched from, if it was.
    """

    path: Path
    fields: Mapping[str, object] = field(default_factory=dict)
    problem: InputError | None = None
    place: Place | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """Something in a folder that is not brought in, and why: `link`, `library` or `unfinished`."""

    path: Path
    reason: str
    message: str

    def __str__(self) -> str:
        return f"passed over: {shown(self.path)} {self.message}"


Aside = Callable[[Passed], None]


def find(
    paths: Iterable[Path], home: Home | None = None, aside: Aside = lambda passed: None
) -> Iterator[Found]:
    """Every file in these files and folders, in an order that stays the same.

    Hidden files and staff's own notes are passed over, and so is what a library keeps for itself;
    a link in a folder is followed only to what is in that folder too. A path that is not there is
    yielded with its problem, so that the others go on. home: of the library that is open.

    Raises UsageError for a path that is inside that home, or is another library.
    """
    for path in paths:
        if home:
            home.refuse(path)
        if path.is_dir():
            yield from _Folder(path, home, aside).files()
        elif unfinished(path):
            aside(_unfinished(path))
        elif os.path.lexists(path):
            yield _Folder(path.parent, home, aside).named(path)
        else:
            yield Found(path, problem=Unreadable("file absent", file=shown(path)))


def collections_in(
    paths: Iterable[Path], aside: Aside = lambda passed: None
) -> Iterator[notes.Listed]:
    """The collections written in these folders. Raises InputError for one that cannot be used."""
    for path in paths:
        file = path / COLLECTIONS
        text = _Folder(path, None, aside).text(file)
        if text is not None:
            yield from notes.collections(file, text)


def unfinished(path: Path) -> bool:
    """Whether a name is one that programs give to what is not a finished document."""
    name = path.name.lower()
    return name.endswith((*PARTIAL, "~")) or name.startswith(OPEN)


def _unfinished(path: Path) -> Passed:
    return Passed(path, "unfinished", "has the name of a file that is open or not finished.")


def _left_alone(name: str) -> bool:
    """Whether a file of this name is never brought in: hidden, of the system, or staff's note."""
    return name.startswith(".") or name.lower() in IGNORED or name.endswith(SIDECAR)


class _Folder:
    """One folder that was named, or that holds a file that was."""

    def __init__(self, root: Path, home: Home | None, aside: Aside) -> None:
        self._root = root
        self._real = Path(os.path.realpath(root))
        self._home = home
        self._aside = aside
        self._tables: dict[Path, tuple[dict[str, Row], InputError | None]] = {}

    def files(self) -> Iterator[Found]:
        """Every file in it. Raises UsageError where it is a library itself."""
        unreadable: list[OSError] = []
        for folder, folders, names in os.walk(self._root, onerror=unreadable.append):
            here = Path(folder)
            if homes.is_library(here, folders, names):
                self._is_library(here)
                folders.clear()
                continue
            folders[:] = sorted(name for name in folders if self._enters(here / name))
            self._tables[here] = self._table(here)
            if here == self._root and COLLECTIONS in names:
                self._place(here / COLLECTIONS)  # told here, where it is a link out of the folder
            for name in sorted(names):
                path = here / name
                if unfinished(path) and not name.startswith("."):
                    self._aside(_unfinished(path))
                elif not _left_alone(name) and (place := self._place(path)):
                    yield self._told(path, place)
        for error in unreadable:
            path = Path(error.filename or self._root)
            yield Found(
                path,
                problem=Unreadable(
                    "folder unread", file=shown(path), detail=error.strerror or str(error)
                ),
            )

    def named(self, path: Path) -> Found:
        """A file in it that was named itself: it may be a link, which is followed."""
        rows, problem = self._table(self._root)
        return self._with_sidecar(path, rows.get(path.name, {}), problem, None)

    def text(self, file: Path) -> str | None:
        """What is written in a note, if it is there and is a file. Raises InputError."""
        if not _is_file(file) or not (place := self._place(file)):
            return None
        try:
            with contained_files.opened(file, place) as stream:
                content = stream.read(LARGEST_NOTE + 1)
            if len(content) > LARGEST_NOTE:
                raise InputError(
                    "note too large", file=shown(file), megabytes=LARGEST_NOTE // 1_000_000
                )
            return content.decode("utf-8-sig")
        except OSError as error:
            raise InputError(
                "file unread", file=shown(file), detail=error.strerror or str(error)
            ) from error
        except UnicodeDecodeError as error:
            raise InputError("note encoding", file=shown(file), detail=str(error)) from error

    def _enters(self, folder: Path) -> bool:
        if folder.name.startswith(".") or folder.name.lower() in OF_SYSTEMS:
            return False
        if folder.is_symlink():
            self._place(folder)  # what is in it has its own place here, or none
            return False
        if self._home and self._home.has(folder):
            self._aside(Passed(folder, "library", "is the home of this library."))
            return False
        return True

    def _is_library(self, folder: Path) -> None:
        reason = "is the home of a library, or a backup of one."
        if folder == self._root:
            raise UsageError(
                "folder is a library", folder=shown(folder), originals=shown(folder / "originals")
            )
        self._aside(Passed(folder, "library", reason))

    def _place(self, path: Path) -> Place | None:
        """Where a file lies in this folder; None, and told, for one that is not to be read."""
        if not path.is_symlink():
            place = Place(self._real, path.relative_to(self._root).parts)
            return None if self._home and self._home.has_file(path) else place
        linked = contained_files.place_of(path, self._real)
        if linked is None:
            reason = f"is a link that leads out of {shown(self._root)}, or in a circle."
            self._aside(Passed(path, "link", reason))
        elif self._is_kept_out(linked):
            self._aside(Passed(path, "link", "is a link to something that is not brought in."))
        else:
            return linked
        return None

    def _is_kept_out(self, place: Place) -> bool:
        """Whether what a link leads to would be passed over where it lies."""
        if any(name.startswith(".") for name in place.names):
            return True
        if self._home and (self._home.has(place.path) or self._home.has_file(place.path)):
            return True
        for number in range(1, len(place.names)):
            here = self._real.joinpath(*place.names[:number])
            inside = _names(here)
            if (self._home and self._home.has(here)) or homes.is_library(here, inside, inside):
                return True
        return False

    def _told(self, path: Path, place: Place) -> Found:
        fields: Row = {}
        problem = None
        for folder in reversed([path.parent, *path.parent.parents]):
            if folder not in self._tables or not folder.is_relative_to(self._root):
                continue
            rows, wrong = self._tables[folder]
            fields |= rows.get(path.relative_to(folder).as_posix(), {})
            problem = problem or wrong
        return self._with_sidecar(path, fields, problem, place)

    def _with_sidecar(
        self,
        path: Path,
        fields: Mapping[str, object],
        problem: InputError | None,
        place: Place | None,
    ) -> Found:
        for sidecar in (path.with_suffix(SIDECAR), path.with_name(path.name + SIDECAR)):
            if sidecar == path:
                continue
            try:
                if (text := self.text(sidecar)) is not None:
                    fields = {**fields, **notes.fields(sidecar, text)}
            except InputError as error:
                problem = problem or error
        return Found(path, fields, problem, place)

    def _table(self, folder: Path) -> tuple[dict[str, Row], InputError | None]:
        file = folder / TABLE
        try:
            if (text := self.text(file)) is None:
                return {}, None
            rows = notes.table(file, text)
        except InputError as error:
            return {}, error
        for name in filter(notes.leads_out, rows):
            reason = f"names {shown(Path(name))}, which is not in its folder."
            self._aside(Passed(file, "link", reason))
        return rows, None


def _is_file(note: Path) -> bool:
    """Whether a note is there; one whose name would be longer than names can be is not."""
    try:
        return note.is_file()
    except OSError:
        return False


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []
