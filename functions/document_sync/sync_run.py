"""One run over one company: who it is for, whom it talks to, and how far it may go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from functions.document_sync.ports import (
    Deliveries,
    Documents,
    Dropbox,
    EmployeeFolders,
    Expenses,
    HostEvents,
    Links,
    Manifests,
)
from shared.domain.links import Link
from shared.domain.timestamps import Clock
from shared.doorbells import link_watch

ROOT = "/Jenji"
"""The folder in the company's Dropbox; inside an app folder it could not be shared."""
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SyncLimits:
    """How much is taken up at once: what is committed together is on record together.

    A search goes through pages of `expenses_a_page`; a backfill ends its turn after `pages_at_once`.
    `threads` is how many deliveries' records are read and written at the same time.
    """

    expenses_a_page: int = 100
    pages_at_once: int = 10

    documents_together: int = 1000
    documents_a_portion: int = 250
    bytes_together: int = 640 * MEBIBYTE
    threads: int = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncRun:
    """Everything a run needs, made anew for each doorbell.

    `has_time` turns false while there is still enough left to put things in order. `correlation_id` is
    that of the doorbell.
    """

    link: Link
    is_careful: bool
    dropbox: Dropbox
    deliveries: Deliveries
    manifests: Manifests
    expenses: Expenses
    documents: Documents
    employee_folders: EmployeeFolders
    links: Links
    events: HostEvents
    clock: Clock
    has_time: Callable[[], bool]
    root: str = ROOT
    limits: SyncLimits = SyncLimits()
    correlation_id: str = ""


def ensure_link_unchanged(run: SyncRun) -> None:
    """Raise LinkChanged or LinkPaused where this run is to stop."""
    link_watch.ensure_link_unchanged(run.links, run.link)
