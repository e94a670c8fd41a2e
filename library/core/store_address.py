"""Where originals are kept beside the home folder, as a setting names it.

s3+https://KEY:SECRET@host:port/BUCKET/PREFIX   a server that speaks S3
file:///mnt/library                             a folder that several machines see
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from library.core.errors import UsageError

FORM = "s3+https://KEY:SECRET@host/BUCKET/PREFIX, file:///folder"

_BUCKET = re.compile(r"[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_REGION = re.compile(r"[a-z0-9-]{1,40}")
_OPTIONS = ("region", "ca", "timeout")
_LONGEST = 600  # seconds


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """A bucket of a server, or a folder. key "": whoever the machine is known as."""

    folder: Path | None = None
    host: str = ""
    port: int | None = None
    secure: bool = True
    bucket: str = ""
    prefix: str = ""  # without a stroke at either end
    key: str = ""
    secret: str = field(default="", repr=False)
    region: str = "us-east-1"
    ca: str = ""  # a file of certificates that are trusted instead of those of the system
    timeout: int = 60  # seconds that an answer may take

    @property
    def endpoint(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port else ""
        return f"{'https' if self.secure else 'http'}://{host}{port}"

    @property
    def where(self) -> str:
        """As it may be shown and noted."""
        if self.folder is not None:
            return str(self.folder)
        return "/".join(filter(None, (self.endpoint, self.bucket, self.prefix)))


def read(setting: str) -> StoreAddress | None:
    """The address in a setting, None for an empty one. Raises UsageError, which shows no secret."""
    if not setting:
        return None
    try:
        return _read(setting)
    except ValueError:
        raise UsageError("store address", address=shown(setting), form=FORM) from None


def _read(setting: str) -> StoreAddress:
    parts = urlsplit(setting)
    if parts.scheme == "file":
        folder = Path(unquote(parts.path))
        if parts.netloc or parts.query or parts.fragment or folder == Path("/"):
            raise ValueError
        return StoreAddress(folder=folder)
    options = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    bucket, _, prefix = parts.path.strip("/").partition("/")
    key, secret = unquote(parts.username or ""), unquote(parts.password or "")
    given = {name: values[0] for name, values in options.items()}
    timeout = int(given.get("timeout", "60"))
    region = given.get("region", "us-east-1")
    if not (
        parts.scheme in ("s3+http", "s3+https")
        and parts.hostname
        and not parts.fragment
        and _BUCKET.fullmatch(bucket)
        and (not prefix or _PREFIX.fullmatch(prefix))
        and bool(key) == bool(secret)
        and all(name in _OPTIONS and len(values) == 1 for name, values in options.items())
        and 1 <= timeout <= _LONGEST
        and _REGION.fullmatch(region)
    ):
        raise ValueError
    return StoreAddress(
        host=parts.hostname,
        port=parts.port,
        secure=parts.scheme == "s3+https",
        bucket=bucket,
        prefix=prefix,
        key=key,
        secret=secret,
        region=region,
        ca=given.get("ca", ""),
        timeout=timeout,
    )


def shown(setting: str) -> str:
    """A setting as it may be shown and noted: without who asks, and their secret."""
    head, asks, tail = setting.rpartition("@")
    return f"{head.partition(':')[0]}://…@{tail}" if asks else setting
