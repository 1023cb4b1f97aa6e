"""What the API takes and gives, as JSON: the models that requests and answers are checked against.

The OpenAPI document shows exactly these. What is absent is left out of an answer, and not null.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, TypedDict, TypeVar

from annotated_types import Ge, Le
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    RootModel,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import SkipJsonSchema

from functions.page_api.problems import Action, ProblemCode
from shared.domain.active_content import ActiveContent
from shared.domain.deliveries import DeliveryReason
from shared.domain.errors import RefusalCode
from shared.domain.expenses import ExpenseStatus
from shared.domain.host_expenses import HostExpense
from shared.domain.imports import Outcome, Retry, WaitingReason
from shared.domain.links import LinkStatus, Purpose, Space
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.rejections import RejectionReason
from shared.domain.sharing import Access, ChangeKind, SharingProblem
from shared.domain.timestamps import to_iso

Value = TypeVar("Value")


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


Absent = Annotated[
    Value | SkipJsonSchema[None],
    Field(exclude_if=lambda value: value is None, json_schema_extra=_without_default),
]
"""A value that may not be there."""


def _must_be_true(value: bool) -> bool:
    """Literal[True] would let 1 pass."""
    if not value:
        raise ValueError("must be true")
    return value


def _must_be_digits(value: object) -> str:
    """A number of a query, said once; by itself Pydantic would also take 1_0, 5.0 and +5."""
    if not (isinstance(value, str) and value.isascii() and value.isdigit()):
        raise ValueError("must be digits")
    return value


_PlainDigits = BeforeValidator(_must_be_digits)
UpTo50 = Annotated[int, Ge(1), Le(50), _PlainDigits]
UpTo200 = Annotated[int, Ge(1), Le(200), _PlainDigits]

Instant = Annotated[
    dt.datetime, PlainSerializer(to_iso), WithJsonSchema({"type": "string", "format": "date-time"})
]
"""UTC, ISO 8601, ending in `Z`."""

_EARLIEST, _LATEST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC), dt.datetime(9000, 1, 1, tzinfo=dt.UTC)
Moment = Annotated[AwareDatetime, Ge(_EARLIEST), Le(_LATEST)]
"""An instant of a query, with its offset."""
Words = Annotated[str, StringConstraints(max_length=100)]

Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
"""Read by the use case, which tells what is wrong with it."""

Opaque = Annotated[str, StringConstraints(min_length=1, max_length=4096)]
"""Text that clients take from one answer and give back in another request."""


HostId = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
"""An id of the host's own."""


class _Shown(BaseModel):
    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class _Asked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ErrorDetail(_Shown):
    """Why a request was not fulfilled: a stable code, and a sentence in the user's language."""

    code: RefusalCode
    message: str


class Error(_Shown):
    """Every error of this API; API Gateway's own have a `message` only."""

    error: ErrorDetail


class GatewayError(_Shown):
    """What API Gateway answers by itself: no session, or too many requests."""

    message: str


class Unauthorised(RootModel[Error | GatewayError]):
    """What a caller without a session is told, by API Gateway or by us."""


class Refusal(_Shown):
    """Why linking is not offered."""

    code: RefusalCode
    message: str


class ShownProblem(_Shown):
    """What keeps a link from working, and what mends it."""

    code: ProblemCode
    message: str
    action: Action
    since: Absent[Instant] = None
    until: Absent[Instant] = None


class Account(_Shown):
    """The Dropbox account, as its owner knows it."""

    name: str
    email: str


class Batch(_Shown):
    """Files dropped together: `seen` is the sum of the four counts after it."""

    batch_id: str
    began_at: Instant
    seen: int
    imported: int
    duplicate: int
    rejected: int
    under_way: int
    seconds: float | None
    """For how long at least one of them was under way so far; null while none has ended."""
    is_settled: bool
    being_read: int
    """Of the imported, how many are still to be read."""
    to_check: Absent[int] = None
    """Of the imported, how many somebody should look at now. Said of a link's newest batch."""


