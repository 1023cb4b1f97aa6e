"""Words what became of files as answers of the API, in the user's language."""

from __future__ import annotations

from collections.abc import Sequence

from functions.page_api.cursors import to_id
from functions.page_api.imports.batch_answers import batch
from functions.page_api.imports.list_batches import ListedBatches
from functions.page_api.imports.list_files import ListedFiles
from functions.page_api.imports.present_expenses import OwnExpenses
from functions.page_api.imports.split_file import is_offered
from functions.page_api.schemas import imports as schemas
from functions.page_api.schemas.expenses import ReadExpense, Reading, values_of
from functions.page_api.texts import sentence, warning
from shared.domain.active_content import ActiveContent
from shared.domain.backlogs import is_stuck
from shared.domain.host_expenses import FILLABLE, FoundPart, HostExpense
from shared.domain.imports import ImportRecord, Outcome, WaitingFile
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.rejections import RejectionReason
from shared.domain.timestamps import Clock
from shared.texts.rejections import sentence as rejection_sentence


def batches(listed: ListedBatches) -> schemas.Batches:
    """A page of batches."""
    return schemas.Batches(batches=[batch(counts) for counts in listed.batches], cursor=listed.cursor)


def files(listed: ListedFiles, locale: str) -> schemas.Files:
    """A page of recorded files."""
    return schemas.Files(
        files=[_file(file, listed.expenses, locale) for file in listed.files],
        cursor=listed.cursor,
    )


def waiting_files(waiting: tuple[WaitingFile, ...], locale: str, clock: Clock) -> schemas.WaitingFiles:
    """The files that wait."""
    return schemas.WaitingFiles(files=[_waiting_file(file, locale, clock) for file in waiting])


def _file(file: ImportRecord, expenses: OwnExpenses, locale: str) -> schemas.File:
    expense = expenses.get(file.expense_id or "")
    return schemas.File(
        id=to_id(file.visit_key),
        batch_id=file.batch_id,
        name=file.name,
        size=file.size,
        outcome=file.outcome,
        reason=_rejected_because(file.reason, locale) if file.reason else None,
        expense_id=file.expense_id,
        expense=_read_expense(expense) if expense else None,
        filed_as=file.filed_as.lstrip("/") if file.filed_as else None,
        settled_at=file.recorded_at,
        seconds=file.seconds,
        retry=file.retry,
        can_retry=file.may_be_retried,
        can_keep=file.may_be_kept and expense is not None,
        same_as=_same_as(file, expense, expenses),
        documents=_documents(file, expense, expenses),
        can_split=expense is not None and is_offered(file, expense),
        active_content=_active_content(file.active_content, locale) if file.active_content else None,
    )


def _documents(
    file: ImportRecord, expense: HostExpense | None, expenses: OwnExpenses
) -> list[schemas.DocumentInFile] | None:
    """The expenses that a file was split into, or those that it would be."""
    if file.split_into > 1:
        split = [(expense_id, expenses.get(expense_id)) for expense_id in file.expense_ids]
        return [_document_of_own(expense_id, found) for expense_id, found in split]
    found = expense.reading.parts if expense and expense.reading and is_offered(file, expense) else ()
    return [_document_to_be(part) for part in found] or None


def _document_of_own(expense_id: str, expense: HostExpense | None) -> schemas.DocumentInFile:
    reading = expense.reading if expense else None
    return schemas.DocumentInFile(
        pages=_as_people_count(reading.part_pages if reading else ()),
        expense_id=expense_id if expense else None,
        expense=_read_expense(expense) if expense else None,
    )


def _document_to_be(part: FoundPart) -> schemas.DocumentInFile:
    return schemas.DocumentInFile(
        pages=_as_people_count(part.pages), expense=ReadExpense.model_validate(dict(part.values))
    )


def _as_people_count(pages: Sequence[int]) -> list[int]:
    return [page + 1 for page in pages]


def _active_content(kinds: tuple[ActiveContent, ...], locale: str) -> schemas.ActiveContentFound:
    return schemas.ActiveContentFound(kinds=list(kinds), message=warning(kinds, locale))


def _same_as(file: ImportRecord, expense: HostExpense | None, expenses: OwnExpenses) -> schemas.SameAs | None:
    """A duplicate is the same as its expense; an imported file may be the same as another's."""
    other = expense
    if file.outcome is not Outcome.DUPLICATE:
        found = expense.reading if expense else None
        other = expenses.get(found.possible_duplicate_of or "") if found else None
    if other is None:
        return None
    return schemas.SameAs(
        **values_of(other),
        expense_id=other.expense_id,
        name=other.documents[0].name if other.documents else None,
        created_at=other.created_at,
    )


def _read_expense(expense: HostExpense) -> ReadExpense:
    found = expense.reading
    # What was decided before it was read is not going to be filled in any more.
    if found is None or (found.state is ReadingJobStatus.WAITING and expense.status not in FILLABLE):
        return ReadExpense(**values_of(expense))
    reading = Reading(
        state=found.state,
        unconfirmed=list(found.unconfirmed),
        possible_duplicate_of=found.possible_duplicate_of,
        has_several_documents=found.has_several_documents,
    )
    return ReadExpense(**values_of(expense), reading=reading)


def _rejected_because(reason: RejectionReason, locale: str) -> schemas.RejectedBecause:
    return schemas.RejectedBecause(code=reason, message=rejection_sentence(reason, locale))


def _waiting_file(file: WaitingFile, locale: str, clock: Clock) -> schemas.WaitingFile:
    code = file.reason
    return schemas.WaitingFile(
        name=file.name,
        since=file.since,
        next_try=file.next_try,
        tries=file.tries,
        reason=schemas.WaitsBecause(code=code, message=sentence(code, locale)),
        is_stuck=is_stuck(file.since, clock()),
    )
