"""Archives that somebody made to do harm, or that are merely odd: read in step with their size, and
never a reason for one record to keep the others out."""

# ruff: noqa: E501  lines are as those systems write them

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from library.core.errors import InputError
from library.fetching import Fetched
from library.moving_in import attachments, harvest, reading, unpacking
from library.moving_in.attachments import Files, Missing, Outside
from library.moving_in.readers import bibtex, plain, tables, wordpress, zotero_rdf
from library.moving_in.record import MANY, SAID, Attached, Builder, Record, Unread

SECONDS = 4.0  # of processor time; those that grew with the square took minutes
Reader = Callable[[Path, Path], Iterator[Record | Unread]]

RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:z="http://www.zotero.org/namespaces/export#" '
    'xmlns:bib="http://purl.org/net/biblio#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
)
WXR = (
    '<rss xmlns:wp="http://wordpress.org/export/1.2/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<link>http://site.example</link>"
)


def post(html: str, name: str = "one") -> str:
    return (
        f"<item><title>{name}</title><link>http://site.example/{name}</link>"
        f"<wp:post_id>{name}</wp:post_id><wp:post_type>post</wp:post_type>"
        f"<wp:status>publish</wp:status><content:encoded><![CDATA[{html}]]></content:encoded>"
        "</item>"
    )


def loose(number: int) -> str:
    said = "<z:itemType>attachment</z:itemType><dc:title>t</dc:title>"
    return f'<z:Attachment rdf:about="#i{number}">{said}</z:Attachment>'


SLOW: dict[str, tuple[Reader, str]] = {
    "abbreviations that are set in": (
        bibtex.read, "@book{a, title={x}}\n" + ' @string{a = "b"}\n' * 20_000),
    "abbreviations, and many entries": (
        bibtex.read, "".join(f'@string{{s{n} = "Journal {n}"}}\n' for n in range(400))
        + "".join(f"@book{{k{n}, title={{T}}}}\n" for n in range(400))),
    "one entry with many files": (
        bibtex.read, "@book{a, title={x}, file={"
        + ";".join(f"T:{n}.pdf:application/pdf" for n in range(20_000)) + "}}"),
    "a title of braces": (bibtex.read, "@book{a, title={" + "{a}b" * 60_000 + "}}"),
    "a cell of many files": (
        tables.read, "dcterms:title,file\nx," + "|".join(f"{n}.pdf" for n in range(30_000))),
    "tags that do not end": (tables.read, 'dcterms:title,dcterms:subject\nx,"<b>' + "<a " * 60_000 + '"'),
    "comments that do not end": (tables.read, 'dcterms:title,dcterms:subject\nx,"<b>' + "<!--a" * 60_000 + '"'),
    "a post with many links": (
        wordpress.read, WXR
        + post("".join(f'<a href="/f{n}.pdf">x</a>' for n in range(20_000))) + "</channel></rss>"),
    "attachments of nothing": (
        zotero_rdf.read, RDF + "".join(map(loose, range(3_000))) + "</rdf:RDF>"),
}  # fmt: skip


@pytest.mark.parametrize("name", SLOW)
def test_an_archive_is_read_in_step_with_its_size(tmp_path: Path, name: str) -> None:
    read, text = SLOW[name]
    path = tmp_path / "archive"
    path.write_text(text, "utf-8")
    began = time.process_time()
    records = list(read(tmp_path, path))
    assert time.process_time() - began < SECONDS
    assert records and all(isinstance(one, Record) for one in records)
    assert all(len(one.files) <= MANY for one in records if isinstance(one, Record))


def test_abbreviations_are_still_known() -> None:
    path = Path(__file__).with_name("none.bib")
    text = ' @string{ilo = "ILO"}\n@STRING(x = "Press")\n@book{a, title={T}, publisher=ilo # x}\n'
    assert list(bibtex._strings(text)) == [
        '@string{ilo = "ILO"}\n',
        '@STRING(x = "Press")\n',
    ]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bibtex, "text_of", lambda index: text)
        [record] = bibtex.read(path, path)
    assert isinstance(record, Record) and record.values["publisher"] == ("ILOPress",)


