"""Pictures of pages: drawn in the sandbox, kept as long as there is room, drawn again at need."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from library import sandbox
from library.catalogue import Catalogue
from library.core.errors import InputError
from library.core.settings import Settings
from library.store import shared_files
from library.store.holdings import holdings_of
from library.store.originals import picture_path
from library.store.room import thin

WIDTH = 1000  # pixels of a page picture: sharp on a phone, under 150 KB
SMALL_WIDTH = 240  # pixels of one on a card: about 8 KB
KEPT = 512 * 1024 * 1024  # bytes of drawn pages kept; the oldest go first


def draw(
    settings: Settings,
    catalogue: Catalogue,
    sha256: str,
    media_type: str,
    number: int,
    *,
    small: bool = False,
) -> Path:
    """Draw a page and keep its picture. Raises InputError, NotUsable."""
    width = SMALL_WIDTH if small else WIDTH
    with holdings_of(settings, catalogue).local(sha256) as original:
        drawn = sandbox.draw(original, number, width, media_type=media_type)
    path = picture_path(settings.images, sha256, number, small=small)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(drawn)
    part.replace(path)
    shared_files.share(settings, path)
    return path


def of(
    settings: Settings, catalogue: Catalogue, sha256: str, media_type: str, number: int
) -> Path | None:
    """The picture of a page, drawn where it was not yet; None where it cannot be."""
    path = picture_path(settings.images, sha256, number)
    if shared_files.bring(settings, path):
        return path
    with suppress(InputError):
        return draw(settings, catalogue, sha256, media_type, number)
    return None


def prune(folder: Path, limit: int = KEPT) -> None:
    """Remove the oldest pictures until the rest fit into `limit` bytes; all can be drawn again."""
    kept = (*folder.glob("*/*/*.webp"), *folder.glob("cards/*/*.png"))
    thin(kept, limit)
