"""Makes deliveries of an accepted expense's documents, and has their company's drain look.

Ringing follows whether or not a delivery is new: what is done again may be what died before it rang.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Protocol

from shared.domain.errors import MalformedMessage, ValuesRefused
from shared.domain.expenses import ExpenseStatus
from shared.domain.host_expenses import HostExpense
from shared.domain.links import Link, LinkStatus, Purpose, link_id_for
from shared.domain.timestamps import Clock, utc_now
from shared.doorbells.messages import CompanyDoorbell
from shared.ports import Links, Ring

ReadExpense = Callable[[object], HostExpense]
"""The expense of a change's image. Raises MalformedMessage. See `shared.aws.host.expense_rows`."""
STREAM_LAG = timedelta(minutes=1)
"""A record is seldom later; the daily search finds none of before the link."""


class Deliveries(Protocol):
    """The deliveries' records: see `shared.aws.stores.delivery_store`."""

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
        """Make absent and cancelled ones pending; how many."""


@dataclass(frozen=True, slots=True)
class ExpenseChange:
    """A record of the expenses' stream: what an expense became, in DynamoDB's notation, and when."""

    record_id: str
    written_at: datetime
    image: object
    correlation_id: str = ""


@dataclass(slots=True)
class Ensured:
    """What became of a batch of changes; malformed and failed ones by their record.

    `unreadable_documents` counts, by expense, the documents that have no id.
    """

    made_pending: int = 0
    rung: int = 0
    malformed: list[str] = field(default_factory=list)
    unreadable_documents: dict[str, int] = field(default_factory=dict)
    failures: dict[str, Exception] = field(default_factory=dict)

    @contextmanager
    def noting_trouble_of(self, record_id: str) -> Iterator[None]:
        """Go on after any error."""
        try:
            yield
        except (MalformedMessage, ValuesRefused):
            self.malformed.append(record_id)
        except Exception as error:  # noqa: BLE001 - one failing company must not keep the others waiting
            self.failures[record_id] = error


@dataclass(frozen=True, slots=True)
class EnsureDeliveries:
    """Called with a batch. Short and idempotent: the batch may come again, in part or in whole."""

    links: Links
    deliveries: Deliveries
    read_expense: ReadExpense
    ring: Ring
    now: Clock = utc_now

    def __call__(self, changes: Sequence[ExpenseChange]) -> Ensured:
        """Never raises for a record: see the failures, which want to be tried again."""
        ensured = Ensured()
        link_of = cache(self.links.get)
        first_changes: dict[str, ExpenseChange] = {}
        for change in changes:
            with ensured.noting_trouble_of(change.record_id):
                link = self._ensure(change, link_of, ensured)
                if link is not None:
                    first_changes.setdefault(link.company_id, change)
        for company_id, change in first_changes.items():
            with ensured.noting_trouble_of(change.record_id):
                self.ring(CompanyDoorbell(company_id, correlation_id=change.correlation_id))
                ensured.rung += 1
        return ensured

    def _ensure(
        self, change: ExpenseChange, link_of: Callable[[str], Link | None], ensured: Ensured
    ) -> Link | None:
        """The link to be rung for, if any. Raises MalformedMessage."""
        expense = self.read_expense(change.image)
        if expense.status is not ExpenseStatus.ACCEPTED:
            return None  # The event source's filter lets none through.
        link = link_of(link_id_for(Purpose.SYNCHRONISATION, expense.user_id, expense.company_id))
        accepted_at = expense.accepted_at or change.written_at
        if link is None or not _counts_for(link, accepted_at):
            return None
        if expense.unreadable_documents:
            ensured.unreadable_documents[expense.expense_id] = expense.unreadable_documents
        ensured.made_pending += self.deliveries.ensure(
            link.company_id,
            link.account_id,
            expense.expense_id,
            [document.document_id for document in expense.documents],
            accepted_at=accepted_at,
            now=self.now(),
            correlation_id=change.correlation_id,
        )
        return link


def _counts_for(link: Link, accepted_at: datetime) -> bool:
    """In every other case deliveries wait until the link works.

    What was accepted under a link and is seen only under the one made again goes where that one leads.
    """
    begins_at = link.sync_since or link.linked_at
    if link.generation > 1:
        begins_at -= STREAM_LAG
    return link.status is not LinkStatus.UNLINKED and accepted_at >= begins_at
