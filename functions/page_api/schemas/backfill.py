"""The backfill, as the API takes and shows it."""

from __future__ import annotations

from typing import Literal

from functions.page_api.schemas.forms import Absent, Asked, Day, Instant, Shown

BackfillState = Literal["waiting", "searching", "done"]


class Backfill(Shown):
    """A search for what was accepted since a date, as far as it has come."""

    since: Instant
    requested_at: Instant
    state: BackfillState
    expenses: int
    documents: int
    completed_at: Absent[Instant] = None


class BackfillCount(Shown):
    """What a backfill would come to; at least so much where the count is not complete."""

    since: Instant
    expenses: int
    documents: int
    is_complete: bool


class StartBackfill(Asked):
    """From when on acceptances shall be delivered."""

    since: Day
