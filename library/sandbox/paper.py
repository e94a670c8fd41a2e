"""Sets a page of HTML on paper, as a program of its own: `python paper.py PATHS PAGE MADE`.

PATHS: JSON, where the interpreter finds what it imports. PAGE: JSON of the page, its style sheet,
what identifies it and whether it is tagged. MADE: the PDF. Nothing is fetched: what a page shows
stands in it. It is started by library/sandbox/typesetting.py, and imports nothing of ours.
"""

from __future__ import annotations

import json
import mimetypes
import sys
from pathlib import Path


def main(paths: str, page: str, made: str) -> None:
    sys.path[:0] = json.loads(paths)
    mimetypes.knownfiles = []  # it may not read them here
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    given = json.loads(Path(page).read_text("utf-8"))
    tagged = {"pdf_tags": True, "pdf_variant": "pdf/ua-1"} if given["tagged"] else {}
    HTML(
        string=given["text"],
        url_fetcher=URLFetcher(allowed_protocols=("data",), allow_redirects=False),
    ).write_pdf(
        made,
        stylesheets=[CSS(string=given["sheet"])],
        pdf_identifier=given["identifier"].encode(),
        **tagged,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
