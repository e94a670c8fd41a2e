"""Concepts by what one types of them: any label in any language, for fields that take concepts."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from library.metadata.staff_statements import CONCEPTS as FACETS
from library.web.i18n import own_name
from library.web.staff.access import at_desk
from library.web.staff.desk import Desk
from library.web.staff.links import CONCEPTS

MOST = 12
LONGEST = 100  # characters


def concepts(desk: Desk) -> Response:
    """`[{"id", "label", "also"}]`: also names the label that was typed where it is another one.

    What begins so comes first. Hidden labels find their concept, and are not shown.
    """
    facet = desk.request.path_params["facet"]
    if facet not in (*FACETS, "language"):
        raise HTTPException(404)
    typed = desk.request.query_params.get("q", "").strip()[:LONGEST]
    words, interface = desk.site.vocabularies, desk.interface
    names = words.matching(facet, typed, words.offered(facet), interface.language) if typed else {}

    def place(id_: str) -> tuple[bool, bool, str]:
        label = desk.visit.label(facet, id_).casefold()
        return bool(names[id_][1]), not label.startswith(typed.casefold()), label

    return JSONResponse(
        [
            {
                "id": id_,
                "label": own_name(id_) if facet == "language" else desk.visit.label(facet, id_),
                "also": names[id_][1],
            }
            for id_ in sorted(names, key=place)[:MOST]
        ]
    )


ROUTES = [
    at_desk(f"{CONCEPTS}/{{facet}}", get=concepts),
]
