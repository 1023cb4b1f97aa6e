"""The one schema of the host's expense: its row, what we write of it and how we read it.

The host owns it; we create expenses, fill in what their documents say, and read the rest. People fill
it in: what is not as agreed counts as missing and never raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from shared.aws.dynamodb import Row, TableMeta
from shared.aws.host.plain_forms import as_instant, as_list, as_map, as_text
from shared.aws.host.reading_maps import to_reading_now
from shared.aws.host.shown_readings import vat_lines
from shared.aws.host.written_attributes import WrittenList, WrittenMap, WrittenText
from shared.domain.active_content import known_kinds
from shared.domain.errors import MalformedMessage
from shared.domain.expenses import (
    ExpenseStatus,
    NewExpense,
    SupportingDocument,
    document_id_for,
    is_company_id,
    is_expense_id,
    part_expense_id,
)
from shared.domain.host_expenses import FILLED_IN, FoundPart, HostExpense
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.timestamps import to_iso

# Far beyond every price, and near enough to print one.
_MAX_DIGITS = 18
_MAX_AMOUNT_CHARACTERS = 40


class AcceptedExpenses(GlobalSecondaryIndex["ExpenseRow"]):
    """A company's expenses that were ever accepted, by when."""

    class Meta:
        """The host's index `company_accepted`."""

        index_name = "company_accepted"
        projection = AllProjection()

    company_id = UnicodeAttribute(hash_key=True)
    accepted_at = UnicodeAttribute(range_key=True)


class ExpenseRow(Row):
    """The host's expense."""

    class Meta(TableMeta):
        """The host's table, named by a parameter."""

    accepted_index = AcceptedExpenses()
    expense_id = WrittenText(hash_key=True)
    user_id = WrittenText(null=True)
    company_id = WrittenText(null=True)
    employee_name = WrittenText(null=True)
    status = WrittenText(null=True)
    created_at = WrittenText(null=True)
    accepted_at = WrittenText(null=True)
    source = WrittenText(null=True)
    label = WrittenText(null=True)
    date = WrittenText(null=True)
    merchant = WrittenText(null=True)
    amount = WrittenText(null=True)
    currency = WrittenText(null=True)
    category = WrittenText(null=True)
    document_number = WrittenText(null=True)
    vat = WrittenList(null=True)
    documents = WrittenList(null=True)
    edited_fields = WrittenList(null=True)
    reading = WrittenMap(null=True)


def to_expense_row(expense: NewExpense) -> ExpenseRow:
    """Write an expense that a document becomes; what we do not know is absent."""
    return ExpenseRow(
        expense.expense_id,
        user_id=expense.user.user_id,
        company_id=expense.user.company_id,
        employee_name=expense.user.name,
        status=ExpenseStatus.WAITING.value,
        created_at=to_iso(expense.created_at),
        source="dropbox",
        label=expense.label or None,
        documents=[_written(document) for document in expense.documents],
        reading={"state": ReadingJobStatus.WAITING.value},
    )


def to_part_row(whole: HostExpense, number: int, part: FoundPart, created_at: datetime) -> ExpenseRow:
    """Write the expense of one of several documents in a file: read already, with the same file whole."""
    expense_id = part_expense_id(whole.expense_id, number)
    [document] = whole.documents
    values: dict[str, Any] = dict(part.values)
    return ExpenseRow(
        expense_id,
        user_id=whole.user_id,
        company_id=whole.company_id or None,
        employee_name=whole.employee_name or None,
        status=ExpenseStatus.WAITING.value,
        created_at=to_iso(created_at),
        source="dropbox",
        label=whole.label or None,
        documents=[_written(replace(document, document_id=document_id_for(expense_id)))],
        reading=_with_pictures_of(whole, part.reading),
        **values,
    )


def _with_pictures_of(whole: HostExpense, reading: Mapping[str, Any]) -> dict[str, Any]:
    """They were made once, for the file: nothing is copied."""
    preview = reading.get("preview")
    pictures = {"preview": {**preview, "expense_id": whole.expense_id}} if preview else {}
    return {**reading, **pictures}


