"""Which mails were sent, so that an event that comes again, or says no more, leads to no second one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from .occasions import Occasion

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_LEASE_SECONDS = 120
"""Longer than the function may run: who died while sending is over by then."""

# One line for each way in which it may be sent: never yet, the last one is long ago, it says more than the
# last one did, or who was to send it died.
_MAY_BE_SENT = (
    "attribute_not_exists(mail_id)"
    " OR (attribute_exists(sent_at) AND quiet_until <= :now)"
    " OR (attribute_exists(sent_at) AND weight < :weight)"
    " OR (attribute_not_exists(sent_at) AND lease_until <= :now)"
)


@dataclass(frozen=True, slots=True)
class SentMails:
    """A DynamoDB table with the key `mail_id`."""

    table: Table
    now: Callable[[], float] = time.time

    def begin(self, occasion: Occasion, address: str) -> bool:
        """Whether to send it: nobody else has, or is about to."""
        now = int(self.now())
        ends = now + int(occasion.quiet_for.total_seconds())
        try:
            self.table.update_item(
                Key={"mail_id": mail_id(occasion, address)},
                UpdateExpression="SET weight = :weight, lease_until = :lease, #ttl = :ends REMOVE sent_at",
                ConditionExpression=_MAY_BE_SENT,
                ExpressionAttributeNames={"#ttl": "ttl"},
                ExpressionAttributeValues={
                    ":now": now,
                    ":weight": occasion.weight,
                    ":lease": now + _LEASE_SECONDS,
                    ":ends": ends,
                },
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return False
        return True

    def end(self, occasion: Occasion, address: str) -> None:
        """It was sent."""
        now = int(self.now())
        self.table.update_item(
            Key={"mail_id": mail_id(occasion, address)},
            UpdateExpression="SET sent_at = :now, quiet_until = :until",
            ExpressionAttributeValues={":now": now, ":until": now + int(occasion.quiet_for.total_seconds())},
        )

    def give_back(self, occasion: Occasion, address: str) -> None:
        """It could not be sent: the next try need not wait."""
        self.table.update_item(
            Key={"mail_id": mail_id(occasion, address)},
            UpdateExpression="SET lease_until = :now",
            ExpressionAttributeValues={":now": int(self.now())},
        )


def mail_id(occasion: Occasion, address: str) -> str:
    """Without saying who it is for: the table holds no addresses."""
    return sha256(f"{occasion.kind}/{occasion.subject_id}/{address}".encode()).hexdigest()
