"""The number a document is known by at its issuer's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from functions.document_scan.reading.dates import dates_of
from functions.document_scan.reading.folding import fold, listed
from functions.document_scan.reading.lines import Line

_KIND = (
    r"(?:tax )?invoice|receipt|bill|document|doc|credit note|c/n|facture|avoir|ticket|recu|note|rechnung|"
    r"rechnungs"
    r"|handelsrechnung|beleg|quittung|gutschrift|factuur|bon|nota|factura|recibo|ticket|fattura|ricevuta|"
    r"documento|inv|trans"
)
_NUMBER = r"(?:number|numero|nummer|num|no|nr|n|id|#)"
_LABEL = re.compile(
    rf"\b(?:(?P<kind>{_KIND})[ -]?(?:{_NUMBER}\b|#)|(?:{_NUMBER}) (?:de |de la |du |der )?(?P<other>{_KIND})\b"
    rf"|(?P<title>{_KIND})\b(?=[ :#]{{1,3}}[a-z]{{0,6}}[-/ ]?\d))[ .:#°º]{{0,6}}"
)
_VALUE = re.compile(r"[a-z0-9][a-z0-9/_.-]{1,28}[a-z0-9]")
_STRONG = listed("invoice facture avoir rechnung rechnungs factuur factura fattura tax-invoice credit-note")


def document_number_of(lines: Sequence[Line]) -> str | None:
    """The number, or None where none is labelled."""
    dated = {(mention.line, mention.start) for mention in dates_of(lines)}
    found = sorted(_labelled(lines, dated), key=lambda one: one[0])
    return found[0][1] if found else None


def _labelled(lines: Sequence[Line], dated: set[tuple[int, int]]) -> Iterator[tuple[tuple[bool, int], str]]:
    """Every labelled number with its rank: those of an invoice before those of receipts and the like."""
    for index, line in enumerate(lines):
        text = fold(line.text)
        if len(text) != len(line.text):
            text = line.text.lower()
        for label in _LABEL.finditer(text):
            value = _VALUE.match(text, label.end())
            if value is None or (index, value.start()) in dated or not _may_be_number(value[0]):
                continue
            kind = label["kind"] or label["other"] or label["title"]
            yield (kind.replace(" ", "-") not in _STRONG, index), line.text[value.start() : value.end()]


def _may_be_number(value: str) -> bool:
    digits = sum(map(str.isdigit, value))
    is_amount = re.fullmatch(r"\d{1,6}[.,]\d\d", value) is not None
    return digits >= 2 and not is_amount
