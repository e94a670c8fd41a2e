"""Packs opened with other people's programs: unzip, EPUBCheck, libzim, zimcheck, kiwix-serve."""

from __future__ import annotations

import re
import socket
import subprocess
import time
import zipfile
from pathlib import Path
from urllib.error import URLError
from urllib.parse import unquote, urldefrag, urljoin
from urllib.request import urlopen

import pytest

from library.core.errors import UsageError
from library.web.packs.make import Packer
from library.web.packs.order import Order
from library.web.site import Site
from tests import markup, needs
from tests.library.web.conftest import Shelf

FORMATS = ("zip", "epub", "zim")


def order(language: str = "en", form: str = "zip", **more: object) -> Order:
    if form == "zim":
        pytest.importorskip("libzim")
    return Order(language, form, **more)  # type: ignore[arg-type]


def has_place(page: Path, place: str) -> bool:
    return place in markup.values(page.read_text("utf-8"), "*", "id")


def test_every_link_of_a_folder_leads_to_a_file_of_it(folder: Path) -> None:
    broken = []
    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        for link in re.findall(r'(?:href|src)="([^"]+)"', text):
            if link.startswith(("http:", "https:")):
                continue
            address, place = urldefrag(urljoin(page.as_uri(), link))
            target = Path(unquote(address.removeprefix("file://")))
            inside = target.is_file() and target.is_relative_to(folder)
            if not inside or (place and not has_place(target, unquote(place))):
                broken.append((page.name, link))
    assert not broken


def test_no_address_of_a_folder_begins_at_a_root(folder: Path) -> None:
    for page in folder.rglob("*.html"):
        assert not re.findall(r'(?:href|src|action)="/', page.read_text("utf-8"))


def test_what_readers_may_not_see_is_in_no_pack(
    packer: Packer, shelf: Shelf, tmp_path: Path
) -> None:
    for form in FORMATS[:2]:
        packer.make(order(form=form), tmp_path / f"all.{form}")
        with zipfile.ZipFile(tmp_path / f"all.{form}") as archive:
            for name in archive.namelist():
                assert b"secret draft" not in archive.read(name).lower(), name
                assert b"municipality eyes" not in archive.read(name).lower(), name


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_pack_has_the_same_bytes(packer: Packer, tmp_path: Path, form: str) -> None:
    wanted = order(form=form, parameters=(("q", "wages"),))
    packer.make(wanted, tmp_path / "one")
    packer.make(wanted, tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("parameters", [(), (("q", "streets"),)])
def test_a_book_passes_epubcheck(
    packer: Packer, tmp_path: Path, language: str, parameters: tuple[tuple[str, str], ...]
) -> None:
    java, jar = needs.command("java"), needs.command("epubcheck").resolve()
    if language == "ar":
        parameters = ()
    packer.make(order(language, "epub", parameters=parameters), tmp_path / "book.epub")
    done = subprocess.run(
        [java, "-jar", jar, tmp_path / "book.epub"], capture_output=True, text=True, check=False
    )
    assert "No errors or warnings detected" in done.stdout + done.stderr, done.stdout + done.stderr
    assert done.returncode == 0


def test_an_archive_passes_zimcheck_and_is_searched_by_libzim(
    packer: Packer, tmp_path: Path
) -> None:
    reader = pytest.importorskip("libzim.reader")
    search = pytest.importorskip("libzim.search")
    path = tmp_path / "all.zim"
    packer.make(order(form="zim"), path)
    archive = reader.Archive(path)
    assert archive.main_entry.get_item().path == "index.html"
    assert archive.get_metadata("Language") == b"eng"
    assert archive.get_entry_by_path("r/our-streets-our-table").is_redirect
    found = search.Searcher(archive).search(search.Query().set_query("municipality"))
    assert any("our-streets" in name for name in found.getResults(0, 10))
    entries = [archive._get_entry_by_id(number) for number in range(archive.all_entry_count)]
    held = [bytes(one.get_item().content).lower() for one in entries if not one.is_redirect]
    assert any(b"municipality" in one for one in held)
    assert not any(b"secret draft" in one or b"municipality eyes" in one for one in held)
    checked = subprocess.run(
        [needs.command("zimcheck"), path], capture_output=True, text=True, check=False
    )
    assert "Pass" in checked.stdout, checked.stdout


def test_kiwix_serves_an_archive_and_searches_it(packer: Packer, tmp_path: Path) -> None:
    program = needs.command("kiwix-serve")
    packer.make(order(form="zim"), tmp_path / "all.zim")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served = subprocess.Popen(
        [program, "--address=127.0.0.1", f"--port={port}", tmp_path / "all.zim"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        site = f"http://127.0.0.1:{port}"
        entries = fetched(f"{site}/catalog/v2/entries")
        [book] = markup.values(entries, "link[type='text/html']", "href")
        assert "Our streets, our table" in fetched(f"{site}{book}/index.html")
        page = fetched(f"{site}/search?books.name=all&pattern=municipality")
        assert any("our-streets" in link for link in markup.values(page, "li a", "href"))
    finally:
        served.terminate()
        served.wait()


def fetched(address: str) -> str:
    """A page of a server that may be starting still."""
    for _ in range(100):
        try:
            with urlopen(address) as answer:
                return str(answer.read().decode())
        except URLError as error:
            if hasattr(error, "code"):
                raise
            time.sleep(0.2)
    raise AssertionError("kiwix-serve does not answer")


def test_a_pack_of_a_collection_a_list_and_a_search(packer: Packer, tmp_path: Path) -> None:
    of_collection = packer.make(order(collection="start"), tmp_path / "a.zip")
    assert (of_collection.works, of_collection.chosen.title) == (1, "Start here")
    listed = ("https://example.org/resources/our-streets-our-table?language=en", "nobody")
    of_list = packer.make(order(listed=listed), tmp_path / "b.zip")
    assert (of_list.works, of_list.chosen.unknown) == (1, ("nobody",))
    of_search = packer.make(
        order(parameters=(("q", "wages"), ("from", "2020"))), tmp_path / "c.zip"
    )
    assert of_search.works == 5


def test_resources_without_an_edition_in_the_language_are_counted(
    packer: Packer, tmp_path: Path
) -> None:
    made = packer.make(order("es"), tmp_path / "es.zip")
    assert made.works == 1
    assert made.others > 25


def test_a_pack_of_nothing_is_refused_and_leaves_nothing(packer: Packer, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        packer.make(order("hi"), tmp_path / "hi.zip")
    assert caught.value.code == "nothing to pack"
    with pytest.raises(UsageError):
        packer.make(order(collection="nowhere"), tmp_path / "no.zip")
    assert list(tmp_path.iterdir()) == []


def test_originals_go_along_where_they_are_asked_for(
    packer: Packer, site: Site, tmp_path: Path
) -> None:
    wanted = order(listed=("our-streets-our-table",), originals=True)
    packer.make(wanted, tmp_path / "with.zip")
    with zipfile.ZipFile(tmp_path / "with.zip") as archive:
        assert b"Street vendors can bargain" in archive.read("r/our-streets-our-table/original.pdf")


def test_an_order_is_read_back() -> None:
    wanted = Order("en", "epub", (("q", "a b"), ("topic", "wages")), listed=("x",), pictures=True)
    assert Order.read(wanted.text()) == wanted
    assert Order.read(wanted.text()).id == wanted.id
