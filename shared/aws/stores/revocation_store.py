"""Tokens to be revoked, in the links table beside the links they were of."""

from __future__ import annotations

from datetime import datetime

from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.update import Action

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.stores.link_tables import LinksItem, RevocationRow
from shared.aws.stores.revocation_rows import to_revocation, to_revocation_row
from shared.domain.revocations import BUCKET, Revocation
from shared.domain.timestamps import to_iso


class RevocationStore:
    """The links table, as far as it holds tokens to be revoked. Every method raises AwsUnavailable."""

    def __init__(self, table_name: str) -> None:
        bind(LinksItem, table_name)

    def add(self, revocation: Revocation) -> None:
        """For a token that never became a link's; an unlinked one's is added with the unlinking."""
        with aws_errors_translated():
            to_revocation_row(revocation).save()

    def due_ids(self, now: datetime) -> list[str]:
        """The keys of those that are due, the longest due first. The index lags a little."""
        with aws_errors_translated():
            return [
                row.link_id for row in RevocationRow.due.query(BUCKET, RevocationRow.next_due <= to_iso(now))
            ]

    def get(self, revocation_id: str) -> Revocation | None:
        """One as it is now, read consistently."""
        with aws_errors_translated():
            try:
                return to_revocation(RevocationRow.get(revocation_id, consistent_read=True))
            except DoesNotExist:
                return None

    def put_off(self, revocation: Revocation, *, tries: int, next_try: datetime) -> None:
        """Try again then. One that is gone in the meantime stays so."""
        actions: list[Action] = [
            RevocationRow.revoke_tries.set(tries),
            RevocationRow.next_due.set(to_iso(next_try)),
        ]
        with aws_errors_translated():
            try:
                RevocationRow(revocation.revocation_id).update(
                    actions, condition=RevocationRow.link_id.exists()
                )
            except UpdateError as error:
                if error_code(error) != CONDITION_FAILED:
                    raise

    def forget(self, revocation: Revocation) -> None:
        """Delete the token; its key is never used again."""
        with aws_errors_translated():
            RevocationRow(revocation.revocation_id).delete()
