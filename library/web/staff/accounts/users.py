"""Other people's accounts, for admins: who may use the desk, and a new password for who forgot."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from library import accounts
from library.catalogue.accounts import users
from library.catalogue.accounts.users import User
from library.core.errors import UsageError
from library.core.resource import Role
from library.web.error_text import told
from library.web.staff import labels as staff_labels
from library.web.staff.access import at_desk
from library.web.staff.accounts.my_account import rule
from library.web.staff.accounts.viewmodels import AccountRow, AccountsPage
from library.web.staff.desk import Desk, done, waiting
from library.web.staff.frame import desk_frame, framed, moment, shown
from library.web.staff.links import ACCOUNTS
from library.web.staff.viewmodels import Option

MADE, GIVEN = "add", "password"  # what is done with a password that an admin writes


def page(desk: Desk) -> Response:
    return _page(desk)


def change(desk: Desk) -> Response:
    """Disable or enable an account, or give it another role; never one's own."""
    catalogue = desk.site.catalogue
    if desk.one("change") in (MADE, GIVEN):
        return _with_password(desk)
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


def _with_password(desk: Desk) -> Response:
    """Make an account, or give one a new password; only an admin who knows their own may."""
    catalogue, say = desk.site.catalogue, desk.interface.say
    refused = accounts.proven(catalogue, desk.user, desk.one("old"))
    if isinstance(refused, accounts.TooMany):
        response = _page(desk, waiting(desk, refused.seconds), status=429)
        response.headers["Retry-After"] = str(refused.seconds)
        return response
    if refused is not None:
        return _page(desk, say("Your own password is wrong: nothing was changed."))
    name, by = desk.one("name"), desk.user.name
    if accounts.key_of(name) == accounts.key_of(by):
        return _page(desk, say("You cannot change your own account here."))
    try:
        if desk.one("change") == MADE:
            role = Role.ADMIN if desk.one("role") == Role.ADMIN else Role.STAFF
            accounts.add(catalogue, name, role, desk.one("new"), by=by)
            return done(ACCOUNTS, "account")
        accounts.reset_password(catalogue, name, desk.one("new"), by=by)
    except UsageError as error:
        return _page(desk, told(error, desk.interface))
    return done(ACCOUNTS, "new-password")


def _page(desk: Desk, problem: str = "", status: int = 0) -> Response:
    every = desk.site.catalogue.ask(users.every)
    heading = desk.interface.say("Accounts")
    made = AccountsPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        action=ACCOUNTS,
        accounts=tuple(_row(desk, user) for user in every),
        name=desk.one("name"),
        roles=tuple(
            Option(
                role,
                staff_labels.role(role, desk.interface),
                role == (desk.one("role") or Role.STAFF),
            )
            for role in (Role.STAFF, Role.ADMIN)
        ),
        rule=rule(desk),
    )
    return shown(desk, "staff/accounts.html", made, status or (422 if problem else 200))


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
        password="" if mine else user.name,
    )


ROUTES = [
    at_desk(ACCOUNTS, get=page, post=change, role=Role.ADMIN),
]
