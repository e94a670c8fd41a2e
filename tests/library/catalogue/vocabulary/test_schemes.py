"""What is kept of the vocabularies beside their files, and who is filed under what."""

from __future__ import annotations

from library.catalogue import Catalogue
from library.catalogue.vocabulary import schemes
from library.core.resource import Statement, Status
from library.vocabularies import Vocabularies
from tests.library.catalogue.builders import TOPIC, edition, put


def test_records_are_kept_by_facet_and_each_change_is_counted(catalogue: Catalogue) -> None:
    tips = {"preferred": {"en": "Tips"}}
    with catalogue.write() as writer:
        assert (schemes.number(writer.conn), schemes.every(writer.conn)) == (0, {})
        schemes.put(writer.conn, "topic", {"tips": tips, "rent": {"preferred": {"en": "Rent"}}})
        schemes.put(writer.conn, "kind", {"song": {"preferred": {"en": "Song"}}})
        assert schemes.number(writer.conn) == 2
        assert list(schemes.records(writer.conn, "topic")) == ["rent", "tips"]
        assert schemes.records(writer.conn, "topic")["tips"] == tips
        schemes.put(writer.conn, "topic", {"rent": None, "tips": {"silent": True}})
        assert schemes.every(writer.conn) == {
            "kind": {"song": {"preferred": {"en": "Song"}}},
            "topic": {"tips": {"silent": True}},
        }
        assert schemes.number(writer.conn) == 3


def test_vocabularies_are_made_anew_only_when_something_changed(catalogue: Catalogue) -> None:
    held = Vocabularies.load(("en",))
    with catalogue.write() as writer:
        assert schemes.now(writer.conn, held) is held
        schemes.put(writer.conn, "topic", {"tips": {"preferred": {"en": "Tips"}}})
        made = schemes.now(writer.conn, held)
        assert made is not held
        assert made.find("topic", "tips") == "tips"
        assert schemes.now(writer.conn, made) is made


def test_a_concept_that_was_merged_means_the_last_it_went_into(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        schemes.put(
            writer.conn,
            "topic",
            {
                "a": {"merged": "b"}, "b": {"merged": "c"}, "c": {},
                "gone": {"merged": "away"}, "away": {"retired": "removed"},
                "kept": {"retired": "kept"},
                "x": {"merged": "y"}, "y": {"merged": "x"},  # a circle, which ends
            },
        )  # fmt: skip
        moved = dict(schemes.moved(writer.conn))
        assert {key: moved[key] for key in moved if key[1] not in "xy"} == {
            ("topic", "a"): "c",
            ("topic", "b"): "c",
            ("topic", "gone"): "",
            ("topic", "away"): "",
        }


def test_who_is_filed_under_a_concept_and_of_whom_it_was_said(catalogue: Catalogue) -> None:
    one = put(catalogue, edition("a"), TOPIC)
    two = put(catalogue, edition("b"), Statement("topic", ("law",), "staff"), status=Status.DRAFT)
    put(catalogue, edition("c"), Statement("kind", "law", "staff"))
    many = [f"none-{n}" for n in range(450)]
    with catalogue.write() as writer:
        conn = writer.conn
        assert set(schemes.holding(conn, "topic", ["law", *many])) == {one.resource, two.resource}
        assert schemes.holding(conn, "topic", [*many, "organising"]) == [one.resource]
        assert schemes.holding(conn, "kind", ["organising"]) == []
        # Staff say otherwise: the guess is remembered, and nobody is filed under it.
        writer.say(one.edition, [Statement("topic", ("health",), "staff")], _staff_wins)
        assert schemes.holding(conn, "topic", ["organising"]) == []
        assert schemes.naming(conn, "topic", [*many, "organising"]) == [one.resource]
        assert schemes.naming(conn, "topic", ["organis"]) == []
        assert schemes.counts(conn, "topic") == {"law": {"draft": 1}, "health": {"published": 1}}
        ids = [one.resource, one.resource, two.resource, *many]
        assert schemes.statuses(conn, ids) == {"published": 1, "draft": 1}


def _staff_wins(statements: object) -> dict[str, Statement]:
    ranked = sorted(statements, key=lambda s: s.source == "staff")  # type: ignore[call-overload]
    return {one.field: one for one in ranked}
