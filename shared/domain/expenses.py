"""The host's expenses, users and companies, as far as the integration knows them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote

from shared.domain.active_content import ActiveContent

# Any fixed value does; changing it would make second expenses out of recorded documents.
_NAMESPACE = uuid.UUID("5c1d6f0e-7a41-4a55-9a55-0f7f5d3a9b10")


ADMINISTRATOR = "administrator"
PLANS_WITH_SYNCHRONISATION = frozenset({"team", "enterprise"})


# The host chooses its ids. DynamoDB takes 1,024 bytes in a sort key and S3 in a key, with all around them.
MOST_BYTES_OF_AN_ID = 900
MOST_BYTES_OF_A_PREFIX = 900
MOST_BYTES_OF_AN_EXPENSES_ID = 400


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
    """A user of the host; the employee of the expenses made from what they drop.

    `role` is None where the host does not keep it with its users.
    """

    user_id: str
    company_id: str
    name: str
    locale: str
    active: bool
    role: str | None = None

    def why_no_administrator(self, company_id: str) -> str | None:
        """Why they may not decide for this company, for operators; None where they may."""
        if not self.active:
            return "inactive"
        if self.company_id != company_id:
            return "of another company"
        return None if self.role in {None, ADMINISTRATOR} else "no administrator"


@dataclass(frozen=True, slots=True)
class Company:
    """A company of the host; `plan` is `solo`, `team` or `enterprise`.

    `created_at` is None where the host does not keep it with its companies, `locale` (`fr`, `de-CH`) empty.
    """

    company_id: str
    name: str
    plan: str
    created_at: datetime | None = None
    locale: str = ""


@dataclass(frozen=True, slots=True)
class SupportingDocument:
    """A document of an expense: where its bytes lie and what they are.

    `active_content` is what was found in it when it was imported: who opens it is warned.
    """

    document_id: str
    s3_key: str
    sha256: str
    name: str
    content_type: str
    size: int
    active_content: tuple[ActiveContent, ...] = ()

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
    sheet: SupportingDocument | None = None
    """A rendering of a document that only machines can read, to be looked at beside it."""

    @property
    def documents(self) -> list[SupportingDocument]:
        """All that it begins with, what was dropped first."""
        return [self.document, self.sheet] if self.sheet else [self.document]


def is_company_id(value: object) -> bool:
    """Whether this can be a company's id, and so a key of our tables."""
    return 0 < _bytes_of(value) <= MOST_BYTES_OF_AN_ID


def is_user_id(value: object) -> bool:
    """Whether this can be a user's id: a key of our tables, and quoted a part of the keys of the bucket."""
    return is_company_id(value) and len(document_prefix_of(str(value))) <= MOST_BYTES_OF_A_PREFIX


def is_expense_id(value: object) -> bool:
    """Whether this can be the id of an expense or a document: both are in one key of our tables."""
    return 0 < _bytes_of(value) <= MOST_BYTES_OF_AN_EXPENSES_ID


def _bytes_of(value: object) -> int:
    """None at all of what UTF-8 cannot hold."""
    try:
        return len(value.encode()) if isinstance(value, str) else 0
    except UnicodeEncodeError:
        return 0


def document_prefix_of(user_id: str) -> str:
    """What the keys of a user's stored documents begin with, and nobody else's."""
    return f"documents/{quote(user_id, safe='')}/"


def expense_id_for(user_id: str, content_hash: str, attempt: int) -> str:
    """The same document of the same user makes the same expense, however often it is tried."""
    return str(uuid.uuid5(_NAMESPACE, f"expense\n{user_id}\n{content_hash}\n{attempt}"))


def part_expense_id(expense_id: str, number: int) -> str:
    """The expense of the so manieth of several documents in one file; the first keeps the file's own."""
    if number == 1:
        return expense_id
    return str(uuid.uuid5(_NAMESPACE, f"part\n{expense_id}\n{number}"))


def document_id_for(expense_id: str) -> str:
    """The id of the document an imported expense begins with."""
    return str(uuid.uuid5(_NAMESPACE, f"document\n{expense_id}"))


def sheet_id_for(expense_id: str) -> str:
    """The id of the rendering beside that document."""
    return str(uuid.uuid5(_NAMESPACE, f"sheet\n{expense_id}"))
