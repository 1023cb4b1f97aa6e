"""Pages that a paid engine has read, counted by user, company, day and month beside the reading jobs.

An erasure forgets a user's with the jobs; a company's are cleaned up after their day or month.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from pynamodb.exceptions import UpdateError

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.stores.reading_tables import PageCountRow, ReadingItem
from shared.domain.page_quotas import PageCounter

KEPT_FOR = timedelta(days=7)
"""After its day or month, for operators to look at."""


class PageCounts:
    """The reading jobs table, as far as it holds counts. Every method raises AwsUnavailable."""

    def __init__(self, reading_jobs_table: str) -> None:
        bind(ReadingItem, reading_jobs_table)

    def add(self, counter: PageCounter, pages: int) -> bool:
        """Count so many more, unless that were too many: whether they are counted."""
        if pages > counter.most:
            return False
        fits = PageCountRow.pages.does_not_exist() | (PageCountRow.pages <= counter.most - pages)
        with aws_errors_translated():
            try:
                _row(counter).update(
                    [PageCountRow.pages.add(pages), PageCountRow.ttl.set(_ttl(counter))], condition=fits
                )
            except UpdateError as error:
                if error_code(error) == CONDITION_FAILED:
                    return False
                raise
        return True

    def correct(self, counter: PageCounter, difference: int) -> None:
        """Count so many more, or less where it is negative, also beyond the most."""
        with aws_errors_translated():
            _row(counter).update([PageCountRow.pages.add(difference), PageCountRow.ttl.set(_ttl(counter))])


def _row(counter: PageCounter) -> PageCountRow:
    """No expense is called so; of a user and a company with the same id each has its own."""
    return PageCountRow(counter.holder_id, f"pages#{counter.kind}#{counter.window}")


def _ttl(counter: PageCounter) -> int:
    return int((datetime.combine(counter.renewed_on, time(), UTC) + KEPT_FOR).timestamp())
