"""Documents on their way into a company's Dropbox: the models of the synchronisation's records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from shared.expenses import ExpenseStatus, SupportingDocument

# After acceptance come reimbursement and recording: such documents are delivered too.
DELIVERABLE = frozenset({ExpenseStatus.ACCEPTED, ExpenseStatus.REIMBURSED, ExpenseStatus.RECORDED})


class DeliveryStatus(StrEnum):
    """How a document's delivery stands."""

    PENDING = "PENDING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class DeliveryKey:
    """One document of one expense, on its way to one Dropbox account of one company."""

    company_id: str
    account_id: str
    expense_id: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row of the deliveries table.

    `accepted_at` is the acceptance that caused it. `path` is chosen and stored before the upload; on a
    conflict the next candidate replaces it, and `candidate` counts them from 0. `content_hash` is
    Dropbox's, `sha256` hexadecimal; both are known once it is delivered. `reason` says why it failed,
    was cancelled or still waits. `since` is when it became pending, `next_try` when it is due.
    """

    key: DeliveryKey
    status: DeliveryStatus
    accepted_at: datetime
    since: datetime
    changed_at: datetime
    next_try: datetime | None = None
    tries: int = 0
    noted: int = 0
    reason: str | None = None
    path: str | None = None
    candidate: int = 0
    content_hash: str | None = None
    sha256: str | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AcceptedExpense:
    """The host's expense as the synchronisation reads it.

    `amount` and `currency` may be missing, `date` too: people accept what they accept.
    """

    expense_id: str
    company_id: str
    user_id: str
    employee_name: str
    status: ExpenseStatus
    accepted_at: datetime | None
    date: date | None
    merchant: str | None
    amount: Decimal | None
    currency: str | None
    category: str | None
    documents: tuple[SupportingDocument, ...]
