"""Reads through all of the host's expenses, for what it still has of one user.

The host keeps no index of users or documents, and an expense may have been given to another employee: to
know that nobody refers to a document, each expense has to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from shared.aws.dynamodb import bind
from shared.aws.errors import aws_errors_translated
from shared.aws.host.expense_rows import ExpenseRow, to_host_expense
from shared.domain.erasures import Checkpoint, HostsTraces
from shared.domain.expenses import ExpenseStatus
from shared.domain.host_expenses import HostExpense

SEGMENTS = 8
_WANTED = ("expense_id", "user_id", "company_id", "status", "documents")


class ExpenseScan:
    """The host's expenses table, in segments at once, read consistently: what is not seen is deleted."""

    def __init__(self, table_name: str) -> None:
        bind(ExpenseRow, table_name)

    def traces_of(self, user_id: str, document_prefix: str, checkpoint: Checkpoint) -> HostsTraces:
        """A user's expenses, and all documents that begin like that. Raises AwsUnavailable.

        Before each page it calls the checkpoint, which may raise to end it there.
        """

        def in_segment(segment: int) -> HostsTraces:
            traces = HostsTraces()
            for expense in _expenses(segment, checkpoint):
                traces |= _traces_in(expense, user_id, document_prefix)
            return traces

        traces = HostsTraces()
        with ThreadPoolExecutor(SEGMENTS) as threads:
            for found in threads.map(in_segment, range(SEGMENTS)):
                traces |= found
        return traces


def _expenses(segment: int, checkpoint: Checkpoint) -> Iterator[HostExpense]:
    rows = ExpenseRow.scan(
        segment=segment, total_segments=SEGMENTS, consistent_read=True, attributes_to_get=list(_WANTED)
    )
    pages = rows.page_iter
    checkpoint()
    while (page := _next(pages)) is not None:
        yield from (to_host_expense(ExpenseRow.from_raw_data(item)) for item in page["Items"])
        if pages.last_evaluated_key:
            checkpoint()


def _next(pages: Iterator[dict[str, list[dict[str, object]]]]) -> dict[str, list[dict[str, object]]] | None:
    with aws_errors_translated():
        return next(pages, None)


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
