"""Recorded events of the expenses' stream, against tables and queue."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest

from functions.expense_accepted import handler
from shared.aws.stores.delivery_store import DeliveryStore
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.linking import add_link
from shared.aws.stores.transactions import transaction
from shared.domain.deliveries import Delivery, DeliveryKey, DeliveryReason, DeliveryStatus
from shared.domain.host_expenses import HostExpense
from shared.domain.links import Link, LinkStatus, Purpose
from shared.doorbells.messages import CompanyDoorbell
from tests.expense_items import ACCEPTED_AT, accepted_expense, document, image_of
from tests.integration.conftest import Aws
from tests.lambda_context import FakeLambdaContext
from tests.places import place_at

LINK = Link(
    link_id="company:atelier",
    purpose=Purpose.SYNCHRONISATION,
    user_id="bob",
    company_id="atelier",
    account_id="dbid:first",
    account_name="Bob",
    account_email="bob@example.org",
    encrypted_token=b"ciphertext",
    status=LinkStatus.ACTIVE,
    generation=1,
    linked_at=ACCEPTED_AT - timedelta(days=1),
    sync_since=ACCEPTED_AT - timedelta(days=1),
)
KEY = DeliveryKey("atelier", "dbid:first", "expense-1", "document-1")


@pytest.fixture
def records(aws: Aws) -> DeliveryStore:
    LinkStore("links")
    link(LINK)
    return DeliveryStore(deliveries_table="deliveries", expenses_table="expenses")


def link(made: Link) -> None:
    with transaction() as writes:
        add_link(writes, made, None)


def record(image: dict[str, Any] | None, number: int = 1, event: str = "MODIFY") -> dict[str, Any]:
    """Recorded from a stream of new images."""
    change: dict[str, Any] = {
        "ApproximateCreationDateTime": ACCEPTED_AT.timestamp() + 1,
        "Keys": {"expense_id": {"S": "expense-1"}},
        "SequenceNumber": sequence_number(number),
        "SizeBytes": 412,
        "StreamViewType": "NEW_IMAGE",
    }
    if image is not None:
        change["NewImage"] = image
    return {
        "eventID": event_id(number),
        "eventName": event,
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-west-1",
        "dynamodb": change,
        "eventSourceARN": "arn:aws:dynamodb:eu-west-1:123456789012:table/expenses/stream/2026-11-22T00:00:00.000",
    }


def event_id(number: int) -> str:
    return f"c4ca4238a0b923820dcc509a6f7584{number:02d}"


def sequence_number(number: int) -> str:
    return f"{49661234000000000000 + number}"


def give(*records: dict[str, Any]) -> list[str]:
    """The sequence numbers that are to be tried again."""
    answer = handler.lambda_handler({"Records": list(records)}, FakeLambdaContext())
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def accept(*expenses: HostExpense) -> list[str]:
    return give(*(record(image_of(expense), number) for number, expense in enumerate(expenses)))


def pending(records: DeliveryStore) -> list[Delivery]:
    return records.pending("atelier", "dbid:first", datetime.now(UTC), 1000)


def test_accepting_an_expense_makes_its_documents_pending_and_rings(aws: Aws, records: DeliveryStore) -> None:
    failed = accept(accepted_expense(documents=(document("one"), document("two"))))

    assert failed == []
    assert {row.key for row in pending(records)} == {
        replace(KEY, document_id="one"),
        replace(KEY, document_id="two"),
    }
    assert {row.correlation_id for row in pending(records)} == {event_id(0)}
    assert {row.accepted_at for row in pending(records)} == {ACCEPTED_AT}
    assert aws.company_doorbells() == [CompanyDoorbell("atelier", correlation_id=event_id(0))]


def test_a_repeated_record_changes_nothing_and_rings_again(aws: Aws, records: DeliveryStore) -> None:
    accept(accepted_expense())
    before = pending(records)

    accept(accepted_expense())

    assert pending(records) == before
    assert aws.company_doorbells() == [CompanyDoorbell("atelier", correlation_id=event_id(0))] * 2


def test_accepted_refused_and_accepted_again_is_pending_again(records: DeliveryStore) -> None:
    accept(accepted_expense())
    [row] = pending(records)
    records.cancel(
        records.choose_path(row, place_at("/Jenji/2026/03/Alice/1.pdf"), 0),
        DeliveryReason.ACCEPTANCE_WITHDRAWN,
        ACCEPTED_AT,
    )

    accept(accepted_expense(accepted_at=ACCEPTED_AT + timedelta(minutes=1)))

    [again] = pending(records)
    assert (again.status, again.path) == (DeliveryStatus.PENDING, "/Jenji/2026/03/Alice/1.pdf")
    assert again.accepted_at == ACCEPTED_AT + timedelta(minutes=1)


def test_neither_a_removal_nor_another_company_nor_another_state_makes_a_delivery(
    aws: Aws, records: DeliveryStore
) -> None:
    failed = give(
        record(None, event="REMOVE"),
        record(image_of(accepted_expense(company_id="unheard-of"))),
        record(image_of(accepted_expense()) | {"status": {"S": "REIMBURSED"}}),
    )

    assert failed == []
    assert pending(records) == []
    assert aws.company_doorbells() == []


def test_a_malformed_record_is_logged_and_counted_and_holds_nobody_up(
    aws: Aws,
    records: DeliveryStore,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stream = StringIO()
    for log_handler in handler.logger.handlers:
        monkeypatch.setattr(log_handler, "stream", stream)
    secret = image_of(accepted_expense(merchant="a confidential merchant")) | {"company_id": {"NULL": True}}

    failed = give(record(secret, 1), record(None, 2, "INSERT"), record(image_of(accepted_expense()), 3))

    assert failed == []
    assert [row.key for row in pending(records)] == [KEY]
    assert sequence_number(1) in stream.getvalue()
    assert "confidential" not in stream.getvalue()
    assert '"ExpensesMalformed":[2.0]' in capsys.readouterr().out


def test_a_record_without_its_time_is_taken_as_written_now(records: DeliveryStore) -> None:
    timeless = record(image_of(accepted_expense(accepted_at=None)))
    del timeless["dynamodb"]["ApproximateCreationDateTime"]

    give(timeless)

    [row] = pending(records)
    assert abs(row.accepted_at - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_queue_that_is_down_has_the_batch_tried_again_from_the_companys_first_record(
    aws: Aws, records: DeliveryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    expenses = [
        accepted_expense("theirs", company_id="unheard-of"),
        accepted_expense(),
        accepted_expense("2"),
    ]
    monkeypatch.setenv("SYNC_QUEUE_URL", f"{aws.sync_queue_url}-gone")

    failed = accept(*expenses)

    assert failed == [sequence_number(1)]
    handler.composed.cache_clear()
    monkeypatch.setenv("SYNC_QUEUE_URL", aws.sync_queue_url)
    assert accept(*expenses) == []
    assert aws.company_doorbells() == [CompanyDoorbell("atelier", correlation_id=event_id(1))]
    assert len(pending(records)) == 2


def test_tables_that_are_down_have_every_record_tried_again(
    aws: Aws, records: DeliveryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DELIVERIES_TABLE", "gone")

    failed = accept(accepted_expense(), accepted_expense("2"))

    assert failed == [sequence_number(0), sequence_number(1)]
    assert aws.company_doorbells() == []


def test_company_ids_of_whatever_characters_are_rung(aws: Aws, records: DeliveryStore) -> None:
    odd = "café ☃ / " + "x" * 200
    link(replace(LINK, link_id=f"company:{odd}", company_id=odd, account_id="dbid:second"))

    failed = accept(accepted_expense(company_id=odd))

    assert failed == []
    assert aws.company_doorbells() == [CompanyDoorbell(odd, correlation_id=event_id(0))]
