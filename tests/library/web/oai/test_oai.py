"""The library is harvested by programs that others wrote, and held against the protocol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import insert
from starlette.testclient import TestClient

from library.catalogue.editions import merge
from library.catalogue.resources import status
from library.catalogue.storage import schema
from library.core.resource import Collection, PartialDate, Standing, Status
from library.core.settings import Settings
from library.web.app import app_of
from library.web.oai import page
from tests.library.web.conftest import Shelf
from tests.library.web.oai.harvesters import (
    CannotDisseminateFormat,
    IdDoesNotExist,
    Scythe,
    Sickle,
)
from tests.library.web.oai.schemas import OAI, SHAPES, published
from tests.library.web.test_browser import served

BASE = "https://library.example.org"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(Settings(home=tmp_path / "home", base_url=BASE, contact="us@library.example.org"))
    for number in range(7):
        made.add(
            f"Guide {number} <for> strikes & funds\x0b",
            [f"Page of {number}."],
            work=f"guide-{number}",
            summary="What is asked, and of whom.",
            date=PartialDate(2010 + number, 5),
            topic=(made.vocabularies.order("topic")[number % 2],),
            place=("ke",),
            kind="toolkit",
            audience=(made.vocabularies.order("audience")[0],),
            publisher="The union",
            series="Funds",
        )
    made.add("Guía", ["Una página."], language="es", work="guide-0")
    made.add("A secret draft", ["Not yet."], status=Status.DRAFT)
    with made.catalogue.write() as writer:
        writer.set_collection(Collection("start", "Start here", "", tuple(ids(made)[:2])))
    made.index()
    yield made
    made.engine.close()
    made.catalogue.close()


@pytest.fixture
def client(shelf: Shelf) -> TestClient:
    return TestClient(app_of(shelf.site()))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers of three, so that seven records come in parts."""
    monkeypatch.setattr(page, "RECORDS", 3)
    monkeypatch.setattr(page, "HEADERS", 3)


def ids(shelf: Shelf) -> list[str]:
    return shelf.catalogue.every()


def asked(client: TestClient, **arguments: str) -> etree._Element:
    answer = client.get("/oai", params=arguments)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    return held(etree.fromstring(answer.content))


def held(tree: etree._Element) -> etree._Element:
    """The answer, after it was held against the protocol and the published schemas."""
    names = [child.tag.removeprefix(OAI) for child in tree]
    assert names[:2] == ["responseDate", "request"] and len(names) >= 3
    for element in tree.iter(*(OAI + name for name in SHAPES)):
        shape = re.sub(r"(\w+)([?*+]?) ?", r"(?:\1 )\2", SHAPES[element.tag.removeprefix(OAI)])
        inside = "".join(f"{child.tag.removeprefix(OAI)} " for child in element)
        assert re.fullmatch(shape, inside), (element.tag, inside)
    for element in tree.iter(OAI + "setSpec"):
        assert re.fullmatch(r"[\w\-.!~*'()]+(:[\w\-.!~*'()]+)*", element.text, re.ASCII)
    for element in tree.iter(OAI + "datestamp", OAI + "responseDate"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.text)
    for metadata in tree.iter(OAI + "metadata"):
        [record] = metadata
        name = "mods-3-4.xsd" if "mods" in record.tag else "oai_dc.xsd"
        published(name).assertValid(etree.fromstring(etree.tostring(record)))
    return tree


def identifiers(client: TestClient, **more: str) -> list[tuple[str, bool]]:
    """What a list holds, followed to its end: ids, and whether each is gone."""
    found, arguments = [], {"metadataPrefix": "oai_dc", **more}
    while True:
        tree = asked(client, verb="ListIdentifiers", **arguments)
        for header in tree.iter(OAI + "header"):
            name = header.findtext(OAI + "identifier").rpartition(":")[2]
            found.append((name, header.get("status") == "deleted"))
        token = tree.findtext(f".//{OAI}resumptionToken")
        if not token:
            return found
        arguments = {"resumptionToken": token}


def error(client: TestClient, query: str) -> str:
    tree = held(etree.fromstring(client.get(f"/oai?{query}").content))
    [found] = tree.findall(OAI + "error")
    code: str = found.get("code")
    return code


