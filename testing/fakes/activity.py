"""The numbers of companies in memory."""

from __future__ import annotations

from shared.domain.activity import BatchActivity


class FakeActivity:
    """What `shared.aws.stores.activity_store.ActivityStore` does with batches."""

    def __init__(self) -> None:
        self.batches: dict[tuple[str, str], BatchActivity] = {}

    def note(self, batch: BatchActivity) -> None:
        self.batches[batch.company_id, batch.batch_id] = batch

    @property
    def imported(self) -> int:
        """Over all batches."""
        return sum(batch.imported for batch in self.batches.values())
