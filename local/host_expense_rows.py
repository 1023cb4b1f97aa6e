"""An expense of the host, and the row of its table that holds it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from boto3.dynamodb.types import TypeDeserializer

from shared.aws.host.shown_readings import what_was_read
from shared.domain.expenses import ExpenseStatus
from shared.domain.readings import WhatWasRead


@dataclass(frozen=True, slots=True)
class Details:
    """What a user fills in: `date` as `YYYY-MM-DD`, `amount` as a decimal string, `currency` by ISO 4217."""

    merchant: str
    date: str
    amount: str
    currency: str = "EUR"
    category: str = "Travel"


@dataclass(frozen=True, slots=True)
class HostDocument:
    """A supporting document of an expense, as the host keeps it."""

    document_id: str
    name: str
    sha256: str
    s3_key: str
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class HostExpense:
    """An expense, as the host keeps it; what nobody has filled in is empty."""

    expense_id: str
    user_id: str
    status: ExpenseStatus
    documents: tuple[HostDocument, ...]
    company_id: str = ""
    employee_name: str = ""
    created_at: str = ""
    label: str = ""
    merchant: str = ""
    date: str = ""
    amount: str = ""
    currency: str = ""
    edited_fields: frozenset[str] = frozenset()
    read: WhatWasRead = field(default_factory=WhatWasRead)
    """What the integration has written into the expense's map `reading`."""


_TEXTS = (
    "expense_id", "user_id", "company_id", "employee_name", "created_at", "label",
    "merchant", "date", "amount", "currency",
)  # fmt: skip
_DOCUMENT_TEXTS = ("document_id", "name", "sha256", "s3_key", "content_type")


def to_expense(row: Mapping[str, Any]) -> HostExpense:
    """The expense that a row holds."""
    documents = [document["M"] for document in row["documents"]["L"]]
    return HostExpense(
        **{name: row.get(name, {}).get("S", "") for name in _TEXTS},
        status=ExpenseStatus(row["status"]["S"]),
        documents=tuple(
            HostDocument(**{name: document.get(name, {}).get("S", "") for name in _DOCUMENT_TEXTS})
            for document in documents
        ),
        edited_fields=frozenset(_plain(row, "edited_fields", [])),
        read=what_was_read(_plain(row, "reading", {})),
    )


def _plain(row: Mapping[str, Any], name: str, missing: Any) -> Any:  # noqa: ANN401 - of any form
    return TypeDeserializer().deserialize(row[name]) if name in row else missing


def new_document(name: str, data: bytes, s3_key: str) -> dict[str, Any]:
    """A row's document that its user has attached by hand."""
    return {
        "M": {
            "document_id": {"S": str(uuid.uuid4())},
            "s3_key": {"S": s3_key},
            "sha256": {"S": sha256(data).hexdigest()},
            "name": {"S": name},
            "content_type": {"S": "application/pdf" if name.endswith(".pdf") else "image/jpeg"},
            "size": {"N": str(len(data))},
        }
    }
