"""Tags of languages (BCP 47), as they stand in files and in settings."""

from __future__ import annotations


def primary(tag: str) -> str:
    """The subtag of the language itself, in small letters: "pt" of pt-BR and of pt_BR."""
    return tag.lower().partition("-")[0].partition("_")[0]
