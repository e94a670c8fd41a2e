"""Originals, catalogue and index against each other: what is wrong, and what mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.engine import IndexUnreachable, IndexUnusable, SearchEngine
from library.catalogue import Catalogue
from library.catalogue.arrivals import rescans
from library.catalogue.editions import likenesses
from library.catalogue.editions.likenesses import Likeness
from library.catalogue.queue import tasks as outbox
from library.catalogue.resources import queries
from library.catalogue.storage import sums
from library.catalogue.upkeep import source_checks as known
from library.catalogue.vocabulary import schemes
from library.core import permissions
from library.core.errors import Unreachable
from library.core.resource import JSON, Edition, SourceState
from library.core.settings import Settings
from library.ingestion import layouts, ocr
from library.likeness import translations
from library.operations import packages, upkeep
from library.operations import source_checks as asking
from library.search import indexer
from library.store import originals, unclaimed
from library.store.holdings import holdings_of
from library.vocabularies import Vocabularies, records

NOTED = 200  # originals between two notes of how far it is
FAULTS = {
    upkeep.MISSING: "an original is missing",
    upkeep.CHANGED: "an original has changed on the disk",
}

ROTTEN = {
    "pages": "The disk may be failing. Bring the document in anew (library ingest), or restore an "
    "earlier backup: library restore SRC",
    "users": "The disk may be failing. Give the account a new password: library user password NAME",
}

SEVERAL = 8  # names that are shown of resources that look alike


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be. `mend` does what the remedy says, where it can."""

    finding: str
    subject: str
    remedy: str
    mend: Callable[[], object] | None = None

    def json(self) -> JSON:
        return {"finding": self.finding, "subject": self.subject, "remedy": self.remedy}


def check(
    settings: Settings,
    catalogue: Catalogue,
    engine: SearchEngine,
    words: Vocabularies,
    copy: Path | None = None,
) -> Iterator[Finding]:
    """Everything that is wrong, each as it is found. Reads every original once, and notes that.

    copy: a backup that an original can be brought back from, where its copy there is whole.
    """
    yield from _privacy(settings)
    try:
        yield from _originals(settings, catalogue, copy)
    except Unreachable as error:
        yield Finding("the store of originals cannot be used", error.text, error.remedy)
    yield from _catalogue(catalogue)
    yield from _vocabularies(catalogue, words)
    yield from _index(catalogue, engine, words)
    yield from _packages()


def note(catalogue: Catalogue, faults: int, mended: int) -> None:
    """Keep that everything was looked at, and what came of it."""
    counts = {"found": faults, "mended": mended}
    upkeep.note(catalogue, "check", well=faults <= mended, told=counts)


def _privacy(settings: Settings) -> Iterator[Finding]:
    """What other accounts of this computer could read, were it not for the folders above."""
    open_paths = list(permissions.open_to_others(settings))
    if not open_paths:
        return

    def close() -> None:
        permissions.close_all(settings.home, permissions.mask_of(settings))
        permissions.close(settings)

    chmod = f"chmod -R {permissions.remedy(settings)} {settings.home}"
    ours = all(map(permissions.is_ours, open_paths))
    yield Finding(
        "others can read what the library keeps",
        f"{len(open_paths)} files and folders, such as {open_paths[0]}",
        f"Close them: library check --repair, or {chmod}" if ours else f"As who owns it: {chmod}",
        close if ours else None,
    )


