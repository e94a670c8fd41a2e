"""Tables at the desk: taken, sent back, looked at, carried out, and undone as one."""

from __future__ import annotations

import csv
import io
import json

import pytest
from starlette.testclient import TestClient

from library.catalogue.resources import corrections
from library.core.resource import Status
from library.metadata import decide
from library.web.staff.tables import page as tables_page
from tests.library.web.conftest import Shelf
from tests.library.web.staff.batch.test_batch import confirmed, held, undone
from tests.library.web.staff.conftest import token_of
from tests.markup import has, texts

Rows = list[dict[str, str]]


def taken(client: TestClient, query: str = "") -> Rows:
    answer = client.get(f"/staff/resources.csv?{query}")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def sent(client: TestClient, content: bytes | Rows, name: str = "ours.csv") -> str:
    """The address of the preview of a table."""
    if isinstance(content, list):
        made = io.StringIO()
        writer = csv.DictWriter(made, list(content[0]))
        writer.writeheader()
        writer.writerows(content)
        content = made.getvalue().encode()
    token = token_of(client.get("/staff/tables").text)
    answer = client.post("/staff/tables", data={"form": token}, files={"table": (name, content)})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0]


def test_an_export_sent_back_changes_nothing(ben: TestClient) -> None:
    assert len(taken(ben)) == 3  # drafts too
    for content, name in (
        (ben.get("/staff/resources.csv").content, "all.csv"),
        (ben.get("/staff/resources.json").content, "all.json"),
    ):
        page = ben.get(sent(ben, content, name)).text
        assert "0 resources would change." in page
        assert "2 are so already." in page
        assert not has(page, '[name="seal"]')
        assert name in page


def test_a_search_is_taken_and_no_more(ben: TestClient) -> None:
    [row] = taken(ben, "status=draft")
    assert row["title"] == "A secret draft"
    assert len(json.loads(ben.get("/staff/resources.json?words=fund").content)) == 2
    assert ben.get("/staff/resources.json?words=nothing").json() == []


def test_a_table_is_looked_at_taken_and_undone(desk_shelf: Shelf, ben: TestClient) -> None:
    rows = taken(ben)
    for row in rows:
        row["publisher"] = "The network"
    draft = next(row for row in rows if row["status"] == "draft")
    draft["title"], draft["status"] = "No secret", "published"
    address = sent(ben, rows)
    page = ben.get(address)
    assert "2 resources would change." in page.text
    changed = dict(zip(texts(page, "del"), texts(page, "del + ins"), strict=True))
    assert changed["A secret draft"] == "No secret"
    assert "ours.csv" in ben.get("/staff/tables").text  # it waits there, whatever the browser does
    done = confirmed(ben, address)
    assert "ours.csv" in ben.get(done).text
    resource = held(desk_shelf, draft["id"])
    assert (resource.status, resource.slug) == (Status.PUBLISHED, "no-secret")
    assert ben.get("/search?q=zanzibar").text.count("No secret")
    assert ben.get("/resources/a-secret-draft").status_code in (301, 308)
    undone(ben, done)
    resource = held(desk_shelf, draft["id"])
    assert (resource.status, resource.publisher) == (Status.DRAFT, "")
    assert "No secret" not in ben.get("/search?q=zanzibar").text


def test_mistakes_are_told_by_cell_and_nothing_is_taken(desk_shelf: Shelf, ben: TestClient) -> None:
    rows = taken(ben)
    rows[0]["topic"], rows[1]["date"] = "organizng", "whenever"
    rows[2]["publisher"] = "The network"
    page = ben.get(sent(ben, rows)).text
    assert "2 cells are wrong." in page
    assert "Row 2, column “topic”" in page
    assert "Close to it:" in page
    assert "Row 3, column “date”" in page
    assert not has(page, '[name="seal"]')
    address = sent(ben, rows)
    answer = ben.post(address, data={"form": token_of(page), "seal": "0"})
    assert answer.status_code == 409
    assert held(desk_shelf, rows[2]["id"]).publisher == ""


def test_no_more_mistakes_are_shown_than_help(
    ben: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables_page, "MOST_FAULTS", 2)
    rows = [{"file": "", "title": f"T{n}"} for n in range(5)]
    page = ben.get(sent(ben, rows)).text
    assert "5 cells are wrong." in page
    assert "and 3 more" in page


def test_rows_for_files_that_are_not_here_stand_apart(ben: TestClient) -> None:
    page = ben.get(sent(ben, [{"file": "later.pdf", "title": "Later"}])).text
    assert "Row 2: later.pdf" in page
    assert "metadata.csv" in page


def test_what_changed_since_the_table_was_made_is_told(desk_shelf: Shelf, ben: TestClient) -> None:
    rows = taken(ben)
    one = next(row for row in rows if row["status"] == "draft")
    one["rights"] = "Ours"
    with desk_shelf.catalogue.write() as writer:
        words = {one["edition"]: {"publisher": "Another"}}
        corrections.correct(writer, one["id"], words, by="ana", decide=decide)
    address = sent(ben, rows)
    assert "look twice" in ben.get(address).text
    confirmed(ben, address)
    resource = held(desk_shelf, one["id"])
    assert (resource.publisher, resource.editions[0].rights) == ("Another", "Ours")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "No file was chosen"),
        (b"PK\x03\x04rest", "spreadsheet program"),
        ("file,title\nx,señal".encode("latin-1"), "not in UTF-8"),
        (b'file,title\n"x"y,z\n', "The table cannot be read"),
        (b"file,title\n", "no row in this table"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, told: str, ben: TestClient) -> None:
    token = token_of(ben.get("/staff/tables").text)
    answer = ben.post("/staff/tables", data={"form": token}, files={"table": ("t.csv", content)})
    assert answer.status_code == 422
    assert told in answer.text


def test_the_empty_table_has_the_columns_people_fill_in(ben: TestClient) -> None:
    text = ben.get("/staff/tables/template.csv").content.decode("utf-8-sig")
    assert text.startswith("file,language,title,")
    assert "version" not in text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04rest", "Es un archivo de un programa de hojas de cálculo"),
        (b'file,title\n"x"y,z\n', "La tabla no se puede leer"),
        (b'{"file": ', "La tabla no es JSON"),
        (b"[1, 2]", "La tabla es una lista de algo que no son filas"),
        (b"\n\n", "La tabla está vacía"),
    ],
)
def test_why_a_table_is_refused_is_told_in_the_readers_language(
    content: bytes, told: str, ben: TestClient
) -> None:
    token = token_of(ben.get("/staff/tables").text)
    ben.cookies.set("language", "es")
    answer = ben.post("/staff/tables", data={"form": token}, files={"table": ("t.csv", content)})
    assert answer.status_code == 422
    assert told in answer.text
    assert "The table" not in answer.text
