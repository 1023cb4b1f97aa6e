"""Every error the integration raises on purpose, so that a use case decides by type.

IntegrationError
├── Rejected                    the input's fault: the same input will fail again
│   ├── DocumentRejected        a dropped file that cannot become an expense, and why
│   ├── RequestRefused          a user's request that is not fulfilled, with a stable reason code
│   │   ├── LinkRefused         a link that may not be made
│   │   └── TooManyRequests     one user asks more in a minute than a person does
│   ├── AnalysisRefused         a document that Textract does not analyse
│   ├── MalformedMessage        a queue message or request nobody of ours has written
│   ├── PayloadTooLarge         a request's body beyond the limit
│   └── ForgedRequest           a notification without Dropbox's signature
├── Retryable                   nobody's fault: the same call may succeed later
│   ├── RateLimited             Dropbox says when to come back
│   ├── DropboxUnavailable      reset, timeout, DNS, an answer that is not Dropbox's
│   │   └── DropboxFailing      5xx
│   ├── CallNotUnderstood       400 and its like: Dropbox changed, or the app's settings did
│   ├── DocumentCorrupted       the bytes that arrived are not those Dropbox has
│   ├── DocumentChanged         Dropbox now has other bytes than those listed
│   ├── ListingReset            Dropbox wants the folder listed from the start
│   ├── AwsUnavailable          throttling, conflict, timeout or failure of an AWS service
│   ├── AnalysisLost            an analysis that was begun is not known any more
│   ├── ConfinementFailed       a child process failed for a reason that is not the document's
│   ├── SweepIncomplete         some links that are due were not rung
│   ├── ErasureUnfinished       an erasure goes on at a later call
│   ├── ErasureFailed           some erasures failed; they are tried again
│   └── RevocationIncomplete    some tokens that are due were not revoked, for no reason of Dropbox's
├── Conflict                    another was first: look again
│   ├── LinkChanged             the link was unlinked or linked again since it was read
│   ├── LinkPaused              the operator has paused the link, or all of them
│   ├── LinkKeepsChanging       it changed each time it was about to be written
│   ├── ConfirmUnderWay         another confirm of the attempt is at the code
│   ├── AlreadyRecorded         this visit of the file is on record already
│   ├── ReservationChanged      the reservation of this content is not as it was read
│   ├── ExpenseExists           an expense of that id is there though no reservation names it
│   ├── DeliveryNotPending      the delivery is not pending as it was read
│   ├── SharingChanged          a folder's sharing is not as it was read: another change is under way, or over
│   ├── ProofChanged            the proof of a company's folder is not as it was read: another drain is at it
│   ├── ResendChanged           a request to send again is not as it was read: another drain is at it
│   ├── AcceptedAgain           the expense of a delivery to be cancelled is to be delivered after all
│   ├── ReadingJobChanged       the reading of a document is not as it was read: another is at it
│   ├── ExpenseChanged          an expense to be filled in is not as it was read
│   ├── MessageNotHeld          a message that was received is visible to others again
│   └── AccountAlreadyLinked    somebody else's link holds the Dropbox account
└── Broken                      it stays so until somebody acts
    ├── LinkBroken              the link as a whole does not work
    │   ├── LinkRevoked         the token, the app's access or a scope is gone
    │   ├── LinkSuspended       Dropbox has suspended the account, or its owner may not use the link
    │   ├── AccessDenied        403: what the app may not do with this account
    │   ├── SpaceUnavailable    422: the team space is gone, or closed to who linked
    │   ├── TransportLimitReached   403: the team has used up its month's upload calls
    │   └── QuotaFull           no space left in the account
    ├── FileGone                the file or folder is not there (any more)
    ├── PathConflict            something else is where something was to be written
    ├── CodeRejected            the authorisation code is dead, used or not ours
    ├── DropboxRefused          409: a rule of Dropbox's about this one file or document
    │   └── ContentRestricted   Dropbox has taken the file down, or wrongly thinks that it must
    ├── SharingRefused          409: a rule of Dropbox's about sharing one folder, or with one person
    ├── AppRefused              Dropbox does not accept the app itself: its key, its permission for a route
    ├── AwsRefused              an AWS service refuses the call itself: a permission, a key, a resource
    │   └── ValuesRefused       AWS takes no values of this length or size
    ├── DocumentMissing         a document of an expense is not in the store
    └── ConfigurationMissing    a setting the function cannot start without

AwsUnavailable and AwsRefused are both an AwsFailed: for a call that may fail, it is the same which.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from shared.domain.links import LinkProblem, LinkStatus

if TYPE_CHECKING:
    from shared.domain.rejections import RejectionReason
    from shared.domain.sharing import SharingProblem


class IntegrationError(Exception):
    """Root of everything this project raises on purpose.

    `stops_account` is true where no other file or document of the account would fare better: a drain that
    meets it ends at once. `problem_while_it_lasts` is what the link says of an account that can
    only wait.
    """

    stops_account: ClassVar[bool] = False
    problem_while_it_lasts: ClassVar[LinkProblem | None] = None


class Rejected(IntegrationError):
    """The input's fault: the same input will fail again."""


