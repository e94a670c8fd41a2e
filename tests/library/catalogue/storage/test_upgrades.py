"""Catalogues that older versions made are brought to this code's tables, and lose nothing."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, text

from library.catalogue import open_catalogue
from library.catalogue.resources.listing import Narrowing, Question, every
from library.catalogue.statistics import holdings
from library.catalogue.storage import upgrades
from library.catalogue.vocabulary import schemes
from library.core.settings import Settings


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
                "text_quality, scanned, contents, laid_out, added) VALUES "
                f"('{number}', '{number}', '{sha256}', 'en', 'Title', '', '[]', '', '', '', "
                f"'a.txt', 'text/plain', 1, 1, 1, 1.0, 0, '[]', 1, '{moment}')",
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
