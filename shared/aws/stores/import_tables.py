"""The rows of the import: reservations of contents, waiting files and records, as PynamoDB models."""

from __future__ import annotations

from pynamodb.attributes import (
    DiscriminatorAttribute,
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.indexes import (
    AllProjection,
    GlobalSecondaryIndex,
)

from shared.aws.dynamodb import Row, TableMeta


class ReservationRow(Row):
    """Which live expense has this content, for this user."""

    class Meta(TableMeta):
        """See the template's ReservationsTable."""

    user_id = UnicodeAttribute(hash_key=True)
    content_hash = UnicodeAttribute(range_key=True)
    expense_id = UnicodeAttribute()
    attempt = NumberAttribute()
    file_id = UnicodeAttribute()
    second_for = UnicodeAttribute(null=True)


class WaitingItem(Row):
    """An item of the waiting files table, of any kind."""

    class Meta(TableMeta):
        """See the template's WaitingFilesTable."""

    kind = DiscriminatorAttribute()
    user_id = UnicodeAttribute(hash_key=True)
    file_key = UnicodeAttribute(range_key=True)
    since = UnicodeAttribute()


class AnyWaitingItem(Row):
    """The same as an erasure sees it: of a later release's kind too."""

    class Meta(WaitingItem.Meta):
        """See the template's WaitingFilesTable."""

    user_id = UnicodeAttribute(hash_key=True)
    file_key = UnicodeAttribute(range_key=True)


class WaitingFileRow(WaitingItem, discriminator="waiting"):
    """A file that could not be recorded or moved yet."""

    batch_id = UnicodeAttribute()
    name = UnicodeAttribute()
    tries = NumberAttribute()
    next_try = UnicodeAttribute()
    attempts_started = NumberAttribute()
    reason = UnicodeAttribute()
    detail = UnicodeAttribute(null=True)


class RetryRequestRow(WaitingItem, discriminator="retry"):
    """A user's request that a rejected file be tried again."""

    name = UnicodeAttribute()


class FilingRow(WaitingItem, discriminator="filing"):
    """A batch of which a recorded file may not have left `Auto-Import` yet."""

    batch_id = UnicodeAttribute()


class RejectedImports(GlobalSecondaryIndex["ImportRecordRow"]):
    """Rejected files that nobody has asked to be tried again."""

    class Meta:
        """See the template's `rejected`."""

        index_name = "rejected"
        projection = AllProjection()

    user_id = UnicodeAttribute(hash_key=True)
    rejected = UnicodeAttribute(range_key=True)


class ImportRecordRow(Row):
    """How one visit of one file in `Auto-Import` ended: the user's history."""

    class Meta(TableMeta):
        """See the template's ImportRecordsTable."""

    rejected_index = RejectedImports()
    user_id = UnicodeAttribute(hash_key=True)
    visit_key = UnicodeAttribute(range_key=True)
    batch_id = UnicodeAttribute()
    account_id = UnicodeAttribute()
    file_id = UnicodeAttribute()
    content_hash = UnicodeAttribute()
    visit = NumberAttribute()
    name = UnicodeAttribute()
    size = NumberAttribute()
    outcome = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
    expense_id = UnicodeAttribute(null=True)
    target = UnicodeAttribute()
    filed_as = UnicodeAttribute(null=True)
    notified_at = UnicodeAttribute()
    recorded_at = UnicodeAttribute()
    seconds = NumberAttribute()
    unfiled = UnicodeAttribute(null=True)
    rejected = UnicodeAttribute(null=True)
    retry = UnicodeAttribute(null=True)
    correlation_id = UnicodeAttribute(null=True)
    reading = UnicodeAttribute(null=True)
    split_into = NumberAttribute(null=True)
    # `{began_at}#{shard}` of its count among those of its batch; none of what an earlier release recorded.
    counted_in = UnicodeAttribute(null=True)
    active_content: ListAttribute[str] = ListAttribute(null=True)
    # Seconds since 1970.
    ttl = NumberAttribute(null=True)
