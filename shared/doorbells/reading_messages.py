"""The message of the reading queue: it carries no work, it only says which expense's document to look at."""

from __future__ import annotations

import json
from dataclasses import dataclass

from shared.domain.errors import MalformedMessage
from shared.doorbells.messages import correlation_id_in

# The host chooses its ids; DynamoDB allows 2,048 bytes in a partition key and 1,024 in a sort key.
_MAX_ID_BYTES = 1024


@dataclass(frozen=True, slots=True)
class ReadingDoorbell:
    """See whether the document of this expense is to be read.

    `correlation_id` is that of the doorbell by which it was imported; empty where nobody knows it.
    """

    user_id: str
    expense_id: str
    correlation_id: str = ""

    @property
    def log_keys(self) -> dict[str, str]:
        """Whose it is, in logs."""
        return {"expense_id": self.expense_id}


def to_reading_message(doorbell: ReadingDoorbell) -> str:
    """The message's body."""
    ids = {"user_id": doorbell.user_id, "expense_id": doorbell.expense_id}
    return json.dumps(ids | ({"correlation_id": doorbell.correlation_id} if doorbell.correlation_id else {}))


def reading_doorbell_from_message(body: str) -> ReadingDoorbell:
    """Read a body; unknown keys are ignored so that a newer release may add some.

    Raises MalformedMessage for anything that is not a doorbell.
    """
    try:
        fields = json.loads(body)
        user_id, expense_id = fields["user_id"], fields["expense_id"]
        correlation_id = correlation_id_in(fields.get("correlation_id"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise MalformedMessage("not a doorbell") from error
    if not (_is_id(user_id) and _is_id(expense_id)):
        raise MalformedMessage("no user id or no expense id")
    return ReadingDoorbell(user_id, expense_id, correlation_id)


def _is_id(value: object) -> bool:
    if not isinstance(value, str) or not value:
        return False
    try:
        return len(value.encode()) <= _MAX_ID_BYTES
    except UnicodeEncodeError:
        return False
