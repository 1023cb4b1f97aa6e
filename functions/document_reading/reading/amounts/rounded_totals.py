"""Totals that are rounded to a coin, but printed only as they were before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from functions.document_reading.reading.amounts.labelled_amount import LabelledAmount
from functions.document_reading.reading.amounts.labels import Label

COIN = Decimal("0.05")
"""The smallest coin where totals are rounded: Malaysia, Switzerland, the Netherlands, Belgium, Canada…"""


def with_rounded_totals(amounts: Sequence[LabelledAmount]) -> list[LabelledAmount]:
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
