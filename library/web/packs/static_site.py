"""The public site as a folder of plain files: any web server shows it, also in a hundred years.

DEST/index.html                  the languages
DEST/es/…                        each language as a pack: its documents, lists, search and originals
DEST/resources/SLUG/index.html   the address that a work had, which leads to its editions
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from library.core.errors import UsageError
from library.core.resource import Resource
from library.web.i18n import direction, own_name
from library.web.links import resource
from library.web.packs.make import Packer, Prepared
from library.web.packs.offline_site import PackFrame, Part, ShelfPage
from library.web.packs.order import Chosen, Order
from library.web.viewmodels import Link

UNKNOWN = "und"  # the folder of documents in a language that nobody knows: ISO 639


@dataclass(frozen=True, slots=True)
class Static:
    works: int
    languages: int


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the files of a site go."""

    path: Path

    def write(self, name: str, content: str | bytes) -> None:
        target = self._at(name)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())

    def copy(self, name: str, path: Path) -> None:
        shutil.copyfile(path, self._at(name))

    def _at(self, name: str) -> Path:
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        return target


def write(packer: Packer, dest: Path) -> Static:
    """Write the site into a folder that is empty or not there. Raises UsageError, OSError."""
    if dest.exists() and any(dest.iterdir()):
        raise UsageError("bag folder", folder=str(dest))
    ids = tuple(packer.catalogue.every())
    works = [one for part in _parts(ids) for one in packer.catalogue.resources(part)]
    found = {edition.language for work in works for edition in work.editions}
    order = [language for language in packer.settings.languages if language in found]
    spoken = [*order, *sorted(found - set(order))]
    if not spoken:
        raise UsageError("nothing to pack", language=own_name(packer.settings.languages[0]))
    part = dest.with_name(f".{dest.name}.{os.getpid()}.part")
    part.mkdir(parents=True)
    try:
        counts: dict[str, int] = {}
        first: Prepared | None = None
        for language in spoken:
            asked = Order(language, originals=True)
            made = packer.prepared(asked, Chosen(ids))
            first = first or made
            counts[language] = len(made.works)
            made.site.write(made.works, Folder(part / _folder(language)))
        assert first is not None
        _front(first, works, counts, Folder(part))
        if dest.exists():
            dest.rmdir()
        part.rename(dest)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Static(len(works), len(spoken))


def _front(
    made: Prepared, works: Iterable[Resource], counts: dict[str, int], target: Folder
) -> None:
    """The page of languages, and a page at the address that each work had."""
    site = made.site
    language = next(iter(counts))
    style = f"{_folder(language)}/style.css"
    frame = PackFrame(
        name=site.frame.name,
        language=site.frame.language,
        direction=site.frame.direction,
        ways=(),
        made=site.frame.made,
        site=site.frame.site,
        style=style,
    )
    links = tuple(
        Link(
            own_name(one) if one else UNKNOWN,
            f"{_folder(one)}/index.html",
            language=one,
            direction=direction(one),
            hint=str(count),
        )
        for one, count in counts.items()
    )
    page = ShelfPage(frame, frame.name, (), (Part("languages", "", links),))
    target.write("index.html", site.pages.render("pack/shelf.html", page, site.interface))
    for work in works:
        main = work.edition(*counts)
        editions = tuple(
            Link(
                edition.title,
                f"../../{_folder(edition.language)}/r/{work.slug}/index.html",
                language=edition.language,
                direction=direction(edition.language),
            )
            for edition in work.editions
        )
        page = ShelfPage(frame.at("../../"), main.title, (), (Part("editions", "", editions),))
        text = site.pages.render("pack/shelf.html", page, site.interface)
        target.write(f"{resource(work.slug).lstrip('/')}/index.html", text)


def _folder(language: str) -> str:
    return language or UNKNOWN


def _parts(ids: tuple[str, ...], most: int = 200) -> Iterable[tuple[str, ...]]:
    return (ids[start : start + most] for start in range(0, len(ids), most))
