"""Other people's accounts, for admins: who may use the desk. Passwords are given elsewhere."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from library import accounts
from library.catalogue.accounts import users
from library.catalogue.accounts.users import User
from library.core.errors import UsageError
from library.core.resource import Role
from library.web.staff import labels as staff_labels
from library.web.staff.access import at_desk
from library.web.staff.accounts.viewmodels import AccountRow, AccountsPage
from library.web.staff.desk import Desk, done
from library.web.staff.frame import desk_frame, framed, moment, shown
from library.web.staff.links import ACCOUNTS

COMMAND = "library user add NAME --role staff"


def page(desk: Desk) -> Response:
    return _page(desk)


def change(desk: Desk) -> Response:
    """Disable or enable an account, or give it another role; never one's own."""
    catalogue = desk.site.catalogue
    chosen = desk.one("account")
    with catalogue.snapshot() as snapshot:
        id_ = int(chosen) if chosen.isdecimal() and len(chosen) < 12 else 0
        user = snapshot.ask(users.user, id_)
    if user is None:
        raise HTTPException(404)
    if user.id == desk.user.id:
        return _page(desk, desk.interface.say("You cannot change your own account here."))
    try:
        match desk.one("change"):
            case "disable":
                accounts.set_disabled(catalogue, user, True, by=desk.user.name)
                return done(ACCOUNTS, "disabled")
            case "enable":
                accounts.set_disabled(catalogue, user, False, by=desk.user.name)
                return done(ACCOUNTS, "enabled")
            case Role.ADMIN | Role.STAFF as role:
                accounts.set_role(catalogue, user, Role(role), by=desk.user.name)
                return done(ACCOUNTS, "role")
    except UsageError:
        return _page(desk, desk.interface.say("There must be an admin."))
    raise HTTPException(422)


def _page(desk: Desk, problem: str = "") -> Response:
    every = desk.site.catalogue.ask(users.every)
    heading = desk.interface.say("Accounts")
    made = AccountsPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        action=ACCOUNTS,
        accounts=tuple(_row(desk, user) for user in every),
        command=COMMAND,
    )
    return shown(desk, "staff/accounts.html", made, 422 if problem else 200)


def _row(desk: Desk, user: User) -> AccountRow:
    say = desk.interface.say
    mine = user.id == desk.user.id
    other = Role.STAFF if user.role is Role.ADMIN else Role.ADMIN
    seen = (
        say("last signed in %(moment)s", moment=moment(user.signed_in, desk.interface))
        if user.signed_in
        else say("never signed in")
    )
    labels = {Role.ADMIN: say("Make an admin"), Role.STAFF: say("Make staff")}
    return AccountRow(
        id=str(user.id),
        name=user.name,
        role=staff_labels.role(user.role, desk.interface),
        facts=(*((say("disabled"),) if user.disabled else ()), seen),
        disable=not mine and not user.disabled,
        enable=not mine and user.disabled,
        change="" if mine or user.disabled else other,
        change_label=labels[other],
    )


ROUTES = [
    at_desk(ACCOUNTS, get=page, post=change, role=Role.ADMIN),
]
