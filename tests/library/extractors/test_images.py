"""Pictures that are files become pages to be read from them, within bounds."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFile

from library import sandbox
from library.core.errors import Damaged, TooLarge, Unsupported
from library.core.resource import Page, Said
from library.extractors import Limits, images
from library.extractors.media_types import media_type_of


def sheet(mode: str = "RGB", size: tuple[int, int] = (800, 1_000)) -> Image.Image:
    image = Image.new(
        mode, size, "white" if mode not in ("RGBA", "LA") else (0, 0, 0, 0)[: len(mode)]
    )
    ImageDraw.Draw(image).rectangle((100, 100, 300, 200), fill=0 if mode in ("L", "1") else "black")
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def shades(picture: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(picture)) as image:
        assert image.mode == "L"
        return image.getpixel((2, 2)), image.getpixel((image.width // 4, image.height * 3 // 20))


@pytest.mark.parametrize(
    ("kind", "mode", "media_type"),
    [
        ("PNG", "RGB", "image/png"),
        ("PNG", "RGBA", "image/png"),
        ("PNG", "P", "image/png"),
        ("PNG", "1", "image/png"),
        ("JPEG", "L", "image/jpeg"),
        ("JPEG", "CMYK", "image/jpeg"),
        ("TIFF", "RGB", "image/tiff"),
        ("TIFF", "I;16", "image/tiff"),
        ("WEBP", "RGB", "image/webp"),
    ],
)
def test_each_kind_is_one_page_of_black_on_white(kind: str, mode: str, media_type: str) -> None:
    if mode == "RGBA":
        image = sheet("RGBA")
    elif mode == "I;16":
        image = sheet("L").convert("I").point(lambda dot: dot * 200).convert("I;16")
    else:
        image = sheet().convert(mode)
    data = saved(image, kind)
    assert media_type_of(BytesIO(data), "scan") == media_type
    said, page = images.read(BytesIO(data), Limits())
    assert said == Said({}, pages=1)
    assert isinstance(page, Page)
    assert page.unreadable
    (picture,) = images.scan(BytesIO(data), Limits(), 1)
    paper, ink = shades(picture)
    assert paper > 240
    assert ink < 20


def test_a_tiff_has_pages_in_their_order_and_is_read_confined(tmp_path: Path) -> None:
    path = tmp_path / "minutes.tif"
    empty = Image.new("1", (800, 1_000), 1)
    made = saved(sheet("1"), "TIFF", save_all=True, append_images=[empty], compression="group4")
    path.write_bytes(made)
    reading = sandbox.read(path, "image/tiff", layout=False)
    assert reading.problem is None
    assert [page.number for page in reading.pages] == [1, 2]
    assert sandbox.scan(path, "image/tiff", 1).startswith(b"\x89PNG")
    assert sandbox.scan(path, "image/tiff", 2) == b""
    assert sandbox.draw(path, 1, media_type="image/tiff")[8:12] == b"WEBP"
    with pytest.raises(Damaged, match="no page 3"):
        sandbox.scan(path, "image/tiff", 3)


def test_a_photograph_is_turned_as_its_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(sheet(size=(1_600, 2_000)), "JPEG", exif=exif)
    (picture,) = images.scan(BytesIO(data), Limits(), 1)
    with Image.open(BytesIO(picture)) as image:
        assert image.size == (2_000, 1_600)


def test_what_is_no_page_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def reading(data: bytes) -> Callable[[], list[Said | Page]]:
        return lambda: list(images.read(BytesIO(data), Limits()))

    with pytest.raises(Unsupported, match="too small for a page"):
        reading(saved(sheet(size=(64, 64)), "PNG"))()
    whole = saved(sheet(), "PNG")
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as loading WeasyPrint does
    with pytest.raises(Damaged):
        reading(whole[:30])()
    with pytest.raises(Damaged):
        list(images.scan(BytesIO(whole[: len(whole) // 2]), Limits(), 1))
    monkeypatch.setattr(images, "MOST", 500_000)
    with pytest.raises(TooLarge):
        reading(whole)()
