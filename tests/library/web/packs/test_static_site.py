"""The public site as plain files: every link leads to one, and nothing hidden is in it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urldefrag

from library.core.resource import Status
from library.core.settings import Settings
from library.web.packs import static_site
from library.web.packs.make import Packer
from tests.library.web.conftest import Shelf
from tests.markup import parsed, values


def test_each_language_stands_in_a_folder_and_old_addresses_lead_there(tmp_path: Path) -> None:
    shelf = Shelf(Settings(home=tmp_path / "home", name="Our library"))
    first = shelf.add("A fund", ["Wages and strikes."], work="fund", topic=("wages",))
    shelf.add("Un fondo", ["Salarios."], language="es", work="fund")
    shelf.add("Secret plan", ["Swordfish."], status=Status.DRAFT)
    shelf.index()
    packer = Packer(shelf.settings, shelf.catalogue, shelf.engine, shelf.vocabularies)
    made = static_site.write(packer, tmp_path / "site")
    assert (made.works, made.languages) == (1, 2)
    site = tmp_path / "site"
    assert values((site / "index.html").read_text(), "ul.works a", "href") == [
        "en/index.html",
        "es/index.html",
    ]
    work = shelf.catalogue.resource(first)
    assert work
    assert (site / "resources" / work.slug / "index.html").is_file()
    pages = list(site.rglob("*.html"))
    for page in pages:
        for node in parsed(page.read_text()).css("[href], [src]"):
            address = node.attributes.get("href") or node.attributes.get("src") or ""
            way = unquote(urldefrag(address)[0])
            if way and ":" not in way:
                assert not way.startswith("/"), (page, address)
                assert (page.parent / way).resolve().is_file(), (page, address)
    files = [path for path in site.rglob("*") if path.is_file()]
    assert all(b"Swordfish" not in path.read_bytes() for path in files)
    assert (site / "en/s/index.js").is_file() and (site / "en/search.js").is_file()
    assert any(path.suffix == ".pdf" for path in files)
