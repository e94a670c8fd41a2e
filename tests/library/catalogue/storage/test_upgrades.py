"""What an upgrade has to think of, case by case; homes of each schema are in test_homes.py."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import create_engine, text

from library.catalogue import open_catalogue
from library.catalogue.queue import tasks
from library.catalogue.resources.listing import Narrowing, Question, every
from library.catalogue.statistics import holdings
from library.catalogue.storage import upgrades
from library.catalogue.vocabulary import schemes
from library.core.messages import KEPT_IN_ENGLISH, Message
from library.core.resource import PICTURES
from library.core.settings import Settings
from tests import needs

pytestmark = needs.SQLITE


def as_it_was(home: Path, revision: str) -> str:
    """A catalogue of an older version with two works, one of a kind; its address."""
    from alembic import command
    from alembic.config import Config

    address = f"sqlite:///{home / 'catalogue.sqlite'}"
    config = Config()
    config.set_main_option("script_location", str(upgrades.MIGRATIONS))
    engine = create_engine(address)
    with engine.begin() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, revision)
        moment = "2026-01-01T00:00:00.000000+00:00"
        scanned = ("scanned, ", "0, ") if revision > "0001" else ("", "")
        for number, kind in (("one", "toolkit"), ("two", "")):
            sha256 = number * 3
            add = (
                f"INSERT INTO originals VALUES ('{sha256}', 1, 'text/plain', 'a.txt', '{moment}')",
                "INSERT INTO resources (id, status, kind, publisher, series, added, changed) "
                f"VALUES ('{number}', 'published', '{kind}', 'Us', '', '{moment}', '{moment}')",
                f"INSERT INTO slugs VALUES ('{number}', '{number}', 1)",
                f"INSERT INTO concepts VALUES ('{number}', 'topic', 'law', 0)",
                "INSERT INTO editions (id, resource, sha256, language, title, summary, authors, "
                "date, rights, source_url, filename, media_type, bytes, pages, text_bytes, "
                f"text_quality, {scanned[0]}contents, laid_out, added) VALUES "
                f"('{number}', '{number}', '{sha256}', 'en', 'Title', '', '[]', '', '', '', "
                f"'a.txt', 'text/plain', 1, 1, 1, 1.0, {scanned[1]}'[]', 1, '{moment}')",
            )
            for statement in add:
                conn.execute(text(statement))
    engine.dispose()
    return address


def test_a_kind_that_was_a_column_is_a_concept_like_any_other(tmp_path: Path) -> None:
    as_it_was(tmp_path, "0013")
    catalogue = open_catalogue(Settings(home=tmp_path))
    one, two = (catalogue.resource(number) for number in ("one", "two"))
    assert one is not None
    assert two is not None
    assert one.concepts == {"kind": ("toolkit",), "topic": ("law",)}
    assert (one.kind, one.publisher) == ("toolkit", "Us")
    assert (two.concepts, two.kind) == ({"topic": ("law",)}, "")
    with catalogue.read() as conn:
        assert schemes.counts(conn, "kind") == {"toolkit": {"published": 1}}
        assert schemes.holding(conn, "kind", ["toolkit"]) == ["one"]
        assert holdings.pairs(conn, "kind") == [("one", "toolkit")]
        of_kind = Narrowing("kind", frozenset({"toolkit"}))
        assert every(conn, Question(narrowed=(of_kind,))) == ["one"]
        assert every(conn, Question(narrowed=(Narrowing("kind", nothing=True),))) == ["two"]
    catalogue.close()


def test_what_was_said_in_english_of_unread_parts_is_kept(tmp_path: Path) -> None:
    address = as_it_was(tmp_path, "0013")
    migrate(address, "0016")
    lines = [
        "It holds 1 file that was not read: a.xlsx. Save such a file from Word, and add it.",
        "Pages whose words can only be read from their pictures: 2, 5 …. Install Tesseract "
        "(Debian: tesseract-ocr): the worker reads them.",
    ]
    old = [
        {"code": "arrival unread parts", "values": {"file": "a.txt", "detail": " ".join(lines)}},
        {"code": "arrival newer version", "values": {}},
    ]
    execute(
        address,
        ("UPDATE editions SET unread = :held WHERE id = 'one'", {"held": json.dumps(lines)}),
        (
            "INSERT INTO arrivals (path, sha256, fields, status, outcome, reason, message, "
            "messages, readers, attempts, owner, until, arrived, ended) VALUES ('a.txt', "
            "'oneoneone', '{}', 'published', 'partial', 'unread parts', '', :held, '1', 1, '', "
            "'', '', '')",
            {"held": json.dumps(old)},
        ),
    )
    catalogue = open_catalogue(Settings(home=tmp_path))
    one, two = (catalogue.resource(number) for number in ("one", "two"))
    assert one is not None
    assert two is not None
    assert one.editions[0].unread == (
        Message(KEPT_IN_ENGLISH, {"detail": lines[0]}),
        Message(PICTURES, {"pages": "2, 5 …"}),
    )
    assert two.editions[0].unread == ()
    [seen] = catalogue.ask(tasks.seen, 9)
    assert seen.arrival.messages == (
        Message("arrival unread parts", {"file": "a.txt"}),
        Message(KEPT_IN_ENGLISH, {"detail": " ".join(lines)}),
        Message("arrival newer version"),
    )
    catalogue.close()


def migrate(address: str, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(upgrades.MIGRATIONS))
    engine = create_engine(address)
    with engine.begin() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, revision)
    engine.dispose()


def execute(address: str, *statements: tuple[str, dict[str, str]]) -> None:
    engine = create_engine(address)
    with engine.begin() as conn:
        for statement, values in statements:
            conn.execute(text(statement), values)
    engine.dispose()
