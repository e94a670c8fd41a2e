"""`library user`: accounts of the staff desk."""

from __future__ import annotations

import dataclasses
import json
import sys

import click

from library import accounts
from library.accounts import second_step
from library.accounts.accounts import find
from library.catalogue import Catalogue, open_catalogue
from library.catalogue.accounts import users
from library.core.errors import UsageError
from library.core.resource import Role
from library.core.settings import read

FIRST = "library user add NAME --role admin"
"""The command that makes the first account."""

PASSWORD = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input: one line."
)


@click.group()
def user() -> None:
    """Accounts of the staff desk: who may change what the library holds."""


@user.command()
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    required=True,
    help="staff: all but other people's accounts; admin: these too.",
)
@PASSWORD
def add(name: str, role: str, password_stdin: bool) -> None:
    """Make an account for NAME; the password is asked for."""
    catalogue = open_catalogue(read())
    try:
        made = accounts.add(catalogue, name, Role(role), _password(password_stdin))
    finally:
        catalogue.close()
    click.echo(f"{made.name} can sign in at /staff/ as {made.role}.")


@user.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, and no more.")
def list_(as_json: bool) -> None:
    """Show all accounts."""
    catalogue = open_catalogue(read())
    try:
        with catalogue.read() as conn:
            listed = users.every(conn)
    finally:
        catalogue.close()
    for account in listed:
        if as_json:
            click.echo(json.dumps(dataclasses.asdict(account), default=str, ensure_ascii=False))
        else:
            seen = f"{account.signed_in:%Y-%m-%d}" if account.signed_in else "never"
            state = "disabled" if account.disabled else f"last signed in: {seen}"
            click.echo(f"{account.name}  {account.role}  {state}")
    if not listed and not as_json:
        click.echo(f"There is no account yet. Make the first with: {FIRST}")


@user.command()
@click.argument("name")
def disable(name: str) -> None:
    """Let NAME in no more; whoever uses that account is signed out at once."""
    _set_disabled(name, True)
    click.echo(f"{name} is disabled and signed out everywhere.")


@user.command()
@click.argument("name")
def enable(name: str) -> None:
    """Let NAME in again."""
    _set_disabled(name, False)
    click.echo(f"{name} can sign in again.")


@user.command()
@click.argument("name")
@PASSWORD
def password(name: str, password_stdin: bool) -> None:
    """Give NAME a new password, and end all sessions of that account."""
    catalogue = open_catalogue(read())
    try:
        find(catalogue, name)  # before anybody has typed anything
        accounts.reset_password(catalogue, name, _password(password_stdin))
    finally:
        catalogue.close()
    click.echo(f"{name} has a new password and is signed out everywhere.")


@user.command(name="second-step")
@click.argument("name")
@click.option("--off", is_flag=True, help="Turn it off, for who lost phone and recovery codes.")
def second(name: str, off: bool) -> None:
    """Ask NAME for a code of an app beside the password: set up here, or turned off."""
    chosen = read()
    catalogue = open_catalogue(chosen)
    try:
        account = find(catalogue, name)
        if off:
            second_step.end(catalogue, account)
            click.echo(f"{account.name} signs in with the password alone.")
            return
        if second_step.is_on(catalogue, account):
            raise UsageError("second step on", name=account.name)
        made = second_step.offer(catalogue, account, chosen.name)
        click.echo(f"Put this into an app for codes:\n  {made.secret}\n  {made.address}")
        answer = second_step.begin(catalogue, account, click.prompt("Code that the app shows now"))
        if not isinstance(answer, tuple):
            raise UsageError("second step wrong")
        click.echo("On. Recovery codes, each for once, shown only now:")
        for code in answer:
            click.echo(f"  {code}")
    finally:
        catalogue.close()


def first_steps(catalogue: Catalogue) -> str:
    """How to make the first account; "" when there is one."""
    with catalogue.read() as conn:
        if users.count(conn):
            return ""
    return f"The staff desk has no account yet. Make the first with: {FIRST}"


def _set_disabled(name: str, disabled: bool) -> None:
    catalogue = open_catalogue(read())
    try:
        accounts.set_disabled(catalogue, find(catalogue, name), disabled)
    finally:
        catalogue.close()


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    asked: str = click.prompt("Password", hide_input=True, confirmation_prompt="Once more")
    return asked
