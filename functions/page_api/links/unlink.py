"""Unmakes the caller's link, or their company's; what lies in Dropbox and what is on record stays."""

from __future__ import annotations

from dataclasses import dataclass

from functions.page_api.own_links import find_link
from shared.domain.errors import LinkChanged, LinkKeepsChanging, RefusalCode, RequestRefused
from shared.domain.links import Link, Purpose
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession
from shared.ports import Links

MOST_LOOKS = 4


@dataclass(frozen=True, slots=True)
class Unlink:
    """Called with a session and a purpose, as often as one likes; it needs no plan."""

    links: Links
    now: Clock

    def __call__(self, session: HostSession, purpose: Purpose) -> Link:
        """The link, unlinked.

        Raises RequestRefused (not_administrator, not_linked), AwsUnavailable, LinkKeepsChanging.
        """
        for _ in range(MOST_LOOKS):
            link = find_link(self.links, session, purpose)
            if link is None:
                raise RequestRefused(RefusalCode.NOT_LINKED)
            try:
                return self.links.unlink(link, by=session.user_id, at=self.now())
            except LinkChanged:  # Linked again, perhaps in another tab: that one is meant too.
                continue
        raise LinkKeepsChanging(purpose.value)
