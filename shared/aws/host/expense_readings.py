"""Fills in the host's expenses with what was read off their documents, and never over their user's head."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import and_

from pynamodb.constants import NULL
from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path
from pynamodb.expressions.update import Action

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.host.expense_reader import ExpenseReader
from shared.aws.host.expense_rows import ExpenseRow, to_host_expense
from shared.aws.host.reading_maps import to_reading_map
from shared.domain.errors import ExpenseChanged
from shared.domain.expenses import ExpenseStatus
from shared.domain.host_expenses import FILLABLE, HostExpense
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.readings import ExpenseReading


class ExpenseReadings:
    """The host's expenses table. Every method raises AwsUnavailable besides what it names."""

    def __init__(self, table_name: str) -> None:
        bind(ExpenseRow, table_name)
        self._reader = ExpenseReader(table_name)

    def get(self, expense_id: str) -> HostExpense | None:
        """The expense as it is now."""
        with aws_errors_translated():
            try:
                return to_host_expense(ExpenseRow.get(expense_id, consistent_read=True))
            except DoesNotExist:
                return None

    def live(self, expense_ids: Iterable[str]) -> set[str]:
        """Those of these expenses that exist and are not deleted."""
        found = self._reader.get_many(expense_ids)
        return {each for each, expense in found.items() if expense.status is not ExpenseStatus.DELETED}

    def fill(self, expense: HostExpense, reading: ExpenseReading) -> None:
        """Fill in fields that still say nothing and are untouched, and say what was read: all or nothing.

        Raises ExpenseChanged where any of that is not so any more, where the user does not work on it any
        more, and where it was filled in already.
        """
        actions: list[Action] = [_field(name).set(value) for name, value in reading.values.items()]
        actions.append(ExpenseRow.reading.set(to_reading_map(reading)))
        with aws_errors_translated():
            try:
                ExpenseRow(expense.expense_id).update(actions, condition=_may_be_filled_with(reading))
            except UpdateError as error:
                if error_code(error) == CONDITION_FAILED:
                    raise ExpenseChanged(expense.expense_id) from error
                raise


def _may_be_filled_with(reading: ExpenseReading) -> Condition:
    conditions = [
        _is_waiting(),
        *(_is_untouched(name) for name in reading.values),
        *(_field(name) == value for name, value in reading.kept.items()),
    ]
    return reduce(and_, conditions)


def _is_waiting() -> Condition:
    """Its user works on it, and its reading is not over."""
    state = ExpenseRow.reading["state"]
    waits: Condition = ExpenseRow.status.is_in(*sorted(status.value for status in FILLABLE)) & (
        state.does_not_exist() | (state == ReadingJobStatus.WAITING.value)
    )
    return waits


def _is_untouched(name: str) -> Condition:
    """It says nothing, and its user has never said otherwise."""
    field = _field(name)
    says_nothing: Condition = field.does_not_exist() | (field == "") | field.is_type(NULL)
    untouched: Condition = says_nothing & ~ExpenseRow.edited_fields.contains(name)
    return untouched


def _field(name: str) -> Path:
    return Path(ExpenseRow.get_attributes()[name])
