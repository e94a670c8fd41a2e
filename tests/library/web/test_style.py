"""The style sheet: readable in light and dark, mirrored by itself, small."""

from __future__ import annotations

import re

import pytest

from library.web.assets import asset_folder

SHEETS = {
    name: (asset_folder("static") / f"{name}.css").read_text("utf-8")
    for name in ("site", "front", "read", "narrow")
}
SHEET = SHEETS["site"]
TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{3,6});")
LIGHT = dict(TOKEN.findall(SHEET.split("prefers-color-scheme")[0]))
DARK = LIGHT | dict(TOKEN.findall(SHEET.split("prefers-color-scheme")[1].split("@layer base")[0]))

PAIRS = [
    ("ink", "paper"),
    ("ink", "sheet"),
    ("soft", "paper"),
    ("soft", "sheet"),
    ("accent", "paper"),
    ("accent", "sheet"),
    ("accent-ink", "accent"),
    ("cover-ink", "cover"),
    ("mark-ink", "mark"),
]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_what_is_read_stands_out(tokens: dict[str, str], text: str, ground: str) -> None:
    lighter, darker = sorted((luminance(tokens[text]), luminance(tokens[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_dark_is_not_light() -> None:
    assert LIGHT["paper"] != DARK["paper"]


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_is_left_or_right(name: str) -> None:
    rules = re.sub(r"/\*.*?\*/", "", SHEETS[name], flags=re.DOTALL)
    physical = (
        r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)"
        r"|[\s;{](?:left|right|width|height|min-width|max-height)\s*:"
        r"|(?:text-align|float):\s*(?:left|right)"
    )
    assert not re.search(physical, re.sub(r"@media[^{]*", "", rules))
    assert "http" not in rules
    assert "url(" not in rules


def test_layers_go_from_general_to_special() -> None:
    order = ["tokens", "base", "layout", "parts", "scripts", "print"]
    assert re.findall(r"^@layer (\w+) \{", SHEET, re.MULTILINE) == order
    assert SHEET.count("!important") <= 1
    for sheet in SHEETS.values():
        assert f"@layer {', '.join(order)};" in sheet  # whichever comes first says the order
        assert set(re.findall(r"^@layer (\w+) \{", sheet, re.MULTILINE)) <= set(order)
