"""Records of OAI-PMH servers and documents by address, from a server on this computer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from library.cli.command_line import commands
from library.cli.parts import Library
from library.core.errors import InputError
from library.fetching import Allowed, Fetcher
from library.moving_in import harvest, importing, mapping, reading
from library.moving_in.attachments import Files, Missing, Outside
from library.moving_in.plan import Planner
from library.moving_in.record import Attached
from tests.library.fetching.servers import Server, serving
from tests.library.moving_in import archives

PAGE = b'<html><head><meta name="citation_pdf_url" content="/files/two.pdf"></head></html>'
PDF = {"Content-Type": "application/pdf"}
ASKED = "/oai?verb=ListRecords"


def pages(server: Server) -> None:
    said = f"<dc:title>One</dc:title><dc:identifier>{server.url}/files/one.pdf</dc:identifier>"
    more = f"<dc:title>Two</dc:title><dc:identifier>{server.url}/item/2</dc:identifier>"
    server.pages |= {
        f"{ASKED}&metadataPrefix=oai_dc&set=a": (
            200, {}, archives.answer(archives.record("oai:x:1", said), "m&amp;ore").encode(),
        ),
        f"{ASKED}&resumptionToken=m%26ore": (
            200, {}, archives.answer(archives.record("oai:x:2", more)).encode(),
        ),
        f"{ASKED}&metadataPrefix=oai_dc": (
            200, {}, b'<OAI-PMH><error code="badArgument">no</error></OAI-PMH>',
        ),
        "/files/one.pdf": (200, PDF, archives.pdf("harvest one")),
        "/files/two.pdf": (200, PDF, archives.pdf("harvest two")),
        "/item/2": (200, {"Content-Type": "text/html"}, PAGE),
    }  # fmt: skip


def test_a_repository_is_harvested_with_the_documents_its_pages_lead_to(
    library: Library, tmp_path: Path
) -> None:
    with serving({}) as server:
        pages(server)
        fetcher = Fetcher(Allowed((server.host,)), pause=0.0)
        with pytest.raises(InputError) as wrong:
            harvest.harvest(fetcher, f"{server.url}/oai", tmp_path / "wrong")
        assert "badArgument" in str(wrong.value)
        archive = harvest.harvest(fetcher, f"{server.url}/oai", tmp_path / "answers", part="a")
        assert [record.title for record in archive.records] == ["One", "Two"]
        archive = harvest.with_landing_pages(archive, fetcher)
        (tmp_path / "saved").mkdir()
        files = Files(
            tmp_path, ".", f"{server.url}/oai", (), harvest.saved(fetcher, tmp_path / "saved")
        )
        with library.catalogue.read() as conn:
            planner = Planner(conn, files, mapping.Meanings(), library.vocabularies, tmp_path)
            plan = planner.plan(archive, server.url)
        assert plan.counts == {"new": 2}, plan.rows
        assert len(importing.carry_out(library.ingest(), plan).resources) == 2


def test_an_address_is_brought_in_where_its_host_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIBRARY_HOME", str(tmp_path / "home"))
    with serving({}) as server:
        pages(server)
        address = f"{server.url}/files/one.pdf"
        refused = CliRunner().invoke(commands, ["ingest", address])
        assert refused.exit_code == 1
        assert "LIBRARY_FETCH_FROM=127.0.0.1" in refused.output
        monkeypatch.setenv("LIBRARY_FETCH_FROM", server.host)
        monkeypatch.setattr("library.fetching.polite.PAUSE", 0.0)
        for outcome in ("added", "unchanged"):
            done = CliRunner().invoke(commands, ["ingest", address, "--json"])
            assert done.exit_code == 0, done.output
            assert f'"file": "{address}", "outcome": "{outcome}"' in done.output
        table = CliRunner().invoke(commands, ["export", "-"]).output
        assert address in table
        listed = tmp_path / "list.txt"
        listed.write_text(f"{address}\n\n{server.url}/files/two.pdf\n{server.url}/gone.pdf\n")
        words = ["import", str(listed), "--from", "addresses", "--leave-out", "--json"]
        for second in ("new", "here"):
            rows = CliRunner().invoke(commands, words).stdout.splitlines()
            outcomes = [json.loads(row)["outcome"] for row in rows if '"row"' in row]
            assert outcomes == ["here", second, "fault"], rows


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        (
            "a.xml",
            b'<!DOCTYPE r [<!ENTITY a "aaa">]><rss a="wordpress.org/export/">&a;</rss>',
            "xml",
        ),
        ("a.xml", b"<rss><wp xmlns='http://wordpress.org/export/1.2/'>", "xml damaged"),
        (
            "a.xml",
            b"<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'>" + b"<a>" * 500,
            "nested",
        ),
        ("a.json", b"[" * 100_000 + b'"issued"', "archive"),
        ("a.bin", b"\0\1\2", "archive unknown"),
    ],
)
def test_hostile_archives_are_refused_in_words(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as wrong:
        reading.read(tmp_path / name)
    assert wrong.value.code.startswith(code)
    assert "Traceback" not in str(wrong.value)


@pytest.mark.parametrize(
    "place", ["../secret.pdf", "/etc/hostname", "link.pdf", "files/../../s.pdf"]
)
def test_names_and_links_that_lead_out_are_not_followed(tmp_path: Path, place: str) -> None:
    root = tmp_path / "archive"
    root.mkdir()
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-")
    (root / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    with pytest.raises((Outside, Missing)):
        Files(root, ".", "archive").of(Attached(place))
