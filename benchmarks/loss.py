"""`python -m benchmarks.loss DIR [--home HOME]`: words that two others agree on and ours lacks.

Page by page over every PDF of a folder: a word that poppler's pdftotext and pdfium both give, as
often as the one that gives it less often, ought to be in ours. Recall is the share of those that
are. `without heads` leaves out lines that stand on three pages or more, for these are running
heads; `different words` counts each word of a page once, for what a file hides and sets again is
read twice by both others. Pages under a bound are printed with what they lack. With `--home` ours
are the pages that a library keeps of the same files, scans that were read among them.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from pathlib import Path

from benchmarks import readers

BOUND = 0.98
REPEATED = 3  # pages on which a line that is on so many is a running head
WORD = re.compile(r"[^\W_]{2,}")
CUT = re.compile(r"(?<=[^\W\d_])[-\u00ad\ufffe\u2010]\s*\n\s*(?=[^\W\d_])")
SHOWN = 12  # words of a page that are printed


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: how many words both others have, how many of them ours lacks, and which."""

    pdf: str
    number: int
    agreed: int
    lost: int
    words: tuple[str, ...]
    different: int  # words that both others have, each counted once
    gone: tuple[str, ...]  # those of them that ours has nowhere on the page

    @property
    def recall(self) -> float:
        return 1 - self.lost / self.agreed if self.agreed else 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bound", type=float, default=BOUND, help="print pages below it")
    parser.add_argument("--home", type=Path, help="a library that holds these files")
    parser.add_argument("--only", default="", help="documents whose name has this")
    chosen = parser.parse_args()
    pdfs = [pdf for pdf in sorted(chosen.folder.rglob("*.pdf")) if chosen.only in pdf.name]
    ours = readers.ours if chosen.home is None else partial(_kept, chosen.home)
    whole: list[Sheet] = []
    bare: list[Sheet] = []
    for pdf in pdfs:
        texts = [_texts(pdf, read) for read in (readers.pdftotext, readers.pypdfium, ours)]
        whole += _sheets(pdf.name, texts)
        bare += _sheets(pdf.name, [*map(_without_heads, texts[:2]), texts[2]])
    low = [sheet for sheet in bare if sheet.recall < chosen.bound]
    for sheet in sorted(low, key=lambda sheet: sheet.recall):
        more = " …" if len(sheet.words) > SHOWN else ""
        print(
            f"{sheet.recall:.3f}  {sheet.pdf[:60]} {sheet.number}: {sheet.lost} of {sheet.agreed}: "
            f"{' '.join(sheet.words[:SHOWN])}{more}"
        )
    print(f"{len(pdfs)} documents, {len(whole)} pages, {len(low)} below {chosen.bound}")
    different, gone = sum(sheet.different for sheet in bare), sum(len(x.gone) for x in bare)
    share = 1 - gone / max(1, different)
    print(f"different words of a page, without heads: {different}, {gone} lost, recall {share:.4f}")
    for name, sheets in (("all words", whole), ("without heads", bare)):
        agreed = sum(sheet.agreed for sheet in sheets)
        lost = sum(sheet.lost for sheet in sheets)
        print(f"{name}: {agreed} words, {lost} lost, recall {1 - lost / max(1, agreed):.4f}")


def _texts(pdf: Path, read: Callable[[Path], Sequence[str]]) -> list[str]:
    try:
        return [text.replace("\r", "") for text in read(pdf)]
    except Exception:  # a locked file, or one that a peer gives up: it says nothing
        return []


def _kept(home: Path, pdf: Path) -> Sequence[str]:
    """The pages of a file as a library keeps them, by their numbers."""
    checksum = hashlib.sha256(pdf.read_bytes()).hexdigest()
    with closing(sqlite3.connect(f"file:{home / 'catalogue.sqlite'}?mode=ro", uri=True)) as conn:
        rows = conn.execute(
            "SELECT p.number, p.text FROM pages p JOIN editions e ON e.id = p.edition"
            " WHERE e.sha256 = ? ORDER BY p.number",
            (checksum,),
        ).fetchall()
    texts = dict(rows)
    return [texts.get(number, "") for number in range(1, max(texts, default=0) + 1)]


def _sheets(name: str, texts: Sequence[Sequence[str]]) -> list[Sheet]:
    found = []
    shared = [_words(text) for text in texts[2]]
    for number, (one, other) in enumerate(zip_longest(*texts[:2], fillvalue=""), 1):
        agreed = _words(one) & _words(other)
        ours = shared[number - 1] if number <= len(shared) else Counter()
        # A word that the end of the page cuts is kept whole on the page where it begins.
        near = shared[number - 2 : number - 1] + shared[number : number + 1]
        lost = agreed - ours
        for word in list(lost):
            if any(word in page for page in near) and lost[word] == 1 and agreed[word] == 1:
                del lost[word]
        gone = tuple(word for word in lost if word not in ours)
        found.append(
            Sheet(name, number, agreed.total(), lost.total(), tuple(lost), len(agreed), gone)
        )
    return found


def _words(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKC", CUT.sub("", text)).casefold()
    return Counter(WORD.findall(plain))


def _without_heads(pages: Sequence[str]) -> list[str]:
    """Pages without the lines that are the same, but for numbers, on several."""
    counted = Counter(
        key for page in pages for key in {_key(line) for line in page.split("\n")} if key
    )
    return [
        "\n".join(line for line in page.split("\n") if counted[_key(line)] < REPEATED)
        for page in pages
    ]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()).casefold())


if __name__ == "__main__":
    main()
