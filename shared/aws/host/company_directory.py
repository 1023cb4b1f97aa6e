"""Reads the host's companies."""

from __future__ import annotations

from pynamodb.exceptions import DoesNotExist

from shared.aws.dynamodb import bind
from shared.aws.errors import aws_errors_translated
from shared.aws.host.people_rows import CompanyRow
from shared.domain.expenses import Company


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
        return Company(company_id=row.company_id, name=row.name or "", plan=(row.plan or "").lower())
