"""Addresses that hold a concept by a former identifier lead to the same with the present one."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import RedirectResponse

from library.web.facet_params import renewed
from library.web.freshness import PAGE
from library.web.site import Visit


def moved(visit: Visit) -> RedirectResponse | None:
    """301 to where a search, feed or list is now; None when it is here."""
    given = visit.request.query_params.multi_items()
    now = renewed(given, visit.site.vocabularies)
    if now == given:
        return None
    # Staff can undo a merge, and a browser would keep a permanent move for good.
    there = f"{visit.request.url.path}?{urlencode(now)}"
    return RedirectResponse(there, 301, headers={"Cache-Control": PAGE})
