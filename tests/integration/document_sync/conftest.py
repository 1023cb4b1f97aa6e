"""One linked company, a Dropbox that answers over HTTP, an AWS in process, and a clock that tests move."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import boto3
import pytest

from functions.document_sync import handler
from functions.document_sync.composition import Composition
from local.dropbox_emulator import SYNCHRONISATION_APP, Account, DropboxEmulator, Effect, Fault
from shared.aws.stores.linking import add_link
from shared.aws.stores.transactions import transaction
from shared.config.document_sync import DocumentSyncSettings
from shared.domain.deliveries import Delivery
from shared.domain.encryption_contexts import refresh_token_context
from shared.domain.links import Link, LinkStatus, Purpose
from shared.doorbells.drain_outcomes import DrainOutcome
from shared.doorbells.messages import CompanyDoorbell, to_message
from shared.doorbells.received import ReceivedDoorbell
from shared.dropbox_api import errors as dropbox_errors
from shared.dropbox_api.oauth import DropboxOauth
from testing.accepted_expenses import accept_expense
from tests.integration.auto_import.conftest import Clock
from tests.integration.conftest import Aws
from tests.lambda_context import FakeLambdaContext
from tests.sqs_records import receive_record

CALLBACK_URL = "https://api.jenji.example/oauth/callback"
COMPANY = "atelier"


@dataclass
class Synchronising:
    """What a test does and looks at."""

    aws: Aws
    emulator: DropboxEmulator
    account: Account
    composition: Composition
    clock: Clock
    company_id: str = COMPANY

    def accept(
        self,
        expense_id: str,
        data: bytes,
        *,
        employee: str = "alice",
        status: str = "ACCEPTED",
        file: str = "",
    ) -> None:
        """What host and stream do: the row, the document, and the delivery; `file` is one that others have."""
        accept_expense(
            self.composition.services.deliveries.ensure,
            company_id=self.company_id,
            account_id=self.account.id,
            expense_id=expense_id,
            data=data,
            at=self.clock(),
            employee=employee,
            status=status,
            file=file,
        )

    def ring(self, body: str | None = None) -> dict[str, Any]:
        """Send one message, receive it, and have the handler answer it."""
        sqs, queue_url = boto3.client("sqs"), os.environ["SYNC_QUEUE_URL"]
        sqs.send_message(
            QueueUrl=queue_url,
            MessageBody=body or to_message(CompanyDoorbell(self.company_id)),
            MessageGroupId=self.company_id,
            MessageDeduplicationId=uuid4().hex,
        )
        record = receive_record(sqs, queue_url)
        assert record is not None
        record["messageId"] = "message-1"
        record["attributes"]["SentTimestamp"] = str(int(self.clock().timestamp() * 1000))
        answer: dict[str, Any] = handler.lambda_handler({"Records": [record]}, FakeLambdaContext(300))
        sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=record["receiptHandle"])
        return answer

    def answer(self) -> DrainOutcome[Delivery]:
        """Answer one doorbell sent now; raises ComeBackLater as the use case does."""
        received = ReceivedDoorbell(CompanyDoorbell(self.company_id), uuid4().hex, self.clock(), 1)
        return self.composition.answer_doorbell(has_time=lambda: True)(received)

    def fault(self, answer: Effect, route: str, **which: Any) -> None:
        """Have calls of this company's account go wrong."""
        self.emulator.faults.add(Fault(route=route, account=self.account.name, answer=answer, **which))

    def files(self) -> dict[str, bytes]:
        contents = self.account.tree_contents()
        return {path: data for path, data in contents.items() if not path.endswith((".csv", ".xlsx"))}

    def rows(self) -> list[dict[str, Any]]:
        rows = boto3.resource("dynamodb").Table("deliveries").scan()["Items"]
        return [row for row in rows if row["kind"] == "delivery" and row["company_id"] == self.company_id]

    def statuses(self) -> list[tuple[str, str | None]]:
        return sorted((row["status"], row.get("reason")) for row in self.rows())

    def link_row(self) -> Link:
        link = self.composition.links.get(f"company:{self.company_id}")
        assert link is not None
        return link

    def calls(self) -> dict[str, int]:
        """How often each Dropbox route was called since the last look."""
        counts = Counter(record.route for record in self.emulator.calls.records())
        self.emulator.calls.clear()
        return dict(counts)

    def assert_delivered(self, documents: set[bytes]) -> None:
        """Each of these is one file, and one row says so; nothing else is there."""
        assert sorted(self.files().values()) == sorted(documents)
        assert {row["path"] for row in self.rows()} == set(self.files())
        assert self.statuses() == [("DELIVERED", None)] * len(documents)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def emulator(clock: Clock) -> Iterator[DropboxEmulator]:
    with DropboxEmulator(clock=lambda: clock().timestamp()) as emulator:
        emulator.add_redirect_uri(SYNCHRONISATION_APP.key, CALLBACK_URL)
        yield emulator


