"""The rows of the reading jobs table, as PynamoDB models."""

from __future__ import annotations

from pynamodb.attributes import (
    BooleanAttribute,
    DiscriminatorAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.indexes import (
    GlobalSecondaryIndex,
    IncludeProjection,
)

from shared.aws.dynamodb import Row, TableMeta


class ReadingJobsDue(GlobalSecondaryIndex["ReadingItem"]):
    """The sweep's index: documents that wait to be read, and batches that are to be looked through."""

    class Meta:
        """See the template's `due`."""

        index_name = "due"
        projection = IncludeProjection(["kind"])

    bucket = UnicodeAttribute(hash_key=True)
    next_try = UnicodeAttribute(range_key=True)


class ReadingItem(Row):
    """An item of the reading jobs table, of any kind."""

    class Meta(TableMeta):
        """See the template's ReadingJobsTable."""

    due = ReadingJobsDue()
    kind = DiscriminatorAttribute()
    user_id = UnicodeAttribute(hash_key=True)
    expense_id = UnicodeAttribute(range_key=True)
    # Seconds since 1970.
    ttl = NumberAttribute(null=True)


class AnyReadingItem(Row):
    """The same as an erasure sees it: of a later release's kind too."""

    class Meta(ReadingItem.Meta):
        """See the template's ReadingJobsTable."""

    user_id = UnicodeAttribute(hash_key=True)
    expense_id = UnicodeAttribute(range_key=True)


class LikenessRow(ReadingItem, discriminator="likeness"):
    """A read document by day and amount, under `like#…`: by key, so that two that meet find each other."""

    of = UnicodeAttribute()
    merchant = UnicodeAttribute(null=True)
    currency = UnicodeAttribute(null=True)


class PageCountRow(ReadingItem, discriminator="pages"):
    """Under `pages#…`: how many pages of a user or a company a paid engine has read in a day or a month.

    A company's has its id in the place of a user's.
    """

    pages = NumberAttribute()


class ReaderLeaseRow(ReadingItem, discriminator="reader"):
    """Under `reader#…`: that a reader is at work for a user or a company, in whose partition it lies.

    One of a head start stays when it is given back, and says how often it was `used`, `since` when.
    """

    by = UnicodeAttribute()
    until = UnicodeAttribute()
    since = UnicodeAttribute(null=True)
    used = NumberAttribute(null=True)


class CountedBatchRow(ReadingItem, discriminator="counted"):
    """Under `counts#{batch}#`: that every record of the batch is counted in the rows that follow it."""


class VisitCountRow(ReadingItem, discriminator="count"):
    """Under `counts#{batch}#{began_at}#{shard}`: how many files that were notified then ended how."""

    ended_at = UnicodeAttribute()
    last_recorded_at = UnicodeAttribute()
    imported = NumberAttribute(null=True)
    duplicate = NumberAttribute(null=True)
    rejected = NumberAttribute(null=True)
    being_read = NumberAttribute(null=True)
    to_check = NumberAttribute(null=True)
    with_active_content = NumberAttribute(null=True)


class ToCheckRow(ReadingItem, discriminator="to check"):
    """Under `check#{batch}#{began_at}#{expense}`: an expense that its reading was not sure of."""


class BatchToReadRow(ReadingItem, discriminator="batch"):
    """Under `batch#…`: that documents of a batch are to be read, for the sweep to see whether they are."""

    since = UnicodeAttribute()
    bucket = UnicodeAttribute()
    next_try = UnicodeAttribute()


class BatchActivityRow(ReadingItem, discriminator="activity"):
    """In a company's partition, under `{month}#{batch}`: how the files of one batch ended."""

    imported = NumberAttribute()
    duplicate = NumberAttribute()
    rejected = NumberAttribute()


class RecordedBatchRow(ReadingItem, discriminator="settled batch"):
    """Under `settled#…`: a batch whose files have ended, of which the host is told once it is read.

    Rows of earlier releases are called so.
    """

    link_id = UnicodeAttribute()
    company_id = UnicodeAttribute()
    correlation_id = UnicodeAttribute()
    noted_at = UnicodeAttribute()
    bucket = UnicodeAttribute()
    next_try = UnicodeAttribute()


class ReadingJobRow(ReadingItem, discriminator="job"):
    """The document of an imported expense, which is to be read or was."""

    status = UnicodeAttribute()
    since = UnicodeAttribute()
    bucket = UnicodeAttribute(null=True)
    next_try = UnicodeAttribute(null=True)
    tries = NumberAttribute(null=True)
    attempts_started = NumberAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    detail = UnicodeAttribute(null=True)
    analysis_id = UnicodeAttribute(null=True)
    finished_at = UnicodeAttribute(null=True)
    visit_key = UnicodeAttribute(null=True)
    rung = BooleanAttribute(null=True)
