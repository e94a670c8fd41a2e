"""Tables out and in: unchanged is unchanged, whatever a spreadsheet did; what differs is told."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from library import sheets
from library.catalogue import Catalogue
from library.catalogue.changes import history
from library.catalogue.curation import batch as bulk
from library.catalogue.resources import corrections, status
from library.core.errors import InputError
from library.core.resource import PartialDate, Standing, Statement, Status
from library.core.settings import Settings
from library.metadata import decide
from library.sheets import cells, dates
from library.sheets.diff import Fitted
from tests import needs
from tests.library.web.conftest import Shelf

Rows = list[dict[str, str]]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Works with what makes tables go wrong: signs, quotes, scripts, dates, two languages."""
    made = Shelf(Settings(home=tmp_path))
    topics = made.vocabularies.order("topic")
    made.add("=1+1 is not a sum", ["a"], date=PartialDate(2019), topic=topics[:2])
    made.add('Of "quotes", commas; and semicolons', ["b"], date=PartialDate(2019, 5))
    made.add("-5 degrees", ["c"], date=PartialDate(2019, 5, 4), summary="One\nTwo 'three'.")
    made.add("'=quoted already", ["d"], publisher="@union", series="+1")
    made.add("007", ["e"], kind="report", status=Status.DRAFT)
    made.add("May 2019", ["f"], rights="1/2", place=("ke",))
    made.add(
        "حقوق العاملات",
        ["g"],
        language="ar",
        work="rights",
        resource="rights",
        group=("domestic-workers",),
    )
    made.add("घरेलू कामगार", ["h"], language="hi", work="rights", resource="rights")
    made.add("Rights at home", ["i"], language="en", work="rights", resource="rights")
    with made.catalogue.write() as writer:
        for number, id_ in enumerate(made.catalogue.every(public=False)[:3]):
            edition = made.catalogue.resource(id_, public=False).editions[0].id  # type: ignore[union-attr]
            guess = [Statement("summary", f"Guessed {number}.", "guess", (), 0.6)]
            writer.guess_again(edition, guess, decide)
        first = made.catalogue.every(public=False)[0]
        edition = made.catalogue.resource(first, public=False).editions[0].id  # type: ignore[union-attr]
        corrections.correct(
            writer, first, {edition: {"summary": "", "authors": ("A; B", "C\\D")}},
            by="ana", decide=decide,
        )  # fmt: skip
        status.put(
            writer, first, Standing(Status.WITHDRAWN, reason="=Gone", law_year=2001), by="ana"
        )
    return made


def exported(shelf: Shelf, form: str = "csv") -> bytes:
    made = {"csv": sheets.csv_of, "json": sheets.json_of}[form]
    return b"".join(made(shelf.catalogue, shelf.catalogue.every(public=False)))


def fitted(shelf: Shelf, content: bytes) -> Fitted:
    with shelf.catalogue.read() as conn:
        return sheets.fit(conn, sheets.read(content), shelf.vocabularies)


def nothing_changes(one: Fitted) -> None:
    assert one.faults == ()
    assert one.unknown == ()
    assert [(row.resource.slug, row.differences) for row in one.plan.rows] == []
    assert one.plan.same


