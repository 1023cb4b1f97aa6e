"""The host's expenses in memory, as the reading of documents sees and fills them, and a document reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from functions.document_reading.reading.model import Category, Field, Reading, Source, VatLine
from shared.domain.errors import ExpenseChanged
from shared.domain.expenses import ExpenseStatus, SupportingDocument, document_id_for
from shared.domain.host_expenses import HostExpense, ReadingNow
from shared.domain.page_quotas import Payer
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.readings import ExpenseReading


class FakeExpensesToRead:
    """What `shared.aws.host.expense_readings.ExpenseReadings` does."""

    def __init__(self) -> None:
        self.expenses: dict[str, HostExpense] = {}
        self.readings: dict[str, ExpenseReading] = {}

    def get(self, expense_id: str) -> HostExpense | None:
        return self.expenses.get(expense_id)

    def live(self, expense_ids: Iterable[str]) -> set[str]:
        found = (self.expenses.get(expense_id) for expense_id in expense_ids)
        return {each.expense_id for each in found if each and each.status is not ExpenseStatus.DELETED}

    def fill(self, expense: HostExpense, reading: ExpenseReading) -> None:
        there = self.expenses.get(expense.expense_id)
        if there is None or not _may_be_filled_with(there, reading):
            raise ExpenseChanged(expense.expense_id)
        self.expenses[expense.expense_id] = replace(
            there,
            values={**there.values, **reading.values},
            reading=ReadingNow(
                reading.state,
                tuple(name for name, mark in reading.marks.items() if not mark.is_confirmed),
                reading.possible_duplicate_of,
                is_held_back=reading.by_hand_until is not None,
            ),
        )
        self.readings[expense.expense_id] = reading

    def type_in(self, expense_id: str, **values: str) -> None:
        """What its user does; an empty value empties the field."""
        there = self.expenses[expense_id]
        said = {name: value for name, value in {**there.values, **values}.items() if value}
        self.expenses[expense_id] = replace(
            there, values=said, edited_fields=there.edited_fields | frozenset(values)
        )


def _may_be_filled_with(there: HostExpense, reading: ExpenseReading) -> bool:
    are_free = not any(name in there.values or name in there.edited_fields for name in reading.values)
    are_same = all(there.values.get(name) == value for name, value in reading.kept.items())
    return (
        are_free
        and are_same
        and there.may_be_filled
        and there.reading_state in {None, ReadingJobStatus.WAITING}
    )


def expense_to_read(expense_id: str = "expense-1", **fields: Any) -> HostExpense:
    document = SupportingDocument(
        document_id_for(expense_id), f"documents/alice/{expense_id}", "00", "lunch.jpg", "image/jpeg", 5
    )
    values = fields.get("values", {})
    state = fields.pop("state", ReadingJobStatus.WAITING)
    given = {
        "user_id": "alice",
        "company_id": "",
        "employee_name": "",
        "status": ExpenseStatus.WAITING,
        "accepted_at": None,
        "documents": (document,),
        "date": date.fromisoformat(values["date"]) if values.get("date") else None,
        "merchant": values.get("merchant"),
        "amount": _amount_of(values),
        "currency": values.get("currency"),
        "category": None,
        "reading": ReadingNow(state) if state else None,
    }
    return HostExpense(expense_id, **(given | fields))


def _amount_of(values: Mapping[str, str]) -> Decimal | None:
    """What people write need not be one."""
    try:
        return Decimal(values["amount"])
    except (KeyError, InvalidOperation):
        return None


def reading(**fields: Any) -> Reading:
    """Of a lunch: the merchant is a guess."""
    return Reading(
        **{
            "merchant": Field("Café Lumière", is_confirmed=False, source=Source.OCR),
            "date": Field(date(2026, 11, 5), is_confirmed=True, source=Source.OCR),
            "total": Field(Decimal("46.00"), is_confirmed=True, source=Source.OCR),
            "currency": Field("EUR", is_confirmed=True, source=Source.OCR),
            "document_number": Field("T-14", is_confirmed=False, source=Source.OCR),
            "category": Field(Category.MEAL, is_confirmed=False, source=Source.OCR),
            "vat": (VatLine(Decimal(10), Decimal("4.18"), Decimal("41.82")),),
        }
        | fields
    )


@dataclass
class FakeReader:
    """Reads what it is told to, by expense; `before` runs first and may raise or change the world."""

    readings: dict[str, Reading] = field(default_factory=dict)
    before: Callable[[SupportingDocument, str], None] = lambda _document, _job_id: None
    opened: list[str] = field(default_factory=list)
    payers: list[Payer] = field(default_factory=list)

    def read(self, document: SupportingDocument, analysis_id: str, payer: Payer) -> Reading:
        self.opened.append(document.s3_key)
        self.payers.append(payer)
        self.before(document, analysis_id)
        return self.readings.get(document.s3_key.rpartition("/")[2], reading())
