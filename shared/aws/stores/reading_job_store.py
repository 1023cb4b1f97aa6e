"""Which imported documents are to be read, in DynamoDB; and which look like each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.stores.batch_counts import COUNT, add_reading, count_no_more, counts_are_right
from shared.aws.stores.import_rows import COUNTED, reading_note
from shared.aws.stores.import_tables import ImportRecordRow
from shared.aws.stores.reading_job_rows import to_reading_job, to_reading_job_row
from shared.aws.stores.reading_notes import batch_of, have_unread_swept, is_note
from shared.aws.stores.reading_tables import LikenessRow, ReadingItem, ReadingJobRow
from shared.aws.stores.row_updates import differences, written
from shared.aws.stores.transactions import TransactionRefused, Writes, write_together
from shared.domain.errors import ReadingJobChanged
from shared.domain.imports import KEPT_FOR, ReadingNote
from shared.domain.reading_jobs import Likeness, ReadingFailure, ReadingJob, ReadingJobStatus
from shared.domain.timestamps import optional_iso, to_iso

_SWEPT_AT_ONCE = 1000
_JOB = "job"
_MOST_LOOKS = 5


class ReadingJobStore:
    """Reads are consistent but for `due`. Every method raises AwsUnavailable besides what it names.

    Who writes has read the job as it is, or raises ReadingJobChanged: two readings of one document that meet
    are told apart by who notes first.
    """

    def __init__(
        self, table_name: str, kept_for: timedelta = KEPT_FOR, *, import_records_table: str = ""
    ) -> None:
        """What was read looks like others for so long after the import.

        To finish, and to check counts, needs the records.
        """
        bind(ReadingItem, table_name)
        self._has_records = bool(import_records_table)
        if self._has_records:
            bind(ImportRecordRow, import_records_table)
        self._kept_for = kept_for

    def get(self, user_id: str, expense_id: str) -> ReadingJob | None:
        """The job as it is now."""
        with aws_errors_translated():
            try:
                return to_reading_job(ReadingJobRow.get(user_id, expense_id, consistent_read=True))
            except DoesNotExist:
                return None

    def due(self, bucket: str, now: datetime) -> list[tuple[str, str]]:
        """The users and expenses of one bucket for which it may be time; the index lags.

        Of a batch that is due, the documents that nobody has begun are found by the next look.
        """
        with aws_errors_translated():
            rows = ReadingItem.due.query(bucket, ReadingJobRow.next_try <= to_iso(now), limit=_SWEPT_AT_ONCE)
            keys = [(row.user_id, row.expense_id) for row in rows]
            for user_id, key in keys:
                if is_note(key):
                    have_unread_swept(user_id, key)
                    self._check_counts(user_id, batch_of(key))
        return [(user_id, key) for user_id, key in keys if not is_note(key)]

    def _check_counts(self, user_id: str, batch_id: str) -> None:
        """Where a release that does not count has recorded or read, have the records counted themselves."""
        if self._has_records and not counts_are_right(user_id, batch_id):
            count_no_more(user_id, batch_id)

    def note(self, job: ReadingJob, until: datetime) -> ReadingJob:
        """Note that its document is about to be opened, by nobody else until then.

        Raises ReadingJobChanged.
        """
        return self._write(job, job.begun(until))

    def retry_later(self, job: ReadingJob, next_try: datetime, detail: str) -> ReadingJob:
        """It failed by no fault of the document; nobody died of it. Raises ReadingJobChanged."""
        return self._write(job, job.put_off(next_try, detail))

    def note_death(self, job: ReadingJob, next_try: datetime) -> ReadingJob:
        """What read it died of the document, which stays noted. Raises ReadingJobChanged."""
        return self._write(job, job.reader_died(next_try))

    def keep_analysis(self, job: ReadingJob, analysis_id: str, next_try: datetime) -> ReadingJob:
        """An analysis runs outside, to be asked for then; empty: none. Raises ReadingJobChanged."""
        return self._write(job, job.being_analysed(analysis_id, next_try))

    def hold_back(self, job: ReadingJob, next_try: datetime) -> ReadingJob:
        """It waits for its quota to be renewed then; the history says that a person may look at it.

        Raises ReadingJobChanged.
        """
        return self._write_with_note(job, job.held_back(next_try), ReadingNote.TO_CHECK)

    def move_on(self, job: ReadingJob, next_try: datetime) -> ReadingJob:
        """Ring for it again only then. Raises ReadingJobChanged."""
        return self._write(job, job.moved_on(next_try))

    def register(self, job: ReadingJob, likeness: Likeness) -> None:
        """Have other documents that look like this one find it.

        The job may be over by then: two readings of one document register the same.
        """
        row = LikenessRow(
            job.user_id,
            f"{_like(likeness)}{job.expense_id}",
            of=job.expense_id,
            merchant=likeness.merchant or None,
            currency=likeness.currency or None,
            ttl=int((job.since + self._kept_for).timestamp()),
        )
        with aws_errors_translated():
            row.save()

    def alike(self, job: ReadingJob, likeness: Likeness) -> dict[str, Likeness]:
        """The user's other expenses of the same day and amount, by id."""
        with aws_errors_translated():
            rows = list(
                LikenessRow.query(
                    job.user_id, LikenessRow.expense_id.startswith(_like(likeness)), consistent_read=True
                )
            )
        return {
            row.of: replace(likeness, merchant=row.merchant or "", currency=row.currency or "")
            for row in rows
            if row.of != job.expense_id
        }

    def finish(
        self,
        job: ReadingJob,
        status: ReadingJobStatus,
        reason: ReadingFailure | None,
        detail: str,
        at: datetime,
        *,
        note: ReadingNote = ReadingNote.READ,
    ) -> ReadingJob:
        """It is over, and the history of the import says so, all or nothing. Raises ReadingJobChanged."""
        return self._write_with_note(job, job.finished(status, reason, detail, at), note)

    def _write_with_note(self, job: ReadingJob, changed: ReadingJob, note: ReadingNote) -> ReadingJob:
        is_counted = True
        with aws_errors_translated():
            for _ in range(_MOST_LOOKS):
                record = _record_of(job)
                if record is None:
                    break  # The history is not there any more.
                try:
                    write_together(partial(_add_all, job, changed, record, note, is_counted=is_counted))
                except TransactionRefused as refusal:
                    if _JOB in refusal.parts:
                        raise ReadingJobChanged(job.expense_id) from refusal
                    if COUNT in refusal.parts:
                        count_no_more(record.user_id, record.batch_id)
                        is_counted = False
                else:
                    return changed
        return self._write(job, changed)

    def _write(self, job: ReadingJob, changed: ReadingJob) -> ReadingJob:
        self._update(job, _changes(job, changed))
        return changed

    @staticmethod
    def _update(job: ReadingJob, actions: list[Action]) -> None:
        with aws_errors_translated():
            try:
                ReadingJobRow(job.user_id, job.expense_id).update(actions, condition=_is_as_read(job))
            except UpdateError as error:
                if error_code(error) == CONDITION_FAILED:
                    raise ReadingJobChanged(job.expense_id) from error
                raise


