"""Words and numbers of RTF (Microsoft's RTF 1.9.1), and what they stand for."""

from __future__ import annotations

import codecs

from library.extractors.html_names import names

# \fcharset of a font → code page; "" leaves it to the document.
CHARSETS = {
    0: "cp1252",
    1: "",
    2: "symbol",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    255: "cp437",
}
SIGNS = {
    "tab": " ",
    "line": "\n",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "endash": "–",
    "emdash": "—",
    "~": "\u00a0",
    "_": "-",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "lbr": " ",
    "-": "",
}
# Groups whose text is not the document's; those that begin with \* are passed over as well.
PASSED = names(
    "pict fldinst"
    " themedata datastore xmlnstbl listtable listoverridetable rsidtbl filetbl revtbl"
    " template bkmkstart bkmkend ftnsep ftnsepc aftnsep aftnsepc nonshppict atnid"
    " atnauthor tc xe sp sn sv do shprslt mmathPr latentstyles pgdsctbl objclass info list"
    " listlevel leveltext levelnumbers listname lfolevel listoverride"
)
# Heads and feet of all pages, and of the first where a section has one of its own.
RUNNING = names("header headerl headerr footer footerl footerr")
LETTERHEAD = names("headerf footerf")
# What may stand behind the text, so that white letters are seen on it.
BEHIND = (b"\\shp", b"\\do\\", b"\\background", b"\\pict")
KEPT = frozenset(("shppict", "shpinst", "shptxt", "listtext", "pntext", "footnote", "generator"))
INFO = {
    "title": "title",
    "author": "author",
    "subject": "subject",
    "keywords": "keywords",
    "doccomm": "description",
    "company": "company",
    "creatim": "creationdate",
    "revtim": "moddate",
    "generator": "producer",
    "operator": "operator",
}


def codec_of(page: int) -> str:
    """The name of a Windows code page as Python knows it, "" where it does not."""
    name = {65001: "utf-8", 10000: "mac_roman", 936: "gbk"}.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
