"""One run over one account: who it is for, whom it talks to, and how far it may go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from functions.auto_import.byte_budget import ByteBudget
from functions.auto_import.inspection.verdicts import Inspector
from functions.auto_import.ports import Documents, Dropbox, HostEvents, ImportRecords, Links, ReadingDoorbells
from shared.domain.expenses import User
from shared.domain.links import Link
from shared.domain.timestamps import Clock

AUTO_IMPORT = "/Auto-Import"
"""The folder users drop into, in the view of an app-folder app."""


@dataclass(frozen=True, slots=True)
class ImportLimits:
    """How large, how patient, how parallel."""

    max_document_bytes: int
    reject_grace: timedelta
    threads: int = 32
    downloads: int = 16
    bytes_in_flight: int = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """Everything a run needs, made anew for each doorbell.

    `notified_at` is when the doorbell was first rung, `correlation_id` its own; `has_time` turns false
    while there is still enough left to put things in order. `workdir` is where documents lie while they
    are looked at, and `byte_budget` how much of it they may take.
    """

    link: Link
    user: User
    notified_at: datetime
    is_careful: bool
    dropbox: Dropbox
    records: ImportRecords
    documents: Documents
    inspector: Inspector
    links: Links
    reading_doorbells: ReadingDoorbells
    events: HostEvents
    clock: Clock
    has_time: Callable[[], bool]
    workdir: Path
    byte_budget: ByteBudget
    limits: ImportLimits
    correlation_id: str = ""
