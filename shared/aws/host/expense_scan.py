"""Reads through all of the host's expenses, for what it still has of one user.

The host keeps no index of users or documents, and an expense may have been given to another employee: to
know that nobody refers to a document, each expense has to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from shared.aws.errors import aws_errors_translated
from shared.aws.host.expense_images import expense_from_image
from shared.aws.stores.tables import transaction_connection
from shared.domain.deliveries import HostExpense
from shared.domain.erasures import Checkpoint, HostsTraces
from shared.domain.expenses import ExpenseStatus

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SEGMENTS = 8
_WANTED = "expense_id, user_id, company_id, #status, documents"


class ExpenseScan:
    """The host's expenses table, in segments at once, read consistently: what is not seen is deleted."""

    def __init__(self, table_name: str, client: DynamoDBClient | None = None) -> None:
        self._table_name = table_name
        self._client: Any = client or transaction_connection().client

    def traces_of(self, user_id: str, document_prefix: str, checkpoint: Checkpoint) -> HostsTraces:
        """A user's expenses, and the documents of any user that begin like that. Raises AwsUnavailable.

        Before each page it calls the checkpoint, which may raise to end it there.
        """

        def in_segment(segment: int) -> HostsTraces:
            traces = HostsTraces()
            for expense in self._expenses(segment, checkpoint):
                traces |= _traces_in(expense, user_id, document_prefix)
            return traces

        traces = HostsTraces()
        with ThreadPoolExecutor(SEGMENTS) as threads:
            for found in threads.map(in_segment, range(SEGMENTS)):
                traces |= found
        return traces

    def _expenses(self, segment: int, checkpoint: Checkpoint) -> Iterator[HostExpense]:
        scan: dict[str, Any] = {
            "TableName": self._table_name,
            "Segment": segment,
            "TotalSegments": SEGMENTS,
            "ProjectionExpression": _WANTED,
            "ExpressionAttributeNames": {"#status": "status"},
            "ConsistentRead": True,
        }
        while True:
            checkpoint()
            with aws_errors_translated():
                page = self._client.scan(**scan)
            yield from map(expense_from_image, page["Items"])
            if "LastEvaluatedKey" not in page:
                return
            scan["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def _traces_in(expense: HostExpense, user_id: str, document_prefix: str) -> HostsTraces:
    """A deleted expense, of which the host may keep the row, refers to nothing any more."""
    is_deleted = expense.status is ExpenseStatus.DELETED
    keys = {document.s3_key for document in expense.documents if not is_deleted}
    is_theirs = expense.user_id == user_id
    return HostsTraces(
        expense_ids=frozenset({expense.expense_id} if is_theirs else ()),
        company_ids=frozenset({expense.company_id} if is_theirs and expense.company_id else ()),
        s3_keys=frozenset(key for key in keys if key.startswith(document_prefix)),
    )
