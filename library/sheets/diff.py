"""A table held against the catalogue: what each row would change, and what is wrong with it.

A cell that says what is believed already changes nothing, whoever said it; one that differs is
staff's word. An empty cell says nothing, and `(none)` that there is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from library.batch.preview import STANDING, Difference, Plan, Row, Values, stood
from library.catalogue import Connection
from library.catalogue.curation.batch import Wish, seen
from library.catalogue.resources import corrections, queries, status
from library.catalogue.resources.corrections import OF_EDITION, OF_RESOURCE, Word
from library.core.errors import UsageError
from library.core.resource import Edition, PartialDate, Resource, Standing, Status
from library.metadata.staff_statements import under
from library.sheets import dates
from library.sheets.cells import NONE, plain
from library.sheets.columns import FIELDS, OURS, SEVERAL, VERSION, WORK
from library.sheets.export import Cells, rows_of
from library.sheets.reader import Fault, Line, Table, What
from library.sheets.row_match import Files
from library.sheets.values import Wrong, checked
from library.vocabularies import Vocabularies

BATCH = 200  # resources

Cell = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a table would do. unknown: its rows for files that are not in the library."""

    plan: Plan
    faults: tuple[Fault, ...] = ()
    unknown: tuple[Line, ...] = ()


@dataclass(slots=True)
class _Found:
    """What has been worked out so far."""

    rows: list[Row] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    same: int = 0


@dataclass(frozen=True, slots=True)
class _Told:
    """An edition, what is so of it now, what staff say, and its row of the table if it has one."""

    edition: Edition
    now: Cells
    staff: Mapping[str, Word]
    line: Line | None

    def given(self, name: str) -> Cell | None:
        return self.line.cells.get(name) if self.line else None

    @property
    def number(self) -> int:
        return self.line.number if self.line else 0


def fit(conn: Connection, table: Table, vocabularies: Vocabularies) -> Fitted:
    """Work out what a table would do; nothing is done."""
    outcome = _Found(faults=list(table.faults))
    lines, unknown = _lines(conn, table, outcome.faults)
    resources = list(dict.fromkeys(resource for resource, _ in lines))
    by_edition = {edition: line for (_, edition), line in lines.items()}
    has_ours = OURS in table.columns
    for start in range(0, len(resources), BATCH):
        part = resources[start : start + BATCH]
        grouped: dict[str, tuple[Resource, list[_Told]]] = {}
        standing = list(rows_of(conn, part))
        words = corrections.said(conn, [edition.id for _, edition, _ in standing])
        for resource, edition, now in standing:
            entry = _Told(edition, now, words[edition.id], by_edition.get(edition.id))
            grouped.setdefault(resource.id, (resource, []))[1].append(entry)
        for resource, editions in grouped.values():
            _fit(conn, outcome, resource, editions, vocabularies, has_ours)
    plan = Plan(tuple(outcome.rows), (), outcome.same, tuple(outcome.wishes))
    faults = sorted(outcome.faults, key=lambda fault: fault.row)
    return Fitted(plan, tuple(faults), tuple(unknown))


def _lines(
    conn: Connection, table: Table, faults: list[Fault]
) -> tuple[dict[tuple[str, str], Line], list[Line]]:
    """(resource, edition) → the row that tells of it; and the rows for files that are not here."""
    files = Files.of(conn)
    lines: dict[tuple[str, str], Line] = {}
    unknown: list[Line] = []
    for line in table.lines:
        match files.find(line):
            case None:
                unknown.append(line)
            case Fault() as fault:
                faults.append(fault)
            case key:
                if key in lines:
                    twin = str(lines[key].number)
                    faults.append(Fault(line.number, "", "twice", twin))
                else:
                    lines[key] = line
    return lines, unknown


