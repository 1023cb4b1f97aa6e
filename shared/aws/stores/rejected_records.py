"""A user's rejected files that nobody has dealt with: for drains, and for those who look at them."""

from __future__ import annotations

from shared.aws.errors import aws_errors_translated
from shared.aws.stores.import_rows import to_import_record
from shared.aws.stores.import_tables import ImportRecordRow
from shared.domain.imports import ImportRecord


class RejectedRecords:
    """What the stores of imports know of them. Every method raises AwsUnavailable."""

    @staticmethod
    def rejected(user_id: str, account_id: str, most: int) -> list[ImportRecord]:
        """The account's, the longest rejected first.

        The index lags: what has just been dealt with may still be among them.
        """
        with aws_errors_translated():
            rows = ImportRecordRow.rejected_index.query(
                user_id, ImportRecordRow.rejected.startswith(f"{account_id}#"), limit=most
            )
            return [to_import_record(row) for row in rows]
