"""One run over one company: who it is for, whom it talks to, and how far it may go."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from functions.document_sync.ports import (
    Deliveries,
    Dropbox,
    Expenses,
    FolderFor,
    Manifests,
    OpenDocument,
    Resends,
    Sharings,
)
from functions.document_sync.proving.ports import ProofPages, Proofs
from shared.domain.folders import SYNCHRONISATION_FOLDER
from shared.domain.links import Link
from shared.domain.timestamps import Clock
from shared.doorbells import link_watch
from shared.ports import Links, SendEvents

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SyncLimits:
    """How much is taken up at once: what is committed together is on record together.

    A search goes through pages of `expenses_a_page`; a backfill ends its turn after `pages_at_once`.
    `threads` is how many deliveries' records are read and written at the same time. Documents to be sent
    again are looked for `looks_a_page` between two notes of how far that is, so many at the same time.
    """

    expenses_a_page: int = 100
    pages_at_once: int = 10
    looks_a_page: int = 100
    looks_at_once: int = 8

    documents_together: int = 1000
    documents_a_portion: int = 250
    bytes_together: int = 640 * MEBIBYTE
    threads: int = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncServices:
    """What every run works with, made once."""

    deliveries: Deliveries
    manifests: Manifests
    expenses: Expenses
    open_document: OpenDocument
    folder_for: FolderFor
    links: Links
    send_events: SendEvents
    clock: Clock
    sharings: Sharings
    proofs: Proofs
    proof_pages: ProofPages
    resends: Resends
    sleep: Callable[[float], None] = time.sleep
    root: str = SYNCHRONISATION_FOLDER
    limits: SyncLimits = SyncLimits()


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncRun:
    """One drain of one company.

    `has_time` turns false while there is still enough left to put things in order. `correlation_id` is
    that of the doorbell, `locale` (`fr`, `de-CH`) that of the company.
    """

    services: SyncServices
    link: Link
    is_careful: bool
    dropbox: Dropbox
    has_time: Callable[[], bool]
    correlation_id: str = ""
    locale: str = "en"


def ensure_link_unchanged(run: SyncRun) -> None:
    """Raise LinkChanged or LinkPaused where this run is to stop."""
    link_watch.ensure_link_unchanged(run.services.links, run.link)
