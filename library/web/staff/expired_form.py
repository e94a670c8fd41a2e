"""A form that came from a session that is over, or another one: it can be sent again as it was."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from library.web.staff.desk import FORM, Desk
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import SIGN_IN
from library.web.staff.viewmodels import DeskFrame
from library.web.viewmodels import Frame, Link

SECRET = ("password", "old", "new", "again")


@dataclass(frozen=True, slots=True)
class Kept:
    """A field of a form as it was sent."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class AgainPage:
    """A form that came from a session that is over: nothing of it is lost."""

    frame: Frame
    desk: DeskFrame
    heading: str
    explanation: str
    action: str
    fields: tuple[Kept, ...]
    sign_in: Link | None


def again(desk: Desk) -> Response:
    """The form as it was sent, without passwords, for whoever is signed in now to send again."""
    say = desk.interface.say
    door = desk.request.url.path == SIGN_IN
    if door:
        explanation = say("This page was open for too long, or cookies are off. Sign in again.")
    elif desk.session is None:
        explanation = say(
            "You are not signed in any more. What you wrote is still here: sign in in another "
            "window, come back to this one, and send it again."
        )
    else:
        explanation = say(
            "You have signed in again since this page was opened. What you wrote is still here: "
            "send it again."
        )
    heading = say("This was not saved yet")
    sent = [
        Kept(name, value)
        for name, values in desk.fields.items()
        if name != FORM and name not in SECRET
        for value in values
    ]
    page = AgainPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk),
        heading=heading,
        explanation=explanation,
        action="" if door else desk.request.url.path,
        fields=tuple(sent),
        sign_in=None if desk.session else Link(say("Sign in"), SIGN_IN),
    )
    return shown(desk, "staff/again.html", page, 401 if desk.session is None else 403)
