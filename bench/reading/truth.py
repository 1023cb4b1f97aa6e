"""The truth beside a document: `NAME.json`, in the form that each public collection gives it.

Some truths are wrong themselves: `truth_errors.json` beside this module lists them, each with its reason.
They are counted apart, neither for the reader nor against it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
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
_ERRORS = Path(__file__).with_name("truth_errors.json")

Value = str | date | Decimal


@dataclass(frozen=True, slots=True)
class Truth:
    """What a person read, by field."""

    values: Mapping[str, Value | None]
    """None where nothing must be read; a field that is not judged is missing."""
    wrong: Mapping[str, str] = field(default_factory=dict)
    """Fields whose truth is known to be wrong, each with the reason."""
    is_part_of_name: bool = False
    """Whether the merchant is right if its name contains the one stated."""


def truth_of(document: Path) -> Truth | None:
    """The truth beside a document, or None where there is none."""
    beside = document.with_suffix(".json")
    if not beside.is_file():
        return None
    stated = json.loads(beside.read_text(encoding="utf-8"))
    if isinstance(stated, list):
        stated = stated[0] if stated else {}
    found = ((field, _values(field, stated, keys)) for field, keys in _KEYS.items())
    return Truth(
        {field: values[0] for field, values in found if values},
        wrong=_wrong_truths().get(f"{document.parent.name}/{document.name}", {}),
        is_part_of_name=bool(stated.get("_contains")),
    )


def _values(field: str, stated: Mapping[str, object], keys: tuple[str, ...]) -> list[Value | None]:
    """The field's value, or none where it is not stated in a form we understand."""
    key = next((key for key in keys if stated.get(key, "") != ""), None)
    if key is None:
        return []
    if stated[key] is None:
        return [None]
    text = str(stated[key]).strip()
    value = {"date": _date, "total": _amount}.get(field, str)(text)
    return [] if value is None else [value]


@cache
def _wrong_truths() -> Mapping[str, Mapping[str, str]]:
    """The fields that are stated wrongly and why, by folder and name of the document."""
    found: dict[str, dict[str, str]] = {}
    for one in json.loads(_ERRORS.read_text(encoding="utf-8")):
        found.setdefault(one["document"], {})[one["field"]] = one["reason"]
    return found


def _date(text: str) -> date | None:
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _amount(text: str) -> Decimal | None:
    figures = re.sub(r"[^\d.,-]", "", text)
    if re.search(r",\d\d$", figures):
        figures = figures.replace(".", "").replace(",", ".")
    try:
        return Decimal(figures.replace(",", ""))
    except InvalidOperation:
        return None
