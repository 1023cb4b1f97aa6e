"""Inspect one file in this process: what a worker does for each document it is handed."""

from __future__ import annotations

from pathlib import Path

from functions.auto_import.inspection.verdicts import DocumentType, Inspection, InspectionLimits
from shared.file_types.signatures import HEAD_BYTES, recognise


def inspect_file(path: Path, limits: InspectionLimits) -> Inspection:
    """Decide what the file is and whether common viewers show it.

    Holds to the limits of pages, pixels and decoding memory; time and address space are limited by the
    process that runs this. Raises `DocumentRejected`, or `MemoryError` where that is short.
    """
    with path.open("rb") as file:
        document_type = recognise(file.read(HEAD_BYTES))
    # Imported here: a worker loads the libraries of the types that it meets.
    if document_type is DocumentType.XML:
        from functions.auto_import.inspection.invoice_data import inspect_invoice_data  # noqa: PLC0415

        return inspect_invoice_data(path, limits)
    if document_type is DocumentType.EML:
        from functions.auto_import.inspection.emails import inspect_email  # noqa: PLC0415

        return inspect_email(path)
    if document_type is DocumentType.PDF:
        from functions.auto_import.inspection.pdf import inspect_pdf  # noqa: PLC0415

        return inspect_pdf(path, limits)
    if document_type in {DocumentType.HEIC, DocumentType.HEIF}:
        from functions.auto_import.inspection.heif import inspect_heif  # noqa: PLC0415

        return inspect_heif(path, document_type, limits)
    if document_type is DocumentType.JPEG:
        from functions.auto_import.inspection.plain_jpegs import inspect_plain_jpeg  # noqa: PLC0415

        if plain := inspect_plain_jpeg(path, limits):
            return plain
    from functions.auto_import.inspection.images import inspect_image  # noqa: PLC0415

    return inspect_image(path, document_type, limits)
