"""A zip whose bytes depend on nothing but what is in it."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

PACKED = frozenset((".pdf", ".webp", ".png", ".jpg", ".jpeg", ".docx", ".pptx", ".xlsx", ".odt",
                    ".epub", ".zip"))  # fmt: skip
"""What is as small as it gets already."""


class Archive:
    """Files are written in the order they come in, each dated with the moment of the library that
    they show."""

    def __init__(self, path: Path, moment: datetime, level: int = 6) -> None:
        self._file = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level)
        self._date = (max(1980, moment.year), *moment.timetuple()[1:6])

    def write(self, name: str, content: str | bytes, *, stored: bool = False) -> None:
        """stored: as it is, for what a reader looks for at a fixed place (EPUB's mimetype)."""
        info = self._info(name)
        if stored:
            info.compress_type = zipfile.ZIP_STORED
        self._file.writestr(info, content if isinstance(content, bytes) else content.encode())

    def copy(self, name: str, path: Path) -> None:
        """A file from the disk, a piece at a time."""
        info = self._info(name)
        if path.suffix.lower() in PACKED or Path(name).suffix.lower() in PACKED:
            info.compress_type = zipfile.ZIP_STORED
        info.file_size = path.stat().st_size
        with self._file.open(info, "w") as target, path.open("rb") as source:
            while piece := source.read(1 << 20):
                target.write(piece)

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, self._date[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        info.create_system = 3  # Unix, wherever it is made
        info.external_attr = 0o644 << 16
        return info

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._file.close()
