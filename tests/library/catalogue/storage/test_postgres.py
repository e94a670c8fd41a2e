"""What the catalogue rests on holds in PostgreSQL as it does in SQLite, tried on a real server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from library.catalogue import Catalogue, open_catalogue
from library.catalogue.changes import history
from library.catalogue.queue import tasks
from library.catalogue.resources import collections
from library.catalogue.storage import postgres as backend
from library.catalogue.storage import schema, upgrades
from library.core.errors import Busy, NotUsable, Unreachable, UsageError
from library.core.resource import Collection
from library.core.settings import Settings
from tests import postgres
from tests.library.catalogue.builders import edition, put


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return postgres.library(tmp_path)


@pytest.fixture
def catalogue(settings: Settings) -> Iterator[Catalogue]:
    made = open_catalogue(settings)
    yield made
    made.close()


def test_the_migrations_make_the_tables_the_code_knows(catalogue: Catalogue) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with catalogue.read() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []


def test_texts_are_in_the_order_of_their_bytes(catalogue: Catalogue) -> None:
    with catalogue.read() as conn:
        tables = {"tables": list(schema.metadata.tables)}
        assert conn.execute(backend._OTHER_ORDER, tables).all() == []
    titles = ["a street", "Zeal", "Émile", "elire", "B", "a-street"]
    with catalogue.write() as writer:
        for number, title in enumerate(titles):
            writer.set_collection(Collection(f"c{number}", title, "", ()))
        writer.conn.exec_driver_sql("UPDATE collections SET position = 0")
    assert [one.title for one in catalogue.collections()] == sorted(titles)


def test_who_writes_waits_for_who_writes(catalogue: Catalogue, settings: Settings) -> None:
    told: list[str] = []
    wrote = threading.Event()

    def second() -> None:
        with closing(open_catalogue(settings)) as other, other.write() as writer:
            told.append("saw" if collections.of(writer.conn, "one") else "missed")

    with catalogue.write() as writer:
        thread = threading.Thread(target=second)
        thread.start()
        wrote.wait(0.3)
        assert told == []
        writer.set_collection(Collection("one", "One", "", ()))
    thread.join(30)
    assert told == ["saw"]


def test_who_waits_too_long_is_told_that_it_is_busy(
    catalogue: Catalogue, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "PATIENCE", "50ms")
    with closing(open_catalogue(settings)) as other, catalogue.write():
        with pytest.raises(Busy), other.write():
            pass
        assert other.totals().resources == 0  # readers wait for nobody


def test_a_task_is_taken_by_one(catalogue: Catalogue, settings: Settings) -> None:
    with catalogue.write() as writer:
        tasks.owe(writer.conn, "index", [f"r{number}" for number in range(40)])

    def take(_: int) -> list[str]:
        with closing(open_catalogue(settings)) as other:
            taken = []
            while some := other.claim("index", 60.0, 3):
                taken += [task.subject for task in some]
            return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [subject for some in pool.map(take, range(4)) for subject in some]
    assert sorted(taken) == sorted({f"r{number}" for number in range(40)})


def test_changes_made_at_once_are_one_chain(catalogue: Catalogue, settings: Settings) -> None:
    def change(number: int) -> None:
        with closing(open_catalogue(settings)) as other:
            for again in range(5):
                with other.write() as writer:
                    history.note(writer.conn, by=f"p{number}", action="edit", subject=f"s{again}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(change, range(4)))
    with catalogue.read() as conn:
        assert history.count(conn) == 20
        assert list(history.faults(conn)) == []


@pytest.mark.parametrize(
    "statement", ["UPDATE history SET by = 'x'", "DELETE FROM history", "TRUNCATE history"]
)
def test_the_history_is_only_added_to(catalogue: Catalogue, statement: str) -> None:
    with catalogue.write() as writer:
        history.note(writer.conn, by="ana", action="edit", subject="s")
    with pytest.raises(IntegrityError, match="only ever added"), catalogue.write() as writer:
        writer.conn.exec_driver_sql(statement)


def test_who_reads_sees_one_moment_and_writes_nothing(
    catalogue: Catalogue, settings: Settings
) -> None:
    with closing(open_catalogue(settings)) as other, catalogue.read() as conn:
        before = conn.scalar(select(func.count()).select_from(schema.originals))
        put(other, edition("a"))
        assert conn.scalar(select(func.count()).select_from(schema.originals)) == before == 0
        with pytest.raises(DBAPIError, match="read-only"):
            conn.execute(insert(schema.passed_over).values(words="", language="", by="", at=""))
    assert catalogue.totals().resources == 1


def test_an_original_of_three_gigabytes(catalogue: Catalogue) -> None:
    large = replace(edition("a"), bytes=3_000_000_000, text_bytes=2_500_000_000)
    put(catalogue, large)
    original = catalogue.original(large.sha256)
    assert original is not None
    assert original.bytes == 3_000_000_000
    with catalogue.write() as writer:  # numbers of rows too
        writer.conn.exec_driver_sql("SELECT setval('tasks_id_seq', 3000000000)")
        tasks.owe(writer.conn, "index", ["r"])
    assert [task.id for task in catalogue.claim("index", 60.0, 2)] == [1, 3_000_000_001]


def test_a_nul_in_a_text_is_told_as_what_is_not_known(catalogue: Catalogue) -> None:
    put(catalogue, edition("a", "Our\0streets"))
    [id_] = catalogue.every()
    resource = catalogue.resource(id_)
    assert resource is not None
    assert resource.editions[0].title == "Our\ufffdstreets"
    assert catalogue.by_slug("no\0such") is None


def test_what_is_there_twice_is_no_damage(catalogue: Catalogue) -> None:
    row = {"sha256": "a" * 64, "bytes": 1, "filename": "a", "added": ""}
    with pytest.raises(IntegrityError, match="pk_originals"), catalogue.write() as writer:
        for _ in range(2):
            writer.conn.execute(insert(schema.originals).values(**row))


def test_an_empty_database_is_made_a_library_only_when_that_is_asked(tmp_path: Path) -> None:
    empty = postgres.empty(tmp_path)
    for make in (False, True):
        with pytest.raises(NotUsable, match="no library in the database"):
            open_catalogue(empty, make=make)
    open_catalogue(empty, make=True, in_server=True).close()
    open_catalogue(empty).close()


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    empty = postgres.empty(tmp_path)
    engine = postgres.engine_of(empty)
    with engine.begin() as conn:
        conn.execute(text("CREATE TABLE theirs (x integer)"))
    engine.dispose()
    with pytest.raises(NotUsable, match="tables of something else"):
        open_catalogue(empty, make=True, in_server=True)


def test_a_database_that_was_lost_is_not_made_anew(tmp_path: Path) -> None:
    (tmp_path / "originals/ab/cd").mkdir(parents=True)
    (tmp_path / "originals/ab/cd/abcd").write_text("an original")
    with pytest.raises(NotUsable, match="missing, and there are originals"):
        open_catalogue(postgres.empty(tmp_path), make=True, in_server=True)


def test_a_sound_catalogue_has_no_faults_and_a_size(catalogue: Catalogue) -> None:
    put(catalogue, edition("a"))
    assert catalogue.faults() == []
    assert catalogue.size() > 1_000_000


def test_links_that_lead_nowhere_and_indexes_that_are_broken_are_faults(
    catalogue: Catalogue,
) -> None:
    put(catalogue, edition("a"))
    with catalogue.write() as writer:
        writer.conn.exec_driver_sql("SET LOCAL session_replication_role = replica")
        writer.conn.exec_driver_sql("DELETE FROM originals")
        writer.conn.exec_driver_sql(
            "UPDATE pg_index SET indisvalid = false "
            "WHERE indexrelid = 'ix_resources_series'::regclass"
        )
    assert catalogue.faults() == [
        "an index that cannot be used: ix_resources_series",
        "broken links: 1 of editions.sha256",
    ]


def test_no_connection_is_left_open(settings: Settings) -> None:
    open_catalogue(settings).close()
    with pytest.raises(NotUsable):
        open_catalogue(postgres.empty(settings.home / "other"), make=True)
    name = settings.database_url.rpartition("/")[2].partition("?")[0]
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %(name)s"
    assert postgres.ask(query, {"name": name}) == 0


def test_an_older_catalogue_is_brought_up_to_date(settings: Settings) -> None:
    engine = postgres.engine_of(settings)
    with engine.begin() as conn:
        for line in (
            "ALTER TABLE originals ALTER COLUMN bytes TYPE integer",
            'ALTER TABLE originals ALTER COLUMN filename TYPE varchar COLLATE "en_US"'
            if conn.scalar(text("SELECT 1 FROM pg_collation WHERE collname = 'en_US'"))
            else 'ALTER TABLE originals ALTER COLUMN filename TYPE varchar COLLATE "en-US-x-icu"',
            "DROP TRIGGER history_is_kept ON history",
            "DROP TABLE turns, upload_pieces",
            "UPDATE alembic_version SET version_num = '0044'",
        ):
            conn.exec_driver_sql(line)
    engine.dispose()
    with closing(open_catalogue(settings)) as catalogue:
        large = replace(edition("a"), bytes=3_000_000_000)
        put(catalogue, large)
        with catalogue.write() as writer:
            history.note(writer.conn, by="ana", action="edit", subject="s")
        with pytest.raises(IntegrityError), catalogue.write() as writer:
            writer.conn.exec_driver_sql("DELETE FROM history")
        with catalogue.read() as conn:
            assert conn.execute(backend._OTHER_ORDER, {"tables": ["originals"]}).all() == []
    assert upgrades.newest() == postgres.revision_of(settings)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (("host=", "port=1&host="), "No such file|refused"),
        (("/own_", "/none_"), "does not exist"),
        (("library@", "stranger:salary@"), 'role "stranger"'),
    ],
)
def test_a_server_that_does_not_open_is_said(
    settings: Settings, change: tuple[str, str], match: str
) -> None:
    wrong = replace(settings, database=settings.database.replace(*change))
    with pytest.raises(Unreachable, match=match) as caught:
        open_catalogue(wrong)
    assert "salary" not in str(caught.value)


def test_a_server_that_ends_what_is_asked_is_said(catalogue: Catalogue) -> None:
    with pytest.raises(Unreachable), catalogue.read() as conn:
        conn.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
    assert catalogue.totals().resources == 0  # on another connection


@pytest.mark.parametrize("kind", ["mysql", "postgresql+psycopg2", "postgresql+asyncpg", "no"])
def test_another_kind_of_database_is_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(UsageError, match=r"LIBRARY_DATABASE.*postgresql\+psycopg"):
        open_catalogue(Settings(home=tmp_path, database=f"{kind}://example/library"))


def test_the_driver_need_not_be_named(settings: Settings) -> None:
    short = replace(settings, database=settings.database.replace("+psycopg", ""))
    with closing(open_catalogue(short)) as catalogue:
        assert catalogue.totals().resources == 0
