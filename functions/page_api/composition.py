"""Wires what all of the page's API has in common; each room wires its own use cases once it is asked for one.

These modules are the places that know which adapter stands behind which protocol.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from functions.page_api.ringing import Ringing
from shared.aws.host.expense_reader import ExpenseReader
from shared.aws.queues.doorbell_queue import DoorbellQueue
from shared.aws.stores.delivery_history import DeliveryHistory
from shared.aws.stores.import_history import ImportHistory
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.request_counts import RequestCounts
from shared.config.page_api import PageApiSettings
from shared.domain.links import Purpose
from shared.domain.timestamps import Clock, utc_now
from shared.http.request_limits import CheckLimit

Room = TypeVar("Room")


class Composition:
    """What is built once for each execution environment; tests give another clock."""

    def __init__(self, settings: PageApiSettings, *, clock: Clock = utc_now) -> None:
        self.settings = settings
        self.clock = clock
        self.links = LinkStore(
            settings.links_table, settings.audit_trail_table, audit_kept_for=settings.audit_kept_for
        )
        ring_for = {
            Purpose.AUTO_IMPORT: DoorbellQueue(settings.import_queue_url).ring,
            Purpose.SYNCHRONISATION: DoorbellQueue(settings.sync_queue_url).ring,
        }
        self.imports = ImportHistory(
            import_records_table=settings.import_records_table,
            waiting_files_table=settings.waiting_files_table,
            reservations_table=settings.reservations_table,
            reading_jobs_table=settings.reading_jobs_table,
        )
        self.deliveries = DeliveryHistory(settings.deliveries_table)
        self.expenses = ExpenseReader(settings.expenses_table)
        self.ring = Ringing(self.links, ring_for, clock)
        self.check_limit = CheckLimit(RequestCounts(settings.link_attempts_table).count, clock)
        self._rooms: dict[Callable[[Composition], object], object] = {}

    def of(self, room: Callable[[Composition], Room]) -> Room:
        """A room's use cases, wired for the first request that needs one of them."""
        if room not in self._rooms:
            self._rooms[room] = room(self)
        return cast("Room", self._rooms[room])