def _written(document: SupportingDocument) -> dict[str, object]:
    kinds = [kind.value for kind in document.active_content]
    return {
        "document_id": document.document_id,
        "s3_key": document.s3_key,
        "sha256": document.sha256,
        "name": document.name,
        "content_type": document.content_type,
        "size": document.size,
    } | ({"active_content": kinds} if kinds else {})


def accepted_from_image(image: object) -> HostExpense:
    """The expense of a stream record. Raises MalformedMessage where nobody can tell whose it is."""
    if not isinstance(image, Mapping):
        raise MalformedMessage("no image")
    attributes = {name: value for name, value in image.items() if isinstance(value, dict)}
    expense = to_host_expense(ExpenseRow.from_raw_data(attributes))
    if not is_expense_id(expense.expense_id) or not is_company_id(expense.company_id):
        raise MalformedMessage("no expense id or no company id")
    return expense


def to_host_expense(row: ExpenseRow) -> HostExpense:
    """Read an expense, with what it has."""
    documents = _documents(row.documents)
    readable = tuple(document for document in documents if document is not None)
    edited = frozenset(filter(None, map(as_text, as_list(row.edited_fields))))
    return HostExpense(
        expense_id=as_text(row.expense_id),
        company_id=as_text(row.company_id),
        user_id=as_text(row.user_id),
        employee_name=as_text(row.employee_name),
        status=_status(row.status),
        accepted_at=as_instant(row.accepted_at),
        created_at=as_instant(row.created_at),
        date=_day(row.date),
        merchant=as_text(row.merchant) or None,
        amount=_amount(row.amount),
        currency=as_text(row.currency) or None,
        category=as_text(row.category) or None,
        documents=readable,
        unreadable_documents=len(documents) - len(readable),
        reading=to_reading_now(row.reading, edited),
        values=_values(row),
        edited_fields=edited,
        label=as_text(row.label),
        vat=vat_lines(row.vat),
        document_number=as_text(row.document_number) or None,
    )


def _values(row: ExpenseRow) -> dict[str, str]:
    """Of another form than a text a field does say something, but equals nothing that was read."""
    written = {name: getattr(row, name) for name in FILLED_IN}
    return {name: as_text(value) for name, value in written.items() if value is not None and value != ""}


def _status(value: object) -> ExpenseStatus | None:
    with suppress(ValueError):
        return ExpenseStatus(as_text(value))
    return None


def _day(value: object) -> date | None:
    """Of an instant, the day it was where it was written."""
    with suppress(ValueError):
        return datetime.fromisoformat(as_text(value)).date()
    return None


def _amount(value: object) -> Decimal | None:
    """A number, or a text that is one."""
    if isinstance(value, str):
        if len(value) > _MAX_AMOUNT_CHARACTERS or "_" in value:
            return None
        with suppress(InvalidOperation):
            value = Decimal(value)
    return value if isinstance(value, Decimal) and _is_payable(value) else None


def _is_payable(amount: Decimal) -> bool:
    if not amount.is_finite() or len(amount.as_tuple().digits) > _MAX_AMOUNT_CHARACTERS:
        return False
    return max(amount.adjusted(), -int(amount.as_tuple().exponent)) < _MAX_DIGITS


def _documents(value: object) -> list[SupportingDocument | None]:
    """None for one without an id, or with one too long for a key. The same id twice is one document."""
    documents: dict[str, SupportingDocument | None] = {}
    for number, entry in enumerate(map(as_map, as_list(value))):
        document_id = as_text(entry.get("document_id"))
        if is_expense_id(document_id):
            documents.setdefault(document_id, _document(document_id, entry))
        else:
            documents[f"\0{number}"] = None
    return list(documents.values())


def _document(document_id: str, fields: Mapping[str, Any]) -> SupportingDocument:
    return SupportingDocument(
        document_id=document_id,
        s3_key=as_text(fields.get("s3_key")),
        sha256=as_text(fields.get("sha256")),
        name=as_text(fields.get("name")),
        content_type=as_text(fields.get("content_type")),
        size=_size(fields.get("size")),
        active_content=known_kinds(as_list(fields.get("active_content"))),
    )


def _size(value: object) -> int:
    """In bytes; 0 where it is not known."""
    if not isinstance(value, Decimal) or not _is_payable(value):
        return 0
    return int(value) if value >= 0 and value == value.to_integral_value() else 0
