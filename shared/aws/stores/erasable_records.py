"""Everything on record of a user or a company, to be deleted for good."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from pynamodb.attributes import Attribute
from pynamodb.exceptions import DeleteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.stores.activity_store import activity_partition
from shared.aws.stores.delivery_rows import pending_row_key
from shared.aws.stores.delivery_tables import (
    AnyDeliveriesItem,
    DeliveriesItem,
    DeliveryRow,
    EmployeeFolderRow,
    FiledRow,
    PendingRow,
    ProofRow,
    ResendRow,
    SharingRow,
)
from shared.aws.stores.import_tables import AnyWaitingItem, ImportRecordRow, ReservationRow, WaitingItem
from shared.aws.stores.link_tables import AuditRow, LinkRow, LinksItem
from shared.aws.stores.proof_rows import PROOF
from shared.aws.stores.reading_tables import AnyReadingItem, ReadingItem
from shared.aws.stores.sharing_rows import SHARING
from shared.domain.erasures import Checkpoint, Subject, SubjectKind
from shared.domain.expenses import part_expense_id
from shared.domain.file_names import folded
from shared.domain.readings import MOST_PARTS
from shared.domain.resends import ResendKind
from shared.domain.timestamps import from_iso

PAGE = 200
"""Rows between two checkpoints."""
_OF_A_PROOF = ("pending", "ended", "proved", "put_back")
_OF_A_DELIVERY = ("kind", "account_id", "expense_id", "employee_folder", "next_try", "scope", "of")


class ErasableRecords:
    """Every method may be repeated, goes through its rows page by page, and raises AwsUnavailable.

    Before each page it calls the caller's checkpoint, which may raise to end it there.
    """

    def __init__(
        self,
        *,
        links_table: str,
        audit_trail_table: str,
        reservations_table: str,
        waiting_files_table: str,
        import_records_table: str,
        reading_jobs_table: str,
        deliveries_table: str,
        employee_folders_table: str,
    ) -> None:
        bind(LinksItem, links_table)
        bind(AuditRow, audit_trail_table)
        bind(ReservationRow, reservations_table)
        bind(WaitingItem, waiting_files_table)
        bind(ImportRecordRow, import_records_table)
        bind(ReadingItem, reading_jobs_table)
        bind(DeliveriesItem, deliveries_table)
        bind(EmployeeFolderRow, employee_folders_table)

    def expense_ids_of(self, user_id: str, checkpoint: Checkpoint) -> set[str]:
        """The expenses that a user's files became, or may have been split into; also those that are no more.

        Of what a user imported long ago the records may have expired; reservations do not.
        """
        with aws_errors_translated():
            return {
                part_expense_id(row.expense_id, number)
                for model in (ImportRecordRow, ReservationRow)
                for row in _rows_of(model, user_id, checkpoint, "expense_id")
                if row.expense_id is not None
                for number in range(1, MOST_PARTS + 1)
            }

    def folders_of(self, user_id: str, checkpoint: Checkpoint) -> dict[str, str]:
        """The folder pinned for them as an employee, by company: one table through, small as it is."""
        is_theirs = EmployeeFolderRow.folder_key == _employee_key(user_id)
        with aws_errors_translated():
            rows = EmployeeFolderRow.scan(is_theirs, page_size=PAGE, consistent_read=True)
            return {row.company_id: row.folder for row in _with_checkpoints(rows, checkpoint)}

    def erase_imports(self, user_id: str, checkpoint: Checkpoint) -> None:
        """A user's reservations, waiting files, records and jobs."""
        with aws_errors_translated():
            for model in (ReservationRow, AnyWaitingItem, ImportRecordRow, AnyReadingItem):
                _delete(model, _rows_of(model, user_id, checkpoint))

    def erase_employee(
        self,
        company_id: str,
        user_id: str,
        folder: str | None,
        expense_ids: Collection[str],
        checkpoint: Checkpoint,
    ) -> None:
        """The deliveries of their expenses and into their folder, then the folder's name.

        The name is free from then on. What lies in the folder is the company's own.
        """
        with aws_errors_translated():
            if folder is not None or expense_ids:
                rows = _rows_of(DeliveriesItem, company_id, checkpoint, *_OF_A_DELIVERY)
                theirs = (row for row in rows if _is_theirs(row, folder, expense_ids))
                _delete(DeliveriesItem, (item for row in theirs for item in _with_turn(row)))
            if folder is not None:
                _delete_if(
                    EmployeeFolderRow(company_id, f"name#{folded(folder)}"),
                    EmployeeFolderRow.employee_id == user_id,
                )
            EmployeeFolderRow(company_id, _employee_key(user_id)).delete()

    def erase_company(self, company_id: str, checkpoint: Checkpoint) -> None:
        """A company's deliveries, with how far its manifests are, its employees' folders, its numbers."""
        with aws_errors_translated():
            for model in (AnyDeliveriesItem, EmployeeFolderRow):
                _delete(model, _rows_of(model, company_id, checkpoint))
            _delete(AnyReadingItem, _rows_of(AnyReadingItem, activity_partition(company_id), checkpoint))

    def erase_trail(self, subject: str, checkpoint: Checkpoint) -> None:
        """The audit trail of a link."""
        with aws_errors_translated():
            _delete(AuditRow, _rows_of(AuditRow, subject, checkpoint))

    def pseudonymise(self, company_id: str, user_id: str, pseudonym: str, checkpoint: Checkpoint) -> None:
        """Name a user no more as who linked a company's Dropbox, or did anything else to its link."""
        subject = Subject(SubjectKind.COMPANY, company_id).link_id
        with aws_errors_translated():
            for row in _rows_of(AuditRow, subject, checkpoint, "actor"):
                if row.actor == user_id:
                    row.update([AuditRow.actor.set(pseudonym)])
            # What they have asked for and nobody has done is not done any more.
            asked = _rows_of(SharingRow, company_id, checkpoint, "requested_by", range_prefix=SHARING)
            _delete(SharingRow, (row for row in asked if row.requested_by == user_id))
            # A proof can be made again at any time.
            proofs = _rows_of(ProofRow, company_id, checkpoint, *_OF_A_PROOF, range_prefix=PROOF)
            _delete(ProofRow, (row for row in proofs if _names(row, user_id)))
            try:
                LinkRow(subject).update(
                    [
                        LinkRow.user_id.set(pseudonym),
                        LinkRow.account_name.remove(),
                        LinkRow.account_email.remove(),
                    ],
                    condition=LinkRow.user_id == user_id,
                )
            except UpdateError as error:
                if error_code(error) != CONDITION_FAILED:
                    raise


