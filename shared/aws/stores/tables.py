"""The rows of every table, as PynamoDB models; stores translate them to the models use cases know.

Those of the host's tables stand in `shared/aws/host`.
"""

from __future__ import annotations

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    DiscriminatorAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.indexes import (
    AllProjection,
    GlobalSecondaryIndex,
    IncludeProjection,
)

from shared.aws.dynamodb import Row, TableMeta


class LinksDue(GlobalSecondaryIndex["LinksItem"]):
    """What is to be visited, revoked or erased, each kind under buckets of its own, by when."""

    class Meta:
        """See the template's `due`."""

        index_name = "due"
        projection = IncludeProjection(
            ["kind", "purpose", "account_id", "status", "generation", "not_before"]
        )

    bucket = UnicodeAttribute(hash_key=True)
    next_due = UnicodeAttribute(range_key=True)


class LinksItem(Row):
    """An item of the links table, of any kind; its id says which."""

    class Meta(TableMeta):
        """See the template's LinksTable."""

    due = LinksDue()
    kind = DiscriminatorAttribute()
    link_id = UnicodeAttribute(hash_key=True)
    next_due = UnicodeAttribute(null=True)
    bucket = UnicodeAttribute(null=True)


class AccountReservationRow(LinksItem, discriminator="reservation"):
    """Under `reservation:…`: which link a Dropbox account is reserved by."""

    reserved_by = UnicodeAttribute()


class RevocationRow(LinksItem, discriminator="revocation"):
    """Under `revoke:…`: a refresh token to be revoked, and the link that it was of."""

    revokes_of = UnicodeAttribute()
    purpose = UnicodeAttribute()
    account_id = UnicodeAttribute()
    encrypted_token = BinaryAttribute(legacy_encoding=False)
    revoke_until = UnicodeAttribute()
    revoke_tries = NumberAttribute()


class ErasureRow(LinksItem, discriminator="erasure"):
    """Under `erasure:…`: the request that a user or a company be forgotten."""

    erases_kind = UnicodeAttribute()
    erases_id = UnicodeAttribute()
    erase_requested_at = UnicodeAttribute()
    erase_tries = NumberAttribute()


class LinkEventRow(LinksItem, discriminator="event"):
    """Under `event:…`: what the host is still to be sent of a link."""

    event_name = UnicodeAttribute()
    event_detail = UnicodeAttribute()


class PseudonymKeyRow(LinksItem, discriminator="pseudonym_key"):
    """Under `control:pseudonyms`: the key of the pseudonyms of who was forgotten."""

    encrypted_key = BinaryAttribute(legacy_encoding=False)


class SwitchRow(LinksItem, discriminator="switch"):
    """Under `control:all`: the operator's switch for all links, written by hand and so without a kind."""

    paused = BooleanAttribute(null=True)


class NotificationsRow(LinksItem, discriminator="notifications"):
    """Under `control:notifications`: when one of Dropbox's notifications was last found missing."""

    missed_at = UnicodeAttribute()


class LinkRow(LinksItem, discriminator="link"):
    """A link."""

    purpose = UnicodeAttribute(null=True)
    user_id = UnicodeAttribute(null=True)
    company_id = UnicodeAttribute(null=True)
    account_id = UnicodeAttribute(null=True)
    account_name = UnicodeAttribute(null=True)
    account_email = UnicodeAttribute(null=True)
    encrypted_token = BinaryAttribute(null=True, legacy_encoding=False)
    status = UnicodeAttribute(null=True)
    problem = UnicodeAttribute(null=True)
    detail = UnicodeAttribute(null=True)
    status_since = UnicodeAttribute(null=True)
    generation = NumberAttribute(null=True)
    linked_at = UnicodeAttribute(null=True)
    not_before = UnicodeAttribute(null=True)
    batch_id = UnicodeAttribute(null=True)
    batch_seen = NumberAttribute(null=True)
    batch_last_file_at = UnicodeAttribute(null=True)
    batch_announced = NumberAttribute(null=True)
    batch_notified_at = UnicodeAttribute(null=True)
    last_clean_listing = UnicodeAttribute(null=True)
    doorbell_id = UnicodeAttribute(null=True)
    doorbell_waits = NumberAttribute(null=True)
    doorbell_deaths = NumberAttribute(null=True)
    rung_at = UnicodeAttribute(null=True)
    heard_at = UnicodeAttribute(null=True)
    sync_since = UnicodeAttribute(null=True)
    reconcile_begins_at = UnicodeAttribute(null=True)
    reconcile_accepted_from = UnicodeAttribute(null=True)
    reconcile_started_at = UnicodeAttribute(null=True)
    reconcile_cursor = UnicodeAttribute(null=True)
    reconcile_completed_at = UnicodeAttribute(null=True)
    takes_over = BooleanAttribute(null=True)
    paused = BooleanAttribute(null=True)
    backfill_since = UnicodeAttribute(null=True)
    backfill_requested_at = UnicodeAttribute(null=True)
    backfill_started_at = UnicodeAttribute(null=True)
    backfill_cursor = UnicodeAttribute(null=True)
    backfill_expenses = NumberAttribute(null=True)
    backfill_documents = NumberAttribute(null=True)
    backfill_completed_at = UnicodeAttribute(null=True)
    announced_until = UnicodeAttribute(null=True)
    announced_problem = UnicodeAttribute(null=True)
    account_locale = UnicodeAttribute(null=True)
    team_space_id = UnicodeAttribute(null=True)
    space = UnicodeAttribute(null=True)


