"""The library's own name, in the language of the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.core import settings
from library.core.errors import UsageError
from library.web.app import app_of
from tests.library.web.conftest import Shelf
from tests.markup import one, text


def test_the_library_is_called_by_its_name_in_each_language(tmp_path: Path) -> None:
    read = settings.read({"LIBRARY_NAMES": "ar: مكتبة العمال; es: Biblioteca: obrera;"}, tmp_path)
    assert read.called("ar") == "مكتبة العمال"
    assert read.called("es") == "Biblioteca: obrera"
    assert read.called("hi") == "Worker Education Library"
    for wrong in ("مكتبة", "ar:", ": Biblioteca"):
        with pytest.raises(UsageError):
            settings.read({"LIBRARY_NAMES": wrong}, tmp_path)
    shelf = Shelf(read)
    with TestClient(app_of(shelf.site())) as client:
        page = client.get("/about", headers={"accept-language": "ar"}).text
    assert text(one(page, ".name")) == "مكتبة العمال"
