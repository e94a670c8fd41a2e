"""What is said of what must not be lost: originals, copies, the disk, the history."""

from __future__ import annotations

import shlex

from library.catalogue.upkeep.fixity import ROUND, Damage
from library.core.messages import messages_of
from library.core.resource import JSON
from library.operations.health import Chain, Copies, Disk, Fixity, Rows, Whole
from library.store import originals
from library.web import error_text
from library.web.i18n import Interface
from library.web.staff.desk import Desk
from library.web.staff.frame import moment
from library.web.staff.health.sentences import Words, apart

ELSEWHERE = "/mnt/usb/library"  # where a first backup might go
TEN_YEARS = 3650  # days
SHOWN = 5  # damaged originals for which the command is written out


def fixity(part: Fixity, copies: Copies, desk: Desk) -> Words:
    interface = desk.interface
    say, number = interface.say, interface.number
    words = Words(
        "originals",
        say("Originals"),
        say(
            "The background process reads every stored file once a month and compares it with "
            "its checksum, so that a disk that loses data is noticed while there is still a good "
            "copy."
        ),
    )
    if part.fault:
        words.facts.append(
            say("It cannot be used: %(fault)s", fault=error_text.words(part.fault, interface))
        )
    words.facts += [_damage(damage, interface) for damage in part.damaged]
    words.facts.append(
        say(
            "%(fresh)s of %(all)s originals were found whole in the last %(days)s days.",
            fresh=number(part.fresh),
            all=number(part.originals),
            days=number(ROUND.days),
        )
    )
    if part.oldest:
        words.facts.append(say("Oldest check: %(moment)s", moment=moment(part.oldest, interface)))
    if part.damaged:
        source = str(copies.made.told.get("where", "SRC")) if copies.made else "SRC"
        settings = desk.site.settings
        home = settings.originals
        copied = (
            [shlex.join(["library", "check", "--repair", "--from", source])]
            if settings.store
            else [
                shlex.join(
                    [
                        "cp",
                        f"{source}/originals/{damage.sha256[:2]}/{damage.sha256[2:4]}/{damage.sha256}",
                        str(originals.path_of(home, damage.sha256)),
                    ]
                )
                for damage in part.damaged[:SHOWN]
            ]
        )
        words.do(
            say("Copy these files back from a backup, then look at all of them again:"),
            *copied,
            "library check",
        )
    elif part.state == "look":
        words.do(say("The background process is behind: let it run."), "library serve")
    return words


def _damage(damage: Damage, interface: Interface) -> str:
    say = interface.say
    if damage.fault == "missing":
        return say(
            "Missing: %(file)s (%(sha256)s)", file=apart(damage.filename), sha256=damage.sha256[:12]
        )
    return say(
        "Changed on the disk: %(file)s (%(sha256)s)",
        file=apart(damage.filename),
        sha256=damage.sha256[:12],
    )


def _fault(record: JSON, interface: Interface) -> str:
    """What went wrong; in English where no more than that was kept."""
    kept = messages_of([record.get("message")])
    return " ".join(error_text.words(fault, interface) for fault in kept) or str(
        record.get("fault", "")
    )


def copies(part: Copies, desk: Desk) -> Words:
    interface = desk.interface
    say, number = interface.say, interface.number
    words = Words(
        "backup",
        say("Backups"),
        say("A copy on another disk, in another place, is what is left after a fire or a theft."),
    )
    if failed := part.failed:
        words.facts.append(
            say(
                "The last attempt failed: %(moment)s. %(fault)s",
                moment=moment(failed.at, interface),
                fault=apart(_fault(failed.told, interface)),
            )
        )
    where = ELSEWHERE
    if made := part.made:
        where = str(made.told.get("where", ELSEWHERE))
        words.facts += [
            say(
                "Last backup: %(moment)s, with %(number)s originals, %(size)s, in %(where)s",
                moment=moment(made.at, interface),
                number=number(int(made.told.get("originals", 0))),
                size=apart(interface.size(int(made.told.get("bytes", 0)))),
                where=apart(where),
            ),
            say(
                "Since then: files %(files)s, changes by staff %(changes)s",
                files=number(part.files),
                changes=number(part.changes),
            ),
            say("Checksum of its list: %(sha256)s", sha256=apart(made.told.get("sha256", ""))),
        ]
        if made.told.get("same_disk"):
            words.do(
                say("It is on the same disk as the library, and would be lost with it: make one "
                    "on another disk."),
                shlex.join(["library", "backup", ELSEWHERE]),
            )  # fmt: skip
    else:
        words.facts.append(say("No backup was ever made."))
    if part.backup != "well" and not words.steps:
        words.do(
            say("Make a backup, on a disk that is kept elsewhere:"),
            shlex.join(["library", "backup", where]),
        )
    _drill(part, where, words, interface)
    return words


