"""`python -m benchmarks.describing DIR`: what is said of documents, beside a librarian's labels.

DIR holds `files/` and `labels.csv` (file, source, language, title, kind, kind_also, audience, use,
group, topic, place, date; identifiers as in library/vocabularies, several divided by `;`). Each
field is scored as readers are shown it: right, wrong, missing, precision and recall; then by
language and format. `-` as kind says that none fits. What stands in `audience_also`, and so on, is
right too and counts neither way. `--errors FIELD` lists what to read, with the evidence used;
`--summaries` prints each summary. With `--strangers` the documents of each publisher are described
by coefficients made anew without them (half a minute), as a library's own publishers will be. With
`--confirmed` each is described as if staff had said the labels of all others: what a library
learns from that, with 10, 25, 50 and 90 of them drawn by chance too, and where those of its own
publisher are left out.

Long because each way of making the coefficients anew is scored by the same few functions.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import pickle
import random
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from library.core.errors import Empty
from library.core.resource import Page, Said, Statement
from library.extractors import EXTRACTORS, VERSION, Limits, load
from library.extractors.media_types import media_type_of
from library.metadata import decide, describe, experience, neighbours
from library.metadata.nature import Coefficients
from library.metadata.text_lines import folded
from library.vocabularies import Vocabularies

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")
SETS = ("audience", "use", "group", "topic", "place")
NONE = "-"  # a label: none of the values is right, whatever is shown
CONFIRMED = (10, 25, 50, 90)  # documents of which staff have said the labels


@dataclass(frozen=True, slots=True)
class Document:
    """A labelled file as its reader gives it. publisher: whose house style it has."""

    name: str
    publisher: str
    labels: Mapping[str, str]
    said: Said
    pages: tuple[Page, ...]


@dataclass(slots=True)
class Score:
    """Counts of one field: values, for fields that hold several."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    near: int = 0  # of `right`: all but a few words

    def short(self) -> str:
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missing)
        return f"{precision:.2f} / {recall:.2f} ({self.right}, {self.wrong})"

    def row(self, name: str) -> str:
        shown = self.right + self.wrong
        wanted = self.right + self.missing
        precision = f"{self.right / shown:5.2f}" if shown else "    -"
        recall = f"{self.right / wanted:5.2f}" if wanted else "    -"
        near = f"  ({self.near} near)" if self.near else ""
        return (
            f"{name:<22}{self.right:>6}{self.wrong:>6}{self.missing:>8}   {precision}  {recall}"
            f"{near}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="append", default=[], metavar="FIELD")
    parser.add_argument("--summaries", action="store_true")
    parser.add_argument("--strangers", action="store_true", help="never by what learned from them")
    parser.add_argument(
        "--confirmed", action="store_true", help="as if staff had said all fields of the others"
    )
    parser.add_argument("--also", type=Path, nargs="*", default=[], help="more to learn from")
    parser.add_argument("--by", action="store_true", help="also by language and format")
    chosen = parser.parse_args()
    documents = read(chosen.folder)
    vocabularies = Vocabularies.load(LANGUAGES)
    without: Mapping[str, Coefficients] = {}
    if chosen.strangers:
        from benchmarks import natures  # which imports this module

        without = natures.Folds(natures.examples_of([chosen.folder, *chosen.also])).strangers()
    started = time.perf_counter()
    said = {
        document.name: described(document, vocabularies, without.get(document.publisher))
        for document in documents
    }
    took = time.perf_counter() - started
    publishers = len({document.publisher for document in documents})
    print(f"{len(documents)} documents of {publishers} publishers, described in {took:.1f} s\n")
    show(documents, said, by=chosen.by)
    if chosen.confirmed:
        grown(documents, said)
        said = as_if_confirmed(documents, said)
        print("\nas if staff had said the labels of all others")
        show(documents, said, by=chosen.by)
    for field in chosen.errors:
        errors(documents, said, field)
    if chosen.summaries:
        for document in documents:
            summary = decide(said[document.name]).get("summary")
            print(f"\n{document.name}\n  {summary.value if summary else '-'}")


def described(
    document: Document, vocabularies: Vocabularies, coefficients: Coefficients | None = None
) -> Sequence[Statement]:
    """What the library says of a document, by its own coefficients or by those given."""
    return describe(
        document.pages,
        document.said,
        filename=document.name,
        vocabularies=vocabularies,
        languages=LANGUAGES,
        coefficients=coefficients,
    )


def as_if_confirmed(
    documents: Sequence[Document],
    said: Mapping[str, Sequence[Statement]],
    number: int | None = None,
    *,
    strange: bool = False,
) -> dict[str, Sequence[Statement]]:
    """What is said of each document, had staff said the labels of others, and of it nothing.

    number: of how many others, drawn by chance. strange: never of its publisher.
    """
    marks = {one.name: neighbours.marks_of(said[one.name], one.publisher) for one in documents}
    found: dict[str, Sequence[Statement]] = {}
    for one in documents:
        others = [
            other
            for other in documents
            if other.name != one.name and not (strange and other.publisher == one.publisher)
        ]
        random.Random(one.name).shuffle(others)
        confirmed: dict[str, experience.Experience] = {}
        for name in experience.LEARNED:
            held = confirmed[name] = experience.Experience()
            for other in others[:number]:
                labels = frozenset(filter(None, other.labels[name].split(";")))
                sure = experience.guessed(said[other.name], name)
                if labels and labels != {"?"}:
                    held.add(experience.Confirmed(other.publisher, sure, labels, marks[other.name]))
        house = "" if strange else one.publisher
        own = neighbours.marks_of(said[one.name], house)
        found[one.name] = experience.learned(said[one.name], house, confirmed, own)
    return found


def grown(documents: Sequence[Document], said: Mapping[str, Sequence[Statement]]) -> None:
    """What staff's word on more and more documents teaches, by field."""
    print(f"\n{'staff said':<24}" + "".join(f"{name:>22}" for name in experience.LEARNED))
    for strange in (False, True):
        for number in (0, *CONFIRMED):
            told = as_if_confirmed(documents, said, number, strange=strange) if number else said
            counted = scores(documents, told)
            whose = "of other publishers" if strange else "of any publisher"
            cells = "".join(f"{counted[name].short():>22}" for name in experience.LEARNED)
            print(f"{number:>3} {whose:<20}{cells}", flush=True)


def read(folder: Path) -> list[Document]:
    """The labelled documents; what a reader gave is kept in the temporary folder."""
    kept = kept_in()
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = []
    for row in rows:
        path = folder / "files" / row["file"]
        said, pages = extracted(path, kept)
        found.append(Document(path.name, publisher_of(row["source"]), row, said, pages))
    return found


def kept_in() -> Path:
    """Where readings are kept from one run to the next."""
    kept = Path(tempfile.gettempdir()) / f"library-describing-{VERSION}"
    kept.mkdir(exist_ok=True)
    return kept


def extracted(path: Path, kept: Path) -> tuple[Said, tuple[Page, ...]]:
    """The words of a file, as ingestion has them first, kept by the file's checksum."""
    content = path.read_bytes()
    cache = kept / hashlib.sha256(content + path.suffix.encode()).hexdigest()
    if cache.exists():
        # Written by this program, in a folder of this user.
        said, pages = pickle.loads(cache.read_bytes())
        return said, pages
    media_type = media_type_of(io.BytesIO(content), path.name)
    said, found = Said(), []
    try:
        for item in load(EXTRACTORS[media_type].words)(io.BytesIO(content), Limits()):
            if isinstance(item, Said):
                said = item
            else:
                found.append(item)
    except Empty:
        found = []  # a library refuses it: nothing of it is scored
    cache.write_bytes(pickle.dumps((said, tuple(found))))
    return said, tuple(found)


def publisher_of(source: str) -> str:
    """Owner of a repository or the domain of an address: `espanol.wiego.org` is `wiego`."""
    if source.startswith("http"):
        host = urlsplit(source).hostname or ""
        parts = [part for part in host.split(".") if part not in ("www", "org", "com", "net", "in")]
        long = [part for part in parts if len(part) > 3]
        return (long or parts)[-1]
    return source.split("/", 1)[0]


def show(
    documents: Sequence[Document],
    said: Mapping[str, Sequence[Statement]],
    *,
    by: bool = False,
) -> None:
    print(f"{'field':<22}{'right':>6}{'wrong':>6}{'missing':>8}   {'P':>5}  {'R':>5}")
    for name, score in scores(documents, said).items():
        print(score.row(name))
    for label, score in _of_values(documents, said).items():
        print(score.row(label))
    kinds = [d for d in documents if scored(d, "kind") and d.labels["kind"] != NONE]
    first = [(d, best(d, said[d.name], "kind")) for d in kinds]
    right = sum(_is_kind(d, value) for d, value in first)
    print(f"kind, the best suggestion right: {right} of {len(first)}, {right / len(first):.2f}")
    present = sum("summary" in decide(said[d.name]) for d in documents)
    print(f"summary present: {present} of {len(documents)}")
    for field in ("authors", "publisher"):
        print(f"{field} present: {sum(field in decide(said[d.name]) for d in documents)}")
    if not by:
        return
    for heading, key in (("language", _language), ("format", _format)):
        groups: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            groups[key(document)].append(document)
        for group, held in sorted(groups.items()):
            print(f"\n{heading} {group}: {len(held)} documents")
            for name, score in scores(held, said).items():
                print(score.row(name))


def _language(document: Document) -> str:
    return document.labels["language"]


def _format(document: Document) -> str:
    return Path(document.name).suffix


def scores(
    documents: Iterable[Document], said: Mapping[str, Sequence[Statement]]
) -> dict[str, Score]:
    found = {name: Score() for name in ("kind", *SETS, "title", "date", "language")}
    for document in documents:
        shown = decide(said[document.name])
        for field, score in found.items():
            if scored(document, field):
                value = shown[field].value if field in shown else ""
                _count(score, document, field, value)
    return found


def _of_values(
    documents: Iterable[Document], said: Mapping[str, Sequence[Statement]]
) -> dict[str, Score]:
    """The two that educators choose by."""
    found = {"audience educators": Score(), "use session-plan": Score()}
    for document in documents:
        shown = decide(said[document.name])
        for name, score in found.items():
            field, value = name.split()
            wanted = value in document.labels[field].split(";")
            given = value in _values(shown[field].value if field in shown else ())
            given = given and (wanted or value not in also(document, field))
            score.right += wanted and given
            score.wrong += given and not wanted
            score.missing += wanted and not given
    return found


def scored(document: Document, field: str) -> bool:
    if document.labels[field] == "?":
        return False  # not labelled
    if not any(page.text.strip() for page in document.pages):
        return False  # nothing can be read: its labels are from the file's name
    if field in ("title", "kind", "language"):
        return bool(document.labels[field])
    return True


def _count(score: Score, document: Document, field: str, value: str | tuple[str, ...]) -> None:
    wanted = document.labels[field]
    if field in SETS:
        right = set(filter(None, wanted.split(";")))
        # What is right too, yet not asked for, counts neither way.
        given = set(_values(value)) - also(document, field)
        score.right += len(given & right)
        score.wrong += len(given - right)
        score.missing += len(right - given)
        return
    if not value:
        score.missing += bool(wanted) and wanted != NONE
        return
    if wanted == NONE and value in also(document, field):
        return
    outcome = _judged(document, field, str(value))
    score.right += outcome != "wrong"
    score.wrong += outcome == "wrong"
    score.near += outcome == "near"


def _judged(document: Document, field: str, value: str) -> str:
    wanted = document.labels[field]
    if field == "kind":
        return "right" if _is_kind(document, value) else "wrong"
    if field == "language":
        return "right" if value == wanted else "wrong"
    if field == "date":
        same = bool(wanted) and (value.startswith(wanted) or wanted.startswith(value))
        return "right" if same else "wrong"
    one, other = folded(value), folded(wanted)
    if one == other:
        return "right"
    words, others = set(one.split()), set(other.split())
    common = len(words & others) / max(1, min(len(words), len(others)))
    lengths = min(len(words), len(others)) / max(1, max(len(words), len(others)))
    return "near" if common >= 0.8 and (lengths >= 0.4 or one in other or other in one) else "wrong"


def _is_kind(document: Document, value: str) -> bool:
    return value != "" and value in {document.labels["kind"], *also(document, "kind")}


def also(document: Document, field: str) -> set[str]:
    """What would be right too."""
    return set((document.labels.get(f"{field}_also") or "").split(";")) - {""}


def best(document: Document, statements: Sequence[Statement], field: str) -> str:
    """The surest value of a field, shown to readers or only at the desk."""
    of = sorted((s for s in statements if s.field == field), key=lambda s: -s.confidence)
    return _values(of[0].value)[0] if of and _values(of[0].value) else ""


def _values(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else tuple(filter(None, (value,)))


def errors(
    documents: Sequence[Document], said: Mapping[str, Sequence[Statement]], field: str
) -> None:
    """What is wrong or missing, and by which words it came to that."""
    print(f"\n{field}")
    confused: Counter[str] = Counter()
    for document in documents:
        if not scored(document, field):
            continue
        score = Score()
        shown = decide(said[document.name]).get(field)
        value = shown.value if shown else ""
        _count(score, document, field, value)
        if not (score.wrong or score.missing or score.near):
            continue
        wanted = ";".join(filter(None, (document.labels[field], *sorted(also(document, field)))))
        given = ";".join(_values(value))
        confused[f"{wanted} -> {given}"] += 1
        below = [
            f"{';'.join(_values(s.value))} {s.confidence:.2f}"
            for s in said[document.name]
            if s.field == field and s is not shown
        ][:3]
        evidence = " | ".join(
            re.sub(r"\s+", " ", piece.words)[:70] for piece in (shown.evidence[:3] if shown else ())
        )
        print(
            f"  {document.name[:60]}\n    wanted {wanted or '-'}; given {given or '-'}"
            f"{f' {shown.confidence:.2f}' if shown else ''}  [{'; '.join(below)}]  {evidence}"
        )
    print(f"  {sum(confused.values())} documents")


if __name__ == "__main__":
    main()
