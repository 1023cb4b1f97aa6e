"""An e-invoice as its XML states it, to be held against pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from functions.document_reading.reading.e_invoice.model import EInvoice

INVOICE = EInvoice(
    merchant_names=("Kronberg Technik GmbH",),
    date=date(2023, 3, 5),
    total=Decimal("119.00"),
    currency="EUR",
    document_number="RE-2023-118",
    vat=(),
    adds_up=True,
    is_credit_note=False,
)
