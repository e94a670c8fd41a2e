"""What was typed with its type and colours (XHTML of XFA 3.3, as PDF keeps it), as words."""

from __future__ import annotations

import html
import re

BLOCK = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|td)\b[^<>]*>", re.I)
TAG = re.compile(r"<[^<>]*>")
MOST = 100_000  # characters


def words_of(text: str) -> str:
    """Rich text as one line; words are parted where a paragraph ends, and by nothing else."""
    plain = TAG.sub("", BLOCK.sub(" ", text[:MOST]))
    return " ".join(html.unescape(plain).split())
