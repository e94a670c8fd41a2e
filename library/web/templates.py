"""Templates and static files: loaded once, escaped always, fingerprinted.

Every language has its own environment, because a template's words are bound to it when loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import brotli
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from library.web import scripts, stylesheets
from library.web.assets import asset_folder
from library.web.i18n import Interface

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


@dataclass(frozen=True, slots=True)
class StaticFile:
    content: bytes
    media_type: str
    brotli: bytes = b""  # the same, as small as it gets: worth the time once


@dataclass(frozen=True, slots=True)
class Pages:
    """Everything pages are made of."""

    environments: Mapping[str, Environment]
    static: Mapping[str, StaticFile]  # by fingerprinted name
    names: Mapping[str, str]  # name → fingerprinted name
    fingerprint: str  # of every template, translation and static file

    @classmethod
    def load(cls, interfaces: Mapping[str, Interface]) -> Pages:
        templates, static = asset_folder("templates"), asset_folder("static")
        names: dict[str, str] = {}
        files: dict[str, StaticFile] = {}
        for path in _files(static):
            content = path.read_bytes()
            if path.suffix == ".css":
                content = stylesheets.sent(content.decode()).encode()
            elif path.suffix == ".js" and path.parent.name != "vendor":
                content = scripts.sent(content.decode()).encode()
            digest = hashlib.sha256(content).hexdigest()[:10]
            names[path.name] = f"{path.stem}.{digest}{path.suffix}"
            media_type = TYPES.get(path.suffix, "application/octet-stream")
            small = brotli.compress(content) if media_type.startswith("text/") else b""
            files[names[path.name]] = StaticFile(content, media_type, small)
        whole = hashlib.sha256()
        for path in (*_files(templates), *_files(asset_folder("locales")), *_files(static)):
            whole.update(path.name.encode() + b"\0" + path.read_bytes())
        return cls(
            environments={
                language: environment(templates, interface)
                for language, interface in interfaces.items()
            },
            static=files,
            names=names,
            fingerprint=whole.hexdigest()[:10],
        )

    def address(self, name: str) -> str:
        """The address of a static file, which changes when its content does."""
        return f"/static/{self.names[name]}"

    def render(self, template: str, page: object, interface: Interface) -> str:
        return self.environments[interface.language].get_template(template).render(page=page)


def environment(folder: Path, interface: Interface) -> Environment:
    """Templates of this folder, speaking one language."""
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.policies["ext.i18n.trimmed"] = True
    install = cast(Any, made).install_gettext_callables  # a method that the extension adds
    install(interface.say, lambda one, many, number: many, newstyle=True)  # plurals come made
    return made


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
