"""Accounts: which passwords will do, how often one may try, and what ends a session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from library import accounts
from library.accounts import Refused, TooMany, passwords, sessions
from library.accounts.accounts import find
from library.catalogue import Catalogue, open_catalogue
from library.catalogue.accounts import throttle, users
from library.catalogue.storage import schema
from library.core.errors import NotUsable, UsageError
from library.core.resource import Role
from library.core.settings import Settings
from library.operations import backup

GOOD = "correct horse battery"
HOME = "203.0.113.7"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> PasswordHasher:
    """How passwords are really kept; here it is done in the cheapest way argon2 has."""
    real = passwords._HASHER
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(1, 8, 1))
    passwords._nobodys.cache_clear()
    return real


def test_passwords_are_kept_as_rfc_9106_says(quick: PasswordHasher) -> None:
    assert quick.type.name == "ID"
    assert (quick.time_cost, quick.memory_cost, quick.parallelism) == (3, 64 * 1024, 4)
    assert (quick.salt_len, quick.hash_len) == (16, 32)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = open_catalogue(Settings(home=tmp_path), make=True)
    accounts.add(made, "Ana", Role.ADMIN, GOOD)
    yield made
    made.close()


def enter(
    catalogue: Catalogue, name: str = "ana", password: str = GOOD, address: str = HOME
) -> str | Refused | TooMany:
    return accounts.sign_in(catalogue, name, password, address=address, agent="Firefox")


def token(catalogue: Catalogue, name: str = "ana") -> str:
    made = enter(catalogue, name)
    assert isinstance(made, str)
    return made


@pytest.mark.parametrize(
    ("password", "why"),
    [
        (GOOD, ""),
        ("कखगघङचछजझञटठ", ""),
        ("elevenchars", "short"),
        ("ababababababab", "plain"),
        ("maria has a bicycle", "name"),
        ("1qaz2wsx3edc4rfv", "tried"),
        ("Library-Password-2026!", "tried"),
        ("Sindicato Educación 1", "tried"),
        ("123456789012345", "tried"),
        ("the library keeps bees", ""),
        ("8294-1930-4817-5561", ""),
        ("x1y2z3" * 200, "long"),
    ],
)
def test_which_passwords_will_do(password: str, why: str) -> None:
    assert passwords.weakness(password, "Maria") == why


def test_a_password_is_kept_by_argon2id_and_is_the_same_however_it_is_typed() -> None:
    held = passwords.kept("contraseña larguísima")
    assert held.startswith("$argon2id$")
    assert passwords.fits(held, "contraseña larguísima")
    assert not passwords.fits(held, "contrasena larguisima")
    assert not passwords.fits("not a hash", GOOD)


def test_names_are_one_person_s_and_plain(catalogue: Catalogue) -> None:
    for name in ("ana", "ＡＮＡ"):
        with pytest.raises(UsageError, match="already"):
            accounts.add(catalogue, name, Role.STAFF, GOOD)
    for name in ("", "a b", "../x", "x" * 65, "a\nb"):
        with pytest.raises(UsageError, match="will not do"):
            accounts.add(catalogue, name, Role.STAFF, GOOD)
    with pytest.raises(UsageError, match="12 characters"):
        accounts.add(catalogue, "eva", Role.STAFF, "short")
    assert accounts.add(catalogue, "منى", Role.STAFF, GOOD).name == "منى"


def test_who_signs_in_has_a_session_and_the_token_is_not_in_the_catalogue(
    catalogue: Catalogue,
) -> None:
    held = token(catalogue, "ANA")
    session = accounts.session_of(catalogue, held)
    assert session is not None
    assert (session.user.name, session.user.role, session.agent) == ("Ana", Role.ADMIN, "Firefox")
    with catalogue.read() as conn:
        [row] = conn.execute(select(schema.sessions)).all()
    assert held not in repr(row)
    assert accounts.session_of(catalogue, held + "x") is None
    assert accounts.session_of(catalogue, row.digest) is None
    accounts.sign_out(catalogue, session)
    assert accounts.session_of(catalogue, held) is None


def test_a_wrong_name_and_a_wrong_password_are_told_alike(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []
    fits = passwords.fits

    def counted(held: str | None, password: str) -> bool:
        looked.append(held)
        return fits(held, password)

    monkeypatch.setattr(passwords, "fits", counted)
    assert enter(catalogue, "nobody") == enter(catalogue, password="wrong") == Refused()
    assert looked[0] is None  # and a hash was worked out all the same
    assert passwords._nobodys().split("$")[3] == passwords.kept(GOOD).split("$")[3]


def test_guesses_at_an_account_wait_longer_and_longer_and_its_owner_does_not(
    catalogue: Catalogue,
) -> None:
    """Whoever guesses from anywhere keeps nobody out who comes from somewhere else."""
    strange = "198.51.100.9"
    answers = [enter(catalogue, password="wrong", address=strange) for _ in range(5)]
    assert answers == [Refused()] * 5
    waiting = enter(catalogue, address=strange)  # the right password is not looked at
    assert isinstance(waiting, TooMany) and 25 <= waiting.seconds <= 31
    assert isinstance(enter(catalogue), str)
    waits = [throttle.PAIR.wait(number) for number in range(4, 13)]
    assert waits == [0, 30, 60, 120, 240, 480, 900, 900, 900]
    over(catalogue)
    assert isinstance(enter(catalogue, address=strange), str)


def test_a_browser_that_is_known_is_let_in_while_the_whole_world_guesses(
    catalogue: Catalogue,
) -> None:
    known = accounts.remember(catalogue, token(catalogue))
    for number in range(throttle.ACCOUNT.free):
        enter(catalogue, password="wrong", address=f"198.51.100.{number}")
    assert isinstance(enter(catalogue), TooMany)

    def comes(browser: str, name: str = "ana", password: str = GOOD) -> str | Refused | TooMany:
        return accounts.sign_in(
            catalogue, name, password, address=HOME, agent="Firefox", browser=browser
        )

    assert isinstance(comes("invented" * 5), TooMany)
    accounts.add(catalogue, "Ben", Role.STAFF, GOOD)
    assert isinstance(made := comes(known), str)
    assert accounts.remember(catalogue, made, known) == known
    assert [comes(known, password="wrong") for _ in range(throttle.BROWSER.free)] == (
        [Refused()] * throttle.BROWSER.free
    )
    assert isinstance(comes(known), TooMany)  # it may guess no more than others


def test_a_known_browser_is_one_of_its_account_and_goes_with_the_password(
    catalogue: Catalogue,
) -> None:
    accounts.add(catalogue, "Ben", Role.STAFF, GOOD)
    held = token(catalogue)
    known = accounts.remember(catalogue, held)
    digest = accounts.digest_of(known)
    with catalogue.read() as conn:
        assert users.is_known(conn, "ana", digest)
        assert not users.is_known(conn, "ben", digest)
    session = accounts.session_of(catalogue, held)
    assert session is not None
    accounts.change_password(catalogue, session, GOOD, "four words of another kind")
    with catalogue.read() as conn:
        assert not users.is_known(conn, "ana", digest)


def test_thirty_colleagues_behind_one_address_who_mistype_are_all_let_in(
    catalogue: Catalogue,
) -> None:
    names = [f"colleague{number}" for number in range(30)]
    for name in names:
        accounts.add(catalogue, name, Role.STAFF, GOOD)
    for _ in range(2):
        assert {enter(catalogue, name, "mistyped") for name in names} == {Refused()}
    assert all(isinstance(enter(catalogue, name), str) for name in names)
    with catalogue.read() as conn:
        assert conn.execute(select(schema.attempts)).all() == []  # success forgives


def test_attempts_from_an_address_wait_whatever_the_name(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        for number in range(throttle.ADDRESS.free):
            came = (throttle.ADDRESS, sessions.network_of(f"2001:db8::{number:x}"))
            assert throttle.begin(writer.conn, [came]) == 0
    assert isinstance(enter(catalogue, address="2001:db8::ffff"), TooMany)
    assert isinstance(enter(catalogue, address="2001:db8:1::1"), str)


def test_attempts_keep_no_name_and_no_address(catalogue: Catalogue) -> None:
    enter(catalogue, "my password by mistake", "x")
    with catalogue.read() as conn:
        held = repr(conn.execute(select(schema.attempts)).all())
    assert "mistake" not in held
    assert HOME not in held


def test_a_changed_password_ends_the_other_sessions_and_renews_this_one(
    catalogue: Catalogue,
) -> None:
    mine, other = token(catalogue), token(catalogue)
    session = accounts.session_of(catalogue, mine)
    assert session is not None
    better = "four words of another kind"
    assert accounts.change_password(catalogue, session, "wrong", better) == Refused()
    assert accounts.session_of(catalogue, other)
    renewed = accounts.change_password(catalogue, session, GOOD, better)
    assert isinstance(renewed, str)
    assert accounts.session_of(catalogue, mine) is None  # who had the cookie has nothing
    again = accounts.session_of(catalogue, renewed)
    assert again is not None and again.id == session.id
    assert accounts.session_of(catalogue, other) is None
    assert enter(catalogue) == Refused()
    assert isinstance(enter(catalogue, password=better), str)


def test_guesses_at_the_present_password_are_counted(catalogue: Catalogue) -> None:
    """Whoever finds a browser signed in has no more guesses than who stands at the door."""
    session = accounts.session_of(catalogue, token(catalogue))
    assert session is not None
    better = "four words of another kind"
    for _ in range(throttle.OWN.free):
        assert accounts.change_password(catalogue, session, "wrong", better) == Refused()
    assert isinstance(accounts.change_password(catalogue, session, GOOD, better), TooMany)
    over(catalogue)
    assert isinstance(accounts.change_password(catalogue, session, GOOD, better), str)


def test_a_password_reset_ends_all_sessions_and_all_waiting(catalogue: Catalogue) -> None:
    held = token(catalogue)
    for number in range(throttle.ACCOUNT.free):
        enter(catalogue, password="wrong", address=f"198.51.100.{number}")
    assert isinstance(enter(catalogue), TooMany)
    accounts.reset_password(catalogue, "ana", "four words of another kind")
    assert accounts.session_of(catalogue, held) is None
    assert isinstance(enter(catalogue, password="four words of another kind"), str)


def test_a_disabled_account_is_out_at_once_and_the_last_admin_stays(catalogue: Catalogue) -> None:
    eva = accounts.add(catalogue, "eva", Role.ADMIN, GOOD)
    held = token(catalogue, "eva")
    accounts.set_disabled(catalogue, eva, True)
    assert accounts.session_of(catalogue, held) is None
    assert enter(catalogue, "eva") == Refused()
    ana = find(catalogue, "ana")
    with pytest.raises(UsageError, match="only admin"):
        accounts.set_disabled(catalogue, ana, True)
    with pytest.raises(UsageError, match="only admin"):
        accounts.set_role(catalogue, ana, Role.STAFF)
    accounts.set_disabled(catalogue, eva, False)
    assert isinstance(enter(catalogue, "eva"), str)


def test_a_session_that_was_not_used_is_over(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("IDLE", "LONGEST"):
        held = token(catalogue)
        assert accounts.session_of(catalogue, held)
        with monkeypatch.context() as patch:
            patch.setattr(users, name, -1.0)
            assert accounts.session_of(catalogue, held) is None


def test_a_password_kept_in_an_older_way_is_kept_anew_when_it_is_used(catalogue: Catalogue) -> None:
    weak = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(GOOD)
    with catalogue.write() as writer:
        users.set_password(writer.conn, 1, weak)
    token(catalogue)
    with catalogue.read() as conn:
        found = users.named(conn, "ana")
    assert found is not None
    assert found[1] != weak
    assert not passwords.is_outdated(found[1])


def test_who_comes_when_too_many_sign_in_is_told_so(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "PATIENCE", 0.05)
    with passwords._turn(), passwords._turn(), pytest.raises(NotUsable, match="at once"):
        enter(catalogue)
    assert isinstance(enter(catalogue), str)


def test_a_restored_backup_signs_nobody_in(catalogue: Catalogue, tmp_path: Path) -> None:
    held = token(catalogue)
    backup.backup(Settings(home=tmp_path), catalogue, tmp_path / "copy")
    restored = Settings(home=tmp_path / "restored")
    backup.restore(restored, tmp_path / "copy")
    again = open_catalogue(restored)
    assert accounts.session_of(again, held) is None
    assert isinstance(enter(again), str)
    again.close()


def over(catalogue: Catalogue) -> None:
    """As if the waits had passed."""
    with catalogue.write() as writer:
        writer.conn.execute(update(schema.attempts).values(until="2000-01-01T00:00:00+00:00"))
