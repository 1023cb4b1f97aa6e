"""AWS misbehaves: the doorbell waits, and neither an empty document nor half an expense is ever made."""

from __future__ import annotations

from collections.abc import Callable

import boto3
import pytest
from botocore.exceptions import ClientError
from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from shared.domain.errors import AwsRefused, AwsUnavailable
from shared.doorbells.received import ComeBackLater
from tests.integration.auto_import.conftest import Importing
from tests.integration.auto_import.documents import jpeg
from tests.integration.conftest import BUCKET, REGION

Repair = Callable[[], object]


def deny_the_key(importing: Importing) -> Repair:
    def deny(**_: object) -> None:
        raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": "denied"}}, "Decrypt")

    events = importing.composition.accounts._cipher._kms.meta.events
    events.register("before-call.kms.Decrypt", deny)
    return lambda: events.unregister("before-call.kms.Decrypt", deny)


def lose_the_bucket(importing: Importing) -> Repair:
    s3 = boto3.client("s3")
    s3.delete_bucket(Bucket=BUCKET)
    return lambda: s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})


@pytest.mark.parametrize("break_it", [deny_the_key, lose_the_bucket], ids=["KMS", "S3"])
def test_a_service_that_refuses_delays_the_import_and_leaves_nothing_behind(
    importing: Importing, break_it: Callable[[Importing], Repair]
) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    repair = break_it(importing)

    with pytest.raises(ComeBackLater) as later:
        importing.ring()

    assert isinstance(later.value.__cause__, AwsRefused)
    assert importing.expenses() == []
    assert importing.records() == []
    assert list(importing.tree()) == ["Auto-Import/lunch.jpg"]
    repair()
    importing.ring()
    importing.assert_imported({"lunch.jpg": jpeg("lunch")})


def test_a_link_that_cannot_be_read_is_no_reason_to_give_up(importing: Importing) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    boto3.client("dynamodb").delete_table(TableName="links")

    with pytest.raises(AwsRefused):
        importing.ring()

    assert list(importing.tree()) == ["Auto-Import/lunch.jpg"]


@pytest.mark.parametrize(
    ("code", "reasons"),
    [
        ("TransactionCanceledException", ["None", "TransactionConflict", "None"]),
        ("TransactionCanceledException", ["ThrottlingError", "None", "None"]),
        ("ProvisionedThroughputExceededException", None),
        ("ThrottlingException", None),
        ("TransactionInProgressException", None),
    ],
)
def test_a_transaction_that_conflicts_or_is_throttled_is_tried_again(
    importing: Importing, monkeypatch: pytest.MonkeyPatch, code: str, reasons: list[str] | None
) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    response = {
        "Error": {"Code": code, "Message": "try again"},
        "CancellationReasons": [{"Code": reason} for reason in reasons or []],
    }

    def fail(*_: object, **__: object) -> None:
        raise TransactWriteError("failed", ClientError(response, "TransactWriteItems"))  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Connection, "transact_write_items", fail)
        with pytest.raises(ComeBackLater):
            importing.ring()
    assert importing.expenses() == []

    importing.ring()
    importing.assert_imported({"lunch.jpg": jpeg("lunch")})


def test_an_answer_of_a_transaction_that_was_lost_makes_no_second_expense(
    importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    commit = TransactWrite._commit

    def commit_and_lose(self: TransactWrite) -> None:
        commit(self)
        raise AwsUnavailable("the answer was lost")

    with monkeypatch.context() as patched:
        patched.setattr(TransactWrite, "_commit", commit_and_lose)
        with pytest.raises(ComeBackLater):
            importing.ring()

    importing.ring()
    importing.assert_imported({"lunch.jpg": jpeg("lunch")})
