"""A server of one's own that speaks S3 (moto), and a bucket in it for each test.

It keeps all in memory, on this computer alone, and ends with the process. It lets in whoever asks,
so that a wrong key is tried with a server that answers as such servers do (refusing).
"""

from __future__ import annotations

import itertools
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.request import Request, urlopen

from tests import needs

_NUMBERS = itertools.count(1)


@cache
def server() -> str:
    """Host and port of a server, begun when first asked for."""
    try:
        from moto.server import ThreadedMotoServer
    except ImportError:
        needs.absent("moto is not installed")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # it names every request
    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    return f"{host}:{port}"


def bucket(at: str = "") -> str:
    """The name of a new bucket."""
    name = f"library-{os.getpid()}-{next(_NUMBERS)}"
    urlopen(Request(f"http://{at or server()}/{name}", method="PUT"), timeout=30).close()
    return name


def setting(prefix: str = "kept", secret: str = "hush-hush/1", at: str = "") -> str:
    """What LIBRARY_STORE is for a bucket of its own."""
    written = secret.replace("/", "%2F")
    host = at or server()
    return f"s3+http://ana:{written}@{host}/{bucket(host)}/{prefix}"


@contextmanager
def answering(status: int, code: str) -> Iterator[str]:
    """Host and port of a server that says no to everything, as S3 says it."""

    class Refusing(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self.send_response(status)
            self.send_header("Content-Type", "application/xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer  # noqa: N815

        def log_message(self, *args: Any) -> None:
            pass

    with _served(Refusing) as host:
        yield host


@contextmanager
def cutting(data: bytes, short: int) -> Iterator[str]:
    """Host and port of a server that breaks off before the last bytes of every file."""

    class Cutting(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("ETag", '"a"')
            self.send_header("Last-Modified", "Mon, 30 Nov 2026 10:00:00 GMT")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data[:-short])
            self.close_connection = True

        do_GET = do_HEAD = answer  # noqa: N815

        def log_message(self, *args: Any) -> None:
            pass

    with _served(Cutting) as host:
        yield host


@contextmanager
def _served(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        running = threading.Thread(target=httpd.serve_forever, args=(0.02,), daemon=True)
        running.start()
        yield f"127.0.0.1:{httpd.server_address[1]}"
        httpd.shutdown()
        running.join()
