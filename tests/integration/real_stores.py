"""Stores of the tables that the `aws` fixture makes, by the names that they have there."""

from __future__ import annotations

from datetime import timedelta

from shared.aws.stores.erasable_records import ErasableRecords
from shared.aws.stores.import_history import ImportHistory
from shared.aws.stores.import_store import ImportStore
from shared.domain.imports import KEPT_FOR
from shared.domain.timestamps import Clock, utc_now


def import_store(*, kept_for: timedelta = KEPT_FOR, clock: Clock = utc_now) -> ImportStore:
    return ImportStore(
        reservations_table="reservations",
        import_records_table="records",
        waiting_files_table="waiting_files",
        expenses_table="expenses",
        reading_jobs_table="reading_jobs",
        kept_for=kept_for,
        clock=clock,
    )


def import_history() -> ImportHistory:
    return ImportHistory(
        import_records_table="records",
        waiting_files_table="waiting_files",
        reservations_table="reservations",
        reading_jobs_table="reading_jobs",
    )


def erasable_records() -> ErasableRecords:
    return ErasableRecords(
        links_table="links",
        audit_trail_table="audit_trail",
        reservations_table="reservations",
        waiting_files_table="waiting_files",
        import_records_table="records",
        reading_jobs_table="reading_jobs",
        deliveries_table="deliveries",
        employee_folders_table="employee_folders",
    )
