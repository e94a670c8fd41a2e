"""Addresses are kept while they are wanted, and nobody's letters can be made to flood another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from library.catalogue import Catalogue
from library.catalogue.accounts import alerts
from library.catalogue.storage import schema

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
READER = "amina@mail.example"


def tokens(catalogue: Catalogue) -> list[str]:
    with catalogue.read() as conn:
        return list(conn.scalars(select(schema.alerts.c.token).order_by(schema.alerts.c.id)))


def test_an_address_that_is_not_confirmed_is_forgotten(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        assert alerts.ask(writer.conn, READER, "topic=law", "es", NOW)
        assert alerts.ask(writer.conn, READER, "topic=law", "es", NOW)  # once
        assert alerts.ask(writer.conn, READER, "q=wages", "es", NOW)
    one, other = tokens(catalogue)
    with catalogue.write() as writer:
        assert alerts.confirm(writer.conn, one, NOW + timedelta(days=1))
        assert alerts.forget_unconfirmed(writer.conn, NOW + timedelta(days=1, hours=23)) == 0
        assert alerts.forget_unconfirmed(writer.conn, NOW + timedelta(days=2, hours=1)) == 1
        assert alerts.of(writer.conn, other) is None
        assert alerts.end(writer.conn, one) and not alerts.end(writer.conn, one)
        assert not alerts.confirm(writer.conn, one, NOW)
        assert list(writer.conn.execute(select(schema.alerts))) == []


def test_strangers_can_have_few_letters_sent(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    with catalogue.write() as writer:
        for number in range(9):
            assert alerts.ask(writer.conn, READER, f"q={number}", "en", NOW)  # nothing is told
    assert len(tokens(catalogue)) == alerts.OPEN
    monkeypatch.setattr(alerts, "OF_ONE", 5)
    with catalogue.write() as writer:
        for number in range(9):
            for token in writer.conn.scalars(select(schema.alerts.c.token)).all():
                alerts.confirm(writer.conn, token, NOW)
            assert alerts.ask(writer.conn, READER, f"q=more {number}", "en", NOW)
    assert len(tokens(catalogue)) == 5
    monkeypatch.setattr(alerts, "OPEN_IN_ALL", 2)
    with catalogue.write() as writer:
        kept = [alerts.ask(writer.conn, f"{n}@mail.example", "", "en", NOW) for n in range(4)]
    assert kept.count(False) >= 2


def test_one_writes_and_whoever_stopped_is_taken_over_from(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        alerts.ask(writer.conn, READER, "", "en", NOW)
        due = alerts.due(writer.conn, NOW)
        assert due is not None and due.told is None
        assert alerts.claim(writer.conn, due.token, NOW)
        assert not alerts.claim(writer.conn, due.token, NOW)
        assert alerts.due(writer.conn, NOW + timedelta(minutes=9)) is None
        assert alerts.due(writer.conn, NOW + timedelta(minutes=11)) is not None
        alerts.tell(writer.conn, due.token, NOW)
        assert alerts.due(writer.conn, NOW + timedelta(days=9)) is None  # it was not confirmed
        alerts.confirm(writer.conn, due.token, NOW)
        assert alerts.due(writer.conn, NOW + timedelta(hours=23)) is None
        due = alerts.due(writer.conn, NOW + timedelta(hours=24))
        assert due is not None and due.told == NOW
