"""An amount and what its surroundings call it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from functions.document_reading.reading.amounts.labels import Label
from functions.document_reading.reading.amounts.parse import Amount


@dataclass(frozen=True, slots=True)
class LabelledAmount:
    """An amount and its label."""

    amount: Amount
    label: Label
    currency: str | None
    """ISO code of the sign beside it, in its own cell or the next."""
    is_column: bool = False
    """Whether another amount stands between the label and it, or the label above it."""
    is_from_above: bool = False
    is_derived: bool = False
    """Whether it is not printed but follows from others; those prove nothing of it any more."""

    @property
    def is_money(self) -> bool:
        """Whether it is written as money is."""
        return self.amount.is_money or (self.currency is not None and not self.amount.is_percent)

    @property
    def value(self) -> Decimal:
        """The amount's value."""
        return self.amount.value
