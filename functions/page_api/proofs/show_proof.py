"""Shows the last proof of the company's folder and what it found, and how far the next one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from functions.page_api.cursors import from_cursor, to_cursor
from functions.page_api.own_links import live_link
from functions.page_api.ports import ProofPages, Proofs
from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.links import Link, Purpose
from shared.domain.proofs import MOST_FINDINGS, FolderProof, FoundDocument, pages_of
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession
from shared.ports import Links


@dataclass(frozen=True, slots=True)
class ShowProof:
    """Called with a session: what is on record, without asking Dropbox."""

    links: Links
    proofs: Proofs

    def __call__(self, session: HostSession) -> tuple[Link, FolderProof]:
        """Raises RequestRefused (not_administrator, plan_required, not_linked), AwsUnavailable."""
        link = live_link(self.links, session, Purpose.SYNCHRONISATION)
        return link, self.proofs.get(link.company_id, link.account_id)


@dataclass(frozen=True, slots=True)
class ListedFindings:
    """A page of what the last proof found, and the cursor of the next page, None after the last."""

    link: Link
    found: Sequence[FoundDocument]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class ListFindings:
    """Called with a session, and where to go on: what the last proof with a result found."""

    show: ShowProof
    pages: ProofPages
    now: Clock

    def __call__(self, session: HostSession, cursor: str | None) -> ListedFindings:
        """Raises RequestRefused (see ShowProof; invalid_cursor), AwsUnavailable."""
        link, proof = self.show(session)
        proved = proof.proved
        if proved is None or not proved.is_kept(self.now()):
            return ListedFindings(link, (), None)
        of_list = ("findings", link.company_id, proved.run_id)
        page = _page_in(of_list, cursor)
        pages = pages_of(proved)
        if page >= pages:
            return ListedFindings(link, (), None)
        found = self.pages.findings(link.company_id, proved.run_id, page)
        following = to_cursor(of_list, str(page + 1)) if page + 1 < pages else None
        return ListedFindings(link, found, following)


def _page_in(of_list: Sequence[str], cursor: str | None) -> int:
    if cursor is None:
        return 0
    place = from_cursor(of_list, cursor)
    if not (place.isascii() and place.isdigit() and len(place) < len(str(MOST_FINDINGS))):
        raise RequestRefused(RefusalCode.INVALID_CURSOR)
    return int(place)
