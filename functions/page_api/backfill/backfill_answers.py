"""Words how a backfill stands as an answer of the API."""

from __future__ import annotations

from functions.page_api.schemas import backfill as schemas
from shared.domain.links import Backfill


def backfill(request: Backfill) -> schemas.Backfill:
    """A backfill."""
    return schemas.Backfill(
        since=request.since,
        requested_at=request.requested_at,
        state=_backfill_state(request),
        expenses=request.expenses,
        documents=request.documents,
        completed_at=request.completed_at,
    )


def _backfill_state(request: Backfill) -> schemas.BackfillState:
    if request.completed_at is not None:
        return "done"
    return "waiting" if request.started_at is None else "searching"
