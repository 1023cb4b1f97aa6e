"""The import's records in DynamoDB: reservations, records, waiting files, and the expenses they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from pynamodb.exceptions import DoesNotExist, PutError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.host.expense_rows import ExpenseRow, to_expense_row
from shared.aws.stores.batch_counts import BatchCounts, recorded_tally
from shared.aws.stores.filing_notes import FilingNotes
from shared.aws.stores.import_rows import (
    file_key,
    retry_key,
    to_import_record,
    to_import_record_row,
    to_outstanding,
    to_reservation,
    to_reservation_row,
    to_waiting_row,
)
from shared.aws.stores.import_tables import (
    ImportRecordRow,
    ReservationRow,
    RetryRequestRow,
    WaitingFileRow,
    WaitingItem,
)
from shared.aws.stores.reading_job_rows import to_reading_job_row
from shared.aws.stores.reading_notes import ReadingNotes
from shared.aws.stores.reading_tables import ReadingItem, ReadingJobRow
from shared.aws.stores.rejected_records import RejectedRecords
from shared.aws.stores.transactions import TransactionRefused, Writes, transaction, write_together
from shared.domain.errors import AlreadyRecorded, ExpenseExists, IntegrationError, ReservationChanged
from shared.domain.expenses import ExpenseStatus, NewExpense
from shared.domain.imports import (
    KEPT_FOR,
    ImportRecord,
    Outstanding,
    Reservation,
    Retry,
    RetryRequest,
    WaitingFile,
)
from shared.domain.reading_jobs import ReadingFailure, ReadingJob, new_reading_job
from shared.domain.tallies import BatchTally
from shared.domain.timestamps import Clock, utc_now

# The parts of a transaction, by which a refusal is told.
_EXPENSE, _RESERVATION, _RECORD = "expense", "reservation", "record"
_RETRY_REQUEST = "retry request"


class ImportStore(RejectedRecords):
    """All reads are consistent. Every method raises AwsUnavailable besides what it names."""

    def __init__(
        self,
        *,
        reservations_table: str,
        import_records_table: str,
        waiting_files_table: str,
        expenses_table: str,
        reading_jobs_table: str,
        kept_for: timedelta = KEPT_FOR,
        clock: Clock = utc_now,
    ) -> None:
        """Records are kept so long."""
        bind(ReservationRow, reservations_table)
        bind(ImportRecordRow, import_records_table)
        bind(WaitingItem, waiting_files_table)
        bind(ExpenseRow, expenses_table)
        bind(ReadingItem, reading_jobs_table)
        self._kept_for = kept_for
        self._clock = clock
        self._filing = FilingNotes()
        self._reading = ReadingNotes()
        self._counts = BatchCounts(kept_for)

    def reservations(self, user_id: str, content_hashes: Iterable[str]) -> dict[str, Reservation]:
        """The reservations of these contents, by content hash."""
        keys = [(user_id, content_hash) for content_hash in set(content_hashes)]
        with aws_errors_translated():
            rows = list(ReservationRow.batch_get(keys, consistent_read=True)) if keys else []
        return {row.content_hash: to_reservation(row) for row in rows}

    def live_expenses(self, expense_ids: Iterable[str]) -> set[str]:
        """Those of these expenses that exist and are not deleted."""
        ids = list(set(expense_ids))
        with aws_errors_translated():
            # No more than is needed: what the host keeps besides may be of any form.
            needed = ["expense_id", "status"]
            rows = list(ExpenseRow.batch_get(ids, True, needed)) if ids else []
        return {row.expense_id for row in rows if row.status != ExpenseStatus.DELETED.value}

    def record_import(
        self,
        expense: NewExpense,
        reservation: Reservation,
        replaced: Reservation | None,
        record: ImportRecord,
    ) -> None:
        """Make the expense, its reservation and the record, all or none; its document is to be read.

        That is noted before: a note whose expense never came to be is found not to be wanted. Raises
        AlreadyRecorded, ReservationChanged (also where `replaced`, the reservation of a deleted expense, is
        not the one there), ExpenseExists; in this order where several hold.
        """
        with aws_errors_translated():
            self._filing.note(record)
            self._reading.note(record)
            self._have_read(
                new_reading_job(reservation.user_id, expense.expense_id, record.recorded_at, record.visit_key)
            )

            def add(writes: Writes) -> None:
                writes.save(_EXPENSE, to_expense_row(expense), ExpenseRow.expense_id.does_not_exist())
                writes.save(_RESERVATION, to_reservation_row(reservation), _still_free(replaced))

            self._record_and_count(record, add)

    def record(self, record: ImportRecord) -> None:
        """Put a duplicate or a rejected file on record. Raises AlreadyRecorded."""
        with aws_errors_translated():
            self._filing.note(record)
            self._record_and_count(record, lambda _: None)

    def _record_and_count(self, record: ImportRecord, add: Callable[[Writes], None]) -> None:
        """Write the record and count it with what is added, all or nothing."""
        place = self._counts.place_of(record)
        row = to_import_record_row(record, self._kept_for)
        row.counted_in = place.key

        def add_all(writes: Writes) -> None:
            add(writes)
            writes.save(_RECORD, row, ImportRecordRow.user_id.does_not_exist())
            self._counts.add(writes, record, place)

        with self._counts.writing(place):
            try:
                write_together(add_all)
            except TransactionRefused as refusal:
                raise _error_for(refusal) from refusal

    def _have_read(self, job: ReadingJob) -> None:
        """What is noted already stays, unless it was given up because there was no expense yet.

        It enters the sweep's index when it is begun, or when its batch is looked through.
        """
        row = to_reading_job_row(job, self._kept_for)
        row.bucket = None
        was_given_up = ReadingJobRow.reason == ReadingFailure.NOT_WANTED.value
        try:
            row.save(ReadingJobRow.user_id.does_not_exist() | was_given_up)
        except PutError as error:
            if error_code(error) != CONDITION_FAILED:
                raise
            # Its end is to be noted at the visit that makes the expense, which may be a later one.
            row.update([ReadingJobRow.visit_key.set(job.visit_key)])

    def find(self, record: ImportRecord) -> ImportRecord | None:
        """What is on record for the same visit of the same file."""
        with aws_errors_translated():
            try:
                row = ImportRecordRow.get(record.user_id, record.visit_key, consistent_read=True)
            except DoesNotExist:
                return None
        return to_import_record(row)

    def count(self, user_id: str, batch_id: str) -> int:
        """How many files of a batch are recorded."""
        with aws_errors_translated():
            return ImportRecordRow.count(
                user_id, ImportRecordRow.visit_key.startswith(f"{batch_id}#"), consistent_read=True
            )

    def tally(self, user_id: str, batch_id: str) -> BatchTally:
        """How the files of a batch ended so far."""
        with aws_errors_translated():
            return recorded_tally(user_id, batch_id)

    def unfiled(self, user_id: str, account_id: str) -> list[ImportRecord]:
        """The account's recorded files that are not verified to have left `Auto-Import`, oldest first."""
        found: list[ImportRecord] = []
        with aws_errors_translated():
            for note in self._filing.of_account(user_id, account_id):
                rows = list(
                    ImportRecordRow.query(
                        user_id,
                        ImportRecordRow.visit_key.startswith(f"{note.batch_id}#"),
                        ImportRecordRow.unfiled == account_id,
                        consistent_read=True,
                    )
                )
                found += map(to_import_record, rows)
                if not rows:
                    self._filing.forget(note, self._clock())
        return sorted(found, key=lambda record: record.recorded_at)

    def mark_filed(self, record: ImportRecord, filed_as: str | None) -> None:
        """Note where the file was verified to lie; None where it is gone or has newer content."""
        actions: list[Action] = [ImportRecordRow.unfiled.remove()]
        if filed_as is not None:
            actions.append(ImportRecordRow.filed_as.set(filed_as))
        with aws_errors_translated():
            ImportRecordRow(record.user_id, record.visit_key).update(
                actions, condition=ImportRecordRow.user_id.exists()
            )

    def outstanding(self, user_id: str, account_id: str) -> Outstanding:
        """The account's files that wait for another try, and the requests to have some tried again."""
        with aws_errors_translated():
            rows = list(
                WaitingItem.query(
                    user_id, WaitingItem.file_key.startswith(f"{account_id}#"), consistent_read=True
                )
            )
        return to_outstanding(rows)

    def grant_retry(self, request: RetryRequest, retry: Retry) -> None:
        """Note what became of the request, which is over with it.

        Where the history is not there any more, only the request is forgotten.
        """
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    writes.delete(_RETRY_REQUEST, RetryRequestRow(request.user_id, retry_key(request)))
                    writes.update(
                        _RECORD,
                        ImportRecordRow(request.user_id, request.visit_key),
                        [ImportRecordRow.retry.set(retry.value)],
                        ImportRecordRow.user_id.exists(),
                    )
            except TransactionRefused:
                RetryRequestRow(request.user_id, retry_key(request)).delete()

    def note_gone(self, record: ImportRecord) -> None:
        """Its user has taken the rejected file away, unless they have dealt with it otherwise by now."""
        with aws_errors_translated():
            try:
                ImportRecordRow(record.user_id, record.visit_key).update(
                    [ImportRecordRow.retry.set(Retry.GONE.value), ImportRecordRow.rejected.remove()],
                    condition=ImportRecordRow.rejected.exists(),
                )
            except UpdateError as error:
                if error_code(error) != CONDITION_FAILED:
                    raise

    def save_waiting(self, waiting: WaitingFile) -> None:
        """Note that the file waits, or how often it has by now."""
        with aws_errors_translated():
            to_waiting_row(waiting).save()

    def forget_waiting(self, files: Sequence[WaitingFile]) -> None:
        """These files are recorded and moved, or no longer there."""
        with aws_errors_translated():
            for waiting in files:
                WaitingFileRow(waiting.user_id, file_key(waiting)).delete()


def _still_free(replaced: Reservation | None) -> Condition:
    if replaced is None:
        return ReservationRow.user_id.does_not_exist()
    same: Condition = (ReservationRow.expense_id == replaced.expense_id) & (
        ReservationRow.attempt == replaced.attempt
    )
    return same


def _error_for(refusal: TransactionRefused) -> IntegrationError:
    if _RECORD in refusal.parts:
        return AlreadyRecorded()
    if _RESERVATION in refusal.parts:
        return ReservationChanged()
    return ExpenseExists()
