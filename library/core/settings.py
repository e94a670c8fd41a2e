"""Every setting: its name, default and help. Read once, from the environment, then library.toml."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from index import engines
from index.engine import SearchError
from library.core import logs, store_address
from library.core.errors import UsageError
from library.core.mailbox import is_mailbox
from library.core.store_address import StoreAddress


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
    Setting("LIBRARY_NAMES", "", "The name in other languages: ar: مكتبة; es: Biblioteca."),
    Setting("LIBRARY_BASE_URL", "", "The site's public address, for feeds and links in packs."),
    Setting("LIBRARY_ARK", "", "A name of your own for identifiers that last: 12345/w1 (ARK)."),
    Setting(
        "LIBRARY_CONTACT",
        "",
        "Who answers for the library to other sites' people: an e-mail address, or a page's.",
    ),
    Setting(
        "LIBRARY_DATABASE",
        "",
        "Where the catalogue is: postgresql+psycopg://…; empty: a SQLite file in the home folder.",
    ),
    Setting(
        "LIBRARY_ENGINE",
        "whoosh",
        "What the index is made with: whoosh; opensearch+https://…, a server (docs/scaling.md); or "
        "the engine of a package that adds one.",
    ),
    Setting(
        "LIBRARY_STORE",
        "",
        "Where originals are: s3+https://…, file:///…, for several machines (docs/scaling.md); "
        "empty: in the home folder.",
    ),
    Setting(
        "LIBRARY_COPIES",
        "2000",
        "Megabytes of copies of originals that this machine keeps where LIBRARY_STORE is set.",
    ),
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
        "LIBRARY_FETCH_FROM",
        "",
        "Hosts that commands may fetch files from: union.example *.union.example; empty: none.",
    ),
    Setting("LIBRARY_HUB", "", "A WebSub hub, which tells at once whoever follows the library."),
    Setting(
        "LIBRARY_SMTP",
        "",
        "The server that takes letters to readers: smtp://user:password@mail.example:587; empty: "
        "none are written.",
    ),
    Setting("LIBRARY_MAIL_FROM", "", "The e-mail address that letters to readers come from."),
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
    Setting(
        "LIBRARY_KEEP_FREE",
        "200",
        "Megabytes of the disk that are left free: what is uploaded beyond that is refused.",
    ),
    Setting("LIBRARY_PDF", "both", "both: pypdfium2 for words, then pdfminer; or pdfminer alone."),
)

CATALOGUE = "catalogue.sqlite"  # in the home folder
DUMP = "catalogue.dump"  # in a backup of a library whose catalogue is in a server
NAMES = (CATALOGUE, DUMP)
BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite keeps a database in
ENGINES = tuple(engines.ENGINES)
PDF_READERS = ("both", "pdfminer")
_CONTACT = re.compile(r"https://[^\s<>\"]+|[^\s@<>\"/:]+@[^\s@<>\"/:.]+(\.[^\s@<>\"/:.]+)+")
_BASE = re.compile(r"https?://[^\s/?#<>\"@]+/?")
_ADDRESS = re.compile(r"https?://[^\s/?#<>\"@]+(/[^\s<>\"]*)?")
_SERVER = re.compile(r"smtps?://([^\s/?#<>\"@:]+:[^\s/?#<>\"@:]+@)?[^\s/?#<>\"@:]+(:\d{1,5})?/?")
_ARK = re.compile(r"\d{5,9}(/[a-z0-9]{1,12})?")
_HOST = re.compile(r"(\*\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?(:\d{1,5})?")
YES_OR_NO = ("yes", "no")
SHARED = ("no", "group")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one library, checked."""

    home: Path = field(default_factory=lambda: Path("var"))
    name: str = "Worker Education Library"
    names: tuple[tuple[str, str], ...] = ()  # language and name, where it has one of its own
    base_url: str = ""
    ark: str = ""
    contact: str = ""
    database: str = ""
    engine: str = "whoosh"
    store: str = ""
    copies_kept: int = 2000  # megabytes
    languages: tuple[str, ...] = ("en", "es", "fr", "pt", "ar", "hi")
    pdf: str = "both"
    count_unanswered: bool = True
    ask_sources: bool = False
    fetch_from: tuple[str, ...] = ()
    hub: str = ""
    smtp: str = ""
    mail_from: str = ""
    count_reading: bool = True
    metrics_token: str = ""
    log: str = "text info"
    keep_free: int = 200  # megabytes
    shared: str = "no"

    def called(self, language: str) -> str:
        """The name of the library in a language."""
        return dict(self.names).get(language, self.name)

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.home / CATALOGUE}"

    @property
    def in_server(self) -> bool:
        """Whether the catalogue is in a database server, and no file."""
        kind = self.database.partition(":")[0].partition("+")[0]
        return kind not in ("", "sqlite")

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must be in no log: tokens, and the passwords in addresses of servers."""
        written = [
            address.partition("://")[2].rpartition("@")[0].partition(":")[2]
            for address in (self.database, self.smtp, self.engine, self.store)
        ]
        every = (self.metrics_token, *written, *map(unquote, written))
        return tuple(dict.fromkeys(filter(None, every)))

    @property
    def engine_name(self) -> str:
        """What the engine is called where it may be shown and noted: without a password."""
        return engines.addresses.name_of(self.engine)

    @property
    def store_address(self) -> StoreAddress | None:
        """Where originals are, if that is not the home folder. Raises UsageError."""
        return store_address.read(self.store)

    @property
    def copies(self) -> Path:
        """Copies of originals that are kept somewhere else; they can be thrown away."""
        return self.home / "copies"

    @property
    def floor(self) -> int:
        """Bytes of the disk that uploads leave free."""
        return self.keep_free * 1024 * 1024

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
    def prepared(self) -> Path:
        """Where what is worked out of the vocabularies is kept; it can be thrown away."""
        return self.home / "vocabularies.json"

    @property
    def packs(self) -> Path:
        """Packs that readers asked for, kept for a day."""
        return self.home / "packs"

    @property
    def images(self) -> Path:
        return self.home / "images"


def known_engine(setting: str) -> None:
    """Raises UsageError where there is no such engine."""
    try:
        known = engines.known(setting)
    except SearchError as error:
        raise UsageError(error.code, **error.values) from error
    if not known:
        known_ones = ", ".join((*ENGINES, engines.addresses.FORM))
        raise UsageError("engine unknown", name=engines.addresses.shown(setting), known=known_ones)


def read(environment: Mapping[str, str] = os.environ, folder: Path | None = None) -> Settings:
    """The settings in force for a command run in `folder`. Raises UsageError for a wrong one."""
    folder = folder or Path.cwd()
    written = _written(folder / "library.toml")
    values = {}
    for setting in SETTINGS:
        key = setting.name.removeprefix("LIBRARY_").lower()
        values[key] = environment.get(setting.name) or written.get(key) or setting.default
    if values["engine"] in engines.GONE:
        raise UsageError("engine gone", name=values["engine"])
    if engines.addresses.is_server(values["engine"]):
        known_engine(values["engine"])
    else:
        _one_of("LIBRARY_ENGINE", engines.addresses.shown(values["engine"]), ENGINES)
    store_address.read(values["store"])
    _one_of("LIBRARY_PDF", values["pdf"], PDF_READERS)
    _one_of("LIBRARY_SHARED", values["shared"], SHARED)
    for name in ("count_unanswered", "count_reading", "ask_sources"):
        _one_of(f"LIBRARY_{name.upper()}", values[name], YES_OR_NO)
    logs.chosen(values["log"])
    languages = tuple(dict.fromkeys(values["languages"].replace(",", " ").split()))
    _letters(values)
    return Settings(
        home=(folder / Path(values["home"]).expanduser()).resolve(),
        name=values["name"],
        names=tuple(_names(values["names"])),
        base_url=_base(values["base_url"]),
        ark=_ark(values["ark"]),
        contact=_fitting(
            "LIBRARY_CONTACT",
            values["contact"],
            _CONTACT.fullmatch(values["contact"]),
            "library@union.example, https://union.example/contact",
        ),
        database=values["database"],
        engine=values["engine"],
        store=values["store"],
        copies_kept=_megabytes("LIBRARY_COPIES", values["copies"]),
        languages=languages,
        pdf=values["pdf"],
        count_unanswered=values["count_unanswered"] == "yes",
        ask_sources=values["ask_sources"] == "yes",
        fetch_from=_hosts(values["fetch_from"]),
        hub=_fitting(
            "LIBRARY_HUB", values["hub"], _ADDRESS.fullmatch(values["hub"]), "https://hub.example/"
        ),
        smtp=values["smtp"],
        mail_from=values["mail_from"],
        count_reading=values["count_reading"] == "yes",
        metrics_token=values["metrics_token"],
        log=values["log"],
        keep_free=_megabytes("LIBRARY_KEEP_FREE", values["keep_free"]),
        shared=values["shared"],
    )


def _names(value: str) -> Iterator[tuple[str, str]]:
    for part in filter(None, (one.strip() for one in value.split(";"))):
        language, _, name = (one.strip() for one in part.partition(":"))
        if not name or not language.isalpha():
            raise UsageError("setting", name="LIBRARY_NAMES", value=part, known="es: Biblioteca")
        yield language, name


def _base(value: str) -> str:
    """The address of the site: all addresses on it begin at its top, so it has no path.

    Pages kept on phones, the desk's cookie and links that were passed on would all have to know
    one; a name of its own for the site costs nothing.
    """
    if value and not _BASE.fullmatch(value):
        raise UsageError("setting base", value=value)
    return value.rstrip("/")


def _ark(value: str) -> str:
    """The number of whoever names (NAAN), and what its names of works begin with."""
    name = value.removeprefix("ark:").strip("/")
    if value and not _ARK.fullmatch(name):
        raise UsageError("setting", name="LIBRARY_ARK", value=value, known="12345, 12345/w1")
    return name


def _fitting(name: str, value: str, fits: object, known: str) -> str:
    """A setting that is empty or fits. Raises UsageError."""
    if value and not fits:
        raise UsageError("setting", name=name, value=value, known=known)
    return value


def _megabytes(name: str, value: str) -> int:
    fits = re.fullmatch(r"[0-9]{1,7}", value)
    return int(_fitting(name, value, fits, "200, 5000"))


def _letters(values: Mapping[str, str]) -> None:
    """What letters need: a server, who they are from, and where the way out of them is.

    Programs end letters by themselves at an https address alone (RFC 8058). Raises UsageError.
    """
    server, sender = values["smtp"], values["mail_from"]
    known = "smtp://mail.example:587, smtps://user:password@mail.example"
    _fitting("LIBRARY_SMTP", server, _SERVER.fullmatch(server), known)
    _fitting("LIBRARY_MAIL_FROM", sender, is_mailbox(sender), "library@union.example")
    if server and not sender:
        raise UsageError("setting missing", name="LIBRARY_SMTP", other="LIBRARY_MAIL_FROM")
    if server and not values["base_url"].startswith("https://"):
        raise UsageError("setting missing", name="LIBRARY_SMTP", other="LIBRARY_BASE_URL (https)")


def _hosts(value: str) -> tuple[str, ...]:
    hosts = tuple(dict.fromkeys(value.lower().replace(",", " ").split()))
    for host in hosts:
        if not _HOST.fullmatch(host):
            known = "union.example, *.union.example, localhost:8000"
            raise UsageError("setting", name="LIBRARY_FETCH_FROM", value=host, known=known)
    return hosts


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
