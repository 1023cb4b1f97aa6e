"""Whether `03/04/2018` is in April or in March: by the document's other dates, then by where it is from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from functions.document_reading.reading.dates.parse import Mention

_MONTH_FIRST_COUNTRIES = {"US", "PH", "FM", "PW"}


@dataclass(frozen=True, slots=True)
class Resolved:
    """The day a mention means, and whether the document itself left no doubt about it."""

    mention: Mention
    day: date
    is_certain: bool


def resolve(mentions: Sequence[Mention], digits: str, country: str | None) -> list[Resolved]:
    """Every mention with its day.

    `digits` are the document's runs of digits, since receipt numbers often begin with the day;
    `country` is where the document is from, or else the company.
    """
    orders = Counter(mention.is_day_first for mention in mentions)
    certain = {mention.readings[0] for mention in mentions if len(mention.readings) == 1}
    is_month_first = country in _MONTH_FIRST_COUNTRIES
    return [_resolved(mention, orders, certain, digits, is_month_first) for mention in mentions]


def _resolved(
    mention: Mention, orders: Counter[bool | None], certain: set[date], digits: str, is_month_first: bool
) -> Resolved:
    if len(mention.readings) == 1:
        return Resolved(mention, mention.readings[0], is_certain=True)
    day_first, month_first = mention.readings
    if bool(orders[True]) != bool(orders[False]):
        return Resolved(mention, day_first if orders[True] else month_first, is_certain=True)
    confirmed = [day for day in mention.readings if day in certain or _is_in(day, digits)]
    if len(confirmed) == 1:
        return Resolved(mention, confirmed[0], is_certain=True)
    return Resolved(mention, month_first if is_month_first else day_first, is_certain=False)


def _is_in(day: date, digits: str) -> bool:
    """Whether a number holds the day as `20180306` or `180306`."""
    return f"{day:%y%m%d}" in digits
