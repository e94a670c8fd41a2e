"""Pages as LibreOffice prints them, from flat OpenDocument text."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from html import escape
from pathlib import Path

from benchmarks.pages.forms import FIRST, LATIN, NOTE, Paper, Sheet
from library.core.resource import Block

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
    )
)
COUNTRIES = {"en": "GB", "es": "ES", "fr": "FR", "pt": "PT", "ar": "EG", "hi": "IN", "bn": "BD"}


def found() -> str | None:
    """LibreOffice, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def print_all(papers: list[Paper], folder: Path) -> None:
    """Write NAME.pdf for each paper, all in one run. Raises CalledProcessError on failure."""
    office = found()
    if office is None or not papers:
        return
    with tempfile.TemporaryDirectory() as scratch:
        for paper in papers:
            Path(scratch, f"{paper.name}.fodt").write_text(document(paper), "utf-8")
        files = [f"{scratch}/{paper.name}.fodt" for paper in papers]
        profile = f"-env:UserInstallation=file://{scratch}/profile"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        subprocess.run([*command, *files], check=True, capture_output=True, timeout=550)


def document(paper: Paper) -> str:
    """One document as flat XML."""
    body = "".join(_sheet(paper, sheet, number) for number, sheet in enumerate(paper.sheets))
    head = escape(" ".join(paper.sheets[0].heads))
    above = f'<text:p text:style-name="Run">{head}</text:p>' if head else ""
    number = '<text:page-number text:select-page="current"/>'
    below = f'<text:p text:style-name="Run">{number}</text:p>' if paper.sheets[0].feet else ""
    header = f"<style:header>{above}</style:header>" if above else ""
    footer = f"<style:footer>{below}</style:footer>" if below else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:styles>{_styles(paper)}</office:styles>"
        f"<office:automatic-styles>{_layout(paper)}</office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Standard" '
        f'style:page-layout-name="Page">{header}{footer}</style:master-page></office:master-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def _styles(paper: Paper) -> str:
    font, size = paper.font, paper.size
    country = COUNTRIES.get(paper.language, "TH")
    tongue = "".join(
        f' {kind}language{end}="{paper.language}" {kind}country{end}="{country}"'
        for kind, end in (("fo:", ""), ("style:", "-complex"))
    )
    fonts = (
        f'fo:font-family="{font}" style:font-family-complex="{font}" '
        f'fo:hyphenate="{"true" if paper.language in LATIN else "false"}" '
        'fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"'
    )

    def sized(points: float) -> str:
        return f'fo:font-size="{points}pt" style:font-size-complex="{points}pt"'

    way = "rl-tb" if paper.right_to_left else "lr-tb"
    made = [
        '<style:default-style style:family="paragraph"><style:paragraph-properties '
        f'style:writing-mode="{way}" fo:margin-bottom="2mm"/>'
        f"<style:text-properties {fonts} {sized(size)}{tongue}/></style:default-style>",
        '<style:style style:name="Body" style:family="paragraph"><style:paragraph-properties '
        'fo:text-align="justify"/></style:style>',
        '<style:style style:name="Run" style:family="paragraph"><style:paragraph-properties '
        f'fo:text-align="center"/><style:text-properties {sized(8)}/></style:style>',
        '<style:style style:name="Note" style:family="paragraph">'
        f"<style:text-properties {sized(0.8 * size)}/></style:style>",
        '<style:style style:name="Raised" style:family="text"><style:text-properties '
        'style:text-position="super 58%"/></style:style>',
    ]
    bold = 'fo:font-weight="bold" style:font-weight-complex="bold"'
    for level, points in enumerate(paper.look.headings, 1):
        apart = ' fo:letter-spacing="6pt"' if level == 1 and paper.spaced else ""
        made.append(
            f'<style:style style:name="H{level}" style:family="paragraph">'
            '<style:paragraph-properties fo:keep-with-next="always" fo:margin-top="3mm" '
            f'fo:text-align="{"end" if paper.right_to_left else "start"}"/>'
            f'<style:text-properties {sized(points)} {bold} fo:hyphenate="false"{apart}/>'
            "</style:style>"
        )
        for kind, number in (("First", f' style:page-number="{FIRST}"'), ("Next", "")):
            made.append(
                f'<style:style style:name="H{level}{kind}" style:family="paragraph" '
                f'style:parent-style-name="H{level}" style:master-page-name="Standard">'
                f'<style:paragraph-properties fo:break-before="page"{number}/></style:style>'
            )
    made.append(
        '<text:notes-configuration text:note-class="footnote" style:num-format="1" '
        'text:citation-style-name="Raised" text:citation-body-style-name="Raised"/>'
    )
    bullet = '<text:list-level-style-bullet text:level="1" text:bullet-char="•">'
    number = (
        '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix=".">'
    )
    place = (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" '
        'text:list-tab-stop-position="8mm" fo:text-indent="-5mm" fo:margin-left="8mm"/>'
        "</style:list-level-properties>"
    )
    made.append(
        f'<text:list-style style:name="Dots">{bullet}{place}</text:list-level-style-bullet>'
        f'</text:list-style><text:list-style style:name="Numbers">{number}{place}'
        "</text:list-level-style-number></text:list-style>"
    )
    return "".join(made)


