"""Whether a file begins as the XML of an invoice: UN/CEFACT (XRechnung, Factur-X, ZUGFeRD) or UBL (Peppol).

Other XML is no supporting document. One that declares a document type, and so may have entities, is not
recognised.
"""

from __future__ import annotations

import re

_BEFORE_ROOT = re.compile(r"\s*(?:<\?[^>]{0,500}\?>\s*|<!--.{0,2000}?-->\s*){0,16}", re.DOTALL)
_ROOT = re.compile(
    r"<(?:[\w.-]{1,40}:)?(?:Invoice|CreditNote|CrossIndustryInvoice|CrossIndustryDocument)\s([^>]{1,3000})"
)
_NAMESPACES = ("urn:oasis:names:specification:ubl:", "urn:un:unece:uncefact:", "urn:ferd:")


def is_invoice_data(head: bytes) -> bool:
    """Whether a file begins as the XML of an invoice does, in a namespace of one."""
    text = _as_text(head)
    before = _BEFORE_ROOT.match(text)
    root = _ROOT.match(text, before.end() if before else 0)
    return root is not None and any(namespace in root[1] for namespace in _NAMESPACES)


def _as_text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