def _names(row: ProofRow, user_id: str) -> bool:
    """Whether a user has asked for any of what is on record of proofs."""
    texts = [getattr(row, name) for name in _OF_A_PROOF]
    return any(json.loads(text).get("by") == user_id for text in texts if text)


def _is_theirs(item: DeliveriesItem, folder: str | None, expense_ids: Collection[str]) -> bool:
    """Deliveries and what is filed are of an expense; requests to send again may be, or of the employee."""
    if isinstance(item, ResendRow):
        is_of_expense = item.scope == ResendKind.EXPENSE.value and item.of in expense_ids
        return is_of_expense or (item.scope == ResendKind.EMPLOYEE.value and item.of == folder)
    if not isinstance(item, DeliveryRow | FiledRow):
        return False
    return item.expense_id in expense_ids or (folder is not None and item.employee_folder == folder)


def _with_turn(item: DeliveriesItem) -> list[DeliveriesItem]:
    """A pending delivery and its turn, the latter first."""
    if not isinstance(item, DeliveryRow) or item.next_try is None:
        return [item]
    turn = pending_row_key(item.delivery_key, item.account_id, from_iso(item.next_try))
    return [PendingRow(item.company_id, turn), item]


def _employee_key(user_id: str) -> str:
    return f"employee#{user_id}"


def _rows_of(
    model: type[Model], hash_key: str, checkpoint: Checkpoint, *told: str, range_prefix: str | None = None
) -> Iterator[Any]:
    """The keys of a partition's rows, and what else is to be told of them."""
    keys = [name for name, attribute in model.get_attributes().items() if _is_key(attribute)]
    rows = model.query(
        hash_key,
        None if range_prefix is None else SharingRow.delivery_key.startswith(range_prefix),
        page_size=PAGE,
        consistent_read=True,
        attributes_to_get=list({*keys, *told}),
    )
    return _with_checkpoints(rows, checkpoint)


def _is_key(attribute: Attribute[Any]) -> bool:
    return attribute.is_hash_key or attribute.is_range_key


def _with_checkpoints(rows: Iterable[Any], checkpoint: Checkpoint) -> Iterator[Any]:
    checkpoint()
    for number, row in enumerate(rows, start=1):
        yield row
        if number % PAGE == 0:
            checkpoint()


def _delete(model: type[Model], rows: Iterable[Any]) -> None:
    with model.batch_write() as batch:
        for row in rows:
            batch.delete(row)


def _delete_if(row: Model, condition: Condition) -> None:
    try:
        row.delete(condition=condition)
    except DeleteError as error:
        if error_code(error) != CONDITION_FAILED:
            raise
