"""Two users with similar ids, their company, everything there is of them on record, and a clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import boto3
import pytest

from functions.erasure import handler
from functions.erasure.composition import compose
from shared.aws.dynamodb import bind
from shared.aws.stores.audit_rows import to_audit_row
from shared.aws.stores.delivery_store import DeliveryStore
from shared.aws.stores.employee_folders import EmployeeFolders
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.link_tables import AuditRow
from shared.aws.stores.linking import add_link
from shared.aws.stores.manifest_store import ManifestStore
from shared.aws.stores.transactions import transaction
from shared.config.erasure import ErasureSettings
from shared.domain.audit import AuditAction, AuditEntry
from shared.domain.deliveries import Place
from shared.domain.expenses import document_prefix_of
from shared.domain.links import Link, LinkStatus, Purpose
from testing.clocks import Clock
from tests.integration.conftest import BUCKET, Aws
from tests.lambda_context import FakeLambdaContext

TABLES = [
    "links",
    "reservations",
    "waiting_files",
    "records",
    "reading_jobs",
    "deliveries",
    "employee_folders",
    "audit_trail",
]
SCHEDULED = {"source": "aws.events", "detail-type": "Scheduled Event"}


@dataclass
class Erasing:
    """What a test of the erasure does and looks at."""

    clock: Clock

    def request(self, **subject: object) -> bool:
        """The host's call."""
        return handler.lambda_handler(dict(subject), FakeLambdaContext(900))["is_complete"]

    def go_on(self, seconds: float = 900) -> bool:
        """The schedule's."""
        return handler.lambda_handler(dict(SCHEDULED), FakeLambdaContext(seconds))["is_complete"]

    def erase(self, **subject: object) -> None:
        """All of it, past the end of drains that may be at work."""
        self.request(**subject)
        self.clock.advance(minutes=10)
        assert self.go_on()

    def link(self, link_id: str, **fields: Any) -> Link:
        purpose = Purpose.AUTO_IMPORT if link_id.startswith("user:") else Purpose.SYNCHRONISATION
        link = Link(
            link_id=link_id,
            purpose=purpose,
            user_id=link_id.partition(":")[2],
            company_id="atelier",
            account_id=f"dbid:{len(link_id)}",
            account_name="Alice",
            account_email="alice@example.com",
            encrypted_token=b"ciphertext",
            status=LinkStatus.ACTIVE,
            generation=1,
            linked_at=self.clock(),
            next_due=self.clock() + timedelta(hours=6),
        )
        link = replace(link, **fields)
        store = LinkStore("links", "audit_trail")
        with transaction() as writes:
            add_link(writes, link, store.get(link_id))
        linked = AuditEntry(link_id, self.clock(), AuditAction.LINKED, link.user_id, link.account_id, 1)
        to_audit_row(linked).save()
        return link

    def add_user(self, user_id: str, company_id: str = "atelier") -> None:
        self.table("users").put_item(Item={"user_id": user_id, "company_id": company_id, "name": user_id})

    def imported(self, user_id: str, content: str, *, is_kept: bool = False, status: str = "WAITING") -> str:
        """One document of a user's that became an expense, with all that goes with it; its key in S3."""
        key, expense_id = f"{document_prefix_of(user_id)}{content}", f"expense of {content} of {user_id}"
        boto3.client("s3").put_object(Bucket=BUCKET, Key=key, Body=content.encode())
        common = {"user_id": user_id, "expense_id": expense_id}
        self.table("reservations").put_item(
            Item={**common, "content_hash": content, "attempt": 1, "file_id": "id:1"}
        )
        self.table("records").put_item(Item={**common, "visit_key": f"batch#id:1#{content}#0001"})
        self.table("waiting_files").put_item(Item={"user_id": user_id, "file_key": f"dbid:1#id:2#{content}"})
        self.table("reading_jobs").put_item(Item={**common, "status": "DONE", "merchant": "sncf"})
        if is_kept:
            self.expense(expense_id, user_id, key, status=status)
        return key

    def expense(self, expense_id: str, user_id: str, key: str, **fields: Any) -> None:
        """One that the host has."""
        document = {"document_id": f"document of {expense_id}", "s3_key": key}
        self.table("expenses").put_item(
            Item={
                "expense_id": expense_id,
                "user_id": user_id,
                "company_id": "atelier",
                "documents": [document],
                **fields,
            }
        )

    def delivered(self, user_id: str, expense_id: str, company_id: str = "atelier") -> str:
        """A delivery into their folder; the folder."""
        folder = EmployeeFolders("employee_folders").folder_for(company_id, user_id, "Alice Martin")
        records = DeliveryStore(deliveries_table="deliveries", expenses_table="expenses")
        self.pending(expense_id, company_id)
        [delivery] = [
            each
            for each in records.pending(company_id, "dbid:company", self.clock(), 100)
            if each.key.expense_id == expense_id
        ]
        path = f"/Jenji/2026/03/{folder}/2026-03-14 SNCF.pdf"
        records.choose_path(delivery, Place(path, "2026-03", folder), 0)
        ManifestStore("deliveries").mark_changed(company_id, "dbid:company", "2026-03")
        return folder

    def pending(self, expense_id: str, company_id: str = "atelier") -> None:
        DeliveryStore(deliveries_table="deliveries", expenses_table="expenses").ensure(
            company_id,
            "dbid:company",
            expense_id,
            ["document-1"],
            accepted_at=self.clock(),
            now=self.clock(),
        )

    def table(self, name: str) -> Any:
        return boto3.resource("dynamodb").Table(name)

    def on_record(self, *, of: Callable[[dict[str, Any]], bool] = lambda _: True) -> dict[str, list[Any]]:
        """Every row of ours, by table; without what an erasure leaves."""
        rows = {name: self.table(name).scan()["Items"] for name in TABLES}
        return {
            name: [row for row in found if of(row) and not _is_left_behind(row)]
            for name, found in rows.items()
        }

    def versions(self) -> list[str]:
        """The key of every version of every object."""
        page = boto3.client("s3").list_object_versions(Bucket=BUCKET)
        return sorted(
            version["Key"] for kind in ("Versions", "DeleteMarkers") for version in page.get(kind, [])
        )

    def words_left(self) -> list[AuditRow]:
        """That somebody was forgotten."""
        return [row for row in AuditRow.scan() if row.subject.startswith("erased:")]


def _is_left_behind(row: dict[str, Any]) -> bool:
    """Word that somebody was forgotten, and the key of what stands for them."""
    return "erased:" in row.get("subject", "") or row.get("link_id") == "control:pseudonyms"


@pytest.fixture
def erasing(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> Erasing:
    boto3.client("s3").put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    bind(AuditRow, "audit_trail")
    clock = Clock()
    composed = compose(ErasureSettings.from_environment(), clock=clock)
    monkeypatch.setattr(handler, "composed", lambda: composed)
    return Erasing(clock)
