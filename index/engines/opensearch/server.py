"""Asking a server, and what it answers where something is wrong, as our own tree of errors."""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import opensearchpy
from opensearchpy import exceptions as theirs

from index.engine import IndexNotWritten, IndexUnreachable, IndexUnusable, SearchError
from index.engines.addresses import Address

SENT = 8_000_000  # bytes of one request to write, about
TOGETHER = 200  # questions of one request
BLOCKED = ("cluster_block_exception", "index_block_exception")

# It would note each answer that is not 200, and the question with it: what a reader looks for.
logging.getLogger("opensearch").setLevel(logging.CRITICAL)


class Gone(Exception):
    """What was asked of is no more, or another than it was: ask anew."""


class Server:
    """One library's part of a server."""

    def __init__(self, address: Address) -> None:
        """Raises SearchError where the file of certificates cannot be read."""
        self.address = address
        self.where = address.where
        options: dict[str, Any] = {}
        if address.secure:
            try:
                options["ssl_context"] = ssl.create_default_context(cafile=address.ca or None)
            except (OSError, ssl.SSLError) as error:
                raise SearchError(
                    "server certificates", file=address.ca, detail=str(error)
                ) from error
        if address.user:
            options["http_auth"] = (address.user, address.password)
        self._client = opensearchpy.OpenSearch(
            hosts=[{"host": address.host, "port": address.port}],
            use_ssl=address.secure,
            timeout=address.timeout,
            max_retries=1,
            retry_on_timeout=False,
            pool_maxsize=16,
            **options,
        )

    def close(self) -> None:
        self._client.close()

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        params: Mapping[str, object] | None = None,
    ) -> Any:
        """What a server answers. Raises SearchError, and Gone where there is no such thing."""
        with self._ours():
            return self._client.transport.perform_request(
                method, path, params=dict(params or {}), body=body
            )

    def put(self, path: str, body: object, params: Mapping[str, object]) -> bool:
        """Keep a document where it is as `params` say; whether it was. Raises SearchError."""
        return self._kept("PUT", path, body, params)

    def delete(self, path: str, params: Mapping[str, object]) -> bool:
        """Remove a document where it is as `params` say; whether it was. Raises SearchError."""
        return self._kept("DELETE", path, None, params)

    def _kept(self, method: str, path: str, body: object, params: Mapping[str, object]) -> bool:
        with self._ours():
            try:
                self._client.transport.perform_request(method, path, params=dict(params), body=body)
            except (theirs.ConflictError, theirs.NotFoundError):
                return False
            return True

    def there(self, path: str) -> bool:
        """Whether there is such a thing. Raises SearchError."""
        with self._ours():
            return bool(self._client.transport.perform_request("HEAD", path))

    def search(self, index: str, body: Mapping[str, Any]) -> Any:
        """An answer of all shards, or none."""
        return self.ask("POST", f"/{index}/_search", body, self._of(body))

    def _of(self, body: Mapping[str, Any]) -> dict[str, object]:
        """How a question is to be answered."""
        params: dict[str, object] = {"allow_partial_search_results": "false"}
        if self.address.shards > 1 and "query" in body and body.get("size") != 0:
            params["search_type"] = "dfs_query_then_fetch"  # a word is as rare on every shard
        return params

    def searches(self, index: str, bodies: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Answers to several questions, in order."""
        answers: list[Any] = []
        for first in range(0, len(bodies), TOGETHER):
            some = bodies[first : first + TOGETHER]
            lines = "".join(f"{json.dumps(self._of(one))}\n{json.dumps(one)}\n" for one in some)
            answers += self.ask("POST", f"/{index}/_msearch", lines)["responses"]
        for answer in answers:
            if "error" in answer:
                raise self._error(answer.get("status", 500), answer["error"])
        return answers

    def write(self, index: str, lines: Iterable[str]) -> None:
        """Bring lines of a bulk request: actions, each with what belongs to it. Raises
        IndexNotWritten."""
        held: list[str] = []
        size = 0
        for line in lines:
            held.append(line)
            size += len(line)
            if size > SENT:
                self._write(index, held)
                held, size = [], 0
        if held:
            self._write(index, held)

    def _write(self, index: str, lines: Sequence[str]) -> None:
        answer = self.ask("POST", f"/{index}/_bulk", "".join(lines))
        if answer["errors"]:
            faults = (next(iter(item.values())) for item in answer["items"])
            fault = next(
                one for one in faults if "error" in one or one["status"] not in (200, 201, 404)
            )
            error = self._error(fault["status"], fault.get("error", {}))
            if isinstance(error, IndexNotWritten | IndexUnreachable):
                raise error
            raise self._not_written(str(error))

    def every(
        self, index: str, query: Mapping[str, Any], size: int, **more: Any
    ) -> Iterator[Sequence[Any]]:
        """All hits by their identifiers, some at a time."""
        after: list[Any] = []
        while True:
            body = {"query": query, "size": size, "sort": [{"id": "asc"}], **more}
            if after:
                body["search_after"] = after
            hits = self.search(index, body)["hits"]["hits"]
            if hits:
                yield hits
            if len(hits) < size:
                return
            after = hits[-1]["sort"]

    @contextmanager
    def _ours(self) -> Iterator[None]:
        try:
            yield
        except theirs.ConnectionTimeout as error:
            seconds = str(self.address.timeout)
            raise IndexUnreachable("server slow", where=self.where, seconds=seconds) from error
        except theirs.SSLError as error:
            detail = self._plain(error.error)
            raise IndexUnreachable("server certificate", where=self.where, detail=detail) from error
        except theirs.ConnectionError as error:
            raise IndexUnreachable(
                "server unreachable", where=self.where, detail=self._plain(error.error)
            ) from error
        except theirs.TransportError as error:
            info = error.info if isinstance(error.info, Mapping) else {}
            fault = info.get("error", {})
            code = error.status_code if isinstance(error.status_code, int) else 500
            raise self._error(code, fault) from error
        except (theirs.SerializationError, theirs.ImproperlyConfigured) as error:
            raise IndexUnreachable(
                "server strange", where=self.where, detail=self._plain(error)
            ) from error

    def _error(self, status: int, fault: Any) -> Exception:
        """The error for an answer that is not what was asked for."""
        kinds, why = _told(fault)
        why = self._plain(why or f"HTTP {status}")
        if status in (401, 403) and not kinds.intersection(BLOCKED):
            return IndexUnreachable("server refused", where=self.where)
        if kinds.intersection(BLOCKED):
            if status == 429:  # of the block that a full disk sets; others are 403
                return IndexNotWritten("server full", where=self.where, detail=why)
            return IndexUnreachable("server blocked", where=self.where, detail=why)
        if status == 404:
            return Gone(why)
        if kinds & {"index_closed_exception"}:
            return IndexUnreachable("server blocked", where=self.where, detail=why)
        if status in (429, 502, 503, 504):
            return IndexUnreachable("server not whole", where=self.where, detail=why)
        if status == 200:
            return IndexUnreachable("server strange", where=self.where, detail=why)
        return IndexUnusable("server answered", where=self.where, detail=why)

    def _not_written(self, why: str) -> IndexNotWritten:
        return IndexNotWritten("index not written", path=self.where, detail=why)

    def _plain(self, said: object) -> str:
        """What was said, without the password and on one line."""
        text = " ".join(f"{said}".split())
        return text.replace(self.address.password, "…") if self.address.password else text


def _told(fault: Any) -> tuple[set[str], str]:
    """The kinds of what went wrong, and why, of an answer of a server."""
    if not isinstance(fault, Mapping):
        return set(), str(fault or "")
    kinds = {str(fault.get("type", ""))}
    why = str(fault.get("reason") or "")
    for inner in (fault.get("root_cause") or [])[:3]:
        own, said = _told(inner)
        kinds |= own
        why = said or why
    if isinstance(fault.get("caused_by"), Mapping):
        own, said = _told(fault["caused_by"])
        kinds |= own
        why = why or said
    return kinds, why
