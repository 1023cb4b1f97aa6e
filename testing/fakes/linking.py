"""Attempts at linking in memory, beside the links they make, with the conditions that DynamoDB enforces."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from shared.domain.audit import entry_of, linking_action
from shared.domain.errors import (
    AccountAlreadyLinked,
    ConfirmUnderWay,
    LinkChanged,
    LinkRefused,
    RefusalCode,
)
from shared.domain.link_attempts import Consent, LinkAttempt
from shared.domain.links import Link, LinkStatus, Purpose
from shared.domain.revocations import Revocation, revocation_of
from testing.fakes.stores import FakeLinks


class FakeRevocations:
    """What `shared.aws.stores.revocation_store.RevocationStore` does for who links."""

    def __init__(self, links: FakeLinks) -> None:
        self._links = links

    def add(self, revocation: Revocation) -> None:
        self._links.revocations.append(revocation)


class FakeLinkAttempts:
    """What `shared.aws.stores.link_attempt_store.LinkAttemptStore` does."""

    def __init__(self, links: FakeLinks) -> None:
        self.attempts: dict[str, LinkAttempt] = {}
        self._open: dict[tuple[Purpose, str], str] = {}
        self._links = links

    def add(self, attempt: LinkAttempt) -> None:
        key = (attempt.purpose, attempt.user_id)
        previous = self.attempts.get(self._open.get(key, ""))
        if previous is not None:
            self.end(previous)
        self.attempts[attempt.attempt_id] = attempt
        self._open[key] = attempt.attempt_id

    def get(self, attempt_id: str) -> LinkAttempt | None:
        return self.attempts.get(attempt_id)

    def spend_state(self, attempt: LinkAttempt, at: datetime, consent: Consent | None) -> None:
        there = self.attempts.get(attempt.attempt_id)
        if there is None or not _is_open(there) or there.redirected_at is not None:
            raise LinkRefused(RefusalCode.ALREADY_USED)
        self._put(
            replace(there, redirected_at=at, code_verifier=None)
            if consent is None
            else replace(
                there,
                redirected_at=at,
                handle_hash=consent.handle_hash,
                encrypted_code=consent.encrypted_code,
            )
        )

    def begin_confirm(self, attempt: LinkAttempt, at: datetime, died_before: datetime) -> None:
        there = self.attempts.get(attempt.attempt_id)
        is_at_it = (
            there is not None and there.confirming_at is not None and there.confirming_at >= died_before
        )
        if there is None or not _is_open(there) or is_at_it:
            raise ConfirmUnderWay(attempt.attempt_id)
        self._put(replace(there, confirming_at=at))

    def end_confirm(self, attempt: LinkAttempt) -> None:
        there = self.attempts.get(attempt.attempt_id)
        if there is not None and _is_open(there):
            self._put(replace(there, confirming_at=None))

    def end(self, attempt: LinkAttempt) -> None:
        there = self.attempts.get(attempt.attempt_id)
        if there is not None and _is_open(there):
            self._put(replace(there, encrypted_code=None, code_verifier=None))

    def complete(
        self, attempt: LinkAttempt, link: Link, previous: Link | None, grant_note_id: str, at: datetime
    ) -> None:
        there = self.attempts.get(attempt.attempt_id)
        if there is None or not _is_open(there):
            is_completed = there is not None and there.completed_at is not None
            raise LinkRefused(RefusalCode.ALREADY_USED if is_completed else RefusalCode.EXPIRED)
        if all(each.revocation_id != grant_note_id for each in self._links.revocations):
            raise LinkRefused(RefusalCode.EXPIRED)
        self._require_as_read(link, previous)
        self._links.revocations = [
            each for each in self._links.revocations if each.revocation_id != grant_note_id
        ]
        self._make(link, previous, at)
        self._put(
            replace(
                there,
                completed_at=at,
                link_generation=link.generation,
                encrypted_code=None,
                code_verifier=None,
            )
        )

    def _require_as_read(self, link: Link, previous: Link | None) -> None:
        now_it_is = self._links.get(link.link_id)
        if (now_it_is and now_it_is.generation) != (previous and previous.generation):
            raise LinkChanged(link.link_id)
        holder = self._links.find_by_account(link.account_id, link.purpose)
        if holder is not None and holder.link_id != link.link_id:
            raise AccountAlreadyLinked(link.link_id)

    def _make(self, link: Link, previous: Link | None, at: datetime) -> None:
        self._links.audit_trail.append(entry_of(link, linking_action(link, previous), by=link.user_id, at=at))
        if previous is not None:
            self._links.revocations += [each for each in [revocation_of(previous, at)] if each]
        self._links.links[link.link_id] = link

    def _put(self, attempt: LinkAttempt) -> None:
        self.attempts[attempt.attempt_id] = attempt


def _is_open(attempt: LinkAttempt) -> bool:
    return attempt.completed_at is None and attempt.code_verifier is not None


def is_live(link: Link | None) -> bool:
    """Whether it holds an account."""
    return link is not None and link.status is not LinkStatus.UNLINKED
