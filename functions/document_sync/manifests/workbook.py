"""A month's manifest as an Excel file: typed lines, and totals that calculate.

Imported by what writes one only: the library takes a tenth of a second to load.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime

from xlsxwriter import Workbook

from functions.document_sync.manifests.cells import Cells
from functions.document_sync.manifests.line_sheet import LineSheet
from functions.document_sync.manifests.month import ManifestMonth
from functions.document_sync.manifests.total_sheet import TotalSheet

MOST_LINES = 1_048_575
"""A sheet has no more rows below its headings."""
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def manifest_workbook(month: ManifestMonth) -> bytes | None:
    """The file's bytes, the same for the same month; None where a sheet cannot hold all lines."""
    if len(month.rows) > MOST_LINES:
        return None
    data = io.BytesIO()
    with Workbook(data, _OPTIONS) as workbook:
        workbook.set_properties({"title": f"Expenses {month.month}", "created": _as_of(month)})
        lines = LineSheet(month)
        sheet = workbook.add_worksheet(lines.name)
        lines.write(sheet, Cells(sheet, workbook.add_format))
        totals = workbook.add_worksheet(month.words("sheet.totals"))
        TotalSheet(lines).write(totals, Cells(totals, workbook.add_format))
    return data.getvalue()


def _as_of(month: ManifestMonth) -> datetime:
    """When the last of it was delivered: the time of writing would make other bytes of the same month."""
    moments = [row.delivered_at.astimezone(UTC) for row in month.rows]
    return max(moments, default=datetime(2000, 1, 1, tzinfo=UTC)).replace(tzinfo=None)
