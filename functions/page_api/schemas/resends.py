"""What is sent again, as the API takes and shows it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from functions.page_api.schemas.forms import Absent, Asked, HostId, Instant, Shown
from shared.domain.deliveries import Found

Month = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
FolderOfEmployee = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]


class SendMonthAgain(Asked):
    """What a month's folder received."""

    month: Month


class SendEmployeeAgain(Asked):
    """What an employee's folder received, in all months: its name, in any case."""

    employee: FolderOfEmployee


class SendExpenseAgain(Asked):
    """The documents of one expense."""

    expense_id: HostId


class Resend(Shown):
    """A look for documents in Dropbox, as far as it has come; what was not there is delivered again."""

    month: Absent[str] = None
    employee: Absent[str] = None
    expense_id: Absent[str] = None
    requested_at: Instant
    completed_at: Absent[Instant] = None
    state: Literal["waiting", "looking", "done"]
    looked_for: int
    """How many documents so far: the sum of what follows, without `changed`."""
    present: int
    """Were there, unchanged, and were left alone."""
    sent: int
    """Are delivered again: gone, moved, changed, or never delivered."""
    changed: int
    """Of these, those in whose place other bytes lie: they go beside them, under another name."""
    pending: int
    """Were on their way already."""
    withdrawn: int
    """Their expenses are not accepted any more: not sent."""
    unclear: int
    """Dropbox does not say whether they are there: not sent."""


class Resends(Shown):
    """The last asked for first."""

    resends: list[Resend]
    poll_after_seconds: int


class LookedFor(Shown):
    """What came of looking for a delivered document, which was sent again unless it was there."""

    found: Found
    at: Instant
    message: str
