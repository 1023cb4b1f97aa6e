"""What the synchronisation needs from the outside, as small protocols: the real ones are in `shared`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from shared.domain.audit import AuditEntry
from shared.domain.cloud_files import ListedEntry, ListedPage
from shared.domain.cloud_uploads import Commit, CommitReport, CommittedFile, OutgoingDocument, SendReport
from shared.domain.deliveries import (
    Delivery,
    DeliveryKey,
    DeliveryReason,
    Found,
    Manifest,
    ManifestForm,
    Place,
)
from shared.domain.expenses import SupportingDocument
from shared.domain.host_expenses import AcceptedPage, HostExpense
from shared.domain.links import Space
from shared.domain.resends import Resend, ResendPage
from shared.domain.sharing import Access, JobState, PendingChange, Person, SharedFolder

OpenDocument = Callable[[str, SupportingDocument], OutgoingDocument]
"""A document to be sent, under the caller's key; read only then. See `DocumentStore.outgoing`."""
FolderFor = Callable[[str, str, str], str]
"""The folder pinned for a company's employee of that id and name, chosen once. See `EmployeeFolders`."""


class FolderSharing(Protocol):
    """Sharing a folder of an account: see `shared.dropbox_api.sharing`."""

    def find(self, path: str) -> str | None:
        """The sharing of the folder at a path. Raises FileGone."""

    def share(self, path: str) -> tuple[str | None, str | None]:
        """Share a folder: its sharing, or the job that ends in it. Raises SharingRefused."""

    def share_job(self, job_id: str) -> JobState:
        """How a sharing that became a job stands."""

    def add(self, shared_folder_id: str, email: str, access: Access) -> None:
        """Invite a person. Raises SharingRefused."""

    def update(self, shared_folder_id: str, email: str, access: Access) -> None:
        """Give a person other access. Raises SharingRefused."""

    def remove(self, shared_folder_id: str, email: str) -> str:
        """End a person's access: the job that does. Raises FileGone, SharingRefused."""

    def removal_job(self, job_id: str) -> JobState:
        """How that stands."""

    def unshare(self, shared_folder_id: str) -> str:
        """End a sharing: the job that does. Raises FileGone, SharingRefused."""

    def ending_job(self, job_id: str) -> JobState:
        """How that stands."""

    def people(self, shared_folder_id: str, most: int) -> tuple[list[Person], bool]:
        """Who has access, and whether there are more. Raises FileGone."""

    def find_person(self, shared_folder_id: str, email: str) -> Person | None:
        """The person of that address; None where there is none among a great many. Raises FileGone."""

    def path_of(self, shared_folder_id: str) -> str | None:
        """Where a shared folder lies."""


class Dropbox(Protocol):
    """One Dropbox account: see `shared.dropbox_api`."""

    @property
    def sharing(self) -> FolderSharing:
        """What it shares."""

    def renew_access(self) -> None:
        """Have a fresh access token where the last one ran out. Never fails: the next call tells why not."""

    def send_documents(
        self, documents: Sequence[OutgoingDocument], has_time: Callable[[], bool]
    ) -> SendReport:
        """Bring the bytes to Dropbox, as long as there is time; nothing is visible there yet."""

    def commit_documents(self, commits: Sequence[Commit]) -> CommitReport:
        """Make files of what was sent, each at its path and nowhere else."""

    def check_uploads(self) -> None:
        """Ask, without a byte, whether uploads are taken at all. Raises TransportLimitReached."""

    def upload_small(self, path: str, data: bytes, rev: str | None) -> CommittedFile:
        """Write a file: a new one, or the one of that revision. Raises PathConflict for any other."""

    def find_at(self, path: str) -> CommittedFile | None:
        """What lies at a path."""

    def list_page(self, folder: str, cursor: str | None) -> ListedPage:
        """A page of what lies below a folder. Raises FileGone, ListingReset."""

    def list_flat(self, folder: str) -> list[ListedEntry]:
        """All that lies in a folder itself, its folders too. Raises FileGone, ListingReset."""


