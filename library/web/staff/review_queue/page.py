"""What needs a person, the worst first, and what a person may say of it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from library.catalogue.editions import duplicates
from library.catalogue.editions.likenesses import Likeness
from library.catalogue.resources import queries
from library.catalogue.statistics import reader_reports, review_queue
from library.catalogue.statistics.reader_reports import Report
from library.catalogue.statistics.review_queue import Pair, Work
from library.core.errors import UsageError
from library.core.resource import Edition, Resource
from library.likeness.translations import stem_of
from library.metadata import decide
from library.web.i18n import Interface, direction, own_name
from library.web.staff import labels
from library.web.staff.access import at_desk
from library.web.staff.desk import Desk, done
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import QUEUE, sheet, words_of, work
from library.web.staff.reindex import follow
from library.web.staff.review_queue.entries import reason_row, report_row
from library.web.staff.review_queue.viewmodels import (
    Answer,
    PairRow,
    QueueItem,
    QueuePage,
    WorkRow,
)
from library.web.viewmodels import Link

SIZE = 25


def page(desk: Desk) -> Response:
    return _page(desk)


def leave(desk: Desk) -> Response:
    """A resource is right as it is."""
    resource, reasons = desk.one("resource"), desk.every("reason")
    known = [reason for reason in reasons if reason in set(review_queue.WEIGHTS)]
    if not known or desk.site.catalogue.resource(resource, public=False) is None:
        raise HTTPException(422)
    with desk.site.catalogue.write() as writer:
        review_queue.leave(writer, resource, known, by=desk.user.name)
    return done(QUEUE, "left")


def close(desk: Desk) -> Response:
    """What a reader reported is dealt with."""
    number = desk.one("report")
    if not number.isdecimal() or len(number) > 15:
        raise HTTPException(422)
    with desk.site.catalogue.write() as writer:
        reader_reports.close(writer, int(number), by=desk.user.name)
    here = desk.one("of")
    known = here and desk.site.catalogue.resource(here, public=False) is not None
    return done(words_of(here) if known else QUEUE, "closed")


def pair(desk: Desk) -> Response:
    """Two editions are one work, versions of one another, or two works."""
    one, other, by = desk.one("one"), desk.one("other"), desk.user.name
    catalogue, say = desk.site.catalogue, desk.interface.say
    try:
        with catalogue.write() as writer:
            editions = [writer.ask(queries.edition, id_) for id_ in (one, other)]
            if None in editions:
                raise UsageError("edition elsewhere")
            ids = {writer.resource_of(one), writer.resource_of(other)}
            match desk.one("verdict"):
                case "dismiss":
                    duplicates.dismiss(writer, one, other, by=by)
                case "join":
                    duplicates.join(writer, one, other, by=by, decide=decide)
                case "replace":
                    duplicates.replace(writer, one, other, by=by, decide=decide)
                case _:
                    raise HTTPException(422)
    except UsageError:
        return _page(
            desk,
            say(
                "That cannot be done: look at the languages and the status of both, or whether "
                "somebody was quicker."
            ),
            409,
        )
    follow(desk, *ids)
    return done(QUEUE, desk.one("verdict"))


def _page(desk: Desk, problem: str = "", status: int = 200) -> Response:
    written = desk.request.query_params.get("page", "1")
    number = max(1, int(written)) if written.isdecimal() and len(written) < 7 else 1
    with desk.site.catalogue.snapshot() as snapshot:
        every = snapshot.ask(review_queue.queue)
        shown_now = every[(number - 1) * SIZE : number * SIZE]
        pairs = [item.likeness for item in shown_now if isinstance(item, Pair)]
        ids = {id_ for likeness in pairs for id_ in (likeness.one, likeness.other)}
        works = [item.resource for item in shown_now if isinstance(item, Work)]
        reports = snapshot.ask(reader_reports.of, works)
        editions = {id_: snapshot.ask(queries.edition, id_) for id_ in ids}
    wanted = [id_ for item in shown_now for id_ in _resources(item)]
    resources = {
        resource.id: resource for resource in desk.site.catalogue.resources(wanted, public=False)
    }
    say = desk.interface.say
    heading = say("Needs checking")
    last = max(1, -(-len(every) // SIZE))
    made = QueuePage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        count=desk.interface.plural(
            "%(number)s thing to check, the most serious first.",
            "%(number)s things to check, the most serious first.",
            len(every),
        ),
        items=tuple(
            item
            for entry in shown_now
            if (item := _item(desk, entry, resources, editions, reports)) is not None
        ),
        pair=f"{QUEUE}/pair",
        leave=f"{QUEUE}/leave",
        close=f"{QUEUE}/close",
        previous=Link(say("Previous"), f"{QUEUE}?page={number - 1}") if number > 1 else None,
        next=Link(say("Next"), f"{QUEUE}?page={number + 1}") if number < last else None,
    )
    return shown(desk, "staff/queue.html", made, status)


def _resources(item: Work | Pair) -> tuple[str, ...]:
    return (item.resource,) if isinstance(item, Work) else (item.first, item.second)


def _item(
    desk: Desk,
    item: Work | Pair,
    resources: dict[str, Resource],
    editions: dict[str, Edition | None],
    reports: dict[str, list[Report]],
) -> QueueItem | None:
    if any(id_ not in resources for id_ in _resources(item)):
        return None  # joined in this very moment
    if isinstance(item, Work):
        return QueueItem(work=_work(desk, item, resources[item.resource], reports))
    first, second = editions.get(item.likeness.one), editions.get(item.likeness.other)
    if first is None or second is None:
        return None
    return QueueItem(pair=_pair(desk, item, first, second, resources))


def _work(desk: Desk, item: Work, resource: Resource, reports: dict[str, list[Report]]) -> WorkRow:
    main = resource.edition(desk.interface.language, *desk.site.settings.languages)
    return WorkRow(
        id=resource.id,
        link=Link(
            main.title or main.filename,
            words_of(resource.id),
            language=main.language,
            direction=direction(main.language),
        ),
        status=labels.status(resource.status, desk.interface),
        file=main.filename,
        reasons=tuple(reason_row(desk, reason, resource) for reason in item.reasons),
        reports=tuple(report_row(desk, report) for report in reports.get(resource.id, ())),
        left=tuple(reason for reason in item.reasons if reason != review_queue.REPORTED),
    )


def _pair(
    desk: Desk, likely: Pair, first: Edition, second: Edition, resources: dict[str, Resource]
) -> PairRow:
    interface, say, likeness = desk.interface, desk.interface.say, likely.likeness
    share = interface.number(round(likeness.alike * 100))
    answers = []
    if first.language == second.language:
        lost = say(
            "This cannot be undone: the two become one document with the text of the one that "
            "stays. Both files and both addresses are kept."
        )
        label = say("The first takes the place of the second")
        answers.append(Answer("replace", first.id, second.id, label, lost))
        label = say("The second takes the place of the first")
        answers.append(Answer("replace", second.id, first.id, label, lost))
    else:
        label = say("They are editions of one work: join them")
        answers.append(Answer("join", first.id, second.id, label))
    answers.append(Answer("dismiss", first.id, second.id, say("They are two works")))
    matching = tuple(
        Link(
            f"{interface.number(mine)} = {interface.number(theirs)}",
            sheet(likely.first, first.id, mine),
        )
        for mine, theirs, _ in likeness.pages[:6]
    )
    return PairRow(
        kind=labels.likeness(likeness.kind, interface),
        share=say("%(share)s in 100 alike", share=share),
        first=_link(likely.first, first),
        second=_link(likely.second, second),
        facts=tuple(
            " · ".join(
                filter(
                    None,
                    (
                        own_name(edition.language) if edition.language else "",
                        str(edition.date or ""),
                        edition.filename,
                        labels.status(resources[id_].status, interface),
                    ),
                )
            )
            for id_, edition in ((likely.first, first), (likely.second, second))
        ),
        pages=matching,
        shared=desk.interface.listed(likeness.shared[:12]),
        silent=_in_common(likeness, first, second, interface),
        answers=tuple(answers),
    )


def _in_common(likeness: Likeness, first: Edition, second: Edition, interface: Interface) -> str:
    """Why two documents that share no names may be translations; "" for other pairs."""
    if likeness.kind != "translation" or likeness.shared:
        return ""
    if stem_of(first.filename) == stem_of(second.filename):
        return interface.say("They share no names; their files are called alike.")
    return interface.say(
        "They share no names; their headings, lists and tables follow one another alike."
    )


def _link(resource: str, edition: Edition) -> Link:
    return Link(
        edition.title or edition.filename,
        work(resource),
        language=edition.language,
        direction=direction(edition.language),
    )


ROUTES = [
    at_desk(QUEUE, get=page),
    at_desk(f"{QUEUE}/leave", post=leave),
    at_desk(f"{QUEUE}/close", post=close),
    at_desk(f"{QUEUE}/pair", post=pair),
]
