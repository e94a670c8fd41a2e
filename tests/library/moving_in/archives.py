"""Small archives of our own making, each built as the documentation of its system says.

Every one holds the same two works: one with a PDF that is made for it, and one without a file.
"""

# ruff: noqa: E501  lines are as those systems write them

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

from tests import builders

TITLE, OTHER = "A fund of our own", "A letter to the mayor"
SUBJECTS = ("Wages", "Domestic workers", "Bread & roses")
AUTHOR, DAY = "Ama Osei", "2019-05-15"
FILE = "fund.pdf"


def pdf(name: str) -> bytes:
    """A document of one page that no other archive has."""
    words = f"The strike fund of {name}: built in quiet months, and kept by those who pay into it."
    return builders.pdf([[builders.Text(TITLE, size=20, y=760), *builders.lines(words)]])


def put(folder: Path, place: str, content: bytes | str) -> None:
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def ris(folder: Path) -> Path:
    """As Zotero writes it: a day as 2019/05/15/, files as L1."""
    put(folder, f"files/12/{FILE}", pdf("ris"))
    lines = ["TY  - RPRT", f"TI  - {TITLE}", "AU  - Osei, Ama", "PY  - 2019", "DA  - 2019/05/15/",
             *(f"KW  - {subject}" for subject in SUBJECTS), "LA  - en", f"L1  - files/12/{FILE}",
             "UR  - https://ris.example/fund", "ER  - ", "",
             "TY  - RPRT", f"TI  - {OTHER}", "ID  - 2", "ER  - ", ""]  # fmt: skip
    put(folder, "export.ris", "\r\n".join(lines))
    return folder / "export.ris"


def bibtex(folder: Path) -> Path:
    """As Zotero writes it: `Title:place:type`, capitals kept in braces, letters as commands."""
    put(folder, f"files/12/{FILE}", pdf("bibtex"))
    put(
        folder,
        "export.bib",
        "@techreport{osei_fund_2019,\n\ttitle = {A fund of our {own}},\n"
        "\tauthor = {Osei, Ama},\n\tyear = {2019},\n\tmonth = may,\n\tlanguage = {en},\n"
        f"\tkeywords = {{{', '.join(SUBJECTS).replace('&', chr(92) + '&')}}},\n"
        f"\tfile = {{Full Text\\: PDF:files/12/{FILE}:application/pdf}},\n}}\n\n"
        f"@techreport{{letter,\n\ttitle = {{{OTHER}}}\n}}\n",
    )
    return folder / "export.bib"


def csl(folder: Path) -> Path:
    """As Better BibTeX's JSON adds files to CSL-JSON."""
    put(folder, f"files/{FILE}", pdf("csl"))
    items = [
        {
            "id": "http://zotero.org/users/1/items/ABC", "type": "report", "title": TITLE,
            "author": [{"family": "Osei", "given": "Ama"}], "language": "en",
            "issued": {"date-parts": [[2019, 5, 15]]}, "keyword": ", ".join(SUBJECTS),
            "attachments": [{"title": "PDF", "path": f"files/{FILE}"}],
        },
        {"id": "2", "type": "report", "title": OTHER},
    ]  # fmt: skip
    put(folder, "export.json", json.dumps(items))
    return folder / "export.json"