@pytest.mark.usefixtures("small")
def test_two_harvesters_take_all_of_it(shelf: Shelf) -> None:
    with served(shelf.site()) as address:
        sickle = Sickle(f"{address}/oai")
        identified = sickle.Identify()
        assert identified.adminEmail == "us@library.example.org"
        assert identified.deletedRecord == "persistent"
        assert {one.metadataPrefix for one in sickle.ListMetadataFormats()} == {"oai_dc", "mods"}
        records = list(sickle.ListRecords(metadataPrefix="oai_dc"))
        assert len(records) == 7
        first = records[-1].metadata  # it changed last: an edition joined it
        assert first["title"] == ["Guide 0 <for> strikes & funds", "Guía"]
        assert first["language"] == ["en", "es"]
        assert first["identifier"][0].startswith(f"{BASE}/resources/guide-0")
        posted = Sickle(f"{address}/oai", http_method="POST")
        assert len(list(posted.ListIdentifiers(metadataPrefix="mods", set="place:africa"))) == 7
        sets = {one.setSpec for one in sickle.ListSets()}
        assert {"kind:toolkit", "collection:start", "language:es"} <= sets
        for one in sorted(sets):  # each that is offered holds something
            assert list(sickle.ListIdentifiers(metadataPrefix="oai_dc", set=one))
        name = records[3].header.identifier
        assert sickle.GetRecord(identifier=name, metadataPrefix="oai_dc").header.datestamp
        with pytest.raises(IdDoesNotExist):
            sickle.GetRecord(identifier=f"{name}x", metadataPrefix="oai_dc")
        with pytest.raises(CannotDisseminateFormat):
            sickle.GetRecord(identifier=name, metadataPrefix="marc21")
        with closing(Scythe(f"{address}/oai")) as scythe:
            assert len(list(scythe.list_records(metadata_prefix="mods"))) == 7
            assert {one.setSpec for one in scythe.list_sets()} == sets


@pytest.mark.parametrize("format_", ["oai_dc", "mods"])
def test_records_are_as_the_published_schemas_say(client: TestClient, format_: str) -> None:
    tree = asked(client, verb="ListRecords", metadataPrefix=format_)
    assert len(tree.findall(f".//{OAI}metadata")) == 7
    asked(client, verb="Identify")
    asked(client, verb="ListSets")
    asked(client, verb="ListMetadataFormats")
    assert "secret draft" not in etree.tostring(tree).decode()


