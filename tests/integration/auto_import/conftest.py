"""One linked user, a Dropbox that answers over HTTP, an AWS in process, and a clock that tests move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import boto3
import pytest

from functions.auto_import.composition import Composition
from functions.auto_import.inspection.worker_pool import WorkerPool
from local.dropbox_emulator import AUTO_IMPORT_APP, Account, DropboxEmulator
from shared.aws.host.expense_rows import ExpenseRow, to_host_expense
from shared.aws.stores.import_rows import to_import_record
from shared.aws.stores.import_tables import ImportRecordRow
from shared.aws.stores.linking import add_link
from shared.aws.stores.transactions import transaction
from shared.config.auto_import import AutoImportSettings
from shared.domain.encryption_contexts import refresh_token_context
from shared.domain.host_expenses import HostExpense
from shared.domain.imports import ImportRecord
from shared.domain.links import Link, LinkStatus, Purpose
from shared.doorbells.drain_outcomes import DrainOutcome
from shared.doorbells.messages import Doorbell
from shared.doorbells.received import ReceivedDoorbell
from shared.dropbox_api import errors as dropbox_errors
from shared.dropbox_api import gateway as dropbox_gateway
from shared.dropbox_api.oauth import DropboxOauth
from testing.clocks import Clock
from tests.integration.auto_import.http_faults import HttpFaults
from tests.integration.conftest import Aws

APP_FOLDER = "/Apps/Jenji"
CALLBACK_URL = "https://api.jenji.example/oauth/callback"
SCOPES = [
    "account_info.read",
    "files.metadata.read",
    "files.content.read",
    "files.content.write",
]


@dataclass
class Importing:
    """What a test of the import does and looks at."""

    aws: Aws
    emulator: DropboxEmulator
    account: Account
    composition: Composition
    clock: Clock
    workdir: Path
    has_time: Callable[[], bool] = lambda: True
    user_id: str = "alice"

    def drop(self, name: str, data: bytes) -> str:
        """Put a file into `Auto-Import`; returns its id."""
        return self.account.write(f"{APP_FOLDER}/Auto-Import/{name}", data)

    def ring(
        self, *, receive_count: int = 1, message_id: str | None = None, **fields: object
    ) -> DrainOutcome:
        """Answer one doorbell sent now."""
        received = ReceivedDoorbell(
            Doorbell(self.account.id, **fields),
            message_id or uuid4().hex,
            self.clock(),
            receive_count,
        )
        answer = self.composition.answer_doorbell(has_time=self.has_time, workdir=self.workdir)
        return answer(received)

    def limit(self, **limits: Any) -> None:
        """Have other limits from now on."""
        services = self.composition.services
        self.composition.services = replace(services, limits=replace(services.limits, **limits))

    def link_row(self) -> Link:
        link = self.composition.links.get(f"user:{self.user_id}")
        assert link is not None
        return link

    def records(self) -> list[ImportRecord]:
        """The history, oldest first."""
        rows = [to_import_record(row) for row in ImportRecordRow.query(self.user_id, consistent_read=True)]
        return sorted(rows, key=lambda row: (row.recorded_at, row.name))

    def outcomes(self) -> dict[str, str]:
        """How the files ended, by name below `Auto-Import`."""
        return {
            row.name: f"{row.outcome}:{row.reason}" if row.reason else str(row.outcome)
            for row in self.records()
        }

    def expenses(self) -> list[HostExpense]:
        return [to_host_expense(row) for row in ExpenseRow.scan()]

    def labels(self) -> list[str]:
        return [row.label for row in ExpenseRow.scan()]

    def delete_expense(self, expense_id: str) -> None:
        ExpenseRow(expense_id).update([ExpenseRow.status.set("DELETED")])

    def stored(self, key: str) -> bytes:
        bucket = self.composition.settings.documents_bucket
        return boto3.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()

    def tree(self) -> dict[str, bytes]:
        """Everything in the app folder, by path below it."""
        return {
            path.removeprefix(f"{APP_FOLDER}/"): data for path, data in self.account.tree_contents().items()
        }

    def assert_imported(self, documents: dict[str, bytes]) -> None:
        """Each of these once: on record, stored as it was, filed, and nothing else anywhere."""
        month = f"{self.clock():%Y-%m}"
        assert self.tree() == {f"Imported/{month}/{name}": data for name, data in documents.items()}
        assert self.outcomes() == dict.fromkeys(documents, "imported")
        stored = [
            (document.name, self.stored(document.s3_key))
            for expense in self.expenses()
            for document in expense.documents
        ]
        assert sorted(stored) == sorted(documents.items())
        assert self.composition.services.records.unfiled(self.user_id, self.account.id) == []
        assert self.composition.services.records.outstanding(self.user_id, self.account.id).files == []

    def calls(self) -> dict[str, int]:
        """How often each Dropbox route was called since the last look."""
        counts = Counter(record.route for record in self.emulator.calls.records())
        self.emulator.calls.clear()
        return dict(counts)


@pytest.fixture(scope="session")
def inspector() -> Iterator[WorkerPool]:
    pool = WorkerPool(workers=1)
    yield pool
    pool.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def emulator(clock: Clock) -> Iterator[DropboxEmulator]:
    with DropboxEmulator(clock=lambda: clock().timestamp()) as emulator:
        yield emulator


@pytest.fixture
def importing(
    aws: Aws,
    emulator: DropboxEmulator,
    clock: Clock,
    inspector: WorkerPool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Importing:
    monkeypatch.setenv("AUTO_IMPORT_APP_KEY", AUTO_IMPORT_APP.key)
    settings = AutoImportSettings.from_environment()
    composition = Composition(settings, session=emulator.session(), inspector=inspector, clock=clock)
    importing = Importing(aws, emulator, emulator.add_account("alice"), composition, clock, tmp_path)
    add_user("alice", settings.users_table)
    link_account(importing, importing.account)
    importing.account.make_folder(f"{APP_FOLDER}/Auto-Import")
    emulator.calls.clear()
    return importing


@pytest.fixture
def faults(importing: Importing, monkeypatch: pytest.MonkeyPatch) -> Iterator[HttpFaults]:
    """Short pauses and timeouts, and the wire to add faults to."""
    monkeypatch.setattr(dropbox_errors, "FIRST_BACKOFF_SECONDS", 0.001)
    monkeypatch.setattr(dropbox_gateway, "TIMEOUT_SECONDS", (2.0, 0.5))
    faults = HttpFaults(importing.emulator)
    yield faults
    faults.clear()


def add_user(user_id: str, table: str, *, locale: str = "en", active: bool = True) -> None:
    boto3.resource("dynamodb").Table(table).put_item(
        Item={
            "user_id": user_id,
            "name": "Alice Martin",
            "company_id": "atelier",
            "role": "employee",
            "locale": locale,
            "active": active,
        }
    )


def link_account(importing: Importing, account: Account, *, generation: int = 1) -> Link:
    """What a confirmed link leaves behind."""
    token = refresh_token(importing.emulator, account)
    link_id = f"user:{importing.user_id}"
    cipher = importing.composition.accounts._cipher
    link = Link(
        link_id=link_id,
        purpose=Purpose.AUTO_IMPORT,
        user_id=importing.user_id,
        company_id="atelier",
        account_id=account.id,
        account_name="Alice",
        account_email="alice@example.com",
        encrypted_token=cipher.encrypt(token, refresh_token_context(link_id, "auto_import")),
        status=LinkStatus.ACTIVE,
        generation=generation,
        linked_at=importing.clock(),
    )
    previous = importing.composition.links.get(link_id)
    with transaction() as writes:
        add_link(writes, link, previous)
    return link


def refresh_token(emulator: DropboxEmulator, account: Account) -> str:
    """What the user's consent gives, by the flow the product uses: PKCE, without the app's secret."""
    emulator.add_redirect_uri(AUTO_IMPORT_APP.key, CALLBACK_URL)
    oauth = DropboxOauth(
        app_key=AUTO_IMPORT_APP.key,
        authorize_url=f"{emulator.url}/oauth2/authorize",
        callback_url=CALLBACK_URL,
        session=emulator.session(),
    )
    verifier = "v" * 43
    url = oauth.authorize_url(state="s", code_verifier=verifier, scopes=SCOPES, locale="en")
    redirected = emulator.consent(url, account)
    code = parse_qs(urlsplit(redirected).query)["code"][0]
    return oauth.exchange(code=code, code_verifier=verifier).refresh_token