class ImportCounts(_Shown):
    """Files that are not imported: `stuck` are those that have waited for over a day."""

    waiting: int
    stuck: int
    rejected: int
    """Those that nobody has dealt with: had tried again, dismissed, or taken away."""
    retryable: int
    """Of the rejected, those that another try can help."""
    to_check: int
    """Imported with the newest batch, and to be looked at by their user."""


class SyncCounts(_Shown):
    """Documents on their way and at their end: `stuck` are those pending for over a day."""

    pending: int
    failed: int
    delivered_this_month: int
    stuck: int


BackfillState = Literal["waiting", "searching", "done"]


class Backfill(_Shown):
    """A search for what was accepted since a date, as far as it has come."""

    since: Instant
    requested_at: Instant
    state: BackfillState
    expenses: int
    documents: int
    completed_at: Absent[Instant] = None


class _AnyLink(_Shown):
    status: LinkStatus | Literal["NOT_LINKED"]
    may_link: bool
    refusal: Absent[Refusal] = None
    account: Absent[Account] = None
    folder: Absent[str] = None
    """Where its owner finds it in Dropbox."""
    folder_url: Absent[str] = None
    """Where Dropbox's web site shows that folder, where that is certain."""
    linked_at: Absent[Instant] = None
    last_checked_at: Instant | None
    """When everything in Dropbox was last looked at; null where it never was."""
    is_paused: bool
    problem: Absent[ShownProblem] = None
    poll_after_seconds: int
    """How soon it is worth asking again."""
    counts_are_capped: Absent[Literal[True]] = None
    """There where one of the counts stopped at its limit: at least so many."""


class AutoImportLink(_AnyLink):
    """The caller's own link."""

    purpose: Literal[Purpose.AUTO_IMPORT]
    batch: Absent[Batch] = None
    counts: Absent[ImportCounts] = None


class SynchronisationLink(_AnyLink):
    """The link of the caller's company."""

    purpose: Literal[Purpose.SYNCHRONISATION]
    since: Absent[Instant] = None
    """From when on acceptances count."""
    counts: Absent[SyncCounts] = None
    oldest_pending_since: Absent[Instant] = None
    space: Absent[Space] = None
    """Where in the team's Dropbox the folder lies; there where the account leaves a choice."""
    backfill: Absent[Backfill] = None


AnyLink = AutoImportLink | SynchronisationLink
Link = Annotated[AnyLink, Field(discriminator="purpose")]


class ChooseSpace(_Asked):
    """Where in a team's Dropbox what comes from now on is to lie."""

    space: Annotated[Space, Field(strict=False)]


class Links(_Shown):
    """Auto-import always, synchronisation for administrators."""

    links: list[Link]


class Batches(_Shown):
    """Newest first."""

    batches: list[Batch]
    cursor: Absent[str] = None


class RejectedBecause(_Shown):
    """Why a file was not imported, and what its user can do."""

    code: RejectionReason
    message: str


class ExpenseNow(_Shown):
    """An expense as the host has it at present; what is not filled in is absent."""

    status: Absent[ExpenseStatus] = None
    merchant: Absent[str] = None
    date: Absent[dt.date] = None
    amount: Absent[str] = None
    currency: Absent[str] = None


class ExpenseValues(TypedDict):
    """What `ExpenseNow` is made from."""

    status: ExpenseStatus | None
    merchant: str | None
    date: dt.date | None
    amount: str | None
    currency: str | None


def values_of(expense: HostExpense) -> ExpenseValues:
    """What an expense says at present."""
    return {
        "status": expense.status,
        "merchant": expense.merchant,
        "date": expense.date,
        "amount": None if expense.amount is None else f"{expense.amount:f}",
        "currency": expense.currency,
    }


class ExpenseOfEmployee(ExpenseNow):
    """The same, and whose it is."""

    employee: Absent[str] = None


