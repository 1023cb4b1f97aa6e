"""Translates links to DynamoDB rows and updates, and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pynamodb.attributes import Attribute
from pynamodb.expressions.update import Action

from shared.aws.stores.link_tables import LinkRow
from shared.domain.filing.choices import from_code
from shared.domain.links import (
    Backfill,
    Batch,
    Link,
    LinkChanges,
    LinkProblem,
    LinkStatus,
    Purpose,
    Reconcile,
    Space,
    sweep_bucket,
)
from shared.domain.timestamps import from_iso, optional_from_iso, optional_iso, to_iso

_WRITERS: dict[str, tuple[Attribute[Any], Callable[[Any], Any]]] = {
    "status": (LinkRow.status, lambda status: status.value),
    "problem": (LinkRow.problem, lambda problem: problem.value),
    "detail": (LinkRow.detail, str),
    "status_since": (LinkRow.status_since, to_iso),
    "not_before": (LinkRow.not_before, to_iso),
    "last_clean_listing": (LinkRow.last_clean_listing, to_iso),
    "doorbell_id": (LinkRow.doorbell_id, str),
    "doorbell_waits": (LinkRow.doorbell_waits, int),
    "doorbell_deaths": (LinkRow.doorbell_deaths, int),
    "rung_at": (LinkRow.rung_at, to_iso),
    "heard_at": (LinkRow.heard_at, to_iso),
    "announced_until": (LinkRow.announced_until, to_iso),
    "may_share": (LinkRow.may_share, bool),
    "announced_problem": (LinkRow.announced_problem, lambda problem: problem.value),
}


def link_actions(link_id: str, changes: LinkChanges) -> list[Action]:
    """The updates that write these changes."""
    actions: list[Action] = []
    for name, (attribute, written) in _WRITERS.items():
        if name in changes:
            value = changes[name]  # type: ignore[literal-required] # the writers' keys are those of LinkChanges
            actions.append(attribute.remove() if value is None else attribute.set(written(value)))
    if "next_due" in changes:
        actions += _due_actions(link_id, changes["next_due"])
    batch = changes.get("batch")
    if batch is not None:
        actions += batch_actions(batch)
    if "reconcile" in changes:
        actions += _reconcile_actions(changes["reconcile"])
    if "takes_over" in changes:
        actions.append(LinkRow.takes_over.set(changes["takes_over"]))
    return actions


def _due_actions(link_id: str, next_due: datetime | None) -> list[Action]:
    """Without a time the link leaves the sparse index."""
    if next_due is None:
        return [LinkRow.next_due.remove(), LinkRow.bucket.remove()]
    return [LinkRow.next_due.set(to_iso(next_due)), LinkRow.bucket.set(sweep_bucket(link_id))]


def batch_actions(batch: Batch) -> list[Action]:
    """The updates that write a batch."""
    notified_at = optional_iso(batch.notified_at)
    return [
        LinkRow.batch_notified_at.set(notified_at) if notified_at else LinkRow.batch_notified_at.remove(),
        LinkRow.batch_id.set(batch.batch_id),
        LinkRow.batch_seen.set(batch.seen),
        LinkRow.batch_last_file_at.set(to_iso(batch.last_file_at)),
        LinkRow.batch_announced.set(batch.announced),
    ]


def _reconcile_actions(reconcile: Reconcile | None) -> list[Action]:
    fields = _reconcile_fields(reconcile)
    return [
        getattr(LinkRow, name).remove() if value is None else getattr(LinkRow, name).set(value)
        for name, value in fields.items()
    ]


def _reconcile_fields(reconcile: Reconcile | None) -> dict[str, Any]:
    return {
        "reconcile_begins_at": optional_iso(reconcile.begins_at if reconcile else None),
        "reconcile_accepted_from": optional_iso(reconcile.accepted_from if reconcile else None),
        "reconcile_started_at": optional_iso(reconcile.started_at if reconcile else None),
        "reconcile_cursor": reconcile.cursor if reconcile else None,
        "reconcile_completed_at": optional_iso(reconcile.completed_at if reconcile else None),
    }


def backfill_actions(backfill: Backfill) -> list[Action]:
    """The updates that write a backfill, whole."""
    return [
        getattr(LinkRow, name).remove() if value is None else getattr(LinkRow, name).set(value)
        for name, value in _backfill_fields(backfill).items()
    ]


def _backfill_fields(backfill: Backfill | None) -> dict[str, Any]:
    return {
        "backfill_since": optional_iso(backfill.since if backfill else None),
        "backfill_requested_at": optional_iso(backfill.requested_at if backfill else None),
        "backfill_started_at": optional_iso(backfill.started_at if backfill else None),
        "backfill_cursor": backfill.cursor if backfill else None,
        "backfill_expenses": backfill.expenses if backfill else None,
        "backfill_documents": backfill.documents if backfill else None,
        "backfill_completed_at": optional_iso(backfill.completed_at if backfill else None),
    }


def to_link_row(link: Link) -> LinkRow:
    """Write a link."""
    return LinkRow(
        link.link_id,
        purpose=link.purpose.value,
        user_id=link.user_id,
        company_id=link.company_id,
        account_id=link.account_id,
        account_name=link.account_name,
        account_email=link.account_email,
        encrypted_token=link.encrypted_token,
        status=link.status.value,
        problem=link.problem.value if link.problem else None,
        detail=link.detail,
        status_since=optional_iso(link.status_since),
        generation=link.generation,
        linked_at=to_iso(link.linked_at),
        not_before=optional_iso(link.not_before),
        next_due=optional_iso(link.next_due),
        bucket=sweep_bucket(link.link_id) if link.next_due else None,
        batch_id=link.batch.batch_id if link.batch else None,
        batch_seen=link.batch.seen if link.batch else None,
        batch_last_file_at=to_iso(link.batch.last_file_at) if link.batch else None,
        batch_announced=link.batch.announced if link.batch else None,
        batch_notified_at=optional_iso(link.batch.notified_at) if link.batch else None,
        last_clean_listing=optional_iso(link.last_clean_listing),
        doorbell_id=link.doorbell_id,
        doorbell_waits=link.doorbell_waits,
        doorbell_deaths=link.doorbell_deaths,
        rung_at=optional_iso(link.rung_at),
        heard_at=optional_iso(link.heard_at),
        sync_since=optional_iso(link.sync_since),
        takes_over=link.takes_over or None,
        paused=link.is_paused or None,
        announced_until=optional_iso(link.announced_until),
        announced_problem=link.announced_problem.value if link.announced_problem else None,
        account_locale=link.account_locale or None,
        team_space_id=link.team_space_id,
        space=link.space.value if link.team_space_id else None,
        may_share=link.may_share or None,
        filing=link.filing.code if link.filing else None,
        **_reconcile_fields(link.reconcile),
        **_backfill_fields(link.backfill),
    )


def to_link(row: LinkRow) -> Link:
    """Read a link."""
    return Link(
        link_id=row.link_id,
        purpose=Purpose(row.purpose),
        user_id=row.user_id,
        company_id=row.company_id,
        account_id=row.account_id,
        account_name=row.account_name or "",
        account_email=row.account_email or "",
        encrypted_token=row.encrypted_token,
        status=LinkStatus(row.status),
        problem=_to_problem(row.problem),
        detail=row.detail,
        status_since=optional_from_iso(row.status_since),
        generation=int(row.generation),
        linked_at=from_iso(row.linked_at),
        not_before=optional_from_iso(row.not_before),
        next_due=optional_from_iso(row.next_due),
        batch=_to_batch(row),
        last_clean_listing=optional_from_iso(row.last_clean_listing),
        doorbell_id=row.doorbell_id,
        doorbell_waits=int(row.doorbell_waits or 0),
        doorbell_deaths=int(row.doorbell_deaths or 0),
        rung_at=optional_from_iso(row.rung_at),
        heard_at=optional_from_iso(row.heard_at),
        sync_since=optional_from_iso(row.sync_since),
        reconcile=_to_reconcile(row),
        takes_over=bool(row.takes_over),
        is_paused=bool(row.paused),
        backfill=_to_backfill(row),
        announced_until=optional_from_iso(row.announced_until),
        announced_problem=_to_problem(row.announced_problem),
        account_locale=row.account_locale or "",
        team_space_id=row.team_space_id,
        space=Space(row.space) if row.space else Space.MEMBER_FOLDER,
        may_share=bool(row.may_share),
        filing=from_code(row.filing) if row.filing else None,
    )


def _to_problem(value: str | None) -> LinkProblem | None:
    return None if value is None else LinkProblem(value)


def _to_reconcile(row: LinkRow) -> Reconcile | None:
    if row.reconcile_begins_at is None or row.reconcile_accepted_from is None:
        return None
    return Reconcile(
        begins_at=from_iso(row.reconcile_begins_at),
        accepted_from=from_iso(row.reconcile_accepted_from),
        started_at=optional_from_iso(row.reconcile_started_at),
        cursor=row.reconcile_cursor,
        completed_at=optional_from_iso(row.reconcile_completed_at),
    )


def _to_backfill(row: LinkRow) -> Backfill | None:
    if row.backfill_since is None or row.backfill_requested_at is None:
        return None
    return Backfill(
        since=from_iso(row.backfill_since),
        requested_at=from_iso(row.backfill_requested_at),
        started_at=optional_from_iso(row.backfill_started_at),
        cursor=row.backfill_cursor,
        expenses=int(row.backfill_expenses or 0),
        documents=int(row.backfill_documents or 0),
        completed_at=optional_from_iso(row.backfill_completed_at),
    )


def _to_batch(row: LinkRow) -> Batch | None:
    if row.batch_id is None:
        return None
    return Batch(
        row.batch_id,
        int(row.batch_seen),
        from_iso(row.batch_last_file_at),
        int(row.batch_announced or 0),
        optional_from_iso(row.batch_notified_at),
    )
