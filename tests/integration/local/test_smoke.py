"""What the smoke test makes of a deployed stack's answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.stub import Stubber

from local import smoke
from local.smoke import USES, Stack, Wrong, answer_challenge, judge_role, look_at, look_at_secret, send_event
from tests.integration.conftest import Aws

KEY = "arn:aws:kms:eu-west-1:123456789012:key/1"
ROLE = "arn:aws:iam::123456789012:role/jenji-AutoImportRole"


class Webhook(BaseHTTPRequestHandler):
    """Echoes the challenge, unless it was asked by another path."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        self.send_response(200)
        self.end_headers()
        echoed = parse_qs(url.query)["challenge"][0]
        self.wfile.write((echoed if url.path == "/dropbox/webhook" else "<html>").encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Webhook)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def stack(**changed: str) -> Stack:
    return Stack(
        **{
            "name": "jenji",
            "webhook_url": "http://127.0.0.1:9/dropbox/webhook",
            "bus": "default",
            "secret": "dropbox/auto-import",
            "key": KEY,
            "bucket": "documents",
        }
        | changed
    )


def decided(decision: str, **more: Any) -> Any:
    """An IAM that decides so, and that expects the context of a user's token."""
    iam = boto3.client("iam")
    stubber = Stubber(iam)
    entries = [
        {
            "ContextKeyName": f"kms:EncryptionContext:{name}",
            "ContextKeyValues": [value],
            "ContextKeyType": "string",
        }
        for name, value in {"link_id": "user:smoke", "purpose": "auto_import"}.items()
    ]
    stubber.add_response(
        "simulate_principal_policy",
        {"EvaluationResults": [{"EvalActionName": "kms:Decrypt", "EvalDecision": decision, **more}]},
        {
            "PolicySourceArn": ROLE,
            "ActionNames": ["kms:Decrypt"],
            "ResourceArns": [KEY],
            "ContextEntries": entries,
        },
    )
    stubber.activate()
    return iam


TOKEN = {"link_id": "user:smoke", "purpose": "auto_import"}


def test_what_iam_allows_is_well() -> None:
    judge_role(decided("allowed"), ROLE, "kms:Decrypt", stack(), TOKEN)


def test_what_iam_refuses_is_told_with_the_keys_that_it_wanted_to_know() -> None:
    iam = decided("implicitDeny", MissingContextValues=["aws:SourceVpc"])

    with pytest.raises(Wrong, match=r"IAM says implicitDeny \(keys it wanted to know: aws:SourceVpc\)"):
        judge_role(iam, ROLE, "kms:Decrypt", stack(), TOKEN)


def test_a_webhook_that_echoes_is_well_and_one_that_does_not_is_told(address: str) -> None:
    answer_challenge(f"{address}/dropbox/webhook")

    with pytest.raises(Wrong, match="answers something else"):
        answer_challenge(f"{address}/elsewhere")


def test_a_webhook_that_does_not_answer_is_told() -> None:
    with pytest.raises(Wrong, match="does not answer"):
        answer_challenge("http://127.0.0.1:9/dropbox/webhook")


def test_an_event_is_taken_by_the_bus_there_is(aws: Aws) -> None:
    send_event(boto3.client("events"), stack())


@pytest.mark.parametrize("value", ["the secret itself", "[]", "{}", '{"app_secret": ""}'])
def test_a_secret_of_another_form_is_told_and_not_shown(aws: Aws, value: str) -> None:
    client = boto3.client("secretsmanager")
    client.create_secret(Name="smoke", SecretString=value)

    with pytest.raises(Wrong, match="store") as wrong:
        look_at_secret(client, "smoke")

    assert "itself" not in str(wrong.value)


def test_a_secret_as_it_must_be_is_well(aws: Aws) -> None:
    client = boto3.client("secretsmanager")
    client.create_secret(Name="smoke", SecretString='{"app_secret": "x"}')

    look_at_secret(client, "smoke")


def test_every_check_is_made_and_said_though_one_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def no() -> None:
        raise Wrong("it is not so")

    monkeypatch.setattr(smoke, "checks", lambda _: iter([("one", no), ("another", lambda: None)]))
    said: list[str] = []

    all_is_well = look_at(stack(), said.append)

    assert not all_is_well
    assert said == ["WRONG  one: it is not so\n", "ok     another\n"]


def test_every_use_that_only_iam_can_refuse_is_judged() -> None:
    """The roles with a condition on the tokens' key, or with documents, as the templates' own tests have them."""
    judged = {(function, action) for function, action, _ in USES}

    assert {function for function, action in judged if action.startswith("kms:")} == {
        "AutoImport",
        "DocumentSync",
        "OauthCallback",
        "TokenRevocation",
    }
    assert {function for function, action in judged if action.startswith("s3:")} == {
        "AutoImport",
        "DocumentReading",
        "DocumentSync",
    }
