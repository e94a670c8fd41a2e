"""Which edition a row of a table tells of: by its identifier, its resource, or its file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from library.catalogue import Connection
from library.catalogue.resources import listing
from library.catalogue.resources.listing import File
from library.sheets.reader import Fault, Line


@dataclass(frozen=True, slots=True)
class Files:
    """Every edition, by what a row may call it."""

    by_edition: Mapping[str, File]
    by_resource: Mapping[str, Sequence[File]]
    by_name: Mapping[str, Sequence[File]]

    @classmethod
    def of(cls, conn: Connection) -> Files:
        by_resource: dict[str, list[File]] = defaultdict(list)
        by_name: dict[str, list[File]] = defaultdict(list)
        every = listing.files(conn)
        for file in every:
            by_resource[file.resource].append(file)
            by_name[file.name].append(file)
        led = listing.addresses(conn)
        for slug, resource in led.items():
            by_resource.setdefault(slug, by_resource.get(resource, []))
        return cls({file.edition: file for file in every}, by_resource, by_name)

    def find(self, line: Line) -> tuple[str, str] | Fault | None:
        """(resource, edition); what is wrong; or None for a file that is not in the library."""
        edition, id_, file = (str(line.cells.get(key, "")) for key in ("edition", "id", "file"))
        if edition:
            match = self.by_edition.get(edition)
            return (
                _key(match) if match else Fault(line.number, "edition", "no edition", edition[:60])
            )
        if id_:
            files = self.by_resource.get(id_, ())
            if not files:
                return Fault(line.number, "id", "no resource", id_[:60])
            return self._which(line, files, "id", id_)
        if file:
            name = PurePosixPath(file.replace("\\", "/")).name
            files = self.by_name.get(name, ())
            path = f"/{file}".replace("\\", "/")
            nearer = [file for file in files if any(p.endswith(path) for p in file.paths)]
            files = nearer if nearer else files
            return self._which(line, files, "file", file) if files else None
        return Fault(line.number, "", "no key")

    def _which(
        self, line: Line, choices: Sequence[File], column: str, value: str
    ) -> tuple[str, str] | Fault:
        """The one of several that the row's language or file names."""
        if len(choices) == 1:
            return _key(choices[0])
        for name in ("language", "file"):
            cell = str(line.cells.get(name, ""))
            files = [file for file in choices if cell and cell in (file.language, file.name)]
            if len(files) == 1:
                return _key(files[0])
        what = "which edition" if column == "id" else "several files"
        return Fault(line.number, column, what, value[:60])  # type: ignore[arg-type]


def _key(file: File) -> tuple[str, str]:
    return file.resource, file.edition
