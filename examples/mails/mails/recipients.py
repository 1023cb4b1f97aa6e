"""Who is written to: only the host knows addresses, names, languages, and what somebody wants to be sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from .occasions import Kind

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person of the host's. `muted` is what they asked not to be sent any more, at `unsubscribe_url`."""

    address: str
    name: str
    language: str
    unsubscribe_url: str
    muted: frozenset[Kind] = frozenset()


class Recipients(Protocol):
    """The host's directory."""

    def find(self, user_id: str) -> Recipient | None:
        """The user as they are now; None where nobody is to be written to."""

    def administrators(self, company_id: str) -> list[Recipient]:
        """All who may see to a company's link."""


class LookupFailed(Exception):
    """The host's function could not say; the message is tried again."""


class RecipientsByLambda:
    """Asks a function of the host's: `{"user_id": …}` or `{"administrators_of": company id}`.

    It answers `{"recipients": [{"address", "name", "language", "unsubscribe_url", "muted": ["batch", …]}]}`.
    """

    def __init__(self, function_name: str, client: LambdaClient) -> None:
        self._function_name = function_name
        self._lambda = client

    def find(self, user_id: str) -> Recipient | None:
        """Raises LookupFailed."""
        return next(iter(self._ask({"user_id": user_id})), None)

    def administrators(self, company_id: str) -> list[Recipient]:
        """Raises LookupFailed."""
        return self._ask({"administrators_of": company_id})

    def _ask(self, question: Mapping[str, str]) -> list[Recipient]:
        answer = self._lambda.invoke(FunctionName=self._function_name, Payload=json.dumps(question).encode())
        if "FunctionError" in answer:
            raise LookupFailed
        return [_to_recipient(each) for each in json.loads(answer["Payload"].read())["recipients"]]


def _to_recipient(found: Mapping[str, Any]) -> Recipient:
    known = {kind.value for kind in Kind}
    muted = frozenset(Kind(each) for each in found.get("muted", []) if each in known)
    return Recipient(found["address"], found["name"], found["language"], found["unsubscribe_url"], muted)
