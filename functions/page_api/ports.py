"""What the page's API needs from the outside, as small protocols: the real ones are in `shared.aws`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from shared.domain.audit import AuditEntry
    from shared.domain.deliveries import Delivery, DeliveryKey, DeliveryStatus, PendingDeliveries
    from shared.domain.host_expenses import AcceptedCount, HostExpense
    from shared.domain.imports import ImportRecord, Outcome, RejectedCount, WaitingFile
    from shared.domain.links import Link, UserLink
    from shared.domain.paging import Count, Page, Position
    from shared.domain.proofs import FolderProof, FoundDocument
    from shared.domain.resends import Resend
    from shared.domain.sharing import PendingChange, SharedFolder
    from shared.domain.tallies import BatchTally, Drop


class Imports(Protocol):
    """What became of users' files: see `shared.aws.stores.import_history`."""

    def newest_batch(self, user_id: str, before: str | None = None) -> str | None:
        """The id of the newest batch older than `before`."""

    def tally(self, user_id: str, batch_id: str) -> BatchTally:
        """How the files of a batch ended so far."""

    def to_check(self, user_id: str, drop: Drop, most: int) -> list[str]:
        """The ids of a drop's expenses whose readings were not sure."""

    def files(
        self,
        user_id: str,
        *,
        drop: Drop | None = None,
        outcome: Outcome | None = None,
        after: Position | None = None,
        limit: int,
    ) -> Page[ImportRecord]:
        """Recorded files, those of the newest batch first."""

    def find(self, user_id: str, visit_key: str) -> ImportRecord | None:
        """One recorded file."""

    def waiting(self, user_id: str, account_id: str, most: int) -> list[WaitingFile]:
        """Files that wait for another try."""

    def count_rejected(self, user_id: str, account_id: str, most: int) -> RejectedCount:
        """Rejected files that nobody has dealt with."""

    def rejected(self, user_id: str, account_id: str, most: int) -> list[ImportRecord]:
        """The same files."""

    def request_retries(self, files: Sequence[ImportRecord], at: datetime) -> int:
        """Have rejected files brought back; how many will be."""

    def dismiss(self, files: Sequence[ImportRecord]) -> int:
        """Have rejected files counted no more; how many were."""

    def request_second(self, file: ImportRecord, at: datetime) -> bool:
        """Have a second expense made of a duplicate; false where that cannot be asked."""


class Splits(Protocol):
    """Makes expenses of several documents in a file: see `shared.aws.stores.file_splits`."""

    def split(self, file: ImportRecord, expense: HostExpense, link: Link, at: datetime) -> bool:
        """Whether it was split; false where anything has changed in the meantime."""


class Deliveries(Protocol):
    """What became of companies' documents: see `shared.aws.stores.delivery_history`."""

    def all(
        self, company_id: str, *, status: DeliveryStatus | None, after: Position | None, limit: int
    ) -> Page[Delivery]:
        """Deliveries to every account, the last changed first."""

    def of_account(
        self, company_id: str, account_id: str, *, status: DeliveryStatus, after: Position | None, limit: int
    ) -> Page[Delivery]:
        """Deliveries to an account that are pending, or have failed."""

    def of_expense(
        self,
        company_id: str,
        account_id: str,
        expense_id: str,
        *,
        status: DeliveryStatus | None,
        after: Position | None,
        limit: int,
    ) -> Page[Delivery]:
        """Deliveries of one expense's documents to an account."""

    def position_of(self, delivery: Delivery, *, is_of_account: bool) -> Position:
        """Its place in the list of all, or in the account's of its status."""

    def pending(
        self, company_id: str, account_id: str, *, stuck_since: datetime, most: int
    ) -> PendingDeliveries:
        """How much is pending, and since when."""

    def count_failed(self, company_id: str, account_id: str, most: int) -> Count:
        """How many have failed."""

    def count_delivered(self, company_id: str, since: datetime, most: int) -> Count:
        """How many were made since then."""

    def find(self, key: DeliveryKey) -> Delivery | None:
        """One delivery."""

    def failed(self, company_id: str, account_id: str, most: int) -> list[DeliveryKey]:
        """Those that have failed."""

    def retry(self, keys: Sequence[DeliveryKey], at: datetime, correlation_id: str) -> int:
        """Have failed deliveries made after all; how many will be."""


class Resends(Protocol):
    """What is to be sent again: see `shared.aws.stores.resend_store`."""

    def of_account(self, company_id: str, account_id: str) -> list[Resend]:
        """The last asked for first."""

    def request(self, resend: Resend, entry: AuditEntry) -> None:
        """Have it worked off. Raises ResendChanged where the same one is under way."""


class CompanyLinks(Protocol):
    """Links of a company's users: see `shared.aws.stores.company_links`."""

    def page(
        self, company_id: str, *, only_broken: bool, after: str | None, limit: int
    ) -> tuple[list[UserLink], str | None]:
        """Some of them by id, and the id after which more may follow."""

    def count(self, company_id: str, most: int) -> tuple[Count, Count]:
        """How many there are, and how many do not work."""


class Activity(Protocol):
    """A company's numbers: see `shared.aws.stores.activity_store`."""

    def imported_in(self, company_id: str, month: str) -> tuple[int, int, int]:
        """Imported, duplicate and rejected files of a month."""

    def delivered_between(self, company_id: str, since: datetime, until: datetime) -> Count:
        """Documents that arrived between these moments."""


class Expenses(Protocol):
    """The host's expenses: see `shared.aws.host.expense_reader`."""

    def get_many(self, expense_ids: Iterable[str]) -> dict[str, HostExpense]:
        """Those that there are, as they are now."""

    def count_accepted(
        self, company_id: str, since: datetime, cursor: str | None = None, limit: int = 200
    ) -> AcceptedCount:
        """How much a page of a company's acceptances comes to."""


class Proofs(Protocol):
    """How proofs stand: see `shared.aws.stores.proof_store`."""

    def get(self, company_id: str, account_id: str) -> FolderProof:
        """What is known."""

    def save(self, proof: FolderProof) -> FolderProof:
        """Write what became of the one that was read. Raises ProofChanged."""


class ProofPages(Protocol):
    """What proofs found: see `shared.aws.documents.proof_pages`."""

    def findings(self, company_id: str, run_id: str, page: int) -> list[FoundDocument]:
        """One page."""


class Sharings(Protocol):
    """How folders are shared: see `shared.aws.stores.sharing_store`."""

    def of_account(self, company_id: str, account_id: str) -> list[SharedFolder]:
        """Each folder that somebody looked at or shared."""

    def request(self, folder: SharedFolder, pending: PendingChange) -> SharedFolder:
        """Have a change made. Raises SharingChanged where another is on its way."""

    def request_look(self, folder: SharedFolder, at: datetime) -> SharedFolder:
        """Have a drain see who has access."""
