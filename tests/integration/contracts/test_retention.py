"""What expires, what outlives it, and what still holds when it is gone: a test deletes as TTL does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from shared.aws.stores.delivery_store import DeliveryStore
from shared.aws.stores.delivery_tables import DeliveryRow, FiledRow
from shared.aws.stores.import_store import ImportStore
from shared.aws.stores.import_tables import ImportRecordRow
from shared.aws.stores.link_rows import to_link_row
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.reading_job_store import ReadingJobStore
from shared.domain.deliveries import Delivery, DeliveryKey, DeliveryReason
from shared.domain.errors import AlreadyRecorded
from shared.domain.expenses import part_expense_id
from shared.domain.imports import ImportRecord, Outcome
from shared.domain.reading_jobs import DUE_BUCKETS, ReadingFailure, ReadingJobStatus, new_reading_job
from shared.domain.readings import MOST_PARTS
from tests.integration.contracts.test_import_store import RECORD, RESERVATION, expense
from tests.integration.contracts.test_reading_jobs import LUNCH
from tests.integration.contracts.test_unlinking import LINK
from tests.integration.real_stores import erasable_records, import_store
from tests.places import place_at

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
KEPT_FOR = timedelta(days=100)
KEY = DeliveryKey("atelier", "dbid:first", "expense-1", "document-1")
PATH = "/Jenji/2026/03/Alice Martin/2026-03-14 SNCF 84.00 EUR [7F3K2].pdf"

pytestmark = pytest.mark.usefixtures("aws")


def deliveries() -> DeliveryStore:
    return DeliveryStore(deliveries_table="deliveries", expenses_table="expenses", kept_for=KEPT_FOR)


def imports(now: datetime = NOW) -> ImportStore:
    return import_store(kept_for=KEPT_FOR, clock=lambda: now)


def pending(store: DeliveryStore, now: datetime = NOW, key: DeliveryKey = KEY) -> Delivery:
    store.ensure(key.company_id, key.account_id, key.expense_id, [key.document_id], accepted_at=now, now=now)
    found = store.find(key)
    assert found is not None
    return found


def delivered(store: DeliveryStore, key: DeliveryKey = KEY) -> Delivery:
    place = place_at(PATH.replace("7F3K2", key.document_id))
    return store.record_delivered(
        pending(store, key=key), place=place, content_hash="hash", sha256="00", at=NOW
    )


def expiries(table: str) -> list[datetime | None]:
    """Of every item; None where it has none."""
    items: list[dict[str, Any]] = boto3.resource("dynamodb").Table(table).scan()["Items"]
    return [datetime.fromtimestamp(int(item["ttl"]), UTC) if "ttl" in item else None for item in items]


def test_a_delivery_expires_once_it_is_over_and_not_before() -> None:
    store = deliveries()

    waiting = pending(store)
    while_pending = expiries("deliveries")
    store.record_delivered(waiting, place=place_at(PATH), content_hash="hash", sha256="00", at=NOW)

    assert while_pending == [None, None]
    assert expiries("deliveries") == [NOW + KEPT_FOR, NOW + KEPT_FOR]


def test_what_is_pending_again_does_not_expire() -> None:
    store = deliveries()
    store.cancel(pending(store), DeliveryReason.ACCEPTANCE_WITHDRAWN, NOW)
    while_cancelled = expiries("deliveries")

    pending(store, NOW + timedelta(days=1))

    assert while_cancelled == [NOW + KEPT_FOR]
    assert expiries("deliveries") == [None, None]


def test_nothing_is_delivered_twice_because_its_row_has_expired() -> None:
    store = deliveries()
    delivered(store)
    later = NOW + KEPT_FOR + timedelta(seconds=1)
    for kind in (DeliveryRow, FiledRow):
        for row in kind.scan():
            row.delete()

    made = store.ensure(
        KEY.company_id, KEY.account_id, KEY.expense_id, [KEY.document_id], accepted_at=NOW, now=later
    )

    assert made == 0
    assert store.find(KEY) is None


def test_a_manifest_lists_what_is_on_record() -> None:
    store = deliveries()
    delivered(store)
    kept = delivered(store, replace(KEY, document_id="document-2"))
    [expired] = [row for row in FiledRow.scan() if row.document_id == KEY.document_id]
    expired.delete()

    listed = store.delivered_in_month(KEY.company_id, KEY.account_id, "2026-03")

    assert listed == [kept]


def test_a_record_expires_and_its_reservation_does_not() -> None:
    store = imports()

    store.record_import(expense(), RESERVATION, None, RECORD)

    assert expiries("records") == [RECORD.recorded_at.replace(microsecond=0) + KEPT_FOR]
    assert expiries("reservations") == [None]
    assert expiries("expenses") == [None]


def test_a_line_of_the_audit_trail_expires_as_its_operator_says() -> None:
    store = LinkStore("links", "audit_trail", audit_kept_for=KEPT_FOR)
    to_link_row(LINK).save()

    store.unlink(LINK, by="alice", at=NOW)

    assert expiries("audit_trail") == [NOW + KEPT_FOR]
    assert set(expiries("links")) == {None}


def test_the_same_content_is_known_when_its_record_has_expired() -> None:
    store = imports()
    store.record_import(expense(), RESERVATION, None, RECORD)
    ImportRecordRow(RECORD.user_id, RECORD.visit_key).delete()

    reservations = store.reservations(RECORD.user_id, [RESERVATION.content_hash])

    assert reservations == {RESERVATION.content_hash: RESERVATION}


def test_whose_records_have_expired_is_forgotten_all_the_same() -> None:
    imports().record_import(expense(), RESERVATION, None, RECORD)
    ImportRecordRow(RECORD.user_id, RECORD.visit_key).delete()

    found = erasable_records().expense_ids_of(RECORD.user_id, lambda: None)

    assert found == {part_expense_id(RESERVATION.expense_id, number) for number in range(1, MOST_PARTS + 1)}
    assert RESERVATION.expense_id in found


def test_a_reading_job_expires_with_its_likeness_and_the_counts_of_its_batch() -> None:
    imports().record_import(expense(), RESERVATION, None, RECORD)
    jobs = ReadingJobStore("reading_jobs", KEPT_FOR)
    job = jobs.get(RESERVATION.user_id, "expense-1")
    assert job is not None

    jobs.register(job, LUNCH)

    of_all_four = [job.since.replace(microsecond=0) + KEPT_FOR] * 4
    assert [each for each in expiries("reading_jobs") if each in of_all_four] == of_all_four


def test_a_job_that_was_given_up_before_its_expense_came_to_be_is_taken_up_again() -> None:
    store, jobs = imports(), ReadingJobStore("reading_jobs")
    store.record_import(expense(), RESERVATION, None, RECORD)
    job = jobs.get(RESERVATION.user_id, "expense-1")
    assert job is not None
    jobs.finish(job, ReadingJobStatus.DONE, ReadingFailure.NOT_WANTED, "", NOW)
    boto3.client("dynamodb").delete_item(TableName="expenses", Key={"expense_id": {"S": "expense-1"}})
    boto3.client("dynamodb").delete_item(
        TableName="reservations",
        Key={"user_id": {"S": RESERVATION.user_id}, "content_hash": {"S": RESERVATION.content_hash}},
    )

    again = replace(RECORD, visit=2)
    store.record_import(expense(), RESERVATION, None, again)

    assert jobs.get(RESERVATION.user_id, "expense-1") == new_reading_job(
        RESERVATION.user_id, "expense-1", RECORD.recorded_at, again.visit_key
    )


def test_a_job_that_is_over_is_not_begun_again_by_a_repeated_import() -> None:
    store, jobs = imports(), ReadingJobStore("reading_jobs")
    store.record_import(expense(), RESERVATION, None, RECORD)
    job = jobs.get(RESERVATION.user_id, "expense-1")
    assert job is not None
    done = jobs.finish(job, ReadingJobStatus.DONE, None, "", NOW)

    with pytest.raises(AlreadyRecorded):
        store.record_import(expense(), RESERVATION, None, RECORD)

    assert jobs.get(RESERVATION.user_id, "expense-1") == done


def test_what_nobody_has_begun_to_read_is_swept_once_its_batch_has_been_looked_through() -> None:
    imports().record_import(expense(), RESERVATION, None, RECORD)
    jobs = ReadingJobStore("reading_jobs")
    in_time = RECORD.recorded_at + timedelta(minutes=14)
    late = RECORD.recorded_at + timedelta(minutes=15)

    early = sweep(jobs, in_time)
    first, second, third = (sweep(jobs, late) for _ in range(3))

    assert (early, first) == ([], [])
    assert second == third == [(RESERVATION.user_id, "expense-1")]


def test_what_has_been_read_by_then_is_not_swept() -> None:
    imports().record_import(expense(), RESERVATION, None, RECORD)
    jobs = ReadingJobStore("reading_jobs")
    job = jobs.get(RESERVATION.user_id, "expense-1")
    assert job is not None
    jobs.finish(jobs.note(job, NOW), ReadingJobStatus.DONE, None, "", NOW)

    found = [sweep(jobs, RECORD.recorded_at + timedelta(days=1)) for _ in range(2)]

    assert found == [[], []]


def test_a_reading_that_dies_is_swept_although_its_document_was_never_in_the_index() -> None:
    imports().record_import(expense(), RESERVATION, None, RECORD)
    jobs = ReadingJobStore("reading_jobs")
    job = jobs.get(RESERVATION.user_id, "expense-1")
    assert job is not None
    jobs.note(job, RECORD.recorded_at + timedelta(minutes=2))

    found = sweep(jobs, RECORD.recorded_at + timedelta(minutes=2))

    assert found == [(RESERVATION.user_id, "expense-1")]


def test_a_batch_that_goes_on_is_looked_through_again() -> None:
    store, jobs = imports(), ReadingJobStore("reading_jobs")
    store.record_import(expense(), RESERVATION, None, RECORD)
    sweep(jobs, RECORD.recorded_at + timedelta(hours=1))
    later = replace(RECORD, file_id="id:2", content_hash="other", recorded_at=NOW + timedelta(minutes=6))
    reservation = replace(RESERVATION, content_hash="other", expense_id="expense-2")
    store.record_import(expense("expense-2"), reservation, None, later)

    found = [sweep(jobs, NOW + timedelta(hours=1)) for _ in range(2)][-1]

    assert sorted(found) == [(RESERVATION.user_id, "expense-1"), (RESERVATION.user_id, "expense-2")]


def sweep(jobs: ReadingJobStore, now: datetime) -> list[tuple[str, str]]:
    """What one look at every bucket finds."""
    return [found for bucket in range(DUE_BUCKETS) for found in jobs.due(f"{bucket:02d}", now)]


def unfiled(batch_id: str, file_id: str = "id:9") -> ImportRecord:
    return replace(RECORD, batch_id=batch_id, file_id=file_id, outcome=Outcome.DUPLICATE, recorded_at=NOW)


def test_what_a_drain_left_unfiled_is_found_by_the_next_whatever_the_batch() -> None:
    before, later = unfiled("20261122T090000-a"), unfiled("20261122T093000-b", "id:8")
    store = imports()
    store.record(before)
    store.record(later)

    found = imports().unfiled(RECORD.user_id, RECORD.account_id)

    assert {record.visit_key for record in found} == {before.visit_key, later.visit_key}


def test_a_batch_that_is_filed_is_read_through_for_an_hour_and_then_forgotten() -> None:
    record = unfiled("20261122T090000-a")
    store = imports()
    store.record(record)
    store.mark_filed(record, "/Imported/lunch.pdf")

    soon = imports(NOW + timedelta(minutes=59))
    soon.unfiled(RECORD.user_id, RECORD.account_id)
    notes_soon = expiries("waiting_files")
    imports(NOW + timedelta(minutes=61)).unfiled(RECORD.user_id, RECORD.account_id)

    assert len(notes_soon) == 1
    assert expiries("waiting_files") == []


def test_a_drain_that_goes_on_notes_its_batch_again() -> None:
    store = imports()
    store.record(unfiled("20261122T090000-a"))
    another = replace(unfiled("20261122T090000-a", "id:8"), recorded_at=NOW + timedelta(minutes=16))

    store.record(another)

    [note] = boto3.resource("dynamodb").Table("waiting_files").scan()["Items"]
    assert note["since"].startswith("2026-11-22T09:16")
