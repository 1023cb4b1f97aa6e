"""Makes an expense of each of several documents in a file, in one transaction: all of them or none."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import and_

from pynamodb.constants import NULL
from pynamodb.expressions.condition import Condition, size
from pynamodb.expressions.operand import Path

from shared.aws.dynamodb import bind
from shared.aws.errors import aws_errors_translated
from shared.aws.host.expense_rows import ExpenseRow, to_part_row
from shared.aws.stores.event_outbox import add_split_event
from shared.aws.stores.import_tables import ImportRecordRow
from shared.aws.stores.link_tables import LinksItem
from shared.aws.stores.transactions import TransactionRefused, transaction
from shared.domain.expenses import part_expense_id
from shared.domain.host_expenses import FILLABLE, FILLED_IN, HostExpense
from shared.domain.imports import ImportRecord, Outcome
from shared.domain.links import Link
from shared.domain.timestamps import to_iso


class FileSplits:
    """The host's expenses, the import's records, and the events that are to be sent."""

    def __init__(self, *, expenses_table: str, import_records_table: str, links_table: str) -> None:
        bind(ExpenseRow, expenses_table)
        bind(ImportRecordRow, import_records_table)
        bind(LinksItem, links_table)

    def split(self, file: ImportRecord, expense: HostExpense, link: Link, at: datetime) -> bool:
        """Whether it was split; false where it or its expense is not as it was read any more.

        The bytes stay where they are, and each expense refers to them whole. Raises AwsUnavailable.
        """
        parts = expense.reading.parts if expense.reading else ()
        expense_ids = [part_expense_id(expense.expense_id, number) for number in range(1, len(parts) + 1)]
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    for number, part in enumerate(parts[1:], start=2):
                        row = to_part_row(expense, number, part, at)
                        writes.save(f"part {number}", row, ExpenseRow.expense_id.does_not_exist())
                    writes.update(
                        "expense",
                        ExpenseRow(expense.expense_id),
                        [ExpenseRow.reading.set(dict(parts[0].reading))],
                        _is_as_read(expense),
                    )
                    writes.update(
                        "record",
                        ImportRecordRow(file.user_id, file.visit_key),
                        [ImportRecordRow.split_into.set(len(parts))],
                        _is_whole(expense),
                    )
                    add_split_event(writes, link, expense_ids, at)
            except TransactionRefused:
                return False
        return True


def _is_whole(expense: HostExpense) -> Condition:
    """The file is on record as this expense, and not split yet."""
    is_imported: Condition = ImportRecordRow.outcome == Outcome.IMPORTED.value
    is_of_it: Condition = ImportRecordRow.expense_id == expense.expense_id
    is_new: Condition = is_imported & is_of_it & ImportRecordRow.split_into.does_not_exist()
    return is_new


def _is_as_read(expense: HostExpense) -> Condition:
    """Its user works on it and has not touched it, and it is that reading's still."""
    read_at = expense.reading.read_at if expense.reading else None
    documents = Path(ExpenseRow.get_attributes()["documents"])
    conditions: list[Condition] = [
        ExpenseRow.user_id == expense.user_id,
        ExpenseRow.status.is_in(*sorted(status.value for status in FILLABLE)),
        ExpenseRow.reading["parts"].exists(),
        ExpenseRow.reading["read_at"] == (to_iso(read_at) if read_at else ""),
        ExpenseRow.edited_fields.does_not_exist() | (size(ExpenseRow.edited_fields) == 0),
        size(documents) == 1,
        documents[0]["document_id"] == expense.documents[0].document_id,
        *(_says(name, expense.values.get(name)) for name in FILLED_IN),
    ]
    return reduce(and_, conditions)


def _says(name: str, value: str | None) -> Condition:
    field = Path(ExpenseRow.get_attributes()[name])
    says_nothing: Condition = field.does_not_exist() | (field == "") | field.is_type(NULL)
    says_it: Condition = field == value
    return says_nothing if value is None else says_it
