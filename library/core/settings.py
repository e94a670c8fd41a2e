"""Every setting: its name, default and help. Read once, from the environment, then library.toml."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index import engines
from library.core import logs
from library.core.errors import UsageError


@dataclass(frozen=True, slots=True)
class Setting:
    name: str  # in the environment; library.toml has it without LIBRARY_, in lower case
    default: str
    help: str


SETTINGS = (
    Setting("LIBRARY_HOME", "./var", "The folder that holds catalogue, originals and index."),
    Setting(
        "LIBRARY_SHARED",
        "no",
        "no: other accounts of this computer read nothing in the home; group: its group may.",
    ),
    Setting("LIBRARY_NAME", "Worker Education Library", "The name on every page."),
    Setting("LIBRARY_BASE_URL", "", "The site's public address, for feeds and links in packs."),
    Setting("LIBRARY_DATABASE", "", "A database URL; empty: a SQLite file in the home folder."),
    Setting("LIBRARY_ENGINE", "whoosh", "What the index is made with: whoosh, or tantivy (fast)."),
    Setting(
        "LIBRARY_LANGUAGES",
        "en es fr pt ar hi",
        "Languages that documents are expected in, the site's first language first.",
    ),
    Setting(
        "LIBRARY_COUNT_UNANSWERED",
        "yes",
        "yes: searches that found nothing are counted by words and day, never by person; or no.",
    ),
    Setting(
        "LIBRARY_COUNT_READING",
        "yes",
        "yes: reading, downloads and searches are counted by day, never by person; or no.",
    ),
    Setting(
        "LIBRARY_ASK_SOURCES",
        "no",
        "yes: the worker asks now and then whether the addresses documents came from still answer.",
    ),
    Setting(
        "LIBRARY_METRICS_TOKEN",
        "",
        "What /metrics asks for as a bearer token; empty: it answers this computer alone.",
    ),
    Setting(
        "LIBRARY_LOG",
        "text info",
        "What serve and work write to standard error: text or json; debug, info, warning or error.",
    ),
    Setting("LIBRARY_PDF", "both", "both: pypdfium2 for words, then pdfminer; or pdfminer alone."),
)

CATALOGUE = "catalogue.sqlite"  # in the home folder
BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite keeps a database in
ENGINES = tuple(engines.ENGINES)
PDF_READERS = ("both", "pdfminer")
YES_OR_NO = ("yes", "no")
SHARED = ("no", "group")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one library, checked."""

    home: Path = field(default_factory=lambda: Path("var"))
    name: str = "Worker Education Library"
    base_url: str = ""
    database: str = ""
    engine: str = "whoosh"
    languages: tuple[str, ...] = ("en", "es", "fr", "pt", "ar", "hi")
    pdf: str = "both"
    count_unanswered: bool = True
    ask_sources: bool = False
    count_reading: bool = True
    metrics_token: str = ""
    log: str = "text info"
    shared: str = "no"

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.home / CATALOGUE}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must be in no log: tokens, and the password in the address of a database."""
        address = self.database.partition("://")[2].rpartition("@")[0]
        return tuple(filter(None, (self.metrics_token, address.partition(":")[2])))

    @property
    def originals(self) -> Path:
        return self.home / "originals"

    @property
    def index(self) -> Path:
        return self.home / "index"

    @property
    def vocabularies(self) -> Path:
        """Where staff keep concept schemes of their own, in place of those shipped."""
        return self.home / "vocabularies"

    @property
    def images(self) -> Path:
        return self.home / "images"


def read(environment: Mapping[str, str] = os.environ, folder: Path | None = None) -> Settings:
    """The settings in force for a command run in `folder`. Raises UsageError for a wrong one."""
    folder = folder or Path.cwd()
    written = _written(folder / "library.toml")
    values = {}
    for setting in SETTINGS:
        key = setting.name.removeprefix("LIBRARY_").lower()
        values[key] = environment.get(setting.name) or written.get(key) or setting.default
    _one_of("LIBRARY_ENGINE", values["engine"], ENGINES)
    _one_of("LIBRARY_PDF", values["pdf"], PDF_READERS)
    _one_of("LIBRARY_SHARED", values["shared"], SHARED)
    for name in ("count_unanswered", "count_reading", "ask_sources"):
        _one_of(f"LIBRARY_{name.upper()}", values[name], YES_OR_NO)
    logs.chosen(values["log"])
    languages = tuple(dict.fromkeys(values["languages"].replace(",", " ").split()))
    return Settings(
        home=(folder / Path(values["home"]).expanduser()).resolve(),
        name=values["name"],
        base_url=values["base_url"].rstrip("/"),
        database=values["database"],
        engine=values["engine"],
        languages=languages,
        pdf=values["pdf"],
        count_unanswered=values["count_unanswered"] == "yes",
        ask_sources=values["ask_sources"] == "yes",
        count_reading=values["count_reading"] == "yes",
        metrics_token=values["metrics_token"],
        log=values["log"],
        shared=values["shared"],
    )


def _written(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError("settings unread", file=str(path), detail=str(error)) from error
    known = {setting.name.removeprefix("LIBRARY_").lower() for setting in SETTINGS}
    for key in table:
        if key not in known:
            names = ", ".join(sorted(known))
            raise UsageError("setting unknown", file=str(path), name=key, known=names)
    return {
        key: " ".join(map(str, value)) if isinstance(value, list) else str(value)
        for key, value in table.items()
    }


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise UsageError("setting", name=name, value=value, known=", ".join(allowed))