def _originals(
    settings: Settings, catalogue: Catalogue, copy: Path | None = None
) -> Iterator[Finding]:
    holdings = holdings_of(settings, catalogue)
    with catalogue.read() as conn:
        known = dict(queries.originals(conn))
    restore = "Bring it back from a backup: library check --repair --from DEST"
    looked: dict[str, str] = {}
    for sha256 in known:
        fault = upkeep.fault_of(holdings, sha256)
        looked[sha256] = fault
        if len(looked) >= NOTED:
            upkeep.note_originals(catalogue, looked)
            looked = {}
        if fault:
            source = copy / "originals" if copy else None
            whole = source is not None and originals.verify(source, sha256)

            def bring(sha256: str = sha256, source: Path | None = source) -> None:
                assert source is not None
                holdings.bring_back(source, sha256)
                upkeep.note_originals(catalogue, {sha256: ""})

            lacking = f"It is not whole in {copy} either: look in an older one."
            remedy = lacking if copy and not whole else restore
            yield Finding(FAULTS[fault], sha256, remedy, bring if whole else None)
    upkeep.note_originals(catalogue, looked)
    for sha256 in unclaimed.those(settings, known):
        path, aside = unclaimed.places(settings, sha256)
        yield Finding(
            "a stored file is not in the catalogue",
            sha256,
            f"Give a copy of it a name, and ingest that: {path} NAME && library ingest NAME. Or "
            f"set it aside, in {aside}: library check --repair",
            lambda: unclaimed.set_aside(settings, catalogue),
        )


def _catalogue(catalogue: Catalogue) -> Iterator[Finding]:
    for fault in catalogue.faults():
        yield Finding("the catalogue is damaged", fault, "Restore a backup: library restore SRC")
    with catalogue.read() as conn:
        changed = list(sums.wrong(conn))
    upkeep.note_sums(catalogue, 0, changed)
    for table, subject in changed:
        yield Finding(
            "what is catalogued has changed by itself",
            f"{table} {subject}",
            ROTTEN.get(table, "Hold it against a backup, and write it anew at the desk."),
        )
    for broken in upkeep.verify_chain(catalogue):
        yield Finding(
            "the history of changes is not as it was written",
            str(broken),
            "Somebody has changed the catalogue by other means. Hold it against a backup.",
        )
    with catalogue.read() as conn:
        stuck = outbox.stuck(conn)
        waiting = outbox.owed(conn, rescans.KIND)
    if waiting and not ocr.installed():
        yield Finding(
            "scans wait to be read",
            str(waiting),
            "Install Tesseract with the languages of the library (Debian: tesseract-ocr and "
            "tesseract-ocr-eng, -spa …), then run library work, or library serve.",
        )
    for kind, subject, ids in stuck:

        def again(ids: tuple[int, ...] = ids) -> None:
            with catalogue.write() as writer:
                outbox.try_again(writer.conn, ids)

        yield Finding(
            f"a task was given up ({kind})", subject, "Try it again: library check --repair", again
        )


def _vocabularies(catalogue: Catalogue, words: Vocabularies) -> Iterator[Finding]:
    """Concepts that staff changed and that files changed since have no place for."""
    with catalogue.read() as conn:
        changed = schemes.every(conn)
    for facet, changes in changed.items():
        for id_, what in records.faults(words.files.schemes[facet], changes):
            yield Finding(
                "a change of a concept does not fit its file any more",
                f"{facet}/{id_}: {what}",
                f"Look at it at the desk, or correct {facet}.toml in the vocabularies folder.",
            )


def _packages() -> Iterator[Finding]:
    for fault in packages.faults():
        yield Finding("a package of others cannot be used", fault.text(), fault.remedy())


def _index(catalogue: Catalogue, engine: SearchEngine, words: Vocabularies) -> Iterator[Finding]:
    def rebuild() -> None:
        indexer.rebuild(catalogue, engine, words)

    remedy = "Build the index anew: library reindex"
    try:
        indexed = engine.ids()
    except IndexUnusable as error:
        yield Finding("the index cannot be used", str(error), remedy, rebuild)
        return
    except IndexUnreachable as error:
        away = "Let its server answer: what is to be found waits until then."
        yield Finding("the index cannot be reached", str(error), away)
        return
    wanted = frozenset(catalogue.every())
    with catalogue.read() as conn:
        owed = outbox.subjects(conn, "index")
    missing, extra = wanted - indexed - owed, indexed - wanted - owed
    if missing:
        yield Finding("works cannot be found", _some(missing), remedy, rebuild)
    if extra:
        yield Finding("the index holds works that are not public", _some(extra), remedy, rebuild)


