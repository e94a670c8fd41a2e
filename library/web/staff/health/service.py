"""What is said of what serves readers: the index, the work that waits, the speed of searching."""

from __future__ import annotations

from index import engines
from library.catalogue.queue.backlog import ARRIVAL
from library.catalogue.statistics.latency import Shape
from library.operations.health import Index, Packages, Queue, Speed
from library.operations.supervisor import Supervised
from library.web import error_text
from library.web.i18n import Interface
from library.web.staff.frame import moment
from library.web.staff.health.sentences import Words, apart
from library.web.staff.health.viewmodels import Sheet


def index(found: Index, interface: Interface) -> Words:
    say, number = interface.say, interface.number
    words = Words(
        "index",
        say("Index"),
        say("What searching finds. It is a copy: nothing is lost with it, and it is built anew."),
    )
    if found.fault:
        words.facts.append(say("It cannot be used: %(fault)s", fault=apart(found.fault)))
    else:
        words.facts += [
            say(
                "Works in the index: %(documents)s. Published resources: %(published)s. "
                "Still to be indexed: %(owed)s.",
                documents=number(found.documents),
                published=number(found.published),
                owed=number(found.owed),
            ),
            say(
                "Engine %(engine)s, %(size)s, generation %(generation)s, schema %(schema)s, "
                "vocabulary %(vocabulary)s",
                engine=found.engine,
                size=apart(interface.size(found.bytes)),
                generation=apart(found.generation),
                schema=found.schema,
                vocabulary=found.vocabulary[:12],
            ),
        ]
    if found.state == "well":
        return words
    if found.owed and not found.fault:
        words.do(say("The worker is behind with it: let it run."), "library serve")
    else:
        words.do(say("Build it anew; the site goes on meanwhile:"), "library reindex")
    return words


def queue(found: Queue, interface: Interface) -> Words:
    say, number = interface.say, interface.number
    words = Words(
        "queue",
        say("Work that waits"),
        say("A worker beside the site reads what comes in, indexes it and draws its pages."),
    )
    words.facts.append(
        interface.plural(
            "%(number)s worker is alive.", "%(number)s workers are alive.", found.workers
        )
    )
    if found.beside and found.beside.restarts:
        words.facts.append(ends(found.beside, interface))
    if found.backlogs:
        words.sheet = Sheet(
            say("What waits"),
            (say("Work"), say("waits"), say("since"), say("given up")),
            tuple(
                (
                    kind(backlog.kind, interface),
                    (
                        number(backlog.waiting),
                        moment(backlog.oldest, interface) if backlog.oldest else "–",
                        number(backlog.stuck),
                    ),
                )
                for backlog in found.backlogs
            ),
        )
    else:
        words.facts.append(say("Nothing waits."))
    if found.fails:
        words.do(
            say(
                "The worker beside the site ends again and again. What it says stands in the log "
                "of the site; see also whether the library is whole."
            ),
            "library check",
        )
    elif not found.workers:
        words.do(
            say("No worker is alive: start the site, which brings one, or a worker alone."),
            "library serve",
            "library work",
        )
    if found.stuck:
        words.do(
            say("Some work was tried five times and given up: let it be tried again."),
            "library check --repair",
        )
    if found.unread:
        words.do(
            say("Scans wait for Tesseract: install it, with the languages of the library."),
            "apt install tesseract-ocr tesseract-ocr-eng",
        )
    return words


def packages(found: Packages, interface: Interface) -> Words:
    say = interface.say
    words = Words(
        "packages",
        say("Packages of others"),
        say("Formats and engines may come from packages that are installed beside the library."),
    )
    words.facts += [apart(error_text.words(fault, interface)) for fault in found.faults]
    if not found.faults:
        words.facts.append(say("There is none that cannot be used."))
    return words


def ends(beside: Supervised, interface: Interface) -> str:
    """How often the worker beside the site ended, and whether it runs now."""
    say = interface.say
    told = say(
        "How often the worker beside the site had to be begun again: %(number)s.",
        number=interface.number(beside.restarts),
    )
    if beside.running or beside.next is None:
        return told
    again = moment(beside.next, interface)
    return f"{told} {say('It is begun again at %(moment)s.', moment=again)}"


def kind(kind: str, interface: Interface) -> str:
    """What work of a kind is called."""
    say = interface.say
    return {
        ARRIVAL: say("files to be read"),
        "index": say("works to be indexed"),
        "layout": say("editions to be laid out"),
        "ocr": say("scans to be read"),
        "picture": say("page pictures to be drawn"),
    }.get(kind, kind)


def speed(found: Speed, interface: Interface) -> Words:
    say, number = interface.say, interface.number
    words = Words(
        "speed",
        say("Speed of searching"),
        say("How long readers wait for an answer. No words are kept, only how many there were."),
    )
    if not found.speed.searches:
        words.facts.append(say("Nobody has searched in the last days."))
    else:
        words.facts.append(
            say(
                "%(searches)s searches in %(days)s days, by %(engine)s: half took %(median)s or "
                "less, 95 of 100 took %(p95)s or less, 99 of 100 took %(p99)s or less.",
                searches=number(found.speed.searches),
                days=number(found.days),
                engine=found.engine,
                **{
                    name: milliseconds(getattr(found.speed, name), interface)
                    for name in ("median", "p95", "p99")
                },
            )
        )
        words.sheet = Sheet(
            say("The slowest kinds of searches"),
            (say("Search"), say("times"), say("half within"), say("95 of 100 within")),
            tuple(
                (
                    shape(one, interface),
                    (
                        number(one.speed.searches),
                        milliseconds(one.speed.median, interface),
                        milliseconds(one.speed.p95, interface),
                    ),
                )
                for one in found.shapes
            ),
        )
    if found.state == "well":
        return words
    if found.faster:
        words.do(
            say(
                "Another engine, %(engine)s, finds the same and is many times faster. Build its "
                "index beside this one, set LIBRARY_ENGINE, and start the site again:",
                engine=found.faster,
            ),
            *(() if found.installed else (engines.install(found.faster),)),
            f"library reindex --engine {found.faster}",
            f"LIBRARY_ENGINE={found.faster} library serve",
        )
    else:
        words.do(
            say("The fastest engine is in use already: a computer with more memory, or less to do "
                "beside, helps.")
        )  # fmt: skip
    return words


def shape(one: Shape, interface: Interface) -> str:
    """What kind of search it was: how many words, a phrase, narrowed."""
    say = interface.say
    parts: tuple[str | None, ...] = (
        interface.plural("%(number)s word", "%(number)s words", one.terms)
        if one.terms
        else say("no words"),
        say("with a phrase") if one.phrase else None,
        say("narrowed") if one.narrowed else None,
    )
    return " · ".join(filter(None, parts))


def milliseconds(value: float, interface: Interface) -> str:
    return interface.say("%(number)s ms", number=interface.number(round(value)))
