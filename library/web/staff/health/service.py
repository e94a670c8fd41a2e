"""What is said of what serves readers: the index, the work that waits, the speed of searching."""

from __future__ import annotations

from library.catalogue.queue.backlog import ARRIVAL
from library.catalogue.statistics.latency import Shape
from library.operations.health import Confinement, Index, Packages, Queue, Speed
from library.operations.supervisor import Supervised
from library.web import error_text
from library.web.i18n import Interface
from library.web.staff.frame import moment
from library.web.staff.health.sentences import Words, apart
from library.web.staff.health.viewmodels import Sheet


def index(part: Index, interface: Interface) -> Words:
    say, number = interface.say, interface.number
    words = Words(
        "index",
        say("Index"),
        say("What searching finds. It is a copy: nothing is lost with it, and it is built anew."),
    )
    if part.fault:
        words.facts.append(
            say("It cannot be used: %(fault)s", fault=error_text.words(part.fault, interface))
        )
    else:
        words.facts += [
            say(
                "Works in the index: %(documents)s. Published resources: %(published)s. "
                "Still to be indexed: %(owed)s.",
                documents=number(part.documents),
                published=number(part.published),
                owed=number(part.owed),
            ),
            say(
                "Engine %(engine)s, %(size)s, generation %(generation)s, schema %(schema)s, "
                "vocabulary %(vocabulary)s",
                engine=part.engine,
                size=apart(interface.size(part.bytes)),
                generation=apart(part.generation),
                schema=part.schema,
                vocabulary=part.vocabulary[:12],
            ),
        ]
    if part.state == "well":
        return words
    if part.owed and not part.fault:
        words.do(say("The background process is behind: let it run."), "library serve")
    else:
        words.do(say("Build it anew; the site goes on meanwhile:"), "library reindex")
    return words


def queue(part: Queue, interface: Interface) -> Words:
    say, number = interface.say, interface.number
    words = Words(
        "queue",
        say("Work that waits"),
        say(
            "A background process beside the site reads what comes in, indexes it and draws its "
            "pages."
        ),
    )
    words.facts.append(
        interface.plural(
            "%(number)s background process is running.",
            "%(number)s background processes are running.",
            part.workers,
        )
    )
    if part.beside and part.beside.restarts:
        words.facts.append(ends(part.beside, interface))
    if part.backlogs:
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
                for backlog in part.backlogs
            ),
        )
    else:
        words.facts.append(say("Nothing waits."))
    if part.fails:
        words.do(
            say(
                "The background process ends again and again. What it says is in the log of the "
                "site; see also whether the library is whole."
            ),
            "library check",
        )
    elif not part.workers:
        words.do(
            say(
                "No background process is running: start the site, which brings one, or start "
                "the process by itself."
            ),
            "library serve",
            "library work",
        )
    if part.stuck:
        words.do(
            say("Some work was tried five times and given up: let it be tried again."),
            "library check --repair",
        )
    if part.unread:
        words.do(
            say("Scans wait for Tesseract: install it, with the languages of the library."),
            "apt install tesseract-ocr tesseract-ocr-eng",
        )
    return words


def packages(part: Packages, interface: Interface) -> Words:
    say = interface.say
    words = Words(
        "packages",
        say("Packages of others"),
        say("Formats and engines may come from packages that are installed beside the library."),
    )
    words.facts += [apart(error_text.words(fault, interface)) for fault in part.faults]
    if not part.faults:
        words.facts.append(say("There is none that cannot be used."))
    return words


def confinement(part: Confinement, interface: Interface) -> Words:
    say = interface.say
    words = Words(
        "confinement",
        say("Reading files of strangers"),
        say("Each file is read by a process that can do nothing else, whatever is in the file."),
    )
    if "filter" in part.lacking:
        words.facts.append(
            say(
                "This computer cannot refuse system calls to it (seccomp): a hostile file could "
                "do harm to the library."
            )
        )
    if "folders" in part.lacking:
        words.facts.append(
            say(
                "This computer cannot keep folders from it (Landlock): a hostile file could read "
                "what the library keeps."
            )
        )
    if part.lacking:
        words.do(say("Run the library on Linux 5.13 or newer, on an x86-64 or ARM64 processor."))
    else:
        words.facts.append(say("This computer holds it to that."))
    return words


def ends(beside: Supervised, interface: Interface) -> str:
    """How often the worker beside the site ended, and whether it runs now."""
    say = interface.say
    text = say(
        "How often the background process had to be started again: %(number)s.",
        number=interface.number(beside.restarts),
    )
    if beside.running or beside.next is None:
        return text
    again = moment(beside.next, interface)
    return f"{text} {say('It is begun again at %(moment)s.', moment=again)}"


def kind(kind: str, interface: Interface) -> str:
    """What work of a kind is called."""
    say = interface.say
    return {
        ARRIVAL: say("files to be read"),
        "index": say("works to be indexed"),
        "describe": say("documents to be described"),
        "layout": say("editions to be laid out"),
        "ocr": say("scans to be read"),
        "picture": say("page pictures to be drawn"),
        "card": say("page pictures to be drawn"),
    }.get(kind, kind)


def speed(part: Speed, interface: Interface) -> Words:
    say, number = interface.say, interface.number
    words = Words(
        "speed",
        say("Speed of searching"),
        say("How long readers wait for an answer. No words are kept, only how many there were."),
    )
    if not part.speed.searches:
        words.facts.append(say("Nobody has searched in the last days."))
    else:
        words.facts.append(
            say(
                "%(searches)s searches in %(days)s days, by %(engine)s: half took %(median)s or "
                "less, 95 of 100 took %(p95)s or less, 99 of 100 took %(p99)s or less.",
                searches=number(part.speed.searches),
                days=number(part.days),
                engine=part.engine,
                **{
                    name: milliseconds(getattr(part.speed, name), interface)
                    for name in ("median", "p95", "p99")
                },
            )
        )
        words.sheet = Sheet(
            say("The slowest kinds of searches"),
            (say("Search"), say("times"), say("half within"), say("95 of 100 within")),
            tuple(
                (
                    shape(shape_, interface),
                    (
                        number(shape_.speed.searches),
                        milliseconds(shape_.speed.median, interface),
                        milliseconds(shape_.speed.p95, interface),
                    ),
                )
                for shape_ in part.shapes
            ),
        )
    if part.state == "well":
        return words
    words.do(say("A computer with more memory, or less to do beside, answers sooner."))
    return words


def shape(searched: Shape, interface: Interface) -> str:
    """What kind of search it was: how many words, a phrase, narrowed."""
    say = interface.say
    parts: tuple[str | None, ...] = (
        interface.plural("%(number)s word", "%(number)s words", searched.terms)
        if searched.terms
        else say("no words"),
        say("with a phrase") if searched.phrase else None,
        say("filtered") if searched.narrowed else None,
    )
    return " · ".join(filter(None, parts))


def milliseconds(value: float, interface: Interface) -> str:
    return interface.say("%(number)s ms", number=interface.number(round(value)))
