"""What somebody wrote that a picture shows, and not what a program put there."""

from __future__ import annotations

import re

from library.extractors.cleanup import clean

# What programs write where nobody said what a picture shows.
SAID_BY_PROGRAMS = re.compile(
    r"automatically generated|generad[ao] (?:automáticamente|por IA)|générée? automatiquement|"
    r"gerad[ao] automaticamente|AI-generated|\.(?:png|jpe?g|gif|emf|wmf|tiff?|svg|bmp)$|^https?:|"
    r"^\{\\(?:display|text)style\b",
    re.I,
)


TELLING = 20  # characters of what is said of a picture: shorter is the name of a sign


def tells(words: str) -> bool:
    """Whether words say what a picture shows, and do not only name it."""
    return len(words) >= TELLING or words.count(" ") > 1


def description(words: str) -> str:
    """What is said of a picture, "" where a program said it, or nobody did."""
    text = clean(" ".join(words[:4_000].split()))[:2_000]
    return "" if len(text) < 4 or SAID_BY_PROGRAMS.search(text[-300:]) else text
