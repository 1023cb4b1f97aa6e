"""The rows of links and of their audit trail, as PynamoDB models."""

from __future__ import annotations

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    DiscriminatorAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.indexes import (
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


class LinksOfCompany(GlobalSecondaryIndex["LinkRow"]):
    """The links of a company's users: written when one is made, breaks or is mended."""

    class Meta:
        """See the template's `company`."""

        index_name = "company"
        projection = IncludeProjection(["kind", "user_id", "status", "problem", "status_since", "linked_at"])

    company_id = UnicodeAttribute(hash_key=True)
    link_id = UnicodeAttribute(range_key=True)


class LinkRow(LinksItem, discriminator="link"):
    """A link."""

    of_company = LinksOfCompany()
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
    may_share = BooleanAttribute(null=True)
    filing = UnicodeAttribute(null=True)


class AuditRow(Row):
    """One thing done to a link, by whom: never changed once written, and kept so long."""

    class Meta(TableMeta):
        """See the template's AuditTrailTable."""

    subject = UnicodeAttribute(hash_key=True)
    at = UnicodeAttribute(range_key=True)
    action = UnicodeAttribute()
    actor = UnicodeAttribute(null=True)
    account_id = UnicodeAttribute(null=True)
    generation = NumberAttribute(null=True)
    folder = UnicodeAttribute(null=True)
    person = UnicodeAttribute(null=True)
    access = UnicodeAttribute(null=True)
    problem = UnicodeAttribute(null=True)
    scope = UnicodeAttribute(null=True)
    filing = UnicodeAttribute(null=True)
    # Seconds since 1970; what an earlier release wrote has none, and stays.
    ttl = NumberAttribute(null=True)
