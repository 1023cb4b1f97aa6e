"""Why a dropped file did not become an expense: a closed list of reasons."""

from __future__ import annotations

from enum import StrEnum


class RejectionReason(StrEnum):
    """The stable codes kept in the history; what people read is made from them when it is shown."""

    NOT_DOWNLOADABLE = "not_downloadable"
    RESTRICTED = "restricted"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNSUPPORTED_TYPE = "unsupported_type"
    PASSWORD_PROTECTED = "password_protected"  # noqa: S105 - a reason, not a password
    DAMAGED = "damaged"
    TOO_COMPLEX = "too_complex"
    UNREADABLE = "unreadable"
    NONE_ATTACHED = "none_attached"
    SEVERAL_ATTACHED = "several_attached"


MAY_PASS = frozenset({RejectionReason.RESTRICTED, RejectionReason.UNREADABLE})
"""What the same bytes may be spared another time; any other reason lies in the bytes themselves."""