ZOTERO = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/" '
    'xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def zotero(folder: Path) -> Path:
    """With `rdf:resource` as the name of a property, as Zotero has it; and a collection."""
    put(folder, f"files/12/{FILE}", pdf("zotero"))
    tags = "".join(f"<dc:subject>{escape(subject)}</dc:subject>" for subject in SUBJECTS[:2])
    tags += f"<dc:subject><z:AutomaticTag><rdf:value>{escape(SUBJECTS[2])}</rdf:value></z:AutomaticTag></dc:subject>"
    put(
        folder,
        "export.rdf",
        f"""<rdf:RDF {ZOTERO}>
<bib:Report rdf:about="https://zotero.example/fund"><z:itemType>report</z:itemType>
<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Osei</foaf:surname>
<foaf:givenName>Ama</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
<link:link rdf:resource="#item_12"/>{tags}<dc:title>{TITLE}</dc:title><dc:date>May 15, 2019</dc:date>
<z:language>en</z:language></bib:Report>
<z:Attachment rdf:about="#item_12"><z:itemType>attachment</z:itemType>
<rdf:resource rdf:resource="files/12/{FILE}"/><dc:title>Full Text PDF</dc:title>
<z:linkMode>1</z:linkMode><link:type>application/pdf</link:type></z:Attachment>
<bib:Report rdf:about="#item_3"><z:itemType>report</z:itemType><dc:title>{OTHER}</dc:title></bib:Report>
<z:Collection rdf:about="#collection_1"><dc:title>Strike funds</dc:title>
<dcterms:hasPart rdf:resource="https://zotero.example/fund"/></z:Collection></rdf:RDF>""",
    )
    return folder


def omeka(folder: Path) -> Path:
    """As Omeka S's table has it: terms by their prefix, several values with | between them."""
    put(folder, f"media/{FILE}", pdf("omeka"))
    rows = [
        ("o:id", "dcterms:title", "dcterms:creator", "dcterms:subject", "dcterms:date", "dcterms:type",
         "dcterms:language", "Theme", "media"),
        ("7", TITLE, AUTHOR, "|".join(SUBJECTS), DAY, "Report", "eng", "", f"media/{FILE}"),
        ("8", OTHER, "", "", "", "", "", "", ""),
    ]  # fmt: skip
    put(folder, "items.csv", table(rows))
    return folder / "items.csv"


def atom(folder: Path) -> Path:
    """As AtoM's table of descriptions has it."""
    put(folder, f"uploads/{FILE}", pdf("atom"))
    rows = [
        ("legacyId", "parentId", "title", "levelOfDescription", "scopeAndContent", "creators",
         "eventDates", "subjectAccessPoints", "genreAccessPoints", "language", "digitalObjectPath"),
        ("31", "", TITLE, "Item", "How to build it.", AUTHOR, DAY, "|".join(SUBJECTS), "Report", "en",
         f"uploads/{FILE}"),
        ("32", "31", OTHER, "Item", "", "", "", "", "", "", ""),
    ]  # fmt: skip
    put(folder, "isad.csv", table(rows))
    return folder / "isad.csv"


def uwazi(folder: Path) -> Path:
    """A zip file with import.csv and the files that it names."""
    rows = [
        ("title", "author", "theme", "year", "template", "language", "file", "attachments"),
        (TITLE, AUTHOR, "|".join(SUBJECTS), "2019-05-15", "Report", "en", FILE, ""),
        (OTHER, "", "", "", "", "", "", ""),
    ]
    made = folder / "uwazi.zip"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("import.csv", table(rows))
        archive.writestr(FILE, pdf("uwazi"))
    return made


def dspace(folder: Path) -> Path:
    """A folder for each item, with dublin_core.xml and a list of its contents."""

    def value(element: str, text: str, qualifier: str = "none") -> str:
        return f'<dcvalue element="{element}" qualifier="{qualifier}">{escape(text)}</dcvalue>'

    said = [
        value("title", TITLE), value("contributor", AUTHOR, "author"), value("date", DAY, "issued"),
        value("type", "Report"), value("language", "en", "iso"),
        value("identifier", "https://dspace.example/handle/1/2", "uri"),
        *(value("subject", subject) for subject in SUBJECTS),
    ]  # fmt: skip
    put(folder, "item_000/dublin_core.xml", f"<dublin_core>{''.join(said)}</dublin_core>")
    put(folder, "item_000/contents", f"{FILE}\tbundle:ORIGINAL\nlicense.txt\tbundle:LICENSE\n")
    put(folder, "item_000/license.txt", "Everybody may read this.")
    put(folder, f"item_000/{FILE}", pdf("dspace"))
    put(folder, "item_001/dublin_core.xml", f"<dublin_core>{value('title', OTHER)}</dublin_core>")
    put(folder, "item_001/contents", "")
    return folder


