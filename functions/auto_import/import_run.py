"""One run over one account: who it is for, whom it talks to, and how far it may go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from functions.auto_import.byte_budget import ByteBudget
from functions.auto_import.inspection.verdicts import Inspector
from functions.auto_import.ports import Dropbox, ImportRecords, PutDocument
from shared.domain.activity import BatchActivity
from shared.domain.expenses import User
from shared.domain.links import Link
from shared.domain.recorded_batches import RecordedBatch
from shared.domain.timestamps import Clock
from shared.ports import Links, RingForReadings, SendEvents


@dataclass(frozen=True, slots=True)
class ImportLimits:
    """How large, how patient, how parallel."""

    max_document_bytes: int
    reject_grace: timedelta
    threads: int = 32
    downloads: int = 16
    bytes_in_flight: int = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportServices:
    """What every run works with, made once. `byte_budget` is how much of the disk documents may take.

    `note_recorded` has the host told once a batch is read: see `RecordedBatchStore.note`. `note_activity`
    keeps how it ended for the company's administrators: see `ActivityStore.note`.
    """

    records: ImportRecords
    put_document: PutDocument
    inspector: Inspector
    links: Links
    ring_for_readings: RingForReadings
    send_events: SendEvents
    note_recorded: Callable[[RecordedBatch], None]
    note_activity: Callable[[BatchActivity], None]
    clock: Clock
    byte_budget: ByteBudget
    limits: ImportLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """One drain of one account.

    `notified_at` is when the doorbell was first rung, `correlation_id` its own; `has_time` turns false
    while there is still enough left to put things in order. `workdir` is where documents lie while they
    are looked at. `is_routine` is true where nobody has said that there is anything to do.
    """

    services: ImportServices
    link: Link
    user: User
    notified_at: datetime
    is_careful: bool
    dropbox: Dropbox
    has_time: Callable[[], bool]
    workdir: Path
    correlation_id: str = ""
    is_routine: bool = False
