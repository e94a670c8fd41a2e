"""`python -m benchmarks.extraction SET…`: how well PDFs are read, beside other readers.

A set is a folder of pairs NAME.pdf and NAME.txt, `nfcorpus-pdf=DIR` (the folder with mapping.tsv
and pdfs/, its texts in ../nfcorpus/docs.jsonl; a sample of 300), `pages` or `held` (printed first
by benchmarks.pages, with the truth of their layout; no rule was tuned on `held`).

Words are measured as py-pdf/benchmarks does: the Levenshtein ratio of the true text and the text
read, 2·LCS / (sum of both lengths). Before, both are composed (NFC) and every run of white space
is made one space, since where a printer ended its lines is no part of what was written; so are
the dots that lead to a page number. Nothing else is mended for any reader. `words` compares with
the truth without running heads, where they are known, for the library does not index them;
`printed` with all that is printed, and there the library is read "with heads" too.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import layout, measures, readers
from benchmarks.pages import __main__ as printing
from benchmarks.pages import forms
from library.core.resource import Block

SAMPLE = 300
LOOKS = {"pages": (Path("var/pages"), forms.TUNED), "held": (Path("var/held"), forms.HELD)}
OWN_SCRIPTS = ("ar", "hi", "bn", "th")


@dataclass(frozen=True, slots=True)
class Pair:
    """A PDF and its true text."""

    pdf: Path
    text: str

    @property
    def truth(self) -> dict[str, Any] | None:
        """What is known of the layout, if it is."""
        path = self.pdf.with_suffix(".json")
        return json.loads(path.read_text("utf-8")) if path.exists() else None


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", nargs="+", metavar="SET")
    parser.add_argument("--each", action="store_true", help="print every document too")
    parser.add_argument("--ours", action="store_true", help="this library only")
    parser.add_argument("--layout", action="store_true", help="layout and its speed only")
    parser.add_argument("--only", default="", help="documents whose name has this")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    chosen = parser.parse_args()
    results = {}
    for name in chosen.sets:
        pairs = [pair for pair in pairs_of(name) if chosen.only in pair.pdf.name]
        results[name] = (
            measured_layout(pairs) if chosen.layout else measure(pairs, only_ours=chosen.ours)
        )
        if not chosen.json:
            show(name, results[name], each=chosen.each)
    if chosen.json:
        print(json.dumps(results, ensure_ascii=False, indent=1))


def pairs_of(name: str) -> list[Pair]:
    """The pairs of a set. Raises SystemExit when there are none."""
    if name in LOOKS:
        folder_of, look = LOOKS[name]
        printing.make(folder_of, look)
        name = str(folder_of)
    kind, _, place = name.partition("=")
    found = list(nfcorpus(Path(place))) if kind == "nfcorpus-pdf" else list(folder(Path(name)))
    if not found:
        raise SystemExit(f"{name}: no pairs of NAME.pdf and NAME.txt")
    return found


def folder(path: Path) -> Iterator[Pair]:
    """Every PDF with the text of its name; a PDF and a text alone in a folder are a pair."""
    pdfs, texts = sorted(path.glob("*.pdf")), sorted(path.glob("*.txt"))
    if len(pdfs) == len(texts) == 1:
        yield Pair(pdfs[0], texts[0].read_text("utf-8"))
        return
    for pdf in pdfs:
        if pdf.with_suffix(".txt").exists():
            yield Pair(pdf, pdf.with_suffix(".txt").read_text("utf-8"))


def nfcorpus(path: Path) -> Iterator[Pair]:
    """A sample of the collection, always the same."""
    texts = {}
    for line in (path.parent / "nfcorpus" / "docs.jsonl").read_text("utf-8").splitlines():
        said = json.loads(line)
        texts[said["id"]] = f"{said['title']}\n{said['text']}"
    rows = [line.split("\t") for line in (path / "mapping.tsv").read_text("utf-8").splitlines()[1:]]
    for name, number in sorted(random.Random(300).sample(rows, SAMPLE)):
        yield Pair(path / "pdfs" / name, texts[number])


def measure(pairs: Sequence[Pair], *, only_ours: bool) -> dict[str, Any]:
    """Every document by every reader, then the layout where its truth is known."""
    everybody = readers.readers()
    if only_ours:
        everybody = {name: everybody[name] for name in (readers.OURS, readers.WHOLE)}
    documents: dict[str, dict[str, dict[str, float | None]]] = {}
    seconds = dict.fromkeys((name for name, read in everybody.items() if read), 0.0)
    for pair in pairs:
        truth = pair.truth
        row = documents[pair.pdf.stem] = {}
        for name, read in everybody.items():
            if read is None:
                continue
            began = time.perf_counter()
            try:
                texts = list(read(pair.pdf))
            except Exception as error:  # a peer may fail at a file: it has read nothing of it
                print(f"{name}: {pair.pdf.name}: {error!r}", file=sys.stderr)
                texts = []
            seconds[name] += time.perf_counter() - began
            row[name] = compared(pair, texts, truth)
    facts: dict[str, Any] = {
        "documents": documents,
        "seconds": {name: round(took, 2) for name, took in seconds.items()},
    }
    if only_ours:
        known = [(pair.pdf, truth) for pair in pairs if (truth := pair.truth)]
        return {**facts, "layout": layout.measured(known)} if known else facts
    return {**measured_layout(pairs), **facts}


def measured_layout(pairs: Sequence[Pair]) -> dict[str, Any]:
    """The layout where its truth is known, and how long it takes."""
    facts: dict[str, Any] = {"documents": {}, "seconds": {}}
    known = [(pair.pdf, truth) for pair in pairs if (truth := pair.truth)]
    if known:
        facts["layout"] = layout.measured(known)
    facts["speed"] = speed([pair.pdf for pair in pairs])
    return facts


def compared(
    pair: Pair, texts: Sequence[str], truth: dict[str, Any] | None
) -> dict[str, float | None]:
    """Words of one document, and what more its truth allows to say."""
    here, there = measures.spaced(pair.text), measures.spaced("\n".join(texts))
    dotless = measures.undotted(there)
    row: dict[str, float | None] = {"words": measures.ratio(measures.undotted(here), dotless)}
    row["printed"] = row["words"]
    if truth:
        whole = measures.spaced("\n".join(map(_printed, truth["sheets"])))
        row["printed"] = measures.ratio(measures.undotted(whole), dotless)
    if truth:
        row["order"] = layout.order_of(truth, texts)
        if truth["language"] in OWN_SCRIPTS:
            row[f"errors {truth['language']}"] = measures.error_rate(
                measures.undotted(here), dotless
            )
    return row


def _printed(sheet: dict[str, Any]) -> str:
    """All the text of a page whose truth is known."""
    blocks = (
        Block(**{**block, "rows": tuple(map(tuple, block["rows"]))}) for block in sheet["blocks"]
    )
    notes = ((number, text) for number, text in sheet["notes"])
    return forms.printed(
        forms.Sheet(tuple(blocks), tuple(notes), tuple(sheet["heads"]), tuple(sheet["feet"]))
    )


def speed(pdfs: Sequence[Path]) -> dict[str, float]:
    """Seconds of the processor that the layout of the same files takes, here and by stock
    extract_pages; what else the machine does is left out of them.

    File by file, either first in turn, so that a machine that grows slower slows both.
    """
    took = {"ours": 0.0, "extract_pages": 0.0}
    both = [("ours", readers.layout), ("extract_pages", readers.stock_layout)]
    for pdf in pdfs:
        for name, read in both:
            began = time.process_time()
            read(pdf)
            took[name] += time.process_time() - began
        both.reverse()
    rounded = {name: round(seconds, 2) for name, seconds in took.items()}
    return {**rounded, "times": took["extract_pages"] / took["ours"]}


def show(name: str, facts: dict[str, Any], *, each: bool) -> None:
    documents = facts["documents"]
    print(f"\n{name}: {len(documents)} documents")
    if each:
        for document, row in documents.items():
            said = "  ".join(
                f"{reader} {values['words']:.4f}" + _more(values) for reader, values in row.items()
            )
            print(f"  {document[:44]:44}  {said}")
    if facts["seconds"]:
        print(f"  {'':14}{'words':>8}{'printed':>9}{'order':>8}{'seconds':>9}")
    for reader, took in facts["seconds"].items():
        means = measures.average(row[reader] for row in documents.values())
        order = means.pop("order", None)
        words, printed = means.pop("words"), means.pop("printed")
        errors = "  ".join(f"{kind} {_shown(value)}" for kind, value in means.items())
        shown = f"{_shown(words):>8}{_shown(printed):>9}{_shown(order):>8}"
        print(f"  {reader:14}{shown}{took:9.1f}  {errors}")
    for kind, value in facts.get("layout", {}).get("means", {}).items():
        print(f"  layout, {kind:24} {_shown(value)}")
    if each:
        for document, row in facts.get("layout", {}).get("documents", {}).items():
            said = "  ".join(f"{kind} {_shown(value)}" for kind, value in row.items())
            print(f"  {document[:44]:44}  {said}")
    if speeds := facts.get("speed"):
        print(
            f"  layout in {speeds['ours']} s, stock extract_pages {speeds['extract_pages']} s: "
            f"{speeds['times']:.2f} times as fast"
        )


def _more(values: dict[str, float | None]) -> str:
    return "" if values.get("order") is None else f"/{values['order']:.3f}"


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


if __name__ == "__main__":
    main()