class Deliveries(Protocol):
    """The deliveries' records: see `shared.aws.stores.delivery_store`."""

    def pending(self, company_id: str, account_id: str, until: datetime, limit: int) -> list[Delivery]:
        """Those due until then, in order of their next try."""

    def next_pending(self, company_id: str, account_id: str, limit: int) -> list[Delivery]:
        """Those that are or will be due first."""

    def delivered_in_month(self, company_id: str, account_id: str, month: str) -> list[Delivery]:
        """What a month's folder received."""

    def filed_page(self, company_id: str, cursor: str | None) -> tuple[list[Delivery], str | None]:
        """A page of all that was delivered, to any account, and the cursor of the next."""

    def of_expense(self, company_id: str, account_id: str, expense_id: str) -> list[Delivery]:
        """Those of one expense's documents."""

    def recorded_since(self, company_id: str, since: datetime) -> list[Delivery]:
        """What was delivered or failed since then."""

    def ensure(
        self,
        company_id: str,
        account_id: str,
        expense_id: str,
        document_ids: Iterable[str],
        *,
        accepted_at: datetime,
        now: datetime,
        correlation_id: str,
    ) -> int:
        """Make absent and cancelled ones pending."""

    def choose_path(self, delivery: Delivery, place: Place, candidate: int) -> Delivery:
        """Store where it is to go. Raises DeliveryNotPending."""

    def record_delivered(
        self,
        delivery: Delivery,
        *,
        place: Place,
        content_hash: str,
        sha256: str,
        space: Space | None,
        size: int | None = None,
        at: datetime,
    ) -> Delivery:
        """It is there. Raises DeliveryNotPending."""

    def record_failed(
        self, delivery: Delivery, *, reason: DeliveryReason, detail: str | None, at: datetime
    ) -> Delivery:
        """It cannot get there. Raises DeliveryNotPending."""

    def retry_later(self, delivery: Delivery, *, tries: int, next_try: datetime, detail: str) -> Delivery:
        """It waits. Raises DeliveryNotPending."""

    def note(self, delivery: Delivery) -> Delivery:
        """Leave word that it is about to be opened."""

    def cancel(self, delivery: Delivery, *, reason: DeliveryReason, at: datetime) -> Delivery:
        """Acceptance was withdrawn. Raises AcceptedAgain, DeliveryNotPending."""

    def move_to_account(self, company_id: str, account_id: str, limit: int, now: datetime) -> int:
        """Take over what is pending for other accounts; how many were taken."""


class Sharings(Protocol):
    """How folders are shared: see `shared.aws.stores.sharing_store`."""

    def of_account(self, company_id: str, account_id: str) -> list[SharedFolder]:
        """Each folder that somebody looked at or shared."""

    def put_off(self, folder: SharedFolder, pending: PendingChange) -> SharedFolder:
        """Note how far a change is. Raises SharingChanged."""

    def record_ended(self, before: SharedFolder, after: SharedFolder, entry: AuditEntry) -> None:
        """A change has come to an end. Raises SharingChanged."""

    def record_look(self, folder: SharedFolder) -> None:
        """Note what was seen."""


class Resends(Protocol):
    """What is to be sent again: see `shared.aws.stores.resend_store`."""

    def under_way(self, company_id: str, account_id: str) -> list[Resend]:
        """The requests to go on with."""

    def page(self, resend: Resend, limit: int) -> ResendPage:
        """Some of the documents that one is about, from its cursor on."""

    def progress(self, before: Resend, after: Resend) -> Resend:
        """Note how far one is. Raises ResendChanged."""

    def send_again(
        self, found: Mapping[DeliveryKey, Found], at: datetime, correlation_id: str
    ) -> set[DeliveryKey]:
        """Have these delivered again; those that will be."""

    def note_looks(self, found: Mapping[DeliveryKey, Found], at: datetime) -> set[DeliveryKey]:
        """Keep that these were looked for."""


class Manifests(Protocol):
    """Which months' manifests are to be written: see `shared.aws.stores.manifest_store`."""

    def mark_changed(self, company_id: str, account_id: str, month: str) -> None:
        """A month is about to change."""

    def changed(self, company_id: str, account_id: str) -> list[Manifest]:
        """Those that do not show everything."""

    def months(self, company_id: str, account_id: str) -> list[str]:
        """Every month that has one."""

    def choose(self, manifest: Manifest, form: ManifestForm, *, path: str, content_hash: str) -> Manifest:
        """Note what is about to be written where."""

    def uploaded(self, manifest: Manifest, form: ManifestForm, *, rev: str) -> Manifest:
        """That file is there."""

    def written(self, manifest: Manifest, *, at: datetime) -> Manifest:
        """All of it is there."""


class Expenses(Protocol):
    """The host's expenses: see `shared.aws.host.expense_reader`."""

    def get_many(self, expense_ids: Iterable[str]) -> dict[str, HostExpense]:
        """Those that exist, as they are now."""

    def accepted_between(
        self, company_id: str, since: datetime, *, cursor: str | None, limit: int
    ) -> AcceptedPage:
        """Ids of a page of expenses accepted since, from an index that lags."""
