"""A store that is a bucket of a server which speaks S3: nothing else knows its client.

A server that is away is not asked again for a few seconds, so that nobody waits for what was found
away a moment ago. Every request is signed with the checksum of what it brings, so that a server
takes nothing that was changed on the way. docs/scaling.md says which rights the key needs.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from library.core.errors import (
    LibraryError,
    NotUsable,
    StorageFull,
    Unreachable,
    Unreadable,
    UsageError,
)
from library.core.store_address import StoreAddress
from library.store.protocol import Facts

SINGLE = 16 << 20  # bytes that are sent as one; what is larger is sent in parts of so many
AWAY = 5.0  # seconds for which a server that did not answer is not asked again
CONNECT = 5  # seconds
ATTEMPTS = 3  # of one request
KNOWN = 30.0  # seconds for which a bucket that was there is taken to be there
CONNECTIONS = 32
PAGE = 1000  # names that are listed at once

_MISSING = ("404", "NoSuchKey", "NotFound")
_REFUSED = (
    "401", "403", "AccessDenied", "AccountProblem", "AllAccessDisabled",
    "AuthorizationHeaderMalformed", "ExpiredToken", "InvalidAccessKeyId", "InvalidToken",
    "RequestTimeTooSkewed", "SignatureDoesNotMatch",
)  # fmt: skip
_FULL = (
    "507", "InsufficientStorage", "QuotaExceeded", "StorageFull", "XMinioStorageFull",
    "XMinioAdminBucketQuotaExceeded", "ServiceQuotaExceededException",
)  # fmt: skip
_LATER = ("SlowDown", "RequestTimeout", "ConditionalRequestConflict")
_THERE = ("412", "PreconditionFailed")
_NOT_KNOWN = ("501", "NotImplemented", "InvalidArgument", "InvalidRequest")


class S3Store:
    """Files by name below a prefix of a bucket."""

    def __init__(self, address: StoreAddress) -> None:
        self._address = address
        self._client = _client(address)
        self._away = 0.0  # until when it is not asked
        self._seen = 0.0  # until when the bucket is taken to be there
        self._absent_only = True  # whether the server can be told to put only what is not there

    @property
    def where(self) -> str:
        return self._address.where

    def put(self, name: str, file: Path, *, replace: bool = False) -> bool:
        if not replace and self.facts(name):
            return False
        with file.open("rb") as source:
            size = file.stat().st_size
            if size <= SINGLE:
                return self._put(name, source.read(), replace=replace)
            return self._put_in_parts(name, source, replace=replace)

    def write(self, name: str, data: bytes) -> None:
        self._put(name, data, replace=True)

    def open(self, name: str, first: int = 0, size: int | None = None) -> BinaryIO:
        wanted = {}
        if first or size is not None:
            last = "" if size is None else str(first + size - 1)
            wanted = {"Range": f"bytes={first}-{last}"}
        if size == 0:
            return io.BytesIO()
        try:
            with self._asking():
                got = self._client.get_object(**self._named(name), **wanted)
        except _Missing as missing:
            raise self._gone(name) from missing
        except _NoSuchRange:
            return io.BytesIO()
        return _Body(self, got["Body"], int(got["ContentLength"]))

    def facts(self, name: str) -> Facts | None:
        try:
            with self._asking():
                got = self._client.head_object(**self._named(name))
        except _Missing:
            self._bucket()
            return None
        return Facts(int(got["ContentLength"]), got["LastModified"].timestamp())

    def every(self, prefix: str) -> Iterator[tuple[str, Facts]]:
        beginning = self._key("")
        more: dict[str, str] = {}
        while True:
            try:
                with self._asking():
                    got = self._client.list_objects_v2(
                        Bucket=self._address.bucket, Prefix=self._key(prefix), MaxKeys=PAGE, **more
                    )
            except _Missing as missing:
                raise self._no_bucket() from missing
            for one in got.get("Contents", ()):
                facts = Facts(int(one["Size"]), one["LastModified"].timestamp())
                yield one["Key"].removeprefix(beginning), facts
            if not got.get("IsTruncated"):
                return
            more = {"ContinuationToken": got["NextContinuationToken"]}

    def move(self, name: str, other: str) -> None:
        source = {"Bucket": self._address.bucket, "Key": self._key(name)}
        try:
            with self._asking():
                self._client.copy_object(**self._named(other), CopySource=source)
        except _Missing as missing:
            raise self._gone(name) from missing
        self.remove(name)

    def remove(self, name: str) -> None:
        with suppress(_Missing), self._asking():
            self._client.delete_object(**self._named(name))

    def _put(self, name: str, data: bytes, *, replace: bool) -> bool:
        return self._unless_there(
            replace, lambda only: self._client.put_object(**self._named(name), Body=data, **only)
        )

    def _put_in_parts(self, name: str, source: BinaryIO, *, replace: bool) -> bool:
        with self._asking():
            begun = self._client.create_multipart_upload(**self._named(name))
        mine = {**self._named(name), "UploadId": begun["UploadId"]}
        parts: list[dict[str, object]] = []
        try:
            while piece := source.read(SINGLE):
                number = len(parts) + 1
                with self._asking():
                    got = self._client.upload_part(**mine, PartNumber=number, Body=piece)
                parts.append({"PartNumber": number, "ETag": got["ETag"]})
            done = self._unless_there(
                replace,
                lambda only: self._client.complete_multipart_upload(
                    **mine, MultipartUpload={"Parts": parts}, **only
                ),
            )
        except BaseException:
            self._abort(mine)
            raise
        if not done:
            self._abort(mine)
        return done

    def _abort(self, mine: dict[str, str]) -> None:
        """Leave no parts on the server, where it can be told so."""
        with suppress(LibraryError, _Missing), self._asking():
            self._client.abort_multipart_upload(**mine)

    def _unless_there(self, replace: bool, do: Callable[[dict[str, str]], object]) -> bool:
        """Do a request that makes a file, only if there is none; whether it was made."""
        if self._absent_only and not replace:
            try:
                with self._asking():
                    do({"IfNoneMatch": "*"})
                return True
            except _There:
                return False
            except _NotKnown:
                self._absent_only = False  # it was looked for just now: the same bytes at worst
            except _Missing as missing:
                raise self._no_bucket() from missing
        try:
            with self._asking():
                do({})
        except _Missing as missing:
            raise self._no_bucket() from missing
        return True

    def _bucket(self) -> None:
        """Raises Unreachable where the whole bucket is missing: then nothing in it is lost."""
        if time.monotonic() < self._seen:
            return
        try:
            with self._asking():
                self._client.head_bucket(Bucket=self._address.bucket)
        except _Missing as missing:
            raise self._no_bucket() from missing
        self._seen = time.monotonic() + KNOWN

    def _named(self, name: str) -> dict[str, str]:
        return {"Bucket": self._address.bucket, "Key": self._key(name)}

    def _key(self, name: str) -> str:
        return f"{self._address.prefix}/{name}" if self._address.prefix else name

    def _gone(self, name: str) -> Unreadable:
        self._bucket()
        return Unreadable("stored file missing", name=name, where=self.where)

    def _no_bucket(self) -> Unreachable:
        bucket = self._address.bucket
        return Unreachable("store bucket missing", bucket=bucket, where=self._address.endpoint)

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """What the server, or the way to it, says, in our errors."""
        from botocore import exceptions

        if time.monotonic() < self._away:
            raise Unreachable("store unreachable", where=self.where, detail="a moment ago")
        try:
            yield
        except exceptions.ClientError as error:
            self._answered(error)
        except exceptions.SSLError as error:
            raise Unreachable("store certificate", where=self.where) from error
        except (exceptions.BotoCoreError, OSError) as error:
            raise self.away(error) from error

    def away(self, error: Exception) -> Unreachable:
        """That the server does not answer; it is left alone for a moment."""
        from botocore import exceptions

        if isinstance(error, exceptions.NoCredentialsError | exceptions.PartialCredentialsError):
            return Unreachable("store refuses", where=self.where, name="no key")
        self._away = time.monotonic() + AWAY
        return Unreachable("store unreachable", where=self.where, detail=type(error).__name__)

    def _answered(self, error: Any) -> NoReturn:
        code = str(error.response.get("Error", {}).get("Code", ""))
        status = str(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", ""))
        if code in ("NoSuchBucket", "301", "PermanentRedirect"):
            raise self._no_bucket() from error
        if code in _THERE:
            raise _There from error
        if code in _MISSING:
            raise _Missing from error
        if code in ("416", "InvalidRange"):
            raise _NoSuchRange from error
        if code in _REFUSED or status in ("401", "403"):
            raise Unreachable("store refuses", where=self.where, name=code) from error
        if code in _FULL or status == "507":
            raise StorageFull("store full", where=self.where) from error
        if code in _NOT_KNOWN or status == "501":
            if self._absent_only:
                raise _NotKnown from error
            raise NotUsable("store says", where=self.where, detail=code) from error
        if status.startswith("5") or code in _LATER:
            raise Unreachable("store unreachable", where=self.where, detail=code) from error
        raise NotUsable("store says", where=self.where, detail=code or status) from error


class _Missing(Exception):
    """There is no such name, or no such bucket."""


class _There(Exception):
    """There is such a name already."""


class _NotKnown(Exception):
    """The server does not know what was asked of it."""


class _NoSuchRange(Exception):
    """Nothing is so far behind."""


class _Body(io.RawIOBase, BinaryIO):
    """What a server sends. Raises Unreachable where that ends too soon."""

    def __init__(self, store: S3Store, body: Any, size: int) -> None:
        self._store = store
        self._body = body
        self._left = size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if not self._left:
            return b""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        try:
            piece: bytes = self._body.read(wanted)
        except Exception as error:  # of botocore, urllib3 or the system
            raise self._store.away(error) from error
        if not piece and wanted:
            raise self._store.away(EOFError("the answer was cut short"))
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        self._body.close()
        super().close()


@cache
def _session() -> Any:
    """What knows how S3 is spoken, read once."""
    from botocore.session import Session

    return Session()


def _client(address: StoreAddress) -> Any:
    try:
        from botocore.config import Config

        session = _session()
    except ImportError as error:
        command = "pip install 'worker-education-library[s3]'"
        raise UsageError("botocore missing", command=command) from error
    config = Config(
        connect_timeout=CONNECT,
        read_timeout=address.timeout,
        max_pool_connections=CONNECTIONS,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        signature_version="s3v4",
        # Checksums of newer kinds are not known to every server; the signature holds SHA-256.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path", "payload_signing_enabled": True},
    )
    return session.create_client(
        "s3",
        region_name=address.region,
        endpoint_url=address.endpoint,
        aws_access_key_id=address.key or None,
        aws_secret_access_key=address.secret or None,
        verify=address.ca or None,
        config=config,
    )
