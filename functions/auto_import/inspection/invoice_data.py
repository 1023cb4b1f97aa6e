"""Invoices that are nothing but data; nothing is validated against a schema.

What its sender's programme wrote is the invoice.
"""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from functions.auto_import.inspection.verdicts import DocumentType, Inspection, InspectionLimits
from functions.auto_import.invoice_sheets.sheet import sheet_of
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason

_MOST_BYTES = 20 * 1024 * 1024
_PORTION = 64 * 1024


def inspect_invoice_data(path: Path, limits: InspectionLimits) -> Inspection:
    """Go through the whole file. Raises `DocumentRejected` where it is not well-formed or too large."""
    if path.stat().st_size > min(_MOST_BYTES, limits.decoding_bytes):
        raise DocumentRejected(RejectionReason.TOO_COMPLEX)
    parser = expat.ParserCreate()
    try:
        with path.open("rb") as file:
            while portion := file.read(_PORTION):
                parser.Parse(portion, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise DocumentRejected(RejectionReason.DAMAGED, may_be_incomplete=True) from error
    return Inspection(DocumentType.XML, 1, complete=True, sheet=_sheet_of(path))


def _sheet_of(path: Path) -> bytes:
    """Empty where making it fails: that is no reason to keep an invoice waiting for another try."""
    try:
        return sheet_of(path)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a stranger's XML may be odd in ways that nobody has listed
        return b""
