"""How files that were dropped together stand: "142 of 200"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from functions.page_api.ports import Expenses, Imports
from shared.domain.expenses import part_expense_id
from shared.domain.host_expenses import HostExpense
from shared.domain.imports import WaitingFile
from shared.domain.links import Batch, Link, LinkStatus
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.tallies import BatchTally, Drop, drops_of

MOST_LOOKED_THROUGH = 100
"""So many expenses are looked up to learn what is still to be checked of a batch."""


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """Of the `seen` files of a batch, how many ended how.

    `to_check` are the imported whose reading somebody should still look at, `being_read_before` the
    files of drops shortly before that are still to be read; None where that was not counted.
    """

    drop: Drop
    to_check: int | None = None
    being_read_before: int | None = None

    @property
    def batch_id(self) -> str:
        """What the page knows it by: people see a drop as a batch."""
        return self.drop.drop_id

    @property
    def began_at(self) -> datetime:
        """When the first of its files was notified."""
        return self.drop.began_at

    @property
    def tally(self) -> BatchTally:
        """What is on record of it."""
        return self.drop.tally

    @property
    def seen(self) -> int:
        """How many files it has."""
        return self.under_way + self.tally.recorded

    @property
    def under_way(self) -> int:
        """Files that are not recorded yet."""
        return self.drop.under_way

    @property
    def being_read(self) -> int:
        """Imported files whose documents are still to be read."""
        return self.tally.being_read

    @property
    def is_settled(self) -> bool:
        """Whether every file seen so far has ended."""
        return self.under_way == 0

    @property
    def seconds(self) -> float | None:
        """For how long at least one of them was under way, so far."""
        return self.tally.seconds if self.tally.recorded else None


def counts_of(
    imports: Imports, user_id: str, batch_id: str, *, link: Link | None, waiting: Sequence[WaitingFile]
) -> list[BatchCounts]:
    """Count the drops of a batch, the newest first.

    Of the link's newest batch the link knows how many files were seen; of others, what is on record.
    """
    tally = imports.tally(user_id, batch_id)
    under_way = [file.since for file in waiting if file.batch_id == batch_id]
    newest = open_batch_of(link)
    if newest is not None and newest.batch_id == batch_id:
        unknown = newest.seen - tally.recorded - len(under_way)
        under_way += [newest.notified_at or newest.last_file_at] * unknown
    return [BatchCounts(drop) for drop in reversed(drops_of(batch_id, tally, under_way))]


def count_to_check(imports: Imports, expenses: Expenses, user_id: str, counts: BatchCounts) -> int:
    """How many of its expenses somebody should still look at; of very many, how many were at first."""
    unsure = counts.tally.to_check
    if unsure == 0 or unsure > MOST_LOOKED_THROUGH:
        return unsure
    found = expenses.get_many(set(imports.to_check(user_id, counts.drop, MOST_LOOKED_THROUGH)))
    others = {expense_id for each in found.values() for expense_id in _split_off(each)}
    found |= expenses.get_many(others) if others else {}
    return sum(each.user_id == user_id and is_to_check(each) for each in found.values())


def _split_off(expense: HostExpense) -> list[str]:
    """The expenses of the other documents of its file, if it is the first."""
    split_into = expense.reading.split_into if expense.reading else 1
    return [part_expense_id(expense.expense_id, number) for number in range(2, split_into + 1)]


def is_to_check(expense: HostExpense) -> bool:
    """Whether its user still works on it, and has not yet said what its reading could not."""
    reading = expense.reading
    if reading is None or not expense.may_be_filled:
        return False
    is_unread = reading.state is ReadingJobStatus.UNREADABLE or reading.is_held_back
    is_empty = is_unread and not expense.values
    return bool(is_empty or reading.unconfirmed or reading.possible_duplicate_of)


def open_batch_of(link: Link | None) -> Batch | None:
    """The batch whose files may still be under way.

    Not after a later listing that left nothing to do: what is neither recorded nor waiting then was taken
    away by its user. And not once it is unlinked: nobody looks any more.
    """
    if link is None or link.batch is None or link.status is LinkStatus.UNLINKED:
        return None
    looked = link.last_clean_listing
    return link.batch if looked is None or looked <= link.batch.last_file_at else None
