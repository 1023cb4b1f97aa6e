"""How the proofs of a company's folder stand, in DynamoDB beside the deliveries."""

from __future__ import annotations

from datetime import timedelta

from pynamodb.exceptions import DoesNotExist

from shared.aws.dynamodb import bind
from shared.aws.errors import aws_errors_translated
from shared.aws.stores.audit_rows import to_audit_row
from shared.aws.stores.delivery_tables import DeliveriesItem, ProofRow
from shared.aws.stores.link_tables import AuditRow
from shared.aws.stores.proof_rows import proof_key, to_folder_proof, to_proof_row
from shared.aws.stores.row_updates import written
from shared.aws.stores.transactions import TransactionRefused, transaction
from shared.domain.audit import KEPT_FOR, AuditEntry
from shared.domain.errors import ProofChanged
from shared.domain.proofs import FolderProof

_WRITTEN = ("account_id", "version", "pending", "ended", "proved", "put_back", "file")


class ProofStore:
    """Reads are consistent. Every method raises AwsUnavailable."""

    def __init__(
        self,
        deliveries_table: str,
        audit_trail_table: str | None = None,
        *,
        audit_kept_for: timedelta = KEPT_FOR,
    ) -> None:
        """Without `audit_trail_table` no line of it can be written."""
        self._audit_kept_for = audit_kept_for
        bind(DeliveriesItem, deliveries_table)
        if audit_trail_table is not None:
            bind(AuditRow, audit_trail_table)

    def get(self, company_id: str, account_id: str) -> FolderProof:
        """What is known; nothing of a folder that nobody has proved."""
        with aws_errors_translated():
            try:
                return to_folder_proof(ProofRow.get(company_id, proof_key(account_id), consistent_read=True))
            except DoesNotExist:
                return FolderProof(company_id, account_id)

    def save(self, proof: FolderProof, entry: AuditEntry | None = None) -> FolderProof:
        """Write what became of the one that was read, and a line of the audit trail: both or neither.

        Raises ProofChanged where another has written since.
        """
        row = to_proof_row(proof)
        row.version = proof.version + 1
        is_as_read = ProofRow.version == proof.version if proof.version else ProofRow.version.does_not_exist()
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    if entry is not None:
                        writes.save("trace", to_audit_row(entry, self._audit_kept_for))
                    writes.update(
                        "proof", row, [ProofRow.kind.set(ProofRow), *written(row, _WRITTEN)], is_as_read
                    )
            except TransactionRefused as refused:
                raise ProofChanged(proof.company_id) from refused
        return to_folder_proof(row)
