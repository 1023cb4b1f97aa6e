"""Reads an expense of the host's out of DynamoDB's own notation: of a row, or of a record of its stream.

The host writes it, people fill it in: whatever is not as agreed counts as missing and never raises,
so that one odd expense delays nobody else's.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from shared.domain.deliveries import FILLED_IN, HostExpense, ReadingNow
from shared.domain.errors import MalformedMessage
from shared.domain.expenses import ExpenseStatus, SupportingDocument
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.timestamps import from_iso
from shared.doorbells.messages import is_company_id

Image = Mapping[str, Any]
"""Attributes by name, each as `{"S": "text"}`, `{"N": "1"}`, `{"L": […]}`, `{"M": {…}}`."""

# Far beyond every price, and near enough to print one.
_MAX_DIGITS = 18
_MAX_AMOUNT_CHARACTERS = 40


def accepted_from_image(image: object) -> HostExpense:
    """The expense of a stream record. Raises MalformedMessage where nobody can tell whose it is."""
    if not isinstance(image, Mapping):
        raise MalformedMessage("no image")
    expense = expense_from_image(image)
    if not expense.expense_id or not is_company_id(expense.company_id):
        raise MalformedMessage("no expense id or no company id")
    return expense


def expense_from_image(image: Image) -> HostExpense:
    """The expense, with what it has."""
    documents = _documents(image)
    readable = tuple(document for document in documents if document is not None)
    return HostExpense(
        expense_id=_text(image, "expense_id"),
        company_id=_text(image, "company_id"),
        user_id=_text(image, "user_id"),
        employee_name=_text(image, "employee_name"),
        status=_status(image),
        accepted_at=_instant(image, "accepted_at"),
        created_at=_instant(image, "created_at"),
        date=_date(image),
        merchant=_text(image, "merchant") or None,
        amount=_amount(image),
        currency=_text(image, "currency") or None,
        category=_text(image, "category") or None,
        documents=readable,
        unreadable_documents=len(documents) - len(readable),
        reading=_reading(image),
        values={
            name: _text(image, name)
            for name in FILLED_IN
            if isinstance(attribute := image.get(name), Mapping) and _says_something(attribute)
        },
        edited_fields=_edited_fields(image),
    )


def _says_something(attribute: Mapping[str, object]) -> bool:
    """Of another form than a text it does, but its text is empty: it equals nothing that was read."""
    return attribute.get("S") != "" and "NULL" not in attribute


def _value(image: object, name: str, kind: str) -> object:
    attribute = image.get(name) if isinstance(image, Mapping) else None
    return attribute.get(kind) if isinstance(attribute, Mapping) else None


def _text(image: object, name: str) -> str:
    """What UTF-8 can hold, as every text of DynamoDB; empty where there is none."""
    value = _value(image, name, "S")
    return value.encode(errors="replace").decode() if isinstance(value, str) else ""


def _status(image: Image) -> ExpenseStatus | None:
    with suppress(ValueError):
        return ExpenseStatus(_text(image, "status"))
    return None


def _instant(image: Image, name: str) -> datetime | None:
    with suppress(ValueError):
        return from_iso(_text(image, name))
    return None


def _date(image: Image) -> date | None:
    """Of an instant, the day it was where it was written."""
    with suppress(ValueError):
        return datetime.fromisoformat(_text(image, "date")).date()
    return None


def _amount(image: Image) -> Decimal | None:
    text = _text(image, "amount") or _value(image, "amount", "N")
    if not isinstance(text, str) or len(text) > _MAX_AMOUNT_CHARACTERS or "_" in text:
        return None
    with suppress(InvalidOperation):
        amount = Decimal(text)
        if amount.is_finite() and max(amount.adjusted(), -int(amount.as_tuple().exponent)) < _MAX_DIGITS:
            return amount
    return None


def _reading(image: Image) -> ReadingNow | None:
    """Of an expense made without one, or by a later release, there is none."""
    reading = _value(image, "reading", "M")
    try:
        state = ReadingJobStatus(_text(reading, "state"))
    except ValueError:
        return None
    fields = _value(reading, "fields", "M")
    edited = _edited_fields(image)
    unconfirmed = (
        name
        for name in (fields if isinstance(fields, Mapping) else {})
        if _value(_value(fields, name, "M"), "confirmed", "BOOL") is False and name not in edited
    )
    return ReadingNow(state, tuple(sorted(unconfirmed)), _text(reading, "possible_duplicate_of") or None)


def _edited_fields(image: Image) -> frozenset[str]:
    """A list of strings, or a set of them."""
    listed, together = _value(image, "edited_fields", "L"), _value(image, "edited_fields", "SS")
    names = [_text({"entry": entry}, "entry") for entry in (listed if isinstance(listed, list) else [])]
    names += [name for name in (together if isinstance(together, list) else []) if isinstance(name, str)]
    return frozenset(name for name in names if name)


def _documents(image: Image) -> list[SupportingDocument | None]:
    """None for one without an id. The same id twice is one document."""
    entries = _value(image, "documents", "L")
    documents: dict[str, SupportingDocument | None] = {}
    for number, entry in enumerate(entries if isinstance(entries, list) else []):
        fields = _value({"entry": entry}, "entry", "M")
        document_id = _text(fields, "document_id")
        if document_id:
            documents.setdefault(document_id, _document(document_id, fields))
        else:
            documents[f"\0{number}"] = None
    return list(documents.values())


def _document(document_id: str, fields: object) -> SupportingDocument:
    return SupportingDocument(
        document_id=document_id,
        s3_key=_text(fields, "s3_key"),
        sha256=_text(fields, "sha256"),
        name=_text(fields, "name"),
        content_type=_text(fields, "content_type"),
        size=_size(fields),
    )


def _size(fields: object) -> int:
    """In bytes; 0 where it is not known."""
    value = _value(fields, "size", "N")
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else 0