class DocumentRejected(Rejected):
    """A dropped file that cannot become an expense.

    `may_be_incomplete` is true where a file still being written would look the same: the caller
    waits a grace time before it believes the verdict.
    """

    def __init__(self, reason: RejectionReason, *, may_be_incomplete: bool = False) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.may_be_incomplete = may_be_incomplete

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the pipe from an inspection worker: keyword arguments do not by default."""
        return _rebuild_document_rejected, (self.reason, self.may_be_incomplete)


def _rebuild_document_rejected(reason: RejectionReason, may_be_incomplete: bool) -> DocumentRejected:
    return DocumentRejected(reason, may_be_incomplete=may_be_incomplete)


class RefusalCode(StrEnum):
    """Stable reason codes of a request that was not fulfilled; the web app may rely on them."""

    ACCESS_DENIED = "access_denied"
    ACCOUNT_ALREADY_LINKED = "account_already_linked"
    ALREADY_USED = "already_used"
    DROPBOX_ERROR = "dropbox_error"
    EXPIRED = "expired"
    FILING_CHANGED = "filing_changed"
    FILING_EMPLOYEE_MISSING = "filing_employee_missing"
    FILING_MONTH_BEFORE_YEAR = "filing_month_before_year"
    FILING_MONTH_MISSING = "filing_month_missing"
    FILING_PARTS_UNFIT = "filing_parts_unfit"
    FILING_PRIVATE_FOLDER = "filing_private_folder"
    FILING_YEAR_SHARED = "filing_year_shared"
    INVALID_ADDRESS = "invalid_address"
    INVALID_CURSOR = "invalid_cursor"
    INVALID_REQUEST = "invalid_request"
    INVALID_START_DATE = "invalid_start_date"
    LINK_NOT_WORKING = "link_not_working"
    MISSING_SCOPE = "missing_scope"
    NO_TEAM_SPACE = "no_team_space"
    NO_YEAR_FOLDER = "no_year_folder"
    NOT_ADMINISTRATOR = "not_administrator"
    NOT_FOUND = "not_found"
    NOT_LINKED = "not_linked"
    NOT_RETRYABLE = "not_retryable"
    NOT_SIGNED_IN = "not_signed_in"
    NOT_SPLITTABLE = "not_splittable"
    OTHER_ACCOUNT = "other_account"
    OTHER_USER = "other_user"
    PAUSED = "paused"
    PLAN_REQUIRED = "plan_required"
    PROOF_UNDER_WAY = "proof_under_way"
    PURPOSE_UNAVAILABLE = "purpose_unavailable"
    SHARING_NOT_ALLOWED = "sharing_not_allowed"
    SHARING_UNDER_WAY = "sharing_under_way"
    TOO_MANY_REQUESTS = "too_many_requests"
    TRY_AGAIN = "try_again"


class RequestRefused(Rejected):
    """A user's request that is not fulfilled, with the code the web app turns into its own words."""

    def __init__(self, code: RefusalCode) -> None:
        super().__init__(code.value)
        self.code = code


class TooManyRequests(RequestRefused):
    """One user asks more in a minute than a person does: come back after so many seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(RefusalCode.TOO_MANY_REQUESTS)
        self.retry_after = retry_after


class LinkRefused(RequestRefused):
    """A link that may not be made."""


class AnalysisRefused(Rejected):
    """A document that is not analysed, now or later; `code` is the service's own name for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MalformedMessage(Rejected):
    """A queue message or request that nobody of ours has written."""


class PayloadTooLarge(Rejected):
    """A request's body is beyond the limit of its route."""


