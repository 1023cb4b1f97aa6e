"""What is read off a document, how sure it is, and the words it is read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

Value_co = TypeVar("Value_co", covariant=True)


class Source(StrEnum):
    """Where a value was found."""

    E_INVOICE = "e-invoice"
    TEXT = "text"
    OCR = "ocr"


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

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was read."""
        return all(getattr(self, field.name) in {None, (), False} for field in fields(self))


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
    is_unread: bool = False
    """Whether nobody has looked for words on it, as on one of too many pictures."""

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)
