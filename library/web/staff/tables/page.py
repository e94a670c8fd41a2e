"""Tables for people with a spreadsheet: downloaded, sent back, looked at, and then carried out."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from library import sheets
from library.catalogue.changes import pending
from library.catalogue.changes.pending import Pending
from library.catalogue.curation import batch as bulk
from library.core.errors import Changed, InputError, UsageError
from library.metadata import decide
from library.sheets import Fault
from library.sheets.diff import Fitted
from library.sheets.reader import Line, Table
from library.web.error_text import told
from library.web.staff import labels
from library.web.staff.access import at_desk
from library.web.staff.batch import plans
from library.web.staff.batch import viewmodels as contexts
from library.web.staff.batch.page import follow_many
from library.web.staff.bodies import FormWithFile
from library.web.staff.desk import Desk, done
from library.web.staff.frame import desk_frame, framed, moment, shown
from library.web.staff.links import SHELF, TABLES, table_of, whole_of
from library.web.staff.resources.filters import found, looked
from library.web.staff.tables.viewmodels import ColumnRow, TablesPage, Waiting
from library.web.viewmodels import Link

LARGEST = 32_000_000  # bytes of a table
MOST_FAULTS = 300  # shown; who has more has made the same mistake many times
MOST_UNKNOWN = 100
CSV, JSON = "text/csv; charset=utf-8", "application/json"


def page(desk: Desk) -> Response:
    return _page(desk)


def template(desk: Desk) -> Response:
    """An empty table with the columns that people fill in."""
    return _download(iter((sheets.template(),)), CSV, "template.csv")


def csv_of(desk: Desk) -> Response:
    """What a search of the shelf finds, as CSV; without one the whole catalogue."""
    return _download(sheets.csv_of(desk.site.catalogue, _ids(desk)), CSV, "library.csv")


def json_of(desk: Desk) -> Response:
    return _download(sheets.json_of(desk.site.catalogue, _ids(desk)), JSON, "library.json")


def send(desk: Desk) -> Response:
    """Keep a table that was sent until somebody has looked at what it would do."""
    say = desk.interface.say
    if desk.sent is None or not desk.sent[1]:
        return _page(desk, say("No file was chosen."), 422)
    name, content = desk.sent
    try:
        table = sheets.read(content)
    except InputError as error:
        return _page(desk, told(error, desk.interface), 422)
    if not table.lines and not table.faults:
        return _page(desk, say("There is no row in this table that says anything."), 422)
    with desk.site.catalogue.write() as writer:
        number = writer.ask(pending.put, "table", name, {"table": _told(table)}, by=desk.user.name)
    return done(table_of(number))


def preview(desk: Desk) -> Response:
    kept = _kept(desk)
    return _preview(desk, kept, _fitted(desk, kept))


def confirm(desk: Desk) -> Response:
    """Take the table, if it would do what was looked at."""
    kept = _kept(desk)
    fitted = _fitted(desk, kept)
    say = desk.interface.say
    try:
        if fitted.plan.seal != desk.one("seal") or fitted.faults:
            raise Changed("preview outdated")
        # worked out without the lock
        prepared = desk.site.catalogue.ask(bulk.prepare, fitted.plan.wishes, decide=decide)
        with desk.site.catalogue.write() as writer:
            if not writer.ask(pending.drop, kept.id):
                raise HTTPException(404)
            number = bulk.carry_out(
                writer,
                fitted.plan.wishes,
                by=desk.user.name,
                decide=decide,
                languages=desk.site.settings.languages,
                prepared=prepared,
                told={"name": kept.name},
            )
    except (Changed, UsageError):
        problem = say(
            "Something was changed meanwhile, and nothing was done. See what it would do now."
        )
        return _preview(desk, kept, _fitted(desk, kept), problem, 409)
    follow_many(desk, fitted.plan)
    return done(whole_of(number), "many")


def drop(desk: Desk) -> Response:
    kept = _kept(desk)
    with desk.site.catalogue.write() as writer:
        writer.ask(pending.drop, kept.id)
    return done(TABLES, "dropped")


def _ids(desk: Desk) -> list[str]:
    return found(desk, looked(desk, desk.request.query_params.multi_items()))


def _download(pieces: Iterator[bytes], media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, media_type=media_type, headers=headers)


def _kept(desk: Desk) -> Pending:
    kept = desk.site.catalogue.ask(pending.get, desk.request.path_params["number"], "table")
    if kept is None:
        raise HTTPException(404)
    return kept


def _fitted(desk: Desk, kept: Pending) -> Fitted:
    return desk.site.catalogue.ask(
        sheets.fit, _table(kept.content["table"]), desk.site.vocabularies
    )


def _preview(
    desk: Desk, kept: Pending, fitted: Fitted, problem: str = "", status: int = 200
) -> Response:
    say, plural = desk.interface.say, desk.interface.plural
    others = _table(kept.content["table"]).others
    lines = []
    if others:
        lines.append(
            say(
                "Columns that are not known, and left out: %(names)s.",
                names=desk.interface.listed(others),
            )
        )
    if fitted.faults:
        lines.append(
            plural("%(number)s cell is wrong.", "%(number)s cells are wrong.", len(fitted.faults))
        )
    more = len(fitted.faults) - MOST_FAULTS
    missing = len(fitted.unknown) - MOST_UNKNOWN
    return plans.shown_plan(
        desk,
        fitted.plan,
        heading=kept.name,
        here=table_of(kept.id),
        back=Link(say("Tables"), TABLES),
        lines=lines,
        faults=[fault_row(desk, fault) for fault in fitted.faults[:MOST_FAULTS]],
        more_faults=plural("and %(number)s more", "and %(number)s more", more) if more > 0 else "",
        unknown=[_unknown(desk, line) for line in fitted.unknown[:MOST_UNKNOWN]],
        more_unknown=plural("and %(number)s more", "and %(number)s more", missing)
        if missing > 0
        else "",
        problem=problem,
        status=status,
    )


def fault_row(desk: Desk, fault: Fault) -> contexts.Fault:
    """A fault as people read it: where, what, and what to do."""
    say, number = desk.interface.say, desk.interface.number
    where = say("Row %(row)s", row=number(fault.row))
    if fault.column:
        where = say("Row %(row)s, column “%(column)s”", row=number(fault.row), column=fault.column)
    return contexts.Fault(where, labels.fault(fault, desk.visit))


def _unknown(desk: Desk, line: Line) -> str:
    row = desk.interface.say("Row %(row)s", row=desk.interface.number(line.number))
    return f"{row}: {line.cells.get('file', '')}"


def _told(table: Table) -> dict[str, object]:
    return {
        "columns": list(table.columns),
        "others": list(table.others),
        "lines": [[line.number, dict(line.cells)] for line in table.lines],
        "faults": [[f.row, f.column, f.what, f.value, list(f.near)] for f in table.faults],
    }


def _table(report: dict[str, list[list[object]]]) -> Table:
    """A table as it was kept."""
    return Table(
        tuple(str(name) for name in report["columns"]),
        tuple(
            Line(
                int(str(number)),
                {
                    name: value if isinstance(value, str) else tuple(value)
                    for name, value in cells.items()  # type: ignore[attr-defined]
                },
            )
            for number, cells in report["lines"]
        ),
        tuple(str(name) for name in report["others"]),
        tuple(
            Fault(row, column, what, value, tuple(near))  # type: ignore[arg-type]
            for row, column, what, value, near in report["faults"]
        ),
    )


def _page(desk: Desk, problem: str = "", status: int = 200) -> Response:
    say = desk.interface.say
    waiting = desk.site.catalogue.ask(pending.every, "table")
    heading = say("Tables")
    made = TablesPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        downloads=(
            Link(say("The whole catalogue as a table (CSV)"), f"{SHELF}.csv"),
            Link(say("The whole catalogue as JSON"), f"{SHELF}.json"),
            Link(say("An empty table to fill in"), f"{TABLES}/template.csv"),
        ),
        send=TABLES,
        limit=say("Up to %(size)s.", size=desk.interface.size(LARGEST)),
        waiting=tuple(
            Waiting(
                Link(table.name, table_of(table.id)),
                (labels.who(table.by, desk.interface), moment(table.at, desk.interface)),
            )
            for table in waiting
        ),
        columns=tuple(
            ColumnRow(name, labels.column(name, desk.interface)) for name in sheets.COLUMNS
        ),
    )
    return shown(desk, "staff/tables.html", made, status)


ROUTES = [
    at_desk(f"{SHELF}.csv", get=csv_of),
    at_desk(f"{SHELF}.json", get=json_of),
    at_desk(
        TABLES,
        get=page,
        post=send,
        takes=FormWithFile(LARGEST + 10_000),
    ),
    at_desk(f"{TABLES}/template.csv", get=template),
    at_desk(f"{TABLES}/{{number:int}}", get=preview, post=confirm),
    at_desk(f"{TABLES}/{{number:int}}/drop", post=drop),
]