def _fit(
    conn: Connection,
    outcome: _Found,
    resource: Resource,
    editions: Sequence[_Told],
    vocabularies: Vocabularies,
    has_ours: bool,
) -> None:
    """What the rows of one resource would change of it."""
    faults: list[Fault] = []
    words: dict[str, dict[str, Word]] = defaultdict(dict)
    differences: list[Difference] = []
    judge = _Judge(vocabularies, faults, has_ours)
    for entry in editions:
        if entry.line is None:
            continue
        judge.ours(entry.line)
        for name in OF_EDITION:
            change = judge.change(name, [entry], name in entry.staff)
            if change is not None:
                words[entry.edition.id][name] = change.word
                differences.append(replace(change.difference, edition=entry.edition.id))
        work = entry.given(WORK)
        if work is not None and work != entry.now[WORK]:
            faults.append(Fault(entry.number, WORK, "work", str(work)))
    first = editions[0].edition.id
    for name in OF_RESOURCE:
        change = judge.change(name, editions, any(name in entry.staff for entry in editions))
        if change is not None:
            words[first][name] = change.word
            for other in editions[1:]:
                if name in other.staff:
                    words[other.edition.id][name] = None
            differences.append(change.difference)
    duration = words[first].get("duration")
    if isinstance(duration, str) and duration and words[first].get("time") is None:
        ids = under(duration, vocabularies)
        if ids != resource.filed("time"):
            words[first]["time"] = ids
            differences.append(Difference("time", resource.filed("time"), ids))
    _languages(editions, words, faults)
    wanted = _standing(conn, resource, editions, judge)
    if wanted is not None:
        differences += stood(resource.standing, wanted)
    if faults:
        outcome.faults += faults
    elif differences:
        outcome.rows.append(Row(resource, tuple(differences), late=_late(editions)))
        outcome.wishes.append(Wish(resource.id, seen(resource), dict(words), wanted))
    else:
        outcome.same += 1


@dataclass(frozen=True, slots=True)
class _Change:
    word: Word
    difference: Difference


@dataclass(frozen=True, slots=True)
class _Judge:
    """Tells what a field becomes by the rows that speak of it."""

    vocabularies: Vocabularies
    faults: list[Fault]
    has_ours: bool

    def ours(self, line: Line) -> None:
        for name in line.cells.get(OURS, ()):
            if name not in (*FIELDS, WORK):
                self.faults.append(Fault(line.number, OURS, "ours", name))

    def change(self, name: str, entries: Sequence[_Told], is_staffs: bool) -> _Change | None:
        """What becomes of a field, if anything."""
        lines = [entry for entry in entries if entry.line is not None]
        now = _values(entries[0].now[name])
        wanted = self.wanted(name, lines, now)
        if wanted is not None:
            if name == "title" and not wanted:
                self.faults.append(Fault(lines[0].number, name, "no title"))
                return None
            same = wanted == now
            return _Change(_word(name, wanted), Difference(name, now, wanted, confirmed=same))
        listed = any(name in entry.line.cells.get(OURS, ()) for entry in lines if entry.line)
        if listed and not is_staffs:
            return _Change(_word(name, now), Difference(name, now, now, confirmed=True))
        if is_staffs and self.has_ours and not listed and _current(lines):
            return _Change(None, Difference(name, now, (), lifted=True))
        return None

    def wanted(self, name: str, lines: Sequence[_Told], now: Values) -> Values | None:
        """The one value that rows give a field, if it is another than it has.

        Where rows of an old table differ, and one says what is so now, nobody can tell whether the
        other was meant: a table that is sent twice would change it to and fro.
        """
        given: dict[Values, _Told] = {}
        agreed = False
        for entry in lines:
            cell = entry.given(name)
            if cell is None or _is_same(name, cell, entry.now[name]):
                agreed = agreed or cell is not None
                continue
            try:
                values = _values(checked(name, cell, self.vocabularies))
            except Wrong as wrong:
                self.faults.append(
                    Fault(entry.number, name, wrong.what, wrong.value[:100], wrong.near)
                )
                continue
            if values == now and (values or NONE not in _several(cell)):
                continue
            given.setdefault(values, entry)
        if agreed and _late(lines):
            return None
        if len(given) > 1:
            first, second, *_ = given.values()
            self.faults.append(Fault(second.number, name, "conflict", str(first.number)))
            return None
        return next(iter(given), None)


def _is_same(name: str, cell: Cell, now: Cell) -> bool:
    if cell == now:
        return True
    known = _values(now)
    return name == "date" and bool(known) and dates.same(str(cell), PartialDate.parse(known[0]))


def _values(cell: Cell) -> Values:
    """The values of a cell; none where it says that there is none."""
    return tuple(value for value in _several(cell) if value != NONE)