class AuditRow(Row):
    """One thing done to a link, by whom: never changed once written."""

    class Meta(TableMeta):
        """See the template's AuditTrailTable."""

    subject = UnicodeAttribute(hash_key=True)
    at = UnicodeAttribute(range_key=True)
    action = UnicodeAttribute()
    actor = UnicodeAttribute(null=True)
    account_id = UnicodeAttribute(null=True)
    generation = NumberAttribute(null=True)


class AttemptItem(Row):
    """An item of the link attempts table, of any kind; its id says which."""

    class Meta(TableMeta):
        """See the template's LinkAttemptsTable."""

    kind = DiscriminatorAttribute()
    attempt_id = UnicodeAttribute(hash_key=True)
    # Seconds since 1970: DynamoDB cleans up some time after; expiry itself is checked in code.
    ttl = NumberAttribute()


class LinkAttemptRow(AttemptItem, discriminator="attempt"):
    """One attempt at linking, from the start to its completion; secrets only as hashes or ciphertext."""

    state_hash = UnicodeAttribute()
    handle_hash = UnicodeAttribute(null=True)
    code_verifier = UnicodeAttribute(null=True)
    purpose = UnicodeAttribute()
    user_id = UnicodeAttribute()
    company_id = UnicodeAttribute()
    expires_at = UnicodeAttribute()
    redirected_at = UnicodeAttribute(null=True)
    encrypted_code = BinaryAttribute(null=True, legacy_encoding=False)
    completed_at = UnicodeAttribute(null=True)
    link_generation = NumberAttribute(null=True)
    since = UnicodeAttribute(null=True)
    confirming_at = UnicodeAttribute(null=True)


class RequestCountRow(AttemptItem, discriminator="count"):
    """Under `count:…`: how often a user has asked for something in one minute."""

    requests = NumberAttribute()


class OpenAttemptRow(AttemptItem, discriminator="open"):
    """Under `open:…`: which attempt of a user is the open one, by purpose."""

    open_attempt_id = UnicodeAttribute()


class ReservationRow(Row):
    """Which live expense has this content, for this user."""

    class Meta(TableMeta):
        """See the template's ReservationsTable."""

    user_id = UnicodeAttribute(hash_key=True)
    content_hash = UnicodeAttribute(range_key=True)
    expense_id = UnicodeAttribute()
    attempt = NumberAttribute()
    file_id = UnicodeAttribute()
    second_for = UnicodeAttribute(null=True)


class WaitingItem(Row):
    """An item of the waiting files table, of any kind."""

    class Meta(TableMeta):
        """See the template's WaitingFilesTable."""

    kind = DiscriminatorAttribute()
    user_id = UnicodeAttribute(hash_key=True)
    file_key = UnicodeAttribute(range_key=True)
    since = UnicodeAttribute()


class AnyWaitingItem(Row):
    """The same as an erasure sees it: of a later release's kind too."""

    class Meta(WaitingItem.Meta):
        """See the template's WaitingFilesTable."""

    user_id = UnicodeAttribute(hash_key=True)
    file_key = UnicodeAttribute(range_key=True)


class WaitingFileRow(WaitingItem, discriminator="waiting"):
    """A file that could not be recorded or moved yet."""

    batch_id = UnicodeAttribute()
    name = UnicodeAttribute()
    tries = NumberAttribute()
    next_try = UnicodeAttribute()
    attempts_started = NumberAttribute()
    reason = UnicodeAttribute()
    detail = UnicodeAttribute(null=True)


class RetryRequestRow(WaitingItem, discriminator="retry"):
    """A user's request that a rejected file be tried again."""

    name = UnicodeAttribute()


