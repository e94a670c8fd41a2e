"""The addresses of the desk, and the least role that may use each."""

from __future__ import annotations

from library import uploads
from library.resource import Role
from library.web.staff import (
    accounts,
    arrivals,
    changes,
    covers,
    doors,
    files,
    own,
    queue,
    sending,
    shelf,
    streaming,
    words,
)
from library.web.staff.desk import DESK, SIGN_IN, at_desk
from library.web.staff.frames import (
    ACCOUNTS,
    ARRIVALS,
    HISTORY,
    OWN,
    QUEUE,
    SENDING,
    SHELF,
    SIGN_OUT,
    STREAM,
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
    at_desk(SENDING, post=sending.begin),
    at_desk(
        f"{SENDING}/{{upload}}",
        get=sending.stands,
        post=sending.append,
        pieces=True,
        largest=uploads.PIECE,
    ),
    at_desk(f"{SENDING}/{{upload}}/give-up", post=sending.give_up),
    at_desk(STREAM, get=streaming.stream),
    at_desk(f"{ARRIVALS}/{{number:int}}/languages", post=arrivals.languages),
    at_desk(f"{ARRIVALS}/{{number:int}}/again", post=arrivals.again),
    at_desk(f"{ARRIVALS}/{{number:int}}/give-up", post=arrivals.give_up),
    at_desk(QUEUE, get=queue.page),
    at_desk(f"{QUEUE}/leave", post=queue.leave),
    at_desk(f"{QUEUE}/pair", post=queue.pair),
    at_desk(SHELF, get=shelf.shelf),
    at_desk(f"{SHELF}/{{id}}", get=shelf.one),
    at_desk(f"{SHELF}/{{id}}/standing", post=shelf.put),
    at_desk(f"{SHELF}/{{id}}/files", get=files.page),
    at_desk(
        f"{SHELF}/{{id}}/{{edition}}/replace",
        post=files.replaced,
        keeper=files.keeper,
        largest=arrivals.LARGEST_UPLOAD,
    ),
    at_desk(f"{SHELF}/{{id}}/{{edition}}/back", post=files.bring_back),
    at_desk(f"{SHELF}/{{id}}/{{edition}}/languages", post=files.languages),
    at_desk(f"{SHELF}/{{id}}/cover", get=covers.page, post=covers.choose),
    at_desk(f"{SHELF}/{{id}}/{{edition}}/{{page:int}}/picture.webp", get=covers.picture),
    at_desk(f"{SHELF}/{{id}}/words", get=words.page, post=words.save),
    at_desk(f"{SHELF}/{{id}}/{{edition}}/{{page:int}}", get=words.sheet_page),
    at_desk(HISTORY, get=changes.page),
    at_desk(f"{HISTORY}/{{number:int}}/undo", post=changes.undo),
    at_desk(ACCOUNTS, get=accounts.page, post=accounts.change, role=Role.ADMIN),
]
