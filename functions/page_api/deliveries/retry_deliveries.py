"""Has failed deliveries tried again: they are pending at once, as if nothing had been tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from functions.page_api.cursors import from_id
from functions.page_api.own_links import live_link
from functions.page_api.ports import Deliveries
from functions.page_api.ringing import Ringing
from shared.domain.deliveries import DeliveryKey
from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.links import Link, Purpose
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession
from shared.ports import Links

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class RetryDeliveries:
    """Called with a session and a delivery's id, or for all of the company's that have failed."""

    links: Links
    deliveries: Deliveries
    ring: Ringing
    now: Clock

    def one(self, session: HostSession, delivery_id: str, correlation_id: str) -> int:
        """Raises RequestRefused (see `all`; not_found, not_retryable), AwsUnavailable."""
        link = live_link(self.links, session, Purpose.SYNCHRONISATION)
        account_id, expense_id, document_id = from_id(delivery_id, 3)
        key = DeliveryKey(session.company_id, account_id, expense_id, document_id)
        if self.deliveries.find(key) is None:
            raise RequestRefused(RefusalCode.NOT_FOUND)
        if account_id != link.account_id or not self._retry(link, [key], correlation_id):
            raise RequestRefused(RefusalCode.NOT_RETRYABLE)
        return 1

    def all(self, session: HostSession, correlation_id: str) -> int:
        """How many will be tried again.

        Raises RequestRefused (not_administrator, plan_required, not_linked), AwsUnavailable.
        """
        link = live_link(self.links, session, Purpose.SYNCHRONISATION)
        failed = self.deliveries.failed(session.company_id, link.account_id, MOST_AT_ONCE)
        return self._retry(link, failed, correlation_id)

    def _retry(self, link: Link, keys: Sequence[DeliveryKey], correlation_id: str) -> int:
        retried = self.deliveries.retry(keys, self.now(), correlation_id)
        if retried:
            self.ring(link, correlation_id)
        return retried
