"""An e-invoice beside its page: what both say is confirmed, what they do not agree on is reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from functions.document_reading.reading.amounts.parse import amounts_of
from functions.document_reading.reading.dates.issue_date import issue_date_of
from functions.document_reading.reading.dates.parse import dates_of
from functions.document_reading.reading.e_invoice.model import EInvoice
from functions.document_reading.reading.lexicon.folding import squashed
from functions.document_reading.reading.merchant.business_names import comparable
from functions.document_reading.reading.model import Contradiction, Field, PageWords, Reading, Source
from functions.document_reading.reading.print.layout import country_of
from functions.document_reading.reading.print.lines import Line, lines_of
from functions.document_reading.reading.read_pages import read_lines

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Page:
    """What the pages show, in any place; an invoice that is nothing but XML has none."""

    is_there: bool
    lines: Sequence[Line]
    amounts: frozenset[Decimal]
    days: frozenset[date]
    names: str
    letters: str


def read_e_invoice(
    invoices: Sequence[EInvoice], pages: Sequence[PageWords] | None, *, country: str | None
) -> Reading:
    """The invoice that fits the pages best, and how far they agree with it; None where it has no page.

    The XML's own values are given, but for a value that the pages do not show at all where they show
    another one beyond doubt: that is what the user sees.
    """
    page = _seen(lines_of(pages or ()), is_there=pages is not None)
    invoice = max(invoices, key=lambda one: _agreements(one, page))
    stated = _stated(invoice, page)
    shown = read_lines(page.lines, country=country)
    day, day_code = _agreed_date(stated, page, country)
    total, total_code = _agreed_total(stated, shown)
    codes = (total_code, day_code, _currency_code(stated, shown), _number_code(stated, shown))
    found = [code for code in codes if code]
    if invoice.adds_up is False:
        found.append(Contradiction.SUM)
    if len({(one.document_number, one.total) for one in invoices}) > 1:
        found.append(Contradiction.INVOICES)
    return replace(
        stated,
        merchant=_placed(stated.merchant, shown.merchant),
        date=_placed(day, shown.date),
        total=_placed(total, shown.total),
        currency=_placed(stated.currency, shown.currency),
        document_number=_placed(stated.document_number, shown.document_number),
        category=shown.category,
        vat=stated.vat or shown.vat,
        contradictions=tuple(found),
    )


def _agreed_total(stated: Reading, shown: Reading) -> tuple[Field[Decimal] | None, Contradiction | None]:
    """A total is confirmed where it is what the page's own labels and sums make of it.

    That the amount stands there too proves nothing: an item may cost as much. It is contradicted where the
    page shows it nowhere, and confirms another one.
    """
    total, on_page = stated.total, shown.total
    if total is None or on_page is None or abs(on_page.value) == abs(total.value):
        return total or on_page, None
    if not on_page.is_confirmed:
        return replace(total, is_confirmed=False), None
    if total.is_confirmed:
        return replace(total, is_confirmed=False), None
    return replace(on_page, is_confirmed=False), Contradiction.TOTAL


def _agreed_date(
    stated: Reading, page: _Page, country: str | None
) -> tuple[Field[date] | None, Contradiction | None]:
    shown = issue_date_of(page.lines, country_of(page.lines) or country)
    if shown is None:
        return stated.date, None
    on_page = Field(shown.day, is_confirmed=False, source=Source.TEXT)
    if stated.date is None or not shown.is_confirmed or shown.day == stated.date.value:
        return stated.date or on_page, None
    if stated.date.value in page.days:
        return replace(stated.date, is_confirmed=False), None
    return on_page, Contradiction.DATE


def _placed(stated: Field[Value] | None, shown: Field[Value] | None) -> Field[Value] | None:
    """The XML's value, or else the page's; where the page says the same, with where that stands."""
    if stated is None or shown is None or stated.value != shown.value:
        return stated or shown
    return replace(stated, place=shown.place)


def _currency_code(stated: Reading, shown: Reading) -> Contradiction | None:
    on_page = shown.currency
    if on_page is None or stated.currency is None or not on_page.is_confirmed:
        return None
    return Contradiction.CURRENCY if on_page.value != stated.currency.value else None


def _number_code(stated: Reading, shown: Reading) -> Contradiction | None:
    number = stated.document_number
    is_doubted = number is not None and not number.is_confirmed
    on_page = shown.document_number
    return Contradiction.NUMBER if is_doubted and on_page is not None and on_page.is_confirmed else None


def _seen(lines: Sequence[Line], *, is_there: bool) -> _Page:
    return _Page(
        is_there,
        lines,
        frozenset(abs(amount.value) for amount in amounts_of(list(lines))),
        frozenset(day for mention in dates_of(lines) for day in mention.readings),
        " ".join(comparable(line.text) for line in lines),
        squashed("".join(line.text for line in lines)),
    )


def _agreements(invoice: EInvoice, page: _Page) -> int:
    number = squashed(invoice.document_number or "")
    return sum(
        (
            invoice.total is not None and abs(invoice.total) in page.amounts,
            invoice.date in page.days,
            bool(number) and number in page.letters,
        )
    )


def _stated(invoice: EInvoice, page: _Page) -> Reading:
    """What the XML states, each value confirmed by being on the page."""
    number = invoice.document_number
    is_total_seen = invoice.total is not None and abs(invoice.total) in page.amounts
    names = invoice.merchant_names
    merchant = next((name for name in names if comparable(name) in page.names), next(iter(names), None))
    return Reading(
        merchant=_field(merchant, merchant is not None and comparable(merchant) in page.names),
        date=_field(invoice.date, invoice.date in page.days),
        total=_field(invoice.total, is_total_seen or (invoice.adds_up is True and not page.is_there)),
        currency=_field(invoice.currency, is_total_seen),
        document_number=_field(number, bool(number) and squashed(number or "") in page.letters),
        vat=invoice.vat,
        is_credit_note=invoice.is_credit_note,
    )


def _field(value: Value | None, is_confirmed: bool) -> Field[Value] | None:
    return None if value is None else Field(value, is_confirmed, Source.E_INVOICE)
