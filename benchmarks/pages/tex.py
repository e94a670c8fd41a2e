"""Pages as XeLaTeX sets them: real hyphenation, ligatures, footnotes at the foot of the page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from itertools import cycle
from pathlib import Path

from benchmarks.pages.forms import FIRST, NOTE, Paper, Sheet
from library.core.resource import Block

POLYGLOSSIA = {"en": "english", "es": "spanish", "fr": "french", "pt": "portuguese"}
SCRIPTS = {"ar": "Arabic", "hi": "Devanagari", "bn": "Bengali", "th": "Thai"}
SPECIAL = {sign: f"\\{sign}" for sign in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
LATIN_WORDS = re.compile(r"[A-Za-z](?:[A-Za-z’' -]*[A-Za-z])?|\d[\d.,:]*\d")
FOREIGN = re.compile("[!-~÷×’—“”]+")
AMIRI = "Amiri"  # the one type of Arabic here that has brackets, which TeX does not borrow


def found() -> str | None:
    """XeLaTeX, if it is installed."""
    return shutil.which("xelatex")


def print_all(papers: list[Paper], folder: Path) -> None:
    """Write NAME.pdf for each paper. Raises CalledProcessError when it cannot be set."""
    program = found()
    if program is None:
        return
    for paper in papers:
        with tempfile.TemporaryDirectory() as scratch:
            Path(scratch, "page.tex").write_text(document(paper), "utf-8")
            command = [program, "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
            subprocess.run(
                command,
                check=True,
                capture_output=True,
                timeout=120,
                cwd=scratch,
                env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
            )
            shutil.copyfile(Path(scratch, "page.pdf"), folder / f"{paper.name}.pdf")


def document(paper: Paper) -> str:
    """One document as LaTeX."""
    look, size = paper.look, paper.size
    font = AMIRI if paper.right_to_left else paper.font
    script = SCRIPTS.get(paper.language)
    options = f"[Script={script}]" if script else "[Ligatures=TeX]"
    lines = [
        r"\documentclass[a4paper]{article}",
        r"\usepackage[a4paper,top=28mm,bottom=25mm,headsep=8mm,"
        rf"left={look.side}mm,right={look.side}mm]{{geometry}}",
        r"\usepackage{multicol,fancyhdr,fontspec,array}",
        rf"\setmainfont{{{font}}}{options}",
        rf"\newfontfamily\latinfont{{{look.font('')}}}",
        r"\setlength\parskip{2mm} \setlength\parindent{0pt}",
        r"\pagestyle{fancy} \fancyhf{} \renewcommand\headrulewidth{0pt}",
        rf"\emergencystretch=3em \columnsep={look.gap}mm \tolerance=2000",
    ]
    head, foot = paper.sheets[0].heads, paper.sheets[0].feet
    if head:
        lines.append(rf"\fancyhead[C]{{\footnotesize {_latin(paper, head[0])}}}")
    if foot:
        lines.append(r"\fancyfoot[C]{\footnotesize {\latinfont\number\value{page}}}")
    if paper.language in POLYGLOSSIA:
        lines.append(r"\usepackage{polyglossia}")
        quiet = "[autospacing=false]" if paper.language == "fr" else ""
        lines.append(rf"\setmainlanguage{quiet}{{{POLYGLOSSIA[paper.language]}}}")
    elif paper.right_to_left:
        lines.append(r"\usepackage{polyglossia} \setmainlanguage[numerals=maghrib]{arabic}")
        lines.append(rf"\newfontfamily\arabicfont[Script=Arabic]{{{font}}}")
    elif paper.language == "th":
        lines.append(r'\XeTeXlinebreaklocale "th" \XeTeXlinebreakskip=0pt plus 1pt')
    lines.append(r"\renewcommand\thefootnote{{\latinfont\number\value{footnote}}}")
    if not paper.right_to_left:
        lines.append(r"\renewcommand\labelitemi{{\latinfont •}}")
        lines.append(r"\renewcommand\labelenumi{{\latinfont\number\value{enumi}.}}")
    lines.append(r"\begin{document}")
    lines.append(
        rf"\setcounter{{page}}{{{FIRST}}}\fontsize{{{size}}}{{{look.leading * size}}}\selectfont"
    )
    for number, sheet in enumerate(paper.sheets):
        if number:
            lines.append(r"\newpage")
        lines += _sheet(paper, sheet)
    lines.append(r"\end{document}")
    return "\n\n".join(lines)


def _sheet(paper: Paper, sheet: Sheet) -> list[str]:
    lines = []
    blocks = list(sheet.blocks)
    while paper.columns > 1 and blocks[0].kind == "heading" and blocks[0].level < 3:
        lines.append(_block(paper, blocks.pop(0), sheet))
    if paper.columns > 1:
        lines.append(rf"\begin{{multicols}}{{{paper.columns}}}")
    listed = ""
    for block in blocks:
        now = ("enumerate" if block.marker else "itemize") if block.kind == "item" else ""
        if now != listed:
            lines.append(rf"\end{{{listed}}}" if listed else "")
            lines.append(rf"\begin{{{now}}}" if now else "")
            listed = now
        lines.append(_block(paper, block, sheet))
    lines.append(rf"\end{{{listed}}}" if listed else "")
    if paper.columns > 1:
        lines.append(r"\end{multicols}")
    return lines


def _block(paper: Paper, block: Block, sheet: Sheet) -> str:
    if block.rows:
        return _table(paper, block)
    notes = dict(sheet.notes)
    text = "".join(
        rf"\footnote{{{_latin(paper, notes[int(part)])}}}" if odd else _latin(paper, part)
        for part, odd in zip(NOTE.split(block.text), cycle((False, True)), strict=False)
    )
    if block.kind == "heading":
        spaced = r"\addfontfeature{LetterSpace=30}" if paper.spaced and block.level == 1 else ""
        side = r"\raggedleft" if paper.right_to_left else r"\raggedright"
        points = paper.look.headings[block.level - 1]
        sized = rf"\fontsize{{{points}}}{{{1.27 * points}}}"
        return rf"{{{sized}\selectfont\bfseries{side} {spaced}{text}\par}}"
    return rf"\item {text}" if block.kind == "item" else text


def _table(paper: Paper, block: Block) -> str:
    width = len(block.rows[0])
    share = round(0.88 / width, 3)
    columns = rf">{{\raggedright\arraybackslash}}p{{{share}\textwidth}}" * width
    line = r"\hline" if paper.table == "ruled" else ""
    rows = [" & ".join(_latin(paper, cell) for cell in row) + r" \\ " + line for row in block.rows]
    return rf"\begin{{tabular}}{{{columns}}}" + line + "\n" + "\n".join(rows) + r"\end{tabular}"


def _latin(paper: Paper, text: str) -> str:
    """Text escaped; runs of Latin letters in a type that has them, and running their own way."""
    escaped = "".join(SPECIAL.get(sign, sign) for sign in text)
    if paper.right_to_left:
        return LATIN_WORDS.sub(r"\\LR{\\latinfont \g<0>}", escaped)
    if paper.language in SCRIPTS:
        return FOREIGN.sub(r"{\\latinfont \g<0>}", escaped)
    return escaped
