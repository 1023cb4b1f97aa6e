"""Invoices that are nothing but data: XML of UN/CEFACT (XRechnung, Factur-X, ZUGFeRD) or UBL (Peppol).

Other XML is no supporting document. Nothing is validated against a schema: what its sender's programme
wrote is the invoice. One that declares a document type, and so may have entities, is not recognised.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.parsers import expat

from functions.auto_import.inspection.verdicts import DocumentType, Inspection, InspectionLimits
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason

_BEFORE_ROOT = re.compile(r"\s*(?:<\?[^>]{0,500}\?>\s*|<!--.{0,2000}?-->\s*){0,16}", re.DOTALL)
_ROOT = re.compile(
    r"<(?:[\w.-]{1,40}:)?(?:Invoice|CreditNote|CrossIndustryInvoice|CrossIndustryDocument)\s([^>]{1,3000})"
)
_NAMESPACES = ("urn:oasis:names:specification:ubl:", "urn:un:unece:uncefact:", "urn:ferd:")
_MOST_BYTES = 20 * 1024 * 1024
_PORTION = 64 * 1024


def is_invoice_data(head: bytes) -> bool:
    """Whether a file begins as the XML of an invoice does, in a namespace of one."""
    text = _as_text(head)
    before = _BEFORE_ROOT.match(text)
    root = _ROOT.match(text, before.end() if before else 0)
    return root is not None and any(namespace in root[1] for namespace in _NAMESPACES)


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
    return Inspection(DocumentType.XML, 1, complete=True)


def _as_text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
