"""The page's API over an emulated AWS, and everybody whose business it is, or is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from urllib.parse import urlencode

import boto3
import pytest

from functions.page_api import asking, handler
from functions.page_api.composition import Composition
from shared.aws.stores.delivery_store import DeliveryStore
from shared.aws.stores.import_store import ImportStore
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.linking import add_link
from shared.aws.stores.transactions import transaction
from shared.config.page_api import PageApiSettings
from shared.domain.deliveries import Delivery, DeliveryKey, DeliveryReason
from shared.domain.host_expenses import HostExpense
from shared.domain.imports import ImportRecord, Outcome, WaitingFile, WaitingReason
from shared.domain.links import Backfill, Batch, Link, LinkStatus, Purpose, new_batch_id
from testing.clocks import Clock
from tests.expense_items import accepted_expense, image_of
from tests.http_events import http_event
from tests.integration.conftest import Aws
from tests.integration.real_stores import import_store
from tests.lambda_context import FakeLambdaContext
from tests.places import place_at

Answer = dict[str, Any]
Claims = dict[str, str]

ALICE: Claims = {
    "sub": "alice",
    "company_id": "atelier",
    "role": "employee",
    "plan": "team",
    "name": "Alice Martin",
    "locale": "en",
}
BOB = ALICE | {"sub": "bob", "role": "administrator", "name": "Bob Durand"}
ALICE_MARK, COMPANY_MARK = "of-alice", "of-atelier"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ALICES_ACCOUNT = "dbid:alice"
COMPANYS_ACCOUNT = "dbid:atelier"
REQUEST_ID = "BoG0xhRAjoEEPwA="
"""Of the recorded event: what it leads to is followed by it."""


@dataclass
class PageApi:
    """What a test of the page's API does and looks at."""

    aws: Aws
    clock: Clock
    log: StringIO
    links: LinkStore
    imports: ImportStore
    deliveries: DeliveryStore
    _numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000)))

    # What the page asks

    def call(
        self,
        route: str,
        claims: Claims | None = ALICE,
        *,
        path: str | None = None,
        body: object = None,
        **query: Any,
    ) -> tuple[int, Any]:
        """Status and body of an answer."""
        event = http_event(
            route,
            query=urlencode(query),
            body=None if body is None else json.dumps(body),
            claims=claims,
        )
        if path is not None:
            event["rawPath"] = event["requestContext"]["http"]["path"] = path
        answer = self.answer(event)
        return answer["statusCode"], json.loads(answer["body"])

    def answer(self, event: dict[str, Any]) -> Answer:
        answer: Answer = handler.lambda_handler(event, FakeLambdaContext(25))
        assert answer["headers"]["Cache-Control"] == "no-store"
        assert answer["headers"]["Content-Type"] == "application/json"
        return answer

    def get(self, route: str, claims: Claims = ALICE, **query: Any) -> Any:
        status, body = self.call(f"GET {route}", claims, **query)
        assert status == 200, body
        return body

    def error(self, route: str, claims: Claims | None = ALICE, **request: Any) -> tuple[int, str]:
        """Status and code of a refusal, having checked that a user can understand it."""
        status, body = self.call(route, claims, **request)
        assert status >= 400, body
        assert body["error"]["message"].endswith(".")
        return status, body["error"]["code"]

    def unlink(self, purpose: str, claims: Claims = ALICE) -> tuple[int, Any]:
        return self.call("DELETE /links/{purpose}", claims, path=f"/links/{purpose}")

    # What there is

    def link(self, **changes: Any) -> Link:
        """Alice's link, made or made anew."""
        return self._save(
            replace(
                Link(
                    link_id="user:alice",
                    purpose=Purpose.AUTO_IMPORT,
                    user_id="alice",
                    company_id="atelier",
                    account_id=ALICES_ACCOUNT,
                    account_name="Alice",
                    account_email="alice@example.com",
                    encrypted_token=b"token",
                    status=LinkStatus.ACTIVE,
                    generation=1,
                    account_locale="en",
                    linked_at=NOW - timedelta(days=40),
                    last_clean_listing=NOW,
                ),
                **changes,
            )
        )

    def company_link(self, **changes: Any) -> Link:
        """The company's link, made or made anew."""
        return self._save(
            replace(
                Link(
                    link_id="company:atelier",
                    purpose=Purpose.SYNCHRONISATION,
                    user_id="bob",
                    company_id="atelier",
                    account_id=COMPANYS_ACCOUNT,
                    account_name="Atelier",
                    account_email="office@example.com",
                    encrypted_token=b"token",
                    status=LinkStatus.ACTIVE,
                    generation=1,
                    linked_at=NOW - timedelta(days=40),
                    last_clean_listing=NOW,
                    sync_since=NOW - timedelta(days=40),
                ),
                **changes,
            )
        )

    def _save(self, link: Link) -> Link:
        before = self.links.get(link.link_id)
        link = replace(link, generation=before.generation + 1 if before else link.generation)
        with transaction() as writes:
            add_link(writes, link, before)
        return link

    def record(
        self, outcome: Outcome = Outcome.REJECTED, *, is_filed: bool = True, **changes: Any
    ) -> ImportRecord:
        """A recorded file, a second after the one before."""
        number = next(self._numbers)
        self.clock.advance(seconds=1)
        row = ImportRecord(
            **{
                "user_id": "alice",
                "batch_id": new_batch_id(self.clock()),
                "account_id": ALICES_ACCOUNT,
                "file_id": f"id:{number}",
                "content_hash": f"{number:064x}",
                "visit": 1,
                "name": f"{number}.pdf",
                "size": number,
                "outcome": outcome,
                "target": f"/Somewhere/{number}.pdf",
                "notified_at": self.clock() - timedelta(seconds=2),
                "recorded_at": self.clock(),
            }
            | changes
        )
        self.imports.record(row)
        if is_filed:
            self.imports.mark_filed(row, row.target)
        return row

    def wait_for(self, **changes: Any) -> WaitingFile:
        """A file that waits."""
        number = next(self._numbers)
        row = WaitingFile(
            **{
                "user_id": "alice",
                "account_id": ALICES_ACCOUNT,
                "file_id": f"id:{number}",
                "content_hash": f"{number:064x}",
                "batch_id": "",
                "name": f"{number}.pdf",
                "since": self.clock(),
                "next_try": self.clock() + timedelta(hours=1),
                "tries": 1,
                "reason": WaitingReason.TRY_AGAIN,
                "detail": "DropboxUnavailable",
            }
            | changes
        )
        self.imports.save_waiting(row)
        return row

    def put_expense(self, expense_id: str, **fields: Any) -> HostExpense:
        """The host has it."""
        expense = accepted_expense(expense_id, **fields)
        boto3.client("dynamodb").put_item(TableName="expenses", Item=image_of(expense))
        return expense

    def pend(
        self,
        expense_id: str | None = None,
        *,
        document_id: str = "document-1",
        account_id: str = COMPANYS_ACCOUNT,
        company_id: str = "atelier",
        accepted_at: datetime | None = None,
    ) -> Delivery:
        """A pending delivery, a second after the one before."""
        key = DeliveryKey(company_id, account_id, expense_id or f"expense-{next(self._numbers)}", document_id)
        self.clock.advance(seconds=1)
        self.deliveries.ensure(
            key.company_id,
            key.account_id,
            key.expense_id,
            [key.document_id],
            accepted_at=accepted_at or self.clock(),
            now=self.clock(),
        )
        found = self.deliveries.find(key)
        assert found is not None
        return found

    def fail(self, expense_id: str | None = None, **where: str) -> Delivery:
        """A failed delivery."""
        return self.deliveries.record_failed(
            self.pend(expense_id, **where), DeliveryReason.PATH_TAKEN, None, self.clock()
        )

    def deliver(self, expense_id: str | None = None, **where: Any) -> Delivery:
        """A delivery that was made."""
        pending = self.pend(expense_id, **where)
        path = f"/Jenji/2026/11/Alice Martin/{pending.key.expense_id}.pdf"
        return self.deliveries.record_delivered(
            pending, place=place_at(path), content_hash="hash", sha256="00", size=3, at=self.clock()
        )


