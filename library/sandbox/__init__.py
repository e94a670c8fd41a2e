"""Strangers' files, read where they can harm nothing.

reading     what the library asks for: the kind, the words, the layout or a picture of a file, and
            what its words say of it (library/ingestion/description)
children    the processes that do it: begun, listened to, stopped, and why they ended
nursery     the process they are forked from, with all readers loaded
child       their side, for readers of ours (library/extractors)
programs    their side, for programs that are not ours: Tesseract, pdftotext
libreoffice the same for LibreOffice, which makes old Word and PowerPoint files readable
confinement what all of them give up before they look at a file; landlock: folders
"""

from __future__ import annotations

from library.sandbox.children import Stopped
from library.sandbox.confinement import lacking
from library.sandbox.reader import (
    PDF,
    Reading,
    draw,
    judge,
    judge_each,
    read,
    run,
    scan,
    take,
    tell,
)

__all__ = [
    "PDF",
    "Reading",
    "Stopped",
    "draw",
    "judge",
    "judge_each",
    "lacking",
    "read",
    "run",
    "scan",
    "take",
    "tell",
]
