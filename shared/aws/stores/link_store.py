"""Links and the reservations of Dropbox accounts, in DynamoDB.

A link and its reservation are written in one transaction, and unmade in one; every write in between names the
generation it read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar, Unpack

from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.stores.audit_rows import to_audit_row
from shared.aws.stores.event_outbox import add_filing_event, add_link_event
from shared.aws.stores.link_rows import backfill_actions, batch_actions, link_actions, to_link
from shared.aws.stores.link_tables import (
    AccountReservationRow,
    AuditRow,
    LinkRow,
    LinksItem,
    NotificationsRow,
    SwitchRow,
)
from shared.aws.stores.transactions import TransactionRefused, transaction
from shared.aws.stores.unlinking import LINK, add_unlinking, is_same_generation, unlinked_link
from shared.domain.audit import KEPT_FOR, AuditAction, entry_of, filing_entry
from shared.domain.errors import LinkChanged
from shared.domain.filing.choices import FilingChoice
from shared.domain.links import (
    Backfill,
    Batch,
    Link,
    LinkChanges,
    LinkStatus,
    Purpose,
    Space,
    reservation_id_for,
    taken_over_link,
)
from shared.domain.timestamps import from_iso, optional_iso, to_iso

ItemT = TypeVar("ItemT", bound=LinksItem)
EVERYTHING = "control:all"
"""The item that the operator pauses all links by."""
NOTIFICATIONS = "control:notifications"
"""The item that says when one of Dropbox's notifications was last found missing."""
_PAGE = 100  # of BatchGetItem


