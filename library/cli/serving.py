"""`library serve` and `library work`: the site, and the worker beside it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

import click

from library.cli import grace
from library.cli.accounts import first_steps
from library.cli.opening import Library, fresh_index, opened
from library.errors import UsageError

LAST = 0.8  # seconds that a worker has to end with the site: it can be cut short anywhere


@click.command(short_help="Serve the site, with a worker beside it.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--worker/--no-worker", default=True, help="Run an ingest worker beside the site.")
def serve(host: str, port: int, worker: bool) -> None:
    """Serve the site, and run one ingest worker beside it."""
    import uvicorn

    from library.web.app import create_app

    grace.bound(well=True)
    with opened() as library:
        fresh_index(library)
        chosen = library.settings
        staff = first_steps(library.catalogue)
    app = create_app(chosen)

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            self.should_exit = True  # a signal raised once more would be taken for a second

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            end_worker()  # both have the same time
            await app.state.live.stop()  # it waits for what is open, and streams stay open
            await super().shutdown(sockets)

    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,  # who read what is nobody's business
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=1,  # a browser that is gone may hold a line open for ever
    )
    server = Server(config)
    try:
        bound_to = config.bind_socket()
    except SystemExit:
        raise UsageError(
            f"Port {port} on {host} cannot be used: another program may be listening there.",
            "Choose another: library serve --port 8001",
        ) from None
    bound_to.listen(config.backlog)  # who comes before the site is ready waits, and is not refused
    bound = bound_to.getsockname()[1]
    signal.signal(signal.SIGTERM, _leave)  # before the server listens to signals, and after
    with _beside(worker) as end_worker, suppress(KeyboardInterrupt):
        click.echo(f"{chosen.name}: http://{host}:{bound}/  (Ctrl-C stops it)")
        if staff:
            click.echo(staff, err=True)
        server.run(sockets=[bound_to])


@click.command(short_help="Run an ingest worker alone.")
@click.option("--beside", is_flag=True, hidden=True, help="End with the process that began this.")
@click.option(
    "--again",
    default="",
    metavar="RESOURCE",
    help="Read the scans of this resource (address, identifier or file name) once more, and end.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="CODE",
    help="With --again: a language the pages are in; may repeat.",
)
def work(beside: bool, again: str, languages: tuple[str, ...]) -> None:
    """Read arrivals, index, lay out and draw pages until stopped."""
    from library.worker import Worker

    grace.bound(well=not again, beside=beside)
    if bool(again) != bool(languages):
        raise UsageError(
            "--again and --language go together.",
            "Try: library work --again old-minutes.pdf --language pt --language en",
        )
    with opened() as library:
        fresh_index(library)
        if again:
            _read_again(library, again, languages)
            return
        worker = Worker(library.ingest(), say=lambda line: click.echo(line, err=True))
        if beside:
            threading.Thread(target=_with_parent, args=(worker.stop,), daemon=True).start()

        def stop(number: int, frame: FrameType | None) -> None:
            worker.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        worker.run()


def _read_again(library: Library, name: str, languages: Sequence[str]) -> None:
    """Read the scans among the editions of a resource once more, in these languages."""
    from library import scans
    from library.catalogue import reading

    with library.catalogue.read() as conn:
        id_ = reading.resource_named(conn, name)
    resource = library.catalogue.resource(id_, public=False) if id_ else None
    if resource is None:
        raise UsageError(
            f"There is no resource called {name}.",
            "Name it by the last part of its address, its identifier, or the name of its file.",
        )
    held = library.catalogue.pages
    chosen = [one for one in resource.editions if scans.is_scan(one, held(one.id))]
    for edition in chosen or resource.editions[:1]:
        mine = scans.again(library.ingest(), edition, languages)
        told = "was read again" if mine else "is being read again by the worker that runs already"
        click.echo(f"{edition.filename} {told} ({', '.join(languages)}).")


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _with_parent(stop: Callable[[], None]) -> None:
    """Stop when the site is gone, even when it was killed and could not say so."""
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(1)
    stop()


@contextmanager
def _beside(wanted: bool) -> Iterator[Callable[[], None]]:
    """A worker process that lives as long as the site does; what is given ends it."""
    if not wanted:
        yield lambda: None
        return
    child = subprocess.Popen([sys.executable, "-m", "library", "work", "--beside"])
    told = False

    def end() -> None:
        nonlocal told
        if not told:  # a second signal would end it before it has tidied up
            told = True
            child.terminate()

    try:
        yield end
    finally:
        end()
        try:
            child.wait(timeout=LAST)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
