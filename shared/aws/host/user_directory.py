"""Reads the host's users."""

from __future__ import annotations

from collections.abc import Collection

from pynamodb.exceptions import DoesNotExist

from shared.aws.dynamodb import bind
from shared.aws.errors import aws_errors_translated
from shared.aws.host.people_rows import UserRow
from shared.domain.expenses import User


class UserDirectory:
    """The host's users table, read consistently."""

    def __init__(self, table_name: str) -> None:
        bind(UserRow, table_name)

    def get(self, user_id: str) -> User | None:
        """The user, or None where the host has none of that id. Raises AwsUnavailable."""
        with aws_errors_translated():
            try:
                row = UserRow.get(user_id, consistent_read=True)
            except DoesNotExist:
                return None
        return _to_user(row)

    def get_many(self, user_ids: Collection[str]) -> dict[str, User]:
        """Those of them that the host has, by id. Raises AwsUnavailable."""
        with aws_errors_translated():
            return {row.user_id: _to_user(row) for row in UserRow.batch_get(list(user_ids))}


def _to_user(row: UserRow) -> User:
    return User(
        user_id=row.user_id,
        company_id=row.company_id or "",
        name=row.name or "",
        locale=row.locale or "en",
        active=row.active is not False,
        role=row.role,
    )
