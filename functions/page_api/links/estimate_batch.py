"""How long the newest batch of a link still takes, by what its page has seen of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from functions.page_api.imports.batch_counts import BatchCounts
from functions.page_api.links.progress_seen import samples_in, to_progress
from shared.domain.batch_estimates import Estimate, Work, estimate, with_sample
from shared.domain.imports import Outcome, WaitingFile
from shared.domain.links import Link
from shared.domain.tallies import batch_id_in


@dataclass(frozen=True, slots=True)
class EstimatedBatch:
    """What is said of how long it takes, and what the page is to give back with its next question."""

    said: Estimate
    progress: str


def estimate_batch(
    link: Link,
    batch: BatchCounts,
    waiting: Sequence[WaitingFile],
    *,
    is_stopped: bool,
    progress: str | None,
    now: datetime,
) -> EstimatedBatch | None:
    """None where all of it is imported and read; `is_stopped` that the link has a problem or is paused."""
    if batch.is_settled and not batch.being_read:
        return None
    work = _work(link, batch, waiting, is_stopped=is_stopped, now=now)
    seen = samples_in(link.user_id, batch.batch_id, progress, now)
    samples = with_sample(seen, work.sample(now))
    return EstimatedBatch(estimate(samples, work), to_progress(link.user_id, batch.batch_id, samples))


def _work(
    link: Link, batch: BatchCounts, waiting: Sequence[WaitingFile], *, is_stopped: bool, now: datetime
) -> Work:
    batch_id = batch_id_in(batch.batch_id)
    is_waiting = any(file.batch_id == batch_id and file.next_try > now for file in waiting)
    is_limited = link.not_before is not None and link.not_before > now
    is_held_up = batch.under_way > 0 and (is_stopped or is_waiting or is_limited)
    return Work(
        batch.seen,
        batch.tally.recorded,
        batch.tally.outcomes[Outcome.IMPORTED],
        batch.being_read,
        is_held_up,
    )
