"""The synchronisation through its handler: SQS event in, real SDK and emulated Dropbox, AWS in process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from pynamodb.transactions import TransactWrite

from functions.document_sync import handler
from functions.document_sync.composition import Composition
from local.dropbox_emulator import SYNCHRONISATION_APP, Account, DropboxEmulator
from shared.config import DocumentSyncSettings
from shared.delivery_ledger import DeliveryLedger
from shared.doorbells import CompanyDoorbell, to_message
from shared.dropbox_oauth import DropboxOauth
from shared.encryption_contexts import refresh_token_context
from shared.link_store import add_link
from shared.links import Link, LinkStatus, Purpose
from shared.tables import transaction_connection
from shared.timestamps import to_iso, utc_now
from tests.integration.conftest import Aws
from tests.lambda_context import FakeLambdaContext

CALLBACK_URL = "https://api.jenji.example/oauth/callback"
COMPANY = "atelier"
LINK_ID = f"company:{COMPANY}"


@dataclass
class Synchronising:
    """What a test does and looks at."""

    aws: Aws
    emulator: DropboxEmulator
    account: Account
    deliveries: DeliveryLedger

    def accept(
        self, expense_id: str, data: bytes, *, employee: str = "alice", status: str = "ACCEPTED"
    ) -> None:
        """What host and stream do: the row, the document, and the delivery."""
        key = f"documents/{employee}/{expense_id}"
        boto3.client("s3").put_object(Bucket="documents", Key=key, Body=data)
        document = {
            "document_id": f"document-of-{expense_id}",
            "s3_key": key,
            "sha256": hashlib.sha256(data).hexdigest(),
            "name": "photo.jpg",
            "content_type": "image/jpeg",
            "size": len(data),
        }
        accepted_at = utc_now()
        boto3.resource("dynamodb").Table("expenses").put_item(
            Item={
                "expense_id": expense_id,
                "company_id": COMPANY,
                "user_id": employee,
                "employee_name": "Alice Martin",
                "status": status,
                "accepted_at": to_iso(accepted_at),
                "date": "2026-03-14",
                "merchant": "SNCF",
                "amount": "84.00",
                "currency": "EUR",
                "documents": [document],
            }
        )
        self.deliveries.ensure(
            COMPANY,
            self.account.id,
            expense_id,
            [document["document_id"]],
            accepted_at=accepted_at,
            now=utc_now(),
        )

    def ring(self) -> dict[str, Any]:
        """Deliver one message to the handler."""
        record = {
            "messageId": "message-1",
            "receiptHandle": "handle-1",
            "body": to_message(CompanyDoorbell(COMPANY)),
            "attributes": {
                "SentTimestamp": str(int(datetime.now(UTC).timestamp() * 1000)),
                "ApproximateReceiveCount": "1",
            },
        }
        return handler.lambda_handler({"Records": [record]}, FakeLambdaContext(300))

    def files(self) -> dict[str, bytes]:
        contents = self.account.tree_contents()
        return {path: data for path, data in contents.items() if not path.endswith(".csv")}

    def statuses(self) -> list[tuple[str, str | None]]:
        rows = boto3.resource("dynamodb").Table("deliveries").scan()["Items"]
        return sorted((row["status"], row.get("reason")) for row in rows if "status" in row)


@pytest.fixture
def emulator() -> Iterator[DropboxEmulator]:
    with DropboxEmulator() as emulator:
        emulator.add_redirect_uri(SYNCHRONISATION_APP.key, CALLBACK_URL)
        yield emulator


@pytest.fixture
def synchronising(aws: Aws, emulator: DropboxEmulator, monkeypatch: pytest.MonkeyPatch) -> Synchronising:
    monkeypatch.setenv("SYNCHRONISATION_APP_KEY", SYNCHRONISATION_APP.key)
    composition = Composition(DocumentSyncSettings.from_environment(), session=emulator.session())
    monkeypatch.setattr(handler, "composed", lambda: composition)
    boto3.resource("dynamodb").Table("companies").put_item(
        Item={"company_id": COMPANY, "name": "L'Atelier", "plan": "team"}
    )
    account = emulator.add_account("company")
    _link(composition, emulator, account)
    emulator.calls.clear()
    return Synchronising(aws, emulator, account, composition.deliveries)


def test_accepted_documents_arrive_byte_identical_in_a_handful_of_calls(synchronising: Synchronising) -> None:
    for number in range(30):
        synchronising.accept(f"expense-{number}", b"photo %d" % number)

    answer = synchronising.ring()

    assert answer == {"batchItemFailures": []}
    assert sorted(synchronising.files().values()) == sorted(b"photo %d" % number for number in range(30))
    assert all(
        path.startswith("/Jenji/2026/03/Alice Martin/2026-03-14 SNCF 84.00 EUR [")
        for path in synchronising.files()
    )
    uploads = [
        record.route for record in synchronising.emulator.calls.records() if "upload_session" in record.route
    ]
    assert len(uploads) <= 3
    assert synchronising.statuses() == [("DELIVERED", None)] * 30


def test_the_manifest_proves_the_originals(synchronising: Synchronising) -> None:
    synchronising.accept("expense-1", b"photo")

    synchronising.ring()

    manifest = synchronising.account.read("/Jenji/2026/03/Expenses 2026-03.csv").decode("utf-8-sig")
    [path] = synchronising.files()
    assert path in manifest
    assert hashlib.sha256(b"photo").hexdigest() in manifest


def test_what_was_refused_meanwhile_never_arrives(synchronising: Synchronising) -> None:
    synchronising.accept("expense-1", b"photo", status="REFUSED")

    synchronising.ring()

    assert synchronising.files() == {}
    assert synchronising.statuses() == [("CANCELLED", "acceptance_withdrawn")]


def test_somebodys_own_file_is_never_overwritten(synchronising: Synchronising) -> None:
    synchronising.accept("expense-1", b"photo")
    synchronising.ring()
    [path] = synchronising.files()
    synchronising.account.write(path, b"somebody's own")
    boto3.resource("dynamodb").Table("deliveries").delete_item(
        Key={
            "company_id": COMPANY,
            "delivery_key": f"{synchronising.account.id}#expense-1#document-of-expense-1",
        }
    )
    synchronising.accept("expense-1", b"photo")

    synchronising.ring()

    assert synchronising.account.read(path) == b"somebody's own"
    assert sorted(synchronising.files().values()) == [b"photo", b"somebody's own"]


def test_a_malformed_doorbell_is_put_back_for_the_dead_letter_queue(synchronising: Synchronising) -> None:
    record = {
        "messageId": "message-1",
        "receiptHandle": "handle-1",
        "body": json.dumps({"account_id": "dbid:not-a-company"}),
        "attributes": {"SentTimestamp": "1700000000000", "ApproximateReceiveCount": "1"},
    }

    answer = handler.lambda_handler({"Records": [record]}, FakeLambdaContext(300))

    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-1"}]}


def _link(composition: Composition, emulator: DropboxEmulator, account: Account) -> None:
    oauth = DropboxOauth(
        app_key=SYNCHRONISATION_APP.key,
        authorize_url=f"{emulator.url}/oauth2/authorize",
        callback_url=CALLBACK_URL,
        session=emulator.session(),
    )
    scopes = ["account_info.read", "files.metadata.read", "files.content.write"]
    url = oauth.authorize_url(state="s", code_verifier="v" * 43, scopes=scopes, locale="en")
    code = parse_qs(urlsplit(emulator.consent(url, account)).query)["code"][0]
    token = oauth.exchange(code=code, code_verifier="v" * 43).refresh_token
    now = utc_now()
    link = Link(
        link_id=LINK_ID,
        purpose=Purpose.SYNCHRONISATION,
        user_id="bob",
        company_id=COMPANY,
        account_id=account.id,
        account_name="L'Atelier",
        account_email="company@example.com",
        encrypted_token=composition.accounts._cipher.encrypt(
            token, refresh_token_context(LINK_ID, Purpose.SYNCHRONISATION.value)
        ),
        status=LinkStatus.ACTIVE,
        generation=1,
        linked_at=now,
        sync_since=now,
    )
    with TransactWrite(connection=transaction_connection()) as transaction:
        add_link(transaction, link, None)
