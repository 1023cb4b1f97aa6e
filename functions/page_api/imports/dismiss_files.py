"""Takes rejected files off the list of what wants attention; what lies in Dropbox stays."""

from __future__ import annotations

from dataclasses import dataclass

from functions.page_api.imports.own_files import own_file
from functions.page_api.own_links import find_link
from functions.page_api.ports import Imports
from shared.domain.links import Purpose
from shared.http.host_session import HostSession
from shared.ports import Links

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class DismissFiles:
    """Called with a session and a file's id, or for all of the caller's; it needs no link that works."""

    links: Links
    imports: Imports

    def one(self, session: HostSession, file_id: str) -> int:
        """How many were, 0 or 1. Raises RequestRefused (not_found), AwsUnavailable."""
        return self.imports.dismiss([own_file(self.imports, session, file_id)])

    def all(self, session: HostSession) -> int:
        """How many were. Raises AwsUnavailable."""
        link = find_link(self.links, session, Purpose.AUTO_IMPORT)
        if link is None:
            return 0
        return self.imports.dismiss(self.imports.rejected(session.user_id, link.account_id, MOST_AT_ONCE))
