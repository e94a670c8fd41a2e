"""Engines that are servers, as a setting names them: opensearch+https://user:password@host:port/NAME"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from index.engine import SearchError

SERVERS = ("opensearch",)
"""The kinds of servers there are engines for."""

FORM = "opensearch+https://user:password@host:port/NAME"

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_OPTIONS = ("ca", "shards", "replicas", "timeout")
_MOST = {"shards": 1024, "replicas": 100, "timeout": 600}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is, and the name of the library in it."""

    kind: str
    host: str
    port: int
    secure: bool
    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca: str = ""  # a file of certificates that are trusted beside those of the system
    shards: int = 1
    replicas: int | None = None  # None: one, as soon as there is a second node
    timeout: int = 30  # seconds

    @property
    def where(self) -> str:
        """As it may be shown and noted."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.secure else 'http'}://{host}:{self.port}/{self.name}"

    @property
    def engine(self) -> str:
        """What the engine there is called."""
        return f"{self.kind}:{self.name}"


def is_server(setting: str) -> bool:
    """Whether a setting names a server, well or badly."""
    return setting.partition(":")[0].partition("+")[0] in SERVERS


def read(setting: str) -> Address:
    """The address in a setting. Raises SearchError, which shows no password."""
    try:
        parts = urlsplit(setting)
        kind, _, scheme = parts.scheme.partition("+")
        options = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        name = parts.path.strip("/")
        if not (
            kind in SERVERS
            and scheme in ("http", "https")
            and parts.hostname
            and _NAME.fullmatch(name)
            and not parts.fragment
            and all(key in _OPTIONS and len(given) == 1 for key, given in options.items())
        ):
            raise ValueError
        numbers = {
            key: int(options[key][0]) for key in ("shards", "replicas", "timeout") if key in options
        }
        if any(not _least(key) <= number <= _MOST[key] for key, number in numbers.items()):
            raise ValueError
        return Address(
            kind,
            parts.hostname,
            parts.port or 9200,
            scheme == "https",
            name,
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            options.get("ca", [""])[0],
            numbers.get("shards", 1),
            numbers.get("replicas"),
            numbers.get("timeout", 30),
        )
    except ValueError:
        raise SearchError("engine address", address=shown(setting), form=FORM) from None


def shown(setting: str) -> str:
    """A setting as it may be shown and noted: without who asks, and their password."""
    head, asks, tail = setting.rpartition("@")
    return f"{head.partition(':')[0]}://…@{tail}" if asks else setting


def _least(option: str) -> int:
    return 0 if option == "replicas" else 1


def name_of(setting: str) -> str:
    """What the engine of a setting is called, in statistics and in what is noted of its index."""
    return read(setting).engine if is_server(setting) else setting
