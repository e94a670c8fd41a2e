"""What stands around every page of the desk, and how moments are said there."""

from __future__ import annotations

from datetime import UTC, date, datetime

from babel.dates import format_date, format_time
from starlette.responses import Response

from library.core.resource import Role
from library.web.frame import answer, frame
from library.web.i18n import Interface, day_pattern
from library.web.staff import notices
from library.web.staff.desk import Desk
from library.web.staff.links import (
    ACCOUNTS,
    ARRIVALS,
    COLLECTIONS,
    DESK,
    FIGURES,
    HEALTH,
    HISTORY,
    OWN,
    QUEUE,
    SHELF,
    SIGN_OUT,
    TABLES,
    VOCABULARIES,
)
from library.web.staff.viewmodels import DeskFrame, Way
from library.web.viewmodels import Frame, Link

SHEETS = ("front.css", "read.css", "narrow.css")  # the desk shows what readers see, too


def rooms(desk: Desk) -> tuple[Way, ...]:
    """Where who is signed in may go."""
    say = desk.interface.say
    made = [
        (ARRIVALS, say("Arrivals"), say("Bring documents in, and see what became of them.")),
        (QUEUE, say("Needs checking"), say("What needs checking, the most serious first.")),
        (SHELF, say("Resources"), say("All that the library holds, and who may see it.")),
        (COLLECTIONS, say("Collections"), say("Lists in your order, and the order of series.")),
        (TABLES, say("Tables"), say("The catalogue as a spreadsheet, out and back in.")),
        (VOCABULARIES, say("Vocabularies"), say("The concepts that readers filter by.")),
        (HISTORY, say("History"), say("Who changed what and when, and the way back.")),
        (FIGURES, say("Figures"), say("What is held, what is missing, and what is read.")),
        (HEALTH, say("Health"), say("Whether the library is well, and what to do if not.")),
        (OWN, say("My account"), say("Your password, and where you are signed in.")),
    ]
    if desk.user.role is Role.ADMIN:
        made.append((ACCOUNTS, say("Accounts"), say("Who may use this desk, and who may no more.")))
    here = desk.request.url.path

    def is_here(url: str) -> bool:
        return here == url or here.startswith(f"{url}/")

    return tuple(Way(Link(label, url, current=is_here(url)), about) for url, label, about in made)


def framed(desk: Desk, title: str) -> Frame:
    return frame(desk.visit, title, robots="noindex", sheets=SHEETS)


def desk_frame(desk: Desk, *, problem: str = "", token: str = "") -> DeskFrame:
    """problem: why what was asked was not done. token: in place of the session's own."""
    session = desk.session
    say = desk.interface.say
    front = Link(say("Staff desk"), DESK, current=desk.request.url.path == DESK)
    return DeskFrame(
        style=desk.site.pages.address("staff.css"),
        script=desk.site.pages.address("desk.js"),
        ways=(front, *(way.link for way in rooms(desk) if way.link.url != OWN)) if session else (),
        user=session.user.name if session else "",
        own=Link(say("My account"), OWN, current=desk.request.url.path == OWN),
        sign_out=SIGN_OUT,
        token=token or desk.token,
        notice=notices.notice(desk.request.query_params.get("done", ""), desk.interface),
        problem=problem,
    )


def shown(desk: Desk, template: str, page: object, status: int = 200) -> Response:
    return answer(desk.visit, template, page, status)


def day_of(day: date, interface: Interface) -> str:
    """A day as it is written in lists."""
    locale = interface.locale
    return str(format_date(day, day_pattern("medium", day, locale), locale=locale))


def moment(time: datetime, interface: Interface) -> str:
    """A day and a time of 24 hours, in UTC and saying so: two people may sit in two countries."""
    then = time.astimezone(UTC)
    locale = interface.locale
    day = day_of(then.date(), interface)
    clock = format_time(then, "HH:mm", tzinfo=UTC, locale=locale)
    text = str(locale.datetime_formats["medium"]).replace("'", "").format(clock, day)
    return f"{text} UTC"
