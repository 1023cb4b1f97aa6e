"""What the reader asks of a language: one field for each kind of word that means something on a document.

A word is written as `folding.fold` leaves it: in lower case, without accents. Phrases are parted by bars
or line ends, single words by blanks. In a phrase that is looked for in running text, `#` stands for any
digit and `*` for any letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from functions.document_reading.reading.model import Category


class Role(Enum):
    """What one word or phrase contributes to the label of an amount.

    What a label means follows from its roles together: `total` alone is a total, `total` with `tax` the
    sum of taxes, with `without` a net amount. A phrase that two languages use differently has the role
    that comes last here.
    """

    TOTAL = auto()
    PAYABLE = auto()
    """What is finally asked for: grand total, rounded total, to be paid."""
    SUB = auto()
    GROSS = auto()
    """With taxes, said in so many words: it makes an amount a sum even without `total`."""
    WITH = auto()
    """Included: of a total or a tax, and nothing by itself."""
    WITHOUT = auto()
    """Without taxes, or before them."""
    NET = auto()
    """In English either without taxes or after all deductions."""
    TAX = auto()
    ROUNDING = auto()
    DISCOUNT = auto()
    AFTER = auto()
    SERVICE = auto()
    TIP = auto()
    """What guests may add, as often suggested as given."""
    PART = auto()
    """With `total`: the sum of what has one rate, not of all."""
    PAID = auto()
    CHANGE = auto()
    PREPAID = auto()
    LEFT = auto()
    """What is left to be paid after a part was."""
    COUNT = auto()
    AMOUNT = auto()
    OTHER = auto()
    """Points, deposits, prices of a unit: money or not, never what the document comes to."""


class DateLabel(Enum):
    """What a date is of; a phrase that two languages use differently has the meaning that comes last."""

    ISSUE = auto()
    """The document's own date, said in so many words."""
    DATE = auto()
    """`Date` and no more."""
    TITLE = auto()
    """It follows the document's title or number: `Facture n° 7 du 2 juillet`."""
    DUE = auto()
    ORDER = auto()
    SERVICE = auto()
    PRINT = auto()
    OTHER = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The words of one language. A field that is left out is one for which it has no words (yet)."""

    months: tuple[str, ...]
    """January to December, each with its abbreviations."""
    ordinals: str = ""
    """What is written behind a day: `1st`, `1er`."""
    before_month: str = ""
    """Between day and month, with its blank: `1 de mayo`, `1 d'avril`."""
    before_year: str = ""
    """Between month and year, with its blank: `mayo de 2018`."""
    range_words: str = ""
    """Between two dates that are one period."""
    dates: Mapping[DateLabel, str]
    """Phrases before or above a date, by what they make of it."""
    title_endings: str = ""
    """Ends of compound words that are titles: `Mietrechnung`."""
    amounts: Mapping[Role, str]
    """Phrases before or above an amount, by their role."""
    look_alikes: str = ""
    """Single words a letter away from those, which are not misread: `grass` is not `gross`."""

    invoices: str
    """What documents are called whose number goes before all others'."""
    receipts: str
    """What other documents with a number are called."""
    number_joiners: str = ""
    """Between `number` and what it is of: `numéro de facture`."""
    credit_notes: str
    """Titles of documents by which money is given back."""
    self_billed: str = ""
    """In the title of an invoice that the buyer writes."""
    titles: str = ""
    """Single words that a line begins with which is no name."""
    document_words: str
    """Single words of which none is in a shop's name."""
    headings: str
    """Single words that titles and columns consist of; a line of nothing else is no name."""

    sellers: str
    """Before a name: it is who asks for the money."""
    buyers: str
    """Before or above a name: it is who is asked."""
    name_labels: str = ""
    """Before a name within the block of a seller or a buyer."""
    section_headings: str = ""
    """Headings of what is no party: the lines, the totals, the payment, clauses, notes."""
    registers: str
    """What a seller must print near its name: registers, tax numbers, accounts."""
    tax_numbers: str = ""
    """Of those, what invoices print of their buyers too."""
    former_names: str = ""
    """Before another name than the seller's own of today."""
    not_names: str
    """In lines that are no names, as they are of the document, or of how to reach somebody."""
    legal_forms: str = ""
    """What follows a company's name by law, without points."""
    operating_companies: str = ""
    """Single words in the names of companies that run a shop of another name."""
    trades: str
    """Single words: kinds of business, which names are made of."""
    has_compounds: bool = False
    """Whether trades are written as one word with what they are of: `Blumenmarkt`."""
    name_joiners: str = ""
    """Single words that stand in the middle of names."""
    open_ends: str = ""
    """Single words at a line's end after which a name goes on in the next line."""
    welcomes: str = ""
    """Before a shop's name at the head of a receipt, with their accents."""
    order_kinds: str = ""
    """Whole lines that say how something was ordered, or whose copy it is."""
    thanks: str = ""
    """Before a shop's name at the end of a receipt, folded."""
    places: str
    """Single words of addresses."""
    street_endings: str = ""
    """Ends of words that are names of streets."""

    categories: Mapping[Category, str]
    """Phrases that speak for a kind of expense."""


_REQUIRED_TEXTS = (
    "invoices", "receipts", "credit_notes", "document_words", "headings",
    "sellers", "buyers", "registers", "not_names", "trades", "places",
)  # fmt: skip
_OPTIONAL_ROLES = frozenset(
    {Role.NET, Role.AFTER, Role.SERVICE, Role.TIP, Role.PART, Role.LEFT, Role.COUNT, Role.OTHER}
)
_OPTIONAL_LABELS = frozenset({DateLabel.TITLE, DateLabel.PRINT, DateLabel.OTHER, DateLabel.NONE})


def missing_words(language: Language) -> Iterator[str]:
    """Name every kind of word that a language should have and lacks, as `amounts.TOTAL`."""
    months = [f"months.{index}" for index, names in enumerate(language.months, start=1) if not names]
    texts = [name for name in _REQUIRED_TEXTS if not getattr(language, name)]
    roles = [role for role in Role if role not in _OPTIONAL_ROLES and not language.amounts.get(role)]
    labels = [label for label in DateLabel if label not in _OPTIONAL_LABELS and not language.dates.get(label)]
    categories = [category for category in Category if not language.categories.get(category)]
    yield from (*months, *texts)
    yield from (f"amounts.{role.name}" for role in roles)
    yield from (f"dates.{label.name}" for label in labels)
    yield from (f"categories.{category.name}" for category in categories)
