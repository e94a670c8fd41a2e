"""A pack from an order: chosen, gathered, written beside its place, and moved there whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from index.engine import SearchEngine
from library.catalogue import Catalogue
from library.core.errors import InputError, UsageError
from library.core.resource import Edition
from library.core.settings import Settings
from library.store.holdings import holdings_of
from library.vocabularies import Vocabularies
from library.web.i18n import SOURCE, Interface, interfaces, own_name
from library.web.packs import epub, offline_site, printed, zim
from library.web.packs.about import About
from library.web.packs.archive import Archive
from library.web.packs.contents import Gathering, Work
from library.web.packs.offline_site import Draw, OfflineSite, PackFrame, Typeset
from library.web.packs.order import Chosen, Order, chosen
from library.web.templates import Pages


@dataclass(frozen=True, slots=True)
class Packer:
    """Everything packs are made of."""

    settings: Settings
    catalogue: Catalogue
    engine: SearchEngine
    vocabularies: Vocabularies
    draw: Draw | None = None  # without it no pictures go along
    typeset: Typeset | None = None  # without it nothing is printed

    def make(self, order: Order, path: Path) -> Made:
        """Write the pack of this order; there is nothing at `path` until it is whole.

        Raises UsageError where nothing can be packed, SearchError, NotUsable, OSError.
        """
        picked = chosen(order, self.catalogue, self.engine, self.vocabularies)
        ready = self.prepared(order, picked)
        works = ready.works
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            _WRITERS[order.format](ready.site, works, ready.told, part)
            with part.open("rb") as file:
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        ids = tuple(work.resource.id for work in works)
        return Made(path, ids, len(picked.ids) - len(works), path.stat().st_size, picked)

    def prepared(self, order: Order, picked: Chosen) -> Prepared:
        """A pack that is ready to be written. Raises UsageError where nothing can be packed."""
        interface = self._interface(order.language)
        moment = self.catalogue.changed()
        gathering = Gathering(
            self.catalogue, self.vocabularies, interface, order.language, self.settings.base_url
        )
        works = list(gathering.works(picked.ids))
        if not works:
            raise UsageError("nothing to pack", language=own_name(order.language))
        pages = Pages.load({interface.language: interface})
        told = About.of(order, picked, works, moment, interface, self.settings)
        site = OfflineSite(
            pages,
            interface,
            gathering,
            PackFrame(
                name=self.settings.name,
                language=interface.language,
                direction=interface.direction,
                ways=offline_site.ways(gathering.shelves(works), interface),
                made=told.made,
                site=self.settings.base_url,
            ),
            told.title,
            told.about,
            self._original if order.originals else None,
            self.draw if order.pictures else None,
            typeset=self.typeset,
        )
        return Prepared(site, works, told)

    @contextmanager
    def _original(self, edition: Edition) -> Iterator[Path | None]:
        """The file as it came; None where a disk has damaged it."""
        kept = self.catalogue.original(edition.sha256)
        holdings = holdings_of(self.settings, self.catalogue)
        with ExitStack() as stack:
            path = None
            if kept is not None and not kept.damaged:
                with suppress(InputError):
                    path = stack.enter_context(holdings.local(edition.sha256))
            yield path

    def _interface(self, language: str) -> Interface:
        """The language of the pack where the site has it, else the library's first one."""
        schemes = self.vocabularies.schemes
        for wanted in (language, *self.settings.languages):
            if spoken := interfaces((wanted,), schemes=schemes).get(wanted):
                return spoken
        return interfaces((SOURCE,), schemes=schemes)[SOURCE]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a pack is written from."""

    site: OfflineSite
    works: Sequence[Work]
    told: About


@dataclass(frozen=True, slots=True)
class Made:
    """A pack that was written. others: resources that have no edition in its language."""

    path: Path
    ids: tuple[str, ...]  # of the resources in it
    others: int
    bytes: int
    chosen: Chosen

    @property
    def works(self) -> int:
        return len(self.ids)


Writer = Callable[[OfflineSite, Sequence[Work], About, Path], None]


def _zip(site: OfflineSite, works: Sequence[Work], about: About, path: Path) -> None:
    with Archive(path, about.moment) as archive:
        site.write(works, archive)
        licences = "\n".join(f"{work.title}\n  {work.cited}" for work in works)
        archive.write(
            "ABOUT.txt",
            f"{about.title}\n{about.about}\n{about.made}\n{about.question}\n\n{licences}\n",
        )


_WRITERS: dict[str, Writer] = {
    "zip": _zip,
    "epub": epub.write,
    "zim": zim.write,
    "pdf": printed.write,
}


def name_of(order: Order, title: str) -> str:
    """What the file of a pack is called."""
    kept = "".join(c if c.isalnum() or c in "-_" else "-" for c in title.lower())
    return (
        f"{'-'.join(filter(None, kept.split('-')))[:60] or 'pack'}-{order.language}.{order.format}"
    )