def _layout(paper: Paper) -> str:
    way = "rl-tb" if paper.right_to_left else "lr-tb"
    border = "0.5pt solid #333333" if paper.table == "ruled" else "none"
    space = 'fo:margin-bottom="5mm"'
    return (
        '<style:page-layout style:name="Page"><style:page-layout-properties '
        'fo:page-width="210mm" fo:page-height="297mm" fo:margin-top="15mm" '
        'fo:margin-bottom="15mm" '
        f'fo:margin-left="{paper.look.side}mm" fo:margin-right="{paper.look.side}mm" '
        f'style:writing-mode="{way}"/><style:header-style><style:header-footer-properties '
        f'fo:min-height="10mm" {space}/></style:header-style><style:footer-style>'
        '<style:header-footer-properties fo:min-height="8mm" fo:margin-top="5mm"/>'
        "</style:footer-style></style:page-layout>"
        '<style:style style:name="Columns" style:family="section"><style:section-properties '
        f'style:writing-mode="{way}"><style:columns fo:column-count="{paper.columns}" '
        f'fo:column-gap="{paper.look.gap}mm"/></style:section-properties></style:style>'
        '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties '
        f'fo:border="{border}" fo:padding="1mm"/></style:style>'
        '<style:style style:name="Grid" style:family="table"><style:table-properties '
        f'style:width="150mm" table:align="left" style:writing-mode="{way}" '
        'fo:margin-bottom="4mm"/></style:style>'
    )


def _sheet(paper: Paper, sheet: Sheet, number: int) -> str:
    parts = []
    blocks = list(sheet.blocks)
    if number or paper.sheets[0].feet:
        parts.append(_block(blocks.pop(0), "Next" if number else "First", sheet))
    while paper.columns > 1 and blocks[0].kind == "heading" and blocks[0].level < 3:
        parts.append(_block(blocks.pop(0), "", sheet))
    if paper.columns > 1:
        parts.append(f'<text:section text:name="S{number}" text:style-name="Columns">')
    listed = ""
    for block in blocks:
        now = ("Numbers" if block.marker else "Dots") if block.kind == "item" else ""
        if now != listed:
            parts.append("</text:list>" if listed else "")
            parts.append(f'<text:list text:style-name="{now}">' if now else "")
            listed = now
        parts.append(_block(block, "", sheet))
    parts.append("</text:list>" if listed else "")
    parts.append("</text:section>" if paper.columns > 1 else "")
    return "".join(parts)


def _block(block: Block, kind: str, sheet: Sheet) -> str:
    if block.rows:
        columns = f'<table:table-column table:number-columns-repeated="{len(block.rows[0])}"/>'
        rows = "".join(
            "<table:table-row>"
            + "".join(
                '<table:table-cell table:style-name="Cell" office:value-type="string">'
                f"<text:p>{escape(cell)}</text:p></table:table-cell>"
                for cell in row
            )
            + "</table:table-row>"
            for row in block.rows
        )
        return f'<table:table table:style-name="Grid">{columns}{rows}</table:table>'
    notes = dict(sheet.notes)
    text = NOTE.sub(lambda mark: _note(mark[1], notes[int(mark[1])]), escape(block.text))
    if block.kind == "heading":
        level = block.level
        return (
            f'<text:h text:style-name="H{level}{kind}" text:outline-level="{level}">{text}</text:h>'
        )
    if block.kind == "item":
        return f"<text:list-item><text:p>{text}</text:p></text:list-item>"
    return f'<text:p text:style-name="Body">{text}</text:p>'


def _note(number: str, text: str) -> str:
    return (
        f'<text:note text:id="n{number}" text:note-class="footnote"><text:note-citation>{number}'
        '</text:note-citation><text:note-body><text:p text:style-name="Note"><text:s/>'
        f"{escape(text)}</text:p></text:note-body></text:note>"
    )
