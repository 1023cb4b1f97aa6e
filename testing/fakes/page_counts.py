"""Counted pages in memory, with the condition that DynamoDB enforces."""

from __future__ import annotations

from collections import Counter

from shared.domain.page_quotas import PageCounter


class FakePageCounts:
    """What `shared.aws.stores.page_counts.PageCounts` does."""

    def __init__(self) -> None:
        self.pages: Counter[tuple[str, str, str]] = Counter()

    def add(self, counter: PageCounter, pages: int) -> bool:
        key = counter.kind, counter.holder_id, counter.window
        if self.pages[key] + pages > counter.most:
            return False
        self.pages[key] += pages
        return True

    def correct(self, counter: PageCounter, difference: int) -> None:
        self.pages[counter.kind, counter.holder_id, counter.window] += difference
