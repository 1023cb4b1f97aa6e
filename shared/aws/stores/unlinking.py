"""The writes that unmake a link: all or none of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from pynamodb.expressions.condition import Condition

from shared.aws.stores.audit_rows import to_audit_row
from shared.aws.stores.event_outbox import add_link_event
from shared.aws.stores.link_rows import link_actions
from shared.aws.stores.link_tables import AccountReservationRow, LinkRow
from shared.aws.stores.revocation_rows import to_revocation_row
from shared.aws.stores.transactions import Writes
from shared.domain.audit import AuditAction, entry_of
from shared.domain.links import Link, LinkChanges, LinkStatus, reservation_id_for
from shared.domain.revocations import revocation_of

# The parts of a transaction, by which a refusal is told.
LINK, RESERVATION = "link", "reservation"


def unlinked_link(link: Link, at: datetime) -> Link:
    """What remains of a link: by ids whose it was, for the page and the history; nobody's name or address."""
    return replace(
        link,
        generation=link.generation + 1,
        status=LinkStatus.UNLINKED,
        problem=None,
        detail=None,
        status_since=at,
        encrypted_token=None,
        account_name="",
        account_email="",
        may_share=False,
        not_before=None,
        next_due=None,
    )


def add_unlinking(
    writes: Writes, link: Link, unlinked: Link, by: str, at: datetime, *, kept_for: timedelta
) -> None:
    """Add to a transaction that `link` becomes `unlinked`: no reservation, no token but one to be revoked.

    The line of the audit trail is kept so long.
    """
    writes.delete(
        RESERVATION,
        AccountReservationRow(reservation_id_for(link.account_id, link.purpose)),
        condition=AccountReservationRow.link_id.does_not_exist()
        | (AccountReservationRow.reserved_by == link.link_id),
    )
    writes.save("trace", to_audit_row(entry_of(unlinked, AuditAction.UNLINKED, by=by, at=at), kept_for))
    add_link_event(writes, unlinked, AuditAction.UNLINKED, by, at)
    add_revocation(writes, link, at)
    changes: LinkChanges = {
        "status": unlinked.status,
        "problem": None,
        "detail": None,
        "status_since": at,
        "not_before": None,
        "next_due": None,
    }
    writes.update(
        LINK,
        LinkRow(link.link_id),
        actions=[
            *link_actions(link.link_id, changes),
            LinkRow.generation.set(unlinked.generation),
            LinkRow.encrypted_token.remove(),
            LinkRow.account_name.remove(),
            LinkRow.account_email.remove(),
            LinkRow.may_share.remove(),
        ],
        condition=is_same_generation(link),
    )


def add_revocation(writes: Writes, link: Link, at: datetime) -> None:
    """Add to a transaction that ends this generation of a link that its token is to be revoked."""
    revocation = revocation_of(link, at)
    if revocation is not None:
        writes.save("revocation", to_revocation_row(revocation))


def is_same_generation(link: Link) -> Condition:
    """The condition under which a link is the one that was read, and linked."""
    same: Condition = (LinkRow.generation == link.generation) & (LinkRow.status != LinkStatus.UNLINKED.value)
    return same
