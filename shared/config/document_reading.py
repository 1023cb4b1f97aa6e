"""What `document_reading` is told by its environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from shared.config.environment import Settings, count, days, optional, read_by, required
from shared.domain.errors import ConfigurationMissing


class OcrEngine(StrEnum):
    """What reads pictures; e-invoices and text are read without."""

    TEXTRACT = "textract"
    ONBOARD = "onboard"
    NONE = "none"


def _engine(name: str) -> OcrEngine:
    value = required(name)
    try:
        return OcrEngine(value)
    except ValueError as error:
        raise ConfigurationMissing(f"environment variable {name} names no engine") from error


@dataclass(frozen=True, slots=True)
class DocumentReadingSettings(Settings):
    """What reading documents needs.

    `ocr_packages` is a directory to import the engine from, `default_country` (ISO 3166, two letters)
    is assumed where a document leaves doubt; either may be empty.
    """

    reading_jobs_table: str
    import_records_table: str
    expenses_table: str
    documents_bucket: str
    reading_queue_url: str
    event_bus_name: str
    imported_kept_for: timedelta = field(metadata=read_by(days, "IMPORTED_KEPT_DAYS"))
    ocr_engine: OcrEngine = field(metadata=read_by(_engine))
    ocr_packages: str = field(metadata=read_by(optional))
    default_country: str = field(metadata=read_by(optional))
    reading_concurrency: int = field(metadata=read_by(count))
    user_readers_percent: int = field(metadata=read_by(count))
    user_readers_at_first_percent: int = field(metadata=read_by(count))
    company_readers_percent: int = field(metadata=read_by(count))
    textract_pages_user_day: int = field(metadata=read_by(count))
    textract_pages_user_month: int = field(metadata=read_by(count))
    textract_pages_company_day: int = field(metadata=read_by(count))
    textract_pages_company_month: int = field(metadata=read_by(count))
