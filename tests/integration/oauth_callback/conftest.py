"""Everybody who takes part in linking: a browser, a Dropbox, the function, and a clock that tests move."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import boto3
import pytest

from functions.oauth_callback import confirm_link, handler
from functions.oauth_callback.composition import Composition
from local.dropbox_emulator import AUTO_IMPORT_APP, SYNCHRONISATION_APP, Account, DropboxEmulator
from shared.aws.stores.attempt_tables import LinkAttemptRow
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.link_tables import AuditRow, LinkEventRow, LinksItem, RevocationRow
from shared.aws.stores.revocation_rows import to_revocation
from shared.config.oauth_callback import OauthSettings
from shared.domain.audit import AuditEntry
from shared.domain.links import Link
from shared.domain.revocations import Revocation
from shared.dropbox_api import errors as dropbox_errors
from testing.audit_rows import to_audit_entry
from testing.clocks import Clock
from tests.http_events import http_event
from tests.integration.conftest import CALLBACK_URL, HOST_SETTINGS_URL, Aws
from tests.lambda_context import FakeLambdaContext

Answer = dict[str, Any]
Claims = dict[str, str]

ALICE: Claims = {
    "sub": "alice",
    "company_id": "atelier",
    "role": "employee",
    "plan": "solo",
    "name": "Alice Martin",
    "locale": "en",
}
AUTO_IMPORT = {"purpose": "auto_import"}
BOB = ALICE | {"sub": "bob", "name": "Bob Martin"}


@dataclass
class Linking:
    """What a test of linking does and looks at."""

    aws: Aws
    emulator: DropboxEmulator
    account: Account
    composition: Composition
    clock: Clock
    log: StringIO

    def start(self, claims: Claims = ALICE, **request: object) -> Answer:
        """`POST /links`."""
        return self.post("/links", json.dumps(AUTO_IMPORT | request), claims)

    def authorize_url(self, claims: Claims = ALICE, **request: object) -> str:
        url: str = json.loads(self.start(claims, **request)["body"])["authorize_url"]
        return url

    def redirect(self, query: str) -> Answer:
        """Dropbox sends the browser to `GET /oauth/callback`."""
        return self.call(http_event("GET /oauth/callback", query=query))

    def consented(
        self,
        claims: Claims = ALICE,
        account: Account | None = None,
        *,
        request: Claims = AUTO_IMPORT,
        **changed: str,
    ) -> str:
        """Start, and allow on Dropbox's page; the query that comes back. `changed` tampers with the URL."""
        url = self.authorize_url(claims, **request)
        parts = urlsplit(url)
        asked = urlencode(dict(parse_qsl(parts.query)) | changed)
        redirected = self.emulator.consent(parts._replace(query=asked).geturl(), account or self.account)
        return urlsplit(redirected).query

    def handle(
        self,
        claims: Claims = ALICE,
        account: Account | None = None,
        *,
        request: Claims = AUTO_IMPORT,
        **changed: str,
    ) -> str:
        """Everything up to the handle that the browser brings back to the host's page."""
        query = self.consented(claims, account, request=request, **changed)
        return self.returned(self.redirect(query))["handle"]

    def confirm(self, handle: object, claims: Claims = ALICE) -> Answer:
        """`POST /links/confirm`."""
        return self.post("/links/confirm", json.dumps({"handle": handle}), claims)

    def post(self, path: str, body: str | None, claims: Claims | None, **more: Any) -> Answer:
        return self.call(http_event(f"POST {path}", body=body, claims=claims, **more))

    def call(self, event: dict[str, Any]) -> Answer:
        answer: Answer = handler.lambda_handler(event, FakeLambdaContext())
        return answer

    def returned(self, answer: Answer) -> dict[str, str]:
        """The parameters the browser brings to the host's page, having checked that it goes there safely."""
        assert answer["statusCode"] == 303
        assert answer["headers"]["Referrer-Policy"] == "no-referrer"
        assert answer["headers"]["Cache-Control"] == "no-store"
        page, _, query = answer["headers"]["Location"].partition("#")
        assert page == HOST_SETTINGS_URL
        return {name: values[0] for name, values in parse_qs(query, strict_parsing=True).items()}

    def error(self, answer: Answer) -> tuple[int, str]:
        """Status and code of a refusal in JSON, having checked that a user can understand it."""
        error = json.loads(answer["body"])["error"]
        assert error["message"].endswith(".")
        return answer["statusCode"], error["code"]

    def link(self, user_id: str = "alice") -> Link | None:
        return LinkStore("links").get(f"user:{user_id}")

    def link_rows(self) -> dict[str, LinksItem]:
        """Links and reservations, by key."""
        return {
            row.link_id: row for row in LinksItem.scan() if not isinstance(row, RevocationRow | LinkEventRow)
        }

    def revocations(self) -> list[Revocation]:
        """The tokens to be revoked."""
        return [to_revocation(row) for row in RevocationRow.scan()]

    def audit_trail(self) -> list[AuditEntry]:
        """Who did what, the oldest first."""
        return sorted((to_audit_entry(row) for row in AuditRow.scan()), key=lambda entry: entry.at)

    def attempt(self) -> LinkAttemptRow:
        """The only attempt there is."""
        (row,) = (row for row in LinkAttemptRow.scan() if row.attempt_id[:5] not in {"open:", "count"})
        return row


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def emulator(clock: Clock) -> Iterator[DropboxEmulator]:
    with DropboxEmulator(clock=lambda: clock().timestamp()) as emulator:
        for app in (AUTO_IMPORT_APP, SYNCHRONISATION_APP):
            emulator.add_redirect_uri(app.key, CALLBACK_URL)
        yield emulator


@pytest.fixture
def linking(aws: Aws, emulator: DropboxEmulator, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Linking:
    monkeypatch.setenv("AUTO_IMPORT_APP_KEY", AUTO_IMPORT_APP.key)
    monkeypatch.setenv("SYNCHRONISATION_APP_KEY", SYNCHRONISATION_APP.key)
    monkeypatch.setattr(confirm_link, "OTHER_CONFIRM_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(dropbox_errors, "FIRST_BACKOFF_SECONDS", 0.001)
    log = StringIO()
    for log_handler in handler.logger.handlers:
        monkeypatch.setattr(log_handler, "stream", log)
    settings = OauthSettings.from_environment()
    composition = Composition(settings, settings.callback_url, session=emulator.session(), clock=clock)
    monkeypatch.setattr(handler, "composed", lambda _: composition)
    return Linking(aws, emulator, emulator.add_account("alice"), composition, clock, log)


def delete_table(name: str) -> None:
    """From here on AWS fails."""
    boto3.client("dynamodb").delete_table(TableName=name)