class ForgedRequest(Rejected):
    """A notification that does not carry Dropbox's signature."""


class Retryable(IntegrationError):
    """Nobody's fault: the same call may succeed later."""


class RateLimited(Retryable):
    """Dropbox asks this account to come back after `retry_after` seconds."""

    stops_account = True

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"rate limited for {retry_after:.0f} s")
        self.retry_after = retry_after


class DropboxUnavailable(Retryable):
    """Dropbox did not answer, or not as Dropbox does, after a bounded number of tries."""

    problem_while_it_lasts = LinkProblem.DROPBOX_UNAVAILABLE


class DropboxFailing(DropboxUnavailable):
    """Dropbox answered 5xx, after a bounded number of tries."""


class CallNotUnderstood(Retryable):
    """Dropbox finds the call itself wrong, not the document it is about: 400 and its like.

    It means that Dropbox changed, or somebody changed the app's settings, or one of its servers errs for a
    while. No document ends by it, however often: the call is made again later, and an alarm tells of it.
    """

    problem_while_it_lasts = LinkProblem.DROPBOX_REFUSED


class DocumentCorrupted(Retryable):
    """The bytes that arrived do not have the content hash Dropbox states for them."""


class DocumentChanged(Retryable):
    """Dropbox now has other bytes under this id than those that were listed."""


class ListingReset(Retryable):
    """The cursor of a listing is no longer valid: Dropbox wants it from the start."""


class AwsFailed(IntegrationError):
    """An AWS service did not do what it was asked; `code` is its own name for why, where it gave one.

    What it was asked for may nonetheless have been done: an answer can be lost.
    """

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class AwsUnavailable(AwsFailed, Retryable):
    """An AWS service throttled, conflicted, timed out or failed after its client's own retries.

    `is_throttled` where the service itself answered that it is asked too often.
    """

    def __init__(self, message: str, code: str = "", *, is_throttled: bool = False) -> None:
        super().__init__(message, code)
        self.is_throttled = is_throttled


class AnalysisLost(Retryable):
    """An analysis that was begun is not known any more: begin another."""


class ConfinementFailed(Retryable):
    """A child process could not start, or its work failed by a fault of ours: nothing is decided."""


class SweepIncomplete(Retryable):
    """Some links that are due were not rung; they still are due."""


class RevocationIncomplete(Retryable):
    """Some tokens that are due were neither revoked nor put off; they still are due."""


class ErasureUnfinished(Retryable):
    """There is more to be erased than one call has time for, or it is too early: go on at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"until {until.isoformat()}")
        self.until = until


class ErasureFailed(Retryable):
    """Some erasures failed; they are tried again later and later."""


class Conflict(IntegrationError):
    """Another was first: look at how things stand now, and decide again."""


class LinkChanged(Conflict):
    """The link was unlinked or linked again since this work began: stop, write nothing."""

    stops_account = True


class LinkPaused(Conflict):
    """The operator has paused the link, or all of them: stop, write nothing, look again afterwards."""

    stops_account = True


class AlreadyRecorded(Conflict):
    """The visit of the file is on record already: an earlier or a concurrent drain recorded it."""


class ReservationChanged(Conflict):
    """The content's reservation is not as it was read: look at it again."""


class ExpenseExists(Conflict):
    """There is an expense of that id although no reservation names it: take the next attempt."""


class DeliveryNotPending(Conflict):
    """The delivery is not pending as it was read: another drain has recorded it or is at it."""


class SharingChanged(Conflict):
    """Another change of the folder's sharing is under way, or this one has come to an end."""


class ProofChanged(Conflict):
    """Another drain or request has written how the company's proof stands since it was read."""


class ResendChanged(Conflict):
    """The request to send again is under way already, or another drain has come further with it."""


class AcceptedAgain(Conflict):
    """The expense is not (any longer) one whose deliveries are cancelled: look at it again."""


class ReadingJobChanged(Conflict):
    """The reading of a document does not stand as it was read: another is at it, or it is over."""


class ExpenseChanged(Conflict):
    """An expense that was to be filled in is not as it was read: its user is at it. Look at it again."""


class MessageNotHeld(Conflict):
    """A message that was received is visible to others again, or one of them has answered it: leave it."""


class AccountAlreadyLinked(Conflict):
    """Somebody else's active link holds this Dropbox account for this purpose."""


class LinkKeepsChanging(Conflict):
    """The link changed each time it was about to be written: others are at it, so try again."""