class Reading(_Shown):
    """How the reading of an expense's document stands."""

    state: ReadingJobStatus
    unconfirmed: list[str]
    """Fields that were filled in without being sure, and that nobody has edited since."""
    possible_duplicate_of: Absent[str] = None
    has_several_documents: bool
    """Whether the file holds several: what was filled in is the first one's."""


class ReadExpense(ExpenseNow):
    """The same, and how the reading of its document stands."""

    reading: Absent[Reading] = None


class SameAs(ExpenseNow):
    """The expense that a document is, or may be, the same as."""

    expense_id: str
    name: Absent[str] = None
    """Of its document."""
    created_at: Absent[Instant] = None


class DocumentInFile(_Shown):
    """One of several documents in a file: what its own expense says, or would."""

    pages: list[int]
    """Of the file, counted from 1."""
    expense_id: Absent[str] = None
    """Absent where it would be, and where there is none any more."""
    expense: Absent[ReadExpense] = None


class ActiveContentFound(_Shown):
    """That a document does something by itself, or at a click, in the programme that shows it."""

    kinds: list[ActiveContent]
    message: str


class File(_Shown):
    """How one visit of a file in `Auto-Import` ended."""

    id: str
    batch_id: str
    name: str
    """Its path below `Auto-Import`."""
    size: int
    outcome: Outcome
    reason: Absent[RejectedBecause] = None
    expense_id: Absent[str] = None
    """What it became, or the expense that a duplicate is one of."""
    expense: Absent[ReadExpense] = None
    """Absent where there is none any more."""
    filed_as: Absent[str] = None
    """Where it was put in Dropbox, below the app's folder."""
    settled_at: Instant
    seconds: float
    """From the notification that revealed it."""
    retry: Absent[Retry] = None
    can_retry: bool
    """Whether another try of a rejected file can help."""
    can_keep: bool
    """Whether a second expense can be made of a duplicate."""
    same_as: Absent[SameAs] = None
    """The first expense of a duplicate, or another one that looks like the same purchase."""
    documents: Absent[list[DocumentInFile]] = None
    """Of a file of several: what it was split into, or where `can_split` what it would be."""
    can_split: bool
    """Whether an expense can be made of each document: nobody has edited or decided on what it is."""
    active_content: Absent[ActiveContentFound] = None
    """There where the document is to be opened with care."""


class Files(_Shown):
    """Those of the newest batch first, in a page the last settled of a batch first.

    A page may hold fewer than asked for, even none, and still have a cursor.
    """

    files: list[File]
    cursor: Absent[str] = None


class WaitsBecause(_Shown):
    """Why a file is not settled yet."""

    code: WaitingReason
    message: str


class WaitingFile(_Shown):
    """A file that waits for another try."""

    name: str
    since: Instant
    next_try: Instant
    tries: int
    reason: WaitsBecause
    is_stuck: bool


class WaitingFiles(_Shown):
    """The longest waiting first, two hundred at most."""

    files: list[WaitingFile]


class Dismissed(_Shown):
    """How many were dismissed; what was dealt with before is not counted again."""

    dismissed: int


class Requested(_Shown):
    """How many will be tried again."""

    requested: int


class Split(_Shown):
    """The expenses that a file of several documents is now, in their order."""

    expense_ids: list[str]


class OneFile(_Asked):
    """One file of the history."""

    file: Opaque


class RetryDelivery(_Asked):
    """One failed delivery."""

    delivery: Opaque


class RetryAll(_Asked):
    """All that have not been tried again since."""

    all: Annotated[bool, AfterValidator(_must_be_true), WithJsonSchema({"const": True})]


class NotDeliveredBecause(_Shown):
    """Why a document is not delivered."""

    code: DeliveryReason
    message: str


DeliveryState = Literal["pending", "delivered", "failed", "cancelled"]


