"""What the reading of a document puts on the host's expense."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shared.domain.reading_jobs import ReadingJobStatus


@dataclass(frozen=True, slots=True)
class Mark:
    """Of a field that was filled in: whether it is confirmed, and where it came from (`ocr`, …)."""

    is_confirmed: bool
    source: str
    place: tuple[int, float, float, float, float] | None = None
    """The page, counted from 0, and the value's box on it: left, top, right, bottom as parts of the page."""


@dataclass(frozen=True, slots=True)
class VatOfRate:
    """The VAT of one rate as decimal strings; what the document does not state is None."""

    amount: str
    rate: str | None = None
    base: str | None = None


SEVERAL_DOCUMENTS = "several-documents"
"""The contradiction of a file that holds documents of their own."""
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
    fields that the values go with: they must still say the same. The rest stands in the expense's map
    `reading`, a suggestion each.
    """

    state: ReadingJobStatus
    read_at: datetime
    values: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    document_number: str | None = None
    category: str | None = None
    vat: Sequence[VatOfRate] = ()
    contradictions: Sequence[str] = ()
    is_credit_note: bool = False
    possible_duplicate_of: str | None = None
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
