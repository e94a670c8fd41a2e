"""`python -m benchmarks.pages FOLDER`: print the pages whose truth is known.

Each document is NAME.pdf with NAME.txt, its words, and NAME.json, its blocks, notes and running
heads by page. Printers that are not installed are left out and named (Debian: libreoffice-writer,
chromium, texlive-xetex texlive-latex-extra texlive-lang-arabic texlive-lang-french
texlive-lang-spanish texlive-lang-portuguese, hyphen-en-gb hyphen-es hyphen-fr hyphen-pt-pt,
fonts-noto-core fonts-hosny-amiri).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pypdfium2

from benchmarks.pages import chromium, forms, office, tex

FOOT = 60.0  # points of a page from its lower edge in which its number stands
PRINTERS = {"office": office, "chromium": chromium, "tex": tex}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("var/pages"))
    parser.add_argument("--again", action="store_true", help="print also what is there already")
    parser.add_argument("--held", action="store_true", help="the pages that are held out")
    chosen = parser.parse_args()
    make(chosen.folder, forms.HELD if chosen.held else forms.TUNED, again=chosen.again)


def make(folder: Path, look: forms.Look = forms.TUNED, *, again: bool = False) -> None:
    """Print what is not in the folder yet, or stands there as it was composed by other code.

    A document of another length than known is an error.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, printer in PRINTERS.items():
        if printer.found() is None:
            print(f"{name} is not installed: its pages are left out", file=sys.stderr)
            continue
        papers = [
            forms.compose(form, language, name, look)
            for form in forms.FORMS
            for language in forms.LANGUAGES
        ]
        todo = [p for p in papers if again or not _is_printed(p, folder)]
        try:
            printer.print_all(todo, folder)
        except subprocess.CalledProcessError as error:
            said = (error.stdout or b"")[-1500:] + (error.stderr or b"")[-500:]
            raise SystemExit(f"{name} failed:\n{said.decode('utf-8', 'replace')}") from error
        for paper in todo:
            write_truth(paper, folder)


def _is_printed(paper: forms.Paper, folder: Path) -> bool:
    """Whether a document is in the folder with this truth, but for feet that were not printed."""
    path = folder / f"{paper.name}.json"
    if not path.exists():
        return False
    kept, made = json.loads(path.read_text("utf-8")), json.loads(json.dumps(asdict(paper)))
    for truth in (kept, made):
        for sheet in truth.get("sheets", ()):
            sheet.pop("feet", None)
    return bool(kept == made)


def write_truth(paper: forms.Paper, folder: Path) -> None:
    """The words and the layout beside the PDF. Raises SystemExit when pages ran over."""
    document = pypdfium2.PdfDocument(folder / f"{paper.name}.pdf")
    count = len(document)
    if count != len(paper.sheets):
        raise SystemExit(f"{paper.name}: {count} pages instead of {len(paper.sheets)}")
    printed = [page.get_textpage().get_text_bounded(top=FOOT).split() for page in document]
    sheets = tuple(  # LibreOffice leaves the number out at times: what is not printed is not truth
        sheet if set(sheet.feet) <= set(said) else replace(sheet, feet=())
        for sheet, said in zip(paper.sheets, printed, strict=True)
    )
    paper = replace(paper, sheets=sheets)
    text = "\n".join(map(forms.words, paper.sheets))
    (folder / f"{paper.name}.txt").write_text(text, "utf-8")
    (folder / f"{paper.name}.json").write_text(
        json.dumps(asdict(paper), ensure_ascii=False, indent=1), "utf-8"
    )


if __name__ == "__main__":
    main()