def rows_of(content: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def table(rows: Rows, *names: str) -> bytes:
    made = io.StringIO()
    writer = csv.DictWriter(made, names or list(rows[0]), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue().encode()


def carried_out(shelf: Shelf, one: Fitted) -> int:
    assert one.faults == ()
    with shelf.catalogue.write() as writer:
        return bulk.carry_out(writer, one.plan.wishes, by="ana", decide=decide)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_export_comes_back_unchanged(shelf: Shelf, form: str) -> None:
    content = exported(shelf, form)
    nothing_changes(fitted(shelf, content))
    if form == "json":
        assert len(json.loads(content)) == 9
    else:
        assert len(rows_of(content)) == 9


def test_no_cell_is_run_by_a_spreadsheet(shelf: Shelf) -> None:
    for row in rows_of(exported(shelf)):
        for name, cell in row.items():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (name, cell)
    titles = {row["title"] for row in rows_of(exported(shelf))}
    assert {"'=1+1 is not a sum", "'-5 degrees", "''=quoted already", "'007"} <= titles


@pytest.mark.parametrize(
    "text", ["true", "FALSE", "Verdadero", "faux", "Verdadeiro", "Wahr", "vero", "onwaar"]
)
def test_what_a_spreadsheet_takes_for_a_truth_value_is_guarded(text: str) -> None:
    assert cells.guarded(text) == f"'{text}"
    assert cells.unguarded(cells.guarded(text)) == text
    assert cells.guarded(f"{text} stories") == f"{text} stories"


@pytest.mark.parametrize(
    "text",
    ["=a", "+a", "-a", "@a", "'=a", "''=a", "'plain", "12e4", "2019-05", "1/2", "May-19",
     "mayo 2019", "TRUE", "Plain", "a=b", "'", "", "\uff1da", "10 %"],
)  # fmt: skip
def test_a_guarded_cell_is_the_text_it_was(text: str) -> None:
    cell = cells.guarded(text)
    assert cells.unguarded(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\uff1d"))


@pytest.mark.parametrize("values", [["a", "b"], ["a; b", "c"], ["\\", "a\\;b"], ["x\\y"], []])
def test_several_values_are_the_values_they_were(values: list[str]) -> None:
    assert cells.divided(cells.joined(values)) == values


SAVED: dict[str, Callable[[str], bytes]] = {
    "semicolons": lambda text: _again(text, delimiter=";").encode("utf-8-sig"),
    "tabs in UTF-16": lambda text: _again(text, delimiter="\t").encode("utf-16"),
    "UTF-16 from the other end": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "no mark": lambda text: text.encode(),
    "lines of a Mac": lambda text: _again(text, lineterminator="\r").encode(),
    "all quoted": lambda text: _again(text, quoting=csv.QUOTE_ALL).encode(),
    "says its delimiter": lambda text: ("sep=;\r\n" + _again(text, delimiter=";")).encode(),
    "columns in another order": lambda text: _again(text, turn=True).encode(),
    "empty rows": lambda text: (text + ",,,\r\n\r\n").encode(),
}


def _again(text: str, *, turn: bool = False, **form: object) -> str:
    made = io.StringIO()
    rows = [row[::-1] if turn else row for row in csv.reader(io.StringIO(text, newline=""))]
    csv.writer(made, **form).writerows(rows)  # type: ignore[arg-type]
    return made.getvalue()


@pytest.mark.parametrize("how", list(SAVED))
def test_saved_by_another_program_it_is_still_the_same(shelf: Shelf, how: str) -> None:
    nothing_changes(fitted(shelf, SAVED[how](exported(shelf).decode("utf-8-sig"))))


@pytest.mark.parametrize("written", ["05/04/2019", "2019-05-04 00:00:00", "4-May-19", "04.05.2019"])
def test_a_day_rewritten_is_the_same_day(shelf: Shelf, written: str) -> None:
    rows = rows_of(exported(shelf))
    [row] = [row for row in rows if row["date"] == "2019-05-04"]
    row["date"] = written
    nothing_changes(fitted(shelf, table(rows)))


@pytest.mark.parametrize("written", ["May-19", "2019-05-01", "01/05/2019", "mayo 2019", "05.2019"])
def test_a_month_rewritten_is_the_same_month(shelf: Shelf, written: str) -> None:
    rows = rows_of(exported(shelf))
    [row] = [row for row in rows if row["date"] == "2019-05"]
    row["date"] = written
    nothing_changes(fitted(shelf, table(rows)))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2019", ["2019"]), ("2019-5", ["2019-05"]), ("15/05/2019", ["2019-05-15"]),
        ("5/15/2019", ["2019-05-15"]), ("04/05/2019", ["2019-04-05", "2019-05-04"]),
        ("15 mai 2019", ["2019-05-15"]), ("43600", []), ("soon", []), ("2019-13", []),
        ("31/02/2019", []), ("1-1-57", ["1957-01-01"]),
    ],
)  # fmt: skip
def test_what_a_date_may_mean(text: str, meant: list[str]) -> None:
    assert sorted(map(str, dates.readings(text))) == meant


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods"])
def test_libreoffice_opens_it_saves_it_and_nothing_changes(
    shelf: Shelf, tmp_path: Path, ending: str
) -> None:
    program = needs.command("soffice")
    made = tmp_path / "table.csv"
    made.write_bytes(exported(shelf))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    form = "Text - txt - csv (StarCalc)"
    # English of the United States; numbers and dates are recognized as they are by hand.
    reads = f"--infilter={form}:44,34,76,1,,1033,false,true"

    def convert(source: Path, to: str, folder: str, *more: str) -> Path:
        target = tmp_path / folder
        subprocess.run(
            [program, profile, "--headless", *more, "--convert-to", to, "--outdir", str(target),
             str(source)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        found = list(target.iterdir()) if target.exists() else []
        if not found:
            needs.absent("LibreOffice has no Calc here")
        return found[0]

    saves = f"csv:{form}:59,34,76,1"
    if ending == "csv":
        again = convert(made, saves, "again", reads)
    else:
        again = convert(convert(made, ending, "between", reads), saves, "again")
    nothing_changes(fitted(shelf, again.read_bytes()))


def test_what_differs_becomes_staffs_word_and_can_be_undone(shelf: Shelf) -> None:
    rows = rows_of(exported(shelf))
    english, arabic = (next(r for r in rows if r["language"] == x and r["resource"]) for x in
                       ("en", "ar"))  # fmt: skip
    english["title"], english["authors"] = "Rights in the home", "(none)"
    arabic["topic"] = "organising"
    arabic["status"], arabic["reason"] = "withdrawn", "Out of date."
    one = fitted(shelf, table(rows))
    [row] = one.plan.rows
    assert [(d.field, d.after) for d in row.differences] == [
        ("title", ("Rights in the home",)), ("authors", ()), ("topic", ("organising",)),
        ("status", ("withdrawn",)), ("reason", ("Out of date.",)),
    ]  # fmt: skip
    number = carried_out(shelf, one)
    resource = shelf.catalogue.resource(row.resource.id, public=False)
    assert resource is not None
    assert resource.edition("en").title == "Rights in the home"
    assert resource.edition("en").authors == ()
    assert resource.filed("topic") == ("organising",)
    assert resource.status is Status.WITHDRAWN
    again = fitted(shelf, table(rows))
    assert again.faults == ()
    assert again.plan.rows == ()
    nothing_changes(fitted(shelf, exported(shelf)))
    with shelf.catalogue.write() as writer:
        change = history.entry(writer.conn, number)
        assert change is not None
        bulk.undo(writer, change, by="ben", decide=decide)
    resource = shelf.catalogue.resource(row.resource.id, public=False)
    assert resource is not None
    assert (resource.filed("topic"), resource.status) == ((), Status.PUBLISHED)


def test_whose_word_it_is_is_told_and_can_be_taken_and_given_up(shelf: Shelf) -> None:
    rows = rows_of(exported(shelf))
    guessed = next(r for r in rows if r["summary"].startswith("Guessed"))
    assert "summary" not in guessed["ours"]
    refused = next(r for r in rows if r["summary"] == "(none)")
    assert "summary" in refused["ours"]
    guessed["ours"] = "summary"
    one = fitted(shelf, table(rows))
    [row] = one.plan.rows
    assert row.differences[0].confirmed
    carried_out(shelf, one)
    rows = rows_of(exported(shelf))
    refused = next(r for r in rows if r["summary"] == "(none)")
    refused["ours"] = refused["ours"].replace("summary", "").strip("; ")
    one = fitted(shelf, table(rows))
    [row] = one.plan.rows
    assert [(d.field, d.lifted) for d in row.differences] == [("summary", True)]
    carried_out(shelf, one)
    assert next(r for r in rows_of(exported(shelf)) if r["id"] == refused["id"])[
        "summary"
    ].startswith("Guessed")


def test_an_old_table_gives_no_word_up_and_is_told_to_be_old(shelf: Shelf) -> None:
    rows = rows_of(exported(shelf))
    [row] = [row for row in rows if row["title"] == "'007"]
    id_, edition = row["id"].lstrip("'"), row["edition"].lstrip("'")
    with shelf.catalogue.write() as writer:
        words = {edition: {"rights": "Ours", "kind": "toolkit"}}
        corrections.correct(writer, id_, words, by="ben", decide=decide)
    one = fitted(shelf, table(rows))
    [planned] = one.plan.rows
    assert planned.late
    assert [d.field for d in planned.differences] == ["kind"]  # as the old table has it


def test_an_empty_table_and_one_of_few_columns_say_little(shelf: Shelf) -> None:
    assert sheets.read(sheets.template()).lines == ()
    rows = [{"file": "007 en.pdf", "publisher": "The union", "title": ""},
            {"file": "not here.pdf", "publisher": "The union", "title": "A title"}]  # fmt: skip
    one = fitted(shelf, table(rows))
    assert [line.cells["file"] for line in one.unknown] == ["not here.pdf"]
    [row] = one.plan.rows
    assert [(d.field, d.after) for d in row.differences] == [("publisher", ("The union",))]
    assert not row.late


@pytest.mark.parametrize(
    ("change", "what", "column"),
    [
        ({"topic": "no such thing"}, "concept", "topic"),
        ({"language": "no such tongue"}, "language", "language"),
        ({"date": "soon"}, "date", "date"),
        ({"date": "03/04/2017"}, "which date", "date"),
        ({"source_url": "nowhere"}, "address", "source_url"),
        ({"status": "hidden"}, "status", "status"),
        ({"status": "withdrawn"}, "standing", "status"),
        ({"law_year": "long ago"}, "year", "law_year"),
        ({"review_by": "2019"}, "day", "review_by"),
        ({"successor": "nothing"}, "successor", "successor"),
        ({"title": "(none)"}, "no title", "title"),
        ({"topic": "organising; (none)"}, "one value", "topic"),
        ({"resource": "another"}, "work", "resource"),
        ({"ours": "titel"}, "ours", "ours"),
        ({"edition": "0000"}, "no edition", "edition"),
        ({"edition": "", "id": "0000"}, "no resource", "id"),
        ({"edition": "", "id": "", "file": ""}, "no key", ""),
    ],
)
def test_what_is_wrong_is_told_by_cell(
    shelf: Shelf, change: dict[str, str], what: str, column: str
) -> None:
    rows = rows_of(exported(shelf))
    place = next(n for n, row in enumerate(rows) if row["title"] == "'007")
    rows[place] |= change
    [fault] = fitted(shelf, table(rows)).faults
    assert (fault.what, fault.column, fault.row) == (what, column, place + 2)


def test_what_is_wrong_between_rows(shelf: Shelf) -> None:
    rows = rows_of(exported(shelf))
    both = [row for row in rows if row["resource"]][:2]
    both[0]["kind"], both[1]["kind"] = "report", "toolkit"
    assert [f.what for f in fitted(shelf, table(rows)).faults] == ["conflict"]
    both[1]["kind"] = ""
    assert fitted(shelf, table(rows)).faults == ()
    both[0]["language"] = both[1]["language"]
    assert [f.column for f in fitted(shelf, table(rows)).faults] == ["language"]
    rows = rows_of(exported(shelf))
    assert [f.what for f in fitted(shelf, table([*rows, rows[0]])).faults] == ["twice"]
    assert [f.what for f in sheets.read(b"file,titel,shelf\n").faults] == ["column"]
    assert sheets.read(b"file,shelf mark\n").others == ("shelf_mark",)


def test_two_editions_may_change_languages(shelf: Shelf) -> None:
    rows = rows_of(exported(shelf))
    one, other = [row for row in rows if row["resource"]][:2]
    one["language"], other["language"] = other["language"], one["language"]
    fit = fitted(shelf, table(rows))
    carried_out(shelf, fit)
    [row] = fit.plan.rows
    resource = shelf.catalogue.resource(row.resource.id)
    assert resource is not None
    assert resource.edition("hi").title == "حقوق العاملات"


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04....", "título\n".encode("latin-1"), b'a,b\n"x"y,z\n', b"[1, 2]", b"{"],
)
def test_what_is_no_table_is_refused_with_a_remedy(content: bytes) -> None:
    with pytest.raises(InputError) as wrong:
        sheets.read(content)
    assert wrong.value.remedy


def test_the_catalogue_is_not_touched_by_looking(shelf: Shelf) -> None:
    catalogue: Catalogue = shelf.catalogue
    before = catalogue.revision()
    fitted(shelf, exported(shelf))
    assert catalogue.revision() == before
