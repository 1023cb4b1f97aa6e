"""Which imported documents are to be read, in DynamoDB; and which look like each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.aws.errors import CONDITION_FAILED, aws_errors_translated
from shared.aws.stores.reading_job_rows import to_scan
from shared.aws.stores.tables import ScanRow, bind
from shared.domain.errors import ScanChanged
from shared.domain.reading_jobs import Likeness, Scan, ScanStatus
from shared.domain.timestamps import optional_iso, to_iso

_SWEPT_AT_ONCE = 1000


class ScanStore:
    """Reads are consistent but for `due`. Every method raises AwsUnavailable besides what it names.

    Who writes has read the scan as it is, or raises ScanChanged: two readings of one document that meet
    are told apart by who notes first.
    """

    def __init__(self, table_name: str) -> None:
        bind(ScanRow, table_name)

    def get(self, user_id: str, expense_id: str) -> Scan | None:
        """The scan as it is now."""
        with aws_errors_translated():
            try:
                return to_scan(ScanRow.get(user_id, expense_id, consistent_read=True))
            except DoesNotExist:
                return None

    def due(self, bucket: str, now: datetime) -> list[tuple[str, str]]:
        """The users and expenses of one bucket for which it may be time; the index lags."""
        with aws_errors_translated():
            rows = ScanRow.due.query(bucket, ScanRow.next_try <= to_iso(now), limit=_SWEPT_AT_ONCE)
            return [(row.user_id, row.expense_id) for row in rows]

    def note(self, scan: Scan, until: datetime) -> Scan:
        """Note that its document is about to be opened, by nobody else until then. Raises ScanChanged."""
        return self._write(
            scan,
            replace(scan, noted=scan.noted + 1, next_try=until),
            [ScanRow.noted.set(scan.noted + 1), ScanRow.next_try.set(to_iso(until))],
        )

    def retry_later(self, scan: Scan, next_try: datetime, reason: str) -> Scan:
        """It failed by no fault of the document; nobody died of it. Raises ScanChanged."""
        return self._write(
            scan,
            replace(scan, tries=scan.tries + 1, noted=0, next_try=next_try, reason=reason),
            [
                ScanRow.tries.set(scan.tries + 1),
                ScanRow.noted.remove(),
                ScanRow.next_try.set(to_iso(next_try)),
                ScanRow.reason.set(reason),
            ],
        )

    def note_death(self, scan: Scan, next_try: datetime) -> Scan:
        """What read it died of the document, which stays noted. Raises ScanChanged."""
        actions: list[Action] = [ScanRow.next_try.set(to_iso(next_try)), ScanRow.reason.set("died")]
        return self._write(scan, replace(scan, next_try=next_try, reason="died"), actions)

    def keep_job(self, scan: Scan, job_id: str, next_try: datetime) -> Scan:
        """An analysis is under way elsewhere, to be asked for then; empty: none. Raises ScanChanged."""
        actions: list[Action] = [
            ScanRow.job_id.set(job_id) if job_id else ScanRow.job_id.remove(),
            ScanRow.noted.remove(),
            ScanRow.next_try.set(to_iso(next_try)),
        ]
        return self._write(scan, replace(scan, job_id=job_id, noted=0, next_try=next_try), actions)

    def move_on(self, scan: Scan, next_try: datetime) -> Scan:
        """Ring for it again only then. Raises ScanChanged."""
        return self._write(scan, replace(scan, next_try=next_try), [ScanRow.next_try.set(to_iso(next_try))])

    def register(self, scan: Scan, likeness: Likeness) -> None:
        """Have other documents that look like this one find it. Raises ScanChanged."""
        actions: list[Action] = [ScanRow.likeness.set(likeness.key)]
        if likeness.merchant:
            actions.append(ScanRow.merchant.set(likeness.merchant))
        if likeness.currency:
            actions.append(ScanRow.currency.set(likeness.currency))
        self._write(scan, scan, actions)

    def alike(self, scan: Scan, likeness: Likeness) -> dict[str, Likeness]:
        """The user's other expenses of the same day and amount, by id."""
        with aws_errors_translated():
            rows = list(
                ScanRow.likeness_index.query(
                    scan.user_id, ScanRow.likeness == likeness.key, consistent_read=True
                )
            )
        return {
            row.expense_id: replace(likeness, merchant=row.merchant or "", currency=row.currency or "")
            for row in rows
            if row.expense_id != scan.expense_id
        }

    def finish(self, scan: Scan, status: ScanStatus, reason: str, at: datetime) -> Scan:
        """It is over. Raises ScanChanged."""
        actions: list[Action] = [
            ScanRow.status.set(status.value),
            ScanRow.finished_at.set(to_iso(at)),
            ScanRow.next_try.remove(),
            ScanRow.bucket.remove(),
            ScanRow.noted.remove(),
            ScanRow.job_id.remove(),
            ScanRow.reason.set(reason) if reason else ScanRow.reason.remove(),
        ]
        finished = replace(
            scan, status=status, finished_at=at, next_try=None, noted=0, job_id="", reason=reason
        )
        return self._write(scan, finished, actions)

    @staticmethod
    def _write(scan: Scan, changed: Scan, actions: list[Action]) -> Scan:
        with aws_errors_translated():
            try:
                ScanRow(scan.user_id, scan.expense_id).update(actions, condition=_is_as_read(scan))
            except UpdateError as error:
                if error.cause_response_code == CONDITION_FAILED:
                    raise ScanChanged(scan.expense_id) from error
                raise
        return changed


def _is_as_read(scan: Scan) -> Condition:
    """Every change of what matters moves `next_try`, and so does every reading that is begun."""
    waits: Condition = ScanRow.status == ScanStatus.WAITING.value
    is_as_read: Condition = waits & (ScanRow.next_try == (optional_iso(scan.next_try) or ""))
    return is_as_read
