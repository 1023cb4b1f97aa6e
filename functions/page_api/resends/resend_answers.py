"""Shows what is sent again as answers of the API."""

from __future__ import annotations

from collections.abc import Sequence

from functions.page_api.schemas import resends as schemas
from shared.domain.deliveries import Found
from shared.domain.resends import Left, Resend, ResendKind

AT_REST_SECONDS = 30
UNDER_WAY_SECONDS = 2


def resends(shown: Sequence[Resend]) -> schemas.Resends:
    """All of them, and when to ask again."""
    is_under_way = any(each.completed_at is None for each in shown)
    return schemas.Resends(
        resends=[resend(each) for each in shown],
        poll_after_seconds=UNDER_WAY_SECONDS if is_under_way else AT_REST_SECONDS,
    )


def resend(shown: Resend) -> schemas.Resend:
    """One, as far as it has come."""
    scope, counts = shown.scope, shown.counts
    return schemas.Resend(
        month=scope.of if scope.kind is ResendKind.MONTH else None,
        employee=scope.of if scope.kind is ResendKind.EMPLOYEE else None,
        expense_id=scope.of if scope.kind is ResendKind.EXPENSE else None,
        requested_at=shown.requested_at,
        completed_at=shown.completed_at,
        state="done" if shown.completed_at else "looking" if counts else "waiting",
        looked_for=shown.looked_at,
        present=counts.get(Found.PRESENT, 0),
        sent=sum(counts.get(found, 0) for found in (Found.MISSING, Found.CHANGED, Found.FAILED)),
        changed=counts.get(Found.CHANGED, 0),
        pending=counts.get(Left.WAITING, 0),
        withdrawn=counts.get(Left.WITHDRAWN, 0),
        unclear=counts.get(Left.UNCLEAR, 0),
    )