ODD = {
    "a.xml": WXR + post('<p>see <a href="http://[your-site]/x.pdf">x</a></p>' + "words " * 100)
    + post("<b><![ odd " + "words " * 100, "two") + "</channel></rss>",
    "b.xml": '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>'
    + '<record><header><identifier>oai:a:1</identifier></header><metadata>'
    '<dc xmlns="http://purl.org/dc/elements/1.1/"><title>x</title>'
    "<identifier>http://[x/y.pdf</identifier></dc></metadata></record>" * 2
    + "</ListRecords></OAI-PMH>",
    "c.rdf": RDF + '<bib:Report rdf:about="#a"><z:itemType>report</z:itemType><dc:title>t</dc:title>'
    f"<bib:authors><rdf:Seq><rdf:_{'9' * 5000}>x</rdf:_{'9' * 5000}></rdf:Seq></bib:authors>"
    '</bib:Report><bib:Report rdf:about="#b"><z:itemType>report</z:itemType>'
    "<dc:title>u</dc:title></bib:Report></rdf:RDF>",
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_one_odd_value_keeps_no_record_out(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(ODD[name], "utf-8")
    archive = reading.read(path)
    assert len(archive.records) == 2 and not archive.unread


@pytest.mark.parametrize("place", ["http://[x/y.pdf", "a\0b.pdf", "a\ud800.pdf", "a/" * 9_999])
def test_a_place_that_can_be_none_is_missing(tmp_path: Path, place: str) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "a.pdf").write_bytes(b"%PDF-")
    files = Files(tmp_path, ".", "archive", [copies], None)
    began = time.process_time()
    with pytest.raises((Missing, Outside)):
        files.of(Attached(place))
    assert time.process_time() - began < SECONDS / 8
    assert list(attachments.wanted(Record(1, files=(Attached(place),))))


def test_what_is_said_of_a_record_has_an_end(tmp_path: Path) -> None:
    made = Builder(1)
    for field in range(400):
        made.add(f"f{field}", "y" * 20_000, "title")
        made.identify("url", f"https://a.example/{field}")
        made.attach(f"{field}.pdf")
        made.shelve([str(field)])
    record = made.record()
    assert sum(len(value) for values in record.raw.values() for value in values) <= SAID
    made.shelve(map(str, range(10_000)))
    assert len(made.record().collections) == MANY


def test_what_is_said_of_all_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few words of a file may be said again of each of its records."""
    path = tmp_path / "a.bib"
    text = '@string{x = "' + "y" * 9_000 + '"}\n'
    path.write_text(text + "".join(f"@book{{k{n}, title={{T{n}}}, note=x}}\n" for n in range(4)))
    assert len(reading.read(path).records) == 4
    monkeypatch.setattr(reading, "TOTAL", 20_000)
    with pytest.raises(InputError) as refused:
        reading.read(path)
    assert refused.value.code == "archive too large"


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["a/" * (300 * n) + "x" for n in range(1, 5)], "nested"),
        ([f"{n}/" + "a/" * 30 + "x" for n in range(60)], "zip of too many"),
    ],
)
def test_folders_in_a_zip_file_are_counted(
    tmp_path: Path, names: list[str], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "ENTRIES", 1_000)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        for name in names:
            made.writestr(name, b"")
    inside = tmp_path / "inside"
    inside.mkdir()
    with pytest.raises(InputError) as refused, unpacking.folder_of(tmp_path / "a.zip", inside):
        pass
    assert refused.value.code == code
    assert list(inside.iterdir()) == []


def test_answers_that_lead_in_circles_end(tmp_path: Path) -> None:
    class Server:
        asked = 0

        def fetch(self, url: str, to: Path, **more: object) -> Fetched:
            self.asked += 1
            to.write_bytes(b"<OAI-PMH><resumptionToken>again</resumptionToken></OAI-PMH>")
            return Fetched(url, {}, 0)

    server = Server()
    with pytest.raises(InputError) as wrong:
        harvest.harvest(server, "http://a.example/oai", tmp_path / "answers")  # type: ignore[arg-type]
    assert wrong.value.code == "fetch failed" and server.asked == 2


@pytest.mark.parametrize(
    "page",
    [
        '<meta name="citation_pdf_url" content="http://[x">',
        "<resumptionToken" * 100_000,
        "<meta " * 100_000,
    ],
)
def test_a_page_of_a_server_is_looked_through_in_step(tmp_path: Path, page: str) -> None:
    class Server:
        def fetch(self, url: str, to: Path, **more: object) -> Fetched:
            to.write_text(page)
            return Fetched(url, {"content-type": "text/html"}, len(page))

        def allows(self, url: str) -> bool:
            return True

    began = time.process_time()
    saved = harvest.saved(Server(), tmp_path)("http://a.example/x")  # type: ignore[arg-type]
    assert harvest._TOKEN.search(page.encode()) is None
    assert time.process_time() - began < SECONDS
    assert saved.read_text() == page


def test_markup_is_read_in_step_with_its_length() -> None:
    assert plain.words("<p>a<br>b</p><script>x</script> c &amp; d <![endif]--> e") == "a b c & d e"
    assert plain.links('<a href=" /x.pdf " title="T">q</a>') == [("/x.pdf", "T")]
    began = time.process_time()
    for piece in ("<a ", "<!--a", "<a href='", "<![", "&#", "<div>", "</", "<?"):
        plain.words("<b>" + piece * 30_000)
    assert time.process_time() - began < SECONDS
