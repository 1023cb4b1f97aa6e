"""The host's expense, as it is read everywhere, and what its states mean to us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shared.domain.expenses import ExpenseStatus, SupportingDocument
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.readings import VatOfRate, WhatWasRead

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
class FoundPart:
    """One of several documents that were found in a file, as an expense of its own would have it.

    `pages` are counted from 0; `reading` is the map that we write on an expense.
    """

    pages: tuple[int, ...]
    values: Mapping[str, str]
    reading: Mapping[str, Any]


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
    has_several_documents: bool = False
    parts: tuple[FoundPart, ...] = ()
    """Of several documents, those that may become an expense each."""
    part_pages: tuple[int, ...] = ()
    """Of one that was split: the pages of the file that are its own."""
    split_into: int = 1
    """Of the first of those that were one: how many they are."""
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HostExpense:
    """The host's expense, as it is read everywhere.

    `amount` and `currency` may be missing, `date` too: people accept what they accept. What is not as
    agreed with the host counts as missing; `status` is None where this release does not know it, and
    `company_id` is empty where there is none. Documents without an id, of which nothing can be
    delivered, are only counted.

    `values` are those of the fields a reading fills in (`FILLED_IN`) that say something, by the host's
    names, as they are written; `edited_fields` the names of all that its user has ever touched, even to
    empty them. `vat` and `document_number` are the host's own, beside what a reading says of them.
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
    label: str = ""
    vat: tuple[VatOfRate, ...] = ()
    document_number: str | None = None

    @property
    def may_be_filled(self) -> bool:
        """Whether its user still works on it."""
        return self.status in FILLABLE

    @property
    def may_be_split(self) -> bool:
        """Whether several documents were found in its only one, and nobody has done anything to it since."""
        parts = self.reading.parts if self.reading else ()
        is_as_made = len(self.documents) == 1 and not self.unreadable_documents and not self.edited_fields
        is_as_read = len(parts) > 1 and dict(self.values) == dict(parts[0].values)
        return is_as_made and is_as_read and self.may_be_filled

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
