"""Words the receipt of a batch as an answer of the API, in the user's language."""

from __future__ import annotations

from functions.page_api.imports.batch_answers import batch
from functions.page_api.imports.present_expenses import OwnExpenses
from functions.page_api.imports.show_receipt import BatchReceipt, reading_shown
from functions.page_api.schemas import receipts as schemas
from functions.page_api.schemas.expenses import ExpenseNow, values_of
from functions.page_api.schemas.imports import RejectedBecause, WaitsBecause
from functions.page_api.texts import sentence
from shared.domain.imports import ImportRecord, WaitingFile
from shared.texts.rejections import sentence as rejection_sentence


def receipt(shown: BatchReceipt, locale: str) -> schemas.Receipt:
    """A page of it."""
    waiting = [_waiting_line(file, locale) for file in shown.waiting_files]
    return schemas.Receipt(
        batch=batch(shown.counts),
        waiting=shown.waiting,
        made_at=shown.made_at,
        lines=[*waiting, *(_line(file, shown.expenses, locale) for file in shown.files)],
        cursor=shown.cursor,
    )


def _waiting_line(file: WaitingFile, locale: str) -> schemas.ReceiptLine:
    return schemas.ReceiptLine(
        name=file.name,
        outcome="waiting",
        reason=WaitsBecause(code=file.reason, message=sentence(file.reason, locale)),
        at=file.since,
        content_hash=file.content_hash,
        expenses=[],
    )


def _line(file: ImportRecord, expenses: OwnExpenses, locale: str) -> schemas.ReceiptLine:
    return schemas.ReceiptLine(
        name=file.name,
        outcome=file.outcome.value,
        reason=_rejected_because(file, locale),
        at=file.recorded_at,
        size=file.size,
        content_hash=file.content_hash,
        filed_as=file.filed_as.lstrip("/") if file.filed_as else None,
        retry=file.retry,
        expenses=[_expense(expense_id, expenses) for expense_id in file.expense_ids],
    )


def _rejected_because(file: ImportRecord, locale: str) -> RejectedBecause | None:
    if file.reason is None:
        return None
    return RejectedBecause(code=file.reason, message=rejection_sentence(file.reason, locale))


def _expense(expense_id: str, expenses: OwnExpenses) -> schemas.ReceiptExpense:
    found = expenses.get(expense_id)
    if found is None:
        return schemas.ReceiptExpense(expense_id=expense_id)
    pages = [page + 1 for page in found.reading.part_pages] if found.reading else []
    return schemas.ReceiptExpense(
        expense_id=expense_id,
        pages=pages or None,
        reading=reading_shown(found),
        expense=ExpenseNow(**values_of(found)),
    )
