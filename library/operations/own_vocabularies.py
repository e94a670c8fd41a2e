"""Concept schemes that a library has as files of its own, in the list of a backup: text and sum.

What is changed of concepts at the desk is in the catalogue; these files are what it is laid over.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LARGEST = 4 * 1024 * 1024  # bytes of a file
KEY = "vocabularies"  # in the list

_NAME = re.compile(r"[a-z][a-z_-]{0,40}\.toml")


def of(folder: Path) -> dict[str, dict[str, str]]:
    """The files of a folder by name, as a list has them. Raises OSError."""
    found = {}
    for path in sorted(folder.glob("*.toml")):
        if _NAME.fullmatch(path.name) and path.is_file() and path.stat().st_size <= LARGEST:
            content = path.read_bytes()
            text = content.decode("utf-8", "surrogateescape")
            found[path.name] = {"text": text, "sha256": hashlib.sha256(content).hexdigest()}
    return found


def listed(manifest: Mapping[str, Any]) -> dict[str, bytes]:
    """The files that a list has, each held against its sum. Raises ValueError.

    A list from before there were any has none.
    """
    found = {}
    files = manifest.get(KEY, {})
    if not isinstance(files, dict):
        raise ValueError("the list names no vocabularies")
    for name, said in files.items():
        if not _NAME.fullmatch(name) or not isinstance(said, dict):
            raise ValueError("the list names what is no vocabulary")
        content = str(said.get("text")).encode("utf-8", "surrogateescape")
        if hashlib.sha256(content).hexdigest() != said.get("sha256"):
            raise ValueError(f"{name} is not what it was")
        found[name] = content
    return found


def put_back(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write them where there are none. Raises OSError."""
    for name, content in files.items():
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name
        if not path.exists():
            part = path.with_suffix(".part")
            part.write_bytes(content)
            part.replace(path)