def _several(cell: Cell) -> Values:
    if isinstance(cell, str):
        return (cell,) if cell else ()
    return cell


def _word(name: str, values: Values) -> Word:
    return values if name in SEVERAL else "".join(values)


def _languages(
    editions: Sequence[_Told], words: Mapping[str, Mapping[str, Word]], faults: list[Fault]
) -> None:
    """No two editions of a work may come to be in one language."""
    spoken: dict[object, _Told] = {}
    for entry in editions:
        word = words.get(entry.edition.id, {}).get("language", entry.edition.language)
        language = entry.edition.language if word is None else word
        if language in spoken:
            other = spoken[language]
            row = entry.number or other.number
            if "language" in {
                **words.get(entry.edition.id, {}),
                **words.get(other.edition.id, {}),
            }:
                faults.append(Fault(row, "language", "conflict", str(language)))
        spoken[language] = entry


def _standing(
    conn: Connection, resource: Resource, editions: Sequence[_Told], judge: _Judge
) -> Standing | None:
    """Where the rows let a resource stand, if that is another place."""
    given: dict[str, str] = {}
    lines = [entry for entry in editions if entry.line is not None]
    for name in STANDING:
        values = {str(entry.given(name)): entry for entry in lines if entry.given(name) is not None}
        changed = {
            value: entry
            for value, entry in values.items()
            if not _stands(name, value, entry.now[name])
        }
        if len(changed) < len(values) and _late(lines):
            continue
        if len(changed) > 1:
            first, second, *_ = changed.values()
            judge.faults.append(Fault(second.number, name, "conflict", str(first.number)))
        if changed:
            given[name] = next(iter(changed))
    if not given:
        return None
    row = lines[0].number
    standing, values_ = resource.standing, dict[str, object]()
    for name, value in given.items():
        text = "" if value == NONE else value
        read = _READ[name](conn, text)
        if read is None:
            what: What = "successor" if name == "successor" else _WRONG[name]
            judge.faults.append(Fault(row, name, what, value[:100]))
        values_[name] = read
    if any(value is None and given[name] != NONE for name, value in values_.items()):
        return None
    wanted = replace(standing, **values_)  # type: ignore[arg-type]
    try:
        return replace(status.checked(conn, resource.id, wanted), since=standing.since)
    except UsageError:
        judge.faults.append(Fault(row, "status", "standing", str(wanted.status)))
        return None


def _stands(name: str, given: str, now: Cell) -> bool:
    if given == now or (given == NONE and not now):
        return True
    if name in ("until", "review_by") and now:
        return dates.same(given, PartialDate.parse(str(now)))
    return name == "status" and given.casefold() == now


def _day(conn: Connection, text: str) -> str | None:
    if not text:
        return ""
    partial_dates = [
        partial_date for partial_date in dates.readings(text) if partial_date.day is not None
    ]
    return str(partial_dates[0]) if len(partial_dates) == 1 else None


def _year(conn: Connection, text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) == 4 else None


def _status(conn: Connection, text: str) -> Status | None:
    folded = text.casefold()
    return Status(folded) if folded in set(Status) else None


_READ: Mapping[str, Callable[[Connection, str], object]] = {
    "status": _status,
    "until": _day,
    "reason": lambda conn, text: plain(text),
    "successor": lambda conn, text: queries.resource_named(conn, text) if text else "",
    "review_by": _day,
    "law_year": _year,
}
_WRONG: Mapping[str, What] = {
    "status": "status",
    "until": "day",
    "reason": "text",
    "review_by": "day",
    "law_year": "year",
}


def _late(editions: Sequence[_Told]) -> bool:
    """Whether the resource was changed after its rows were made, as far as they tell."""
    return any(version < now for version, now in _versions(editions))


def _current(editions: Sequence[_Told]) -> bool:
    """Whether all of these rows tell that nothing has changed since they were made."""
    pairs = list(_versions(editions))
    return len(pairs) == len(editions) and all(version == now for version, now in pairs)


def _versions(editions: Sequence[_Told]) -> Iterator[tuple[int, int]]:
    for entry in editions:
        version = str(entry.given(VERSION) or "")
        if version.isdecimal():
            yield int(version), int(str(entry.now[VERSION]))