@dataclass
class Known:
    """What a stranger may have got hold of: ids and cursors of Alice's and of the company's."""

    file: str
    delivery: str
    batch_id: str
    cursors: dict[str, str]


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def api(aws: Aws, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> PageApi:
    log = StringIO()
    for log_handler in handler.logger.handlers:
        monkeypatch.setattr(log_handler, "stream", log)
    composition = Composition(PageApiSettings.from_environment(), clock=clock)
    monkeypatch.setattr(asking, "composed", lambda: composition)
    return PageApi(
        aws,
        clock,
        log,
        LinkStore("links", "audit_trail"),
        import_store(),
        DeliveryStore(deliveries_table="deliveries"),
    )


@pytest.fixture
def known(api: PageApi) -> Known:
    """A full house: whatever Alice and the company can have, marked."""
    batch_id = f"{new_batch_id(NOW)}-{ALICE_MARK}"
    for outcome in (Outcome.REJECTED, Outcome.IMPORTED, Outcome.REJECTED):
        name = f"{outcome}-{ALICE_MARK}.pdf"
        api.record(outcome, batch_id=batch_id, name=name, expense_id=f"expense-{ALICE_MARK}")
    api.record(name=f"later-{ALICE_MARK}.pdf")
    api.wait_for(name=f"waiting-{ALICE_MARK}.pdf", batch_id=batch_id)
    api.put_expense(f"expense-{ALICE_MARK}", merchant=f"merchant-{ALICE_MARK}")
    for _ in range(2):
        api.fail()
    api.fail(f"expense-{COMPANY_MARK}")
    api.put_expense(f"expense-{COMPANY_MARK}", merchant=f"merchant-{COMPANY_MARK}", user_id="dave")
    api.link(account_name=ALICE_MARK, account_email=ALICE_MARK, batch=Batch(batch_id, 9, NOW))
    api.company_link(
        account_name=COMPANY_MARK,
        account_email=COMPANY_MARK,
        team_space_id=COMPANY_MARK,
        backfill=Backfill(NOW - timedelta(days=9), NOW),
    )
    return Known(
        file=api.get("/imports/files")["files"][0]["id"],
        delivery=api.get("/deliveries", BOB)["deliveries"][0]["id"],
        batch_id=batch_id,
        cursors={
            "batches": api.get("/imports/batches", limit=1)["cursor"],
            "files": api.get("/imports/files", limit=1)["cursor"],
            "deliveries": api.get("/deliveries", BOB, limit=1)["cursor"],
        },
    )
