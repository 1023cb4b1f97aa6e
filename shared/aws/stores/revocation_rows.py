"""Translates tokens to be revoked to rows of the links table, and back."""

from __future__ import annotations

from shared.aws.stores.link_tables import RevocationRow
from shared.domain.links import Purpose
from shared.domain.revocations import BUCKET, Revocation
from shared.domain.timestamps import from_iso, to_iso


def to_revocation_row(revocation: Revocation) -> RevocationRow:
    """Write one."""
    return RevocationRow(
        revocation.revocation_id,
        revokes_of=revocation.link_id,
        purpose=revocation.purpose.value,
        account_id=revocation.account_id,
        encrypted_token=revocation.encrypted_token,
        revoke_until=to_iso(revocation.until),
        revoke_tries=revocation.tries,
        next_due=to_iso(revocation.next_try),
        bucket=BUCKET,
    )


def to_revocation(row: RevocationRow) -> Revocation:
    """Read one."""
    return Revocation(
        link_id=row.revokes_of,
        which=row.link_id.removeprefix(f"revoke:{row.revokes_of}#"),
        purpose=Purpose(row.purpose),
        account_id=row.account_id,
        encrypted_token=row.encrypted_token,
        until=from_iso(row.revoke_until),
        next_try=from_iso(row.next_due),
        tries=int(row.revoke_tries or 0),
    )
