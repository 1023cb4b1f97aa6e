"""The caller's files that wait for another try."""

from __future__ import annotations

from dataclasses import dataclass

from functions.page_api.own_links import find_link
from functions.page_api.ports import Imports
from shared.domain.imports import WaitingFile
from shared.domain.links import LinkStatus, Purpose
from shared.http.host_session import HostSession
from shared.ports import Links

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ListWaitingFiles:
    """Called with a session."""

    links: Links
    imports: Imports

    def __call__(self, session: HostSession) -> tuple[WaitingFile, ...]:
        """The longest waiting first. Raises AwsUnavailable."""
        link = find_link(self.links, session, Purpose.AUTO_IMPORT)
        if link is None or link.status is LinkStatus.UNLINKED:
            return ()
        waiting = self.imports.waiting(session.user_id, link.account_id, MOST_SHOWN)
        return tuple(sorted(waiting, key=lambda file: file.since))
