"""Which imported documents are to be read, in DynamoDB; and which look like each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.aws.errors import CONDITION_FAILED, aws_errors_translated
from shared.aws.stores.reading_job_rows import to_reading_job
from shared.aws.stores.tables import ReadingJobRow, bind
from shared.domain.errors import ReadingJobChanged
from shared.domain.reading_jobs import Likeness, ReadingFailure, ReadingJob, ReadingJobStatus
from shared.domain.timestamps import optional_iso, to_iso

_SWEPT_AT_ONCE = 1000


class ReadingJobStore:
    """Reads are consistent but for `due`. Every method raises AwsUnavailable besides what it names.

    Who writes has read the job as it is, or raises ReadingJobChanged: two readings of one document that meet
    are told apart by who notes first.
    """

    def __init__(self, table_name: str) -> None:
        bind(ReadingJobRow, table_name)

    def get(self, user_id: str, expense_id: str) -> ReadingJob | None:
        """The job as it is now."""
        with aws_errors_translated():
            try:
                return to_reading_job(ReadingJobRow.get(user_id, expense_id, consistent_read=True))
            except DoesNotExist:
                return None

    def due(self, bucket: str, now: datetime) -> list[tuple[str, str]]:
        """The users and expenses of one bucket for which it may be time; the index lags."""
        with aws_errors_translated():
            rows = ReadingJobRow.due.query(
                bucket, ReadingJobRow.next_try <= to_iso(now), limit=_SWEPT_AT_ONCE
            )
            return [(row.user_id, row.expense_id) for row in rows]

    def note(self, job: ReadingJob, until: datetime) -> ReadingJob:
        """Note that its document is about to be opened, by nobody else until then.

        Raises ReadingJobChanged.
        """
        return self._write(
            job,
            replace(job, attempts_started=job.attempts_started + 1, next_try=until),
            [
                ReadingJobRow.attempts_started.set(job.attempts_started + 1),
                ReadingJobRow.next_try.set(to_iso(until)),
            ],
        )

    def retry_later(self, job: ReadingJob, next_try: datetime, detail: str) -> ReadingJob:
        """It failed by no fault of the document; nobody died of it. Raises ReadingJobChanged."""
        return self._write(
            job,
            replace(
                job,
                tries=job.tries + 1,
                attempts_started=0,
                next_try=next_try,
                reason=ReadingFailure.TRY_AGAIN,
                detail=detail,
            ),
            [
                ReadingJobRow.tries.set(job.tries + 1),
                ReadingJobRow.attempts_started.remove(),
                ReadingJobRow.next_try.set(to_iso(next_try)),
                ReadingJobRow.reason.set(ReadingFailure.TRY_AGAIN.value),
                ReadingJobRow.detail.set(detail),
            ],
        )

    def note_death(self, job: ReadingJob, next_try: datetime) -> ReadingJob:
        """What read it died of the document, which stays noted. Raises ReadingJobChanged."""
        actions: list[Action] = [
            ReadingJobRow.next_try.set(to_iso(next_try)),
            ReadingJobRow.reason.set(ReadingFailure.READER_DIED.value),
        ]
        return self._write(job, replace(job, next_try=next_try, reason=ReadingFailure.READER_DIED), actions)

    def keep_analysis(self, job: ReadingJob, analysis_id: str, next_try: datetime) -> ReadingJob:
        """An analysis is under way elsewhere, to be asked for then; empty: none. Raises ReadingJobChanged."""
        actions: list[Action] = [
            ReadingJobRow.analysis_id.set(analysis_id) if analysis_id else ReadingJobRow.analysis_id.remove(),
            ReadingJobRow.attempts_started.remove(),
            ReadingJobRow.next_try.set(to_iso(next_try)),
        ]
        return self._write(
            job, replace(job, analysis_id=analysis_id, attempts_started=0, next_try=next_try), actions
        )

    def move_on(self, job: ReadingJob, next_try: datetime) -> ReadingJob:
        """Ring for it again only then. Raises ReadingJobChanged."""
        return self._write(
            job, replace(job, next_try=next_try), [ReadingJobRow.next_try.set(to_iso(next_try))]
        )

    def register(self, job: ReadingJob, likeness: Likeness) -> None:
        """Have other documents that look like this one find it. Raises ReadingJobChanged."""
        actions: list[Action] = [ReadingJobRow.likeness.set(likeness.key)]
        if likeness.merchant:
            actions.append(ReadingJobRow.merchant.set(likeness.merchant))
        if likeness.currency:
            actions.append(ReadingJobRow.currency.set(likeness.currency))
        self._write(job, job, actions)

    def alike(self, job: ReadingJob, likeness: Likeness) -> dict[str, Likeness]:
        """The user's other expenses of the same day and amount, by id."""
        with aws_errors_translated():
            rows = list(
                ReadingJobRow.likeness_index.query(
                    job.user_id, ReadingJobRow.likeness == likeness.key, consistent_read=True
                )
            )
        return {
            row.expense_id: replace(likeness, merchant=row.merchant or "", currency=row.currency or "")
            for row in rows
            if row.expense_id != job.expense_id
        }

    def finish(
        self,
        job: ReadingJob,
        status: ReadingJobStatus,
        reason: ReadingFailure | None,
        detail: str,
        at: datetime,
    ) -> ReadingJob:
        """It is over. Raises ReadingJobChanged."""
        actions: list[Action] = [
            ReadingJobRow.status.set(status.value),
            ReadingJobRow.finished_at.set(to_iso(at)),
            ReadingJobRow.next_try.remove(),
            ReadingJobRow.bucket.remove(),
            ReadingJobRow.attempts_started.remove(),
            ReadingJobRow.analysis_id.remove(),
            ReadingJobRow.reason.set(reason.value) if reason else ReadingJobRow.reason.remove(),
            ReadingJobRow.detail.set(detail) if detail else ReadingJobRow.detail.remove(),
        ]
        finished = replace(
            job,
            status=status,
            finished_at=at,
            next_try=None,
            attempts_started=0,
            analysis_id="",
            reason=reason,
            detail=detail,
        )
        return self._write(job, finished, actions)

    @staticmethod
    def _write(job: ReadingJob, changed: ReadingJob, actions: list[Action]) -> ReadingJob:
        with aws_errors_translated():
            try:
                ReadingJobRow(job.user_id, job.expense_id).update(actions, condition=_is_as_read(job))
            except UpdateError as error:
                if error.cause_response_code == CONDITION_FAILED:
                    raise ReadingJobChanged(job.expense_id) from error
                raise
        return changed


def _is_as_read(job: ReadingJob) -> Condition:
    """Every change of what matters moves `next_try`, and so does every reading that is begun."""
    waits: Condition = ReadingJobRow.status == ReadingJobStatus.WAITING.value
    is_as_read: Condition = waits & (ReadingJobRow.next_try == (optional_iso(job.next_try) or ""))
    return is_as_read
