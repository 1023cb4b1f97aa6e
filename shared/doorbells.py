"""The message of both queues: it carries no work, it only says whose Dropbox to look at.

Standard library only: the webhook's cold start is part of the product.
"""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from datetime import datetime

from shared.errors import MalformedMessage
from shared.timestamps import optional_from_iso, optional_iso

# Dropbox calls it "dbid:" and about 35 URL-safe characters; SQS allows 128 in a group id.
_ACCOUNT_ID = re.compile(r"dbid:[A-Za-z0-9_-]{1,120}")


@dataclass(frozen=True, slots=True)
class Doorbell:
    """Look at this Dropbox account.

    `notified_at` is set where a drain rings for its own continuation: the instant of the first
    notification, from which users' seconds are counted. `one_at_a_time` keeps a continued drain
    careful after its predecessors died.
    """

    account_id: str
    notified_at: datetime | None = None
    one_at_a_time: bool = False


def is_account_id(value: object) -> bool:
    """Whether this can be a Dropbox account id, and so a message group id."""
    return isinstance(value, str) and _ACCOUNT_ID.fullmatch(value) is not None


def to_message(doorbell: Doorbell) -> str:
    """The message's body."""
    return json.dumps(
        {
            "account_id": doorbell.account_id,
            "notified_at": optional_iso(doorbell.notified_at),
            "one_at_a_time": doorbell.one_at_a_time,
        }
    )


def from_message(body: str) -> Doorbell:
    """Read a body; unknown keys are ignored so that a newer release may add some.

    Raises MalformedMessage for anything that is not a doorbell.
    """
    try:
        fields = json.loads(body)
        if not is_account_id(fields["account_id"]):
            raise MalformedMessage("no account id")
        return Doorbell(
            account_id=fields["account_id"],
            notified_at=optional_from_iso(fields.get("notified_at")),
            one_at_a_time=bool(fields.get("one_at_a_time", False)),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise MalformedMessage("not a doorbell") from error


def deduplication_id() -> str:
    """A new one for every message: a constant one would swallow real changes for five minutes."""
    return uuid.uuid4().hex
