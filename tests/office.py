"""Small office files made in code: nothing here is anybody else's work."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
P = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
ODF = (
    " ".join(
        f'xmlns:{name}="{OASIS}{name if name != "fo" else "xsl-fo-compatible"}:1.0"'
        for name in ("office", "text", "table", "draw", "style", "meta", "presentation", "fo")
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/">{}</cp:coreProperties>'
)
STYLES = f"""<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr>
</w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/>
<w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Own"/><w:basedOn w:val="Titre1"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Round"><w:basedOn w:val="Round"/></w:style></w:styles>"""
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/>
</w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0">
<w:numFmt w:val="bullet"/><w:lvlText w:val="*"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>"""


def zipped(parts: Mapping[str, str | bytes], mimetype: str = "") -> bytes:
    """A zip file of these parts; `mimetype` stands first and is stored as it is."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def relations(**parts: tuple[str, str]) -> str:
    """Relations by identifier: kind and target."""
    inside = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}{kind}" Target="{target}"/>'
        for name, (kind, target) in parts.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inside}</Relationships>'


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of a Word file, with what stands in its pPr and rPr."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def docx(body: str, core: str = "", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file with this XML in its body."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(
                a=("officeDocument", "word/document.xml"),
                b=("metadata/core-properties", "docProps/core.xml"),
            ),
            "docProps/core.xml": CORE.format(core),
            "word/_rels/document.xml.rels": relations(
                a=("styles", "styles.xml"),
                b=("numbering", "numbering.xml"),
                c=("footnotes", "/word/footnotes.xml"),
            ),
            "word/styles.xml": STYLES,
            "word/numbering.xml": NUMBERING,
            "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="4">'
            f"{paragraph('Said at the foot.')}</w:footnote></w:footnotes>",
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            **(parts or {}),
        }
    )


def shape(kind: str, *paragraphs: str) -> str:
    """A shape of a slide; kind "none" is a box of its own."""
    place = "" if kind == "none" else f'<p:ph type="{kind}"/>' if kind else "<p:ph/>"
    inside = "".join(paragraphs)
    return (
        f"<p:sp><p:nvSpPr><p:nvPr>{place}</p:nvPr></p:nvSpPr><p:txBody>{inside}</p:txBody></p:sp>"
    )


def line(text: str, properties: str = "", language: str = "en-GB") -> str:
    """A paragraph of a slide."""
    return f"<a:p>{properties}<a:r><a:rPr lang='{language}'/><a:t>{escape(text)}</a:t></a:r></a:p>"


def pptx(slides: Sequence[str], notes: Mapping[int, str] | None = None) -> bytes:
    """A PowerPoint file with these shapes on its slides; `notes` by slide, from 1."""
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(a=("officeDocument", "ppt/presentation.xml")),
        "ppt/_rels/presentation.xml.rels": relations(
            **{f"r{n}": ("slide", f"slides/s{n}.xml") for n in range(1, len(slides) + 1)}
        ),
        "ppt/presentation.xml": f"<p:presentation {P}><p:sldIdLst>"
        + "".join(f'<p:sldId id="{255 + n}" r:id="r{n}"/>' for n in range(1, len(slides) + 1))
        + "</p:sldIdLst></p:presentation>",
    }
    for n, inside in enumerate(slides, 1):
        tree = f"<p:cSld><p:spTree>{inside}</p:spTree></p:cSld>"
        parts[f"ppt/slides/s{n}.xml"] = f"<p:sld {P}>{tree}</p:sld>"
    for n, text in (notes or {}).items():
        parts[f"ppt/slides/_rels/s{n}.xml.rels"] = relations(
            a=("notesSlide", f"../notesSlides/n{n}.xml")
        )
        tree = f"<p:cSld><p:spTree>{shape('body', line(text))}</p:spTree></p:cSld>"
        parts[f"ppt/notesSlides/n{n}.xml"] = f"<p:notes {P}>{tree}</p:notes>"
    return zipped(parts)


def odf(kind: str, body: str, automatic: str = "", styles: str = "", meta: str = "") -> bytes:
    """An OpenDocument file: kind "text" or "presentation", with this XML in its body."""
    return zipped(
        {
            "content.xml": f"<office:document-content {ODF}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
            "</office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {ODF}><office:styles>{styles}</office:styles>"
            "</office:document-styles>",
            "meta.xml": f"<office:document-meta {ODF}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="'
            f'{OASIS}manifest:1.0"><manifest:file-entry manifest:full-path="/"'
            f' manifest:media-type="application/vnd.oasis.opendocument.{kind}"/>'
            '<manifest:file-entry manifest:full-path="content.xml"'
            ' manifest:media-type="text/xml"/></manifest:manifest>',
        },
        f"application/vnd.oasis.opendocument.{kind}",
    )


def epub(
    chapters: Mapping[str, str],
    nav: str = "",
    ncx: str = "",
    metadata: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A book: XHTML bodies by file name, and its contents lists."""
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in chapters
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    files: dict[str, str | bytes] = {
        f"OEBPS/{name}": '<?xml version="1.0"?><!DOCTYPE html><html xml:lang="es"><head><title/>'
        f"</head><body>{body}</body></html>"
        for name, body in chapters.items()
    }
    if nav:
        items += (
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        )
        files["OEBPS/nav.xhtml"] = f"<html><body><nav epub:type='toc'>{nav}</nav></body></html>"
    if ncx:
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        doctype = '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://x/ncx.dtd">'
        files["OEBPS/toc.ncx"] = f"{doctype}<ncx><navMap>{ncx}</navMap></ncx>"
    files["META-INF/container.xml"] = (
        "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>"
    )
    files["OEBPS/book.opf"] = (
        "<package xmlns='http://www.idpf.org/2007/opf'>"
        f"<metadata xmlns:dc='http://purl.org/dc/elements/1.1/'>{metadata}</metadata>"
        f"<manifest>{items}</manifest><spine toc='ncx'>{spine}</spine></package>"
    )
    return zipped({**files, **(parts or {})}, "application/epub+zip")


