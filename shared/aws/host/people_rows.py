"""The rows of the host's users and companies, which we only read, as PynamoDB models."""

from __future__ import annotations

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from shared.aws.dynamodb import Row, TableMeta


class UserRow(Row):
    """The host's user; we only read it."""

    class Meta(TableMeta):
        """The host's table, named by a parameter."""

    user_id = UnicodeAttribute(hash_key=True)
    name = UnicodeAttribute(null=True)
    company_id = UnicodeAttribute(null=True)
    locale = UnicodeAttribute(null=True)
    active = BooleanAttribute(null=True)
    role = UnicodeAttribute(null=True)


class CompanyRow(Row):
    """The host's company; we only read it."""

    class Meta(TableMeta):
        """The host's table, named by a parameter."""

    company_id = UnicodeAttribute(hash_key=True)
    name = UnicodeAttribute(null=True)
    plan = UnicodeAttribute(null=True)
    locale = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute(null=True)
