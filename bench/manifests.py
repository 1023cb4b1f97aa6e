"""How long a month's manifest takes to write, and how much memory it needs."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from bench.figures import Figure, Table
from bench.processes import run
from functions.document_sync.manifests.csv_table import manifest_csv
from functions.document_sync.manifests.month import ManifestMonth
from functions.document_sync.manifests.rows import manifest_rows
from shared.domain.deliveries import Delivery, DeliveryKey, DeliveryStatus, Place
from shared.domain.expenses import ExpenseStatus
from shared.domain.host_expenses import HostExpense
from shared.domain.readings import VatOfRate

COUNTS = (1_000, 10_000)
EMPLOYEES, CATEGORIES = 300, 25
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FOLDER = "/Jenji/2026/03"
KILOBYTE, MEGABYTE = 1_000, 1_000_000


def measure() -> list[Table]:
    """Months of so many expenses, each in a process of its own."""
    figures = []
    for count in COUNTS:
        said = json.loads(run([sys.executable, "-m", "bench.manifests", str(count)]).output)
        figures.append(
            Figure(
                f"{count:,} expenses",
                f"{said['seconds']:.1f} s",
                aim="60 s" if count == max(COUNTS) else "",
                remark=f"CSV {said['csv'] / MEGABYTE:.1f} MB, Excel {said['xlsx'] / MEGABYTE:.1f} MB; "
                f"{said['kilobytes'] / KILOBYTE:.0f} MB of memory more",
            )
        )
    return [Table("Manifests: processor seconds of both files, read from memory", "", figures)]


def _write(count: int) -> dict[str, float]:
    # Not above: what it loads is part of what is measured.
    from functions.document_sync.manifests.workbook import manifest_workbook  # noqa: PLC0415

    before, began = _peak(), time.process_time()
    rows = manifest_rows(map(_delivery, range(count)), _expenses, None)
    month = ManifestMonth("2026-03", FOLDER, "fr", rows)
    csv, xlsx = len(manifest_csv(month)), len(manifest_workbook(month) or b"")
    seconds = time.process_time() - began
    return {"seconds": seconds, "kilobytes": _peak() - before, "csv": csv, "xlsx": xlsx}


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _delivery(number: int) -> Delivery:
    folder = f"Employee {number % EMPLOYEES}"
    place = Place(
        f"{FOLDER}/{folder}/2026-03-14 SNCF 84.00 EUR [{number:05X}].pdf",
        FOLDER[-7:].replace("/", "-"),
        folder,
    )
    key = DeliveryKey("atelier", "dbid:first", f"{number:036}", "document")
    return Delivery(
        key,
        DeliveryStatus.DELIVERED,
        NOW,
        NOW,
        NOW,
        place=place,
        sha256=f"{number:064x}",
        delivered_at=NOW,
    )


def _expenses(expense_ids: Iterable[str]) -> dict[str, HostExpense]:
    return {expense_id: _expense(expense_id) for expense_id in expense_ids}


def _expense(expense_id: str) -> HostExpense:
    number = int(expense_id)
    return HostExpense(
        expense_id=expense_id,
        company_id="atelier",
        user_id=f"user-{number % EMPLOYEES}",
        employee_name=f"Employee {number % EMPLOYEES}",
        status=ExpenseStatus.ACCEPTED,
        accepted_at=NOW,
        date=date(2026, 3, 14),
        merchant="SNCF",
        amount=Decimal("84.00"),
        currency="EUR",
        category=f"Category {number % CATEGORIES}",
        documents=(),
        vat=(VatOfRate("1.00", "5.5", "18.18"), VatOfRate("10.80", "20", "54.02")),
    )


if __name__ == "__main__":
    print(json.dumps(_write(int(sys.argv[1]))))
