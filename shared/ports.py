"""What several functions ask of the outside. The adapters behind it are in `shared.aws`.

A protocol stands where a test or a second implementation stands in; a single method is a callable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, Unpack

from shared.domain.imports import ReadingNote

# Who rings for a drain would load what the readings and the host's events are made of.
if TYPE_CHECKING:
    from shared.domain.expenses import Company, User
    from shared.domain.filing.choices import FilingChoice
    from shared.domain.host_events import HostEvent
    from shared.domain.links import Backfill, Batch, Link, LinkChanges, Purpose, Space
    from shared.domain.reading_jobs import Likeness, ReadingFailure, ReadingJob, ReadingJobStatus
    from shared.doorbells.messages import AnyDoorbell
    from shared.doorbells.reading_messages import ReadingDoorbell

Ring = Callable[["AnyDoorbell"], None]
"""Has a drain look at an account or a company. Raises AwsUnavailable. See `DoorbellQueue.ring`."""
RingForReadings = Callable[[Sequence["ReadingDoorbell"]], None]
"""Has these expenses' documents read. Raises AwsUnavailable. See `ReadingQueue.ring`."""
SendEvents = Callable[[Sequence["HostEvent"]], None]
"""Sends the host all of them. Raises AwsUnavailable. See `EventBus.send`."""
FindUser = Callable[[str], "User | None"]
"""The host's user of that id, if there is one. Raises AwsUnavailable. See `UserDirectory.get`."""
FindCompany = Callable[[str], "Company | None"]
"""The host's company of that id, if there is one. Raises AwsUnavailable. See `CompanyDirectory.get`."""


class Links(Protocol):
    """The links: see `shared.aws.stores.link_store`. Every method may raise AwsUnavailable."""

    def get(self, link_id: str) -> Link | None:
        """The link as it is now."""

    def find_by_account(self, account_id: str, purpose: Purpose) -> Link | None:
        """The live link of a Dropbox account."""

    def is_everything_paused(self) -> bool:
        """Whether the operator has paused all links."""

    def update(self, link: Link, **changes: Unpack[LinkChanges]) -> Link:
        """Raises LinkChanged where the link is of another generation."""

    def note_missed_notification(self, at: datetime) -> None:
        """Note that a link had files which Dropbox had not rung for."""

    def unlink(self, link: Link, *, by: str, at: datetime) -> Link:
        """End it, leaving its token to be revoked; one that has ended stays so. Raises LinkChanged."""

    def take_over(self, link: Link, *, by: str, at: datetime) -> Link:
        """Have another administrator answer for it, under the next generation. Raises LinkChanged."""

    def choose_space(self, link: Link, space: Space, *, by: str, at: datetime) -> Link:
        """Have what comes from now on filed there, under the next generation. Raises LinkChanged."""

    def choose_filing(self, link: Link, choice: FilingChoice, *, by: str, at: datetime) -> Link:
        """Have what comes from now on filed so, under the next generation. Raises LinkChanged."""

    def open_batch(self, link: Link, batch: Batch) -> Link:
        """The link with this batch, or with one that another drain has opened in the meantime."""

    def note_announced(self, link: Link, batch: Batch) -> Link:
        """Note which counts of the link's batch were sent. Raises LinkChanged where it has another by now."""

    def request_backfill(self, link: Link, backfill: Backfill) -> Link:
        """Raises LinkChanged where the link is not as it was read."""

    def progress_backfill(self, link: Link, backfill: Backfill) -> Link:
        """The link with this progress, or with the newer request in its place. Raises LinkChanged."""

    def note_unannounced(self, link: Link, since: datetime) -> datetime:
        """Note that events are outstanding since then, or since the instant noted already."""


class ReadingJobs(Protocol):
    """Reading jobs: see `shared.aws.stores.reading_job_store`. Writers may raise ReadingJobChanged."""

    def get(self, user_id: str, expense_id: str) -> ReadingJob | None:
        """The job as it is now."""

    def due(self, bucket: str, now: datetime) -> list[tuple[str, str]]:
        """The users and expenses for which it may be time; the index lags."""

    def note(self, job: ReadingJob, until: datetime) -> ReadingJob:
        """Note that its document is about to be opened, by nobody else until then."""

    def retry_later(self, job: ReadingJob, next_try: datetime, detail: str) -> ReadingJob:
        """It failed by no fault of the document."""

    def note_death(self, job: ReadingJob, next_try: datetime) -> ReadingJob:
        """What read it died of the document."""

    def keep_analysis(self, job: ReadingJob, analysis_id: str, next_try: datetime) -> ReadingJob:
        """An analysis is under way, to be asked for then; empty: none any more."""

    def hold_back(self, job: ReadingJob, next_try: datetime) -> ReadingJob:
        """It waits for its quota of pages to be renewed then."""

    def move_on(self, job: ReadingJob, next_try: datetime) -> ReadingJob:
        """Ring for it again only then."""

    def register(self, job: ReadingJob, likeness: Likeness) -> None:
        """Have other documents that look like this one find it."""

    def alike(self, job: ReadingJob, likeness: Likeness) -> dict[str, Likeness]:
        """The user's other expenses of the same day and amount, by id."""

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
        """It is over, and the import's record says `note`."""