class ConfirmUnderWay(Conflict):
    """Another confirm of the same attempt is spending its code: wait for what comes of it."""


class Broken(IntegrationError):
    """It stays so until somebody acts: the user, the administrator or the operator."""


class LinkBroken(Broken):
    """The link as a whole does not work: it becomes `status`, because of `problem`.

    `detail` is for operators. A new reason for which Dropbox stops an account is a class below this one, and
    a `LinkProblem`.
    """

    stops_account = True
    status: ClassVar[LinkStatus]

    def __init__(self, problem: LinkProblem, detail: str = "") -> None:
        super().__init__(detail or problem.value)
        self.problem = problem
        self.detail = detail


class LinkRevoked(LinkBroken):
    """The refresh token, the app's access or a scope it needs is gone: its user must link again."""

    status = LinkStatus.RECONNECT


class LinkSuspended(LinkBroken):
    """Dropbox has suspended the account, or its owner may not use the link at present."""

    status = LinkStatus.SUSPENDED


class AccessDenied(LinkBroken):
    """Dropbox does not let the app act on this account, for a reason of the account's or its team's."""

    status = LinkStatus.SUSPENDED

    def __init__(self, detail: str = "") -> None:
        super().__init__(LinkProblem.ACCESS_DENIED, detail)


class SpaceUnavailable(LinkBroken):
    """The team space that paths are below is gone, or closed to who linked."""

    status = LinkStatus.SUSPENDED

    def __init__(self, detail: str = "") -> None:
        super().__init__(LinkProblem.SPACE_UNAVAILABLE, detail)


class TransportLimitReached(LinkBroken):
    """The team has used up the upload calls of its month; they begin again on the first of the next.

    https://developers.dropbox.com/dbx-performance-guide calls it the limit on data transport calls.
    """

    status = LinkStatus.FULL

    def __init__(self, detail: str = "") -> None:
        super().__init__(LinkProblem.TRANSPORT_LIMIT, detail)


class QuotaFull(LinkBroken):
    """The account has no space left; what needs no space still works, so that a drain goes on with it."""

    stops_account = False
    status = LinkStatus.FULL

    def __init__(self, detail: str = "") -> None:
        super().__init__(LinkProblem.QUOTA_FULL, detail)


class FileGone(Broken):
    """The file or folder is not there, or not any more."""


class PathConflict(Broken):
    """Something else is where something was to be written; `tag` is Dropbox's own name for it."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


class CodeRejected(Broken):
    """The authorisation code is dead, used already or was not issued to us."""


class DropboxRefused(Broken):
    """Dropbox refused a file or a document for a reason that no retry cures; `tag` is its name for it."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag

    @property
    def names_a_reason(self) -> bool:
        """Whether Dropbox says why: `other` is what it says where it does not."""
        return self.tag.rpartition("/")[2] != "other"


class ContentRestricted(DropboxRefused):
    """Dropbox hands out no bytes of this file: it was taken down, or is mistaken for one that was."""


class SharingRefused(Broken):
    """Dropbox does not share a folder, or not with this person; `tag` is its name for why."""

    def __init__(self, problem: SharingProblem, tag: str = "") -> None:
        super().__init__(tag or problem.value)
        self.problem = problem
        self.tag = tag


class AppRefused(Broken):
    """Dropbox does not accept the app itself: the operator must act, no user can.

    The link stays as it is: once the app's key or settings are right again, everything goes on.
    """

    stops_account = True

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class AwsRefused(AwsFailed, Broken):
    """An AWS service refuses the call itself, and will until the operator acts.

    A permission that is missing, a key that is disabled, a table, queue or bucket that is gone, a call that
    is not valid. Nothing of a user's ends by it. `service` is named as by AWS's SDKs, such as `dynamodb`.
    """

    def __init__(self, service: str, operation: str, code: str) -> None:
        super().__init__(f"{service} refuses {operation or 'the call'}: {code}", code)
        self.service = service
        self.operation = operation


class ValuesRefused(AwsRefused):
    """A key, an item or a message is longer than AWS takes.

    The input's fault where the values came with it. Where they did not, it is an operator's mistake, such as
    an index that is missing.
    """


class DocumentMissing(Broken):
    """A document that an expense names is not in the store."""


class ConfigurationMissing(Broken):
    """A setting the function cannot start without."""
