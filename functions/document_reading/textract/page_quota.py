"""Holds back pages that a user or a company may not have read before another day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from functions.document_reading.outcomes import ReadingHeldBack
from shared.domain.page_quotas import PageCounter, PageQuotas, Payer, counters_of
from shared.domain.timestamps import Clock


class PageCounts(Protocol):
    """Counted pages: see `shared.aws.stores.page_counts`. Every method may raise AwsUnavailable."""

    def add(self, counter: PageCounter, pages: int) -> bool:
        """Count so many more, unless that were too many: whether they are counted."""

    def correct(self, counter: PageCounter, difference: int) -> None:
        """Count so many more, or less where it is negative, also beyond the most."""


@dataclass(frozen=True, slots=True)
class PageQuota:
    """Pages are counted before they are sent: what dies in between is counted, and was perhaps not sent.

    Where AWS does not count, nothing is sent: what costs is not spent unseen.
    """

    counts: PageCounts
    quotas: PageQuotas
    now: Clock

    def reserve(self, payer: Payer, pages: int) -> Sequence[PageCounter]:
        """Count so many pages; by which counters. Raises ReadingHeldBack, having counted none."""
        counted: list[PageCounter] = []
        for counter in counters_of(payer, self.quotas, self.now()):
            if not self.counts.add(counter, pages):
                self.release(counted, pages)
                raise ReadingHeldBack(counter.renewed_on)
            counted.append(counter)
        return counted

    def release(self, counters: Sequence[PageCounter], pages: int) -> None:
        """Count so many less: they were not read."""
        for counter in counters:
            self.counts.correct(counter, -pages)

    def book(self, payer: Payer, pages: int) -> None:
        """Count pages that were read and not reserved, also beyond a quota: it is used up then."""
        for counter in counters_of(payer, self.quotas, self.now()):
            self.counts.correct(counter, pages)
