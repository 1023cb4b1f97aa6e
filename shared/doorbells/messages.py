"""The message of both queues: it carries no work, it only says whose Dropbox to look at.

Standard library only: the webhook's cold start is part of the product.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypedDict

from shared.domain.errors import MalformedMessage
from shared.domain.expenses import is_company_id
from shared.domain.links import Link, Purpose
from shared.domain.timestamps import optional_from_iso, optional_iso

# Dropbox calls it "dbid:" and about 35 URL-safe characters; SQS allows 128 in a group id.
_ACCOUNT_ID = re.compile(r"dbid:[A-Za-z0-9_-]{1,120}")
# What SQS takes as a message group id, of its punctuation only what ids are made of.
_GROUP_ID = re.compile(r"[A-Za-z0-9_.:-]{1,126}")
_AHEAD = ":1"
# The request ids of API Gateway ("JKJaXmPLvHcESHA=") and of Lambda, and the event ids of streams.
_CORRELATION_ID = re.compile(r"[A-Za-z0-9_=+/.:-]{1,128}")


class RungBy(StrEnum):
    """Who found that an account wants a look; it decides nothing about the look itself."""

    DROPBOX = "dropbox"
    SWEEP = "sweep"
    OTHER = ""


@dataclass(frozen=True, slots=True)
class Doorbell:
    """Look at this Dropbox account: the import's.

    `notified_at` is set where a drain rings for its own continuation: the instant of the first
    notification, from which users' seconds are counted. `is_careful` keeps a continued drain
    careful after its predecessors died. `correlation_id` is that of what caused it, through all logs
    and records; empty where nothing is known of it. `rung_by` is not kept by a continuation. One that is
    `ahead` does not wait behind another that was put back: it is not kept either, nor in the message.
    """

    account_id: str
    notified_at: datetime | None = None
    is_careful: bool = False
    correlation_id: str = ""
    rung_by: RungBy = RungBy.OTHER
    ahead: bool = False

    @property
    def log_keys(self) -> dict[str, str]:
        """Whose it is, in logs."""
        return {"doorbell_of": self.account_id}

    @property
    def group_id(self) -> str:
        """Dropbox limits and locks by account."""
        return f"{self.account_id}{_AHEAD}" if self.ahead else self.account_id

    def again(self, *, notified_at: datetime, is_careful: bool, correlation_id: str) -> Doorbell:
        """The same doorbell, to be rung by a drain that is not done."""
        return Doorbell(self.account_id, notified_at, is_careful, correlation_id)


@dataclass(frozen=True, slots=True)
class CompanyDoorbell:
    """Look at this company's pending deliveries: the synchronisation's. See `Doorbell`."""

    company_id: str
    notified_at: datetime | None = None
    is_careful: bool = False
    correlation_id: str = ""
    ahead: bool = False

    @property
    def log_keys(self) -> dict[str, str]:
        """Whose it is, in logs."""
        return {"doorbell_of": self._company}

    @property
    def group_id(self) -> str:
        """The company's."""
        return f"{self._company}{_AHEAD}" if self.ahead else self._company

    @property
    def _company(self) -> str:
        """In a form that SQS takes: the host chooses its ids."""
        if _GROUP_ID.fullmatch(self.company_id):
            return self.company_id
        return hashlib.sha256(self.company_id.encode()).hexdigest()

    def again(self, *, notified_at: datetime, is_careful: bool, correlation_id: str) -> CompanyDoorbell:
        """The same doorbell, to be rung by a drain that is not done."""
        return CompanyDoorbell(self.company_id, notified_at, is_careful, correlation_id)


AnyDoorbell = Doorbell | CompanyDoorbell


def doorbell_of(link: Link, correlation_id: str = "", rung_by: RungBy = RungBy.OTHER) -> AnyDoorbell:
    """What has a drain look at this link: at its account, or at its company."""
    if link.purpose is Purpose.AUTO_IMPORT:
        return Doorbell(link.account_id, correlation_id=correlation_id, rung_by=rung_by)
    return CompanyDoorbell(link.company_id, correlation_id=correlation_id)


def doorbell_of_new(link: Link, correlation_id: str = "") -> AnyDoorbell:
    """The first one of a link that was just made.

    Who links again has mended what an earlier message may have been put back for, by minutes.
    """
    return replace(doorbell_of(link, correlation_id), ahead=True)


def is_account_id(value: object) -> bool:
    """Whether this can be a Dropbox account id, and so a message group id."""
    return isinstance(value, str) and _ACCOUNT_ID.fullmatch(value) is not None


def correlation_id_in(value: object) -> str:
    """A correlation id as it came from outside; empty for what is none: nothing is refused for want of it."""
    return value if isinstance(value, str) and _CORRELATION_ID.fullmatch(value) else ""


def to_message(doorbell: AnyDoorbell) -> str:
    """The message's body."""
    if isinstance(doorbell, Doorbell):
        subject = {"account_id": doorbell.account_id, "rung_by": doorbell.rung_by.value}
    else:
        subject = {"company_id": doorbell.company_id}
    again = {
        "notified_at": optional_iso(doorbell.notified_at),
        "is_careful": doorbell.is_careful,
        "correlation_id": doorbell.correlation_id,
    }
    return json.dumps(subject | again)


def from_message(body: str) -> Doorbell:
    """Read a body of the import queue; unknown keys are ignored so that a newer release may add some.

    Raises MalformedMessage for anything that is not a doorbell.
    """
    with _malformed_unless_doorbell():
        fields = json.loads(body)
        if not is_account_id(fields["account_id"]):
            raise MalformedMessage("no account id")
        return Doorbell(fields["account_id"], **_again_of(fields), rung_by=_rung_by(fields.get("rung_by")))


def company_doorbell_from_message(body: str) -> CompanyDoorbell:
    """Read a body of the synchronisation queue, as `from_message` does."""
    with _malformed_unless_doorbell():
        fields = json.loads(body)
        if not is_company_id(fields["company_id"]):
            raise MalformedMessage("no company id")
        return CompanyDoorbell(fields["company_id"], **_again_of(fields))


def deduplication_id() -> str:
    """A new one for every message: a constant one would swallow real changes for five minutes."""
    return uuid.uuid4().hex


def _rung_by(value: object) -> RungBy:
    """A ringer that a later release knows of is, to this one, some other."""
    return next((known for known in RungBy if known.value == value), RungBy.OTHER)


class _Again(TypedDict):
    notified_at: datetime | None
    is_careful: bool
    correlation_id: str


def _again_of(fields: dict[str, Any]) -> _Again:
    return {
        "notified_at": optional_from_iso(fields.get("notified_at")),
        "is_careful": bool(fields.get("is_careful", False)),
        "correlation_id": correlation_id_in(fields.get("correlation_id")),
    }


@contextmanager
def _malformed_unless_doorbell() -> Iterator[None]:
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise MalformedMessage("not a doorbell") from error
