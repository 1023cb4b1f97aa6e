"""What AWS refuses the webhook is told to the operator, and Dropbox is asked to send again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from functions.dropbox_webhook import handler, receive_notification
from functions.dropbox_webhook.aws_json_api import AwsJsonApi
from functions.dropbox_webhook.deadline import Deadline
from functions.dropbox_webhook.import_queue import ImportQueue
from functions.dropbox_webhook.receive_notification import ReceiveNotification
from shared.config.dropbox_webhook import AwsCredentials
from shared.domain.errors import AwsFailed, AwsRefused, AwsUnavailable
from tests.lambda_context import FakeLambdaContext

EVENT: dict[str, Any] = {
    "requestContext": {"requestId": "request-1", "http": {"method": "POST"}},
    "headers": {"X-Dropbox-Signature": "signed"},
    "body": '{"list_folder": {"accounts": ["dbid:alice"]}}',
}


class AnyonesSecrets:
    def candidates(self, deadline: Deadline) -> list[str]:
        return ["secret"]


def api(answer: Callable[..., tuple[int, object]], monkeypatch: pytest.MonkeyPatch) -> AwsJsonApi:
    """SQS, which answers each call so."""
    sqs = AwsJsonApi(
        "sqs",
        endpoint="https://sqs.eu-west-1.amazonaws.com",
        region="eu-west-1",
        credentials=lambda: AwsCredentials("id", "key", None),
    )
    monkeypatch.setattr(sqs._connections, "post", lambda *_: answer())
    return sqs


def denied() -> tuple[int, object]:
    return 400, {"__type": "com.amazonaws.sqs#AccessDeniedException", "message": "User: arn:aws:sts::1:x"}


@pytest.mark.parametrize(
    ("status", "answer", "kind"),
    [
        (400, {"__type": "com.amazonaws.sqs#AccessDeniedException"}, AwsRefused),
        (400, {"__type": "com.amazonaws.sqs#QueueDoesNotExist"}, AwsRefused),
        (400, {"__type": "com.amazonaws.sqs#RequestThrottled"}, AwsUnavailable),
        (503, {"__type": "com.amazonaws.sqs#AccessDeniedException"}, AwsUnavailable),
        (403, "<html>", AwsUnavailable),
    ],
)
def test_an_answer_is_a_refusal_or_an_outage(
    status: int, answer: object, kind: type[AwsFailed], monkeypatch: pytest.MonkeyPatch
) -> None:
    sqs = api(lambda: (status, answer), monkeypatch)

    with pytest.raises(AwsFailed) as failed:
        sqs.call("SendMessageBatch", {}, Deadline(5))

    assert type(failed.value) is kind


def test_a_refusal_is_answered_503_counted_and_not_tried_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = []

    def answer() -> tuple[int, object]:
        calls.append(1)
        return denied()

    queue = ImportQueue(api(answer, monkeypatch).call, "https://sqs/queue")
    monkeypatch.setattr(receive_notification, "is_signed", lambda *_: True)
    monkeypatch.setattr(
        handler, "receiver", lambda: ReceiveNotification(AnyonesSecrets().candidates, queue.send)
    )

    response = handler.lambda_handler(EVENT, FakeLambdaContext())

    assert response["statusCode"] == 503
    assert len(calls) == 1
    assert '"code":"AccessDeniedException"' in capsys.readouterr().out


def test_a_call_that_is_throttled_and_repeated_is_counted_although_dropbox_is_answered_200(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(
        [(400, {"__type": "com.amazonaws.sqs#RequestThrottled"}), (200, {"Successful": [{"Id": "0"}]})]
    )
    queue = ImportQueue(api(lambda: next(answers), monkeypatch).call, "https://sqs/queue")
    receive = ReceiveNotification(AnyonesSecrets().candidates, queue.send, sleep=lambda _: None)
    monkeypatch.setattr(receive_notification, "is_signed", lambda *_: True)
    monkeypatch.setattr(handler, "receiver", lambda: receive)

    response = handler.lambda_handler(EVENT, FakeLambdaContext())

    assert response["statusCode"] == 200
    assert capsys.readouterr().out.count('"AwsCallsThrottled":[1.0]') == 2
