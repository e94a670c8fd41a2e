"""The sandbox holds against readers that misbehave, and keeps what was read before the end.

Long because each way to misbehave is tried at the same few boundaries.
"""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from library import sandbox
from library.core.errors import (
    Damaged,
    Empty,
    Encrypted,
    InputError,
    NotUsable,
    TooHungry,
    TooLarge,
    TooSlow,
    Unreadable,
    Unsupported,
)
from library.core.resource import Page, Said
from library.extractors import EXTRACTORS, Extractor, Limits
from library.extractors.wire import Item
from library.sandbox import children, landlock, reader
from tests import needs
from tests.builders import Text, bomb, lines, locked, pdf
from tests.needs import ROOT

LIMITS = Limits(seconds=20, layout_seconds=30, page_seconds=10)
FILTERED = sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text("words of the file")
    return path


def run(path: Path, name: str, limits: Limits = LIMITS, seconds: float = 20) -> list[Item]:
    return list(
        sandbox.run(path, f"tests.library.sandbox.hostile:{name}", limits=limits, seconds=seconds)
    )


def kept(path: Path, name: str, limits: Limits = LIMITS) -> sandbox.Reading:
    """The reading when this reader stands in the table."""
    table = {"x/y": Extractor("test", words=f"tests.library.sandbox.hostile:{name}")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "EXTRACTORS", table)
        return sandbox.read(path, "x/y", layout=False, limits=limits)


def test_a_pdf_is_read_twice_words_then_layout(tmp_path: Path) -> None:
    path = tmp_path / "guide.pdf"
    path.write_bytes(
        pdf(
            [[Text("Know your rights", size=24), *lines("Every worker may join a union.", top=640)]]
        )
    )
    seen: list[tuple[int, int | None]] = []
    words = sandbox.read(
        path, "application/pdf", layout=False, on_page=lambda n, of: seen.append((n, of))
    )
    layout = sandbox.read(path, "application/pdf", layout=True)
    assert words.problem is None and layout.problem is None
    assert seen == [(1, 1)]
    assert words.pages[0].layout == "" and layout.pages[0].layout != ""
    assert "Every worker may join a union." in words.pages[0].text
    assert layout.pages[0].blocks[0].kind == "heading"
    assert layout.pages[0].blocks[0].text == "Know your rights"


@pytest.mark.parametrize("name", ["endless", "busy"])
def test_a_reader_past_its_deadline_is_stopped_and_its_pages_kept(file: Path, name: str) -> None:
    reading = kept(file, name, replace(LIMITS, seconds=1))
    assert isinstance(reading.problem, TooSlow)
    assert [page.text for page in reading.pages] == ["read before the end"]
    assert "report.txt" in reading.problem.text and reading.problem.remedy


@pytest.mark.parametrize("name", ["hungry", "hungry_and_mute", "hungry_and_aborting"])
def test_memory_is_bounded(file: Path, name: str) -> None:
    reading = kept(file, name, replace(LIMITS, memory=500 * 2**20))
    assert isinstance(reading.problem, TooHungry)
    assert len(reading.pages) == 1


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("leaving", Damaged, "ended with 9"),
        ("silent", Damaged, "stopped before the end"),
        ("segfault", Damaged, "crashed (SIGSEGV)"),
        ("aborting", Damaged, "gave up (SIGABRT)"),
        ("killed", TooHungry, "the system stopped the program that reads it"),
        ("out_of_time", TooSlow, "takes too long"),
    ],
)
def test_how_a_reader_ended_is_told(
    file: Path, name: str, kind: type[InputError], words: str
) -> None:
    reading = kept(file, name)
    assert isinstance(reading.problem, kind)
    assert words in reading.problem.text and reading.problem.remedy
    assert len(reading.pages) == 1


def test_a_reader_that_raises_tells_no_traceback(file: Path) -> None:
    reading = kept(file, "raising")
    assert isinstance(reading.problem, Damaged)
    assert "secret" not in str(reading.problem)
    assert len(reading.pages) == 1


@pytest.mark.parametrize("name", ["nonsense", "backwards", "endless_line"])
def test_nonsense_is_not_believed(file: Path, name: str) -> None:
    reading = kept(file, name)
    assert isinstance(reading.problem, (Damaged, TooLarge))
    assert all(isinstance(page.number, int) for page in reading.pages)


def test_what_a_reader_prints_is_not_taken_for_pages(file: Path) -> None:
    assert run(file, "printing") == [Page(1, "true")]


