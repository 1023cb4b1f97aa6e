"""Chooses where in a team's Dropbox the company's folder lies, for what comes from then on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat

from functions.page_api.own_links import live_link
from functions.page_api.ringing import Ringing
from shared.domain.errors import LinkChanged, LinkKeepsChanging, RefusalCode, RequestRefused
from shared.domain.links import Link, Purpose, Space
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession
from shared.ports import Links

MOST_LOOKS = 3


@dataclass(frozen=True, slots=True)
class ChooseSpace:
    """Called with a session and a space, as often as one likes."""

    links: Links
    ring: Ringing
    now: Clock

    def __call__(self, session: HostSession, purpose: Purpose, space: Space, correlation_id: str) -> Link:
        """The link with that choice; what lies in the other space stays there.

        Raises RequestRefused (not_administrator, plan_required, not_linked, no_team_space),
        AwsUnavailable, LinkKeepsChanging.
        """
        for _ in repeat(None, MOST_LOOKS):
            link = live_link(self.links, session, purpose)
            if link.team_space_id is None:
                raise RequestRefused(RefusalCode.NO_TEAM_SPACE)
            if link.space is space:
                return link
            try:
                chosen = self.links.choose_space(link, space, by=session.user_id, at=self.now())
            except LinkChanged:  # by another administrator, or a new link: look again
                continue
            self.ring(chosen, correlation_id)
            return chosen
        raise LinkKeepsChanging(purpose.value)
