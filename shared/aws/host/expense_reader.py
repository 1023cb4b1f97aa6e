"""Reads the host's expenses, one by one consistently, and a company's accepted ones in order of time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from shared.aws.dynamodb import bind
from shared.aws.errors import aws_errors_translated
from shared.aws.host.expense_rows import ExpenseRow, to_host_expense
from shared.aws.stores.bounded_queries import Query, read
from shared.domain.host_expenses import DELIVERABLE, AcceptedCount, AcceptedPage, HostExpense
from shared.domain.timestamps import to_iso

_WHOLE_SECONDS = len("2026-11-22T09:02:58")


class ExpenseReader:
    """The host's expenses table. Every method raises AwsUnavailable."""

    def __init__(self, table_name: str) -> None:
        bind(ExpenseRow, table_name)

    def get_many(self, expense_ids: Iterable[str]) -> dict[str, HostExpense]:
        """Those of the expenses that there are, by id, as they are now."""
        with aws_errors_translated():
            rows = ExpenseRow.batch_get(list(dict.fromkeys(expense_ids)), consistent_read=True)
            found = [to_host_expense(row) for row in rows]
        return {expense.expense_id: expense for expense in found}

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
        query = _accepted_between(company_id, since, until, "expense_id")
        found = read(ExpenseRow, query, most=limit, start=_start(company_id, cursor))
        return AcceptedPage(tuple(row.expense_id for row in found.rows), _cursor_of(found.last))

    def count_accepted(
        self, company_id: str, since: datetime, cursor: str | None = None, limit: int = 200
    ) -> AcceptedCount:
        """How many of a page of the expenses accepted since then would be delivered, and their documents.

        A count for people: as the index has it, which lags.
        """
        query = _accepted_between(company_id, since, None, "status", "documents")
        found = read(ExpenseRow, query, most=limit, start=_start(company_id, cursor))
        expenses = [to_host_expense(row) for row in found.rows]
        delivered = [expense for expense in expenses if expense.status in DELIVERABLE]
        documents = sum(len(expense.documents) for expense in delivered)
        return AcceptedCount(len(delivered), documents, _cursor_of(found.last))


def _accepted_between(company_id: str, since: datetime, until: datetime | None, *wanted: str) -> Query:
    # The character sorts after every other that may follow the seconds.
    latest = f"{to_iso(until)[:_WHOLE_SECONDS]}~" if until else "~"
    return partial(
        ExpenseRow.accepted_index.query,
        company_id,
        ExpenseRow.accepted_at.between(to_iso(since)[:_WHOLE_SECONDS], latest),
        attributes_to_get=list(wanted),
    )


def _cursor_of(last: ExpenseRow | None) -> str | None:
    return json.dumps([last.accepted_at, last.expense_id]) if last else None


def _start(company_id: str, cursor: str | None) -> ExpenseRow | None:
    if cursor is None:
        return None
    accepted_at, expense_id = json.loads(cursor)
    return ExpenseRow(expense_id, company_id=company_id, accepted_at=accepted_at)
