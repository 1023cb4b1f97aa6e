"""Reads the host's companies."""

from __future__ import annotations

from datetime import datetime

from pynamodb.exceptions import DoesNotExist

from shared.aws.dynamodb import bind
from shared.aws.errors import aws_errors_translated
from shared.aws.host.people_rows import CompanyRow
from shared.domain.expenses import Company
from shared.domain.timestamps import optional_from_iso


class CompanyDirectory:
    """The host's companies table, read consistently."""

    def __init__(self, table_name: str) -> None:
        bind(CompanyRow, table_name)

    def get(self, company_id: str) -> Company | None:
        """The company, or None where the host has none of that id. Raises AwsUnavailable."""
        with aws_errors_translated():
            try:
                row = CompanyRow.get(company_id, consistent_read=True)
            except DoesNotExist:
                return None
        return Company(
            company_id=row.company_id,
            name=row.name or "",
            plan=(row.plan or "").lower(),
            created_at=_instant_in(row.created_at),
            locale=row.locale or "",
        )


def _instant_in(text: str | None) -> datetime | None:
    """What the host has written is no reason to fail: a date it does not tell sets no limit."""
    try:
        return optional_from_iso(text)
    except ValueError:
        return None