@pytest.fixture
def synchronising(
    aws: Aws, emulator: DropboxEmulator, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Synchronising:
    """Pauses between tries are short."""
    monkeypatch.setattr(dropbox_errors, "FIRST_BACKOFF_SECONDS", 0.001)
    monkeypatch.setenv("SYNCHRONISATION_APP_KEY", SYNCHRONISATION_APP.key)
    settings = DocumentSyncSettings.from_environment()
    composition = Composition(settings, session=emulator.session(), clock=clock)
    monkeypatch.setattr(handler, "composed", lambda: composition)
    synchronising = Synchronising(aws, emulator, emulator.add_account("company"), composition, clock)
    add_company(COMPANY)
    link_company(synchronising)
    emulator.calls.clear()
    return synchronising


def add_company(company_id: str) -> None:
    boto3.resource("dynamodb").Table("companies").put_item(
        Item={"company_id": company_id, "name": "L'Atelier", "plan": "team"}
    )
    boto3.resource("dynamodb").Table("users").put_item(
        Item={"user_id": f"bob of {company_id}", "company_id": company_id, "role": "administrator"}
    )


def link_company(
    synchronising: Synchronising, *, generation: int = 1, scopes: tuple[str, ...] = (), **more: Any
) -> None:
    """What a confirmed link of the account leaves behind; `more` are fields of the link."""
    link_id = f"company:{synchronising.company_id}"
    now = synchronising.clock()
    link = Link(
        link_id=link_id,
        purpose=Purpose.SYNCHRONISATION,
        user_id=f"bob of {synchronising.company_id}",
        company_id=synchronising.company_id,
        account_id=synchronising.account.id,
        account_name="L'Atelier",
        account_email="company@example.com",
        encrypted_token=synchronising.composition.accounts._cipher.encrypt(
            refresh_token(synchronising.emulator, synchronising.account, *scopes),
            refresh_token_context(link_id, Purpose.SYNCHRONISATION.value),
        ),
        status=LinkStatus.ACTIVE,
        generation=generation,
        linked_at=now,
        sync_since=now,
        **more,
    )
    before = synchronising.composition.links.get(link_id)
    with transaction() as writes:
        add_link(writes, link, before)


def refresh_token(emulator: DropboxEmulator, account: Account, *more_scopes: str) -> str:
    """What the administrator's consent gives."""
    oauth = DropboxOauth(
        app_key=SYNCHRONISATION_APP.key,
        authorize_url=f"{emulator.url}/oauth2/authorize",
        callback_url=CALLBACK_URL,
        session=emulator.session(),
    )
    scopes = ["account_info.read", "files.metadata.read", "files.content.write", *more_scopes]
    url = oauth.authorize_url(state="s", code_verifier="v" * 43, scopes=scopes, locale="en")
    code = parse_qs(urlsplit(emulator.consent(url, account)).query)["code"][0]
    return oauth.exchange(code=code, code_verifier="v" * 43).refresh_token
