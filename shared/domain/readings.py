"""What the reading of a document puts on the host's expense."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from shared.domain.previews import Preview
from shared.domain.reading_jobs import ReadingJobStatus

Box = tuple[int, float, float, float, float]
"""A page, counted from 0, and a box on it: left, top, right, bottom as parts of the upright page."""


class Category(StrEnum):
    """What kind of expense it seems to be: a suggestion, never more."""

    MEAL = "meal"
    HOTEL = "hotel"
    TRAIN = "train"
    FLIGHT = "flight"
    TAXI = "taxi"
    PUBLIC_TRANSPORT = "public-transport"
    CAR_RENTAL = "car-rental"
    FUEL = "fuel"
    PARKING = "parking"
    TOLL = "toll"
    TELECOM = "telecom"
    SOFTWARE = "software"
    OFFICE_SUPPLIES = "office-supplies"
    GROCERIES = "groceries"
    POSTAGE = "postage"


class Contradiction(StrEnum):
    """Where the document disagrees with itself: stable codes, for a person to look at."""

    TOTAL = "total-differs-from-page"
    DATE = "date-differs-from-page"
    CURRENCY = "currency-differs-from-page"
    NUMBER = "number-differs-from-page"
    SUM = "sum-does-not-add-up"
    INVOICES = "several-invoices"
    DOCUMENTS = "several-documents"
    """The file holds documents of their own."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Of a field that was filled in: whether it is confirmed, and where it came from (`ocr`, …)."""

    is_confirmed: bool
    source: str
    place: Box | None = None
    """Where the value stands; None where no page shows it, as of an e-invoice's data."""


@dataclass(frozen=True, slots=True)
class VatOfRate:
    """The VAT of one rate as decimal strings; what the document does not state is None."""

    amount: str
    rate: str | None = None
    base: str | None = None
    place: Box | None = field(default=None, compare=False)
    """Where the amount stands."""


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A value as it was read, with its mark."""

    value: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class WhatWasRead:
    """What an expense's map `reading` says of its document: `fields` were filled in, `beside` were not."""

    fields: Mapping[str, ReadValue] = field(default_factory=dict)
    beside: Mapping[str, ReadValue] = field(default_factory=dict)
    category: str | None = None
    vat: Sequence[VatOfRate] = ()
    contradictions: Sequence[str] = ()
    is_credit_note: bool = False
    preview: Preview | None = None


MOST_PARTS = 10
"""A file of more documents than that is not split."""


@dataclass(frozen=True, slots=True)
class ReadPart:
    """One of several documents in a file: its pages, counted from 0, a box on its one page, what it says."""

    pages: tuple[int, ...]
    box: tuple[float, float, float, float] | None
    reading: ExpenseReading


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseReading:
    """What is put on the expense.

    `values` fills in fields that say nothing and were never touched, with a mark for each. `kept` are
    fields that the values go with: they must still say the same. `beside` is what was read and is in none of
    the fields. The rest stands in the expense's map `reading`, a suggestion each.
    """

    state: ReadingJobStatus
    read_at: datetime
    values: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, ReadValue] = field(default_factory=dict)
    document_number: str | None = None
    category: str | None = None
    vat: Sequence[VatOfRate] = ()
    contradictions: Sequence[str] = ()
    is_credit_note: bool = False
    possible_duplicate_of: str | None = None
    preview: Preview | None = None
    parts: Sequence[ReadPart] = ()
    """Of a file of several documents, which may become an expense each."""
    by_hand_until: date | None = None
    """Of what waits: it is read on that day, when its quota of pages is renewed, and not before."""

    @property
    def is_guessed(self) -> bool:
        """Whether any of the values is not confirmed."""
        return not all(mark.is_confirmed for mark in self.marks.values())


def without_what_is_missing(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only what says something."""
    return {name: value for name, value in values.items() if value not in (None, "", (), [], {}, False)}
