"""An expense as it is once accepted: the host's row and document, and the delivery that its stream makes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

import boto3

from shared.domain.timestamps import to_iso


def accept_expense(
    ensure: Callable[..., object],
    *,
    company_id: str,
    account_id: str,
    expense_id: str,
    data: bytes,
    at: datetime,
    employee: str = "alice",
    status: str = "ACCEPTED",
    file: str = "",
) -> None:
    """In the emulated AWS at hand; `ensure` makes deliveries, `file` is a document that others have too."""
    key = f"documents/{employee}/{file or expense_id}"
    boto3.client("s3").put_object(Bucket="documents", Key=key, Body=data)
    document_id = f"document-of-{expense_id}"
    document = {
        "document_id": document_id,
        "s3_key": key,
        "sha256": hashlib.sha256(data).hexdigest(),
        "name": "photo.jpg",
        "content_type": "image/jpeg",
        "size": len(data),
    }
    boto3.resource("dynamodb").Table("expenses").put_item(
        Item={
            "expense_id": expense_id,
            "company_id": company_id,
            "user_id": employee,
            "employee_name": "Alice Martin",
            "status": status,
            "accepted_at": to_iso(at),
            "date": "2026-03-14",
            "merchant": "SNCF",
            "amount": "84.00",
            "currency": "EUR",
            "documents": [document],
        }
    )
    ensure(company_id, account_id, expense_id, [document_id], accepted_at=at, now=at)
