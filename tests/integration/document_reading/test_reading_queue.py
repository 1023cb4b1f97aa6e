"""Whose a message of the reading queue is, so that SQS is fair among tenants."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from local.samples import SAMPLES
from shared.aws.queues.reading_queue import ReadingQueue
from shared.aws.stores.reader_leases import ReaderLeases
from shared.aws.stores.reading_job_rows import to_reading_job_row
from shared.domain.expenses import document_prefix_of
from shared.domain.reader_shares import ReaderSlots
from shared.domain.reading_jobs import ReadingFailure, new_reading_job
from shared.domain.timestamps import utc_now
from shared.doorbells.reading_messages import ReadingDoorbell, reading_doorbell_from_message
from tests.integration.conftest import Aws
from tests.integration.document_reading.conftest import Reading


@pytest.mark.parametrize("other", ["bob", "é" * 500, "alice "])
def test_each_message_says_whose_it_is(aws: Aws, other: str) -> None:
    doorbells = [ReadingDoorbell("alice", "1"), ReadingDoorbell("alice", "2"), ReadingDoorbell(other, "3")]

    ReadingQueue(aws.reading_queue_url).ring(doorbells)

    messages = aws.sqs.receive_message(
        QueueUrl=aws.reading_queue_url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["MessageGroupId"]
    )["Messages"]
    groups = {
        reading_doorbell_from_message(each["Body"]).expense_id: each["Attributes"]["MessageGroupId"]
        for each in messages
    }
    assert groups["1"] == groups["2"] != groups["3"]
    assert all(len(group) <= 128 and group.isascii() for group in groups.values())


def invoice() -> bytes:
    """With text, so that no engine is asked."""
    return next(each.make() for each in SAMPLES if each.path == "Nuage Mobile November 2026.pdf")


def test_a_user_whose_readers_are_all_at_work_waits_and_another_is_read(reading: Reading) -> None:
    leases = ReaderLeases("reading_jobs", timedelta(seconds=135))
    slots = ReaderSlots("user", "alice", 4, head_start=14)
    taken = [leases.take(slots, utc_now()) for _ in range(18)]
    of_alice, of_bob = (
        reading.import_document(invoice(), "application/pdf", user_id=each) for each in ("alice", "bob")
    )
    to_reading_job_row(new_reading_job("bob", of_bob, utc_now())).save()
    before = reading.job(of_alice)

    put_back = reading.ring(of_alice)
    read = reading.ring(of_bob, body=json.dumps({"user_id": "bob", "expense_id": of_bob}))

    assert None not in taken
    assert (len(put_back), read) == (1, [])
    assert reading.job(of_alice) == before
    assert reading.expense(of_alice)["reading"]["state"] == "WAITING"
    assert reading.expense(of_bob)["reading"]["state"] == "DONE"


def test_a_document_whose_reader_is_free_again_is_read(reading: Reading) -> None:
    leases = ReaderLeases("reading_jobs", timedelta(seconds=135))
    slots = ReaderSlots("company", "atelier", 18)
    taken = [leases.take(slots, utc_now()) for _ in range(slots.most)]
    expense_id = reading.import_document(invoice(), "application/pdf", company_id="atelier")
    put_back = reading.ring(expense_id)
    lease = taken.pop()
    assert lease is not None

    leases.give_back(lease)

    assert (len(put_back), reading.ring(expense_id)) == (1, [])
    assert reading.expense(expense_id)["reading"]["state"] == "DONE"


def test_nobody_elses_document_is_fetched_whatever_an_expense_names(reading: Reading) -> None:
    expense_id = reading.import_document(invoice(), "application/pdf")
    of_another = f"{document_prefix_of('bob')}hash"
    reading.bucket.put_object(Key=of_another, Body=invoice())
    (document,) = reading.expense(expense_id)["documents"]
    reading.table.update_item(
        Key={"expense_id": expense_id},
        UpdateExpression="SET documents = :documents",
        ExpressionAttributeValues={":documents": [document | {"s3_key": of_another}]},
    )

    put_back = reading.ring(expense_id)

    assert put_back == []
    assert reading.job(expense_id).reason is ReadingFailure.DOCUMENT_MISSING
    assert "merchant" not in reading.expense(expense_id)
