"""Expenses the way the host keeps them, in DynamoDB's notation: of its rows and of its stream's records."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from shared.domain.expenses import ExpenseStatus, SupportingDocument
from shared.domain.host_expenses import FILLED_IN, HostExpense
from shared.domain.timestamps import to_iso

ACCEPTED_AT = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)


def document(document_id: str = "document-1", **fields: Any) -> SupportingDocument:
    return SupportingDocument(
        **{
            "document_id": document_id,
            "s3_key": f"documents/alice/{document_id}",
            "sha256": "00",
            "name": "train.pdf",
            "content_type": "application/pdf",
            "size": 5,
        }
        | fields
    )


EDITED = frozenset({"merchant", "amount"})


def accepted_expense(expense_id: str = "expense-1", **fields: Any) -> HostExpense:
    expense = HostExpense(
        **{
            "expense_id": expense_id,
            "company_id": "atelier",
            "user_id": "alice",
            "employee_name": "Alice Martin",
            "status": ExpenseStatus.ACCEPTED,
            "accepted_at": ACCEPTED_AT,
            "date": date(2026, 3, 14),
            "merchant": "SNCF",
            "amount": Decimal("84.00"),
            "currency": "EUR",
            "category": "Travel",
            "documents": (document(),),
            "edited_fields": EDITED,
        }
        | fields
    )
    return replace(expense, values=fields.get("values", _values_of(expense)))


def _values_of(expense: HostExpense) -> dict[str, str]:
    texts = _texts_of(expense)
    return {name: text for name in FILLED_IN if (text := texts[name])}


def image_of(expense: HostExpense) -> dict[str, Any]:
    """What is missing of the expense is absent."""
    image: dict[str, Any] = {
        name: {"S": text} for name, text in _texts_of(expense).items() if text is not None
    }
    image["documents"] = {"L": [{"M": _document_image(document)} for document in expense.documents]}
    image["edited_fields"] = {"L": [{"S": name} for name in sorted(EDITED)]}
    return image


def _texts_of(expense: HostExpense) -> dict[str, str | None]:
    return {
        "expense_id": expense.expense_id,
        "company_id": expense.company_id or None,
        "user_id": expense.user_id,
        "employee_name": expense.employee_name,
        "status": expense.status.value if expense.status else "ARCHIVED",
        "accepted_at": to_iso(expense.accepted_at) if expense.accepted_at else None,
        "created_at": to_iso(expense.created_at) if expense.created_at else None,
        "date": expense.date.isoformat() if expense.date else None,
        "merchant": expense.merchant,
        "amount": str(expense.amount) if expense.amount is not None else None,
        "currency": expense.currency,
        "category": expense.category,
    }


def _document_image(document: SupportingDocument) -> dict[str, Any]:
    return {
        "document_id": {"S": document.document_id},
        "s3_key": {"S": document.s3_key},
        "sha256": {"S": document.sha256},
        "name": {"S": document.name},
        "content_type": {"S": document.content_type},
        "size": {"N": str(document.size)},
    }
