"""Words how a batch stands as an answer of the API."""

from __future__ import annotations

from functions.page_api.imports.batch_counts import BatchCounts
from functions.page_api.schemas.batches import Batch
from shared.domain.imports import Outcome


def batch(counts: BatchCounts) -> Batch:
    """One batch."""
    outcomes = counts.tally.outcomes
    return Batch(
        batch_id=counts.batch_id,
        began_at=counts.began_at,
        seen=counts.seen,
        imported=outcomes[Outcome.IMPORTED],
        duplicate=outcomes[Outcome.DUPLICATE],
        rejected=outcomes[Outcome.REJECTED],
        under_way=counts.under_way,
        seconds=counts.seconds,
        is_settled=counts.is_settled,
        being_read=counts.being_read,
        to_check=counts.to_check,
        being_read_before=counts.being_read_before or None,
    )
