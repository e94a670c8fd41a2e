"""`library serve` and `library work`: the site, and the worker beside it."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from types import FrameType

import click

from library.cli import grace
from library.cli.accounts import first_steps
from library.cli.interrupts import calmly
from library.cli.parts import Library, fresh_index, loaded, opened
from library.core import logs, memory, settings
from library.core.errors import InputError, UsageError
from library.core.settings import Settings
from library.operations.roster import WORKER, Roster
from library.operations.supervisor import Supervisor

BACKLOG = 2048  # readers who wait to be taken; the system may allow fewer
SITE_GRACE = 1.2  # seconds that a process of the site has for what it is answering
PACK = "pack"  # the kind of task
CARD = "card"
PICTURE_LEASE = 120.0  # seconds
PACK_LEASE = 600.0  # seconds
MOST_PROCESSES = 4  # without being told: each takes memory of its own


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--worker/--no-worker", default=True, help="Run an ingest worker beside the site.")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    help=f"How many answer readers; one for each processor, at most {MOST_PROCESSES}, without.",
)
@click.option("--listening", "given", type=int, hidden=True, help="A socket that listens already.")
@click.option("--roster", type=int, hidden=True, help="Where it is told how all processes are.")
@click.option("--beside", type=int, hidden=True, help="End with the process of this number.")
def serve(
    host: str,
    port: int,
    worker: bool,
    processes: int | None,
    given: int | None,
    roster: int | None,
    beside: int | None,
) -> None:
    """Serve the site, and run one ingest worker beside it."""
    log_to_stderr()
    memory.give_back()
    grace.bound(well=True, beside=beside)
    if given is not None:
        one_of_several(given, Roster(roster))
        return
    with opened() as library:
        fresh_index(library)
        chosen = library.settings
        staff = first_steps(library.catalogue)
    bound_to = listening(host, port)
    signal.signal(signal.SIGTERM, _leave)  # before a server listens to signals, and after
    told = Roster()
    number = processes or min(cores(), MOST_PROCESSES)
    site = [] if number == 1 else sites(number, bound_to, told)
    work = worker_beside(told) if worker else None
    with _running([*site, *([work] if work else [])]), suppress(KeyboardInterrupt):
        click.echo(f"{chosen.name}: http://{host}:{bound_to.getsockname()[1]}/  (Ctrl-C stops it)")
        if staff:
            click.echo(staff, err=True)
        if site:
            signal.signal(signal.SIGINT, _leave)
            threading.Event().wait()  # until a signal comes
        else:
            answer_here(bound_to, chosen, told, work)


def sites(number: int, bound_to: socket.socket, told: Roster) -> list[Supervisor]:
    """Processes that take readers from one socket, each begun again whatever it dies of.

    All of them accept from the one queue of the one socket: who waits in it is taken by another
    where one dies, and a second program at the same port is refused as before.
    """
    command = [sys.executable, "-m", "library", "serve", "--beside", str(os.getpid())]
    command += ["--listening", str(bound_to.fileno()), "--roster", str(told.descriptor)]
    return [
        Supervisor(
            command,
            name="site",
            shared=(bound_to.fileno(), told.descriptor),
            grace=SITE_GRACE,
            told=partial(told.write, f"site {place}"),
        )
        for place in range(1, number + 1)
    ]


def worker_beside(told: Roster) -> Supervisor:
    command = [sys.executable, "-m", "library", "work", "--beside", str(os.getpid())]
    return Supervisor(command, told=partial(told.write, WORKER))


def one_of_several(descriptor: int, told: Roster) -> None:
    """Answer readers from a socket that other processes take readers from, too."""
    signal.signal(signal.SIGTERM, _leave)
    with socket.socket(fileno=descriptor) as bound_to, suppress(KeyboardInterrupt):
        answer_here(bound_to, settings.read(), told, None)


def answer_here(
    bound_to: socket.socket, chosen: Settings, told: Roster, work: Supervisor | None
) -> None:
    """Answer readers in this process until it is told to stop."""
    from library.cli.site_server import server_of
    from library.web.app import create_app

    app = create_app(chosen, told)
    app.state.site.prepare()  # who comes meanwhile waits, or is taken by another process
    loaded()
    server_of(app, app.state.live.stop, work.end if work else None).run(sockets=[bound_to])


def cores() -> int:
    """The processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@click.command()
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

    memory.give_back()
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
        worker = Worker(
            library.ingest(),
            duties=(partial(make_packs, library), letters(library)),
            drawings=(partial(draw_cards, library),),
        )

        def stop(number: int, frame: FrameType | None) -> None:
            worker.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        worker.run()


def draw_cards(library: Library) -> bool:
    """Draw the card that somebody waits for; whether there was one."""
    claimed = library.catalogue.claim(CARD, PICTURE_LEASE)
    if not claimed:
        return False
    from library.cli.cards import draw

    for task in claimed:
        try:
            draw(library, task.subject)
        except InputError as error:
            logs.event("card not drawn", "warning", subject=task.subject, reason=str(error))
    library.catalogue.finish(claimed)
    return True


def letters(library: Library) -> Callable[[], bool]:
    """Writes to readers who asked to be told of what is new, where a server takes letters."""
    if not library.settings.smtp:
        return lambda: False
    from library.web.alerts.rounds import Rounds

    parts = library.settings, library.catalogue, library.engine, library.vocabularies
    return Rounds(*parts).once


def make_packs(library: Library) -> bool:
    """Make a pack that a reader waits for; whether there was one."""
    claimed = library.catalogue.claim(PACK, PACK_LEASE)
    if not claimed:
        return False
    from library.cli.packs import packer
    from library.web.packs.shelf import fill

    with packer(library, pictures=True) as made:
        for task in claimed:
            fill(made, task.subject)
    library.catalogue.finish(claimed)
    return True


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
def _running(processes: Sequence[Supervisor]) -> Iterator[None]:
    """These processes live as long as this one does, and no longer."""
    for one in processes:
        one.start()
    try:
        yield
    finally:
        for one in processes:
            one.end()  # all have the same time
        for one in processes:
            one.stop()


def listening(host: str, port: int) -> socket.socket:
    """The socket of a server that is to be. Raises UsageError where it is taken.

    Who comes before the site is ready waits, and is not refused.
    """
    import uvicorn

    try:
        bound = uvicorn.Config("", host=host, port=port, log_config=None).bind_socket()
    except SystemExit:
        raise UsageError("port taken", port=str(port), host=host) from None
    without_delay(bound)
    bound.listen(BACKLOG)
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