def _record_of(job: ReadingJob) -> ImportRecordRow | None:
    """What the note and its count need of the import's record."""
    if not job.visit_key:
        return None
    try:
        return ImportRecordRow.get(
            job.user_id, job.visit_key, consistent_read=True, attributes_to_get=COUNTED
        )
    except DoesNotExist:
        return None


def _add_all(
    job: ReadingJob,
    changed: ReadingJob,
    record: ImportRecordRow,
    note: ReadingNote,
    writes: Writes,
    *,
    is_counted: bool,
) -> None:
    before = reading_note(record)
    is_as_read = (
        ImportRecordRow.reading == before.value if before else ImportRecordRow.reading.does_not_exist()
    )
    writes.update(_JOB, ReadingJobRow(job.user_id, job.expense_id), _changes(job, changed), _is_as_read(job))
    writes.update(
        "record",
        ImportRecordRow(job.user_id, job.visit_key),
        [ImportRecordRow.reading.set(note.value)],
        ImportRecordRow.user_id.exists() & is_as_read,
    )
    if before is not None and is_counted:
        add_reading(writes, record, before, note)


def _changes(job: ReadingJob, changed: ReadingJob) -> list[Action]:
    before, after = to_reading_job_row(job), to_reading_job_row(changed)
    # Of a job that nobody has begun yet the bucket may be missing: it waited by its batch's note.
    is_known = ["bucket"] if after.bucket else []
    return [*differences(before, after), *written(after, is_known)]


def _like(likeness: Likeness) -> str:
    """What the keys of what looks like that begin with; no expense is called so."""
    return f"like#{likeness.key}#"


def _is_as_read(job: ReadingJob) -> Condition:
    """Every change of what matters moves `next_try`, and so does every reading that is begun."""
    waits: Condition = ReadingJobRow.status == ReadingJobStatus.WAITING.value
    is_as_read: Condition = waits & (ReadingJobRow.next_try == (optional_iso(job.next_try) or ""))
    return is_as_read
