"""Whatever a stranger sends to the webhook is answered with one of a few statuses, never an exception."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from functions.dropbox_webhook import handler
from functions.dropbox_webhook.deadline import Deadline
from functions.dropbox_webhook.import_queue import Message
from functions.dropbox_webhook.receive_notification import ReceiveNotification
from shared.doorbells.messages import is_account_id
from tests.http_events import http_event
from tests.lambda_context import FakeLambdaContext

pytestmark = pytest.mark.exhaustive

SECRET = "secret"
SENT: list[Message] = []


class OneSecret:
    def candidates(self, deadline: Deadline) -> Iterator[str]:
        yield SECRET


class PatientQueue:
    def send(self, messages: Sequence[Message], deadline: Deadline) -> list[Message]:
        SENT.extend(messages)
        return []


@pytest.fixture(scope="module", autouse=True)
def _wired() -> Iterator[None]:
    receive = ReceiveNotification(OneSecret().candidates, PatientQueue().send, sleep=lambda _: None)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(handler, "receiver", lambda: receive)
        yield


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5),
    max_leaves=10,
)
account_ids = st.one_of(
    st.from_regex(r"dbid:[A-Za-z0-9_-]{1,40}", fullmatch=True),
    st.text(max_size=10).map(lambda text: f"dbid:{text}"),
    anything,
)
notifications = st.one_of(
    st.fixed_dictionaries(
        {"list_folder": st.fixed_dictionaries({"accounts": st.lists(account_ids, max_size=30)})}
    ),
    st.dictionaries(st.sampled_from(["list_folder", "accounts", "delta"]), anything),
    anything,
)
bodies = st.one_of(
    st.binary(max_size=200),
    notifications.map(lambda value: json.dumps(value).encode()),
    notifications.map(lambda value: json.dumps(value, ensure_ascii=False).encode("utf-16")),
    st.integers(1, 1_500).map(lambda depth: b'{"list_folder":' * depth),
    st.integers(1, 20_000).map(lambda digits: b'{"list_folder": %s}' % (b"9" * digits)),
)


def call(event: dict[str, Any]) -> dict[str, Any]:
    SENT.clear()
    answer: dict[str, Any] = handler.lambda_handler(event, FakeLambdaContext())
    return answer


@settings(max_examples=300, deadline=None, derandomize=True)
@given(body=bodies)
def test_whatever_dropbox_signs_is_done_or_malformed_and_rings_accounts_only(body: bytes) -> None:
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    encoded = base64.b64encode(body).decode()
    event = http_event(
        "POST /dropbox/webhook",
        body=encoded,
        headers={"X-Dropbox-Signature": signature},
        base64_encoded=True,
    )

    answer = call(event)

    assert answer["statusCode"] in {200, 400}
    assert answer["body"] == ""
    assert all(is_account_id(message.doorbell.account_id) for message in SENT)
    assert answer["statusCode"] == 200 or not SENT


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    body=st.none() | st.text() | bodies.map(lambda data: base64.b64encode(data).decode()),
    signature=st.none() | st.text() | st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    base64_encoded=st.booleans(),
)
@example(body="x" * (4 * handler.MAX_BODY_BYTES), signature="", base64_encoded=True)
@example(body="\ud800", signature="0" * 64, base64_encoded=False)
@example(body="é" * 10, signature=None, base64_encoded=True)
def test_whatever_nobody_signed_is_refused_and_rings_nothing(
    body: str | None, signature: str | None, base64_encoded: bool
) -> None:
    headers = {} if signature is None else {"x-dropbox-signature": signature}
    event = http_event("POST /dropbox/webhook", body=body, headers=headers, base64_encoded=base64_encoded)

    answer = call(event)

    assert answer["statusCode"] in {400, 403, 413}
    assert SENT == []


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    query=st.text()
    | st.from_regex(r"(challenge|x)=[ -~]{0,50}(&(challenge|x)=[ -~]{0,50}){0,2}", fullmatch=True)
)
@example(query="&" * 10_000)
@example(query="challenge=" + "%f0%9f" * 100)
def test_whatever_is_asked_for_is_echoed_as_plain_text_or_malformed(query: str) -> None:
    event = http_event("GET /dropbox/webhook")
    event["rawQueryString"] = query

    answer = call(event)

    assert answer["statusCode"] in {200, 400}
    if answer["statusCode"] == 200:
        assert answer["headers"]["Content-Type"] == "text/plain"
        assert 0 < len(answer["body"]) <= handler.MAX_CHALLENGE_CHARACTERS
    else:
        assert answer["body"] == ""
