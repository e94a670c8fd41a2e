"""What a page says was done, by the word that its address carries."""

from __future__ import annotations

from library.core.resource import READABLE, Status
from library.web.i18n import Interface


def saved(status: Status) -> str:
    """The word for what was saved of a resource: whether readers see it, and what."""
    if status is Status.WITHDRAWN:
        return "saved-withdrawn"
    return "saved" if status in READABLE else "saved-unseen"


def notice(what: str, interface: Interface) -> str:
    """The sentence for a word; "" for one that is none."""
    say = interface.say
    return {
        "password": say("Your password is changed. Your other sessions are ended."),
        "second-off": say("The second step is off."),
        "ended": say("Ended."),
        "account": say("The account is made. Tell them name and password by word of mouth."),
        "new-password": say("The new password is set, and that account is signed out everywhere."),
        "disabled": say("The account is disabled and signed out everywhere."),
        "enabled": say("The account can be used again."),
        "role": say("The role is changed."),
        "saved": say("Saved. Readers see it so from now on."),
        "saved-unseen": say("Saved. Readers do not see it until it is published."),
        "saved-withdrawn": say("Saved. Readers are told that it was withdrawn, and why."),
        "published": say("Published. All can find and read it from now on."),
        "undone": say("Undone. The history shows both."),
        "stored": say("Stored safely. The files are read one after another; look again soon."),
        "thrown-away": say("Given up. What had come of the file is thrown away."),
        "scanned": say("Its pictures are read once more, after what waits already."),
        "replacing": say("Stored safely. It takes the place when it has been read."),
        "back": say("The version is read again, and takes the place when it has been."),
        "cover": say("Saved. Readers see the picture from now on."),
        "again": say("It is read once more."),
        "given-up": say("Given up. The file itself is kept."),
        "left": say("Left as it is; it does not come up again for this reason."),
        "closed": say("The report is closed; the history has it still."),
        "join": say("They are editions of one work now; both addresses lead there."),
        "replace": say("One took the place of the other; both addresses lead there."),
        "dismiss": say("They are two works; they are not proposed again."),
        "many": say("Done. All of it can be undone here, as one."),
        "grouped": say("They are editions of one work now; all addresses lead here."),
        "parted": say("It is a work of its own now; the old address leads to the others."),
        "made": say("The collection is made. Put something in."),
        "gone": say("The collection is taken away; the history has it still."),
        "dropped": say("Dropped; nothing was changed."),
        "merged": say("They are one concept now; the old address leads to it."),
        "retired": say("It is offered no more."),
        "offered": say("It is offered again."),
        "taken": say("The concepts of the file are imported."),
        "same": say("There was nothing to change."),
        "labelled": say("Added. Whoever searches for it finds the concept from now on."),
        "out": say("You are signed out."),
    }.get(what, "")
