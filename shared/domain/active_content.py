"""What a document would do by itself, or at a click, in the programme that shows it.

It is told to who opens the document, and never a reason to reject one.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum


class ActiveContent(StrEnum):
    """A kind of it, of a PDF or XML; every other type that is accepted has none."""

    JAVASCRIPT = "javascript"
    LAUNCH = "launch"
    """Starts a programme or opens a file."""
    SUBMIT_FORM = "submit_form"
    """Sends what is typed into a form, or fetches what to fill it with."""
    OPENS_BY_ITSELF = "opens_by_itself"
    """Opens something outside of itself without a click."""
    EXECUTABLE = "executable"
    """A programme or a script is attached."""
    XFA_FORM = "xfa_form"
    """A form that is a programme of its own."""
    RICH_MEDIA = "rich_media"
    NOT_KNOWN = "not_known"
    """It could not be looked through within the limits, or hides what it holds."""


def known_kinds(codes: Iterable[object]) -> tuple[ActiveContent, ...]:
    """Those of these codes that this release knows, each once, in a stable order."""
    found = set()
    for code in codes:
        with suppress(ValueError):
            found.add(ActiveContent(str(code)))
    return tuple(sorted(found))