WXR = (
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"'
)


def wordpress(folder: Path, posts: int = 1) -> Path:
    """Posts with a tag, each with an attached PDF that stands after it; copies in wp-content."""
    items = []
    for number in range(posts):
        name = FILE if not number else f"fund-{number}.pdf"
        put(folder, f"wp-content/uploads/2019/05/{name}", pdf(f"wordpress {number}"))
        tags = "".join(
            f'<category domain="post_tag" nicename="{tag.lower()[:5]}"><![CDATA[{tag}]]></category>'
            for tag in SUBJECTS
        )
        title = f"{TITLE} {number or ''}".strip()
        items.append(
            item(title, number * 2 + 1, "post", f"{tags}<content:encoded><![CDATA[<p>Read it.</p>]]>"
                 f"</content:encoded><excerpt:encoded><![CDATA[How to build it.]]></excerpt:encoded>")
            + item(name, number * 2 + 2, "attachment", f"<wp:post_parent>{number * 2 + 1}</wp:post_parent>"
                   f"<wp:attachment_url>https://wp.example/wp-content/uploads/2019/05/{name}"
                   "</wp:attachment_url>")
        )  # fmt: skip
    items.append(item(OTHER, posts * 2 + 1, "post", "<content:encoded>Short.</content:encoded>"))
    put(
        folder,
        "export.xml",
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {WXR}><channel>'
        f"<link>https://wp.example</link>{''.join(items)}</channel></rss>",
    )
    return folder / "export.xml"


def item(title: str, number: int, kind: str, more: str) -> str:
    stands = "inherit" if kind == "attachment" else "publish"
    return (
        f"<item><title>{title}</title><link>https://wp.example/{number}/</link>"
        f'<guid isPermaLink="false">https://wp.example/?p={number}</guid>'
        f"<wp:post_id>{number}</wp:post_id><wp:post_date>2019-05-15 10:00:00</wp:post_date>"
        f"<wp:status>{stands}</wp:status><wp:post_type>{kind}</wp:post_type>{more}</item>"
    )


def oai(folder: Path) -> Path:
    """One answer of ListRecords, saved."""
    subjects = "".join(f"<dc:subject>{escape(subject)}</dc:subject>" for subject in SUBJECTS)
    put(
        folder,
        "answer.xml",
        answer(
            record("oai:x.example:1", f"<dc:title>{TITLE}</dc:title><dc:creator>{AUTHOR}</dc:creator>"
                   f"<dc:date>{DAY}</dc:date><dc:type>info:eu-repo/semantics/report</dc:type>"
                   f"<dc:language>eng</dc:language>{subjects}"
                   f"<dc:identifier>https://oai.example/files/{FILE}</dc:identifier>")
            + record("oai:x.example:2", f"<dc:title>{OTHER}</dc:title>")
            + '<record><header status="deleted"><identifier>oai:x.example:3</identifier></header></record>'
        ),
    )  # fmt: skip
    put(folder, f"copies/files/{FILE}", pdf("oai"))
    return folder / "answer.xml"


def answer(said: str, token: str = "") -> str:
    more = f"<resumptionToken>{token}</resumptionToken>" if token else ""
    return (
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"<ListRecords>{said}{more}</ListRecords></OAI-PMH>"
    )


def record(identifier: str, said: str) -> str:
    return (
        f"<record><header><identifier>{identifier}</identifier></header><metadata>"
        '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{said}</oai_dc:dc></metadata></record>'
    )


def table(rows: list[tuple[str, ...]]) -> str:
    made = io.StringIO()
    csv.writer(made).writerows(rows)
    return made.getvalue()


EVERY: dict[str, Callable[[Path], Path]] = {
    "ris": ris,
    "bibtex": bibtex,
    "csl": csl,
    "zotero": zotero,
    "dublin-core": omeka,
    "atom": atom,
    "uwazi": uwazi,
    "dspace": dspace,
    "wordpress": wordpress,
    "oai": oai,
}
