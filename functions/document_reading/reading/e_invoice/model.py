"""What the XML inside a hybrid PDF invoice says: Factur-X, ZUGFeRD, XRechnung and Peppol's UBL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from functions.document_reading.reading.model import VatLine

CREDIT_NOTES = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"})
"""Codes of UNTDID 1001 for what is owed to the buyer; their amounts are stated as positive ones."""
_NOT_INVOICES = frozenset({"220", "221", "224", "226", "227", "230", "231", "310", "351"})
"""Orders, their changes and answers, offers and despatch advices."""
_NAMED_BY_A_STANDARD = re.compile(r"(factur-x|zugferd-invoice|xrechnung)\.xml", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
_MOST_DIGITS = 15
MOST_TAXES = 20
"""Rates of one invoice that are looked at."""


@dataclass(frozen=True, slots=True)
class EInvoice:
    """An invoice as its XML states it; what it leaves out is None."""

    merchant_names: tuple[str, ...]
    """The seller's registered name, then the one it trades under."""
    date: date | None
    total: Decimal | None
    currency: str | None
    document_number: str | None
    vat: tuple[VatLine, ...]
    adds_up: bool | None
    """Whether net and tax make the total; None where one of them is not stated."""
    is_credit_note: bool


def is_invoice_type(type_code: str) -> bool:
    """Whether a code of UNTDID 1001 is that of something to be paid, or paid back."""
    return type_code not in _NOT_INVOICES


def best_named_first(attachments: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The attached files' contents, first those with a name that a standard prescribes."""
    ordered = sorted(attachments, key=lambda attachment: not _NAMED_BY_A_STANDARD.fullmatch(attachment[0]))
    return (content for _name, content in ordered)


def amount_of(text: str) -> Decimal | None:
    """An amount as XML writes it."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount.adjusted()) <= _MOST_DIGITS else None


def date_of(text: str) -> date | None:
    """A date as `20180305`, perhaps with a time after it, or as `2018-03-05`."""
    found = _DATE.match(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def in_currency(amounts: Iterable[Element], currency: str | None) -> Element | None:
    """Of amounts stated in several currencies, the one in the invoice's."""
    candidates = list(amounts)
    fitting = [amount for amount in candidates if amount.get("currencyID") in {currency, None}]
    return next(iter(fitting or candidates), None)


def signed(
    total: Decimal | None, vat: Iterable[VatLine], type_code: str
) -> tuple[Decimal | None, tuple[VatLine, ...]]:
    """The total and the VAT as a page shows them: those of a credit note are negative."""
    lines = tuple(vat)
    if type_code not in CREDIT_NOTES or total is None or total <= 0:
        return total, lines
    negated = (VatLine(line.rate, -line.amount, _negated(line.base)) for line in lines)
    return -total, tuple(negated)


def adds_up(net: Decimal | None, tax: Decimal | None, total: Decimal | None) -> bool | None:
    """Whether the three agree, None where one is not stated."""
    if net is None or tax is None or total is None:
        return None
    return net + tax == total


def _negated(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else -amount
