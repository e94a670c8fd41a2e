"""What is said of accounts and passwords."""

from __future__ import annotations

from collections.abc import Mapping

from library.core.messages.words import Words, _

FOUR_WORDS = _("Four or five words that do not belong together are easy to keep in mind.")

WORDS: Mapping[str, Words] = {
    "account name": Words(
        _("“%(name)s” will not do as a name."),
        _("Use up to 64 letters, digits and the signs . @ + - _, without spaces."),
    ),
    "account unknown": Words(
        _("There is no account %(name)s."), _("See them with: library user list")
    ),
    "second step on": Words(
        _("%(name)s has a second step already."),
        _("Turn it off first: library user second-step %(name)s --off"),
    ),
    "second step wrong": Words(
        _("This code is wrong; the second step was not turned on."),
        _("Look whether the clocks of phone and computer are right, and run the command again."),
    ),
    "account taken": Words(
        _("There is an account %(name)s already."),
        _("Give it a new password with: library user password %(name)s"),
    ),
    "account last admin": Words(
        _("%(name)s is the only admin."),
        _("Make another first: library user add NAME --role admin"),
    ),
    "password short": Words(_("A password needs %(number)s characters or more."), FOUR_WORDS),
    "password long": Words(_("A password may have %(number)s characters at most."), FOUR_WORDS),
    "password name": Words(_("A password must not hold the name of its account."), FOUR_WORDS),
    "password plain": Words(
        _("This password is one of a few characters, over and over."), FOUR_WORDS
    ),
    "password tried": Words(_("This password is one of those that are tried first."), FOUR_WORDS),
    "too many sign in": Words(
        _("Too many people are signing in at once."), _("Try again in a moment.")
    ),
}
