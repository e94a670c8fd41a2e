"""How figures grow with the works, as a picture: plain SVG, both scales logarithmic."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

DRAWN = {
    "a question, ms (median)": "#1b6ca8",
    "a question, ms (95 %)": "#0b3c5d",
    "a phrase, ms (95 %)": "#b5651d",
    "building, s": "#2e7d32",
    "on disk, MB": "#6a1b9a",
    "answering, memory, MB": "#c62828",
}
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 760, 420, 70, 30, 230, 50


def growth(grown: Mapping[int, Mapping[str, float]]) -> str:
    """grown: works → figures. A line for each of DRAWN that every size has; the dashed one is what
    grows as the works do."""
    sizes = sorted(grown)
    drawn = {name: [grown[size][name] for size in sizes] for name in DRAWN if _has(grown, name)}
    values = [value for line in drawn.values() for value in line if value > 0]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def x(size: float) -> float:
        return LEFT + (math.log10(size) - first) / max(last - first, 1e-9) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        share = (math.log10(max(value, 10**low)) - low) / max(high - low, 1)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12" role="img" '
        'aria-label="Figures of searching by the number of works">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for power in range(low, high + 1):
        at = y(10**power)
        parts.append(_line(LEFT, at, WIDTH - RIGHT, at, "#ddd"))
        parts.append(_text(LEFT - 8, at + 4, f"{10**power:g}", "end"))
    for size in sizes:
        parts.append(_line(x(size), TOP, x(size), HEIGHT - BOTTOM, "#eee"))
        parts.append(_text(x(size), HEIGHT - BOTTOM + 18, f"{size:,}", "middle"))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, "works", "middle"))
    rising = [10**low * size / sizes[0] for size in sizes]
    ends = f"{x(sizes[0]):.1f},{y(rising[0]):.1f} {x(sizes[-1]):.1f},{y(rising[-1]):.1f}"
    parts.append(f'<polyline points="{ends}" fill="none" stroke="#999" stroke-dasharray="4 4"/>')
    for number, (name, line) in enumerate(drawn.items()):
        points = " ".join(f"{x(s):.1f},{y(v):.1f}" for s, v in zip(sizes, line, strict=True))
        colour = DRAWN[name]
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        at = TOP + 20 * number + 10
        parts.append(_line(WIDTH - RIGHT + 16, at, WIDTH - RIGHT + 36, at, colour, 3))
        newest = f"{line[-1]:,.{1 if line[-1] < 100 else 0}f}"
        parts.append(_text(WIDTH - RIGHT + 42, at + 4, f"{name}: {newest}", "start"))
    return "\n".join((*parts, "</svg>", ""))


def _has(grown: Mapping[int, Mapping[str, float]], name: str) -> bool:
    return all(name in figures for figures in grown.values())


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: int = 1) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
        f'stroke-width="{width}"/>'
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
