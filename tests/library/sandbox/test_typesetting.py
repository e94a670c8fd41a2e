"""Pages set on paper, in a process that reaches nothing but what it was given."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from library.core.errors import TooSlow
from library.sandbox.typesetting import typeset

pytest.importorskip("weasyprint", exc_type=ImportError)
SHEET = "@page { size: 300px 200px }"


def test_a_page_is_set_the_same_each_time_and_fetches_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8")
    text = f'<html lang="ar"><body dir="rtl">العمل<img src="{secret.as_uri()}" alt="x">'
    one, two = (typeset(text, SHEET, identifier="one") for _ in range(2))
    assert one == two
    assert one.startswith(b"%PDF-")
    with pypdfium2.PdfDocument(one) as made:
        assert made[0].get_size() == (225, 150)  # points, of pixels
        kinds = [thing.type for thing in made[0].get_objects()]
    assert pypdfium2.raw.FPDF_PAGEOBJ_TEXT in kinds
    assert set(kinds) <= {pypdfium2.raw.FPDF_PAGEOBJ_TEXT, pypdfium2.raw.FPDF_PAGEOBJ_FORM}


def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(TooSlow):
        typeset("<p>slow", SHEET, identifier="x", seconds=0.05)
