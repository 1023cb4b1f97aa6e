"""Which months' manifests are to be written, in DynamoDB beside the deliveries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pynamodb.expressions.update import Action

from shared.aws.dynamodb import bind
from shared.aws.errors import aws_errors_translated
from shared.aws.stores.delivery_rows import file_attributes, manifests_prefix, to_manifest, to_manifest_row
from shared.aws.stores.delivery_tables import DeliveriesItem, ManifestRow
from shared.aws.stores.row_updates import written
from shared.domain.deliveries import Manifest, ManifestForm


class ManifestStore:
    """Reads are consistent. Every method raises AwsUnavailable.

    A month is marked before its deliveries are recorded: a drain that dies between leaves a manifest
    to be written once too often, never once too few.
    """

    def __init__(self, deliveries_table: str) -> None:
        bind(DeliveriesItem, deliveries_table)

    def mark_changed(self, company_id: str, account_id: str, month: str) -> None:
        """The month's (`YYYY-MM`) manifest is to be written (again)."""
        actions: list[Action] = [
            ManifestRow.kind.set(ManifestRow),
            ManifestRow.account_id.set(account_id),
            ManifestRow.manifest_month.set(month),
            ManifestRow.changes.add(1),
        ]
        self._update(company_id, account_id, month, actions)

    def changed(self, company_id: str, account_id: str) -> list[Manifest]:
        """The manifests that do not show everything, by month."""
        manifests = self._of_account(company_id, account_id)
        return [manifest for manifest in manifests if manifest.changes > manifest.written_changes]

    def months(self, company_id: str, account_id: str) -> list[str]:
        """Every month (`YYYY-MM`) that has a manifest."""
        return [manifest.month for manifest in self._of_account(company_id, account_id)]

    def choose(self, manifest: Manifest, form: ManifestForm, *, path: str, content_hash: str) -> Manifest:
        """Note what is about to be written where, so that it is known again after a crash."""
        names = file_attributes(form)
        placed = manifest.placed(form, path, content_hash)
        return self._write(placed, (names["path"], names["content_hash"]))

    def uploaded(self, manifest: Manifest, form: ManifestForm, *, rev: str) -> Manifest:
        """It lies there, as this revision."""
        return self._write(manifest.uploaded(form, rev), (file_attributes(form)["rev"],))

    def written(self, manifest: Manifest, *, at: datetime) -> Manifest:
        """Every file lies there, and shows what had changed when `manifest` was read."""
        return self._write(manifest.written(at), ("written_changes", "written_at"))

    @staticmethod
    def _of_account(company_id: str, account_id: str) -> list[Manifest]:
        with aws_errors_translated():
            rows = ManifestRow.query(
                company_id,
                ManifestRow.delivery_key.startswith(manifests_prefix(account_id)),
                consistent_read=True,
            )
            return [to_manifest(row) for row in rows]

    def _write(self, manifest: Manifest, names: Iterable[str]) -> Manifest:
        actions = written(to_manifest_row(manifest), names)
        self._update(manifest.company_id, manifest.account_id, manifest.month, actions)
        return manifest

    @staticmethod
    def _update(company_id: str, account_id: str, month: str, actions: list[Action]) -> None:
        with aws_errors_translated():
            ManifestRow(company_id, f"{manifests_prefix(account_id)}{month}").update(actions)
