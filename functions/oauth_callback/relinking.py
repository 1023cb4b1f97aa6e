"""What a first link is, and what a new one takes over from the link whose place it takes.

Above all from when on acceptances count.

A start date that is asked for always holds, be it earlier or later than before: acceptances since then
are looked for, from the first. Without one,

- a first link, another Dropbox account, and an account linked again after it was unlinked begin now;
- the same account linked again (a token revoked, another administrator) goes on where it was: nothing
  accepted in between is missed, and the search for acceptances continues instead of beginning again, as
  does a backfill under way.

What is pending for another account is taken over, of any date: its acceptance counted already.
What the operator has paused stays paused, and where documents are filed stays as it was chosen, whichever
the account: it is the company's choice.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from shared.domain.grants import AccountOwner
from shared.domain.link_attempts import LinkAttempt
from shared.domain.links import Link, LinkStatus, Purpose, Reconcile, Space
from shared.http.host_session import HostSession


def first_link(
    session: HostSession,
    attempt: LinkAttempt,
    encrypted_token: bytes,
    owner: AccountOwner,
    *,
    may_share: bool,
    now: datetime,
) -> Link:
    """A first link; `in_place_of` puts it in the place of the one that is there.

    Due at once: the sweep rings if everything after the transaction fails.
    """
    is_synchronisation = attempt.purpose is Purpose.SYNCHRONISATION
    return Link(
        link_id=attempt.link_id,
        purpose=attempt.purpose,
        user_id=session.user_id,
        company_id=session.company_id,
        account_id=owner.account_id,
        account_name=owner.name,
        account_email=owner.email,
        account_locale=owner.locale,
        team_space_id=owner.team_space_id if is_synchronisation else None,
        may_share=may_share and is_synchronisation,
        encrypted_token=encrypted_token,
        status=LinkStatus.ACTIVE,
        status_since=now,
        generation=1,
        linked_at=now,
        next_due=now,
    )


def in_place_of(previous: Link | None, link: Link, since: datetime | None) -> Link:
    """`link`, made just now, as the next generation of `previous`."""
    if previous is not None:
        link = replace(link, generation=previous.generation + 1, is_paused=previous.is_paused)
    if link.purpose is not Purpose.SYNCHRONISATION:
        return _in_the_same_batch(previous, link)
    link = replace(
        link,
        announced_until=previous.announced_until if previous else None,
        space=_space_after(previous, link),
        filing=previous.filing if previous else None,
    )
    if since is None and previous is not None and _goes_on(previous, link):
        return _going_on(previous, link)
    sync_since = since or _now_on(link)
    return replace(
        link,
        sync_since=sync_since,
        reconcile=Reconcile(begins_at=link.linked_at, accepted_from=sync_since),
        takes_over=previous is not None and (previous.takes_over or previous.account_id != link.account_id),
    )


def _in_the_same_batch(previous: Link | None, link: Link) -> Link:
    """What was dropped together counts together, and the host may not have been told of it yet.

    Also where the account was unlinked in the meantime: a drain may have ended before it could tell.
    """
    if previous is None or previous.account_id != link.account_id:
        return link
    return replace(link, batch=previous.batch)


def _now_on(link: Link) -> datetime:
    """The host may tell its acceptances in whole seconds: one right after linking must not seem earlier."""
    return link.linked_at.replace(microsecond=0)


def _space_after(previous: Link | None, link: Link) -> Space:
    """What was chosen for the same account stays, also where its team's space was replaced since."""
    if previous is None or previous.account_id != link.account_id or link.team_space_id is None:
        return Space.MEMBER_FOLDER
    return previous.space


def _goes_on(previous: Link, link: Link) -> bool:
    return previous.account_id == link.account_id and previous.status is not LinkStatus.UNLINKED


def _going_on(previous: Link, link: Link) -> Link:
    sync_since = previous.sync_since or _now_on(link)
    search = previous.reconcile or Reconcile(begins_at=link.linked_at, accepted_from=sync_since)
    return replace(
        link,
        sync_since=sync_since,
        reconcile=replace(search, begins_at=link.linked_at),
        takes_over=previous.takes_over,
        backfill=previous.backfill,
    )
