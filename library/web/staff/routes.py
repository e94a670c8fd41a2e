"""The addresses of the desk, and the least role that may use each."""

from __future__ import annotations

from library.resource import Role
from library.web.staff import (
    accounts,
    arrivals,
    changes,
    collections,
    doors,
    grouping,
    many,
    own,
    planned,
    queue,
    series,
    shelf,
    tables,
    words,
)
from library.web.staff.desk import DESK, SIGN_IN, at_desk
from library.web.staff.frames import (
    ACCOUNTS,
    ARRIVALS,
    COLLECTIONS,
    GROUP,
    HISTORY,
    MANY,
    OWN,
    QUEUE,
    SERIES,
    SHELF,
    SIGN_OUT,
    TABLES,
)

ROUTES = [
    at_desk(DESK, get=doors.front),
    at_desk(SIGN_IN, get=doors.sign_in_page, post=doors.sign_in, role=None),
    at_desk(SIGN_OUT, post=doors.sign_out),
    at_desk(OWN, get=own.own),
    at_desk(own.END, post=own.end),
    at_desk(own.CHANGE, post=own.password),
    at_desk(ARRIVALS, get=arrivals.page),
    at_desk(
        f"{ARRIVALS}/upload",
        post=arrivals.uploaded,
        keeper=arrivals.keeper,
        largest=arrivals.LARGEST_UPLOAD,
    ),
    at_desk(f"{ARRIVALS}/{{number:int}}/again", post=arrivals.again),
    at_desk(f"{ARRIVALS}/{{number:int}}/give-up", post=arrivals.give_up),
    at_desk(QUEUE, get=queue.page),
    at_desk(f"{QUEUE}/leave", post=queue.leave),
    at_desk(f"{QUEUE}/pair", post=queue.pair),
    at_desk(SHELF, get=shelf.shelf),
    at_desk(f"{SHELF}/{{id}}", get=shelf.one),
    at_desk(f"{SHELF}/{{id}}/standing", post=shelf.put),
    at_desk(f"{SHELF}/{{id}}/words", get=words.page, post=words.save),
    at_desk(f"{SHELF}/{{id}}/{{edition}}/{{page:int}}", get=words.sheet_page),
    at_desk(f"{SHELF}.csv", get=tables.csv_of),
    at_desk(f"{SHELF}.json", get=tables.json_of),
    at_desk(
        TABLES, get=tables.page, post=tables.send, largest=tables.LARGEST + 10_000, one_file=True
    ),
    at_desk(f"{TABLES}/template.csv", get=tables.template),
    at_desk(f"{TABLES}/{{number:int}}", get=tables.preview, post=tables.confirm),
    at_desk(f"{TABLES}/{{number:int}}/drop", post=tables.drop),
    at_desk(MANY, get=many.page, post=many.ask),
    at_desk(f"{MANY}/{{number:int}}", get=many.preview, post=many.confirm),
    at_desk(f"{MANY}/{{number:int}}/drop", post=many.drop),
    at_desk(f"{MANY}/done/{{number:int}}", get=planned.whole),
    at_desk(COLLECTIONS, get=collections.page, post=collections.make),
    at_desk(f"{COLLECTIONS}/order", post=collections.order),
    at_desk(f"{COLLECTIONS}/{{slug}}", get=collections.one, post=collections.change),
    at_desk(f"{SHELF}/{{id}}/collections", post=collections.of_resource),
    at_desk(SERIES, get=series.page, post=series.order),
    at_desk(GROUP, post=grouping.group),
    at_desk(f"{SHELF}/{{id}}/part", post=grouping.part),
    at_desk(HISTORY, get=changes.page),
    at_desk(f"{HISTORY}/{{number:int}}/undo", post=changes.undo),
    at_desk(ACCOUNTS, get=accounts.page, post=accounts.change, role=Role.ADMIN),
]
