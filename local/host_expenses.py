"""What the host and its users do with expenses: fill them in, accept, refuse and delete them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from local.host import Person
from local.world import World
from shared.expenses import ExpenseStatus
from shared.timestamps import to_iso, utc_now

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True, slots=True)
class Details:
    """What a user fills in: `date` as `YYYY-MM-DD`, `amount` as a decimal string, `currency` by ISO 4217."""

    merchant: str
    date: str
    amount: str
    currency: str = "EUR"
    category: str = "Travel"


@dataclass(frozen=True, slots=True)
class HostDocument:
    """A supporting document of an expense, as the host keeps it."""

    document_id: str
    name: str
    sha256: str
    s3_key: str


@dataclass(frozen=True, slots=True)
class HostExpense:
    """An expense, as the host keeps it."""

    expense_id: str
    user_id: str
    status: ExpenseStatus
    documents: tuple[HostDocument, ...]


class HostExpenses:
    """The host's expenses table, and its documents in S3."""

    def __init__(self, world: World) -> None:
        self._dynamodb: DynamoDBClient = world.aws.client("dynamodb")
        self._s3: S3Client = world.aws.client("s3")
        self._table = world.deployment.expenses_table
        self._bucket = world.deployment.documents_bucket

    def of(self, person: Person) -> list[HostExpense]:
        """Somebody's expenses, by the names of their documents."""
        return sorted(
            (_to_expense(row) for row in self._rows_of(person)),
            key=lambda expense: [document.name for document in expense.documents],
        )

    def create(self, person: Person, documents: Mapping[str, bytes]) -> str:
        """An expense entered by hand with these documents (name -> bytes), waiting; returns its id."""
        expense_id = str(uuid.uuid4())
        self._dynamodb.put_item(
            TableName=self._table,
            Item={
                "expense_id": {"S": expense_id},
                "user_id": {"S": person.user_id},
                "company_id": {"S": person.company_id},
                "employee_name": {"S": person.name},
                "status": {"S": ExpenseStatus.WAITING.value},
                "created_at": {"S": to_iso(utc_now())},
                "documents": {"L": [self._stored(person, *document) for document in documents.items()]},
            },
        )
        return expense_id

    def complete_and_accept(self, expense_id: str, details: Details) -> datetime:
        """Fill it in, and accept it; returns when it was accepted."""
        accepted_at = utc_now()
        self._set(
            expense_id,
            status=ExpenseStatus.ACCEPTED.value,
            accepted_at=to_iso(accepted_at),
            merchant=details.merchant,
            date=details.date,
            amount=details.amount,
            currency=details.currency,
            category=details.category,
        )
        return accepted_at

    def set_status(self, expense_id: str, status: ExpenseStatus) -> None:
        """Move it to any other state."""
        self._set(expense_id, status=status.value)

    def read(self, document: HostDocument) -> bytes:
        """The bytes of a document."""
        body = self._s3.get_object(Bucket=self._bucket, Key=document.s3_key)["Body"]
        return bytes(body.read())

    def _rows_of(self, person: Person) -> Iterator[dict[str, Any]]:
        pages = self._dynamodb.get_paginator("scan").paginate(
            TableName=self._table,
            FilterExpression="user_id = :user",
            ExpressionAttributeValues={":user": {"S": person.user_id}},
            ConsistentRead=True,
        )
        for page in pages:
            yield from page["Items"]

    def _stored(self, person: Person, name: str, data: bytes) -> dict[str, Any]:
        digest = sha256(data).hexdigest()
        key = f"documents/{person.user_id}/{digest}"
        self._s3.put_object(Bucket=self._bucket, Key=key, Body=data)
        return {
            "M": {
                "document_id": {"S": str(uuid.uuid4())},
                "s3_key": {"S": key},
                "sha256": {"S": digest},
                "name": {"S": name},
                "content_type": {"S": "application/pdf" if name.endswith(".pdf") else "image/jpeg"},
                "size": {"N": str(len(data))},
            }
        }

    def _set(self, expense_id: str, **values: str) -> None:
        self._dynamodb.update_item(
            TableName=self._table,
            Key={"expense_id": {"S": expense_id}},
            UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in values),
            ConditionExpression="attribute_exists(expense_id)",
            ExpressionAttributeNames={f"#{name}": name for name in values},
            ExpressionAttributeValues={f":{name}": {"S": value} for name, value in values.items()},
        )


def _to_expense(row: Mapping[str, Any]) -> HostExpense:
    documents = [document["M"] for document in row["documents"]["L"]]
    return HostExpense(
        expense_id=row["expense_id"]["S"],
        user_id=row["user_id"]["S"],
        status=ExpenseStatus(row["status"]["S"]),
        documents=tuple(
            HostDocument(*(document[name]["S"] for name in ("document_id", "name", "sha256", "s3_key")))
            for document in documents
        ),
    )
