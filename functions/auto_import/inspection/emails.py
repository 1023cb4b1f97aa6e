"""Emails: the document attached to one is taken out, to be inspected as any other."""

from __future__ import annotations

from pathlib import Path

from functions.auto_import.inspection.verdicts import DocumentType, Inspection
from shared.file_types.email_attachments import attached_document


def inspect_email(path: Path) -> Inspection:
    """Find the one document that is attached. Raises `DocumentRejected` where there is none, or more."""
    found = attached_document(path)
    return Inspection(DocumentType.EML, 1, complete=found.is_complete, attached=found.data)
