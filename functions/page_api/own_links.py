"""Whose link a request is about: the caller's own, or their company's, and never another's.

Every use case finds the link, and with it the keys of everything else, by the session alone.
"""

from __future__ import annotations

from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.links import Link, LinkStatus, Purpose, link_id_for
from shared.http.host_session import HostSession, check_has_synchronisation, check_is_administrator
from shared.ports import Links


def find_link(links: Links, session: HostSession, purpose: Purpose) -> Link | None:
    """The link as it is now, None where there never was one.

    Raises RequestRefused (not_administrator) where the company's is asked for by somebody else.
    """
    if purpose is Purpose.SYNCHRONISATION:
        check_is_administrator(session)
    return links.get(link_id_for(purpose, session.user_id, session.company_id))


def live_link(links: Links, session: HostSession, purpose: Purpose) -> Link:
    """The link that work may be asked of.

    Raises RequestRefused (not_administrator, plan_required, not_linked).
    """
    link = find_link(links, session, purpose)
    if purpose is Purpose.SYNCHRONISATION:
        check_has_synchronisation(session)
    if link is None or link.status is LinkStatus.UNLINKED:
        raise RequestRefused(RefusalCode.NOT_LINKED)
    return link
