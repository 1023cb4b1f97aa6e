"""The kinds of items that share the deliveries table: what a company's documents are on record as.

What must be read consistently is found by key; the table has no local index, so that a company's history
may grow without end (docs/decisions/0013). The global indexes serve what people look at.
"""

from __future__ import annotations

from pynamodb.attributes import (
    BooleanAttribute,
    DiscriminatorAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from shared.aws.dynamodb import Row, TableMeta


class FailedDeliveries(GlobalSecondaryIndex["DeliveryRow"]):
    """What can never be delivered unless somebody has it tried again, by when that turned out."""

    class Meta:
        """See the template's `failed`."""

        index_name = "failed"
        projection = AllProjection()

    company_id = UnicodeAttribute(hash_key=True)
    failed = UnicodeAttribute(range_key=True)


class ChangedDeliveries(GlobalSecondaryIndex["DeliveryRow"]):
    """Every delivery, by its last change."""

    class Meta:
        """See the template's `changed_at`."""

        index_name = "changed_at"
        projection = AllProjection()

    company_id = UnicodeAttribute(hash_key=True)
    changed_at = UnicodeAttribute(range_key=True)


class DeliveriesItem(Row):
    """An item of the table, of any kind."""

    class Meta(TableMeta):
        """See the template's DeliveriesTable."""

    kind = DiscriminatorAttribute()
    company_id = UnicodeAttribute(hash_key=True)
    delivery_key = UnicodeAttribute(range_key=True)
    account_id = UnicodeAttribute()


class AnyDeliveriesItem(Row):
    """The same as an erasure sees it: of a later release's kind too."""

    class Meta(DeliveriesItem.Meta):
        """See the template's DeliveriesTable."""

    company_id = UnicodeAttribute(hash_key=True)
    delivery_key = UnicodeAttribute(range_key=True)


class _DeliveryAttributes:
    """What is kept of a delivery, in whichever kind of item."""

    expense_id = UnicodeAttribute()
    document_id = UnicodeAttribute()
    status = UnicodeAttribute()
    accepted_at = UnicodeAttribute()
    since = UnicodeAttribute()
    tries = NumberAttribute()
    attempts_started = NumberAttribute()
    candidate = NumberAttribute()
    next_try = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    detail = UnicodeAttribute(null=True)
    path = UnicodeAttribute(null=True)
    filed_month = UnicodeAttribute(null=True)
    employee_folder = UnicodeAttribute(null=True)
    filing = UnicodeAttribute(null=True)
    content_hash = UnicodeAttribute(null=True)
    sha256 = UnicodeAttribute(null=True)
    size = NumberAttribute(null=True)
    space = UnicodeAttribute(null=True)
    delivered_at = UnicodeAttribute(null=True)
    correlation_id = UnicodeAttribute(null=True)
    looked_at = UnicodeAttribute(null=True)
    found = UnicodeAttribute(null=True)
    # Seconds since 1970: only what is over has one.
    ttl = NumberAttribute(null=True)


class DeliveryRow(_DeliveryAttributes, DeliveriesItem, discriminator="delivery"):
    """One document of an accepted expense, on its way to one Dropbox account: the company's history."""

    failed_index = FailedDeliveries()
    changed_index = ChangedDeliveries()
    changed_at = UnicodeAttribute()
    failed = UnicodeAttribute(null=True)


class PendingRow(DeliveriesItem, discriminator="pending"):
    """A pending delivery's turn in the order of next tries.

    Written and deleted in the transaction that makes its delivery pending or ends it, and in no other.
    """

    of = UnicodeAttribute()
    next_try = UnicodeAttribute()
    since = UnicodeAttribute()


class FiledRow(_DeliveryAttributes, DeliveriesItem, discriminator="filed"):
    """A delivered document, among all that its month's folder received: a line of the manifest."""


class ManifestRow(DeliveriesItem, discriminator="manifest"):
    """How far the list of one month's deliveries is written."""

    manifest_month = UnicodeAttribute()
    changes = NumberAttribute()
    written_changes = NumberAttribute(null=True)
    written_at = UnicodeAttribute(null=True)
    path = UnicodeAttribute(null=True)
    content_hash = UnicodeAttribute(null=True)
    rev = UnicodeAttribute(null=True)
    workbook_path = UnicodeAttribute(null=True)
    workbook_content_hash = UnicodeAttribute(null=True)
    workbook_rev = UnicodeAttribute(null=True)


class SharingRow(DeliveriesItem, discriminator="sharing"):
    """How one folder is shared, and the change that is on its way; `people` and the changes are JSON."""

    folder = UnicodeAttribute()
    shared_folder_id = UnicodeAttribute(null=True)
    moved_to = UnicodeAttribute(null=True)
    people = UnicodeAttribute(null=True)
    has_more_people = BooleanAttribute(null=True)
    looked_at = UnicodeAttribute(null=True)
    look_requested_at = UnicodeAttribute(null=True)
    problem = UnicodeAttribute(null=True)
    change_id = UnicodeAttribute(null=True)
    change = UnicodeAttribute(null=True)
    requested_by = UnicodeAttribute(null=True)
    requested_at = UnicodeAttribute(null=True)
    correlation_id = UnicodeAttribute(null=True)
    job_id = UnicodeAttribute(null=True)
    tries = NumberAttribute(null=True)
    next_try = UnicodeAttribute(null=True)
    last_change = UnicodeAttribute(null=True)
    last_at = UnicodeAttribute(null=True)
    last_problem = UnicodeAttribute(null=True)


class ProofRow(DeliveriesItem, discriminator="proof"):
    """How the proofs of a company's folder stand; all but `version` is JSON."""

    version = NumberAttribute()
    pending = UnicodeAttribute(null=True)
    ended = UnicodeAttribute(null=True)
    proved = UnicodeAttribute(null=True)
    put_back = UnicodeAttribute(null=True)
    file = UnicodeAttribute(null=True)


class ResendRow(DeliveriesItem, discriminator="resend"):
    """A request to send documents again, and how far it is; `counts` is JSON."""

    scope = UnicodeAttribute()
    of = UnicodeAttribute()
    requested_at = UnicodeAttribute()
    correlation_id = UnicodeAttribute()
    cursor = UnicodeAttribute(null=True)
    counts = UnicodeAttribute(null=True)
    completed_at = UnicodeAttribute(null=True)
    # Seconds since 1970: only one that is over has one.
    ttl = NumberAttribute(null=True)


class EmployeeFolderRow(Row):
    """An employee's pinned folder (`employee#…`), or the reservation of a folder's name (`name#…`)."""

    class Meta(TableMeta):
        """See the template's EmployeeFoldersTable."""

    company_id = UnicodeAttribute(hash_key=True)
    folder_key = UnicodeAttribute(range_key=True)
    folder = UnicodeAttribute(null=True)
    employee_id = UnicodeAttribute(null=True)