class FilingRow(WaitingItem, discriminator="filing"):
    """A batch of which a recorded file may not have left `Auto-Import` yet."""

    batch_id = UnicodeAttribute()


class RejectedImports(GlobalSecondaryIndex["ImportRecordRow"]):
    """Rejected files that nobody has asked to be tried again."""

    class Meta:
        """See the template's `rejected`."""

        index_name = "rejected"
        projection = AllProjection()

    user_id = UnicodeAttribute(hash_key=True)
    rejected = UnicodeAttribute(range_key=True)


class ImportRecordRow(Row):
    """How one visit of one file in `Auto-Import` ended: the user's history."""

    class Meta(TableMeta):
        """See the template's ImportRecordsTable."""

    rejected_index = RejectedImports()
    user_id = UnicodeAttribute(hash_key=True)
    visit_key = UnicodeAttribute(range_key=True)
    batch_id = UnicodeAttribute()
    account_id = UnicodeAttribute()
    file_id = UnicodeAttribute()
    content_hash = UnicodeAttribute()
    visit = NumberAttribute()
    name = UnicodeAttribute()
    size = NumberAttribute()
    outcome = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
    expense_id = UnicodeAttribute(null=True)
    target = UnicodeAttribute()
    filed_as = UnicodeAttribute(null=True)
    notified_at = UnicodeAttribute()
    recorded_at = UnicodeAttribute()
    seconds = NumberAttribute()
    unfiled = UnicodeAttribute(null=True)
    rejected = UnicodeAttribute(null=True)
    retry = UnicodeAttribute(null=True)
    correlation_id = UnicodeAttribute(null=True)
    reading = UnicodeAttribute(null=True)
    # Seconds since 1970.
    ttl = NumberAttribute(null=True)


class ReadingJobsDue(GlobalSecondaryIndex["ReadingItem"]):
    """The sweep's index: documents that wait to be read, and batches that are to be looked through."""

    class Meta:
        """See the template's `due`."""

        index_name = "due"
        projection = IncludeProjection(["kind"])

    bucket = UnicodeAttribute(hash_key=True)
    next_try = UnicodeAttribute(range_key=True)


class ReadingItem(Row):
    """An item of the reading jobs table, of any kind."""

    class Meta(TableMeta):
        """See the template's ReadingJobsTable."""

    due = ReadingJobsDue()
    kind = DiscriminatorAttribute()
    user_id = UnicodeAttribute(hash_key=True)
    expense_id = UnicodeAttribute(range_key=True)
    # Seconds since 1970.
    ttl = NumberAttribute(null=True)


class AnyReadingItem(Row):
    """The same as an erasure sees it: of a later release's kind too."""

    class Meta(ReadingItem.Meta):
        """See the template's ReadingJobsTable."""

    user_id = UnicodeAttribute(hash_key=True)
    expense_id = UnicodeAttribute(range_key=True)


class LikenessRow(ReadingItem, discriminator="likeness"):
    """A read document by day and amount, under `like#…`: by key, so that two that meet find each other."""

    of = UnicodeAttribute()
    merchant = UnicodeAttribute(null=True)
    currency = UnicodeAttribute(null=True)


class PageCountRow(ReadingItem, discriminator="pages"):
    """Under `pages#…`: how many pages of a user or a company a paid engine has read in a day or a month.

    A company's has its id in the place of a user's.
    """

    pages = NumberAttribute()


class BatchToReadRow(ReadingItem, discriminator="batch"):
    """Under `batch#…`: that documents of a batch are to be read, for the sweep to see whether they are."""

    since = UnicodeAttribute()
    bucket = UnicodeAttribute()
    next_try = UnicodeAttribute()


class ReadingJobRow(ReadingItem, discriminator="job"):
    """The document of an imported expense, which is to be read or was."""

    status = UnicodeAttribute()
    since = UnicodeAttribute()
    bucket = UnicodeAttribute(null=True)
    next_try = UnicodeAttribute(null=True)
    tries = NumberAttribute(null=True)
    attempts_started = NumberAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    detail = UnicodeAttribute(null=True)
    analysis_id = UnicodeAttribute(null=True)
    finished_at = UnicodeAttribute(null=True)
    visit_key = UnicodeAttribute(null=True)


class EmployeeFolderRow(Row):
    """An employee's pinned folder (`employee#…`), or the reservation of a folder's name (`name#…`)."""

    class Meta(TableMeta):
        """See the template's EmployeeFoldersTable."""

    company_id = UnicodeAttribute(hash_key=True)
    folder_key = UnicodeAttribute(range_key=True)
    folder = UnicodeAttribute(null=True)
    employee_id = UnicodeAttribute(null=True)
