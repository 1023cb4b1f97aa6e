"""What reading documents needs from the outside, as small protocols: the real ones are in `shared`."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from shared.scans import Likeness, Scan, ScanStatus


class Scans(Protocol):
    """Which documents are to be read: see `shared.aws.scan_store`. Writers may raise ScanChanged."""

    def get(self, user_id: str, expense_id: str) -> Scan | None:
        """The scan as it is now."""

    def due(self, bucket: str, now: datetime) -> list[tuple[str, str]]:
        """The users and expenses for which it may be time."""

    def note(self, scan: Scan, until: datetime) -> Scan:
        """Note that its document is about to be opened, by nobody else until then."""

    def retry_later(self, scan: Scan, next_try: datetime, reason: str) -> Scan:
        """It failed by no fault of the document."""

    def note_death(self, scan: Scan, next_try: datetime) -> Scan:
        """What read it died of the document."""

    def keep_job(self, scan: Scan, job_id: str) -> Scan:
        """An analysis of it is under way elsewhere; empty: no longer."""

    def move_on(self, scan: Scan, next_try: datetime) -> Scan:
        """Ring for it again only then."""

    def register(self, scan: Scan, likeness: Likeness) -> None:
        """Have other documents that look like this one find it."""

    def alike(self, scan: Scan, likeness: Likeness) -> dict[str, Likeness]:
        """The user's other expenses of the same day and amount, by id."""

    def finish(self, scan: Scan, status: ScanStatus, reason: str, at: datetime) -> Scan:
        """It is over."""
