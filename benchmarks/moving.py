"""How long it takes until another library is in: WordPress, Zotero, OAI-PMH, with documents.

    python -m benchmarks.moving [--records 500] [--only wordpress]

Archives of our own making, each record with a PDF of one page; the server of OAI-PMH is on this
computer and is asked without pauses, which are there for others' sake. What is described and laid
out later is not counted. Times are by the clock; CPU is of this process and its children.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from library.catalogue import open_catalogue
from library.cli.parts import Library
from library.core.settings import Settings
from library.fetching import Allowed, Fetcher
from library.moving_in import harvest, importing, mapping, reading
from library.moving_in.attachments import Files
from library.moving_in.plan import Plan, Planner
from library.moving_in.reading import Archive
from library.search import indexer
from library.vocabularies import Vocabularies
from tests.library.fetching.servers import Server, serving
from tests.library.moving_in import archives

PER_ANSWER = 100  # records of one answer of a server


def zotero(folder: Path, records: int) -> Path:
    """A folder of Zotero's with a report for each record."""
    said = []
    for number in range(records):
        archives.put(folder, f"files/{number}/fund.pdf", archives.pdf(f"zotero {number}"))
        said.append(
            f'<bib:Report rdf:about="https://z.example/{number}"><z:itemType>report</z:itemType>'
            f'<link:link rdf:resource="#item_{number}"/><dc:subject>Wages</dc:subject>'
            f"<dc:title>A fund, number {number}</dc:title><dc:date>2019</dc:date></bib:Report>"
            f'<z:Attachment rdf:about="#item_{number}"><z:itemType>attachment</z:itemType>'
            f'<rdf:resource rdf:resource="files/{number}/fund.pdf"/></z:Attachment>'
        )
    archives.put(folder, "export.rdf", f"<rdf:RDF {archives.ZOTERO}>{''.join(said)}</rdf:RDF>")
    return folder


def repository(server: Server, records: int) -> None:
    """Answers of a server, and the documents that they name."""
    for start in range(0, records, PER_ANSWER):
        said = ""
        for number in range(start, min(start + PER_ANSWER, records)):
            address = f"{server.url}/{number}.pdf"
            server.pages[f"/{number}.pdf"] = (
                200, {"Content-Type": "application/pdf"}, archives.pdf(f"oai {number}"),
            )  # fmt: skip
            said += archives.record(
                f"oai:x:{number}",
                f"<dc:title>A fund, number {number}</dc:title><dc:subject>Wages</dc:subject>"
                f"<dc:identifier>{address}</dc:identifier>",
            )
        after = str(start + PER_ANSWER) if start + PER_ANSWER < records else ""
        asked = f"resumptionToken={start}" if start else "metadataPrefix=oai_dc"
        answer = archives.answer(said, after).encode()
        server.pages[f"/oai?verb=ListRecords&{asked}"] = (200, {}, answer)


def measured(
    name: str,
    made: Callable[[Path], Archive],
    root: Path,
    copies: tuple[Path, ...] = (),
    fetch: Callable[[str], Path] | None = None,
) -> None:
    home = Path(tempfile.mkdtemp(prefix="moving-home-"))
    settings = Settings(home=home)
    with closing(open_catalogue(settings, make=True)) as catalogue:
        words = Vocabularies.load(settings.languages)
        with closing(indexer.open_engine(settings, words)) as engine:
            indexer.rebuild(catalogue, engine, words)
            library = Library(settings, catalogue, words, engine)
            began, spent = time.monotonic(), processor()
            archive = made(root)
            read = time.monotonic() - began
            plan = planned(library, archive, root, copies, fetch)
            seen = time.monotonic() - began
            report = importing.carry_out(library.ingest(), plan, jobs=2)
            filed = time.monotonic() - began
            library.ingest().index()
            whole = time.monotonic() - began
            assert len(report.resources) == len(archive.records), report.plan.counts
            again = planned(library, archive, root, copies, fetch)
            assert again.counts["here"] == len(archive.records)
    shutil.rmtree(home)
    print(
        f"| {name} | {len(archive.records)} | {read:.1f} | {seen:.1f} | {filed:.1f} | {whole:.1f} "
        f"| {processor() - spent:.1f} |"
    )


def planned(
    library: Library,
    archive: Archive,
    root: Path,
    copies: tuple[Path, ...],
    fetch: Callable[[str], Path] | None,
) -> Plan:
    with library.catalogue.read() as conn:
        files = Files(root, archive.folder, str(root), copies, fetch)
        meanings = mapping.Meanings()
        return Planner(conn, files, meanings, library.vocabularies, root).plan(archive, "made")


def processor() -> float:
    """Seconds of processor time, with those of children that ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=500)
    parser.add_argument("--only", choices=("wordpress", "zotero", "oai"))
    asked = parser.parse_args()
    print("| from | records | read, s | planned, s | filed, s | found, s | CPU, s |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        if asked.only in (None, "wordpress"):
            source = archives.wordpress(folder / "wp", asked.records)
            whole = source.read_text().replace(archives.OTHER, "")
            source.write_text(whole)
            measured("WordPress", _without_bare, folder / "wp", (folder / "wp",))
        if asked.only in (None, "zotero"):
            zotero(folder / "z", asked.records)
            measured("Zotero", reading.read, folder / "z")
        if asked.only in (None, "oai"):
            with serving({}) as server:
                repository(server, asked.records)
                fetcher = Fetcher(Allowed((server.host,)), pause=0.0)
                (folder / "saved").mkdir()
                measured(
                    "OAI-PMH",
                    lambda root: harvest.harvest(fetcher, f"{server.url}/oai", root / "answers"),
                    folder,
                    fetch=harvest.saved(fetcher, folder / "saved"),
                )


def _without_bare(root: Path) -> Archive:
    """The archive but for the one post of it that has no document."""
    archive = reading.read(root / "export.xml")
    records = tuple(record for record in archive.records if record.files)
    return Archive(archive.format, archive.folder, records)


if __name__ == "__main__":
    main()
