"""`python -m benchmarks.looks`: tables set in many looks, as TEDS.

Six looks in six languages, two tables a document, printed by Chromium: rules all round, below rows,
at head and foot only, shaded rows, a shaded head in a box, and nothing at all; cells of one word or
wrapped ones, numbers at either side, cells left empty. What they hold is drawn by a chance seeded
with `--seed`: another seed is another set, which no rule was made for.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import measures, readers
from benchmarks.pages import chromium, forms

PRINTED = Path("var/looks")
LANGUAGES = ("en", "fr", "ar", "hi", "th", "bn")
LOOKS = {
    "grid": "td, th { border: .5pt solid #333 }",
    "rows": "td, th { border-bottom: .4pt solid #888 }",
    "lines": "table { border-top: 1.2pt solid; border-bottom: 1.2pt solid }"
    "thead th { border-bottom: .6pt solid }",
    "shaded": "tbody tr:nth-child(odd) td { background: #eef }",
    "box": "table { border: 1pt solid } th { background: #ddd }",
    "bare": "",
}
STYLE = """@page { size: A4; margin: 22mm } body { font: 10.5pt/1.4 'Noto Serif', FONT }
p { text-align: justify } table { border-collapse: collapse; margin: 4mm 0; WIDTH }
tr { break-inside: avoid } td, th { padding: PAD; vertical-align: top } LOOK"""
Rows = list[list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", default="1")
    parser.add_argument("--each", action="store_true", help="print every document too")
    chosen = parser.parse_args()
    folder = PRINTED / chosen.seed
    folder.mkdir(parents=True, exist_ok=True)
    for look in LOOKS:
        found = []
        for language in LANGUAGES:
            pdf = folder / f"{language}-{look}.pdf"
            if not pdf.exists():
                _print(pdf, language, look, random.Random(f"{chosen.seed} {language} {look}"))
            truth = [tuple(map(tuple, rows)) for rows in json.loads(_truth(pdf).read_text("utf-8"))]
            found.append(measures.tables(truth, _given(pdf)))
            if chosen.each:
                print(f"  {pdf.stem} {found[-1]:.3f}")
        print(f"{look:8}{measures.mean(found):.3f}")


def _given(pdf: Path) -> list[tuple[tuple[str, ...], ...]]:
    """The tables of a document; one over the end of a page is one, its repeated head left out."""
    given: list[tuple[tuple[str, ...], ...]] = []
    ended = False
    for page in readers.pages(pdf):
        for place, block in enumerate(page.blocks):
            if block.rows and not place and ended and len(given[-1][0]) == len(block.rows[0]):
                given[-1] += tuple(row for row in block.rows if row != given[-1][0])
            elif block.rows:
                given.append(block.rows)
            ended = bool(block.rows)
    return given


def _truth(pdf: Path) -> Path:
    return pdf.with_suffix(".json")


def _print(pdf: Path, language: str, look: str, chance: random.Random) -> None:
    """Draw a document and print it. Raises SystemExit where there is no Chromium."""
    browser = chromium.found()
    if browser is None:
        raise SystemExit("Chromium is not installed")
    text = forms.text_of(language, forms.TUNED)
    pool = text.items if language == "th" else text.sentences  # Thai sentences have few spaces
    truth, body = [], ""
    for _ in range(2):
        rows, sides = _table(chance, " ".join(chance.sample(pool, min(8, len(pool)))).split())
        truth.append(rows)
        cells = [
            "".join(
                f'<{tag} style="text-align:{side}">{html.escape(cell)}</{tag}>'
                for cell, side in zip(row, sides, strict=True)
            )
            for row, tag in zip(rows, ("th", *["td"] * (len(rows) - 1)), strict=True)
        ]
        below = "".join(f"<tr>{row}</tr>" for row in cells[1:])
        body += f"<p>{html.escape(' '.join(chance.sample(text.sentences, 4)))}</p>"
        body += f"<table><thead><tr>{cells[0]}</tr></thead><tbody>{below}</tbody></table>"
    body += f"<p>{html.escape(' '.join(chance.sample(text.sentences, 4)))}</p>"
    style = STYLE.replace("FONT", f"'{forms.TUNED.font(language)}'")
    style = style.replace("PAD", chance.choice(("1mm 2mm", ".5mm 3mm", "2mm 4mm")))
    style = style.replace("WIDTH", chance.choice(("", "width: 100%", "width: 70%")))
    way = "rtl" if language == "ar" else "ltr"
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch, "page.html")
        page.write_text(
            f'<!doctype html><html lang={language} dir={way}><meta charset="utf-8">'
            f"<style>{style.replace('LOOK', LOOKS[look])}</style><body>{body}",
            "utf-8",
        )
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        flags += ["--no-pdf-header-footer", f"--user-data-dir={scratch}/profile"]
        command = [browser, *flags, f"--print-to-pdf={pdf}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    _truth(pdf).write_text(json.dumps(truth, ensure_ascii=False), "utf-8")


def _table(chance: random.Random, words: Sequence[str]) -> tuple[Rows, list[str]]:
    """A head and three to seven rows of words, numbers and gaps; and the side each column keeps."""
    kinds = "t" + "".join(chance.choice("ttnne") for _ in range(chance.choice((1, 2, 3, 4))))

    def cell(kind: str) -> str:
        if kind == "n":
            return str(chance.choice((chance.randint(1, 99), chance.randint(100, 9999))))
        if kind == "e" and chance.random() < 0.5:
            return ""
        count = chance.choice((1, 2, 3, 3, 6, 9))
        start = chance.randrange(max(1, len(words) - count))
        return " ".join(words[start : start + count])

    head = [words[2 * place % len(words)] for place in range(len(kinds))]
    rows = [[cell(kind) for kind in kinds] for _ in range(chance.randint(3, 7))]
    sides = [chance.choice(("end", "center", "start")) if k == "n" else "start" for k in kinds]
    return [head, *rows], sides


if __name__ == "__main__":
    main()
