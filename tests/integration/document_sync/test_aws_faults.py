"""AWS misbehaves: the doorbell waits, no document is lost, and none arrives twice or empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError, UpdateError

from shared.domain.errors import AwsRefused, AwsUnavailable
from shared.doorbells.received import ComeBackLater
from tests.integration.conftest import BUCKET
from tests.integration.document_sync.conftest import Synchronising

DOCUMENTS = {b"photo %d" % number for number in range(5)}
Repair = Callable[[], object]


@pytest.fixture
def accepted(synchronising: Synchronising) -> Synchronising:
    for number, data in enumerate(sorted(DOCUMENTS)):
        synchronising.accept(f"expense-{number}", data)
    return synchronising


def refusing(client: object, event: str, operation: str) -> Repair:
    def refuse(**_: object) -> None:
        raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": "denied"}}, operation)

    events = client.meta.events  # type: ignore[attr-defined]
    events.register(event, refuse)
    return lambda: events.unregister(event, refuse)


def deny_the_key(synchronising: Synchronising) -> Repair:
    kms = synchronising.composition.accounts._cipher._kms
    return refusing(kms, "before-call.kms.Decrypt", "Decrypt")


def deny_the_documents(synchronising: Synchronising) -> Repair:
    return refusing(
        synchronising.composition.services.open_document.__self__._s3, "before-call.s3.GetObject", "GetObject"
    )


@pytest.mark.parametrize("break_it", [deny_the_key, deny_the_documents], ids=["KMS", "S3"])
def test_a_service_that_refuses_delays_the_delivery_and_leaves_nothing_behind(
    accepted: Synchronising, break_it: Callable[[Synchronising], Repair]
) -> None:
    repair = break_it(accepted)

    with suppress(ComeBackLater):  # documents that cannot be read wait one by one
        accepted.answer()

    assert accepted.files() == {}
    assert {status for status, _ in accepted.statuses()} == {"PENDING"}
    repair()
    accepted.clock.advance(hours=6)
    accepted.answer()
    accepted.assert_delivered(DOCUMENTS)


def test_a_document_that_is_gone_fails_visibly_and_hides_no_other(accepted: Synchronising) -> None:
    boto3.client("s3").delete_object(Bucket=BUCKET, Key="documents/alice/expense-0")

    accepted.answer()

    assert accepted.statuses() == [("DELIVERED", None)] * 4 + [("FAILED", "document_missing")]
    assert sorted(accepted.files().values()) == sorted(DOCUMENTS)[1:]


@pytest.mark.parametrize("code", ["ProvisionedThroughputExceededException", "ThrottlingException"])
@pytest.mark.parametrize(
    "nth",
    [1, 6, 7, 9],
    ids=["choosing a path", "marking the month", "recording the first", "recording the third"],
)
def test_a_row_that_cannot_be_written_is_written_by_the_next_drain(
    accepted: Synchronising, monkeypatch: pytest.MonkeyPatch, code: str, nth: int
) -> None:
    throttled = ClientError({"Error": {"Code": code, "Message": "try again"}}, "UpdateItem")
    update, transact, numbers = Connection.update_item, Connection.transact_write_items, iter(range(1, 1000))

    def fail_from_then_on(self: Connection, table: str, *args: object, **kwargs: object) -> object:
        if table == "deliveries" and next(numbers) >= nth:
            raise UpdateError("failed", throttled)  # type: ignore[arg-type]
        return update(self, table, *args, **kwargs)  # type: ignore[arg-type]

    def fail_together(self: Connection, update_items: Sequence[dict[str, Any]], **others: object) -> object:
        of_deliveries = any(item["TableName"] == "deliveries" for item in update_items)
        if of_deliveries and next(numbers) >= nth:
            raise TransactWriteError("failed", throttled)  # type: ignore[arg-type]
        return transact(self, update_items=update_items, **others)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Connection, "update_item", fail_from_then_on)
        patched.setattr(Connection, "transact_write_items", fail_together)
        with pytest.raises(ComeBackLater) as later:
            accepted.answer()

    assert isinstance(later.value.__cause__, AwsUnavailable)
    accepted.answer()
    accepted.assert_delivered(DOCUMENTS)


def test_a_link_that_cannot_be_read_is_no_reason_to_give_up(accepted: Synchronising) -> None:
    boto3.client("dynamodb").delete_table(TableName="links")

    with pytest.raises(AwsRefused):
        accepted.answer()

    assert accepted.files() == {}
