"""A signed notification rings once for every account it names, or says that it could not."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

import pytest

from functions.dropbox_webhook.deadline import Deadline
from functions.dropbox_webhook.import_queue import Message
from functions.dropbox_webhook.receive_notification import ROUNDS, Received, ReceiveNotification
from shared.domain.errors import AwsUnavailable, ForgedRequest, MalformedMessage

Taking = Callable[[Sequence[Message]], list[Message]]


class FakeSecrets:
    def candidates(self, deadline: Deadline):
        yield "secret"


class FakeQueue:
    """Takes everything, unless a test has it refuse some."""

    def __init__(self) -> None:
        self.sent: list[Sequence[Message]] = []
        self.refuse: Taking = lambda messages: []
        self._lock = Lock()

    def send(self, messages: Sequence[Message], deadline: Deadline) -> list[Message]:
        with self._lock:
            self.sent.append(messages)
            return self.refuse(messages)

    @property
    def accounts(self) -> list[str]:
        return [message.doorbell.account_id for batch in self.sent for message in batch]


@pytest.fixture
def queue() -> FakeQueue:
    return FakeQueue()


def _receive(queue: FakeQueue, body: bytes, signature: str | None = None, seconds: float = 7) -> Received:
    genuine = hmac.new(b"secret", body, hashlib.sha256).hexdigest()
    receive = ReceiveNotification(FakeSecrets().candidates, queue.send, sleep=lambda seconds: None)
    return receive(body, genuine if signature is None else signature, Deadline(seconds))


def _naming(accounts: Any) -> bytes:
    return json.dumps({"list_folder": {"accounts": accounts}, "delta": {"users": [1]}}).encode()


def test_rings_for_every_account(queue: FakeQueue) -> None:
    received = _receive(queue, _naming(["dbid:a", "dbid:b"]))

    assert received == Received(rung=2, skipped=0)
    assert queue.accounts == ["dbid:a", "dbid:b"]


def test_rings_once_for_an_account_named_twice(queue: FakeQueue) -> None:
    _receive(queue, _naming(["dbid:a", "dbid:b", "dbid:a"]))

    assert queue.accounts == ["dbid:a", "dbid:b"]


def test_the_same_notification_again_has_other_deduplication_ids(queue: FakeQueue) -> None:
    _receive(queue, _naming(["dbid:a"]))
    _receive(queue, _naming(["dbid:a"]))

    assert len({message.deduplication_id for batch in queue.sent for message in batch}) == 2


def test_sends_thousands_of_accounts_ten_a_call(queue: FakeQueue) -> None:
    accounts = [f"dbid:{number}" for number in range(2345)]

    received = _receive(queue, _naming(accounts))

    assert received.rung == 2345
    assert sorted(queue.accounts) == sorted(accounts)
    assert max(len(batch) for batch in queue.sent) == 10
    assert len(queue.sent) == 235


@pytest.mark.parametrize(
    "odd",
    [
        None,
        7,
        {},
        [],
        "",
        "dbid:",
        "uid:1",
        "dbid:a b",
        "dbid:a/b",
        "dbid:" + "a" * 200,
        "dbid:é",
        "dbid:a\n",
    ],
)
def test_skips_what_is_no_account_id_and_rings_for_the_others(odd: object, queue: FakeQueue) -> None:
    received = _receive(queue, _naming([odd, "dbid:a"]))

    assert received == Received(rung=1, skipped=1)
    assert queue.accounts == ["dbid:a"]


@pytest.mark.parametrize("body", [b"{}", b'{"delta": {"users": [1]}}', b'{"list_folder": {}}', _naming([])])
def test_a_notification_that_names_no_account_rings_nothing(body: bytes, queue: FakeQueue) -> None:
    received = _receive(queue, body)

    assert received == Received(rung=0, skipped=0)
    assert queue.sent == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"garbage",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b"7",
        b'"text"',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"list_folder": []}',
        b'{"list_folder": null}',
        b'{"list_folder": {"accounts": "dbid:a"}}',
        b'{"list_folder": {"accounts": null}}',
        b'{"list_folder": {"accounts": {"dbid:a": 1}}}',
    ],
)
def test_signed_garbage_is_malformed(body: bytes, queue: FakeQueue) -> None:
    with pytest.raises(MalformedMessage):
        _receive(queue, body)

    assert queue.sent == []


@pytest.mark.parametrize("body", [b"garbage", _naming(["dbid:a"])])
def test_a_forged_signature_is_refused_before_the_body_is_read(body: bytes, queue: FakeQueue) -> None:
    with pytest.raises(ForgedRequest):
        _receive(queue, body, signature="0" * 64)

    assert queue.sent == []


def test_an_absent_signature_is_refused(queue: FakeQueue) -> None:
    receive = ReceiveNotification(FakeSecrets().candidates, queue.send)

    with pytest.raises(ForgedRequest):
        receive(_naming(["dbid:a"]), None, Deadline(7))


def test_sends_again_what_was_not_taken_under_the_same_deduplication_id(queue: FakeQueue) -> None:
    refusals = iter([1])
    queue.refuse = lambda messages: list(messages[: next(refusals, 0)])

    _receive(queue, _naming(["dbid:a", "dbid:b"]))

    first, second = queue.sent
    assert list(second) == [first[0]]


def test_sends_a_batch_again_whose_call_failed(queue: FakeQueue) -> None:
    failures = iter([AwsUnavailable("reset")])

    def refuse(messages: Sequence[Message]) -> list[Message]:
        for failure in failures:
            raise failure
        return []

    queue.refuse = refuse

    received = _receive(queue, _naming(["dbid:a"]))

    assert received.rung == 1
    assert queue.accounts == ["dbid:a", "dbid:a"]


def test_gives_up_after_a_few_rounds_for_dropbox_to_send_it_again(queue: FakeQueue) -> None:
    queue.refuse = list

    with pytest.raises(AwsUnavailable):
        _receive(queue, _naming(["dbid:a"]))

    assert len(queue.sent) == ROUNDS
