"""The rows of the link attempts table, as PynamoDB models."""

from __future__ import annotations

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    DiscriminatorAttribute,
    NumberAttribute,
    UnicodeAttribute,
)

from shared.aws.dynamodb import Row, TableMeta


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
    is_for_sharing = BooleanAttribute(null=True)


class RequestCountRow(AttemptItem, discriminator="count"):
    """Under `count:…`: how often a user has asked for something in one minute."""

    requests = NumberAttribute()


class OpenAttemptRow(AttemptItem, discriminator="open"):
    """Under `open:…`: which attempt of a user is the open one, by purpose."""

    open_attempt_id = UnicodeAttribute()
