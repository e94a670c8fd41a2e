"""Ingestion as staff use it: every file ends in a named state, and nothing stored is harmed.

Long because each way a file can end stands beside the others, on the same small library.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from library import extractors, sandbox
from library.catalogue.queue import tasks
from library.cli.parts import Library
from library.core.cancellation import Stopping
from library.core.errors import StorageFull, TooSlow
from library.core.leases import me
from library.core.resource import Outcome, Status
from library.ingestion import folders, pipeline
from library.operations.check import check
from library.store import originals
from tests import builders, needs
from tests.library.ingestion.bringing import LONG, bring_in, found, make, only, sheet, sound


def test_files_of_every_kind_can_be_found_and_read(library: Library, inbox: Path) -> None:
    (inbox / "a.md").write_text(f"# Our pavement\n\n{LONG}\n\n- brooms\n- bins\n", "utf-8")
    (inbox / "b.html").write_text(
        f"<html lang=en><title>Our bins</title><body><nav>Menu</nav><h1>Our bins</h1><p>{LONG}</p>",
        "utf-8",
    )
    (inbox / "c.txt").write_text(f"OUR BROOMS\n\n{LONG}", "utf-8")
    (inbox / "d.pdf").write_bytes(sheet("Our stall licences"))
    ended = bring_in(library, inbox)
    assert {one.outcome for one in ended.values()} == {Outcome.ADDED}
    assert {one.language for one in ended.values()} == {"en"}
    assert found(library, "brooms bins") == ["Our pavement"]
    assert len(found(library, "pavement neighbours")) == 4
    markdown = library.catalogue.resource(ended["a.md"].resource or "")
    assert markdown is not None
    page = library.catalogue.page(markdown.editions[0].id, 1)
    assert page is not None
    assert [block.kind for block in page.blocks] == ["heading", "paragraph", "item", "item"]
    assert all(e.laid_out for r in library.catalogue.newest(9) for e in r.editions)
    assert sound(library)


def test_the_same_file_again_is_unchanged_and_elsewhere_a_duplicate(
    library: Library, inbox: Path
) -> None:
    (inbox / "a.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    first = bring_in(library, inbox)["a.md"]
    assert bring_in(library, inbox)["a.md"].outcome is Outcome.UNCHANGED
    shutil.copy(inbox / "a.md", inbox / "copy.md")
    ended = bring_in(library, inbox)
    assert ended["a.md"].outcome is Outcome.UNCHANGED
    assert ended["copy.md"].outcome is Outcome.DUPLICATE
    assert first.resource is not None
    assert first.resource in ended["copy.md"].said
    assert bring_in(library, inbox)["copy.md"].outcome is Outcome.UNCHANGED
    assert library.catalogue.totals().editions == 1


def test_staffs_word_wins_groups_editions_and_may_change(library: Library, inbox: Path) -> None:
    (inbox / "en.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    (inbox / "es.md").write_text("# Nuestra acera\n\n" + "Las vendedoras limpian. " * 30, "utf-8")
    table = inbox / "metadata.csv"
    table.write_text(
        "file,resource,title,group\nen.md,pavement,Told by staff,catador\nes.md,pavement,,\n",
        "utf-8",
    )
    bring_in(library, inbox, jobs=1)
    resource = only(library)
    assert resource.languages == ("en", "es")
    assert resource.edition("en").title == "Told by staff"
    assert resource.filed("group") == ("waste-pickers",)
    sources = {(s.field, s.source) for s in library.catalogue.statements(resource.editions[0].id)}
    assert ("title", "staff") in sources
    assert any(field == "title" and source != "staff" for field, source in sources)
    table.write_text("file,resource,title\nen.md,pavement,Told again\n", "utf-8")
    assert bring_in(library, inbox)["en.md"].said == "What staff say of it was updated."
    assert only(library).edition("en").title == "Told again"
    assert found(library, 'title:"told again"') == ["Told again"]


def test_the_address_is_the_title_in_the_first_of_the_librarys_languages(
    library: Library, inbox: Path
) -> None:
    (inbox / "a.md").write_text("# Nuestra acera\n\n" + "Las vendedoras limpian. " * 30, "utf-8")
    (inbox / "b.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    (inbox / "c.md").write_text("# Notre trottoir\n\n" + "Les vendeuses nettoient. " * 30, "utf-8")
    (inbox / "metadata.csv").write_text("file,resource\na.md,x\nb.md,x\nc.md,x\n", "utf-8")
    bring_in(library, inbox, jobs=1)
    assert only(library).slug == "our-pavement"
    old = library.catalogue.by_slug("nuestra-acera")
    assert old is not None
    assert old.slug == "our-pavement"


def test_a_wrong_word_of_staff_names_it_and_can_be_put_right(library: Library, inbox: Path) -> None:
    (inbox / "a.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    (inbox / "b.md").write_text(f"# Our bins\n\n{LONG}", "utf-8")
    (inbox / "a.toml").write_text('topic = "no such topic"\n', "utf-8")
    ended = bring_in(library, inbox)
    assert ended["a.md"].outcome is Outcome.FAILED
    assert "no such topic" in ended["a.md"].said
    assert ended["b.md"].outcome is Outcome.ADDED
    (inbox / "a.toml").unlink()
    assert bring_in(library, inbox)["a.md"].outcome is Outcome.ADDED


def test_a_newer_version_at_the_same_place_keeps_its_address(library: Library, inbox: Path) -> None:
    (inbox / "a.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    bring_in(library, inbox)
    slug = only(library).slug
    (inbox / "a.md").write_text(f"# Our pavement\n\n{LONG} And a *wheelbarrow*.", "utf-8")
    assert bring_in(library, inbox)["a.md"].reason == "newer version"
    assert only(library).slug == slug
    assert found(library, "wheelbarrow") == ["Our pavement"]
    (inbox / "a.md").write_text("# Another thing altogether\n\n" + "Words of rain. " * 40, "utf-8")
    assert bring_in(library, inbox)["a.md"].outcome is Outcome.ADDED
    assert library.catalogue.totals().resources == 2


def test_drafts_are_catalogued_and_not_found(library: Library, inbox: Path) -> None:
    (inbox / "a.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    list(library.ingest().files(folders.find([inbox]), status=Status.DRAFT))
    assert library.catalogue.every(public=False) != []
    assert library.catalogue.every() == []
    assert found(library, "pavement") == []


BAD = {
    "empty.pdf": (b"", "empty"),
    "truncated.pdf": (None, "damaged"),
    "locked.pdf": (None, "encrypted"),
    "no-pages.pdf": (None, "empty"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(100), "damaged"),
    "noise.pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged"),
}


def test_bad_files_each_end_in_a_reason_that_staff_can_act_on(
    library: Library, inbox: Path
) -> None:
    for name, (content, _) in BAD.items():
        (inbox / name).write_bytes(content or b"")
    (inbox / "truncated.pdf").write_bytes(sheet("Cut short")[:300])
    (inbox / "locked.pdf").write_bytes(builders.locked())
    (inbox / "no-pages.pdf").write_bytes(builders.pdf([]))
    (inbox / "good.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    ended = bring_in(library, inbox)
    assert {name: ended[name].outcome for name in BAD} == dict.fromkeys(BAD, Outcome.FAILED)
    assert {name: ended[name].reason for name in BAD} == {n: r for n, (_, r) in BAD.items()}
    for name in BAD:
        assert name in ended[name].said
        assert "Traceback" not in ended[name].said
    assert found(library, "pavement") == ["Our pavement"]
    assert sound(library)
    again = bring_in(library, inbox)
    assert {name: again[name].reason for name in BAD} == {n: r for n, (_, r) in BAD.items()}


def test_what_was_read_in_part_is_read_anew_when_readers_have_learned(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "long.txt").write_text("\f".join(f"Page {n}. {LONG}" for n in range(5)), "utf-8")
    real = sandbox.take

    def short(*words: Any, **options: Any) -> tuple[str, sandbox.Reading]:
        media_type, read = real(*words, **options)
        slow = TooSlow("too slow", file="long.txt")
        return media_type, replace(read, pages=read.pages[:2], problem=slow)

    monkeypatch.setattr(sandbox, "take", short)
    first = bring_in(library, inbox)["long.txt"]
    assert (first.outcome, first.pages) == (Outcome.PARTIAL, 2)
    monkeypatch.setattr(sandbox, "take", real)
    assert bring_in(library, inbox)["long.txt"].outcome is Outcome.UNCHANGED
    monkeypatch.setattr(extractors, "VERSION", "later")
    assert bring_in(library, inbox)["long.txt"].outcome is Outcome.ADDED
    assert (only(library).id, only(library).editions[0].pages) == (first.resource, 5)
    assert sound(library)


def test_a_pdf_that_is_really_html_is_read_as_what_it_is(library: Library, inbox: Path) -> None:
    (inbox / "page.pdf").write_text(f"<!doctype html><h1>Our bins</h1><p>{LONG}</p>", "utf-8")
    assert bring_in(library, inbox)["page.pdf"].outcome is Outcome.ADDED
    assert only(library).editions[0].media_type == "text/html"


@pytest.mark.parametrize(
    "name", ["🧾 recibo.md", "two\nlines.md", os.fsdecode(b"caf\xe9.md"), "-n.md"]
)
def test_names_that_are_hard_to_say_do_no_harm(library: Library, inbox: Path, name: str) -> None:
    (inbox / name).write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    [ended] = bring_in(library, inbox).values()
    assert ended.outcome is Outcome.ADDED
    assert ended.file.isprintable()
    assert found(library, "pavement") == ["Our pavement"]


def test_unreadable_files_and_pipes_are_named_and_passed_by(library: Library, inbox: Path) -> None:
    (inbox / "good.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    (inbox / "gone.pdf").symlink_to(inbox / "nowhere")
    os.mkfifo(inbox / "pipe.pdf")
    ended = bring_in(library, inbox)
    for name in ("gone.pdf", "pipe.pdf"):
        assert (ended[name].outcome, ended[name].reason) == (Outcome.FAILED, "unreadable")
    assert ended["good.md"].outcome is Outcome.ADDED


def test_a_folder_that_vanishes_meanwhile_fails_file_by_file(library: Library, inbox: Path) -> None:
    for number in range(5):
        (inbox / f"{number}.md").write_text(f"# Pavement {number}\n\n{LONG}", "utf-8")
    listed = list(folders.find([inbox]))
    first, *rest = library.ingest().files(listed[:1]), *listed[1:]
    [done] = first
    shutil.rmtree(inbox)
    ended = list(library.ingest().files(rest))
    assert done.outcome is Outcome.ADDED
    assert {one.reason for one in ended} == {"unreadable"}
    assert found(library, "pavement") == ["Pavement 0"]


def test_a_full_disk_stops_at_once_and_harms_nothing(tmp_path: Path, inbox: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], capture_output=True
    )
    if mounted.returncode:
        needs.absent("this user may not mount a small disk")
    try:
        (inbox / "a.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
        (inbox / "b.txt").write_text("\n\n".join(os.urandom(30).hex() for _ in range(90_000)))
        library = make(disk / "home")
        with pytest.raises(StorageFull, match="The disk is full"):
            bring_in(library, inbox, jobs=1)
        assert library.catalogue.faults() == []
        (inbox / "b.txt").unlink()
        with library.catalogue.write() as writer:  # as when the process that held it has ended
            tasks.release(writer.conn, me())
        again = bring_in(library, inbox)["a.md"].outcome
        assert again in (
            Outcome.UNCHANGED,
            Outcome.ADDED,
        )  # it may have come before the disk was full
        assert found(library, "pavement") == ["Our pavement"]
        library.engine.close()
        library.catalogue.close()
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


@needs.SQLITE
def test_two_processes_at_once_make_one_library(tmp_path: Path, inbox: Path) -> None:
    for number in range(12):
        (inbox / f"{number}.md").write_text(f"# Pavement {number}\n\n{number} {LONG}", "utf-8")
    environment = {**os.environ, "LIBRARY_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "library", "ingest", str(inbox)]
    subprocess.run(
        [sys.executable, "-m", "library", "init"], env=environment, cwd=needs.ROOT, check=True
    )
    both = [
        subprocess.Popen(
            command, env=environment, cwd=needs.ROOT, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for one in both:
        _, errors = one.communicate(timeout=120)
        assert one.returncode == 0, errors
        assert errors == ""
    library = make(tmp_path / "home")
    assert library.catalogue.totals().resources == 12
    assert len(found(library, "pavement neighbours")) == 12
    assert sound(library)
    library.engine.close()
    library.catalogue.close()


def test_what_was_catalogued_before_a_crash_is_indexed_after_it(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    work = library.ingest()
    monkeypatch.setattr(pipeline.Ingest, "index", lambda self: None)
    list(work.files(folders.find([inbox])))
    monkeypatch.undo()
    assert found(library, "pavement") == []
    library.ingest().index()
    assert found(library, "pavement") == ["Our pavement"]


def test_stopping_gives_up_what_is_being_read_and_loses_nothing(
    library: Library, inbox: Path
) -> None:
    for number in range(8):
        (inbox / f"{number}.md").write_text(f"# Pavement {number}\n\n{number} {LONG}", "utf-8")
    work = library.ingest()
    running = work.files(folders.find([inbox]), jobs=2)
    next(running)
    with pytest.raises(KeyboardInterrupt):
        running.throw(KeyboardInterrupt)
    assert work.stopping.is_set()
    assert bring_in(library, inbox).keys() == {f"{n}.md" for n in range(8)}
    assert library.catalogue.totals().resources == 8
    assert sound(library)


def test_work_that_is_to_stop_waits_for_nothing_that_is_not_begun(library: Library) -> None:
    work = library.ingest()
    begun = threading.Barrier(3)  # two jobs, and this test

    def last(number: int) -> int:
        begun.wait(30)
        while not work.stopping.is_set():
            time.sleep(0.01)
        raise sandbox.Stopped

    asked = threading.Thread(target=lambda: (begun.wait(30), work.stopping.set()))
    asked.start()
    with pytest.raises(sandbox.Stopped):
        list(work.spread(range(100), last, 2))
    asked.join()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("reader")]


def test_who_takes_no_more_leaves_no_thread_behind(library: Library, inbox: Path) -> None:
    for number in range(8):
        (inbox / f"{number}.md").write_text(f"# Pavement {number}\n\n{number} {LONG}", "utf-8")
    work = library.ingest()
    with closing(work.files(folders.find([inbox]), jobs=2)) as files:
        next(files)
    assert work.stopping.is_set()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("reader")]


def test_a_worker_reads_what_an_interrupted_command_left(library: Library, inbox: Path) -> None:
    file = inbox / "a.md"
    file.write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    stored = originals.put(library.settings.originals, file)
    with library.catalogue.write() as writer:
        writer.store_original(stored.sha256, stored.bytes, "a.md")
        tasks.record(writer.conn, str(file), stored.sha256, {}, Status.PUBLISHED, "dead", -1)
    from library.operations.worker import Worker

    worker = Worker(library.ingest())
    while worker.once():
        pass
    assert found(library, "pavement") == ["Our pavement"]


def test_a_worker_draws_the_page_that_is_wished_for(library: Library, inbox: Path) -> None:
    from library.operations.pictures import prune
    from library.operations.worker import Worker
    from library.store.originals import picture_path

    (inbox / "a.pdf").write_bytes(sheet("Our stall licences"))
    bring_in(library, inbox)
    sha256 = only(library).editions[0].sha256
    library.catalogue.wish_picture(sha256, 1)
    worker = Worker(library.ingest())
    assert worker.draw_one()
    assert not worker.draw_one()
    drawn = picture_path(library.settings.images, sha256, 1)
    assert drawn.read_bytes()[8:12] == b"WEBP"
    library.catalogue.wish_picture(sha256, 1, small=True)
    assert worker.draw_one()
    small = picture_path(library.settings.images, sha256, 1, small=True)
    assert small.read_bytes()[8:12] == b"WEBP"
    assert small.stat().st_size < drawn.stat().st_size
    library.catalogue.wish_picture(sha256, 99)
    assert worker.draw_one()
    prune(library.settings.images, 0)
    assert not drawn.exists()


def test_files_that_wait_come_before_pictures_nobody_waits_for(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from library.operations import worker as workers

    (inbox / "a.pdf").write_bytes(sheet("Our stall licences"))
    bring_in(library, inbox)
    sha256 = only(library).editions[0].sha256
    worker = workers.Worker(library.ingest())
    library.catalogue.wish_picture(sha256, 1)
    file = inbox / "b.md"
    file.write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    stored = originals.put(library.settings.originals, file)
    with library.catalogue.write() as writer:
        writer.store_original(stored.sha256, stored.bytes, "b.md")
        tasks.record(writer.conn, str(file), stored.sha256, {}, Status.PUBLISHED, "dead", -1)
    monkeypatch.setattr(workers, "WAITED_FOR", 1e-6)  # whoever wished has gone on
    assert not worker.draw_one()
    while worker.once():
        pass
    assert worker.draw_one()  # nothing waits any more: now it is drawn


def test_a_stop_is_noticed_while_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(LONG, "utf-8")
    stop = Stopping()
    stop.set()
    with pytest.raises(sandbox.Stopped):
        sandbox.read(path, "text/plain", layout=False, stop=stop)


def test_one_pass_reads_words_and_layout_at_once(tmp_path: Path, inbox: Path) -> None:
    (inbox / "a.pdf").write_bytes(sheet("Our stall licences"))
    library = make(tmp_path / "home", pdf="pdfminer")
    list(library.ingest().files(folders.find([inbox])))
    assert only(library).editions[0].laid_out
    library.engine.close()
    library.catalogue.close()


def test_check_names_what_is_wrong_and_what_mends_it(library: Library, inbox: Path) -> None:
    (inbox / "a.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    bring_in(library, inbox)
    sha256 = only(library).editions[0].sha256
    original = originals.path_of(library.settings.originals, sha256)
    content = original.read_bytes()
    original.unlink()
    library.engine.remove(library.catalogue.every())

    def findings() -> list[str]:
        parts = library.settings, library.catalogue, library.engine, library.vocabularies
        named = list(check(*parts))
        for one in named:
            if one.mend:
                one.mend()
        return [one.finding for one in named]

    assert findings() == ["an original is missing", "works cannot be found"]
    original.write_bytes(content + b"!")
    assert findings() == ["an original has changed on the disk"]
    original.write_bytes(content)
    assert findings() == []
    assert found(library, "pavement") == ["Our pavement"]


@needs.SQLITE
def test_a_damaged_catalogue_is_said_in_words(library: Library) -> None:
    conn = sqlite3.connect(library.settings.home / "catalogue.sqlite")
    conn.execute("PRAGMA foreign_keys=OFF")
    conn.execute("INSERT INTO slugs VALUES ('lost', 'nobody', 1)")
    conn.commit()
    conn.close()
    named = list(check(library.settings, library.catalogue, library.engine, library.vocabularies))
    assert [one.finding for one in named] == ["the catalogue is damaged"]
