"""A table as a file that any spreadsheet opens."""

from __future__ import annotations

import csv
import io

from starlette.exceptions import HTTPException
from starlette.responses import Response

from library.web.staff.desk import Desk
from library.web.staff.statistics.filters import shown_of, today
from library.web.staff.statistics.tables import TABLES, Numbers

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(desk: Desk) -> Response:
    """The table that the address names, as the page shows it, as CSV (RFC 4180, UTF-8)."""
    name = desk.request.path_params["name"]
    if name not in TABLES:
        raise HTTPException(404)
    shown = shown_of(desk.request.query_params)
    headers = {"Content-Disposition": f'attachment; filename="{name}-{today()}.csv"'}
    written = written_as(TABLES[name](desk, shown)).encode("utf-8-sig")  # so that Excel knows it
    return Response(written, media_type="text/csv; charset=utf-8", headers=headers)


def written_as(numbers: Numbers) -> str:
    file = io.StringIO()
    out = csv.writer(file)
    out.writerow([_safe(head) for head in numbers.heads])
    for row in numbers.rows:
        out.writerow([_safe(row.link.label), *map(_safe, row.values)])
    return file.getvalue()


def _safe(value: int | str) -> int | str:
    """Words that a spreadsheet would take for a formula, so that it does not."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
