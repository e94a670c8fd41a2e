"""`/metrics`: what a monitoring system reads, in the text format of Prometheus, version 0.0.4.

All of it comes from the catalogue, the disk and the roster of processes, so that any process of the
site says the same, but for what others counted in the last seconds and have not written yet. None
of it tells of a person.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from library.catalogue.resources import listing
from library.catalogue.statistics import latency, usage
from library.catalogue.statistics.usage import KINDS
from library.core.resource import Status
from library.operations import health
from library.operations.health import Health, State
from library.web.site import Site, visit_of
from library.web.usage import today

FORMAT = "text/plain; version=0.0.4; charset=utf-8"
STATES: tuple[State, ...] = ("well", "look", "act")

# What a web server in front of the site adds: then who asks is not on this computer.
_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Metric:
    """A name, what it means, and its samples: a suffix of the name, labels, and a number."""

    name: str
    kind: str  # gauge, counter, histogram
    help: str
    samples: Sequence[tuple[str, Labels, float]]


def metrics(request: Request) -> Response:
    site = visit_of(request).site
    _may(request, site.settings.metrics_token)
    site.tally.flush(site.catalogue)
    return PlainTextResponse(
        written(gathered(site)), media_type=FORMAT, headers={"Cache-Control": "no-store"}
    )


def _may(request: Request, token: str) -> None:
    """Raises 401 without the token that is set; where none is, 403 from anywhere but here."""
    if token:
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
        return
    passed_on = any(name in request.headers for name in _PASSED_ON)
    asked = request.url.hostname or ""
    if passed_on or not (
        _is_here(request.client.host if request.client else "") and _is_here(asked)
    ):
        raise HTTPException(403)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def gathered(site: Site) -> Iterator[Metric]:
    report = health.look_at(site.settings, site.catalogue, site.engine, site.beside())
    with site.catalogue.snapshot() as snapshot:
        by_status = snapshot.ask(listing.by_status)
        counts = snapshot.ask(usage.totals)
        steps = snapshot.ask(latency.steps, site.settings.engine_name, today())
        seconds = snapshot.ask(latency.seconds, site.settings.engine_name, today())
    totals = site.catalogue.totals()
    yield _gauges(
        "library_resources",
        "Resources by status.",
        [((("status", status),), by_status.get(status, 0)) for status in Status],
    )
    yield _gauge("library_published_editions", "Editions of published resources.", totals.editions)
    yield _gauge("library_published_pages", "Pages of published resources.", totals.pages)
    yield Metric(
        "library_readings_total",
        "counter",
        "How often works were opened, read and downloaded, and the library searched.",
        [("", (("kind", kind),), counts.get(kind, 0)) for kind in KINDS],
    )
    yield _histogram(steps, seconds, site.settings.engine_name)
    if processes := site.processes():
        running = sum(one.running for one in processes)
        yield _gauge("library_site_processes", "Processes that answer readers.", running)
        yield Metric(
            "library_site_restarts_total",
            "counter",
            "How often one of them had to be begun again.",
            [("", (), sum(one.restarts for one in processes))],
        )
    yield from _of_health(report)


def _histogram(steps: Sequence[tuple[float, int]], seconds: float, engine: str) -> Metric:
    """Cumulative, as Prometheus has them; the last step has no upper end."""
    label, count = ("engine", engine), 0
    samples: list[tuple[str, Labels, float]] = []
    for upper, number in steps:
        count += number
        samples.append(("_bucket", (label, ("le", f"{upper / 1000:.4g}")), count))
    end: Labels = (label, ("le", "+Inf"))
    samples[-1] = ("_bucket", end, count)
    samples += [("_sum", (label,), seconds), ("_count", (label,), count)]
    description = "How long searches took since midnight UTC; the sum is as near as the steps are."
    return Metric("library_search_duration_seconds", "histogram", description, samples)


def _of_health(report: Health) -> Iterator[Metric]:
    disk, queue, index, fixity = report.disk, report.queue, report.index, report.fixity
    copies, chain, now = report.copies, report.chain, report.at
    parts = {
        "originals": fixity.state,
        "backup": copies.backup,
        "drill": copies.drill,
        "disk": disk.state,
        "index": index.state,
        "queue": queue.state,
        "history": chain.state,
        "searching": report.speed.state,
    }
    yield _gauges(
        "library_health",
        "0: well, 1: to be looked at, 2: to be acted on now.",
        [((("part", part),), STATES.index(state)) for part, state in parts.items()],
    )
    yield _gauge("library_disk_free_bytes", "Free on the disk of the home folder.", disk.free)
    yield _gauge("library_disk_size_bytes", "Size of that disk.", disk.total)
    yield _gauges(
        "library_used_bytes",
        "Used by each part of the home folder.",
        [
            ((("part", part),), getattr(disk, part))
            for part in ("originals", "index", "database", "pictures")
        ],
    )
    yield _gauge("library_workers", "Workers that are alive.", queue.workers)
    if queue.beside:
        yield _gauge("library_worker_running", "The worker beside the site.", queue.beside.running)
        yield Metric(
            "library_worker_restarts_total",
            "counter",
            "How often the worker beside the site had to be begun again.",
            [("", (), queue.beside.restarts)],
        )
    kinds = [(("kind", backlog.kind),) for backlog in queue.backlogs]
    yield _gauges(
        "library_waiting",
        "Work that waits, by kind.",
        [(kind, backlog.waiting) for kind, backlog in zip(kinds, queue.backlogs, strict=True)],
    )
    yield _gauges(
        "library_given_up",
        "Work that was tried too often, by kind.",
        [(kind, backlog.stuck) for kind, backlog in zip(kinds, queue.backlogs, strict=True)],
    )
    yield _gauges(
        "library_oldest_waiting_seconds",
        "How long the oldest of it has waited.",
        [
            (kind, (now - backlog.oldest).total_seconds())
            for kind, backlog in zip(kinds, queue.backlogs, strict=True)
            if backlog.oldest
        ],
    )
    yield _gauge("library_index_usable", "Whether the index can be searched.", not index.fault)
    yield _gauge("library_index_documents", "Works in the index.", index.documents)
    yield _gauge("library_index_owed", "Works that are still to be indexed.", index.owed)
    yield _gauge("library_originals", "Files that are kept.", fixity.originals)
    yield _gauge("library_originals_fresh", "Found whole in the last round.", fixity.fresh)
    yield _gauge("library_originals_damaged", "Missing or changed.", len(fixity.damaged))
    for name, description, done in (
        ("library_backup", "the last backup that was whole", copies.made),
        ("library_drill", "the last trial of a backup", copies.tried),
        ("library_history_verified", "the last verification of the history", chain.last),
    ):
        if done:
            yield _gauge(
                f"{name}_timestamp_seconds", f"When {description} ended.", done.at.timestamp()
            )
            yield _gauge(f"{name}_good", f"Whether {description} ended well.", done.well)
    yield _gauge("library_backup_failed", "Whether the last attempt failed.", bool(copies.failed))


def _gauge(name: str, help_: str, value: float) -> Metric:
    return _gauges(name, help_, [((), value)])


def _gauges(name: str, help_: str, samples: Sequence[tuple[Labels, float]]) -> Metric:
    return Metric(name, "gauge", help_, [("", labels, value) for labels, value in samples])


def written(metrics: Iterator[Metric]) -> str:
    return "".join(line + "\n" for metric in metrics for line in _lines(metric))


def _lines(metric: Metric) -> Iterator[str]:
    yield f"# HELP {metric.name} {_escaped(metric.help)}"
    yield f"# TYPE {metric.name} {metric.kind}"
    for suffix, labels, value in metric.samples:
        pairs = ",".join(f'{name}="{_quoted(text)}"' for name, text in labels)
        yield f"{metric.name}{suffix}{f'{{{pairs}}}' if pairs else ''} {float(value):.15g}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', '\\"')


ROUTES = [
    Route("/metrics", metrics),
]
