"""What the script that sends files needs of a page: where to, its words, and what is unfinished."""

from __future__ import annotations

import json

from library.catalogue.arrivals.uploads import Upload
from library.web.staff.arrivals.resumable_uploads import uploads
from library.web.staff.arrivals.viewmodels import Sender, Unfinished
from library.web.staff.desk import Desk
from library.web.staff.frame import moment
from library.web.staff.links import SENDING, sending


def sender(desk: Desk) -> Sender:
    """For the forms of this page that bring files."""
    return Sender(
        script=desk.site.pages.address("upload.js"),
        sha256=desk.site.pages.address("sha256.js"),
        begin=SENDING,
        page=desk.request.url.path,
        words=json.dumps(_words(desk), ensure_ascii=False),
        unfinished=tuple(_unfinished(desk, upload) for upload in uploads(desk).unfinished()),
    )


def _unfinished(desk: Desk, upload: Upload) -> Unfinished:
    say, size = desk.interface.say, desk.interface.size
    return Unfinished(
        name=upload.name,
        state=say("%(done)s of %(size)s have come", done=size(upload.offset),
                  size=size(upload.bytes)),
        touched=moment(upload.touched, desk.interface),
        give_up=f"{sending(upload.id)}/give-up",
    )  # fmt: skip


def _words(desk: Desk) -> dict[str, str]:
    """What the script says; names in braces stand for what it fills in."""
    say = desk.interface.say
    return {
        "drop": say("You can also drop files here."),
        "drop_one": say("You can also drop a file here."),
        "chosen": say("Chosen: {count}"),
        "megabytes": say("{number} MB"),
        "far": say("{done} of {size}"),
        "all": say("{stored} of {all} stored safely."),
        "failed": say("{failed} could not be sent: see below why."),
        "waiting": say("waits for its turn"),
        "looking": say("is looked at"),
        "sending": say("is sent"),
        "broken": say("the line broke: it goes on in {seconds} s"),
        "offline": say("no line: it goes on by itself when the line is back"),
        "elsewhere": say("another window is sending it"),
        "door": say("you are signed out: sign in in another window, and it goes on by itself"),
        "stored": say("stored safely"),
        "before": say("is here already: it was sent before"),
        "stopped": say("stopped"),
        "failed_one": say("could not be sent"),
        "gone": say("The file cannot be read any more: choose it again."),
        "refused": say("It was not taken."),
        "stop": say("Stop"),
        "go_on": say("Go on"),
    }
