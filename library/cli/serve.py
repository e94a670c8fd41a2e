"""`library serve` and `library work`: the site, and the worker beside it."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

import click

from library.cli import grace
from library.cli.accounts import first_steps
from library.cli.interrupts import calmly
from library.cli.parts import Library, fresh_index, opened
from library.core import logs, settings
from library.core.errors import UsageError
from library.operations.health import nobody
from library.operations.supervisor import Supervisor

if TYPE_CHECKING:
    import uvicorn  # takes longer to load than most commands to run


@click.command(short_help="Serve the site, with a worker beside it.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--worker/--no-worker", default=True, help="Run an ingest worker beside the site.")
def serve(host: str, port: int, worker: bool) -> None:
    """Serve the site, and run one ingest worker beside it."""
    import uvicorn

    from library.web.app import create_app

    log_to_stderr()
    grace.bound(well=True)
    with opened() as library:
        fresh_index(library)
        chosen = library.settings
        staff = first_steps(library.catalogue)
    command = [sys.executable, "-m", "library", "work", "--beside", str(os.getpid())]
    beside = Supervisor(command) if worker else None
    app = create_app(chosen, (lambda: beside.now) if beside else nobody)

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            self.should_exit = True  # a signal raised once more would be taken for a second

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            if beside:
                beside.end()  # both have the same time
            await app.state.live.stop()  # it waits for what is open, and streams stay open
            await super().shutdown(sockets)

    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,  # it goes where ours goes
        log_level="warning",
        access_log=False,  # who read what is nobody's business
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=1,  # a browser that is gone may hold a line open for ever
    )
    server = Server(config)
    bound_to = listening(config)
    bound = bound_to.getsockname()[1]
    signal.signal(signal.SIGTERM, _leave)  # before the server listens to signals, and after
    with _running(beside), suppress(KeyboardInterrupt):
        click.echo(f"{chosen.name}: http://{host}:{bound}/  (Ctrl-C stops it)")
        if staff:
            click.echo(staff, err=True)
        server.run(sockets=[bound_to])


@click.command(short_help="Run an ingest worker alone.")
@click.option("--beside", type=int, hidden=True, help="End with the process of this number.")
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
@click.option(
    "--again-layout",
    is_flag=True,
    help="Lay out once more what an older reader laid out, and end.",
)
def work(beside: int | None, again: str, languages: tuple[str, ...], again_layout: bool) -> None:
    """Read arrivals, index, lay out and draw pages until stopped."""
    from library.operations.worker import Worker

    grace.bound(well=not (again or again_layout), beside=beside)
    if bool(again) != bool(languages):
        raise UsageError(
            "again and language",
            command="library work --again old-minutes.pdf --language pt --language en",
        )
    if not again:
        log_to_stderr()
    with opened() as library:
        fresh_index(library)
        if again:
            _read_again(library, again, languages)
            return
        if again_layout:
            _lay_out_again(library)
            return
        worker = Worker(library.ingest())

        def stop(number: int, frame: FrameType | None) -> None:
            worker.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        worker.run()


def _read_again(library: Library, name: str, languages: Sequence[str]) -> None:
    """Read the scans among the editions of a resource once more, in these languages."""
    from library.catalogue.resources import queries
    from library.ingestion import scans

    with library.catalogue.read() as conn:
        id_ = queries.resource_named(conn, name)
    resource = library.catalogue.resource(id_, public=False) if id_ else None
    if resource is None:
        raise UsageError("resource not named", name=name)
    pages = library.catalogue.pages
    chosen = [edition for edition in resource.editions if scans.is_scan(edition, pages(edition.id))]
    for edition in chosen or resource.editions[:1]:
        mine = scans.again(library.ingest(), edition, languages)
        outcome = (
            "was read again" if mine else "is being read again by the worker that runs already"
        )
        click.echo(f"{edition.filename} {outcome} ({', '.join(languages)}).")


def _lay_out_again(library: Library) -> None:
    """Lay out once more what an older reader laid out; stopped, the same command goes on."""
    from library.ingestion import layouts

    ingest = library.ingest()
    ingest.recover()
    layouts.owe(library.catalogue)
    done = 0
    try:
        with calmly(ingest.stopping), closing(ingest.layouts(jobs=os.cpu_count() or 1)) as work:
            for _ in work:
                done += 1
    finally:
        documents = {0: "No document was", 1: "1 document was"}.get(done, f"{done} documents were")
        click.echo(f"{documents} laid out once more.")


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


@contextmanager
def _running(beside: Supervisor | None) -> Iterator[None]:
    """The worker process lives as long as the site does, and no longer."""
    if beside is None:
        yield
        return
    beside.start()
    try:
        yield
    finally:
        beside.stop()


def listening(config: uvicorn.Config) -> socket.socket:
    """The socket of a server that is to be. Raises UsageError where it is taken.

    Who comes before the site is ready waits, and is not refused.
    """
    try:
        bound = config.bind_socket()
    except SystemExit:
        raise UsageError("port taken", port=str(config.port), host=config.host) from None
    without_delay(bound)
    bound.listen(config.backlog)
    return bound


def without_delay(bound: socket.socket) -> None:
    """Let answers leave at once: every connection that a socket accepts has its options.

    Else the second part of an answer waits until the other side has acknowledged the first, which
    it does 40 ms later (Nagle's algorithm, RFC 896). asyncio does the same only for sockets whose
    protocol number is that of TCP, and those of uvicorn have 0.
    """
    if bound.family in (socket.AF_INET, socket.AF_INET6):
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def log_to_stderr() -> None:
    chosen = settings.read()
    logs.begin(chosen.log, sys.stderr, chosen.secrets)
