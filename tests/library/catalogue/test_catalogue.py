"""The catalogue: what is written is what is read, and what readers may not see stays unseen.

Long because each test asks the whole catalogue, on the same small library.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from library.catalogue import Catalogue, Filed, open_catalogue
from library.catalogue.queue import tasks
from library.catalogue.resources import status
from library.catalogue.resources.slugs import slug_of
from library.catalogue.storage import upgrades
from library.core.errors import NotUsable, UsageError
from library.core.resource import (
    Block,
    Collection,
    Edition,
    Evidence,
    Heading,
    Outcome,
    Page,
    PartialDate,
    Standing,
    Statement,
    Status,
)
from library.core.settings import Settings


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = open_catalogue(Settings(home=tmp_path), make=True)
    yield made
    made.close()


def decide(statements: Sequence[Statement]) -> dict[str, Statement]:
    ranked = sorted(statements, key=lambda s: (s.source == "staff", s.confidence))
    return {one.field: one for one in ranked}


def edition(sha: str, title: str = "Our streets", language: str = "en", pages: int = 1) -> Edition:
    return Edition(
        id=(sha * 64)[:16],
        language=language,
        title=title,
        sha256=(sha * 64)[:64],
        media_type="application/pdf",
        filename=f"{sha}.pdf",
        bytes=10,
        pages=pages,
        authors=("A. Organiser",),
        date=PartialDate(2019, 5),
        contents=(Heading("One", 1),),
    )


def put(
    catalogue: Catalogue,
    one: Edition,
    *statements: Statement,
    work: str = "",
    status: Status = Status.PUBLISHED,
    replaces: str | None = None,
) -> Filed:
    with catalogue.write() as writer:
        writer.store_original(one.sha256, one.bytes, one.filename)
        return writer.file(
            one,
            [Page(1, "Words of the page", (Block("table", rows=(("a", "b"),)),), label="iv")],
            statements,
            decide,
            status=status,
            work=work,
            replaces=replaces,
        )


TOPIC = Statement("topic", ("organising", "law"), "guess", (Evidence(1, "organise"),), 0.6)


def test_an_edition_comes_back_as_it_went_in(catalogue: Catalogue) -> None:
    filed = put(catalogue, edition("a"), TOPIC, Statement("kind", "toolkit", "staff"))
    resource = catalogue.resource(filed.resource)
    assert resource is not None
    assert resource.editions == (edition("a"),)
    assert (resource.kind, resource.filed("topic")) == ("toolkit", ("organising", "law"))
    page = catalogue.page(filed.edition, 1)
    assert page == Page(1, "Words of the page", (Block("table", rows=(("a", "b"),)),), label="iv")
    assert catalogue.statements(filed.edition)[0] == TOPIC
    assert catalogue.page(filed.edition, 2) is None


def test_editions_of_one_work_are_one_resource(catalogue: Catalogue) -> None:
    first = put(catalogue, edition("a"), work="staff:streets")
    second = put(catalogue, edition("b", "Nuestras calles", "es"), work="staff:streets")
    assert (second.how, second.resource) == ("joined", first.resource)
    resource = catalogue.resource(first.resource)
    assert resource is not None
    assert resource.languages == ("en", "es")
    assert resource.edition("es").title == "Nuestras calles"
    third = put(catalogue, edition("c", "Other", "es"), work="staff:streets")
    assert third.how == "added"
    assert catalogue.totals().resources == 2


def test_the_same_file_is_one_edition(catalogue: Catalogue) -> None:
    first = put(catalogue, edition("a"))
    revision = catalogue.revision()
    again = put(catalogue, edition("a"))
    assert (again.how, again.resource) == ("duplicate", first.resource)
    assert catalogue.revision() == revision


def test_drafts_are_in_no_public_answer(catalogue: Catalogue) -> None:
    filed = put(catalogue, edition("a"), TOPIC, status=Status.DRAFT)
    shown = put(catalogue, edition("b"), TOPIC)
    with catalogue.write() as writer:
        both = Collection("c", "C", "", (filed.resource, shown.resource))
        writer.set_collection(both)
    assert catalogue.resource(filed.resource) is None
    assert catalogue.resource(filed.resource, public=False) is not None
    assert catalogue.by_slug("our-streets") is None
    assert [one.id for one in catalogue.newest(5)] == [shown.resource]
    assert catalogue.every() == [shown.resource]
    assert catalogue.totals().resources == 1
    assert [slug for slug, _ in catalogue.slugs()] == ["our-streets-2"]
    original = catalogue.original("a" * 64)
    assert original is not None
    assert not original.public
    public = catalogue.resource(shown.resource)
    assert public is not None
    assert catalogue.related(public, 5) == []
    [collection] = catalogue.collections()
    assert collection.resources == (shown.resource,)
    with catalogue.write() as writer:
        status.put(writer, filed.resource, Standing(Status.PUBLISHED), by="ana")
    assert catalogue.by_slug("our-streets") is not None
    assert [one.id for one in catalogue.related(public, 5)] == [filed.resource]


def test_an_address_is_never_given_twice_and_an_old_one_leads_on(catalogue: Catalogue) -> None:
    first = put(catalogue, edition("a"))
    with catalogue.write() as writer:
        assert writer.rename(first.resource, "A better title") == "a-better-title"
    second = put(catalogue, edition("b"))
    moved = catalogue.by_slug("our-streets")
    other = catalogue.resource(second.resource)
    assert moved is not None
    assert other is not None
    assert (moved.id, moved.slug) == (first.resource, "a-better-title")
    assert other.slug == "our-streets-2"
    with catalogue.write() as writer:
        assert writer.rename(first.resource, "Our streets") == "our-streets"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("¡Nuestra calle, nuestra mesa!", "nuestra-calle-nuestra-mesa"),
        ("Récupératrices : l’été", "recuperatrices-l-ete"),
        ("حقوق العمال", "حقوق-العمال"),
        ("घरेलू कामगार", "घरेलू-कामगार"),
        ("***", ""),
        ("word " * 40, "-".join(["word"] * 16)),
        ("x" * 200, "x" * 80),
    ],
)
def test_slugs_can_be_read(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_staffs_word_wins_and_both_are_kept(catalogue: Catalogue) -> None:
    filed = put(catalogue, edition("a"), TOPIC)
    with catalogue.write() as writer:
        writer.say(
            filed.edition,
            [Statement("topic", ("health",), "staff"), Statement("title", "Told", "staff")],
            decide,
        )
    resource = catalogue.resource(filed.resource)
    assert resource is not None
    assert resource.filed("topic") == ("health",)
    assert resource.editions[0].title == "Told"
    assert {one.source for one in catalogue.statements(filed.edition)} == {"guess", "staff"}


def test_a_newer_version_keeps_the_address(catalogue: Catalogue) -> None:
    first = put(catalogue, edition("a"))
    second = put(catalogue, edition("b"), replaces=first.edition)
    assert (second.how, second.resource, second.edition) == (
        "replaced",
        first.resource,
        first.edition,
    )
    resource = catalogue.by_slug("our-streets")
    assert resource is not None
    assert resource.editions[0].sha256 == "b" * 64


def test_a_transaction_is_kept_whole_or_not_at_all(catalogue: Catalogue) -> None:
    with pytest.raises(RuntimeError), catalogue.write() as writer:
        writer.store_original("a" * 64, 1, "a.pdf")
        raise RuntimeError
    assert catalogue.original("a" * 64) is None


def test_the_outbox_owes_an_index_for_every_change_and_leases_run_out(
    catalogue: Catalogue,
) -> None:
    filed = put(catalogue, edition("a"))
    with catalogue.write() as writer:
        [task] = tasks.claim(writer.conn, "index", "me", 60, 10)
        assert task.subject == filed.resource
        assert tasks.claim(writer.conn, "index", "another", 60, 10) == []
    with catalogue.write() as writer:
        # Owed once more while it was done.
        status.put(writer, filed.resource, Standing(Status.DRAFT), by="ana")
        tasks.finish(writer.conn, [task.id])
        assert tasks.owed(writer.conn, "index") == 1
        [again] = tasks.claim(writer.conn, "index", "me", -1, 10)
        [taken] = tasks.claim(writer.conn, "index", "another", 60, 10)
        assert taken.id == again.id
        tasks.give_back(writer.conn, [taken.id], tried=False)
        assert tasks.claim(writer.conn, "index", "third", 60, 10) != []


def test_nobody_waits_for_one_who_finds_nothing_to_do(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Catalogue, "write", lambda self: pytest.fail("asked for the lock"))
        assert catalogue.claim("layout", 60) == []
        assert catalogue.claim_arrivals(60) == []
    with catalogue.write() as writer:
        tasks.owe(writer.conn, "layout", ["e", "f"])
    assert [task.subject for task in catalogue.claim("layout", 60)] == ["e"]
    assert [task.subject for task in catalogue.claim("layout", 60)] == ["f"]


def test_a_task_that_always_fails_is_left_for_a_person(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        tasks.owe(writer.conn, "layout", ["e"])
        for _ in range(tasks.ATTEMPTS):
            [task] = tasks.claim(writer.conn, "layout", "me", 60, 1)
            tasks.give_back(writer.conn, [task.id], tried=True)
        assert tasks.claim(writer.conn, "layout", "me", 60, 1) == []
        assert tasks.stuck(writer.conn) == [("layout", "e", (task.id,))]
        tasks.try_again(writer.conn, [task.id])
        assert tasks.claim(writer.conn, "layout", "me", 60, 1) != []


def test_an_arrival_is_read_by_one_and_remembered(catalogue: Catalogue) -> None:
    filed = put(catalogue, edition("a"))
    with catalogue.write() as writer:
        first = tasks.record(writer.conn, "/x/a.pdf", "a" * 64, {"t": "1"}, Status.DRAFT, "me", 60)
        assert first is not None
        assert first.fields == {"t": "1"}
        other = tasks.record(writer.conn, "/x/a.pdf", "a" * 64, {}, Status.DRAFT, "you", 60)
        assert other is None
        assert tasks.claim_arrivals(writer.conn, "you", 60, 5) == []
        tasks.end_arrival(writer.conn, first.id, Outcome.ADDED, readers="1", edition=filed.edition)
        ended = tasks.arrival(writer.conn, "/x/a.pdf", "a" * 64)
        assert ended is not None
        assert ended.outcome is Outcome.ADDED
        assert tasks.waiting_arrivals(writer.conn) == 0


def test_threads_write_one_after_the_other(catalogue: Catalogue) -> None:
    def store(number: int) -> None:
        for n in range(5):
            put(catalogue, edition(f"{number}{n}", title=f"Title {number}"))

    threads = [threading.Thread(target=store, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert catalogue.totals().resources == 30
    assert len({slug for slug, _ in catalogue.slugs()}) == 30


def test_the_database_is_durable_and_strict(catalogue: Catalogue) -> None:
    with catalogue.read() as conn:
        told = {
            name: conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 15000,
    }
    assert catalogue.faults() == []


def test_a_library_that_was_never_made_says_how(tmp_path: Path) -> None:
    with pytest.raises(NotUsable, match="library init"):
        open_catalogue(Settings(home=tmp_path))


def test_a_database_of_another_kind_or_time_is_refused(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(b"not a database at all, but some text" * 100)
    with pytest.raises(NotUsable, match="cannot be used"):
        open_catalogue(Settings(home=tmp_path))
    newer = tmp_path / "newer"
    open_catalogue(Settings(home=newer), make=True).close()
    conn = sqlite3.connect(newer / "catalogue.sqlite")
    conn.execute("UPDATE alembic_version SET version_num = '9999'")
    conn.commit()
    conn.close()
    with pytest.raises(NotUsable, match="newer version"):
        open_catalogue(Settings(home=newer))
    with pytest.raises(UsageError, match="not a database URL"):
        open_catalogue(Settings(home=tmp_path, database="nonsense"))


def test_the_migrations_make_the_tables_the_code_knows(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from library.catalogue.storage.schema import metadata

    made = open_catalogue(Settings(home=tmp_path), make=True)
    with made.read() as conn:
        assert compare_metadata(MigrationContext.configure(conn), metadata) == []
    made.close()


def test_the_newest_revision_is_told_without_asking_alembic() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(upgrades.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [upgrades.newest()]


def test_a_catalogue_that_is_up_to_date_needs_no_alembic(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    open_catalogue(settings, make=True).close()
    program = (
        "import sys; from pathlib import Path; from library.core.settings import Settings; "
        "from library.catalogue import open_catalogue; "
        "open_catalogue(Settings(home=Path(sys.argv[1]))).close(); "
        "print([name for name in sys.modules if name.partition('.')[0] == 'alembic'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def refuses(home: Path, match: str) -> None:
    """Whether nothing takes it for a library, new or old, and nothing of it is changed."""
    path = home / "catalogue.sqlite"
    before = path.read_bytes() if path.exists() else None
    for make in (False, True):
        with pytest.raises(NotUsable, match=match) as told:
            open_catalogue(Settings(home=home), make=make)
        assert "library restore" in told.value.remedy
    assert (path.read_bytes() if path.exists() else None) == before


def test_an_empty_cut_or_strange_catalogue_is_no_new_library(tmp_path: Path) -> None:
    open_catalogue(Settings(home=tmp_path), make=True).close()
    path = tmp_path / "catalogue.sqlite"
    whole = path.read_bytes()
    for content, match in (
        (b"", "empty: 0 bytes"),
        (whole[:50], "cut short"),
        (whole[: len(whole) // 2], "cut short"),
        (whole[:-1], "cut short"),
        (b"\0" * len(whole), "not a SQLite database"),
        (os.urandom(4096), "not a SQLite database"),
        (b"<html>Your login has expired</html>", "not a SQLite database"),
    ):
        path.write_bytes(content)
        refuses(tmp_path, match)
    path.write_bytes(whole)
    open_catalogue(Settings(home=tmp_path)).close()


def test_a_database_of_another_program_is_no_library(tmp_path: Path) -> None:
    for statements in (
        ["PRAGMA journal_mode=WAL"],
        ["CREATE TABLE alembic_version (version_num TEXT)"],
        ["CREATE TABLE moz_places (id INTEGER)"],
        [
            "CREATE TABLE alembic_version (version_num TEXT)",
            "INSERT INTO alembic_version VALUES ('0001')",
        ],
    ):
        with closing(sqlite3.connect(tmp_path / "catalogue.sqlite")) as conn:
            for statement in statements:
                conn.execute(statement)
            conn.commit()
        refuses(tmp_path, "the tables of no library")
        (tmp_path / "catalogue.sqlite").unlink()


def test_a_missing_catalogue_beside_originals_is_no_new_library(tmp_path: Path) -> None:
    original = tmp_path / "originals/ab/cd" / ("abcd" + "0" * 60)
    original.parent.mkdir(parents=True)
    original.write_text("words")
    refuses(tmp_path, "is missing, and there are originals")
    original.unlink()
    (tmp_path / "catalogue.sqlite-wal").write_text("a log")
    refuses(tmp_path, "its log")
    (tmp_path / "catalogue.sqlite-wal").unlink()
    (tmp_path / "catalogue.sqlite").symlink_to(tmp_path / "disk/that/is/not/there")
    with pytest.raises(NotUsable, match="leads nowhere"):
        open_catalogue(Settings(home=tmp_path), make=True)
    (tmp_path / "catalogue.sqlite").unlink()
    open_catalogue(Settings(home=tmp_path), make=True).close()
    assert [one.name for one in tmp_path.glob("catalogue*")] == ["catalogue.sqlite"]


def test_one_that_was_stopped_while_it_was_made_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(upgrades, "bring_up_to_date", stop)
    with pytest.raises(KeyboardInterrupt):
        open_catalogue(Settings(home=tmp_path), make=True)
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []
    code = (
        "import sys; from pathlib import Path; from library.catalogue import open_catalogue; "
        "from library.core.settings import Settings; "
        "print(open_catalogue(Settings(home=Path(sys.argv[1])), make=True).totals().resources)"
    )
    begun = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE)
        for _ in range(3)  # several at once, whoever is quickest
    ]
    assert [one.communicate(timeout=120)[0] for one in begun] == [b"0\n"] * 3
    assert not list(tmp_path.glob("*.new-*"))
