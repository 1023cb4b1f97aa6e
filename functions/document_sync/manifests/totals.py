"""What a month's lines come to, by employee, by category and by rate of VAT: in each currency by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from functions.document_sync.manifests.cells import is_exact
from functions.document_sync.manifests.rates import Rate, by_rate
from functions.document_sync.manifests.rows import ManifestRow

Label = Callable[[ManifestRow], str]


@dataclass(slots=True)
class Total:
    """The sum of some lines in one currency. What a sheet has as text is in no sum of it, nor here."""

    label: str
    currency: str
    documents: int = 0
    expenses: int = 0
    amount: Decimal = field(default=Decimal(0))
    net: Decimal = field(default=Decimal(0))
    vat: Decimal = field(default=Decimal(0))

    def add(self, row: ManifestRow) -> None:
        """Count a line in."""
        self.documents += 1
        self.expenses += row.position == 1
        self.amount += _summed(row.amount)
        self.net += _summed(row.vat.net if row.vat else None)
        self.vat += _summed(row.vat.amount if row.vat else None)


@dataclass(slots=True)
class RateTotal:
    """The VAT of one rate in one currency."""

    rate: Rate
    currency: str
    net: Decimal = field(default=Decimal(0))
    vat: Decimal = field(default=Decimal(0))


def totals_by(rows: Iterable[ManifestRow], label: Label) -> list[Total]:
    """By label and currency, in their order."""
    totals: dict[tuple[str, str], Total] = {}
    for row in rows:
        key = label(row), row.currency or ""
        totals.setdefault(key, Total(*key)).add(row)
    return [totals[key] for key in sorted(totals, key=lambda key: (key[0].casefold(), key))]


def totals_by_rate(rows: Iterable[ManifestRow], rates: tuple[Rate, ...]) -> list[RateTotal]:
    """By rate, in the order of the columns, and currency."""
    totals: dict[tuple[Rate, str], RateTotal] = {}
    for row in rows:
        for rate, of_rate in by_rate(row.vat, rates).items():
            key = rate, row.currency or ""
            total = totals.setdefault(key, RateTotal(*key))
            total.net += _summed(of_rate.net)
            total.vat += _summed(of_rate.amount)
    return [totals[key] for key in sorted(totals, key=lambda key: (rates.index(key[0]), key[1]))]


def _summed(amount: Decimal | None) -> Decimal:
    return amount if amount is not None and is_exact(amount) else Decimal(0)
