"""Files dropped together, as the API shows them."""

from __future__ import annotations

from functions.page_api.schemas.forms import Absent, Instant, Shown


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
