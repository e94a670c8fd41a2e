"""Values to rows and back."""

from __future__ import annotations

from library.catalogue import Catalogue
from library.core.resource import (
    Block,
    Page,
    Statement,
)
from tests.library.catalogue.builders import TOPIC, edition, put


def test_an_edition_comes_back_as_it_went_in(catalogue: Catalogue) -> None:
    filed = put(catalogue, edition("a"), TOPIC, Statement("kind", "toolkit", "staff"))
    resource = catalogue.resource(filed.resource)
    assert resource is not None
    assert resource.editions == (edition("a"),)
    assert (resource.kind, resource.filed("topic")) == ("toolkit", ("organising", "law"))
    page = catalogue.page(filed.edition, 1)
    assert page == Page(1, "Words of the page", (Block("table", rows=(("a", "b"),)),), label="iv")
    assert catalogue.statements(filed.edition)[0] == TOPIC
    assert catalogue.page(filed.edition, 2) is None
