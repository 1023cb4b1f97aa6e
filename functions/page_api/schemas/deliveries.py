"""Deliveries, as the API shows them."""

from __future__ import annotations

from typing import Literal

from functions.page_api.schemas.expenses import ExpenseOfEmployee
from functions.page_api.schemas.forms import Absent, Asked, Instant, Opaque, Shown
from functions.page_api.schemas.resends import LookedFor
from shared.domain.deliveries import DeliveryReason
from shared.domain.links import Space


class RetryDelivery(Asked):
    """One failed delivery."""

    delivery: Opaque


class NotDeliveredBecause(Shown):
    """Why a document is not delivered."""

    code: DeliveryReason
    message: str


DeliveryState = Literal["pending", "delivered", "failed", "cancelled"]


class Delivery(Shown):
    """A document of an accepted expense, on its way to the company's Dropbox."""

    id: str
    expense_id: str
    document_id: str
    state: DeliveryState
    path: Absent[str] = None
    """Where it lies once it is delivered; of another state, where it was to lie."""
    url: Absent[str] = None
    """Where Dropbox's web site shows it: only of what is delivered, and where that is certain."""
    space: Absent[Space] = None
    """Which of a team's two spaces the path is in."""
    reason: Absent[NotDeliveredBecause] = None
    accepted_at: Instant
    changed_at: Instant
    delivered_at: Absent[Instant] = None
    looked_for: Absent[LookedFor] = None
    """When it was last looked for in Dropbox to be sent again; of what was sent again, `found` is why."""
    size: Absent[int] = None
    """In bytes, of what was delivered; absent where an earlier release did."""
    content_hash: Absent[str] = None
    """Dropbox's, of what was delivered."""
    sha256: Absent[str] = None
    """The same bytes' own, in hexadecimal."""
    next_try: Absent[Instant] = None
    tries: int
    is_stuck: bool
    expense: Absent[ExpenseOfEmployee] = None
    """Absent where there is none any more."""


class Deliveries(Shown):
    """The last changed first; the pending by their next try, the last first.

    A page may hold fewer than asked for, even none, and still have a cursor.
    """

    deliveries: list[Delivery]
    cursor: Absent[str] = None
