"""The catalogue in the order it changed: nothing is missed by who comes back."""

from __future__ import annotations

from library.catalogue import Catalogue
from library.catalogue.resources import harvest, status
from library.catalogue.resources.harvest import Part
from library.core.resource import Standing, Status
from tests.library.catalogue.builders import edition, put


def test_it_goes_on_from_a_place_and_tells_what_departed(catalogue: Catalogue) -> None:
    first, second = (put(catalogue, edition(sha, title)).resource for sha, title in ("aA", "bB"))
    told = catalogue.ask(harvest.changes, limit=10)
    assert [change.id for change in told] == [first, second]
    place = (told[-1].changed, told[-1].id)
    assert catalogue.ask(harvest.changes, after=place, limit=10) == []
    with catalogue.write() as writer:
        status.put(writer, first, Standing(Status.WITHDRAWN, reason="a mistake"), by="ana")
    [gone] = catalogue.ask(harvest.changes, after=place, limit=10)
    assert (gone.id, gone.departed) == (first, True)
    assert catalogue.ask(harvest.change, first) == gone
    assert catalogue.ask(harvest.earliest) == told[-1].changed


def test_a_part_holds_what_is_in_it(catalogue: Catalogue) -> None:
    put(catalogue, edition("a", language="en"))
    spanish = put(catalogue, edition("b", language="es")).resource
    part = Part(harvest.LANGUAGE, ("es",))
    assert [change.id for change in catalogue.ask(harvest.changes, part, limit=10)] == [spanish]
