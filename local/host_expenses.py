"""What the host and its users do with expenses: fill them in, accept, refuse and delete them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from local.aws_emulator import AwsEmulator
from local.deploy import Deployment
from local.host import Person
from local.host_expense_rows import Details, HostDocument, HostExpense, new_document, to_expense
from shared.domain.expenses import ExpenseStatus
from shared.domain.previews import preview_key
from shared.domain.timestamps import to_iso, utc_now

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

_URL_SECONDS = 300


class Deployed(Protocol):
    """The running system, as far as the host's own tables are concerned."""

    @property
    def aws(self) -> AwsEmulator:
        """Where they are."""

    @property
    def deployment(self) -> Deployment:
        """Their names."""


class HostExpenses:
    """The host's expenses table, and its documents in S3."""

    def __init__(self, world: Deployed) -> None:
        self._dynamodb: DynamoDBClient = world.aws.client("dynamodb")
        self._s3: S3Client = world.aws.client("s3")
        self._table = world.deployment.expenses_table
        self._bucket = world.deployment.documents_bucket

    def of(self, person: Person) -> list[HostExpense]:
        """Somebody's expenses, by the names of their documents."""
        return sorted(
            self._scan("user_id", person.user_id),
            key=lambda expense: [document.name for document in expense.documents],
        )

    def of_company(self, company_id: str) -> list[HostExpense]:
        """Those of everybody in a company, in no order."""
        return list(self._scan("company_id", company_id))

    def find(self, expense_id: str) -> HostExpense | None:
        """One of them."""
        found = self._dynamodb.get_item(
            TableName=self._table, Key={"expense_id": {"S": expense_id}}, ConsistentRead=True
        )
        return to_expense(found["Item"]) if "Item" in found else None

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

    def prefill(self, expense_id: str, fields: Mapping[str, str]) -> None:
        """Note what a user has typed, and that it was a user: nothing read off the document replaces it."""
        if not fields:
            return
        self._set(expense_id, **fields)
        self._dynamodb.update_item(
            TableName=self._table,
            Key={"expense_id": {"S": expense_id}},
            UpdateExpression="SET edited_fields = list_append(if_not_exists(edited_fields, :none), :names)",
            ExpressionAttributeValues={
                ":none": {"L": []},
                ":names": {"L": [{"S": name} for name in sorted(fields)]},
            },
        )

    def accept(self, expense_id: str) -> None:
        """Accept it as it is."""
        self._set(expense_id, status=ExpenseStatus.ACCEPTED.value, accepted_at=to_iso(utc_now()))

    def set_status(self, expense_id: str, status: ExpenseStatus) -> None:
        """Move it to any other state."""
        self._set(expense_id, status=status.value)

    def read(self, document: HostDocument) -> bytes:
        """The bytes of a document."""
        body = self._s3.get_object(Bucket=self._bucket, Key=document.s3_key)["Body"]
        return bytes(body.read())

    def picture_url(self, expense: HostExpense, page: int) -> str:
        """Shows the small picture of a page of its document, for minutes: the host's role may read it too."""
        preview = expense.read.preview
        owner = (preview and preview.made_for) or expense.expense_id
        key = preview_key(expense.user_id, owner, page)
        return self._s3.generate_presigned_url(
            "get_object", Params={"Bucket": self._bucket, "Key": key}, ExpiresIn=_URL_SECONDS
        )

    @property
    def pictures_origin(self) -> str:
        """Where such URLs lead, for the pages' policy."""
        url = urlsplit(self._s3.generate_presigned_url("get_object", {"Bucket": self._bucket, "Key": "-"}))
        return f"{url.scheme}://{url.netloc}"

    def _scan(self, attribute: str, value: str) -> Iterator[HostExpense]:
        pages = self._dynamodb.get_paginator("scan").paginate(
            TableName=self._table,
            FilterExpression=f"{attribute} = :value",
            ExpressionAttributeValues={":value": {"S": value}},
            ConsistentRead=True,
        )
        for page in pages:
            yield from map(to_expense, page["Items"])

    def _stored(self, person: Person, name: str, data: bytes) -> dict[str, Any]:
        key = f"documents/{person.user_id}/{sha256(data).hexdigest()}"
        self._s3.put_object(Bucket=self._bucket, Key=key, Body=data)
        return new_document(name, data, key)

    def _set(self, expense_id: str, **values: str) -> None:
        self._dynamodb.update_item(
            TableName=self._table,
            Key={"expense_id": {"S": expense_id}},
            UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in values),
            ConditionExpression="attribute_exists(expense_id)",
            ExpressionAttributeNames={f"#{name}": name for name in values},
            ExpressionAttributeValues={f":{name}": {"S": value} for name, value in values.items()},
        )
