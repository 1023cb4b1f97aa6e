"""What of an event somebody is written to about, and what is said once instead of again and again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

_LINK_REMINDER = timedelta(days=1)
_DELIVERY_REMINDER = timedelta(days=1)
_BATCH_KEPT = timedelta(days=30)
# The user whom the host has made inactive is nobody to write to; the rest passes by itself.
_SAYS_NOTHING = {"user_inactive"}


class Kind(StrEnum):
    """What a mail is about: which words it has, and what one may ask not to be sent any more."""

    BATCH = "batch"
    LINK = "link"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class Occasion:
    """A mail that is due: to whom, about what, and what it is known by so that it is sent once.

    `subject_id` is that of the drop, the link and its reason, or the company. The same is written of again
    after `quiet_for`, or where `weight`, how many things need somebody, has grown. `to_administrators` asks
    for all of the company's in the place of one user.
    """

    kind: Kind
    user_id: str
    company_id: str
    subject_id: str
    quiet_for: timedelta
    weight: int = 0
    reason: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    to_administrators: bool = False


def occasions_of(name: str, detail: Mapping[str, Any]) -> list[Occasion]:
    """What to write about this event; nothing where nobody has to be written to."""
    match name:
        case "ImportBatchRead":
            return [_drop(detail, each) for each in _drops(detail) if each["imported"] or each["rejected"]]
        case "ImportBatchSettled":
            return [_drop(detail, each) for each in _drops(detail) if _is_over(each)]
        case "LinkNeedsAttention" if detail["reason"] not in _SAYS_NOTHING:
            return [_link(detail)]
        case "DocumentDeliveryFailed":
            return [_delivery(detail)]
    return []


def _drops(detail: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What was dropped together, counted by itself; an event of before that was counted is of one drop."""
    return detail.get("drops") or [{"drop_id": detail["batch_id"], **detail}]


def _is_over(drop: Mapping[str, Any]) -> bool:
    """Whether nothing of it is read, so that this is the last one hears of it."""
    return bool(drop["rejected"] and not drop["imported"] and not drop["waiting"])


def _drop(detail: Mapping[str, Any], drop: Mapping[str, Any]) -> Occasion:
    """One mail for each drop: again only where more of it has to be looked at than the first one said."""
    names = ("imported", "duplicate", "rejected", "to_check")
    counts = {name: int(drop.get(name, 0)) for name in names}
    return Occasion(
        Kind.BATCH,
        detail["user_id"],
        detail["company_id"],
        subject_id=f"{detail['link_id']}/{drop['drop_id']}",
        quiet_for=_BATCH_KEPT,
        weight=counts["rejected"] + counts["to_check"],
        counts=counts,
    )


def _link(detail: Mapping[str, Any]) -> Occasion:
    """Once: a link that breaks again on the same day, for the same reason, is no news."""
    return Occasion(
        Kind.LINK,
        detail["user_id"],
        detail["company_id"],
        subject_id=f"{detail['link_id']}/{detail['reason']}",
        quiet_for=_LINK_REMINDER,
        reason=detail["reason"],
        to_administrators=detail["reason"] == "administrator_gone",
    )


def _delivery(detail: Mapping[str, Any]) -> Occasion:
    """A company has one a day: the page lists all that failed, each event tells of one."""
    return Occasion(
        Kind.DELIVERY,
        detail["user_id"],
        detail["company_id"],
        subject_id=detail["link_id"],
        quiet_for=_DELIVERY_REMINDER,
    )
