"""The caller's files that wait for another try."""

from __future__ import annotations

from dataclasses import dataclass

from functions.page_api.own_links import find_link
from functions.page_api.ports import Imports
from shared.domain.imports import WaitingFile
from shared.domain.links import Link, LinkStatus, Purpose
from shared.http.host_session import HostSession
from shared.ports import Links

MOST_SHOWN = 200
MOST_WAITING = 1_000
"""As many as a request has time for."""


@dataclass(frozen=True, slots=True)
class ListWaitingFiles:
    """Called with a session."""

    links: Links
    imports: Imports

    def __call__(self, session: HostSession) -> tuple[WaitingFile, ...]:
        """The longest waiting first. Raises AwsUnavailable."""
        link = find_link(self.links, session, Purpose.AUTO_IMPORT)
        waiting = waiting_files(self.imports, link, MOST_SHOWN)
        return tuple(sorted(waiting, key=lambda file: file.since))


def waiting_files(imports: Imports, link: Link | None, most: int) -> list[WaitingFile]:
    """The files of a live link that wait for another try, in any order."""
    if link is None or link.status is LinkStatus.UNLINKED:
        return []
    return imports.waiting(link.user_id, link.account_id, most)
