"""Where templates, static files and translations are, in a checkout or installed."""

from __future__ import annotations

from pathlib import Path


def asset_folder(name: str) -> Path:
    """The folder `templates`, `static` or `locales`: inside the package once installed."""
    package = Path(__file__).resolve().parents[1]
    return package / name if (package / name).is_dir() else package.parent / name
