"""Signs of types that have no letters: Symbol, and the boxes and ticks of Wingdings."""

from __future__ import annotations

# The built-in encoding of the standard type Symbol (PDF 32000-1, annex D.5), from 0x20 and 0xA0;
# a space stands for what has no sign. Files name the type and nothing else.
SYMBOL = {
    0x20: " !∀#∃%&∋()∗+,−./0123456789:;<=>?"
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
    "◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ ⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
}
SYMBOLS = {first + n: sign for first, signs in SYMBOL.items() for n, sign in enumerate(signs)}
# What forms and lists are made with; the others are ornaments.
WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0xA7: "▪", 0xA8: "◻",
    0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
PRIVATE = 0xF000  # where office programs put the codes of such types


def symbol(font: str, code: str) -> str:
    """The sign of a code, in hexadecimal, of such a type; "" for one that is an ornament."""
    try:
        place = int(code[:6], 16)
    except ValueError:
        return ""
    place -= PRIVATE if PRIVATE <= place <= PRIVATE + 0xFF else 0
    name = font.strip().lower()
    if name == "symbol":
        return SYMBOLS.get(place, "").strip()
    if name.startswith(("wingdings", "webdings", "marlett")):
        return WINGDINGS.get(place, "") if name == "wingdings" else ""
    return chr(place) if 0x20 <= place < 0xD800 else ""