def test_a_reader_sees_neither_environment_nor_folder(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIBRARY_SECRET", "x")
    [said] = run(file, "curious")
    assert isinstance(said, Said)
    assert "LIBRARY_SECRET" not in said.fields["environment"]
    assert "PATH" not in said.fields["environment"]
    assert said.fields["listing"] == ""
    assert said.fields["input"] == "words of the file"
    assert said.fields["folder"].endswith("(deleted)")


def test_a_reader_can_do_nothing_but_read(file: Path) -> None:
    if not FILTERED:
        pytest.skip("no system call filter for this machine")
    keep = Path("/tmp/reading-keep")
    keep.write_text("stays")
    [said] = run(file, "breaking_out")
    assert isinstance(said, Said)
    assert set(said.fields.values()) == {"PermissionError"}, said.fields
    assert keep.read_text() == "stays"
    keep.unlink()


def test_a_reader_sees_neither_the_catalogue_nor_other_originals(
    file: Path, tmp_path: Path
) -> None:
    if not landlock.available():
        pytest.skip("this kernel has no Landlock")
    home = tmp_path / "var"
    home.mkdir()
    catalogue = home / "catalogue.sqlite"
    catalogue.write_text("all there is")
    paths = [str(catalogue), str(home), str(ROOT / "pyproject.toml"), "/etc/passwd", "/proc/1/stat"]
    [said] = sandbox.run(
        file,
        "tests.library.sandbox.hostile:prying",
        [*paths, "/proc/self/fd/0", os.__file__],
        limits=LIMITS,
        seconds=20,
    )
    assert isinstance(said, Said)
    assert [said.fields[path] for path in paths] == ["PermissionError"] * len(paths)
    assert "def makedirs" in said.fields[os.__file__]  # what readers import late is there


def test_a_fork_bomb_begins_nothing(file: Path) -> None:
    if not FILTERED:
        pytest.skip("no system call filter for this machine")
    [said] = run(file, "fork_bomb")
    assert isinstance(said, Said) and said.fields == {"begun": "0"}


def test_a_reader_reaches_nobody(file: Path) -> None:
    if not FILTERED:
        pytest.skip("no system call filter for this machine")
    [said] = run(file, "calling_out")
    assert isinstance(said, Said)
    assert set(said.fields.values()) == {"PermissionError"}, said.fields


def test_a_decompression_bomb_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    path.write_bytes(bomb())
    assert path.stat().st_size < 5_000
    for layout in (False, True):
        limits = replace(LIMITS, memory=300 * 2**20)
        reading = sandbox.read(path, "application/pdf", layout=layout, limits=limits)
        assert isinstance(reading.problem, TooHungry)
        assert not reading.pages


def test_a_page_of_isolated_words_is_laid_out(tmp_path: Path) -> None:
    path = tmp_path / "scattered.pdf"
    words = [Text(f"w{n}", 20 + (n * 37) % 540, 20 + (n * 53) % 800, 5) for n in range(1600)]
    path.write_bytes(pdf([words, [Text("the next page")]]))
    reading = sandbox.read(path, "application/pdf", layout=True, limits=LIMITS)
    assert reading.problem is None
    assert len(reading.pages) == 2
    assert "w1599" in reading.pages[0].text
    assert reading.pages[1].text == "the next page"


def test_an_image_of_a_page_is_small(tmp_path: Path) -> None:
    path = tmp_path / "guide.pdf"
    path.write_bytes(pdf([[Text("Know your rights", size=30)]]))
    image = sandbox.draw(path, 1, 800)
    assert image[:4] == b"RIFF" and image[8:12] == b"WEBP"
    assert len(image) <= 150_000
    with pytest.raises(Damaged, match=r"guide\.pdf has no page 2"):
        sandbox.draw(path, 2)


def test_bad_files_have_names_and_remedies(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    secret = tmp_path / "secret 🔒\n.pdf"
    secret.write_bytes(locked())
    nothing = tmp_path / "nothing.pdf"
    nothing.write_bytes(pdf([]))
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4\n%nothing follows")
    folder = tmp_path / "folder.pdf"
    folder.mkdir()
    for path, kind in (
        (empty, Empty),
        (secret, Encrypted),
        (nothing, Empty),
        (broken, Damaged),
        (folder, Unreadable),
        (tmp_path / "gone.pdf", Unreadable),
    ):
        for layout in (False, True):
            problem = sandbox.read(path, "application/pdf", layout=layout).problem
            assert isinstance(problem, kind), (path.name, problem)
            assert problem.text.startswith(path.name)
            assert problem.remedy
    assert isinstance(sandbox.read(broken, "image/gif", layout=False).problem, Unsupported)


def test_files_and_documents_have_a_greatest_size(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf([[Text(f"page {n}")] for n in range(1, 6)]))
    small = sandbox.read(path, "application/pdf", layout=False, limits=Limits(bytes=100))
    assert isinstance(small.problem, TooLarge) and not small.pages
    for layout in (False, True):
        few = sandbox.read(path, "application/pdf", layout=layout, limits=Limits(pages=2))
        assert isinstance(few.problem, TooLarge)
        assert [page.text for page in few.pages] == ["page 1", "page 2"]


def test_a_truncated_pdf_gives_what_is_left(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    whole = pdf([lines(f"Page {n} of the report") for n in range(1, 5)])
    path.write_bytes(whole[: len(whole) * 3 // 4])
    for layout in (False, True):
        reading = sandbox.read(path, "application/pdf", layout=layout)
        assert reading.problem is None or isinstance(reading.problem, (Damaged, Empty))


def test_a_reader_ends_with_the_one_that_waits(file: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux tells a child that its parent ended")
    code = (
        "import sys; from pathlib import Path; from library import sandbox\n"
        "from library.extractors import Limits\n"
        "for item in sandbox.run(Path(sys.argv[1]), 'tests.library.sandbox.hostile:slow_pages',"
        " limits=Limits(), seconds=60):\n"
        "    print('page', flush=True)\n"
    )
    root = Path(__file__).resolve().parents[3]
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(file)], stdout=subprocess.PIPE, cwd=root
    )
    assert parent.stdout is not None and parent.stdout.readline()
    below = descendants(parent.pid)
    assert len(below) == 2  # the nursery, and the reader that it made
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert all(map(_gone, below))


def test_leaving_early_stops_the_reader(file: Path) -> None:
    run(file, "printing")  # the nursery is there, and stays
    others = descendants(os.getpid())
    items = sandbox.run(file, "tests.library.sandbox.hostile:slow_pages", limits=LIMITS, seconds=60)
    next(items)
    begun = descendants(os.getpid()) - others
    items.close()
    assert len(begun) == 1
    assert all(map(_gone, begun))
    assert not any(map(_gone, others))


def test_a_nursery_that_was_killed_takes_its_readers_along_and_another_takes_its_place(
    file: Path,
) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux tells a child that its parent ended")
    items = sandbox.run(file, "tests.library.sandbox.hostile:slow_pages", limits=LIMITS, seconds=60)
    next(items)
    process = children.NURSING._process
    assert process is not None
    readers = descendants(process.pid)
    process.kill()
    with pytest.raises(TooHungry, match="the system stopped the program that reads it"):
        list(items)
    assert readers and all(map(_gone, readers))
    assert run(file, "printing") == [Page(1, "true")]


def test_readers_of_many_threads_are_kept_apart(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(12)]
    for path in paths:
        path.write_text(f"words of {path.name}")
    with ThreadPoolExecutor(6) as pool:
        found = pool.map(lambda path: run(path, "curious")[0], paths)
    for path, said in zip(paths, found, strict=True):
        assert isinstance(said, Said) and said.fields["input"] == f"words of {path.name}"


def test_a_reader_has_none_of_the_descriptors_around_it(file: Path) -> None:
    with file.open() as secret:
        os.set_inheritable(secret.fileno(), True)
        [said] = run(file, "descriptors")
    assert isinstance(said, Said)
    assert said.fields["open"] == "0 1 2 3"  # the file, nothing, nothing, and its words


def test_a_reader_that_cannot_start_is_our_fault(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "BOOT", "raise SystemExit(1)")
    monkeypatch.setattr(children, "NURSING", children.Nursing())
    with pytest.raises(NotUsable):
        sandbox.read(file, "text/plain", layout=False)
    children.NURSING.close()


def test_every_row_of_the_table_names_functions_that_exist() -> None:
    from library.extractors import load

    for extractor in EXTRACTORS.values():
        for name in (extractor.words, extractor.layout, extractor.draw):
            assert not name or callable(load(name))


def test_hostile_files_of_others_neither_crash_nor_hang() -> None:
    folder = needs.data("bad")
    files = sorted(folder.rglob("*.pdf"), key=lambda path: (path.stat().st_size, path.name))
    for path in files[::24]:
        for layout in (False, True):
            reading = sandbox.read(path, "application/pdf", layout=layout, limits=LIMITS)
            assert reading.problem is None or isinstance(reading.problem, InputError)


def descendants(process: int) -> set[int]:
    """All processes below one, those that have ended left out."""
    found = set()
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found |= {child} | descendants(child)
    return {child for child in found if Path(f"/proc/{child}/exe").exists()}


def _gone(process: int) -> bool:
    for _ in range(200):
        status = Path(f"/proc/{process}/stat")
        try:
            if status.read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def test_one_that_is_killed_before_it_begins_is_begun_once_more(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = []
    items = reader._items

    def killed(lines, path):
        times.append(path)
        if len(times) == 1:
            raise reader.NotBegun("reading not begun")
        return items(lines, path)

    monkeypatch.setattr(reader, "_items", killed)
    assert sandbox.read(file, "text/plain", layout=False).problem is None
    assert len(times) == 2
