"""The rows of every table, as PynamoDB models; stores translate them to the models use cases know.

Names of tables come from the settings at start (`bind`), never from the environment at import.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    ListAttribute,
    MapAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.connection import Connection, TableConnection
from pynamodb.indexes import (
    AllProjection,
    GlobalSecondaryIndex,
    IncludeProjection,
    KeysOnlyProjection,
    LocalSecondaryIndex,
)
from pynamodb.models import Model

CONNECT_TIMEOUT_SECONDS = 3
READ_TIMEOUT_SECONDS = 10
MAX_CONNECTIONS = 32


class _Meta:
    """What `bind` fills in."""

    table_name = ""


class _SharedClientConnection(Connection):
    """A table's connection over the one client of all tables.

    By itself PynamoDB makes a client for each table, 0.1 seconds of a cold start, and makes it lazily
    and not thread-safely.
    """

    @property
    def client(self) -> Any:  # noqa: ANN401 - PynamoDB keeps its type private
        return transaction_connection().client


class _Row(Model):
    """An item of one of our tables, or of the host's."""

    @classmethod
    def _get_connection(cls) -> TableConnection:
        """Extend PynamoDB's own hook: its documentation names none for handing it a client."""
        table = super()._get_connection()
        if not isinstance(table.connection, _SharedClientConnection):
            shared = _SharedClientConnection()
            shared.add_meta_table(table.get_meta_table())
            table.connection = shared
        return table


class LinksDue(GlobalSecondaryIndex["LinkRow"]):
    """The sweep's index: only links that want a visit are in it."""

    class Meta:
        """See the template's `due`."""

        index_name = "due"
        projection = IncludeProjection(["purpose", "account_id", "status", "generation", "not_before"])

    bucket = UnicodeAttribute(hash_key=True)
    next_due = UnicodeAttribute(range_key=True)


class LinkRow(_Row):
    """A link, or something beside the links.

    Under `reservation:…` the reservation of a Dropbox account by the link named in `reserved_by`; under
    `revoke:…` a refresh token to be revoked, which was that of the link named in `revokes_of`;
    under `erasure:…` the request that a user or a company be forgotten; under `control:all` the switch of
    the operator; under `control:notifications` when a notification of Dropbox's was last found missing.
    """

    class Meta(_Meta):
        """See the template's LinksTable."""

    due = LinksDue()
    link_id = UnicodeAttribute(hash_key=True)
    reserved_by = UnicodeAttribute(null=True)
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
    next_due = UnicodeAttribute(null=True)
    bucket = UnicodeAttribute(null=True)
    batch_id = UnicodeAttribute(null=True)
    batch_seen = NumberAttribute(null=True)
    batch_last_file_at = UnicodeAttribute(null=True)
    batch_announced = NumberAttribute(null=True)
    last_clean_listing = UnicodeAttribute(null=True)
    doorbell_id = UnicodeAttribute(null=True)
    doorbell_waits = NumberAttribute(null=True)
    doorbell_deaths = NumberAttribute(null=True)
    rung_at = UnicodeAttribute(null=True)
    heard_at = UnicodeAttribute(null=True)
    missed_at = UnicodeAttribute(null=True)
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
    revokes_of = UnicodeAttribute(null=True)
    revoke_until = UnicodeAttribute(null=True)
    revoke_tries = NumberAttribute(null=True)
    erases_kind = UnicodeAttribute(null=True)
    erases_id = UnicodeAttribute(null=True)
    erase_requested_at = UnicodeAttribute(null=True)
    erase_tries = NumberAttribute(null=True)


class AuditRow(_Row):
    """One thing done to a link, by whom: never changed once written."""

    class Meta(_Meta):
        """See the template's AuditTrailTable."""

    subject = UnicodeAttribute(hash_key=True)
    at = UnicodeAttribute(range_key=True)
    action = UnicodeAttribute()
    actor = UnicodeAttribute(null=True)
    account_id = UnicodeAttribute(null=True)
    generation = NumberAttribute(null=True)


class LinkAttemptRow(_Row):
    """One attempt at linking, from the start to its completion; secrets only as hashes or ciphertext."""

    class Meta(_Meta):
        """See the template's LinkAttemptsTable."""

    attempt_id = UnicodeAttribute(hash_key=True)
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
    # Seconds since 1970: DynamoDB cleans up some time after; expiry itself is checked in code.
    ttl = NumberAttribute()


class ReservationRow(_Row):
    """Which live expense has this content, for this user."""

    class Meta(_Meta):
        """See the template's ReservationsTable."""

    user_id = UnicodeAttribute(hash_key=True)
    content_hash = UnicodeAttribute(range_key=True)
    expense_id = UnicodeAttribute()
    attempt = NumberAttribute()
    file_id = UnicodeAttribute()


