"""Files dropped together, as the API shows them."""

from __future__ import annotations

from functions.page_api.schemas.forms import Absent, Instant, Shown
from shared.domain.batch_estimates import NotEstimated


class Batch(Shown):
    """Files dropped together: `seen` is the sum of the four counts after it."""

    batch_id: str
    began_at: Instant
    seen: int
    imported: int
    duplicate: int
    rejected: int
    under_way: int
    seconds: float | None
    """For how long at least one of them was under way so far; null while none has ended."""
    is_settled: bool
    being_read: int
    """Of the imported, how many are still to be read."""
    to_check: Absent[int] = None
    """Of the imported, how many somebody should look at now. Said of a link's newest batch."""
    being_read_before: Absent[int] = None
    """Imported files dropped shortly before that are still to be read. Said of a link's newest batch."""
    estimated_seconds_left: Absent[int] = None
    """Until all of a link's newest batch is imported and read, right to a fifth, where that is known."""
    not_estimated: Absent[NotEstimated] = None
    """Why it is not: too few have ended yet, files wait for a rate limit or another try, or nothing ends."""
    progress: Absent[str] = None
    """Of a batch that is not over: to be given back with the next question, for an estimate to be made."""