class Delivery(_Shown):
    """A document of an accepted expense, on its way to the company's Dropbox."""

    id: str
    expense_id: str
    document_id: str
    state: DeliveryState
    path: Absent[str] = None
    """Where it lies once it is delivered; of another state, where it was to lie."""
    url: Absent[str] = None
    """Where Dropbox's web site shows it: only of what is delivered, and where that is certain."""
    space: Absent[Space] = None
    """Which of a team's two spaces the path is in."""
    reason: Absent[NotDeliveredBecause] = None
    accepted_at: Instant
    changed_at: Instant
    delivered_at: Absent[Instant] = None
    next_try: Absent[Instant] = None
    tries: int
    is_stuck: bool
    expense: Absent[ExpenseOfEmployee] = None
    """Absent where there is none any more."""


class Deliveries(_Shown):
    """The last changed first; the pending by their next try, the last first.

    A page may hold fewer than asked for, even none, and still have a cursor.
    """

    deliveries: list[Delivery]
    cursor: Absent[str] = None


class BackfillCount(_Shown):
    """What a backfill would come to; at least so much where the count is not complete."""

    since: Instant
    expenses: int
    documents: int
    is_complete: bool


class StartBackfill(_Asked):
    """From when on acceptances shall be delivered."""

    since: Day


class SharingRefusedBecause(_Shown):
    """Why Dropbox did not make a change, or why it cannot be seen who has access."""

    code: SharingProblem
    message: str


class SharingChangeFields(TypedDict):
    """What a change is about."""

    change: ChangeKind
    email: str | None
    access: Access | None


class _SharingChange(_Shown):
    change: ChangeKind
    email: Absent[str] = None
    access: Absent[Access] = None


class PendingSharing(_SharingChange):
    """A change that is on its way; it may take minutes, and goes on by itself."""

    since: Instant


class EndedSharing(_SharingChange):
    """What became of the last change; without a problem it was made."""

    at: Instant
    problem: Absent[SharingRefusedBecause] = None


class PersonWithAccess(_Shown):
    """Somebody who has access, or is invited; a group of a team has a name and no address."""

    email: Absent[str] = None
    name: Absent[str] = None
    access: Access
    is_invited: bool
    can_change: bool
    """Whether their access can be changed or ended here."""


class FolderSharing(_Shown):
    """How one folder is shared, as it was when it was last looked at."""

    folder: str
    """`all`, or a year."""
    path: str
    url: Absent[str] = None
    is_shared: bool
    moved_to: Absent[str] = None
    """Where the shared folder lies, if somebody has moved or renamed it; new documents do not go there."""
    people: list[PersonWithAccess]
    has_more_people: Absent[Literal[True]] = None
    looked_at: Absent[Instant] = None
    is_looking: bool
    problem: Absent[SharingRefusedBecause] = None
    pending: Absent[PendingSharing] = None
    last: Absent[EndedSharing] = None


class Sharing(_Shown):
    """Whom the company's folder is shared with; the whole folder first, then years, the latest first."""

    may_share: bool
    """Whether Dropbox was asked for what sharing takes: see `sharing` of `POST /links`."""
    years: list[str]
    """Those that documents may have been filed under."""
    folders: list[FolderSharing]
    poll_after_seconds: int


FolderName = Annotated[str, StringConstraints(pattern=r"^(all|20[0-9]{2})$")]
EmailAddress = Annotated[str, StringConstraints(min_length=3, max_length=254)]


class ShareFolder(_Asked):
    """Give a person access, or other access than they have. Dropbox writes to them."""

    change: Literal["share"]
    folder: FolderName
    email: EmailAddress
    access: Literal["viewer", "editor"] = "viewer"


class EndAccess(_Asked):
    """End a person's access, or take an invitation back."""

    change: Literal["remove"]
    folder: FolderName
    email: EmailAddress


class EndSharing(_Asked):
    """Share the folder with nobody any more; it stays where it is."""

    change: Literal["end"]
    folder: FolderName
