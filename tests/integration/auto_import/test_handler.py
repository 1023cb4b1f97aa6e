"""The import queue's messages, as Lambda hands them over and takes them back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest

from functions.auto_import import handler
from shared.aws.host.event_bus import EventBus
from shared.aws.queues.doorbell_queue import DoorbellQueue
from shared.doorbells.messages import Doorbell
from tests.integration.auto_import.conftest import Importing
from tests.integration.auto_import.documents import jpeg
from tests.integration.auto_import.http_faults import ALWAYS, LIST, HttpFaults, answering
from tests.lambda_context import FakeLambdaContext

GROUP = {"MessageGroupId": "dbid:stranger"}


@pytest.fixture
def log(importing: Importing, monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """What the function writes to its log."""
    monkeypatch.setattr(handler, "composed", lambda: importing.composition)
    stream = StringIO()
    for log_handler in handler.logger.handlers:
        monkeypatch.setattr(log_handler, "stream", stream)
    return stream


def receive(importing: Importing) -> dict[str, Any] | None:
    """Have the function handle one message, if one can be received; what Lambda does with the answer."""
    sqs, queue_url = importing.aws.sqs, importing.aws.queue_url
    messages = sqs.receive_message(QueueUrl=queue_url, AttributeNames=["All"]).get("Messages")
    if not messages:
        return None
    [message] = messages
    record = {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message["Attributes"],
    }
    answer: dict[str, Any] = handler.lambda_handler({"Records": [record]}, FakeLambdaContext())
    if not answer["batchItemFailures"]:
        sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
    return answer


def waiting_messages(importing: Importing, queue_url: str) -> int:
    attributes = importing.aws.sqs.get_queue_attributes(
        QueueUrl=queue_url,
        AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    )["Attributes"]
    return sum(map(int, attributes.values()))


def test_a_message_leads_to_a_drain_and_is_done_with(importing: Importing, log: StringIO) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    DoorbellQueue(importing.aws.queue_url).ring(Doorbell(importing.account.id))

    answer = receive(importing)

    assert answer == {"batchItemFailures": []}
    importing.assert_imported({"lunch.jpg": jpeg("lunch")})
    assert waiting_messages(importing, importing.aws.queue_url) == 0
    assert '"outcome":"imported"' in log.getvalue()
    assert "lunch" not in log.getvalue(), "what users call their files is not ours to log"


def test_every_line_of_an_answer_and_no_later_one_has_the_correlation_id(
    importing: Importing, log: StringIO
) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    DoorbellQueue(importing.aws.queue_url).ring(Doorbell(importing.account.id, correlation_id="request-1"))

    receive(importing)
    handler.logger.info("something else")

    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    known = {
        line["message"]: (line.get("correlation_id"), line.get("doorbell_of"))
        for line in lines
        if "message" in line
    }
    assert known == {
        "file recorded": ("request-1", importing.account.id),
        "doorbell answered": ("request-1", importing.account.id),
        "something else": (None, None),
    }
    assert [row.correlation_id for row in importing.records()] == ["request-1"]


def metrics_in(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What the function counted, and under which dimensions; what AWS refuses or throttles is counted beside it."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
    [line] = [line for line in lines if not {"AwsCallsRefused", "AwsCallsThrottled"} & set(line)]
    [directive] = line["_aws"]["CloudWatchMetrics"]
    assert {name for names in directive["Dimensions"] for name in names} <= {"service"}
    return {metric["Name"]: line[metric["Name"]] for metric in directive["Metrics"]}


def test_what_waits_and_what_is_stuck_is_counted(
    importing: Importing, log: StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    importing.drop("new.jpg", b"")
    importing.ring()
    importing.clock.advance(days=2)
    importing.drop("newer.jpg", b"")
    DoorbellQueue(importing.aws.queue_url).ring(Doorbell(importing.account.id))
    importing.limit(reject_grace=timedelta(days=9))

    receive(importing)

    counted = metrics_in(capsys)
    assert (counted["WaitingFiles"], counted["StuckFiles"]) == ([2], [1])
    assert counted["DoorbellsAnswered"] == [1]
    assert len(counted["DoorbellAgeSeconds"]) == 1
    assert "LinksBroken" not in counted
    assert '"files are stuck"' in log.getvalue()


def test_a_link_that_breaks_is_counted_once(
    importing: Importing, log: StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    importing.emulator.authorizations.revoke(importing.account.id)
    counts = []

    for _ in range(2):
        DoorbellQueue(importing.aws.queue_url).ring(Doorbell(importing.account.id))
        receive(importing)
        counts.append(metrics_in(capsys).get("LinksBroken"))

    assert counts == [[1], None]


def test_a_host_that_cannot_be_told_is_counted_and_logged_once(
    importing: Importing, log: StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    gone = EventBus("arn:aws:events:eu-west-1:123456789012:event-bus/gone").send
    composition = importing.composition
    composition.services = replace(composition.services, send_events=gone)
    composition.runner = replace(composition.runner, send_events=gone)
    DoorbellQueue(importing.aws.queue_url).ring(Doorbell(importing.account.id))

    answer = receive(importing)

    assert answer == {"batchItemFailures": []}
    importing.assert_imported({"lunch.jpg": jpeg("lunch")})
    assert metrics_in(capsys)["HostEventsNotSent"] == [1]
    assert log.getvalue().count("host events could not be sent") == 1


def test_a_message_that_must_wait_is_put_back(
    importing: Importing, faults: HttpFaults, log: StringIO
) -> None:
    faults.add(LIST, answering(503), times=ALWAYS)
    DoorbellQueue(importing.aws.queue_url).ring(Doorbell(importing.account.id))

    answer = receive(importing)

    assert answer is not None
    assert len(answer["batchItemFailures"]) == 1
    assert receive(importing) is None, "it is hidden for as long as it has to wait"
    assert waiting_messages(importing, importing.aws.queue_url) == 1


def test_a_message_for_an_account_nobody_linked_is_done_with(importing: Importing, log: StringIO) -> None:
    DoorbellQueue(importing.aws.queue_url).ring(Doorbell("dbid:nobody"))

    answer = receive(importing)

    assert answer == {"batchItemFailures": []}
    assert importing.calls() == {}


@pytest.mark.parametrize("body", ["garbage", '{"account_id": "dbid:x", "notified_at": "yesterday"}'])
def test_a_message_nobody_can_answer_ends_in_the_dead_letter_queue(
    importing: Importing, log: StringIO, body: str
) -> None:
    aws = importing.aws
    aws.sqs.send_message(QueueUrl=aws.queue_url, MessageBody=body, MessageDeduplicationId="stranger", **GROUP)
    receives = 0

    while receive(importing) is not None:
        receives += 1

    assert receives <= 100
    assert waiting_messages(importing, aws.queue_url) == 0
    assert waiting_messages(importing, aws.dead_letter_queue_url) == 1
    assert "doorbell is malformed" in log.getvalue()
    assert "garbage" not in log.getvalue()