def alike(catalogue: Catalogue) -> Iterator[Finding]:
    """Resources that may belong together: nothing is wrong with them, and staff may want to know.

    The remedy holds the evidence, and what joins them. Several with the same words are one
    finding: pages of one template, of which each two would make a pair.
    """
    with catalogue.read() as conn:
        pairs = likenesses.every(conn)
        groups = grouped([(one, two) for pair, one, two in pairs if pair.kind == "same words"])
        named: dict[str, str] = {}
        held = {id_ for group in groups for id_ in group}
        for pair, first, second in pairs:
            one, other = queries.edition(conn, pair.one), queries.edition(conn, pair.other)
            if not (one and other):
                continue
            if pair.kind == "same words" and first in held:
                named |= {first: _named(one), second: _named(other)}
                continue
            yield Finding(
                "two resources look alike", f"{first} {second}", _evidence(pair, one, other)
            )
    for group in groups:
        shown = [named[id_] for id_ in group if id_ in named]
        listed = ", ".join(shown[:SEVERAL]) + (" …" if len(shown) > SEVERAL else "")
        yield Finding(
            "several resources look alike",
            " ".join(group),
            f"Most words of these {len(group)} are the same: {listed}. They may be empty pages, or "
            "forms of one template. Keep them, or take those out of the folder that say nothing.",
        )


def grouped(pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """What hangs together by pairs, three or more, in order of their names."""
    of: dict[str, set[str]] = {}
    for one, other in pairs:
        both = of.get(one, {one}) | of.get(other, {other})
        of |= dict.fromkeys(both, both)
    groups = {id(group): group for group in of.values() if len(group) > 2}
    return sorted(sorted(group) for group in groups.values())


def older_layouts(catalogue: Catalogue) -> Iterator[Finding]:
    """Documents whose pages an older reader laid out: not wrong, and today's reads them better."""
    older = layouts.older(catalogue)
    if older:
        yield Finding(
            "pages were laid out by an older reader",
            _some(frozenset(older)),
            "Lay them out once more, while the site serves: library work --again-layout",
            lambda: layouts.owe(catalogue),
        )


def sources(catalogue: Catalogue) -> Iterator[Finding]:
    """Addresses that documents came from and that do not answer, each asked now."""
    with catalogue.read() as conn:
        every = known.every(conn)
    for address in every:
        answer = asking.ask_one(catalogue, address)
        if answer.state in (SourceState.GONE, SourceState.SILENT):
            with catalogue.read() as conn:
                named = known.resources(conn, address)
            yield Finding(
                "a source does not answer",
                address,
                f"It said: {answer.word}. Look for its new address, and write that as the source "
                f"of {', '.join(named)}, or leave the field empty.",
            )


def _in_common(pair: Likeness, one: Edition, other: Edition) -> str:
    """Why two documents are proposed as translations: never nothing."""
    if pair.shared:
        return f"both name {', '.join(pair.shared)}"
    if translations.stem_of(one.filename) == translations.stem_of(other.filename):
        return "their files have the same name but for the language"
    return "their headings, lists and tables follow one another alike"


def _evidence(pair: Likeness, one: Edition, other: Edition) -> str:
    named = f"{_named(one)} and {_named(other)}"
    share = f"{pair.alike * 100:.0f} in 100"
    join = "If so, give both the same `resource` word in metadata.csv and ingest them anew."
    if pair.kind == "translation":
        return (
            f"{named} may be one work in two languages ({share}): "
            f"{_in_common(pair, one, other)}; {one.pages} and {other.pages} pages. {join}"
        )
    pages = ", ".join(f"{mine}={theirs}" for mine, theirs, _ in pair.pages[:8])
    pages += " …" if len(pair.pages) > 8 else ""
    what = f"{share} words of {named} are the same; pages that match: {pages or 'none whole'}."
    if pair.kind == "newer version":
        return (
            f"{what} {one.filename} is dated {one.date}, {other.filename} {other.date}. To replace "
            "the older, save the newer over it under the same name and title, and ingest it anew."
        )
    return f"{what} Keep both, or take one out of the folder."


def _named(edition: Edition) -> str:
    return f"“{edition.title}” ({edition.filename}, {edition.language or 'language unknown'})"


def _some(ids: frozenset[str]) -> str:
    named = ", ".join(sorted(ids)[:5])
    return f"{len(ids)}: {named}" + (" …" if len(ids) > 5 else "")
