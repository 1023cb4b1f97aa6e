"""What a document leaves in the tables, in bytes, and what a large company has there after ten years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pynamodb.models import Model

from bench.aws_calls import item_bytes
from bench.figures import Figure, Table
from shared.aws.stores.delivery_rows import to_delivery_row, to_filed_row, to_pending_row
from shared.aws.stores.import_rows import to_import_record_row, to_reservation_row
from shared.aws.stores.reading_job_rows import to_reading_job_row
from shared.aws.stores.reading_tables import LikenessRow
from shared.domain import deliveries, imports
from shared.domain.deliveries import Delivery, DeliveryKey, DeliveryReason, Place, new_delivery
from shared.domain.imports import ImportRecord, Outcome, Reservation
from shared.domain.links import new_batch_id
from shared.domain.reading_jobs import ReadingJob, ReadingJobStatus, new_reading_job

EMPLOYEES, DOCUMENTS_A_YEAR, YEARS = 50_000, 170, 10
"""3.4 million documents in two years are what ten thousand employees of today's customers make."""
OVERHEAD = 100
"""DynamoDB adds so much to each item, and to each entry of an index, where it is stored."""
WALL = 10 * 1024**3
"""What may lie under one partition key, copies included, in a table with local indexes."""
MONTHLY_GIGABYTE = 0.25
NOW = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
EXPENSE_ID, DOCUMENT_ID = str(UUID(int=1 << 127)), str(UUID(int=1 << 126))
ACCOUNT_ID = "dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc"
KEY = DeliveryKey(str(UUID(int=1 << 125)), ACCOUNT_ID, EXPENSE_ID, DOCUMENT_ID)
HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
PLACE = Place(
    "/Jenji/2026/03/Alice Martin/2026-03-14 Café Lumière 84.00 EUR [7F3K2].pdf", "2026-03", "Alice Martin"
)
CORRELATION_ID = "0af7651916cd43dd8448eb211c80319c"


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that a document leaves, with its entries in global indexes, for so many years."""

    what: str
    item: Mapping[str, Any]
    copies: int
    years: float

    @property
    def bytes(self) -> int:
        """Of the row and its entries."""
        return (item_bytes(self.item) + OVERHEAD) * (1 + self.copies)


def as_tables() -> list[Table]:
    """Of what is imported, and of what is delivered."""
    return [_sizes(), _after_ten_years()]


def kept() -> list[Kept]:
    """Every row that a document leaves once all is done."""
    delivered_years = deliveries.KEPT_FOR / timedelta(days=365)
    imported_years = imports.KEPT_FOR / timedelta(days=365)
    delivered = _delivered()
    return [
        Kept("delivery", _item(to_delivery_row(delivered, deliveries.KEPT_FOR)), 1, delivered_years),
        Kept("line of the manifest", _item(to_filed_row(delivered, deliveries.KEPT_FOR)), 0, delivered_years),
        Kept("import record", _item(to_import_record_row(_record())), 0, imported_years),
        Kept("reservation", _item(to_reservation_row(_reservation())), 0, YEARS),
        Kept("reading job", _item(to_reading_job_row(_job())), 0, imported_years),
        Kept("likeness", _item(_likeness()), 0, imported_years),
    ]


def _sizes() -> Table:
    lines = [
        Figure(
            each.what,
            f"{item_bytes(each.item)} bytes",
            remark=f"{each.bytes} stored, entries of indexes included; kept {each.years:.0f} years",
        )
        for each in kept()
    ]
    pending = to_pending_row(_pending())
    if pending is not None:
        lines.append(
            Figure(
                "turn of a pending delivery", f"{item_bytes(_item(pending))} bytes", remark="until it ends"
            )
        )
    failed = _pending().failed(DeliveryReason.DOCUMENT_MISSING, None, NOW)
    lines.append(
        Figure(
            "failed delivery",
            f"{item_bytes(_item(to_delivery_row(failed, deliveries.KEPT_FOR)))} bytes",
            remark="with an entry more",
        )
    )
    return Table("Rows: what a document leaves on record", "", lines)


def _after_ten_years() -> Table:
    a_year = EMPLOYEES * DOCUMENTS_A_YEAR
    lines = [
        Figure(
            each.what,
            f"{_gigabytes(a_year * min(each.years, YEARS) * each.bytes):.0f} GB",
            remark=f"{a_year * min(each.years, YEARS) / 1e6:.1f} million",
        )
        for each in kept()
    ]
    total = sum(a_year * min(each.years, YEARS) * each.bytes for each in kept())
    of_company = sum(a_year * YEARS * each.bytes for each in kept()[:2])
    lines += [
        Figure(
            "together",
            f"{_gigabytes(total):.0f} GB",
            remark=f"${_gigabytes(total) * MONTHLY_GIGABYTE:.0f} a month",
        ),
        Figure(
            "under the company's partition key",
            f"{_gigabytes(of_company):.0f} GB",
            remark=f"{of_company / WALL:.0f} times what local indexes allow; without them there is no limit",
        ),
    ]
    return Table(f"A company of {EMPLOYEES:,} employees after {YEARS} years", "", lines)


def _gigabytes(size: float) -> float:
    return size / 1024**3


def _item(row: Model) -> Mapping[str, Any]:
    return row.serialize()


def _pending() -> Delivery:
    return new_delivery(KEY, NOW, NOW, CORRELATION_ID)


def _delivered() -> Delivery:
    return _pending().delivered(PLACE, content_hash=HASH, sha256=HASH, space=None, at=NOW)


def _record() -> ImportRecord:
    name = "Berlin trip/Taxi Flughafen Brandenburg.jpg"
    return ImportRecord(
        user_id=str(UUID(int=1 << 124)),
        batch_id=new_batch_id(NOW),
        account_id=ACCOUNT_ID,
        file_id="id:a4ayc_80_OEAAAAAAAAAXw",
        content_hash=HASH,
        visit=1,
        name=name,
        size=1_234_567,
        outcome=Outcome.IMPORTED,
        target=f"/Imported/2026-11/{name}",
        notified_at=NOW,
        recorded_at=NOW,
        expense_id=EXPENSE_ID,
        is_filed=True,
        filed_as=f"/Imported/2026-11/{name}",
        correlation_id=CORRELATION_ID,
    )


def _reservation() -> Reservation:
    record = _record()
    return Reservation(record.user_id, HASH, EXPENSE_ID, 1, record.file_id)


def _job() -> ReadingJob:
    job = new_reading_job(_record().user_id, EXPENSE_ID, NOW)
    return job.finished(ReadingJobStatus.DONE, None, "", NOW)


def _likeness() -> LikenessRow:
    return LikenessRow(
        _record().user_id,
        f"like#2026-11-05#46#{EXPENSE_ID}",
        of=EXPENSE_ID,
        merchant="cafe lumiere",
        currency="EUR",
        ttl=int((NOW + imports.KEPT_FOR).timestamp()),
    )
