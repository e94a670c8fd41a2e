"""Pages as a browser prints them: no real footnotes or margins, boxes that look like them."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from benchmarks.pages.forms import LATIN, NOTE, Paper, Sheet
from library.core.resource import Block

STYLE = """
@page { size: A4; margin: 0 }
body { margin: 0; font: SIZEpt/LEADING 'FONT', 'LATIN' }
section { box-sizing: border-box; height: 296mm; padding: 15mm SIDEmm; break-after: page;
  display: flex; flex-direction: column; overflow: hidden }
header { font: 8pt 'Noto Sans', 'FONT'; text-align: center; height: 10mm }
footer { font: 8pt 'Noto Sans', 'FONT'; text-align: center; margin-top: 4mm; height: 6mm }
.text { flex: 1 } .many { columns: COLUMNS; column-gap: GAPmm; text-align: justify }
h1 { font-size: H1pt; line-height: 1.3; margin: 0 0 6mm } h2 { font-size: H2pt; margin: 4mm 0 2mm }
h3 { font-size: H3pt; margin: 3mm 0 1mm } h1, h2, h3 { break-after: avoid; text-align: start }
h1.spaced { letter-spacing: .3em; text-transform: none }
p { margin: 0 0 2mm; text-align: justify } ul, ol { margin: 0 0 2mm }
table { border-collapse: collapse; margin: 2mm 0 4mm; font-size: .92em }
th, td { padding: 1.2mm 3mm; text-align: start; vertical-align: top }
.ruled td, .ruled th { border: .5pt solid #333 }
.shaded tr:nth-child(even) td { background: #e6e9ef }
.shaded th { background: #33415c; color: #fff }
aside { border-top: .5pt solid #333; font-size: .8em; padding-top: 1mm } sup { font-size: .65em }
"""


def found() -> str | None:
    """The browser, if it is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def print_all(papers: list[Paper], folder: Path) -> None:
    """Write NAME.pdf for each paper. Raises CalledProcessError when the browser fails."""
    browser = found()
    if browser is None:
        return
    for paper in papers:
        with tempfile.TemporaryDirectory() as scratch:
            page = Path(scratch, "page.html")
            page.write_text(page_of(paper), "utf-8")
            flags = [
                *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
                *("--disable-background-networking", "--disable-component-update"),
                *("--no-pdf-header-footer", f"--user-data-dir={scratch}/profile"),
            ]
            out = f"--print-to-pdf={folder / paper.name}.pdf"
            subprocess.run(
                [browser, *flags, out, page.as_uri()], check=True, capture_output=True, timeout=120
            )


def page_of(paper: Paper) -> str:
    """One document as HTML."""
    look = paper.look
    style = STYLE
    for word, value in {
        "FONT": paper.font,
        "LATIN": look.font(""),
        "SIZE": paper.size,
        "LEADING": look.leading,
        "COLUMNS": paper.columns,
        "SIDE": look.side,
        "GAP": look.gap,
        "H1": look.headings[0],
        "H2": look.headings[1],
        "H3": look.headings[2],
    }.items():
        style = style.replace(word, f"{value:g}" if isinstance(value, float) else str(value))
    way = "rtl" if paper.right_to_left else "ltr"
    sheets = "".join(_sheet(paper, sheet) for sheet in paper.sheets)
    return (
        f'<!doctype html><html lang="{paper.language}" dir="{way}"><meta charset="utf-8">'
        f"<title>{html.escape(paper.name)}</title><style>{style}</style><body>{sheets}"
    )


def _sheet(paper: Paper, sheet: Sheet) -> str:
    parts = [f"<header>{html.escape(' '.join(sheet.heads))}</header><div class=text>"]
    blocks = list(sheet.blocks)
    while paper.columns > 1 and blocks and blocks[0].kind == "heading" and blocks[0].level < 3:
        parts.append(_block(paper, blocks.pop(0)))
    many = paper.columns > 1
    parts.append("<div class=many>" if many else "<div>")
    kind = ""
    for block in blocks:
        now = ("ol" if block.marker else "ul") if block.kind == "item" else ""
        if now != kind:
            parts.append((f"</{kind}>" if kind else "") + (f"<{now}>" if now else ""))
            kind = now
        parts.append(_block(paper, block))
    parts.append((f"</{kind}>" if kind else "") + "</div></div>")
    if sheet.notes:
        notes = "".join(f"<p><sup>{n}</sup> {html.escape(text)}</p>" for n, text in sheet.notes)
        parts.append(f"<aside>{notes}</aside>")
    feet = html.escape(" ".join(sheet.feet))
    return "<section>" + "".join(parts) + f"<footer>{feet}</footer></section>"


def _block(paper: Paper, block: Block) -> str:
    if block.rows:
        head, *rows = block.rows
        cells = ["".join(f"<th>{html.escape(cell)}</th>" for cell in head)]
        cells += ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows]
        inside = "".join(f"<tr>{row}</tr>" for row in cells)
        return f"<table class={paper.table}>{inside}</table>"
    text = NOTE.sub(r"<sup>\1</sup>", html.escape(block.text))
    if block.kind == "heading":
        spaced = " class=spaced" if paper.spaced and block.level == 1 else ""
        return f"<h{block.level}{spaced}>{text}</h{block.level}>"
    if block.kind == "item":
        return f"<li>{text}</li>"
    return f"<p>{hyphenated(text) if paper.language in LATIN else text}</p>"


def hyphenated(text: str) -> str:
    """Long words with places where they may be cut: the browser has no patterns of its own."""
    return re.sub(
        r"[^\W\d_]{7,}",
        lambda word: re.sub(r"(?<=\w{2}[aeiou])(?=[bcdfgklmnprstv][aeiouy]\w)", "&shy;", word[0]),
        text,
    )
