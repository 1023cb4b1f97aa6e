"""Puts a file's outcome on record, exactly once for each of its visits to `Auto-Import`.

Two drains may meet over one file, and a file may come back: conditions on what is written tell these
apart, and Dropbox itself is asked where only it can know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from functions.auto_import.dropped_file import DroppedFile, KeepsChanging, StoredDocument
from functions.auto_import.filing import (
    MOST_OF_LABEL,
    is_in_auto_import,
    label_of,
    name_below_auto_import,
    target_for,
)
from functions.auto_import.import_run import ImportRun
from shared.domain.active_content import ActiveContent
from shared.domain.errors import AlreadyRecorded, ExpenseExists, FileGone, ReservationChanged
from shared.domain.expenses import (
    NewExpense,
    SupportingDocument,
    document_id_for,
    expense_id_for,
    sheet_id_for,
)
from shared.domain.imports import ImportRecord, Outcome, ReadingNote, Reservation
from shared.domain.plain_text import one_line
from shared.domain.rejections import RejectionReason

MOST_LOOKS = 5
MOST_VISITS = 1000


def record_rejection(run: ImportRun, file: DroppedFile, reason: RejectionReason) -> ImportRecord:
    """The file cannot become an expense."""
    return _record_visit(
        run, file, _record(run, file, Outcome.REJECTED, reason=reason), run.services.records.record
    )


def record_duplicate(run: ImportRun, file: DroppedFile, reservation: Reservation) -> ImportRecord:
    """The reservation's expense has this content already."""
    record = _record(run, file, Outcome.DUPLICATE, expense_id=reservation.expense_id)
    return _record_visit(run, file, record, run.services.records.record)


def record_import(
    run: ImportRun, file: DroppedFile, stored: StoredDocument, reservation: Reservation | None
) -> ImportRecord:
    """Make the expense; the reservation, if any, is that of a deleted one and is taken over.

    Where another file or drain has made the expense in the meantime, this one is its duplicate.
    """
    attempt = reservation.attempt + 1 if reservation else 1
    for _ in range(MOST_LOOKS):
        expense = _expense(run, file, stored, attempt)
        try:
            return _record_expense(run, file, expense, reservation, attempt)
        except ExpenseExists:
            attempt += 1
        except ReservationChanged:
            reservation = look_up_reservation(run, file)
            if reservation is not None and _is_duplicate_of(run, file, reservation):
                return record_duplicate(run, file, reservation)
            attempt = reservation.attempt + 1 if reservation else attempt
    raise KeepsChanging(file.remote.file_id)


def is_second(file: DroppedFile, reservation: Reservation) -> bool:
    """Whether its user wants a second expense of this very file."""
    return reservation.second_for == file.remote.file_id


def _is_duplicate_of(run: ImportRun, file: DroppedFile, reservation: Reservation) -> bool:
    if is_second(file, reservation):
        return False
    return bool(run.services.records.live_expenses([reservation.expense_id]))


def look_up_reservation(run: ImportRun, file: DroppedFile) -> Reservation | None:
    """The reservation of the file's content as it is now."""
    return run.services.records.reservations(run.user.user_id, [file.remote.content_hash]).get(
        file.remote.content_hash
    )


def _record_expense(
    run: ImportRun, file: DroppedFile, expense: NewExpense, replaced: Reservation | None, attempt: int
) -> ImportRecord:
    reservation = Reservation(
        user_id=run.user.user_id,
        content_hash=file.remote.content_hash,
        expense_id=expense.expense_id,
        attempt=attempt,
        file_id=file.remote.file_id,
    )
    active_content = expense.document.active_content
    record = _record(
        run, file, Outcome.IMPORTED, expense_id=expense.expense_id, active_content=active_content
    )
    return _record_visit(
        run,
        file,
        record,
        lambda visit: run.services.records.record_import(expense, reservation, replaced, visit),
    )


def _record_visit(
    run: ImportRun, file: DroppedFile, record: ImportRecord, write: Callable[[ImportRecord], None]
) -> ImportRecord:
    """Write under the first visit number that is free.

    One that is taken and not filed yet is this very visit, recorded by a drain that died or that runs
    beside us: what it wrote stands. One that is filed is over; then the file must truly be back.
    """
    for visit in range(1, MOST_VISITS):
        attempt = replace(record, visit=visit)
        try:
            write(attempt)
        except AlreadyRecorded:
            on_record = run.services.records.find(attempt)
            if on_record is not None and not on_record.is_filed:
                return on_record
            _ensure_still_dropped(run, file)
        else:
            return attempt
    raise KeepsChanging(file.remote.file_id)


def _ensure_still_dropped(run: ImportRun, file: DroppedFile) -> None:
    now = run.dropbox.find(file.remote.file_id)
    if now is None or not is_in_auto_import(now.path) or now.content_hash != file.remote.content_hash:
        raise FileGone(file.remote.file_id)


def _record(
    run: ImportRun,
    file: DroppedFile,
    outcome: Outcome,
    *,
    reason: RejectionReason | None = None,
    expense_id: str | None = None,
    active_content: tuple[ActiveContent, ...] = (),
) -> ImportRecord:
    now = run.services.clock()
    name = name_below_auto_import(file.remote.path)
    return ImportRecord(
        user_id=run.user.user_id,
        batch_id=file.batch_id,
        account_id=run.link.account_id,
        file_id=file.remote.file_id,
        content_hash=file.remote.content_hash,
        visit=1,
        name=name,
        size=file.remote.size,
        outcome=outcome,
        target=target_for(outcome, reason, name=name, locale=run.user.locale, now=now),
        notified_at=file.since,
        recorded_at=now,
        reason=reason,
        expense_id=expense_id,
        correlation_id=run.correlation_id,
        reading=ReadingNote.WAITING if outcome is Outcome.IMPORTED else None,
        active_content=active_content,
    )


def _expense(run: ImportRun, file: DroppedFile, stored: StoredDocument, attempt: int) -> NewExpense:
    expense_id = expense_id_for(run.user.user_id, file.remote.content_hash, attempt)
    name = one_line(file.remote.name, MOST_OF_LABEL) or "document"
    sheet = stored.sheet
    return NewExpense(
        expense_id=expense_id,
        user=run.user,
        label=label_of(name_below_auto_import(file.remote.path)),
        document=_document(document_id_for(expense_id), stored, name),
        created_at=run.services.clock(),
        sheet=_document(sheet_id_for(expense_id), sheet, f"{name}.pdf") if sheet else None,
    )


def _document(document_id: str, stored: StoredDocument, name: str) -> SupportingDocument:
    return SupportingDocument(
        document_id=document_id,
        s3_key=stored.s3_key,
        sha256=stored.sha256,
        name=name,
        content_type=stored.content_type,
        size=stored.size,
        active_content=stored.active_content,
    )
