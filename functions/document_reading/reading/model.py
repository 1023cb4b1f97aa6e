"""What is read off a document, how sure it is, and the words it is read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from dataclasses import field as of_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from shared.domain.readings import Category as Category  # noqa: PLC0414 - the rules take both from here
from shared.domain.readings import Contradiction as Contradiction  # noqa: PLC0414 - as above

Value_co = TypeVar("Value_co", covariant=True)


class Source(StrEnum):
    """Where a value was found."""

    E_INVOICE = "e-invoice"
    TEXT = "text"
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Place:
    """The box of a value on its page, upright as it is read: parts of the page's width and height."""

    page: int
    """Counted from 0, in the document."""
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Field(Generic[Value_co]):
    """One value that was read.

    It is confirmed where independent evidence on the document agrees (amounts that add up, cash minus
    change, the XML against the page). Otherwise it is a good guess, for the user to check.
    """

    value: Value_co
    is_confirmed: bool
    source: Source
    place: Place | None = None
    """Where it stands; None for what no page shows, as that of an e-invoice's XML."""


@dataclass(frozen=True, slots=True)
class VatLine:
    """The VAT of one rate: percent (None where not stated), its amount, and what it was taken of."""

    rate: Decimal | None
    amount: Decimal
    base: Decimal | None = None
    place: Place | None = of_dataclass(default=None, compare=False)
    """Where the amount stands."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read; a field that could not is None.

    Amounts have the sign the document gives them: a credit note's total is negative. The currency is
    an ISO 4217 code.
    """

    merchant: Field[str] | None = None
    date: Field[date] | None = None
    total: Field[Decimal] | None = None
    currency: Field[str] | None = None
    document_number: Field[str] | None = None
    category: Field[Category] | None = None
    vat: tuple[VatLine, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    is_credit_note: bool = False
    parts: tuple[Part, ...] = ()
    """The documents of a file that holds several, if all of them can be told apart."""
    turns: tuple[tuple[int, float], ...] = ()
    """Pages that were turned to be read, and by how much: places are those of the turned page."""

    @property
    def pages_found_on(self) -> list[int]:
        """The pages that anything stands on, by what people ask for first."""
        read = (self.total, self.merchant, self.date, self.document_number)
        places = (*(field.place for field in read if field), *(line.place for line in self.vat))
        return list(dict.fromkeys(place.page for place in places if place))

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was read."""
        said = (getattr(self, field.name) for field in fields(self) if field.name != "turns")
        return all(value in {None, (), False} for value in said)


Box = tuple[float, float, float, float]
"""Left, top, right and bottom, as parts of a page's width and height."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of several documents in a file: where it is, and what it says by itself."""

    pages: tuple[int, ...]
    """Counted from 0, in the file."""
    box: Box | None
    """Of its one page, where others are on that too."""
    reading: Reading


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands on the page: the box in the page's units from its upper left corner.

    `confidence` is that of the OCR, 0 to 1; a text layer's words have 1.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 1.0

    @property
    def height(self) -> float:
        """How tall the box is: about the size of the print."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way between the box's top and bottom."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one upright page, in any order, and how they were found."""

    words: tuple[Word, ...]
    width: float
    height: float
    source: Source
    number: int = 0
    """Which of the document's pages it is, counted from 0."""
    turn: float = 0.0
    """By how much it was turned to stand upright, clockwise in radians, from how the document shows it."""
    is_unread: bool = False
    """Whether nobody has looked for words on it, as on one of too many pictures."""

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)


def turns_of(pages: Iterable[PageWords]) -> tuple[tuple[int, float], ...]:
    """The pages that were turned, and by how much."""
    return tuple((page.number, round(page.turn, 5)) for page in pages if page.turn)
