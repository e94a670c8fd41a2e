"""Scripts as they are sent: without comments, indentation and the white space between words. No
line of ours begins inside a text or a pattern; a test looks."""

from __future__ import annotations

from rjsmin import jsmin


def sent(script: str) -> str:
    """The same script, shorter; one of others that is short already keeps its licence."""
    return f"{jsmin(script, keep_bang_comments=True)}\n"
