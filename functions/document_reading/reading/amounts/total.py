"""What a document comes to: candidates weighed by label and arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from functions.document_reading.reading.amounts.arithmetic import COIN, Arithmetic, Proof
from functions.document_reading.reading.amounts.labels import Label, LabelledAmount
from functions.document_reading.reading.weights import TOTAL, Evidence, weighed

_PIECES = {label: f"label: {label.name.lower().replace('_', ' ')}" for label in Label}
"""The evidence that each label is, where it may be that of a total."""
_PROOFS = {proof: f"proof: {proof.name.lower().replace('_', ' ')}" for proof in Proof}
_SUMS = {Proof.CASH_MINUS_CHANGE, Proof.NET_PLUS_TAX, Proof.TAX_TABLE, Proof.ROUNDED, Proof.TIPPED}
"""Proofs by three amounts or more: a misread digit would have to be misread in two of them alike."""
_OF_THE_WHOLE = {Proof.CASH_MINUS_CHANGE, Proof.ROUNDED, Proof.PREPAID_AND_LEFT, Proof.TIPPED}
"""What a part of the total cannot have: it has a net amount and a tax of its own, too."""
_AGREEMENTS = {Proof.PAID_EXACTLY, Proof.ITEMS, Proof.REPEATED, Proof.TAX_FREE, Proof.LESS_DISCOUNT}
_PAYMENTS = {Proof.CASH_MINUS_CHANGE, Proof.PAID_EXACTLY}
_EXPLAIN_ROUNDING = {Proof.ROUNDED, Proof.NET_PLUS_TAX, Proof.TAX_TABLE, Proof.CASH_MINUS_CHANGE}
_EXPLAIN_TAX = {
    Proof.NET_PLUS_TAX,
    Proof.TAX_TABLE,
    Proof.TAX_RATE,
    Proof.CASH_MINUS_CHANGE,
    Proof.TIPPED,
}
_LEAST_TAX = Decimal("0.025")
"""Part of a total: where a sign before each amount was misread as a figure, the tax is far too small."""
_PROVE_PAYMENT = {Proof.NET_PLUS_TAX, Proof.TAX_TABLE, Proof.ROUNDED, Proof.TIPPED}
"""Proofs that an amount paid is the total, not a note handed over."""
_EXPLAIN_SERVICE = {Proof.NET_PLUS_TAX, Proof.TIPPED, *_PAYMENTS}
_FROM_ABOVE = 0.6
"""A label above an amount may as well be the heading of a column of prices."""
_WHOLE = 0.4
"""A figure without decimals or currency is rather a number of something."""
_REPAIRED = 0.7
"""Digits were guessed."""
_OF_THE_UNNAMED = {Proof.CASH_MINUS_CHANGE, Proof.ROUNDED, Proof.PAID_EXACTLY, Proof.TIPPED}
"""What can make an unlabelled amount the total below another: by sums it may as well be a part of that."""
_MARGIN = 1.5


@dataclass(frozen=True, slots=True)
class Total:
    """The total read."""

    value: Decimal
    is_confirmed: bool
    line: int


@dataclass(frozen=True, slots=True)
class TotalCandidate:
    """An amount that may be the total, with what speaks for it."""

    value: Decimal
    evidence: Evidence
    line: int
    proofs: frozenset[Proof]
    label: Label
    is_money: bool
    is_repaired: bool

    @property
    def score(self) -> float:
        """What the evidence comes to."""
        return weighed(self.evidence, TOTAL)


def total_of(
    amounts: Sequence[LabelledAmount], rates: Iterable[Decimal], *, is_paid_in_coins: bool = False
) -> Total | None:
    """The total, or None where nothing is labelled as one or paid.

    Where it is paid in coins of five, one that is not a multiple of it may be from before rounding.
    """
    arithmetic, candidates = weighed_totals(amounts, rates)
    if not candidates or candidates[0].score <= 0:
        return None
    best = candidates[0]
    runner_up = candidates[1].score if len(candidates) > 1 else 0.0
    is_confirmed = best.score - runner_up >= _MARGIN and _is_proven(
        best, arithmetic, is_paid_in_coins=is_paid_in_coins
    )
    return Total(best.value, is_confirmed, best.line)


def weighed_totals(
    amounts: Sequence[LabelledAmount], rates: Iterable[Decimal]
) -> tuple[Arithmetic, list[TotalCandidate]]:
    """Every amount that may be the total, the likeliest first, and what the amounts prove of each other."""
    money = [one for one in amounts if one.is_money or _may_be_whole(one)] or list(amounts)
    money = _bounded(_with_rounded_totals(money))
    arithmetic = Arithmetic([one for one in money if one.is_money] or money, rates)
    return arithmetic, sorted(_candidates(money, arithmetic), key=lambda one: one.score, reverse=True)


_MOST_AMOUNTS = 1_000
"""Of one document; one that has many has a hundred. Beyond it the first and the last ones are looked at."""


def _bounded(amounts: list[LabelledAmount]) -> list[LabelledAmount]:
    half = _MOST_AMOUNTS // 2
    return amounts if len(amounts) <= _MOST_AMOUNTS else [*amounts[:half], *amounts[-half:]]


def _may_be_whole(one: LabelledAmount) -> bool:
    """Whether a figure without decimals or currency is so clearly labelled that it may be money."""
    return one.label in _CLEAR and not one.is_column and one.value >= 1


_CLEAR = {Label.PAYABLE, Label.GROSS, Label.TOTAL}


def _candidates(money: Sequence[LabelledAmount], arithmetic: Arithmetic) -> list[TotalCandidate]:
    by_value: dict[Decimal, list[LabelledAmount]] = {}
    for one in money:
        if _PIECES[one.label] in TOTAL:
            by_value.setdefault(one.value, []).append(one)
    last_line = max((one.amount.line for one in money), default=0)
    return [_weighed(value, some, arithmetic, last_line) for value, some in by_value.items()]


def _weight(one: LabelledAmount) -> float:
    return TOTAL[_PIECES[one.label]] * (_FROM_ABOVE if one.is_from_above else 1)


def _weighed(
    value: Decimal, some: list[LabelledAmount], arithmetic: Arithmetic, last_line: int
) -> TotalCandidate:
    labelled = max(
        some,
        key=lambda one: (
            one.is_money,
            not one.amount.is_repaired,
            _weight(one),
            one.amount.line,
        ),
    )
    proofs = arithmetic.proofs(value)
    if labelled.is_derived:
        proofs -= {Proof.ROUNDED}
    if labelled.label is Label.NONE and arithmetic.has_larger_total(value):
        proofs &= _OF_THE_UNNAMED
    evidence = {
        **_evidence_of_label(labelled),
        **{_PROOFS[proof]: 1.0 for proof in proofs},
        **_evidence_of_others(labelled, proofs, arithmetic),
        "low on the page": labelled.amount.line / (last_line + 1),
    }
    return TotalCandidate(
        value,
        evidence,
        labelled.amount.line,
        frozenset(proofs),
        labelled.label,
        labelled.is_money,
        labelled.amount.is_repaired,
    )


def _evidence_of_label(one: LabelledAmount) -> Evidence:
    sure = _FROM_ABOVE if one.is_from_above else 1
    sure *= 1 if one.is_money else _WHOLE
    return {_PIECES[one.label]: sure * (_REPAIRED if one.amount.is_repaired else 1)}


def _evidence_of_others(one: LabelledAmount, proofs: set[Proof], arithmetic: Arithmetic) -> Evidence:
    """What the other amounts say against it."""
    is_superseded = (
        arithmetic.is_before_rounding(one.value) or arithmetic.is_rest(one.value) or one.value == 0
    )
    is_subtotal = one.label is Label.SUBTOTAL
    is_before_more = arithmetic.is_before_more(one.value, one.amount.line)
    return {
        "before more": is_superseded + (is_before_more or arithmetic.is_before_tip(one.value)),
        "before taxes": not is_superseded and arithmetic.is_before_taxes(one.value, is_subtotal=is_subtotal),
        "less than another": arithmetic.has_larger_total(one.value) and not proofs & _OF_THE_WHOLE,
    }


def _is_proven(best: TotalCandidate, arithmetic: Arithmetic, *, is_paid_in_coins: bool) -> bool:
    """Whether evidence that is independent of its label agrees, and nothing on the page is left over."""
    if not best.is_money or not best.value or not _explains(best, arithmetic):
        return False
    is_round = not best.value % COIN
    if not is_round and (arithmetic.of(Label.ROUNDING) or (is_paid_in_coins and not best.proofs & _PAYMENTS)):
        return False
    if best.label is Label.SUBTOTAL:
        return Proof.CASH_MINUS_CHANGE in best.proofs
    if best.label.is_total:
        return bool(best.proofs & (_SUMS if best.is_repaired else _SUMS | _AGREEMENTS))
    return bool(best.proofs & _PROVE_PAYMENT) or len(best.proofs & _SUMS) > 1


def _explains(best: TotalCandidate, arithmetic: Arithmetic) -> bool:
    """Whether every step between sum and total that the document states leads to this amount."""
    return (
        not (arithmetic.roundings and not best.proofs & _EXPLAIN_ROUNDING)
        and not (arithmetic.has_tax and not _explains_tax(best, arithmetic))
        and not (arithmetic.has_service_near(best.line, best.value) and not best.proofs & _EXPLAIN_SERVICE)
        and not (arithmetic.has_larger_total(best.value) and not best.proofs & _OF_THE_WHOLE)
        and not (arithmetic.is_underpaid(best.value) and not best.proofs & _SUMS)
    )


def _explains_tax(best: TotalCandidate, arithmetic: Arithmetic) -> bool:
    if best.proofs & _EXPLAIN_TAX:
        return True
    return Proof.PAID_EXACTLY in best.proofs and arithmetic.largest_tax >= abs(best.value) * _LEAST_TAX


def _with_rounded_totals(amounts: Sequence[LabelledAmount]) -> list[LabelledAmount]:
    """The amounts and those that a stated rounding makes of a total, where they are not printed."""
    return [*amounts, *_derived(amounts)]


def _derived(amounts: Sequence[LabelledAmount]) -> Iterator[LabelledAmount]:
    printed = {one.value for one in amounts}
    roundings = {one.value for one in amounts if one.label is Label.ROUNDING and 0 < abs(one.value) < COIN}
    totals = [one for one in amounts if one.label.is_total and not one.is_from_above]
    for total in totals:
        for rounding in roundings:
            value = total.value + rounding
            if total.value % COIN and not value % COIN and value not in printed:
                printed.add(value)
                yield replace(
                    total, amount=replace(total.amount, value=value), label=Label.TOTAL, is_derived=True
                )
