"""Has everything accepted since a date delivered; the search for it is the drain's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from functions.page_api.own_links import live_link
from functions.page_api.ringing import Ringing
from shared.domain.errors import LinkChanged, LinkKeepsChanging
from shared.domain.links import Backfill, Link, Purpose
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession
from shared.http.start_date import check_start_date
from shared.ports import FindCompany, Links

MOST_LOOKS = 4


@dataclass(frozen=True, slots=True)
class StartBackfill:
    """Called with a session and a date, as often as one likes."""

    links: Links
    ring: Ringing
    find_company: FindCompany
    now: Clock

    def __call__(self, session: HostSession, since: datetime, correlation_id: str) -> Backfill:
        """The same one again while it is under way.

        Raises RequestRefused (not_administrator, plan_required, not_linked, invalid_start_date),
        AwsUnavailable, LinkKeepsChanging.
        """
        for _ in range(MOST_LOOKS):
            link = live_link(self.links, session, Purpose.SYNCHRONISATION)
            check_start_date(since, self.find_company(session.company_id), self.now())
            under_way = link.backfill
            if under_way is not None and under_way.completed_at is None and under_way.since == since:
                return under_way
            try:
                return self._start(link, Backfill(since, requested_at=self.now()), correlation_id)
            except LinkChanged:  # Linked again, or another administrator asked in the meantime: look again.
                continue
        raise LinkKeepsChanging(Purpose.SYNCHRONISATION.value)

    def _start(self, link: Link, backfill: Backfill, correlation_id: str) -> Backfill:
        self.ring(self.links.request_backfill(link, backfill), correlation_id)
        return backfill
