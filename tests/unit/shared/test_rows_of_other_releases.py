"""Rows that the release before has written, or the one after, are read: both run during a deployment.

`FIRST_RELEASE` is what every release has written. An attribute that is added later must not be needed, and
must not be added here. Messages: see test_doorbells.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from pynamodb.models import Model

from shared.aws.stores.delivery_rows import to_delivery, to_manifest
from shared.aws.stores.delivery_tables import DeliveryRow, ManifestRow
from shared.aws.stores.import_rows import to_import_record, to_reservation, to_waiting_file
from shared.aws.stores.import_tables import ImportRecordRow, ReservationRow, WaitingFileRow
from shared.aws.stores.link_rows import to_link
from shared.aws.stores.link_tables import LinkRow
from shared.domain.deliveries import DeliveryStatus
from shared.domain.imports import Outcome

AT = {"S": "2026-11-22T09:00:00.000000Z"}
LINK = {
    "kind": {"S": "link"},
    "link_id": {"S": "company:atelier"},
    "purpose": {"S": "synchronisation"},
    "user_id": {"S": "bob"},
    "company_id": {"S": "atelier"},
    "account_id": {"S": "dbid:atelier"},
    "account_name": {"S": "L'Atelier"},
    "account_email": {"S": "bob@example.org"},
    "encrypted_token": {"B": b"ciphertext"},
    "status": {"S": "ACTIVE"},
    "generation": {"N": "3"},
    "linked_at": AT,
}
BATCH = {"batch_id": {"S": "20261122T090000-a"}, "batch_seen": {"N": "2"}, "batch_last_file_at": AT}
RESERVATION = {
    "user_id": {"S": "alice"},
    "content_hash": {"S": "hash"},
    "expense_id": {"S": "expense"},
    "attempt": {"N": "1"},
    "file_id": {"S": "id:1"},
}
RECORD = {
    "user_id": {"S": "alice"},
    "visit_key": {"S": "batch#id:1#hash#0001"},
    "batch_id": {"S": "batch"},
    "account_id": {"S": "dbid:alice"},
    "file_id": {"S": "id:1"},
    "content_hash": {"S": "hash"},
    "visit": {"N": "1"},
    "name": {"S": "lunch.pdf"},
    "size": {"N": "5"},
    "outcome": {"S": "imported"},
    "target": {"S": "/Imported/2026-11/lunch.pdf"},
    "notified_at": AT,
    "recorded_at": AT,
    "seconds": {"N": "1.5"},
}
WAITING = {
    "kind": {"S": "waiting"},
    "user_id": {"S": "alice"},
    "file_key": {"S": "dbid:alice#id:1#hash"},
    "batch_id": {"S": "batch"},
    "name": {"S": "lunch.pdf"},
    "since": AT,
    "tries": {"N": "1"},
    "next_try": AT,
    "attempts_started": {"N": "0"},
    "reason": {"S": "incomplete"},
}
DELIVERY = {
    "kind": {"S": "delivery"},
    "company_id": {"S": "atelier"},
    "delivery_key": {"S": "dbid:atelier#expense#document"},
    "account_id": {"S": "dbid:atelier"},
    "expense_id": {"S": "expense"},
    "document_id": {"S": "document"},
    "status": {"S": "PENDING"},
    "accepted_at": AT,
    "since": AT,
    "changed_at": AT,
    "tries": {"N": "0"},
    "attempts_started": {"N": "0"},
    "candidate": {"N": "0"},
}
MANIFEST = {
    "kind": {"S": "manifest"},
    "company_id": {"S": "atelier"},
    "delivery_key": {"S": "manifest#dbid:atelier#2026-03"},
    "account_id": {"S": "dbid:atelier"},
    "manifest_month": {"S": "2026-03"},
    "changes": {"N": "4"},
}


@dataclass(frozen=True)
class Kind:
    """How a row is read, and what the first release wrote of it."""

    model: type[Model]
    read: Callable[[Any], Any]
    written: dict[str, Any]


FIRST_RELEASE = {
    "link": Kind(LinkRow, to_link, LINK),
    "link with a batch": Kind(LinkRow, to_link, LINK | BATCH),
    "reservation": Kind(ReservationRow, to_reservation, RESERVATION),
    "record": Kind(ImportRecordRow, to_import_record, RECORD),
    "waiting file": Kind(WaitingFileRow, to_waiting_file, WAITING),
    "delivery": Kind(DeliveryRow, to_delivery, DELIVERY),
    "manifest": Kind(ManifestRow, to_manifest, MANIFEST),
}
every_kind = pytest.mark.parametrize("kind", FIRST_RELEASE.values(), ids=FIRST_RELEASE.keys())


@every_kind
def test_what_the_first_release_wrote_is_read(kind: Kind) -> None:
    row = kind.model.from_raw_data(kind.written)

    assert kind.read(row) is not None


@every_kind
def test_what_a_later_release_adds_is_ignored(kind: Kind) -> None:
    added = {"of_a_later_release": {"S": "text"}, "another": {"L": [{"N": "1"}]}}

    read = kind.read(kind.model.from_raw_data(kind.written | added))

    assert read == kind.read(kind.model.from_raw_data(kind.written))


@every_kind
def test_what_this_release_adds_may_be_absent_from_what_it_writes(kind: Kind) -> None:
    row = kind.model.from_raw_data(kind.written)

    serialised = row.serialize()

    assert serialised.keys() == kind.written.keys()


def test_what_is_absent_means_what_it_meant_before_it_was_added() -> None:
    link = to_link(LinkRow.from_raw_data(LINK | BATCH))
    record = to_import_record(ImportRecordRow.from_raw_data(RECORD))
    delivery = to_delivery(DeliveryRow.from_raw_data(DELIVERY))

    assert (link.is_paused, link.backfill, link.announced_until) == (False, None, None)
    assert link.batch is not None
    assert link.batch.announced == 0
    assert (record.outcome, record.retry, record.correlation_id) == (Outcome.IMPORTED, None, "")
    assert (delivery.status, delivery.correlation_id) == (DeliveryStatus.PENDING, "")
