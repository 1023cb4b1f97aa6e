"""How a batch of dropped files stands: "142 of 200"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from functions.page_api.ports import Imports
from shared.domain.imports import BatchTally, WaitingFile
from shared.domain.links import Batch, Link, LinkStatus, batch_began_at


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """Of the `seen` files of a batch, how many ended how."""

    batch_id: str
    seen: int
    tally: BatchTally

    @property
    def began_at(self) -> datetime:
        """When the first of its files was found."""
        return batch_began_at(self.batch_id)

    @property
    def under_way(self) -> int:
        """Files that are not recorded yet."""
        return self.seen - self.tally.recorded

    @property
    def is_settled(self) -> bool:
        """Whether every file seen so far has ended."""
        return self.under_way == 0

    @property
    def seconds(self) -> float | None:
        """From the first notification to the last record so far."""
        return self.tally.seconds if self.tally.recorded else None


def counts_of(
    imports: Imports, user_id: str, batch_id: str, *, link: Link | None, waiting: Sequence[WaitingFile]
) -> BatchCounts:
    """Count a batch. Of the link's newest the link knows how many were seen; of others, what is on record."""
    tally = imports.tally(user_id, batch_id)
    seen = tally.recorded + sum(file.batch_id == batch_id for file in waiting)
    open_batch = open_batch_of(link)
    if open_batch is not None and open_batch.batch_id == batch_id:
        seen = max(seen, open_batch.seen)
    return BatchCounts(batch_id, seen, tally)


def open_batch_of(link: Link | None) -> Batch | None:
    """The batch whose files may still be under way.

    Not after a later listing that left nothing to do: what is neither recorded nor waiting then was taken
    away by its user. And not once it is unlinked: nobody looks any more.
    """
    if link is None or link.batch is None or link.status is LinkStatus.UNLINKED:
        return None
    looked = link.last_clean_listing
    return link.batch if looked is None or looked <= link.batch.last_file_at else None
