"""The webhook as Dropbox, and as a stranger, sees it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from io import StringIO
from threading import Event
from typing import Any

import boto3
import pytest

from functions.dropbox_webhook import composition, handler, receive_notification
from shared.doorbells.messages import Doorbell, RungBy
from tests.http_events import REQUEST_ID, http_event
from tests.integration.conftest import APP_SECRET, APP_SECRET_NAME, Aws
from tests.integration.dropbox_webhook.aws_front import (
    ACCESS_KEY_ID,
    SECRET_ACCESS_KEY,
    SESSION_TOKEN,
    Arguments,
    AwsFront,
    Refusal,
)
from tests.lambda_context import FakeLambdaContext

# The signer's own use of a deprecated function; harmless where it runs.
pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")

SEND = "AmazonSQS.SendMessageBatch"
GET_SECRET = "secretsmanager.GetSecretValue"
ALICE = "dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc"


@pytest.fixture
def front(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> Iterator[AwsFront]:
    secrets = boto3.client("secretsmanager")
    actions = {
        SEND: lambda arguments: aws.sqs.send_message_batch(**arguments),
        GET_SECRET: lambda arguments: {"SecretString": secrets.get_secret_value(**arguments)["SecretString"]},
    }
    monkeypatch.setattr(receive_notification, "PAUSE_SECONDS", 0.0)
    with AwsFront(actions).serving() as front:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", front.url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_SECRETS_MANAGER", front.url)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID)
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY)
        monkeypatch.setenv("AWS_SESSION_TOKEN", SESSION_TOKEN)
        yield front


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """What the function writes to its log."""
    stream = StringIO()
    for log_handler in handler.logger.handlers:
        monkeypatch.setattr(log_handler, "stream", stream)
    return stream


def _call(event: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = handler.lambda_handler(event, FakeLambdaContext())
    return answer


def _notify(
    body: bytes,
    *,
    secret: str = APP_SECRET,
    header: str = "x-dropbox-signature",
    base64_encoded: bool = False,
) -> dict[str, Any]:
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    text = base64.b64encode(body).decode() if base64_encoded else body.decode()
    return _call(
        http_event(
            "POST /dropbox/webhook", body=text, headers={header: signature}, base64_encoded=base64_encoded
        )
    )


def _naming(*accounts: str) -> bytes:
    return json.dumps({"list_folder": {"accounts": accounts}, "delta": {"users": [12345678]}}).encode()


def test_echoes_the_challenge_as_plain_text(aws: Aws) -> None:
    answer = _call(http_event("GET /dropbox/webhook", query="challenge=Zx%2D9_%3Cb%3E%26"))

    assert answer["statusCode"] == 200
    assert answer["body"] == "Zx-9_<b>&"
    assert answer["headers"]["Content-Type"] == "text/plain"
    assert answer["headers"]["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "challenge=",
        "challenge=a&challenge=b",
        "other=a",
        "challenge=" + "a" * 5000,
        "a&" * 100,
        "%ff%fe",
        "&&&=",
    ],
)
def test_a_request_without_one_short_challenge_is_malformed(query: str, aws: Aws) -> None:
    answer = _call(http_event("GET /dropbox/webhook", query=query))

    assert answer["statusCode"] == 400
    assert answer["body"] == ""


def rung(account: str) -> Doorbell:
    """What a request leads to: its id goes with every doorbell."""
    return Doorbell(account, correlation_id=REQUEST_ID, rung_by=RungBy.DROPBOX)


def test_a_signed_notification_rings_for_its_accounts(aws: Aws, front: AwsFront) -> None:
    answer = _notify(_naming(ALICE, "dbid:bob"))

    assert answer["statusCode"] == 200
    assert aws.doorbells() == [rung(ALICE), rung("dbid:bob")]


def test_each_account_is_its_own_message_group(aws: Aws, front: AwsFront) -> None:
    _notify(_naming(ALICE, "dbid:bob"))

    _, arguments = front.calls[-1]
    assert [entry["MessageGroupId"] for entry in arguments["Entries"]] == [ALICE, "dbid:bob"]


def test_the_signature_is_found_whatever_the_case_of_its_header(aws: Aws, front: AwsFront) -> None:
    answer = _notify(_naming(ALICE), header="X-DROPBOX-Signature")

    assert answer["statusCode"] == 200


def test_a_body_in_base64_is_verified_over_its_bytes(aws: Aws, front: AwsFront) -> None:
    answer = _notify(_naming(ALICE), base64_encoded=True)

    assert answer["statusCode"] == 200
    assert aws.doorbells() == [rung(ALICE)]


def test_a_duplicate_or_replayed_notification_is_answered_200_and_rings_again(
    aws: Aws, front: AwsFront
) -> None:
    answers = [_notify(_naming(ALICE)) for _ in range(2)]

    assert [answer["statusCode"] for answer in answers] == [200, 200]
    assert aws.doorbells() == [rung(ALICE), rung(ALICE)]


def test_a_change_within_five_minutes_of_the_previous_one_rings_too(aws: Aws, front: AwsFront) -> None:
    _notify(_naming(ALICE))
    first = aws.doorbells()

    _notify(_naming(ALICE))

    assert first == aws.doorbells() == [rung(ALICE)]


def test_an_unknown_account_is_answered_200(aws: Aws, front: AwsFront) -> None:
    answer = _notify(_naming("dbid:nobody"))

    assert answer["statusCode"] == 200


def test_a_forged_signature_is_answered_403_and_rings_nothing(aws: Aws, front: AwsFront) -> None:
    answer = _notify(_naming(ALICE), secret="a guess")

    assert answer["statusCode"] == 403
    assert aws.doorbells() == []


@pytest.mark.parametrize("headers", [{}, {"x-dropbox-signature": ""}, {"x-dropbox-signature": "é☃"}])
def test_an_absent_or_odd_signature_is_answered_403(
    headers: dict[str, str], aws: Aws, front: AwsFront
) -> None:
    answer = _call(http_event("POST /dropbox/webhook", body=_naming(ALICE).decode(), headers=headers))

    assert answer["statusCode"] == 403
    assert aws.doorbells() == []


@pytest.mark.parametrize("base64_encoded", [False, True])
def test_a_giant_body_is_answered_413_without_a_call(base64_encoded: bool, aws: Aws, front: AwsFront) -> None:
    answer = _notify(b"a" * (handler.MAX_BODY_BYTES + 1), base64_encoded=base64_encoded)

    assert answer["statusCode"] == 413
    assert front.calls == []


def test_a_body_that_is_large_only_in_bytes_is_answered_413(aws: Aws, front: AwsFront) -> None:
    answer = _notify(("é" * (handler.MAX_BODY_BYTES // 2 + 1)).encode())

    assert answer["statusCode"] == 413


@pytest.mark.parametrize("body", [b"", b"garbage", b"[]", b'{"list_folder": 7}', b"[" * 100_000])
def test_signed_garbage_is_answered_400(body: bytes, aws: Aws, front: AwsFront) -> None:
    answer = _notify(body)

    assert answer["statusCode"] == 400
    assert aws.doorbells() == []


def test_bytes_that_are_no_text_are_answered_400_when_signed(aws: Aws, front: AwsFront) -> None:
    answer = _notify(b"\xff\xfe\x00\x01", base64_encoded=True)

    assert answer["statusCode"] == 400


def test_a_request_without_a_body_is_answered_403(aws: Aws, front: AwsFront) -> None:
    answer = _call(http_event("POST /dropbox/webhook"))

    assert answer["statusCode"] == 403


def test_the_previous_secret_is_accepted_while_the_app_secret_is_rotated(aws: Aws, front: AwsFront) -> None:
    boto3.client(
        "secretsmanager", endpoint_url="https://secretsmanager.eu-west-1.amazonaws.com"
    ).put_secret_value(SecretId=APP_SECRET_NAME, SecretString=json.dumps({"app_secret": "the-next-secret"}))

    answers = [
        _notify(_naming(ALICE), secret=secret) for secret in (APP_SECRET, "the-next-secret", "no secret")
    ]

    assert [answer["statusCode"] for answer in answers] == [200, 200, 403]


def test_a_warm_function_asks_for_the_secret_once(aws: Aws, front: AwsFront) -> None:
    for _ in range(3):
        _notify(_naming(ALICE))

    assert front.count(GET_SECRET) == 1


def test_messages_that_sqs_did_not_take_are_sent_again(aws: Aws, front: AwsFront) -> None:
    genuine = front.actions[SEND]

    def take_one(arguments: Arguments) -> dict[str, Any]:
        front.actions[SEND] = genuine
        taken = genuine(arguments | {"Entries": arguments["Entries"][:1]})
        failed = [{"Id": "1", "SenderFault": False, "Code": "InternalError"}]
        return {"Successful": taken["Successful"], "Failed": failed}

    front.actions[SEND] = take_one

    answer = _notify(_naming(ALICE, "dbid:bob"))

    assert answer["statusCode"] == 200
    assert aws.doorbells() == [rung(ALICE), rung("dbid:bob")]


@pytest.mark.parametrize(
    "failure",
    [Refusal(500, "InternalError"), Refusal(400, "QueueDoesNotExist"), Refusal(403, "AccessDenied")],
)
def test_a_queue_that_is_down_is_answered_503_so_that_dropbox_retries(
    failure: Refusal, aws: Aws, front: AwsFront
) -> None:
    def fail(arguments: Arguments) -> dict[str, Any]:
        raise failure

    front.actions[SEND] = fail

    answer = _notify(_naming(ALICE))

    assert answer["statusCode"] == 503


def test_a_secrets_manager_that_is_down_is_answered_503(aws: Aws, front: AwsFront) -> None:
    def fail(arguments: Arguments) -> dict[str, Any]:
        raise Refusal(500, "InternalServiceError")

    front.actions[GET_SECRET] = fail

    answer = _notify(_naming(ALICE))

    assert answer["statusCode"] == 503


def test_nobody_listening_is_answered_503(aws: Aws, front: AwsFront, monkeypatch: pytest.MonkeyPatch) -> None:
    _notify(_naming(ALICE))
    monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:9")
    composition.receiver.cache_clear()

    answer = _notify(_naming(ALICE))

    assert answer["statusCode"] == 503


def test_a_queue_that_hangs_is_answered_in_time(
    aws: Aws, front: AwsFront, monkeypatch: pytest.MonkeyPatch
) -> None:
    _notify(_naming(ALICE))
    monkeypatch.setattr(handler, "ANSWER_WITHIN_SECONDS", 0.3)
    answered = Event()
    front.actions[SEND] = lambda arguments: {"Successful": [], "waited": answered.wait(timeout=10)}
    started = time.monotonic()

    answer = _notify(_naming(ALICE))

    answered.set()
    assert answer["statusCode"] == 503
    assert time.monotonic() - started < 3


def test_credentials_that_aws_does_not_know_are_answered_503(
    aws: Aws, front: AwsFront, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")

    answer = _notify(_naming(ALICE))

    assert answer["statusCode"] == 503


def test_nothing_of_a_request_reaches_the_log(aws: Aws, front: AwsFront, log: StringIO) -> None:
    _notify(_naming(ALICE), secret="a guess")
    _notify(b"garbage")
    _notify(_naming(ALICE))

    logged = log.getvalue()
    assert "doorbells rung" in logged
    for secret in (ALICE, "garbage", APP_SECRET, SECRET_ACCESS_KEY, SESSION_TOKEN, "a guess"):
        assert secret not in logged
