"""The card as a picture, which messages show of a link."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from starlette.testclient import TestClient

from library.cli.cards import draw
from library.cli.parts import Library
from library.web import files
from library.web.parts import card_picture
from library.web.site import Site
from tests import markup

pytest.importorskip("weasyprint", exc_type=ImportError)
STREETS = "/resources/our-streets-our-table"


def library_of(site: Site) -> Library:
    return Library(site.settings, site.catalogue, site.vocabularies, site.engine)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_link_shows_a_card_that_a_worker_draws(
    client: TestClient, site: Site, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "drawn", lambda settings, path: path.is_file())
    page = client.get(f"{STREETS}?language={language}").text
    [image] = markup.values(page, "meta[property='og:image']", "content")
    assert image.startswith("http")
    assert f"card.png?language={language}" in image
    path = image.partition("//")[2].partition("/")[2]
    assert client.get(f"/{path}").status_code == 503
    [task] = site.catalogue.claim("card", 60)
    assert draw(library_of(site), task.subject)
    site.catalogue.finish([task])
    answer = client.get(f"/{path}")
    assert answer.headers["content-type"] == "image/png"
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    assert len(answer.content) < 100_000
    unchanged = client.get(f"/{path}", headers={"If-None-Match": answer.headers["etag"]})
    assert unchanged.status_code == 304
    passed = client.get(f"{STREETS}/pass-on?language={language}")
    assert markup.has(passed, f'a[href="/{path}"]')


def test_another_title_is_another_card(site: Site) -> None:
    resource = site.catalogue.by_slug("our-streets-our-table")
    assert resource
    edition = resource.edition("en")
    spoken = card_picture.spoken_of(edition, site.interfaces)

    def of(title: str) -> card_picture.CardPicture:
        return card_picture.card_picture(
            resource, replace(edition, title=title), spoken, site.vocabularies, site.settings
        )

    assert of("One").digest != of("Two").digest
    assert of("One").digest == of("One").digest
    assert len(of("word " * 99).title) <= card_picture.TITLE + 1


def test_what_readers_may_not_have_is_not_drawn(client: TestClient, site: Site) -> None:
    assert client.get("/resources/a-secret-draft/card.png").status_code == 404
    assert draw(library_of(site), "nobody/en/" + "0" * 20) is None
    assert draw(library_of(site), "../../x") is None
