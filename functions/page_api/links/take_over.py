"""An administrator answers for the company's link from now on, in the place of one who is gone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat

from functions.page_api.own_links import live_link
from functions.page_api.ringing import Ringing
from shared.domain.errors import LinkChanged, LinkKeepsChanging, RefusalCode, RequestRefused
from shared.domain.links import Link, Purpose
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession
from shared.ports import Links

MOST_LOOKS = 3


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Called with a session and a purpose, as often as one likes."""

    links: Links
    ring: Ringing
    now: Clock

    def __call__(self, session: HostSession, purpose: Purpose, correlation_id: str) -> Link:
        """The link, theirs: documents go on to the same Dropbox account.

        Raises RequestRefused (not_found, not_administrator, plan_required, not_linked), AwsUnavailable,
        LinkKeepsChanging.
        """
        if purpose is not Purpose.SYNCHRONISATION:
            raise RequestRefused(RefusalCode.NOT_FOUND)  # auto-import is its user's own
        for _ in repeat(None, MOST_LOOKS):
            link = live_link(self.links, session, purpose)
            if link.user_id == session.user_id:
                return link
            try:
                taken = self.links.take_over(link, by=session.user_id, at=self.now())
            except LinkChanged:  # by another administrator, or a new link: look again
                continue
            self.ring(taken, correlation_id)
            return taken
        raise LinkKeepsChanging(purpose.value)
