"""Addresses stand beside the pages that answer them, whatever their order: none hides another."""

from __future__ import annotations

import re

import pytest
from starlette.routing import Match, Route

from library.web.app import ROUTES

NUMBER = re.compile(r"\{\w+:int\}")
REST = re.compile(r"\{\w+(?::path)?\}")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_no_address_hides_another(route: Route) -> None:
    """Asked for by each of its methods, an address is answered by its own page."""
    path = REST.sub("xyz", NUMBER.sub("7", route.path))
    for method in route.methods or ():
        scope = {"type": "http", "path": path, "method": method}
        full = [one for one in ROUTES if one.matches(scope)[0] is Match.FULL]
        assert full[0] is route