@pytest.mark.usefixtures("small")
def test_a_harvest_misses_nothing_that_changes_meanwhile(client: TestClient, shelf: Shelf) -> None:
    every = ids(shelf)
    tree = asked(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
    seen = [one.text.rpartition(":")[2] for one in tree.iter(OAI + "identifier")]
    token = tree.findtext(f".//{OAI}resumptionToken")
    with shelf.catalogue.write() as writer:
        writer.touch(seen[0])  # taken already
        writer.touch(next(id_ for id_ in every if id_ not in seen))
    new = shelf.add("A new one", ["It came meanwhile."])
    rest: list[str] = []
    while token:
        tree = asked(client, verb="ListIdentifiers", resumptionToken=token)
        rest += [one.text.rpartition(":")[2] for one in tree.iter(OAI + "identifier")]
        token = tree.findtext(f".//{OAI}resumptionToken")
    assert {*seen, *rest} == {*every, new}
    assert seen[0] in rest and len(rest) == len(set(rest))
    # The token is as good after the last part was taken, and of another process.
    assert tree.find(f".//{OAI}resumptionToken") is not None


def test_what_is_gone_is_told_and_what_was_never_there_is_not(
    client: TestClient, shelf: Shelf
) -> None:
    withdrawn, replaced, joined, back, stays, *_ = ids(shelf)
    with shelf.catalogue.write() as writer:
        status.put(writer, withdrawn, Standing(Status.WITHDRAWN, reason="Names."), by="ana")
        status.put(writer, replaced, Standing(Status.SUPERSEDED, successor=stays), by="ana")
        status.put(writer, back, Standing(Status.DRAFT), by="ana")
        status.put(writer, back, Standing(Status.PUBLISHED), by="ana")
        editions = schema.editions
        writer.conn.execute(
            editions.update()
            .where(editions.c.resource == joined)
            .values(resource=stays, language="fr")
        )
        merge.absorb(writer, joined, stays)
    found = dict(identifiers(client))
    assert {id_ for id_, gone in found.items() if gone} == {withdrawn, replaced, joined}
    assert {back, stays} <= {id_ for id_, gone in found.items() if not gone}
    assert len(found) == 7  # and not the draft
    # Who harvests one set learns of what left it by being withdrawn.
    assert (withdrawn, True) in identifiers(client, set="kind:toolkit")
    name = f"oai:library.example.org:{withdrawn}"
    tree = asked(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=name)
    assert tree.find(f".//{OAI}header").get("status") == "deleted"
    assert tree.find(f".//{OAI}metadata") is None
    draft = shelf.add("Another draft", ["No."], status=Status.DRAFT)
    query = f"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:library.example.org:{draft}"
    assert error(client, query) == "idDoesNotExist"


def test_from_and_until_by_day_and_by_second(client: TestClient, shelf: Shelf) -> None:
    moments = ["2020-01-01T10:00:00.500000", "2020-01-01T10:00:01.000000", "2020-01-02T00:00:00.0"]
    every = ids(shelf)
    table = schema.resources
    with shelf.catalogue.write() as writer:
        for id_, moment in zip(every, moments, strict=False):
            changed = {"changed": f"{moment:0<26}+00:00"}
            writer.conn.execute(table.update().where(table.c.id == id_).values(**changed))

    def within(**more: str) -> list[int]:
        return [every.index(id_) for id_, _ in identifiers(client, **more)]

    assert within(until="2020-01-01") == [0, 1]
    assert within(until="2020-01-02") == [0, 1, 2]
    assert within(until="2020-01-01T10:00:00Z") == [0]
    assert within(**{"from": "2020-01-01T10:00:01Z", "until": "2020-01-02T00:00:00Z"}) == [1, 2]
    assert within(**{"from": "2020-01-02", "until": "2020-01-02"}) == [2]
    assert len(within(**{"from": "2020-01-02T00:00:01Z"})) == 4
    tree = asked(client, verb="Identify")
    assert tree.findtext(f".//{OAI}earliestDatestamp") == "2020-01-01T10:00:00Z"


LIST = "verb=ListRecords&metadataPrefix=oai_dc"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=", "badVerb"),
        ("verb=identify", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&set=x", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        (f"{LIST}&metadataPrefix=oai_dc", "badArgument"),
        (f"{LIST}&from=2020", "badArgument"),
        (f"{LIST}&from=2020-02-30", "badArgument"),
        (f"{LIST}&from=2020-01-01T10:00Z", "badArgument"),
        (f"{LIST}&from=", "badArgument"),
        (f"{LIST}&from=2020-01-01&until=2020-01-01T10:00:00Z", "badArgument"),
        (f"{LIST}&from=2020-01-02&until=2020-01-01", "badArgument"),
        (f"{LIST}&resumptionToken=x", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=WzEsMl0", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=W1tbW1tbW1tb", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        (f"{LIST}&set=topic:nothing-such", "noRecordsMatch"),
        (f"{LIST}&set=%22%3Cx%01", "noRecordsMatch"),
        (f"{LIST}&until=0001-01-01", "noRecordsMatch"),
        (f"{LIST}&from=9999-12-31&until=9999-12-31", "noRecordsMatch"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=%01%EF%BF%BE", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=oai:elsewhere:1", "idDoesNotExist"),
    ],
)
def test_mistakes_are_named_as_the_protocol_names_them(
    client: TestClient, query: str, code: str
) -> None:
    assert error(client, query) == code


def test_where_no_contact_is_set_the_schema_still_holds(tmp_path: Path) -> None:
    shelf = Shelf(Settings(home=tmp_path / "home"))
    tree = asked(TestClient(app_of(shelf.site())), verb="Identify")
    assert tree.findtext(f".//{OAI}adminEmail") == "nobody@library.invalid"
    assert tree.find(f".//{OAI}description") is None  # "testserver" is no domain's name


def test_ten_thousand_records_are_harvested_whole_and_in_parts(tmp_path: Path) -> None:
    """Bounded in statements, not in time: what an answer costs does not grow with its place."""
    shelf = Shelf(Settings(home=tmp_path / "home", base_url=BASE))
    fill(shelf, 10_000)
    client = TestClient(app_of(shelf.site()))
    taken, token, parts = set(), "", 0
    while parts == 0 or token:
        more = {"resumptionToken": token} if token else {"metadataPrefix": "oai_dc"}
        answer = client.get("/oai", params={"verb": "ListIdentifiers", **more})
        tree = etree.fromstring(answer.content)
        taken |= {one.text for one in tree.iter(OAI + "identifier")}
        token, parts = tree.findtext(f".//{OAI}resumptionToken"), parts + 1
    assert (len(taken), parts) == (10_000, 20)
    with shelf.catalogue.snapshot() as moment:
        query = (
            "EXPLAIN QUERY PLAN SELECT changed, id FROM resources WHERE status IN ('published') "
            "AND changed >= 'x' AND (changed > 'x' OR (changed = 'x' AND id > 'y')) "
            "ORDER BY changed, id LIMIT 101"
        )
        plan = [row[3] for row in moment.conn.exec_driver_sql(query)]
    assert plan == [
        "SEARCH resources USING COVERING INDEX ix_resources_status_changed (status=? AND changed>?)"
    ]


def fill(shelf: Shelf, number: int) -> None:
    """A catalogue of so many works, without files: what a harvest is made of, and no more."""
    began = datetime(2020, 1, 1, tzinfo=UTC)
    rows: dict[str, list[dict[str, object]]] = {
        "originals": [], "resources": [], "slugs": [], "editions": [], "concepts": [],
    }  # fmt: skip
    for place in range(number):
        id_, sha256 = f"{place:010x}", f"{place:064x}"
        moment = (began + timedelta(seconds=place // 7)).isoformat(timespec="microseconds")
        file = {"filename": "a.pdf", "media_type": "application/pdf", "bytes": 9}
        rows["originals"].append({"sha256": sha256, "added": moment, **file})
        rows["resources"].append(
            {"id": id_, "status": "published", "added": moment, "changed": moment}
        )
        rows["slugs"].append({"slug": f"work-{place}", "resource": id_, "current": True})
        rows["concepts"].append(
            {"resource": id_, "facet": "topic", "concept": "law", "position": 0}
        )
        rows["editions"].append({
            "id": sha256[-16:], "resource": id_, "sha256": sha256, "language": "en",
            "title": f"Work {place}", "authors": [], "pages": 1, "text_bytes": 9,
            "text_quality": 1.0, "contents": [], "laid_out": True, "added": moment, **file,
        })  # fmt: skip
    with shelf.catalogue.write() as writer:
        for table, lines in rows.items():
            writer.conn.execute(insert(schema.metadata.tables[table]), lines)
        writer.revise()
