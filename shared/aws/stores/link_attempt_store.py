"""Link attempts in DynamoDB: each is redirected once and completed once, with the link it makes.

Of one user and purpose one is open at a time.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta

from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.stores.attempt_tables import LinkAttemptRow, OpenAttemptRow
from shared.aws.stores.audit_rows import to_audit_row
from shared.aws.stores.event_outbox import add_link_event
from shared.aws.stores.link_tables import AuditRow, RevocationRow
from shared.aws.stores.linking import add_link
from shared.aws.stores.transactions import TransactionRefused, Writes, transaction
from shared.aws.stores.unlinking import LINK, RESERVATION, add_revocation
from shared.domain.audit import KEPT_FOR, entry_of, linking_action
from shared.domain.errors import (
    AccountAlreadyLinked,
    ConfirmUnderWay,
    IntegrationError,
    LinkChanged,
    LinkKeepsChanging,
    LinkRefused,
    RefusalCode,
)
from shared.domain.link_attempts import Consent, LinkAttempt
from shared.domain.links import Link, Purpose
from shared.domain.timestamps import from_iso, optional_from_iso, optional_iso, to_iso

# A browser that comes back within it is told `expired` and not that nobody knows it.
KEPT_AFTER_EXPIRY = timedelta(days=1)

STARTING_TRIES = 4

_ATTEMPT, _NOTE = "attempt", "note of the grant"
_IS_OPEN: Condition = LinkAttemptRow.code_verifier.exists() & LinkAttemptRow.completed_at.does_not_exist()


class LinkAttemptStore:
    """The link attempts table, and the transaction that ends an attempt. Reads are consistent."""

    def __init__(
        self, table_name: str, audit_trail_table: str, *, audit_kept_for: timedelta = KEPT_FOR
    ) -> None:
        self._audit_kept_for = audit_kept_for
        bind(LinkAttemptRow, table_name)
        bind(OpenAttemptRow, table_name)
        bind(AuditRow, audit_trail_table)

    def add(self, attempt: LinkAttempt) -> None:
        """Store a new attempt, and close the one that its user left open for this purpose.

        Raises LinkKeepsChanging where others of the same user are started all the time, AwsUnavailable.
        """
        for _ in range(STARTING_TRIES):
            with aws_errors_translated(), suppress(TransactionRefused):
                return self._add(attempt, _open_attempt(attempt))
        raise LinkKeepsChanging(attempt.link_id)

    @staticmethod
    def _add(attempt: LinkAttempt, open_row: OpenAttemptRow | None) -> None:
        previous = _still_open(open_row)
        with transaction() as writes:
            writes.save(_ATTEMPT, _to_row(attempt), LinkAttemptRow.attempt_id.does_not_exist())
            writes.save("open", _to_open_row(attempt), _is_still(open_row))
            if previous is not None:
                writes.update("previous", previous, _ending_actions(), _IS_OPEN)

    def get(self, attempt_id: str) -> LinkAttempt | None:
        """The attempt as it is now. Raises AwsUnavailable."""
        with aws_errors_translated():
            try:
                return _to_attempt(LinkAttemptRow.get(attempt_id, consistent_read=True))
            except DoesNotExist:
                return None

    def spend_state(self, attempt: LinkAttempt, at: datetime, consent: Consent | None) -> None:
        """Record the one redirect; without a consent the attempt ends here.

        Raises LinkRefused (already_used) where there was one before, AwsUnavailable.
        """
        actions: list[Action] = [LinkAttemptRow.redirected_at.set(to_iso(at))]
        if consent is None:
            actions.append(LinkAttemptRow.code_verifier.remove())
        else:
            actions.append(LinkAttemptRow.handle_hash.set(consent.handle_hash))
            actions.append(LinkAttemptRow.encrypted_code.set(consent.encrypted_code))
        unspent = _IS_OPEN & LinkAttemptRow.redirected_at.does_not_exist()
        self._update(attempt, actions, unspent)

    def begin_confirm(self, attempt: LinkAttempt, at: datetime, died_before: datetime) -> None:
        """Let nobody else spend the code.

        Raises ConfirmUnderWay where one that began after `died_before` is at it, or the attempt is over,
        AwsUnavailable.
        """
        nobody_is_at_it = (
            LinkAttemptRow.confirming_at.does_not_exist()
            | (LinkAttemptRow.confirming_at < to_iso(died_before))
        )  # fmt: skip
        try:
            self._update(attempt, [LinkAttemptRow.confirming_at.set(to_iso(at))], _IS_OPEN & nobody_is_at_it)
        except LinkRefused as refused:
            raise ConfirmUnderWay(attempt.attempt_id) from refused

    def end_confirm(self, attempt: LinkAttempt) -> None:
        """Let another confirm spend the code. Raises AwsUnavailable."""
        with suppress(LinkRefused):
            self._update(attempt, [LinkAttemptRow.confirming_at.remove()], _IS_OPEN)

    def end(self, attempt: LinkAttempt) -> None:
        """Forget the code, of which no link comes. Raises AwsUnavailable."""
        with suppress(LinkRefused):
            self._update(attempt, _ending_actions(), _IS_OPEN)

    def complete(
        self, attempt: LinkAttempt, link: Link, previous: Link | None, grant_note_id: str, at: datetime
    ) -> None:
        """Make the link, reserve its account, release the old one and end the attempt: all or nothing.

        With it goes a line in the audit trail and the revocation of the token that the link had.
        The note that the grant is to be revoked is taken back: no link is made once that has begun.

        Raises LinkRefused (already_used, expired) where the attempt was completed before, is over, or its
        grant is gone, AccountAlreadyLinked where somebody else's link holds the account, LinkChanged where
        `previous` is not the link any more, AwsUnavailable.
        """
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    writes.delete(_NOTE, RevocationRow(grant_note_id), RevocationRow.link_id.exists())
                    _add_traces(writes, link, previous, at, self._audit_kept_for)
                    add_link(writes, link, previous)
                    _add_completion(writes, attempt, link, at)
            except TransactionRefused as refusal:
                raise self._error_for(attempt, refusal) from refusal

    def _error_for(self, attempt: LinkAttempt, refusal: TransactionRefused) -> IntegrationError:
        """Of several, the one that a user can act upon first."""
        if _ATTEMPT in refusal.parts:
            now_it_is = self.get(attempt.attempt_id)
            is_completed = now_it_is is not None and now_it_is.completed_at is not None
            return LinkRefused(RefusalCode.ALREADY_USED if is_completed else RefusalCode.EXPIRED)
        if _NOTE in refusal.parts:
            return LinkRefused(RefusalCode.EXPIRED)
        if RESERVATION in refusal.parts and LINK not in refusal.parts:
            return AccountAlreadyLinked("the account's reservation is another link's")
        return LinkChanged("the link is not as it was read")

    @staticmethod
    def _update(attempt: LinkAttempt, actions: list[Action], condition: Condition) -> None:
        with aws_errors_translated():
            try:
                LinkAttemptRow(attempt.attempt_id).update(actions=actions, condition=condition)
            except UpdateError as error:
                if error_code(error) == CONDITION_FAILED:
                    raise LinkRefused(RefusalCode.ALREADY_USED) from error
                raise


def _add_traces(writes: Writes, link: Link, previous: Link | None, at: datetime, kept_for: timedelta) -> None:
    """A grant of the same account is revoked too: unlinking revokes the last one alone."""
    action = linking_action(link, previous)
    writes.save("trace", to_audit_row(entry_of(link, action, by=link.user_id, at=at), kept_for))
    add_link_event(writes, link, action, link.user_id, at)
    if previous is not None:
        add_revocation(writes, previous, at)


def _add_completion(writes: Writes, attempt: LinkAttempt, link: Link, at: datetime) -> None:
    writes.update(
        _ATTEMPT,
        LinkAttemptRow(attempt.attempt_id),
        actions=[
            LinkAttemptRow.completed_at.set(to_iso(at)),
            LinkAttemptRow.link_generation.set(link.generation),
            LinkAttemptRow.encrypted_code.remove(),
            LinkAttemptRow.code_verifier.remove(),
        ],
        condition=_IS_OPEN,
    )


def _open_attempt(attempt: LinkAttempt) -> OpenAttemptRow | None:
    try:
        return OpenAttemptRow.get(_open_key(attempt), consistent_read=True)
    except DoesNotExist:
        return None


def _still_open(open_row: OpenAttemptRow | None) -> LinkAttemptRow | None:
    """The attempt that somebody might still confirm, if it is not over or cleaned up."""
    if open_row is None:
        return None
    try:
        row = LinkAttemptRow.get(open_row.open_attempt_id, consistent_read=True)
    except DoesNotExist:
        return None
    return None if row.completed_at or row.code_verifier is None else row


def _is_still(open_row: OpenAttemptRow | None) -> Condition:
    if open_row is None:
        return OpenAttemptRow.attempt_id.does_not_exist()
    same: Condition = OpenAttemptRow.open_attempt_id == open_row.open_attempt_id
    return same


def _open_key(attempt: LinkAttempt) -> str:
    """Hashed: a key has room for what the host chooses as an id, and for no more."""
    user = hashlib.sha256(attempt.user_id.encode()).hexdigest()
    return f"open:{attempt.purpose.value}:{user}"


def _to_open_row(attempt: LinkAttempt) -> OpenAttemptRow:
    return OpenAttemptRow(
        _open_key(attempt), open_attempt_id=attempt.attempt_id, ttl=_kept_until(attempt.expires_at)
    )


def _kept_until(expires_at: datetime) -> int:
    return int((expires_at + KEPT_AFTER_EXPIRY).timestamp())


def _to_row(attempt: LinkAttempt) -> LinkAttemptRow:
    return LinkAttemptRow(
        attempt.attempt_id,
        state_hash=attempt.state_hash,
        code_verifier=attempt.code_verifier,
        purpose=attempt.purpose.value,
        user_id=attempt.user_id,
        company_id=attempt.company_id,
        expires_at=to_iso(attempt.expires_at),
        since=optional_iso(attempt.since),
        is_for_sharing=attempt.is_for_sharing or None,
        ttl=_kept_until(attempt.expires_at),
    )


def _ending_actions() -> list[Action]:
    """An attempt without its verifier is over."""
    return [LinkAttemptRow.encrypted_code.remove(), LinkAttemptRow.code_verifier.remove()]


def _to_attempt(row: LinkAttemptRow) -> LinkAttempt:
    return LinkAttempt(
        attempt_id=row.attempt_id,
        purpose=Purpose(row.purpose),
        user_id=row.user_id,
        company_id=row.company_id,
        state_hash=row.state_hash,
        expires_at=from_iso(row.expires_at),
        code_verifier=row.code_verifier,
        redirected_at=optional_from_iso(row.redirected_at),
        handle_hash=row.handle_hash,
        encrypted_code=row.encrypted_code,
        completed_at=optional_from_iso(row.completed_at),
        link_generation=None if row.link_generation is None else int(row.link_generation),
        since=optional_from_iso(row.since),
        confirming_at=optional_from_iso(row.confirming_at),
        is_for_sharing=bool(row.is_for_sharing),
    )
