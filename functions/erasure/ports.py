"""What an erasure needs from the outside, as small protocols: the real ones are in `shared.aws`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Protocol

from shared.domain.erasures import Checkpoint, Erasure, HostsTraces, Subject
from shared.domain.links import Link

TracesOf = Callable[[str, str, Checkpoint], HostsTraces]
"""What the host still has of a user, and of what lies under a prefix: see `ExpenseScan.traces_of`."""
EraseDocuments = Callable[[str, Collection[str], Checkpoint], None]
"""Deletes every version of everything under a prefix but the keys to be kept: see `DocumentEraser.erase`."""


class Erasures(Protocol):
    """The requests: see `shared.aws.stores.erasure_store`."""

    def request(self, subject: Subject, at: datetime) -> Erasure:
        """The request, made now unless it is under way."""

    def due(self, now: datetime) -> list[Erasure]:
        """Those to be worked on, the longest due first."""

    def put_off(self, erasure: Erasure, *, tries: int, next_try: datetime) -> None:
        """Go on then."""

    def complete(self, erasure: Erasure, link: Link | None, at: datetime) -> None:
        """Delete the link and the request, and leave word. Raises LinkChanged."""


class Records(Protocol):
    """Everything on record: see `shared.aws.stores.erasable_records`."""

    def expense_ids_of(self, user_id: str, checkpoint: Checkpoint) -> set[str]:
        """The expenses that a user's files became."""

    def folders_of(self, user_id: str, checkpoint: Checkpoint) -> dict[str, str]:
        """The folder pinned for them as an employee, by company."""

    def erase_imports(self, user_id: str, checkpoint: Checkpoint) -> None:
        """A user's reservations, waiting files, records and jobs."""

    def erase_employee(
        self,
        company_id: str,
        user_id: str,
        folder: str | None,
        expense_ids: Collection[str],
        checkpoint: Checkpoint,
    ) -> None:
        """What was delivered for them in a company, and their folder's name."""

    def erase_company(self, company_id: str, checkpoint: Checkpoint) -> None:
        """A company's deliveries, manifests and folders."""

    def erase_trail(self, subject: str, checkpoint: Checkpoint) -> None:
        """The audit trail of a link, or what an earlier erasure left."""

    def pseudonymise(self, company_id: str, user_id: str, pseudonym: str, checkpoint: Checkpoint) -> None:
        """Name a user no more where they acted for a company."""
