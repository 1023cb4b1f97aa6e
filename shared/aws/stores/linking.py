"""What makes a link: writes that are parts of a transaction of the caller's."""

from __future__ import annotations

from pynamodb.expressions.condition import Condition

from shared.aws.stores.link_rows import to_link_row
from shared.aws.stores.link_tables import AccountReservationRow, LinkRow
from shared.aws.stores.transactions import Writes
from shared.aws.stores.unlinking import LINK, RESERVATION
from shared.domain.links import Link, LinkStatus, reservation_id_for
from shared.domain.timestamps import optional_iso


def add_link(writes: Writes, link: Link, previous: Link | None) -> None:
    """Add the writes that make `link` out of `previous` to a transaction of the caller's.

    The link replaces exactly the one read, the new account's reservation is free or already ours, and the
    reservation that a live link had of another account is released. One that was unlinked holds none: by now
    that account may be somebody else's.
    """
    same_as_read = LinkRow.link_id.does_not_exist() if previous is None else _is_as_read(previous)
    is_ours = AccountReservationRow.link_id.does_not_exist() | (
        AccountReservationRow.reserved_by == link.link_id
    )
    reservation = reservation_id_for(link.account_id, link.purpose)
    writes.save(LINK, to_link_row(link), same_as_read)
    writes.save(RESERVATION, AccountReservationRow(reservation, reserved_by=link.link_id), is_ours)
    if previous is not None and _holds_another_account(previous, link):
        old = reservation_id_for(previous.account_id, link.purpose)
        writes.delete("old reservation", AccountReservationRow(old), is_ours)


def _holds_another_account(previous: Link, link: Link) -> bool:
    return previous.status is not LinkStatus.UNLINKED and previous.account_id != link.account_id


def _is_as_read(link: Link) -> Condition:
    """What a new link takes over is what there is; its operator and its company may change that any time."""
    request = optional_iso(link.backfill.requested_at if link.backfill else None)
    is_paused = LinkRow.paused == link.is_paused
    as_read: Condition = (
        (LinkRow.generation == link.generation)
        & (is_paused if link.is_paused else (is_paused | LinkRow.paused.does_not_exist()))
        & (
            LinkRow.backfill_requested_at == request
            if request
            else LinkRow.backfill_requested_at.does_not_exist()
        )
    )
    return as_read
