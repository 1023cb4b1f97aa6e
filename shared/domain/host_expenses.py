"""The host's expense, as it is read everywhere, and what its states mean to us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from shared.domain.expenses import ExpenseStatus, SupportingDocument
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.readings import WhatWasRead

# After acceptance come reimbursement and recording: such documents are delivered too.
DELIVERABLE = frozenset({ExpenseStatus.ACCEPTED, ExpenseStatus.REIMBURSED, ExpenseStatus.RECORDED})
# A reading fills in what its user still works on; what is accepted, refused or gone stays as it is.
FILLABLE = frozenset({ExpenseStatus.WAITING, ExpenseStatus.COMPLIANT, ExpenseStatus.NON_COMPLIANT})
FILLED_IN = ("merchant", "date", "amount", "currency")
"""The fields that a reading fills in, by the host's names."""
# What cancels a delivery, as an expense that is gone does. A status of a later release does neither.
WITHDRAWN = frozenset(
    {
        ExpenseStatus.WAITING,
        ExpenseStatus.COMPLIANT,
        ExpenseStatus.NON_COMPLIANT,
        ExpenseStatus.REFUSED,
        ExpenseStatus.DELETED,
    }
)


@dataclass(frozen=True, slots=True)
class ReadingNow:
    """How the reading of an expense's document stands, as people are told.

    `unconfirmed` are the fields that it filled in without being sure, and nobody has edited since.
    """

    state: ReadingJobStatus
    unconfirmed: tuple[str, ...] = ()
    possible_duplicate_of: str | None = None
    what: WhatWasRead = field(default_factory=WhatWasRead, compare=False)
    is_held_back: bool = False
    """Whether it waits for a quota of pages to be renewed, and is to be filled in by hand until then."""


@dataclass(frozen=True, slots=True)
class HostExpense:
    """The host's expense, as it is read everywhere.

    `amount` and `currency` may be missing, `date` too: people accept what they accept. What is not as
    agreed with the host counts as missing; `status` is None where this release does not know it, and
    `company_id` is empty where there is none. Documents without an id, of which nothing can be
    delivered, are only counted.

    `values` are those of the fields a reading fills in (`FILLED_IN`) that say something, by the host's
    names, as they are written; `edited_fields` the names of all that its user has ever touched, even to
    empty them.
    """

    expense_id: str
    company_id: str
    user_id: str
    employee_name: str
    status: ExpenseStatus | None
    accepted_at: datetime | None
    date: date | None
    merchant: str | None
    amount: Decimal | None
    currency: str | None
    category: str | None
    documents: tuple[SupportingDocument, ...]
    unreadable_documents: int = 0
    reading: ReadingNow | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    edited_fields: frozenset[str] = frozenset()
    created_at: datetime | None = None

    @property
    def may_be_filled(self) -> bool:
        """Whether its user still works on it."""
        return self.status in FILLABLE

    @property
    def reading_state(self) -> ReadingJobStatus | None:
        """How its reading stands; None where it was made without."""
        return self.reading.state if self.reading else None


@dataclass(frozen=True, slots=True)
class AcceptedPage:
    """Some ids of a company's accepted expenses, and the cursor of the next page, None after the last.

    They come from an index that lags: each is to be read again before anything is concluded from it.
    """

    expense_ids: tuple[str, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class AcceptedCount:
    """Of a page of a company's acceptances: the expenses to be delivered, their documents, the next page."""

    expenses: int
    documents: int
    cursor: str | None