class WaitingFileRow(_Row):
    """A file that could not be recorded or moved yet."""

    class Meta(_Meta):
        """See the template's WaitingFilesTable."""

    user_id = UnicodeAttribute(hash_key=True)
    file_key = UnicodeAttribute(range_key=True)
    batch_id = UnicodeAttribute()
    name = UnicodeAttribute()
    since = UnicodeAttribute()
    tries = NumberAttribute()
    next_try = UnicodeAttribute()
    attempts_started = NumberAttribute()
    reason = UnicodeAttribute()
    detail = UnicodeAttribute(null=True)


class UnfiledImports(LocalSecondaryIndex["ImportRecordRow"]):
    """Recorded files not yet seen in their new place."""

    class Meta:
        """See the template's `unfiled`."""

        index_name = "unfiled"
        projection = AllProjection()

    user_id = UnicodeAttribute(hash_key=True)
    unfiled = UnicodeAttribute(range_key=True)


class RejectedImports(LocalSecondaryIndex["ImportRecordRow"]):
    """Rejected files that nobody has asked to be tried again."""

    class Meta:
        """See the template's `rejected`."""

        index_name = "rejected"
        projection = AllProjection()

    user_id = UnicodeAttribute(hash_key=True)
    rejected = UnicodeAttribute(range_key=True)


class ImportsByTime(LocalSecondaryIndex["ImportRecordRow"]):
    """Every recorded file, by when it was recorded."""

    class Meta:
        """See the template's `recorded_at`."""

        index_name = "recorded_at"
        projection = AllProjection()

    user_id = UnicodeAttribute(hash_key=True)
    recorded_at = UnicodeAttribute(range_key=True)


class ImportRecordRow(_Row):
    """How one visit of one file in `Auto-Import` ended: the user's history."""

    class Meta(_Meta):
        """See the template's ImportRecordsTable."""

    unfiled_index = UnfiledImports()
    rejected_index = RejectedImports()
    recorded_index = ImportsByTime()
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


class PendingDeliveries(LocalSecondaryIndex["DeliveryRow"]):
    """What a drain has to do, in order of its next try."""

    class Meta:
        """See the template's `pending`: local, so that reads can be consistent."""

        index_name = "pending"
        projection = AllProjection()

    company_id = UnicodeAttribute(hash_key=True)
    pending = UnicodeAttribute(range_key=True)


class FailedDeliveries(LocalSecondaryIndex["DeliveryRow"]):
    """What can never be delivered unless somebody has it tried again, by when that turned out."""

    class Meta:
        """See the template's `failed`."""

        index_name = "failed"
        projection = AllProjection()

    company_id = UnicodeAttribute(hash_key=True)
    failed = UnicodeAttribute(range_key=True)


class ChangedDeliveries(LocalSecondaryIndex["DeliveryRow"]):
    """Every delivery, by its last change."""

    class Meta:
        """See the template's `changed_at`."""

        index_name = "changed_at"
        projection = AllProjection()

    company_id = UnicodeAttribute(hash_key=True)
    changed_at = UnicodeAttribute(range_key=True)


class DeliveriesOfMonth(LocalSecondaryIndex["DeliveryRow"]):
    """What a month's folder received, by path."""

    class Meta:
        """See the template's `month`."""

        index_name = "month"
        projection = AllProjection()

    company_id = UnicodeAttribute(hash_key=True)
    month = UnicodeAttribute(range_key=True)


class DeliveryRow(_Row):
    """One document of an accepted expense, on its way to one Dropbox account: the company's history."""

    class Meta(_Meta):
        """See the template's DeliveriesTable."""

    pending_index = PendingDeliveries()
    failed_index = FailedDeliveries()
    changed_index = ChangedDeliveries()
    month_index = DeliveriesOfMonth()
    company_id = UnicodeAttribute(hash_key=True)
    delivery_key = UnicodeAttribute(range_key=True)
    account_id = UnicodeAttribute()
    expense_id = UnicodeAttribute()
    document_id = UnicodeAttribute()
    status = UnicodeAttribute()
    accepted_at = UnicodeAttribute()
    since = UnicodeAttribute()
    changed_at = UnicodeAttribute()
    next_try = UnicodeAttribute(null=True)
    tries = NumberAttribute()
    attempts_started = NumberAttribute()
    reason = UnicodeAttribute(null=True)
    detail = UnicodeAttribute(null=True)
    path = UnicodeAttribute(null=True)
    filed_month = UnicodeAttribute(null=True)
    employee_folder = UnicodeAttribute(null=True)
    candidate = NumberAttribute()
    content_hash = UnicodeAttribute(null=True)
    sha256 = UnicodeAttribute(null=True)
    space = UnicodeAttribute(null=True)
    delivered_at = UnicodeAttribute(null=True)
    pending = UnicodeAttribute(null=True)
    failed = UnicodeAttribute(null=True)
    month = UnicodeAttribute(null=True)
    correlation_id = UnicodeAttribute(null=True)


