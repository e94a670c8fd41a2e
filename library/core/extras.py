"""Parts that an installation may lack: what is installed is seen, and is not loaded for it."""

from __future__ import annotations

from importlib.util import find_spec


def print_installed() -> bool:
    """Whether pages can be set on paper and cards drawn: by WeasyPrint, of the extra `print`."""
    return find_spec("weasyprint") is not None


def zim_installed() -> bool:
    """Whether archives for Kiwix can be made: by libzim, of the extra `zim`."""
    return find_spec("libzim") is not None
