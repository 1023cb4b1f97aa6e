"""The truth beside a document: `NAME.json`, in the form that each public collection gives it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

_KEYS = {
    "merchant": ("merchant", "company", "issuer", "seller", "vendor"),
    "date": ("date", "invoice_date"),
    "total": ("total", "amount", "grand_total"),
    "currency": ("currency",),
    "number": ("number", "invoice_number", "document_number"),
}
_DATE_FORMS = (
    "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%d.%m.%y", "%d %b %Y",
    "%d-%b-%Y", "%d-%b-%y", "%d %B %Y", "%d/%b/%Y", "%d%b%Y", "%b %d, %Y", "%B %d, %Y", "%Y/%m/%d",
    "%d %b %y", "%m/%d/%Y", "%m-%d-%Y", "%Y%m%d",
)  # fmt: skip
"""Day first, as those collections mostly have it; the month first where nothing else is possible."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What a person read; None where nobody did, or where it is not said in a form we understand."""

    merchant: str | None
    date: date | None
    total: Decimal | None
    currency: str | None
    number: str | None


def truth_of(document: Path) -> Truth | None:
    """The truth beside a document, or None where there is none."""
    beside = document.with_suffix(".json")
    if not beside.is_file():
        return None
    stated = json.loads(beside.read_text(encoding="utf-8"))
    if isinstance(stated, list):
        stated = stated[0] if stated else {}
    said = {field: _first(stated, keys) for field, keys in _KEYS.items()}
    return Truth(
        said["merchant"], _date(said["date"]), _amount(said["total"]), said["currency"], said["number"]
    )


def _first(stated: Mapping[str, object], keys: tuple[str, ...]) -> str | None:
    return next((str(stated[key]).strip() for key in keys if stated.get(key) not in {None, ""}), None)


def _date(text: str | None) -> date | None:
    for form in _DATE_FORMS if text else ():
        try:
            return datetime.strptime(text or "", form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _amount(text: str | None) -> Decimal | None:
    figures = re.sub(r"[^\d.,-]", "", text or "")
    if re.search(r",\d\d$", figures):
        figures = figures.replace(".", "").replace(",", ".")
    try:
        return Decimal(figures.replace(",", ""))
    except InvalidOperation:
        return None
