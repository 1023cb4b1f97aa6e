"""Fills in the host's expenses with what was read off their documents, and never over their user's head."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from boto3.dynamodb.types import TypeSerializer
from botocore.exceptions import ClientError

from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.host.expense_images import expense_from_image
from shared.aws.host.expense_reader import ExpenseReader
from shared.aws.stores.tables import transaction_connection
from shared.domain.deliveries import FILLABLE, HostExpense
from shared.domain.errors import ExpenseChanged
from shared.domain.expenses import ExpenseStatus
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.readings import ExpenseReading, without_what_is_missing
from shared.domain.timestamps import to_iso

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class ExpenseReadings:
    """The host's expenses table. Every method raises AwsUnavailable besides what it names."""

    def __init__(self, table_name: str) -> None:
        self._table_name = table_name
        self._reader = ExpenseReader(table_name)
        # The connection is PynamoDB's, shared with every other table.
        self._client: DynamoDBClient = cast("DynamoDBClient", transaction_connection().client)

    def get(self, expense_id: str) -> HostExpense | None:
        """The expense as it is now."""
        with aws_errors_translated():
            answer = self._client.get_item(
                TableName=self._table_name, Key={"expense_id": {"S": expense_id}}, ConsistentRead=True
            )
        return expense_from_image(answer["Item"]) if "Item" in answer else None

    def live(self, expense_ids: Iterable[str]) -> set[str]:
        """Those of these expenses that exist and are not deleted."""
        found = self._reader.get_many(expense_ids)
        return {each for each, expense in found.items() if expense.status is not ExpenseStatus.DELETED}

    def fill(self, expense: HostExpense, reading: ExpenseReading) -> None:
        """Fill in fields that still say nothing and are untouched, and say what was read: all or nothing.

        Raises ExpenseChanged where any of that is not so any more, where the user does not work on it any
        more, and where it was filled in already.
        """
        update = _Update()
        update.require_waiting()
        for name, value in reading.values.items():
            update.prefill(name, value)
        for name, value in reading.kept.items():
            update.require_same(name, value)
        update.set("reading", _to_map(reading))
        with aws_errors_translated():
            try:
                self._client.update_item(
                    TableName=self._table_name,
                    Key={"expense_id": {"S": expense.expense_id}},
                    **update.terms(),
                )
            except ClientError as error:
                if error_code(error) == CONDITION_FAILED:
                    raise ExpenseChanged(expense.expense_id) from error
                raise


class _Update:
    """An update and what must hold for it, as DynamoDB has them."""

    def __init__(self) -> None:
        self._actions: list[str] = []
        self._conditions: list[str] = []
        self._names: dict[str, str] = {}
        self._values: dict[str, Any] = {}

    def set(self, name: str, value: object) -> None:
        self._actions.append(f"{self._name(name)} = {self._value(value)}")

    def prefill(self, name: str, value: str) -> None:
        field, own_name = self._name(name), self._value(name)
        says_nothing = (
            f"attribute_not_exists({field}) OR {field} = {self._value('')}"
            f" OR attribute_type({field}, {self._value('NULL')})"
        )
        is_edited = f"contains({self._name('edited_fields')}, {own_name})"
        self._conditions += [f"({says_nothing})", f"NOT {is_edited}"]
        self.set(name, value)

    def require_same(self, name: str, value: str) -> None:
        self._conditions.append(f"{self._name(name)} = {self._value(value)}")

    def require_waiting(self) -> None:
        """Its user works on it, and its reading is not over."""
        fillable = ", ".join(self._value(status.value) for status in sorted(FILLABLE))
        state = f"{self._name('reading')}.{self._name('state')}"
        self._conditions += [
            f"{self._name('status')} IN ({fillable})",
            f"(attribute_not_exists({state}) OR {state} = {self._value(ReadingJobStatus.WAITING.value)})",
        ]

    def terms(self) -> dict[str, Any]:
        return {
            "UpdateExpression": "SET " + ", ".join(self._actions),
            "ConditionExpression": " AND ".join(self._conditions),
            "ExpressionAttributeNames": self._names,
            "ExpressionAttributeValues": self._values,
        }

    def _name(self, name: str) -> str:
        self._names[f"#{name}"] = name
        return f"#{name}"

    def _value(self, value: object) -> str:
        key = f":v{len(self._values)}"
        self._values[key] = TypeSerializer().serialize(value)
        return key


def _to_map(reading: ExpenseReading) -> dict[str, Any]:
    fields = {
        name: {"confirmed": mark.is_confirmed, "source": mark.source} for name, mark in reading.marks.items()
    }
    vat = [
        without_what_is_missing({"rate": line.rate, "amount": line.amount, "base": line.base})
        for line in reading.vat
    ]
    return {"state": reading.state.value, "read_at": to_iso(reading.read_at), "fields": fields} | (
        without_what_is_missing(
            {
                "document_number": reading.document_number,
                "category": reading.category,
                "vat": vat,
                "contradictions": list(reading.contradictions),
                "credit_note": reading.is_credit_note,
                "possible_duplicate_of": reading.possible_duplicate_of,
            }
        )
    )
