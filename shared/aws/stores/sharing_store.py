"""How a company's folders are shared, and which changes are asked for, in DynamoDB beside the deliveries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.stores.audit_rows import to_audit_row
from shared.aws.stores.delivery_tables import DeliveriesItem, SharingRow
from shared.aws.stores.link_tables import AuditRow
from shared.aws.stores.row_updates import written
from shared.aws.stores.sharing_rows import sharing_prefix, to_shared_folder, to_sharing_row
from shared.aws.stores.transactions import TransactionRefused, transaction
from shared.domain.audit import KEPT_FOR, AuditEntry
from shared.domain.errors import SharingChanged
from shared.domain.sharing import WORKED_ON_FOR, PendingChange, SharedFolder
from shared.domain.timestamps import to_iso

_PENDING = (
    "change_id",
    "change",
    "requested_by",
    "requested_at",
    "correlation_id",
    "job_id",
    "tries",
    "next_try",
)
_LAST = ("last_change", "last_at", "last_problem")
_SEEN = ("shared_folder_id", "moved_to", "people", "has_more_people", "looked_at", "problem")


class SharingStore:
    """Reads are consistent. Every method raises AwsUnavailable.

    A folder has one change on its way at a time; who makes or ends it names the one that was read.
    """

    def __init__(
        self,
        deliveries_table: str,
        audit_trail_table: str | None = None,
        *,
        audit_kept_for: timedelta = KEPT_FOR,
    ) -> None:
        self._audit_kept_for = audit_kept_for
        bind(DeliveriesItem, deliveries_table)
        if audit_trail_table is not None:
            bind(AuditRow, audit_trail_table)

    def of_account(self, company_id: str, account_id: str) -> list[SharedFolder]:
        """What is known of each folder that somebody looked at or shared."""
        with aws_errors_translated():
            rows = SharingRow.query(
                company_id,
                SharingRow.delivery_key.startswith(sharing_prefix(account_id)),
                consistent_read=True,
            )
            return [to_shared_folder(row) for row in rows]

    def request(self, folder: SharedFolder, pending: PendingChange) -> SharedFolder:
        """Have a drain make a change. One whose time is over stands in nobody's way.

        Raises SharingChanged where another is on its way.
        """
        asked = replace(folder, pending=pending)
        stale = to_iso(pending.requested_at - WORKED_ON_FOR)
        is_free = SharingRow.change_id.does_not_exist() | (SharingRow.requested_at <= stale)
        self._update(asked, _PENDING, is_free)
        return asked

    def request_look(self, folder: SharedFolder, at: datetime) -> SharedFolder:
        """Have a drain see how the folder stands."""
        asked = replace(folder, look_requested_at=at)
        self._update(asked, ["look_requested_at"])
        return asked

    def put_off(self, folder: SharedFolder, pending: PendingChange) -> SharedFolder:
        """Note how far the change is, and when to go on. Raises SharingChanged."""
        self._update(replace(folder, pending=pending), _PENDING, _is_as_read(folder))
        return replace(folder, pending=pending)

    def record_ended(self, before: SharedFolder, after: SharedFolder, entry: AuditEntry) -> None:
        """The change has come to an end, and the audit trail says so: both or neither.

        Raises SharingChanged where it was recorded before.
        """
        row = to_sharing_row(after)
        actions = _actions(row, (*_PENDING, *_LAST, "look_requested_at"))
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    writes.save("trace", to_audit_row(entry, self._audit_kept_for))
                    writes.update("sharing", row, actions, _is_as_read(before))
            except TransactionRefused as refused:
                raise SharingChanged(before.name) from refused

    def record_look(self, folder: SharedFolder) -> None:
        """Note what was seen."""
        self._update(folder, _SEEN)

    @staticmethod
    def _update(folder: SharedFolder, names: Iterable[str], condition: Condition | None = None) -> None:
        row = to_sharing_row(folder)
        with aws_errors_translated():
            try:
                SharingRow(row.company_id, row.delivery_key).update(_actions(row, names), condition=condition)
            except UpdateError as error:
                if error_code(error) == CONDITION_FAILED:
                    raise SharingChanged(folder.name) from error
                raise


def _actions(row: SharingRow, names: Iterable[str]) -> list[Action]:
    return [SharingRow.kind.set(SharingRow), *written(row, ["account_id", "folder", *names])]


def _is_as_read(folder: SharedFolder) -> Condition:
    same: Condition = SharingRow.change_id == (folder.pending.change_id if folder.pending else "")
    return same
