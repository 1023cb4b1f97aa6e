"""Requests counted by user, kind and minute, beside the attempts at linking, which are cleaned up as well."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from shared.aws.dynamodb import bind
from shared.aws.errors import aws_errors_translated
from shared.aws.stores.attempt_tables import AttemptItem, RequestCountRow

KEPT_FOR = timedelta(hours=1)


class RequestCounts:
    """The link attempts table, as far as it holds counts. Every method raises AwsUnavailable."""

    def __init__(self, link_attempts_table: str) -> None:
        bind(AttemptItem, link_attempts_table)

    def count(self, kind: str, user_id: str, window: datetime) -> int:
        """One more; how many that makes in this window. The user is hashed: ids may be longer than a key."""
        user = hashlib.sha256(user_id.encode()).hexdigest()
        row = RequestCountRow(f"count:{kind}:{user}:{window:%Y%m%dT%H%M}")
        with aws_errors_translated():
            row.update(
                [
                    RequestCountRow.requests.add(1),
                    RequestCountRow.ttl.set(int((window + KEPT_FOR).timestamp())),
                ]
            )
        return int(row.requests)