class ManifestRow(_Row):
    """How far the list of one month's deliveries is written; beside the deliveries, under keys of its own."""

    class Meta(_Meta):
        """See the template's DeliveriesTable."""

    company_id = UnicodeAttribute(hash_key=True)
    manifest_key = UnicodeAttribute(range_key=True, attr_name="delivery_key")
    account_id = UnicodeAttribute()
    manifest_month = UnicodeAttribute()
    changes = NumberAttribute()
    written_changes = NumberAttribute(null=True)
    written_at = UnicodeAttribute(null=True)
    path = UnicodeAttribute(null=True)
    content_hash = UnicodeAttribute(null=True)
    rev = UnicodeAttribute(null=True)


class ReadingJobsDue(GlobalSecondaryIndex["ReadingJobRow"]):
    """The sweep's index: only documents that are still to be read are in it."""

    class Meta:
        """See the template's `due`."""

        index_name = "due"
        projection = KeysOnlyProjection()

    bucket = UnicodeAttribute(hash_key=True)
    next_try = UnicodeAttribute(range_key=True)


class SimilarReadingJobs(LocalSecondaryIndex["ReadingJobRow"]):
    """A user's read documents, by day and amount."""

    class Meta:
        """See the template's `likeness`: local, so that two readings that meet find each other."""

        index_name = "likeness"
        projection = IncludeProjection(["merchant", "currency"])

    user_id = UnicodeAttribute(hash_key=True)
    likeness = UnicodeAttribute(range_key=True)


class ReadingJobRow(_Row):
    """The document of an imported expense, which is to be read or was."""

    class Meta(_Meta):
        """See the template's ReadingJobsTable."""

    due = ReadingJobsDue()
    likeness_index = SimilarReadingJobs()
    user_id = UnicodeAttribute(hash_key=True)
    expense_id = UnicodeAttribute(range_key=True)
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
    likeness = UnicodeAttribute(null=True)
    merchant = UnicodeAttribute(null=True)
    currency = UnicodeAttribute(null=True)


class ReadingMap(MapAttribute[str, object]):
    """How the reading of an expense's document stands, as a new expense has it; the rest comes with it."""

    state = UnicodeAttribute()


class DocumentMap(MapAttribute[str, object]):
    """A supporting document of an expense, as the host keeps it."""

    document_id = UnicodeAttribute()
    s3_key = UnicodeAttribute()
    sha256 = UnicodeAttribute()
    name = UnicodeAttribute()
    content_type = UnicodeAttribute()
    size = NumberAttribute()


class AcceptedExpenses(GlobalSecondaryIndex["ExpenseRow"]):
    """A company's expenses that were ever accepted, by when."""

    class Meta:
        """The host's index `company_accepted`."""

        index_name = "company_accepted"
        projection = AllProjection()

    company_id = UnicodeAttribute(hash_key=True)
    accepted_at = UnicodeAttribute(range_key=True)


class ExpenseRow(_Row):
    """The host's expense; we create it and read it, the host owns it."""

    class Meta(_Meta):
        """The host's table, named by a parameter."""

    accepted_index = AcceptedExpenses()
    expense_id = UnicodeAttribute(hash_key=True)
    user_id = UnicodeAttribute(null=True)
    company_id = UnicodeAttribute(null=True)
    employee_name = UnicodeAttribute(null=True)
    status = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute(null=True)
    accepted_at = UnicodeAttribute(null=True)
    source = UnicodeAttribute(null=True)
    label = UnicodeAttribute(null=True)
    documents = ListAttribute(of=DocumentMap, null=True)
    reading = ReadingMap(null=True)  # type: ignore[no-untyped-call] # inherited from PynamoDB


class UserRow(_Row):
    """The host's user; we only read it."""

    class Meta(_Meta):
        """The host's table, named by a parameter."""

    user_id = UnicodeAttribute(hash_key=True)
    name = UnicodeAttribute(null=True)
    company_id = UnicodeAttribute(null=True)
    locale = UnicodeAttribute(null=True)
    active = BooleanAttribute(null=True)


class CompanyRow(_Row):
    """The host's company; we only read it."""

    class Meta(_Meta):
        """The host's table, named by a parameter."""

    company_id = UnicodeAttribute(hash_key=True)
    name = UnicodeAttribute(null=True)
    plan = UnicodeAttribute(null=True)


class EmployeeFolderRow(_Row):
    """An employee's pinned folder (`employee#…`), or the reservation of a folder's name (`name#…`)."""

    class Meta(_Meta):
        """See the template's EmployeeFoldersTable."""

    company_id = UnicodeAttribute(hash_key=True)
    folder_key = UnicodeAttribute(range_key=True)
    folder = UnicodeAttribute(null=True)
    employee_id = UnicodeAttribute(null=True)


def bind(model: type[Model], table_name: str) -> None:
    """Point a model at its table; its client is made now, before there are threads."""
    model.Meta.table_name = table_name
    transaction_connection()


@cache
def transaction_connection() -> Connection:
    """The connection for TransactWrite, which belongs to no single table; its client serves all tables."""
    connection = Connection(
        connect_timeout_seconds=CONNECT_TIMEOUT_SECONDS,
        read_timeout_seconds=READ_TIMEOUT_SECONDS,
        max_pool_connections=MAX_CONNECTIONS,
    )
    _ = connection.client
    return connection
