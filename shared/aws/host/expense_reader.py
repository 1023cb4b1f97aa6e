"""Reads the host's expenses, one by one consistently, and a company's accepted ones in order of time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from shared.aws.errors import aws_errors_translated
from shared.aws.host.expense_images import expense_from_image
from shared.aws.stores.tables import transaction_connection
from shared.batching import batched
from shared.domain.deliveries import DELIVERABLE, AcceptedCount, AcceptedPage, HostExpense
from shared.domain.errors import AwsUnavailable
from shared.domain.timestamps import to_iso

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ACCEPTED_INDEX = "company_accepted"
# DynamoDB's limit of one BatchGetItem.
_BATCH = 100
_WHOLE_SECONDS = len("2026-11-22T09:02:58")


class ExpenseReader:
    """The host's expenses table. Every method raises AwsUnavailable.

    Rows are read as they are, without a model of ours: one that is not as agreed must not keep the
    others from being read.
    """

    def __init__(self, table_name: str) -> None:
        self._table_name = table_name
        # The connection is PynamoDB's, shared with every other table.
        self._client: DynamoDBClient = cast("DynamoDBClient", transaction_connection().client)

    def get_many(self, expense_ids: Iterable[str]) -> dict[str, HostExpense]:
        """Those of the expenses that there are, by id, as they are now."""
        found: dict[str, HostExpense] = {}
        for some in batched(dict.fromkeys(expense_ids), _BATCH):
            for image in self._images(some):
                expense = expense_from_image(image)
                found[expense.expense_id] = expense
        return found

    def accepted_between(
        self,
        company_id: str,
        since: datetime,
        until: datetime | None = None,
        cursor: str | None = None,
        limit: int = 200,
    ) -> AcceptedPage:
        """A page of a company's expenses accepted from `since` to `until`, oldest first.

        The index lags and compares text, to the second: read each expense again and look at its own
        time. `cursor` is that of the page before.
        """
        query = self._accepted_between(company_id, since, until, cursor) | {
            "ProjectionExpression": "expense_id",
            "Limit": limit,
        }
        with aws_errors_translated():
            page = self._client.query(**query)
        ids = tuple(str(item["expense_id"]["S"]) for item in page["Items"])
        return AcceptedPage(ids, _cursor_of(page.get("LastEvaluatedKey")))

    def count_accepted(
        self, company_id: str, since: datetime, cursor: str | None = None, limit: int = 200
    ) -> AcceptedCount:
        """How many of a page of the expenses accepted since then would be delivered, and their documents.

        A count for people: as the index has it, which lags.
        """
        query = self._accepted_between(company_id, since, None, cursor) | {
            "ProjectionExpression": "#status, documents",
            "ExpressionAttributeNames": {"#status": "status"},
            "Limit": limit,
        }
        with aws_errors_translated():
            page = self._client.query(**query)
        expenses = [expense_from_image(item) for item in page["Items"]]
        delivered = [expense for expense in expenses if expense.status in DELIVERABLE]
        documents = sum(len(expense.documents) for expense in delivered)
        return AcceptedCount(len(delivered), documents, _cursor_of(page.get("LastEvaluatedKey")))

    def _accepted_between(
        self, company_id: str, since: datetime, until: datetime | None, cursor: str | None
    ) -> dict[str, Any]:
        query: dict[str, Any] = {
            "TableName": self._table_name,
            "IndexName": ACCEPTED_INDEX,
            "KeyConditionExpression": "company_id = :company AND accepted_at BETWEEN :since AND :until",
            "ExpressionAttributeValues": {
                ":company": {"S": company_id},
                ":since": {"S": to_iso(since)[:_WHOLE_SECONDS]},
                # The character sorts after every other that may follow the seconds.
                ":until": {"S": f"{to_iso(until)[:_WHOLE_SECONDS]}~" if until else "~"},
            },
        }
        if cursor is not None:
            query["ExclusiveStartKey"] = _key_of(company_id, cursor)
        return query

    def _images(self, expense_ids: Sequence[str]) -> list[dict[str, Any]]:
        """DynamoDB leaves out what would be too much for one answer, or while it is throttled."""
        images: list[dict[str, Any]] = []
        wanted: Any = {
            self._table_name: {
                "Keys": [{"expense_id": {"S": expense_id}} for expense_id in expense_ids],
                "ConsistentRead": True,
            }
        }
        while wanted:
            with aws_errors_translated():
                answer = self._client.batch_get_item(RequestItems=wanted)
            read = answer["Responses"].get(self._table_name, [])
            wanted = answer.get("UnprocessedKeys")
            if wanted and not read:
                raise AwsUnavailable("AWS call failed: no expense was read")
            images += read
        return images


def _cursor_of(key: Mapping[str, Any] | None) -> str | None:
    return json.dumps([key["accepted_at"]["S"], key["expense_id"]["S"]]) if key else None


def _key_of(company_id: str, cursor: str) -> dict[str, dict[str, str]]:
    accepted_at, expense_id = json.loads(cursor)
    return {
        "company_id": {"S": company_id},
        "accepted_at": {"S": accepted_at},
        "expense_id": {"S": expense_id},
    }
