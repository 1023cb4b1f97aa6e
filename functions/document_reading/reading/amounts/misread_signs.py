"""Signs of currency that OCR took for figures: `$8.20` read as `58.20`.

Nothing in the figures themselves gives it away, and a till prints its sign before every amount, so that
sums may even agree. But where the same amount stands elsewhere with its sign, that is what was printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from functions.document_reading.reading.amounts.labelled_amount import LabelledAmount

_LIKE_SIGNS = "568"
"""Figures that a dollar's or a euro's sign looks like."""
_FEWEST_SIGNED = 2


def without_misread_signs(amounts: Sequence[LabelledAmount]) -> list[LabelledAmount]:
    """The amounts, without the figure that was a sign; as they are where signs are not the habit."""
    signed = [one for one in amounts if one.currency is not None and one.is_money]
    if len(signed) < _FEWEST_SIGNED:
        return list(amounts)
    by_text = {str(one.value): one for one in signed}
    return [_restored(one, by_text) for one in amounts]


def _restored(one: LabelledAmount, by_text: dict[str, LabelledAmount]) -> LabelledAmount:
    text = str(one.value)
    meant = by_text.get(text[1:])
    if one.currency is not None or text[0] not in _LIKE_SIGNS or meant is None or not one.is_money:
        return one
    amount = replace(one.amount, value=meant.value, currency=meant.currency)
    return replace(one, amount=amount, currency=meant.currency)
