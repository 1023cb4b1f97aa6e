"""What a refused transaction says, and that it writes nothing."""

from __future__ import annotations

import pytest

from shared.aws.dynamodb import bind
from shared.aws.errors import aws_errors_translated
from shared.aws.stores.import_tables import ReservationRow
from shared.aws.stores.transactions import TransactionRefused, transaction
from shared.domain.errors import AwsRefused, ValuesRefused
from tests.integration.conftest import Aws

IS_NEW = ReservationRow.user_id.does_not_exist()
IS_THERE = ReservationRow.user_id.exists()


def row(content_hash: str) -> ReservationRow:
    return ReservationRow("alice", content_hash, expense_id="expense-1", attempt=0, file_id="id:1")


def test_a_refusal_names_its_parts_however_they_were_added(aws: Aws) -> None:
    bind(ReservationRow, "reservations")
    row("there").save()

    with pytest.raises(TransactionRefused) as refusal:
        write_what_does_not_hold()

    assert refusal.value.parts == {"updated", "saved twice", "deleted"}
    assert [each.content_hash for each in ReservationRow.query("alice")] == ["there"]


def write_what_does_not_hold() -> None:
    with transaction() as writes:
        writes.update("updated", row("absent"), [ReservationRow.attempt.set(1)], IS_THERE)
        writes.save("saved", row("free"), IS_NEW)
        writes.save("saved twice", row("there"), IS_NEW)
        writes.delete("deleted", row("gone"), IS_THERE)
        writes.delete("deleted freely", row("gone as well"))


def test_what_is_added_is_written_together(aws: Aws) -> None:
    bind(ReservationRow, "reservations")
    row("old").save()

    with transaction() as writes:
        writes.save("new", row("new"), IS_NEW)
        writes.delete("old", row("old"), IS_THERE)

    assert [each.content_hash for each in ReservationRow.query("alice")] == ["new"]


def test_an_aws_that_fails_is_no_refusal(aws: Aws) -> None:
    bind(ReservationRow, "gone")

    with pytest.raises(AwsRefused), aws_errors_translated(), transaction() as writes:
        writes.save("new", row("new"), IS_NEW)


def test_a_part_of_a_transaction_whose_key_is_too_long_is_the_values_fault(aws: Aws) -> None:
    bind(ReservationRow, "reservations")

    with pytest.raises(ValuesRefused), aws_errors_translated(), transaction() as writes:
        writes.save("row", row("x" * 1025))