class LinkStore:
    """The links table. Reads are consistent; a reservation is found by account and purpose.

    Only who unlinks names the table of the audit trail.
    """

    def __init__(
        self, table_name: str, audit_trail_table: str | None = None, *, audit_kept_for: timedelta = KEPT_FOR
    ) -> None:
        self._audit_kept_for = audit_kept_for
        bind(LinksItem, table_name)
        if audit_trail_table is not None:
            bind(AuditRow, audit_trail_table)

    def get(self, link_id: str) -> Link | None:
        """The link as it is now, of any status."""
        row = _found(LinkRow, link_id)
        return None if row is None else to_link(row)

    def is_everything_paused(self) -> bool:
        """Whether the operator has paused all links."""
        switch = _found(SwitchRow, EVERYTHING)
        return switch is not None and bool(switch.paused)

    def get_many(self, link_ids: Sequence[str]) -> list[Link]:
        """Those of these links that there are, as they are now, in any order."""
        with aws_errors_translated():
            return [to_link(row) for row in LinkRow.batch_get(link_ids, consistent_read=True)]

    def notification_missed_at(self) -> datetime | None:
        """When a link was last found to have files that Dropbox had not rung for."""
        row = _found(NotificationsRow, NOTIFICATIONS)
        return None if row is None else from_iso(row.missed_at)

    def note_missed_notification(self, at: datetime) -> None:
        """Have the sweep rely less on Dropbox for a while."""
        with aws_errors_translated():
            NotificationsRow(NOTIFICATIONS).update(actions=[NotificationsRow.missed_at.set(to_iso(at))])

    def reserved_by(self, account_id: str, purpose: Purpose) -> str | None:
        """The id of the link that holds this Dropbox account, if any."""
        reservation = _found(AccountReservationRow, reservation_id_for(account_id, purpose))
        return None if reservation is None else reservation.reserved_by

    def find_by_account(self, account_id: str, purpose: Purpose) -> Link | None:
        """The live link of a Dropbox account; None where nobody has linked it (any more)."""
        link_id = self.reserved_by(account_id, purpose)
        link = None if link_id is None else self.get(link_id)
        if link is None or link.account_id != account_id or link.status is LinkStatus.UNLINKED:
            return None
        return link

    def update(self, link: Link, **changes: Unpack[LinkChanges]) -> Link:
        """Write the changes if the link is still of this generation, and return it with them.

        Raises LinkChanged where it was linked again or unlinked in the meantime.
        """
        self._write(link, link_actions(link.link_id, changes), is_same_generation(link))
        return replace(link, **changes)

    def open_batch(self, link: Link, batch: Batch) -> Link:
        """The link with this batch, or, where another drain has opened one since it was read, with that.

        Raises LinkChanged as `update` does.
        """
        unopened = (
            LinkRow.batch_id == link.batch.batch_id if link.batch else LinkRow.batch_id.does_not_exist()
        )
        try:
            self._write(link, batch_actions(batch), is_same_generation(link) & unopened)
        except LinkChanged:
            now = self.get(link.link_id)
            if now is None or now.status is LinkStatus.UNLINKED:
                raise
            if now.generation != link.generation or now.batch == link.batch:
                raise
            return now
        return replace(link, batch=batch)

    def progress_backfill(self, link: Link, backfill: Backfill) -> Link:
        """The link with this progress, or, where another request was made since it was read, with that.

        Raises LinkChanged as `update` does.
        """
        is_asked_for = LinkRow.backfill_requested_at == to_iso(backfill.requested_at)
        try:
            self._write(link, backfill_actions(backfill), is_same_generation(link) & is_asked_for)
        except LinkChanged:
            now = self.get(link.link_id)
            if now is None or now.generation != link.generation or now.status is LinkStatus.UNLINKED:
                raise
            return replace(link, backfill=now.backfill, sync_since=now.sync_since)
        return replace(link, backfill=backfill)

    def request_backfill(self, link: Link, backfill: Backfill) -> Link:
        """Have a drain look for what was accepted since then, instead of what an earlier request asked for.

        The link is due at once, and from then on acceptances since then count. Raises LinkChanged where
        it is not as it was read: of another generation, or begun at another date.
        """
        since = min(backfill.since, link.sync_since or backfill.since)
        begins_as_read = (
            LinkRow.sync_since == to_iso(link.sync_since)
            if link.sync_since
            else LinkRow.sync_since.does_not_exist()
        )
        actions = [
            *backfill_actions(backfill),
            LinkRow.sync_since.set(to_iso(since)),
            *link_actions(link.link_id, {"next_due": backfill.requested_at}),
        ]
        self._write(link, actions, is_same_generation(link) & begins_as_read)
        return replace(link, backfill=backfill, sync_since=since, next_due=backfill.requested_at)

    def choose_space(self, link: Link, space: Space, *, by: str, at: datetime) -> Link:
        """Have what comes from now on filed there. Returns the link as it is then, due at once.

        It is of the next generation: a drain at work stops before its next commit instead of filing what
        it began in the other space. Raises LinkChanged where the link was linked again since it was read.
        """
        chosen = replace(link, space=space, generation=link.generation + 1, next_due=at)
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    trace = entry_of(chosen, AuditAction.SPACE_CHOSEN, by=by, at=at)
                    writes.save("trace", to_audit_row(trace, self._audit_kept_for))
                    writes.update(
                        LINK,
                        LinkRow(link.link_id),
                        actions=[
                            *link_actions(link.link_id, {"next_due": at}),
                            LinkRow.space.set(space.value),
                            LinkRow.generation.set(chosen.generation),
                        ],
                        condition=is_same_generation(link),
                    )
            except TransactionRefused as refusal:
                raise LinkChanged(link.link_id) from refusal
        return chosen

    def choose_filing(self, link: Link, choice: FilingChoice, *, by: str, at: datetime) -> Link:
        """Have what comes from now on filed so. Returns the link as it is then, due at once.

        It is of the next generation, as for `choose_space`. Raises LinkChanged where the link is not (any
        more) of the generation that was read: of two administrators, the second sees what the first chose.
        """
        chosen = replace(link, filing=choice, generation=link.generation + 1, next_due=at)
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    trace = filing_entry(chosen, by=by, at=at)
                    writes.save("trace", to_audit_row(trace, self._audit_kept_for))
                    add_filing_event(writes, chosen, by, at)
                    writes.update(
                        LINK,
                        LinkRow(link.link_id),
                        actions=[
                            *link_actions(link.link_id, {"next_due": at}),
                            LinkRow.filing.set(choice.code),
                            LinkRow.generation.set(chosen.generation),
                        ],
                        condition=is_same_generation(link),
                    )
            except TransactionRefused as refusal:
                raise LinkChanged(link.link_id) from refusal
        return chosen

    def take_over(self, link: Link, *, by: str, at: datetime) -> Link:
        """Have another administrator answer for a company's link from now on. Returns it, due at once.

        Raises LinkChanged where the link was linked again or unlinked since it was read, AwsUnavailable.
        """
        taken = taken_over_link(link, by, at)
        changes: LinkChanges = {"status": taken.status, "problem": None, "detail": None}
        changes |= {"status_since": at, "next_due": at, "announced_problem": None}
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    trace = entry_of(taken, AuditAction.TAKEN_OVER, by=by, at=at)
                    writes.save("trace", to_audit_row(trace, self._audit_kept_for))
                    add_link_event(writes, taken, AuditAction.TAKEN_OVER, by, at)
                    writes.update(
                        LINK,
                        LinkRow(link.link_id),
                        actions=[
                            *link_actions(link.link_id, changes),
                            LinkRow.user_id.set(by),
                            LinkRow.generation.set(taken.generation),
                        ],
                        condition=is_same_generation(link),
                    )
            except TransactionRefused as refusal:
                raise LinkChanged(link.link_id) from refusal
        return taken

    def unlink(self, link: Link, *, by: str, at: datetime) -> Link:
        """Unmake the link: its account is free, its token only to be revoked. Returns it as it is then.

        Drains at work stop at their next step. A link that is unlinked stays as it is. Raises LinkChanged
        where it was linked again since it was read, AwsUnavailable.
        """
        if link.status is LinkStatus.UNLINKED:
            return link
        unlinked = unlinked_link(link, at)
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    add_unlinking(writes, link, unlinked, by, at, kept_for=self._audit_kept_for)
            except TransactionRefused as refusal:
                return self._unlinked_by_another(link, refusal)
        return unlinked

    def _unlinked_by_another(self, link: Link, refusal: TransactionRefused) -> Link:
        """The same request, or this very one whose answer was lost, was there first."""
        now = self.get(link.link_id)
        if now is None or now.status is not LinkStatus.UNLINKED or now.generation != link.generation + 1:
            raise LinkChanged(link.link_id) from refusal
        return now

    def note_announced(self, link: Link, batch: Batch) -> Link:
        """The link with what was announced of its batch.

        Raises LinkChanged as `update` does, and where it has another batch by now.
        """
        same_batch = LinkRow.batch_id == batch.batch_id
        self._write(link, batch_actions(batch), is_same_generation(link) & same_batch)
        return replace(link, batch=batch)

    def note_unannounced(self, link: Link, since: datetime) -> datetime:
        """Since when the host may not have been told: what is noted already stays.

        Raises LinkChanged as `update` does.
        """
        noted = LinkRow.announced_until.set(LinkRow.announced_until | to_iso(since))
        row = self._write(link, [noted], is_same_generation(link))
        return from_iso(row.announced_until)

    def move_due_on(self, link: Link, next_due: datetime | None, rung_at: datetime | None = None) -> None:
        """For the sweep: only if nobody has set another time since it was read, else LinkChanged."""
        changes: LinkChanges = {"next_due": next_due}
        if rung_at is not None:
            changes["rung_at"] = rung_at
        unchanged = (LinkRow.generation == link.generation) & (
            LinkRow.next_due == optional_iso(link.next_due)
        )
        self._write(link, link_actions(link.link_id, changes), unchanged)

    def due_ids(self, bucket: str, until: datetime, since: datetime | None = None) -> Iterator[list[str]]:
        """The ids of one bucket's links that are due until then, longest due first, a hundred at a time.

        No more than that is ever in memory. The index lags a little, so that a link must be read again before
        anything is concluded from it.
        """
        due: Condition = LinkRow.next_due <= to_iso(until)
        if since is not None:
            due = LinkRow.next_due.between(to_iso(since), to_iso(until))
        rows = iter(LinkRow.due.query(bucket, due, page_size=_PAGE))
        while True:
            with aws_errors_translated():
                ids = [row.link_id for row in islice(rows, _PAGE)]
            if not ids:
                return
            yield ids

    @staticmethod
    def _write(link: Link, actions: list[Action], condition: Condition) -> LinkRow:
        """The row as it is then."""
        row = LinkRow(link.link_id)
        with aws_errors_translated():
            try:
                row.update(actions=actions, condition=condition)
            except UpdateError as error:
                if error_code(error) == CONDITION_FAILED:
                    raise LinkChanged(link.link_id) from error
                raise
        return row


def _found(kind: type[ItemT], key: str) -> ItemT | None:
    with aws_errors_translated():
        try:
            return kind.get(key, consistent_read=True)
        except DoesNotExist:
            return None
