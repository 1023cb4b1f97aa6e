"""What the host is still to be sent of links and splits: written with the change itself, so none is lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from pynamodb.exceptions import DoesNotExist

from shared.aws.dynamodb import bind
from shared.aws.errors import aws_errors_translated
from shared.aws.stores.link_tables import LinkEventRow, LinksItem
from shared.aws.stores.transactions import Writes
from shared.domain.audit import AuditAction
from shared.domain.host_events import HostEvent, Occasion, filing_changed, import_split, link_changed
from shared.domain.links import Link
from shared.domain.timestamps import to_iso

BUCKET = "announce"
"""Their partition of the index `due`: the sweep's are numbers."""


class EventOutbox:
    """The links table, as far as it holds events. Every method raises AwsUnavailable."""

    def __init__(self, table_name: str) -> None:
        bind(LinksItem, table_name)

    def due_ids(self, now: datetime) -> list[str]:
        """The keys of what is to be sent, the oldest first. The index lags a little."""
        with aws_errors_translated():
            return [row.link_id for row in LinksItem.due.query(BUCKET, LinksItem.next_due <= to_iso(now))]

    def get(self, event_id: str, correlation_id: str) -> HostEvent | None:
        """One as it is now, under the correlation id of who sends it."""
        with aws_errors_translated():
            try:
                row = LinkEventRow.get(event_id, consistent_read=True)
            except DoesNotExist:
                return None
        return HostEvent(row.event_name, json.loads(row.event_detail) | {"correlation_id": correlation_id})

    def forget(self, event_id: str) -> None:
        """It was sent."""
        with aws_errors_translated():
            LinkEventRow(event_id).delete()


def add_link_event(writes: Writes, link: Link, action: AuditAction, by: str, at: datetime) -> None:
    """Add to the transaction that makes `link` what it is that the host is to be told who did it."""
    event = link_changed(link, action, by, Occasion(at, correlation_id=""))
    _add_event(writes, f"{link.link_id}#{link.generation}", event, at)


def add_filing_event(writes: Writes, link: Link, by: str, at: datetime) -> None:
    """Add to the transaction that changes where documents are filed that the host is to be told."""
    event = filing_changed(link, by, Occasion(at, correlation_id=""))
    _add_event(writes, f"{link.link_id}#{link.generation}", event, at)


def add_split_event(writes: Writes, link: Link, expense_ids: Sequence[str], at: datetime) -> None:
    """Add to the transaction that splits a file that the host is to be told of its expenses."""
    event = import_split(link, expense_ids, Occasion(at, correlation_id=""))
    _add_event(writes, f"split#{expense_ids[0]}", event, at)


def _add_event(writes: Writes, about: str, event: HostEvent, at: datetime) -> None:
    writes.save(
        "event",
        LinkEventRow(
            f"event:{about}",
            event_name=event.name,
            event_detail=event.body,
            bucket=BUCKET,
            next_due=to_iso(at),
        ),
    )
