"""Requests to send again in memory, beside the deliveries that they are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from shared.domain.audit import AuditEntry
from shared.domain.deliveries import Delivery, DeliveryKey, DeliveryStatus, Found, Look
from shared.domain.errors import ResendChanged
from shared.domain.resends import Resend, ResendPage, ResendScope
from testing.fakes.synchronisation import FakeDeliveries

_OVER = frozenset({DeliveryStatus.DELIVERED, DeliveryStatus.FAILED})


class FakeResends:
    """What `shared.aws.stores.resend_store.ResendStore` does; `trail` is the audit trail."""

    def __init__(self, deliveries: FakeDeliveries) -> None:
        self.requests: dict[tuple[str, str, ResendScope], Resend] = {}
        self.trail: list[AuditEntry] = []
        self._deliveries = deliveries

    def of_account(self, company_id: str, account_id: str) -> list[Resend]:
        found = [each for key, each in self.requests.items() if key[:2] == (company_id, account_id)]
        return sorted(found, key=lambda resend: resend.requested_at, reverse=True)

    def under_way(self, company_id: str, account_id: str) -> list[Resend]:
        found = reversed(self.of_account(company_id, account_id))
        return [resend for resend in found if resend.completed_at is None]

    def request(self, resend: Resend, entry: AuditEntry) -> None:
        there = self.requests.get(_key(resend))
        if there is not None and there.completed_at is None:
            raise ResendChanged(resend.scope.kind.value)
        self.requests[_key(resend)] = resend
        self.trail.append(entry)

    def progress(self, before: Resend, after: Resend) -> Resend:
        there = self.requests.get(_key(before))
        if there is None or there.completed_at is not None or _place(there) != _place(before):
            raise ResendChanged(before.scope.kind.value)
        self.requests[_key(before)] = after
        return after

    def page(self, resend: Resend, limit: int) -> ResendPage:
        mine = [
            delivery
            for delivery in sorted(self._deliveries.rows.values(), key=_turn)
            if (delivery.key.company_id, delivery.key.account_id) == (resend.company_id, resend.account_id)
            and resend.scope.holds(delivery)
        ]
        rest = [each for each in mine if resend.cursor is None or "\n".join(_turn(each)) > resend.cursor]
        cursor = "\n".join(_turn(rest[limit - 1])) if len(rest) > limit else None
        return ResendPage(tuple(rest[:limit]), cursor)

    def send_again(
        self, found: Mapping[DeliveryKey, Found], at: datetime, correlation_id: str
    ) -> set[DeliveryKey]:
        sent = set()
        for key, why in found.items():
            delivery = self._deliveries.rows.get(key)
            if delivery is not None and delivery.status in _OVER:
                self._deliveries.rows[key] = delivery.sent_again(Look(at, why), correlation_id)
                sent.add(key)
        return sent

    def note_looks(self, found: Mapping[DeliveryKey, Found], at: datetime) -> set[DeliveryKey]:
        noted = set()
        for key, what in found.items():
            delivery = self._deliveries.rows.get(key)
            if delivery is not None and delivery.status is DeliveryStatus.DELIVERED:
                self._deliveries.rows[key] = replace(delivery, look=Look(at, what))
                noted.add(key)
        return noted


def _key(resend: Resend) -> tuple[str, str, ResendScope]:
    return resend.company_id, resend.account_id, resend.scope


def _place(resend: Resend) -> tuple[str, str | None]:
    return resend.correlation_id, resend.cursor


def _turn(delivery: Delivery) -> tuple[str, str]:
    """By which deliveries stand in order."""
    return delivery.key.expense_id, delivery.key.document_id
