"""A company's numbers by month, in DynamoDB: a row a batch of what came in, and the deliveries' own index.

One row a batch, written over and not added to: a drain that tells of a batch twice counts it once.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from shared.aws.dynamodb import bind
from shared.aws.errors import aws_errors_translated
from shared.aws.stores.bounded_queries import count
from shared.aws.stores.delivery_tables import DeliveriesItem, DeliveryRow
from shared.aws.stores.reading_tables import BatchActivityRow, ReadingItem
from shared.domain.activity import KEPT_FOR, BatchActivity
from shared.domain.deliveries import DeliveryStatus
from shared.domain.paging import Count
from shared.domain.timestamps import to_iso

MOST_COUNTED = 100_000
"""Of the deliveries of a month: beyond, the page says `at least`."""


def activity_partition(company_id: str) -> str:
    """Where a company's batches lie, beside the reading jobs of users."""
    return f"activity#{company_id}"


class ActivityStore:
    """Every method raises AwsUnavailable. Who only notes batches needs no deliveries."""

    def __init__(self, reading_jobs_table: str, deliveries_table: str = "") -> None:
        bind(ReadingItem, reading_jobs_table)
        if deliveries_table:
            bind(DeliveriesItem, deliveries_table)

    def note(self, batch: BatchActivity) -> None:
        """Keep how a batch's files ended."""
        with aws_errors_translated():
            BatchActivityRow(
                activity_partition(batch.company_id),
                f"{batch.began_at:%Y-%m}#{batch.batch_id}",
                imported=batch.imported,
                duplicate=batch.duplicate,
                rejected=batch.rejected,
                ttl=int((batch.began_at + KEPT_FOR).timestamp()),
            ).save()

    def imported_in(self, company_id: str, month: str) -> tuple[int, int, int]:
        """Of the batches that began in a month: imported, duplicate and rejected files."""
        with aws_errors_translated():
            rows = list(
                BatchActivityRow.query(
                    activity_partition(company_id), BatchActivityRow.expense_id.startswith(f"{month}#")
                )
            )
        return (
            sum(int(row.imported) for row in rows),
            sum(int(row.duplicate) for row in rows),
            sum(int(row.rejected) for row in rows),
        )

    def delivered_between(self, company_id: str, since: datetime, until: datetime) -> Count:
        """How many documents lie in Dropbox that arrived there last between these moments."""
        query = partial(
            DeliveryRow.changed_index.query,
            company_id,
            DeliveryRow.changed_at.between(to_iso(since), f"{to_iso(until)[:-1]}"),
            DeliveryRow.status == DeliveryStatus.DELIVERED.value,
            attributes_to_get=["company_id"],
        )
        return count(query, most=MOST_COUNTED)