def _drill(part: Copies, where: str, words: Words, interface: Interface) -> None:
    say = interface.say
    if (tried := part.tried) and tried.well:
        words.facts.append(
            say(
                "Last tried out: %(moment)s; %(number)s resources could be found in it.",
                moment=moment(tried.at, interface),
                number=interface.number(int(tried.told.get("resources", 0))),
            )
        )
    elif tried:
        verdict = say(
            "Tried out on %(moment)s, it was no good: %(fault)s",
            moment=moment(tried.at, interface),
            fault=apart(_fault(tried.told, interface)),
        )
        words.facts.insert(0, verdict)
    elif part.made:
        words.facts.append(say("No backup was ever tried out."))
    if part.drill != "well":
        words.do(
            say("Try the backup out; nothing is changed by that:"),
            shlex.join(["library", "restore", where, "--drill"]),
        )


def disk(part: Disk, interface: Interface) -> Words:
    say = interface.say

    def size(octets: int) -> str:
        return apart(interface.size(octets))

    words = Words(
        "disk",
        say("Disk"),
        say("What comes in needs room; an index that is built anew needs as much as it has."),
    )
    words.facts += [
        say("%(free)s of %(total)s are free.", free=size(part.free), total=size(part.total)),
        say(
            "Originals %(originals)s, catalogue %(database)s, index %(index)s, page pictures "
            "%(pictures)s",
            originals=size(part.originals),
            database=size(part.database),
            index=size(part.index),
            pictures=size(part.pictures),
        ),
    ]
    if part.per_day is None:
        words.facts.append(say("How fast it fills is not known yet."))
    elif part.days is None or part.days > TEN_YEARS:
        words.facts.append(say("At this pace it lasts for more than ten years."))
    else:
        words.facts.append(
            interface.plural(
                "It fills by about %(size)s a month, and is full in about %(number)s day.",
                "It fills by about %(size)s a month, and is full in about %(number)s days.",
                part.days,
                size=size(round(part.per_day * 30)),
            )
        )
    if part.state != "well":
        words.do(
            say(
                "Free some space, or move the library to a larger disk: a backup restored there is "
                "the library. Page pictures may be deleted at any time; they are drawn anew."
            ),
            shlex.join(["library", "backup", ELSEWHERE]),
            f"LIBRARY_HOME=/larger/disk library restore {ELSEWHERE}",
        )
    return words


def chain(part: Chain, interface: Interface) -> Words:
    say = interface.say
    words = Words(
        "history",
        say("History"),
        say(
            "Every change by staff carries a seal; the background process verifies all of them "
            "once a day."
        ),
    )
    if part.last is None:
        words.facts.append(say("It was never verified."))
    else:
        words.facts.append(
            say(
                "Last verified: %(moment)s, %(number)s changes",
                moment=moment(part.last.at, interface),
                number=interface.number(int(part.last.told.get("entries", 0))),
            )
        )
        if not part.last.well:
            words.facts.insert(0, _fault(part.last.told, interface))
    if part.state == "act":
        words.do(
            say(
                "Somebody has changed the catalogue by other means. Compare it with a backup, "
                "and see who can reach its file."
            ),
            "library check",
        )
    elif part.state == "look":
        words.do(say("Verify it, or let the background process run:"), "library check")
    return words


def whole(part: Whole, interface: Interface) -> Words:
    say = interface.say
    words = Words(
        "check",
        say("Check of the whole library"),
        say("One command compares originals, catalogue and index."),
    )
    if part.last is None:
        words.facts.append(say("That was not done yet; it need not be done often."))
    else:
        words.facts.append(
            say(
                "Last done: %(moment)s; found %(found)s, mended %(mended)s",
                moment=moment(part.last.at, interface),
                found=interface.number(int(part.last.told.get("found", 0))),
                mended=interface.number(int(part.last.told.get("mended", 0))),
            )
        )
    if part.state != "well":
        words.do(say("See what was found, and mend what can be mended:"), "library check --repair")
    return words


def rows(part: Rows, interface: Interface) -> Words:
    say = interface.say
    words = Words(
        "rows",
        say("What is catalogued"),
        say("Texts, titles and accounts are held against checksums, all of them once a day."),
    )
    if part.last is None:
        words.facts.append(say("This was not done yet."))
        return words
    words.facts.append(say("Last done: %(moment)s", moment=moment(part.last.at, interface)))
    if part.wrong:
        words.facts.append(
            interface.plural(
                "%(number)s entry has changed by itself: the disk may be failing.",
                "%(number)s entries have changed by themselves: the disk may be failing.",
                part.wrong,
            )
        )
        words.facts += [apart(name) for name in part.last.told.get("named", [])]
        words.do(say("See which, and what to do of each:"), "library check")
    else:
        words.facts.append(say("Everything is as it was written."))
    return words
