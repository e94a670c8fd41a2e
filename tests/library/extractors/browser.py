"""PDF files as a browser prints them: scripts that the builders do not know how to set."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests import needs


def printed(body: str, language: str, folder: Path) -> bytes:
    """A page of HTML as PDF; the test that asks skips where there is no Chromium."""
    chromium = needs.command("chromium")
    page, out = folder / "page.html", folder / "page.pdf"
    direction = "rtl" if language in ("ar", "he", "fa", "ur") else "ltr"
    page.write_text(
        f"<!doctype html><html lang={language} dir={direction}><meta charset=utf-8>"
        f"<title>x</title><body>{body}</body></html>",
        "utf-8",
    )
    subprocess.run(
        [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder / 'profile'}",
            f"--print-to-pdf={out}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return out.read_bytes()
