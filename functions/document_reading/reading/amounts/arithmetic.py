"""What the amounts of a document prove of each other: the only evidence that needs no trust in a label.

Every candidate is asked about, so what does not depend on it is found once: a question costs a look-up.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from enum import Enum, auto
from functools import cached_property
from itertools import combinations

from functions.document_reading.reading.amounts.labels import Label, LabelledAmount

_ZERO = Decimal(0)
_MOST_VALUES = 5
"""Amounts of one kind that are looked at; their subsets are tried."""
COIN = Decimal("0.05")
"""The smallest coin where totals are rounded: Malaysia, Switzerland, the Netherlands, Belgium, Canada…"""
_MOST_ADDITIONS, _FEW_VALUES = 800, 2
"""Sums of what comes on top that are looked at; where there are more, sums of fewer amounts of each kind."""
_MOST_ROUNDINGS = 10
_MOST_ADDED = Decimal("0.5")
"""Part of a net amount: taxes and services together add no more."""
_NEAR = 8
"""Lines around a total in which its sums are stated."""
_LARGEST_ROUNDING = Decimal("0.99")


class Proof(Enum):
    """Why an amount must be what the document comes to."""

    CASH_MINUS_CHANGE = auto()
    PAID_EXACTLY = auto()
    NET_PLUS_TAX = auto()
    LESS_DISCOUNT = auto()
    TAX_FREE = auto()
    """The net amount, where the taxes are stated to be nothing."""
    TAX_TABLE = auto()
    TAX_RATE = auto()
    """A stated tax is what a stated rate makes of it."""
    ROUNDED = auto()
    ITEMS = auto()
    REPEATED = auto()
    """Two lines call it the total, each by a label of its own."""
    PREPAID_AND_LEFT = auto()
    TIPPED = auto()
    """What is called paid or total below a tip is another total with that tip."""


class Arithmetic:
    """The labelled amounts of one document, by what they are."""

    def __init__(self, amounts: Sequence[LabelledAmount], rates: Iterable[Decimal]) -> None:
        self._values: dict[Label, list[Decimal]] = {}
        self._asked: dict[tuple[Label, ...], list[Decimal]] = {}
        self._looked_up: dict[tuple[Label, ...], frozenset[Decimal]] = {}
        self._lines: dict[Decimal, set[int]] = {}
        self._printed = {one.value for one in amounts}
        for one in amounts:
            self._values.setdefault(one.label, []).append(one.value)
            if one.label.is_total and not one.is_from_above:
                self._lines.setdefault(one.value, set()).add(one.amount.line)
        self._rates = [rate for rate in dict.fromkeys(rates) if _ZERO < rate < 40][:_MOST_VALUES]
        self._last_lines = {value: max(lines) for value, lines in self._lines.items()}
        self._sizes = sorted({abs(value) for value in self._lines})
        self._steps = {
            abs(step) for step in self.of(Label.DISCOUNT, Label.PREPAID, Label.PAID, Label.ROUNDING)
        }
        self._additions = self._sums_of_additions(_MOST_VALUES)
        self._items = _item_sums(amounts)
        self._services = [(one.amount.line, one.value) for one in amounts if one.label in _SERVICES]
        self._tips = [
            (one.amount.line, one.value) for one in amounts if one.label is Label.TIP and one.value > 0
        ]
        self._ends = [
            (one.amount.line, one.value)
            for one in amounts
            if one.label is Label.PAID or (one.label.is_total and not one.is_from_above)
        ]

    def of(self, *labels: Label) -> list[Decimal]:
        """The distinct values with one of the labels."""
        if labels not in self._asked:
            values = (value for label in labels for value in self._values.get(label, ()))
            self._asked[labels] = list(dict.fromkeys(values))
        return self._asked[labels]

    def _among(self, *labels: Label) -> frozenset[Decimal]:
        """The same, to look values up in."""
        if labels not in self._looked_up:
            self._looked_up[labels] = frozenset(self.of(*labels))
        return self._looked_up[labels]

    @cached_property
    def roundings(self) -> list[Decimal]:
        """Differences by rounding that are not nothing; OCR may have lost a minus, so both ways."""
        found = [value for value in self.of(Label.ROUNDING) if _ZERO < abs(value) <= _LARGEST_ROUNDING]
        return [signed for value in found for signed in (value, -value)][:_MOST_ROUNDINGS]

    def proofs(self, value: Decimal) -> set[Proof]:
        """Everything that speaks for a value."""
        tests: dict[Proof, Callable[[Decimal], bool]] = {
            Proof.CASH_MINUS_CHANGE: self._is_cash_minus_change,
            Proof.PAID_EXACTLY: self._is_paid_exactly,
            Proof.NET_PLUS_TAX: self._is_net_plus_tax,
            Proof.LESS_DISCOUNT: self._is_less_discount,
            Proof.TAX_FREE: self._is_tax_free,
            Proof.TAX_TABLE: self._is_tax_table,
            Proof.TAX_RATE: self._has_stated_tax,
            Proof.ROUNDED: self._is_rounded,
            Proof.ITEMS: lambda value: value in self._items,
            Proof.REPEATED: lambda value: len(self._lines.get(value, ())) > 1,
            Proof.PREPAID_AND_LEFT: self._is_prepaid_and_left,
            Proof.TIPPED: self._is_after_tip,
        }
        return {proof for proof, holds in tests.items() if holds(value)}

    def is_before_tip(self, value: Decimal) -> bool:
        """Whether a tip was added to it."""
        return value in self._tipped[0]

    def _is_after_tip(self, value: Decimal) -> bool:
        return value in self._tipped[1]

    @cached_property
    def _tipped(self) -> tuple[set[Decimal], set[Decimal]]:
        """Totals before a tip, and those with it, where that is printed at the tip or below."""
        ends = {value: line for line, value in sorted(self._ends)}  # the last line of each
        begins = {value: min(lines) for value, lines in self._lines.items()}
        pairs = {
            (before, before + tip)
            for at, tip in self._tips
            for before, line in begins.items()
            if line < at <= ends.get(before + tip, -1)
        }
        return {before for before, _ in pairs}, {after for _, after in pairs}

    @property
    def has_tax(self) -> bool:
        """Whether a tax is stated that is not nothing."""
        return any(self.of(Label.TAX, Label.TAX_OR_GROSS))

    @property
    def largest_tax(self) -> Decimal:
        """The largest amount called a tax."""
        return max(map(abs, self.of(Label.TAX, Label.TAX_OR_GROSS)), default=_ZERO)

    def has_service_near(self, line: int, value: Decimal) -> bool:
        """Whether something is charged for service or delivery among the sums, and not in running text."""
        return any(
            abs(at - line) <= _NEAR and _ZERO < abs(charge) < abs(value) for at, charge in self._services
        )

    def is_underpaid(self, value: Decimal) -> bool:
        """Whether payments are stated, and all of them together are less."""
        paid = [abs(one) for one in self.of(Label.PAID) if one]
        return bool(paid) and sum(paid, _ZERO) < abs(value)

    def has_larger_total(self, value: Decimal) -> bool:
        """Whether something greater is called a total, and no discount, prepayment or rounding says why."""
        size = abs(value)
        larger = self._sizes[bisect_right(self._sizes, size + COIN) :]
        return any(one - size not in self._steps for one in larger)

    def is_before_rounding(self, value: Decimal) -> bool:
        """Whether another amount is this one, rounded to a coin."""
        rounded = (value + rounding for rounding in self.roundings)
        return bool(value % COIN) and any(one in self._printed and not one % COIN for one in rounded)

    def is_before_taxes(self, value: Decimal, *, is_subtotal: bool) -> bool:
        """Whether another total, or after a subtotal any amount, is this one with what is added to it."""
        after = self._printed if is_subtotal else self._lines
        return any(value + addition in after for addition in self._additions if addition > 0)

    def is_before_more(self, value: Decimal, line: int) -> bool:
        """Whether a total further down is this one with an amount stated besides: a donation, a deposit."""
        more = (one - value for one, last in self._last_lines.items() if last > line)
        return any(_ZERO < one <= abs(value) * _MOST_ADDED and one in self._printed for one in more)

    def is_rest(self, value: Decimal) -> bool:
        """Whether it is what prepayments have left of another total."""
        return any(value + abs(paid) in self._lines for paid in self.of(Label.PREPAID) if paid)

    def _is_cash_minus_change(self, value: Decimal) -> bool:
        return value in self._paid_less_change

    @cached_property
    def _paid_less_change(self) -> set[Decimal]:
        changes = [abs(change) for change in self.of(Label.CHANGE) if change]
        paid = [abs(one) for one in self.of(Label.PAID)][:_MOST_VALUES]
        together = {one + another for one, another in combinations(paid, 2)} | set(paid)
        return {one - change for one in together for change in changes}

    def _is_paid_exactly(self, value: Decimal) -> bool:
        return value in self._lines and value in self._among(Label.PAID)

    def _is_net_plus_tax(self, value: Decimal) -> bool:
        bases = (value - addition for addition in self._additions)
        return any(
            base in self._stated_bases and _ZERO < abs(value - base) <= abs(base) * _MOST_ADDED
            for base in bases
        )

    @cached_property
    def _stated_bases(self) -> set[Decimal]:
        return {*self.of(*_BASES), *self._whole_bases}

    def _is_tax_free(self, value: Decimal) -> bool:
        taxes = self._among(Label.TAX, Label.TAX_OR_GROSS)
        return taxes == {_ZERO} and value in self._among(Label.NET, Label.BASE, Label.NET_OR_TOTAL)

    def _sums_of_additions(self, most: int) -> set[Decimal]:
        """All that may come on top: taxes, services and discounts, any of them, and a rounding."""
        taxes = _sums([value for value in self.of(Label.TAX, Label.TAX_OR_GROSS) if value], most)
        services = _sums([value for value in self.of(*_SERVICES) if value], most)
        discounts = _sums([-abs(value) for value in self.of(Label.DISCOUNT) if value], most)
        count = len(taxes) * len(services) * len(discounts) * (1 + len(self.roundings))
        if count > _MOST_ADDITIONS and most > _FEW_VALUES:
            return self._sums_of_additions(most - 1)
        added = {tax + service for tax in taxes for service in services} - {_ZERO}
        reduced = {sum_ + discount for sum_ in added for discount in discounts}
        return {sum_ + rounding for sum_ in reduced for rounding in (_ZERO, *self.roundings)}

    def _is_less_discount(self, value: Decimal) -> bool:
        bases = self._among(*_BASES)
        return any(value + abs(discount) in bases for discount in self.of(Label.DISCOUNT) if discount)

    def _is_tax_table(self, value: Decimal) -> bool:
        return value in self._tax_tables

    @cached_property
    def _tax_tables(self) -> set[Decimal]:
        taxes = [tax for tax in _sums(self._values.get(Label.TAX, []), _MOST_VALUES) if tax]
        return {
            base + tax + rounding
            for base in self._whole_bases
            for tax in taxes
            for rounding in (_ZERO, *self.roundings)
        }

    @cached_property
    def _whole_bases(self) -> set[Decimal]:
        """What all rows of a tax table come to, or a row that says so: one row of several proves a part."""
        bases = self._values.get(Label.BASE, [])
        together = {sum(bases, _ZERO), sum(dict.fromkeys(bases), _ZERO)}
        return together | {base for base in bases if base * 2 in together}

    def _has_stated_tax(self, value: Decimal) -> bool:
        expected = (value * rate / (100 + rate) for rate in self._rates)
        return any(has_near(self._taxes, one, Decimal("0.01")) for one in expected)

    @cached_property
    def _taxes(self) -> list[Decimal]:
        return sorted(tax for tax in self.of(Label.TAX, Label.TAX_OR_GROSS) if tax)

    def _is_rounded(self, value: Decimal) -> bool:
        unrounded = self._among(*_BASES, Label.GROSS, Label.PAYABLE)
        return any(value - rounding in unrounded for rounding in self.roundings)

    def _is_prepaid_and_left(self, value: Decimal) -> bool:
        rests = self._among(Label.LEFT, Label.PAYABLE, Label.TOTAL)
        return any(
            value - abs(paid) in rests
            for paid in self.of(Label.PREPAID, Label.PAID)
            if paid and paid != value
        )


_BASES = (Label.NET, Label.SUBTOTAL, Label.NET_OR_TOTAL, Label.TOTAL, Label.AMOUNT)
_SERVICES = (Label.SERVICE, Label.TIP)


def has_near(ordered: Sequence[Decimal], value: Decimal, tolerance: Decimal) -> bool:
    """Whether one of some values in order is no further from this one."""
    place = bisect_left(ordered, value - tolerance)
    return place < len(ordered) and ordered[place] <= value + tolerance


def _subsets(values: Sequence[Decimal], most: int) -> list[tuple[Decimal, ...]]:
    """Every choice of the last few values: sums are stated at the end."""
    few = values[-most:]
    return [some for size in range(1, len(few) + 1) for some in combinations(few, size)]


def _sums(values: Sequence[Decimal], most: int) -> set[Decimal]:
    """What any of the last values come to together, none of them included."""
    return {_ZERO} | {sum(some, _ZERO) for some in _subsets(values, most)}


def _item_sums(amounts: Sequence[LabelledAmount]) -> set[Decimal]:
    """What the items come to: the last amounts of lines before the first total that end in one column."""
    last: dict[int, LabelledAmount] = {}
    for one in amounts:
        if one.label.is_total or one.label in {Label.TAX, Label.PAID, Label.NET}:
            break
        if one.is_money and one.label is not Label.OTHER:
            last[one.amount.line] = one
    ends = [(one.amount.right, 2.5 * _width_of_a_figure(one)) for one in last.values()]
    sizes = [sum(abs(right - other) <= near for right, near in ends) for other, _ in ends]
    if max(sizes, default=0) < 2:
        return set()
    other = ends[sizes.index(max(sizes))][0]
    column = zip(ends, last.values(), strict=True)
    return {sum((one.value for (right, near), one in column if abs(right - other) <= near), _ZERO)}


def _width_of_a_figure(one: LabelledAmount) -> float:
    return (one.amount.right - one.amount.left) / (one.amount.end - one.amount.start)
