"""Link attempts in DynamoDB: each is redirected once and completed once, with the link it makes."""

from __future__ import annotations

from datetime import datetime, timedelta

from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated
from shared.aws.stores.audit_rows import to_audit_row
from shared.aws.stores.link_store import add_link
from shared.aws.stores.tables import AuditRow, LinkAttemptRow
from shared.aws.stores.transactions import TransactionRefused, Writes, transaction
from shared.aws.stores.unlinking import LINK, RESERVATION, add_revocation
from shared.domain.audit import entry_of, linking_action
from shared.domain.errors import AccountAlreadyLinked, IntegrationError, LinkChanged, LinkRefused, RefusalCode
from shared.domain.link_attempts import Consent, LinkAttempt
from shared.domain.links import Link, Purpose
from shared.domain.timestamps import from_iso, optional_from_iso, optional_iso, to_iso

# A browser that comes back within it is told `expired` and not that nobody knows it.
KEPT_AFTER_EXPIRY = timedelta(days=1)

_ATTEMPT = "attempt"


class LinkAttemptStore:
    """The link attempts table, and the transaction that ends an attempt. Reads are consistent."""

    def __init__(self, table_name: str, audit_trail_table: str) -> None:
        bind(LinkAttemptRow, table_name)
        bind(AuditRow, audit_trail_table)

    def add(self, attempt: LinkAttempt) -> None:
        """Store a new attempt. Raises AwsUnavailable."""
        row = LinkAttemptRow(
            attempt.attempt_id,
            state_hash=attempt.state_hash,
            code_verifier=attempt.code_verifier,
            purpose=attempt.purpose.value,
            user_id=attempt.user_id,
            company_id=attempt.company_id,
            expires_at=to_iso(attempt.expires_at),
            since=optional_iso(attempt.since),
            ttl=int((attempt.expires_at + KEPT_AFTER_EXPIRY).timestamp()),
        )
        with aws_errors_translated():
            row.save(condition=LinkAttemptRow.attempt_id.does_not_exist())

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
        unspent = LinkAttemptRow.attempt_id.exists() & LinkAttemptRow.redirected_at.does_not_exist()
        self._update(attempt, actions, unspent)

    def complete(self, attempt: LinkAttempt, link: Link, previous: Link | None, at: datetime) -> None:
        """Make the link, reservation its account, release the old one and end the attempt: all or nothing.

        With it goes a line in the audit trail and, where the account is another, the old token's revocation.

        Raises LinkRefused (already_used) where the attempt was completed before, AccountAlreadyLinked where
        somebody else's link holds the account, LinkChanged where `previous` is not the link any more,
        AwsUnavailable.
        """
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    _add_traces(writes, link, previous, at)
                    add_link(writes, link, previous)
                    _add_completion(writes, attempt, link, at)
            except TransactionRefused as refusal:
                raise _error_for(refusal) from refusal

    @staticmethod
    def _update(attempt: LinkAttempt, actions: list[Action], condition: Condition) -> None:
        with aws_errors_translated():
            try:
                LinkAttemptRow(attempt.attempt_id).update(actions=actions, condition=condition)
            except UpdateError as error:
                if error.cause_response_code == CONDITION_FAILED:
                    raise LinkRefused(RefusalCode.ALREADY_USED) from error
                raise


def _add_traces(writes: Writes, link: Link, previous: Link | None, at: datetime) -> None:
    """To the same account the old grant is simply forgotten: it grants nothing that the new one does not."""
    action = linking_action(link, previous)
    writes.save("trace", to_audit_row(entry_of(link, action, by=link.user_id, at=at)))
    if previous is not None and previous.account_id != link.account_id:
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
        condition=LinkAttemptRow.attempt_id.exists() & LinkAttemptRow.completed_at.does_not_exist(),
    )


def _error_for(refusal: TransactionRefused) -> IntegrationError:
    """Of several, the one that a user can act upon first."""
    if _ATTEMPT in refusal.parts:
        return LinkRefused(RefusalCode.ALREADY_USED)
    if RESERVATION in refusal.parts and LINK not in refusal.parts:
        return AccountAlreadyLinked("the account's reservation is another link's")
    return LinkChanged("the link is not as it was read")


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
    )
