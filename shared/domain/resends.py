"""An administrator's request to send documents again: of an expense, of a month, or of an employee."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain.audit import AuditAction, AuditEntry
from shared.domain.deliveries import Delivery, Found
from shared.domain.links import Link

KEPT_FOR = timedelta(days=30)
"""How long one that is over can be seen."""


class ResendKind(StrEnum):
    """By what documents are chosen."""

    EXPENSE = "expense"
    MONTH = "month"
    EMPLOYEE = "employee"


@dataclass(frozen=True, slots=True)
class ResendScope:
    """Which documents: `of` is an expense's id, a month's folder (`YYYY-MM`), or an employee's folder."""

    kind: ResendKind
    of: str

    def holds(self, delivery: Delivery) -> bool:
        """Whether a delivery is among them; one that never had a place is of no month and no employee."""
        place = delivery.place
        match self.kind:
            case ResendKind.EXPENSE:
                return delivery.key.expense_id == self.of
            case ResendKind.MONTH:
                return place is not None and place.month == self.of
            case ResendKind.EMPLOYEE:
                return place is not None and place.employee_folder == self.of


class Left(StrEnum):
    """Why a document is left alone, other than that it is there."""

    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    UNCLEAR = "unclear"


Verdict = Found | Left
"""What a document was found to be."""


@dataclass(frozen=True, slots=True)
class Resend:
    """A request to send again, and how far it is.

    `correlation_id` is its own: what it made pending is known by it. `cursor` is where the look for documents
    goes on, `counts` what was found so far.
    """

    company_id: str
    account_id: str
    scope: ResendScope
    requested_at: datetime
    correlation_id: str
    cursor: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    completed_at: datetime | None = None

    @property
    def looked_at(self) -> int:
        """How many documents so far."""
        return sum(self.counts.values())

    def counted(self, verdicts: Iterable[Verdict], cursor: str | None, at: datetime) -> Resend:
        """One page further; complete where no cursor is left."""
        counts = dict(self.counts)
        for verdict in verdicts:
            counts[verdict.value] = counts.get(verdict.value, 0) + 1
        return replace(self, counts=counts, cursor=cursor, completed_at=None if cursor else at)


@dataclass(frozen=True, slots=True)
class ResendPage:
    """Some documents that a request is about, as they stand now, and the cursor of the next page."""

    deliveries: tuple[Delivery, ...]
    cursor: str | None


def resend_entry(link: Link, resend: Resend, by: str) -> AuditEntry:
    """The line that says who had documents sent again."""
    scope = resend.scope
    return AuditEntry(
        subject=link.link_id,
        at=resend.requested_at,
        action=AuditAction.SENT_AGAIN,
        actor=by,
        account_id=link.account_id,
        generation=link.generation,
        change_id=resend.correlation_id,
        scope=scope.kind.value if scope.kind is ResendKind.EMPLOYEE else f"{scope.kind.value} {scope.of}",
    )