def laughing(depth: int = 9) -> str:
    """A document type whose entities would grow to a thousand million words."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>'


def overlapping(entries: int = 200, size: int = 2**20) -> bytes:
    """A zip file whose many entries all are the same packed bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(bytes(size)) + packer.flush()
    name = b"word/document.xml"
    check = zlib.crc32(bytes(size))
    local = struct.pack(
        "<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, check, len(data), size, len(name), 0
    )
    made = local + name + data
    listing = b""
    for n in range(entries):
        shown = name if not n else b"word/%08d.xml" % n
        listing += struct.pack(
            "<4s6H3L5H2L",
            *(b"PK\x01\x02", 20, 20, 0, 8, 0, 0, check, len(data), size, len(shown)),
            *(0, 0, 0, 0, 0, 0),
        )
        listing += shown
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, entries, entries, len(listing), len(made), 0)
    return made + listing + end


def ole(*names: str, first: bytes = b"") -> bytes:
    """An old Office file with streams of these names; `first` begins each."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 62, 3, 0xFFFE, 9, 6)
    struct.pack_into("<LLLLL", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE)
    struct.pack_into("<LLL", header, 64, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109L", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128L", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFE] * 126)
    entries = _entry("Root Entry", 5, child=1)
    for n, name in enumerate(names, 1):
        entries += _entry(name, 2, right=n + 1 if n < len(names) else 0xFFFFFFFF, size=4096)
    directory = entries[:512].ljust(512, b"\x00")
    return bytes(header) + table + directory + first.ljust(4096, b"\x00")


def ole_file(name: str, data: bytes) -> bytes:
    """An old Office file with one whole stream: in sectors, or in the pieces of a small one."""
    end, small = 0xFFFFFFFE, len(data) < 4096
    pieces, piece = -(-len(data) // (64 if small else 512)), 64 if small else 512
    sectors = -(-pieces * piece // 512)
    first = 3 if small else 2

    def chain(start: int, count: int) -> list[int]:
        return [*range(start + 1, start + count), end] if count else []

    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 62, 3, 0xFFFE, 9, 6)
    struct.pack_into("<LLLLL", header, 44, 1, 1, 0, 4096, 2 if small else end)
    struct.pack_into("<LLL", header, 64, int(small), end, 0)
    struct.pack_into("<109L", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = [0xFFFFFFFD, end, *([end] if small else []), *chain(first, sectors)]
    root = bytearray(_entry("Root Entry", 5, child=1, size=pieces * 64 if small else 0))
    struct.pack_into("<L", root, 116, first if small else end)
    entry = bytearray(_entry(name, 2, size=len(data)))
    struct.pack_into("<L", entry, 116, 0 if small else first)
    body = bytes(header) + struct.pack("<128L", *(table + [0xFFFFFFFF] * 128)[:128])
    body += bytes(root + entry).ljust(512, b"\0")
    if small:
        body += struct.pack("<128L", *(chain(0, pieces) + [0xFFFFFFFF] * 128)[:128])
    return body + data.ljust(sectors * 512, b"\0")


def _entry(
    name: str, kind: int, *, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF, size: int = 0
) -> bytes:
    written = (name + "\x00").encode("utf-16-le")
    entry = bytearray(128)
    entry[: len(written)] = written
    struct.pack_into("<HBB3L", entry, 64, len(written), kind, 1, 0xFFFFFFFF, right, child)
    struct.pack_into("<LL", entry, 116, 2, size)
    return bytes(entry)
