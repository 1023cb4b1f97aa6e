"""Whether two documents of one day and amount look like one and the same purchase."""

from __future__ import annotations

from difflib import SequenceMatcher

from functions.document_reading.reading.model import Reading
from shared.domain.reading_jobs import Likeness, folded_merchant

# `cafe lumiere` and `cafe lumlere`: a letter or two misread.
_LEAST_LIKENESS = 0.8


def likeness_of(reading: Reading) -> Likeness | None:
    """None where there is too little to compare by."""
    if reading.date is None or reading.total is None:
        return None
    merchant = folded_merchant(reading.merchant.value) if reading.merchant else ""
    currency = reading.currency.value if reading.currency else ""
    return Likeness(reading.date.value, reading.total.value, merchant, currency)


def look_similar(one: Likeness, other: Likeness) -> bool:
    """Whether, of two with the same day and amount, the merchants' names are much the same.

    A name may be that of the brand on one document, with the town or the legal form on the other.
    """
    if one.currency and other.currency and one.currency != other.currency:
        return False
    words, other_words = set(one.merchant.split()), set(other.merchant.split())
    if not words or not other_words:
        return False
    if words <= other_words or other_words <= words:
        return True
    return SequenceMatcher(None, one.merchant, other.merchant).ratio() >= _LEAST_LIKENESS
