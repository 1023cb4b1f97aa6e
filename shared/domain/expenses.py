"""The host's expenses, users and companies, as far as the integration knows them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote

# Any fixed value does; changing it would make second expenses out of recorded documents.
_NAMESPACE = uuid.UUID("5c1d6f0e-7a41-4a55-9a55-0f7f5d3a9b10")


PLANS_WITH_SYNCHRONISATION = frozenset({"team", "enterprise"})


class ExpenseStatus(StrEnum):
    """The host's states of an expense."""

    WAITING = "WAITING"
    COMPLIANT = "COMPLIANT"
    NON_COMPLIANT = "NON_COMPLIANT"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    REIMBURSED = "REIMBURSED"
    RECORDED = "RECORDED"
    DELETED = "DELETED"


@dataclass(frozen=True, slots=True)
class User:
    """A user of the host; the employee of the expenses made from what they drop."""

    user_id: str
    company_id: str
    name: str
    locale: str
    active: bool


@dataclass(frozen=True, slots=True)
class Company:
    """A company of the host; `plan` is `solo`, `team` or `enterprise`."""

    company_id: str
    name: str
    plan: str


@dataclass(frozen=True, slots=True)
class SupportingDocument:
    """A document of an expense: where its bytes lie and what they are."""

    document_id: str
    s3_key: str
    sha256: str
    name: str
    content_type: str
    size: int

    @property
    def folder(self) -> str:
        """What the keys of its owner's documents begin with, and nobody else's."""
        return self.s3_key.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class NewExpense:
    """An expense that a dropped document becomes; everything else is for its user to fill in."""

    expense_id: str
    user: User
    label: str
    document: SupportingDocument
    created_at: datetime


def document_prefix_of(user_id: str) -> str:
    """What the keys of a user's stored documents begin with, and nobody else's."""
    return f"documents/{quote(user_id, safe='')}/"


def expense_id_for(user_id: str, content_hash: str, attempt: int) -> str:
    """The same document of the same user makes the same expense, however often it is tried."""
    return str(uuid.uuid5(_NAMESPACE, f"expense\n{user_id}\n{content_hash}\n{attempt}"))


def document_id_for(expense_id: str) -> str:
    """The id of the document an imported expense begins with."""
    return str(uuid.uuid5(_NAMESPACE, f"document\n{expense_id}"))
