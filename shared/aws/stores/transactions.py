"""A transaction whose parts have names, so that a refusal says which of them did not hold.

DynamoDB answers with one reason per write, and PynamoDB sends the writes by kind, not in the order in which
they were added: condition checks, deletions, puts, updates.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from pynamodb.exceptions import CancellationReason, TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from shared.aws.dynamodb import transaction_connection
from shared.aws.errors import CONDITION_FAILED_REASON

_CONFLICT = "TransactionConflict"
_MOST_TRIES = 8
_FIRST_PAUSE_SECONDS = 0.005


class TransactionRefused(Exception):  # it is what DynamoDB answers, and each store names its error
    """Nothing was written: the conditions of these parts did not hold."""

    def __init__(self, parts: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(parts)))
        self.parts = parts


class Writes:
    """The parts of one transaction, each with its condition."""

    def __init__(self, transaction: TransactWrite) -> None:
        self._transaction = transaction
        self._checks: list[str] = []
        self._deletions: list[str] = []
        self._puts: list[str] = []
        self._updates: list[str] = []

    @property
    def parts(self) -> Sequence[str]:
        """In the order in which they are sent, which is that of the reasons of a refusal."""
        return [*self._checks, *self._deletions, *self._puts, *self._updates]

    def check(self, part: str, model: type[Model], hash_key: str, condition: Condition) -> None:
        """Write nothing, unless this holds of an item."""
        self._transaction.condition_check(model, hash_key, condition=condition)
        self._checks.append(part)

    def delete(self, part: str, row: Model, condition: Condition | None = None) -> None:
        """Delete an item."""
        self._transaction.delete(row, condition)
        self._deletions.append(part)

    def save(self, part: str, row: Model, condition: Condition | None = None) -> None:
        """Write an item, whole."""
        self._transaction.save(row, condition)
        self._puts.append(part)

    def update(
        self, part: str, row: Model, actions: Sequence[Action], condition: Condition | None = None
    ) -> None:
        """Change attributes of an item."""
        self._transaction.update(row, list(actions), condition)
        self._updates.append(part)


@contextmanager
def transaction() -> Iterator[Writes]:
    """Write everything that is added, or nothing, at the end of the block.

    Raises TransactionRefused where a condition did not hold, PynamoDB's own error where AWS failed.
    """
    writes: Writes | None = None
    try:
        with TransactWrite(connection=transaction_connection()) as unnamed:
            writes = Writes(unnamed)
            yield writes
    except TransactWriteError as error:
        refused = _refused(writes.parts if writes else [], error.cancellation_reasons)
        if not refused:
            raise
        raise TransactionRefused(refused) from error


def _refused(parts: Sequence[str], reasons: Sequence[CancellationReason | None]) -> frozenset[str]:
    return frozenset(
        part
        for part, reason in zip(parts, reasons, strict=False)
        if reason is not None and reason.code == CONDITION_FAILED_REASON
    )


def write_together(
    add: Callable[[Writes], None],
    *,
    sleep: Callable[[float], None] = time.sleep,
    jitter: Callable[[float, float], float] = random.uniform,
) -> None:
    """A transaction over an item that others change all the time: where it meets another, it is tried again.

    `add` adds its parts. Raises as `transaction` does.
    """
    for tries in range(1, _MOST_TRIES + 1):
        try:
            with transaction() as writes:
                add(writes)
        except TransactWriteError as error:
            if tries == _MOST_TRIES or not _has_met_another(error):
                raise
            sleep(jitter(0.0, _FIRST_PAUSE_SECONDS * 2**tries))
        else:
            return


def _has_met_another(error: TransactWriteError) -> bool:
    return any(reason is not None and reason.code == _CONFLICT for reason in error.cancellation_reasons)
