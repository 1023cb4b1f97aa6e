"""A drain that AWS refuses: heard at the first doorbell, never renewed, and in the dead-letter queue at last."""

from __future__ import annotations

import json
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from functions.auto_import import handler
from local.template import ROOT
from shared.aws.dynamodb import transaction_connection
from shared.aws.queues.doorbell_queue import DoorbellQueue
from shared.doorbells.messages import Doorbell
from tests.alarms import alarms_on
from tests.integration.auto_import.conftest import Importing
from tests.integration.auto_import.documents import jpeg
from tests.integration.auto_import.test_aws_faults import deny_the_key
from tests.lambda_context import FakeLambdaContext
from tests.sqs_records import receive_record


@pytest.fixture
def log(importing: Importing, monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """What the function writes to its log."""
    monkeypatch.setattr(handler, "composed", lambda: importing.composition)
    stream = StringIO()
    for log_handler in handler.logger.handlers:
        monkeypatch.setattr(log_handler, "stream", stream)
    return stream


@pytest.fixture
def denied() -> Any:
    """Every call to DynamoDB is answered AccessDenied, as with a role that lost its policy."""

    def deny(model: Any, **_: object) -> None:
        raise ClientError(
            {
                "Error": {"Code": "AccessDeniedException", "Message": "User: arn:aws:sts::1:alice"},
                "ResponseMetadata": {"HTTPStatusCode": 400},  # type: ignore[typeddict-item]
            },
            model.name,
        )

    events = transaction_connection().client.meta.events
    events.register("before-call.dynamodb", deny)
    yield
    events.unregister("before-call.dynamodb", deny)


def receive(importing: Importing) -> bool:
    """Have the function handle the message, and its wait pass; false once it cannot be received any more."""
    sqs, queue_url = importing.aws.sqs, importing.aws.queue_url
    record = receive_record(sqs, queue_url)
    if record is None:
        return False
    answer = handler.lambda_handler({"Records": [record]}, FakeLambdaContext())
    assert answer["batchItemFailures"]
    sqs.change_message_visibility(
        QueueUrl=queue_url, ReceiptHandle=record["receiptHandle"], VisibilityTimeout=0
    )
    return True


def dead_letters(importing: Importing) -> list[str]:
    received = importing.aws.sqs.receive_message(QueueUrl=importing.aws.dead_letter_queue_url)
    return [message["Body"] for message in received.get("Messages", [])]


def counted(output: str) -> Counter[tuple[str, ...]]:
    """How often each metric was counted, by its name and its dimensions' values."""
    blobs = [json.loads(line) for line in output.splitlines() if '"_aws"' in line]
    return Counter(
        (metric["Name"], *(blob[name] for name in names))
        for blob in blobs
        for directive in blob["_aws"]["CloudWatchMetrics"]
        for names in directive["Dimensions"]
        for metric in directive["Metrics"]
    )


def test_the_first_refused_doorbell_raises_the_alarm_and_is_logged_as_a_warning(
    importing: Importing, log: StringIO, denied: None, capsys: pytest.CaptureFixture[str]
) -> None:
    DoorbellQueue(importing.aws.queue_url).ring(Doorbell(importing.account.id))

    receive(importing)

    metrics = counted(capsys.readouterr().out)
    service = handler.logger.service
    assert metrics["AwsCallsRefused", service] > 0
    assert metrics["AwsCallsRefused", service, "dynamodb", "AccessDeniedException"] > 0
    [(name, alarm)] = alarms_on("AwsCallsRefused", "auto_import").items()
    assert metrics["AwsCallsRefused", service] > alarm["Threshold"]
    assert (alarm["Statistic"], alarm["ComparisonOperator"]) == ("Sum", "GreaterThanThreshold")
    assert alarm["Period"] * alarm["EvaluationPeriods"] <= 15 * 60
    assert f'<a id="{name}"></a>' in Path(ROOT / "docs" / "operations.md").read_text("utf-8")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    warnings = {line["message"] for line in lines if line["level"] == "WARNING"}
    assert "doorbell put back" in warnings
    assert "alice" not in log.getvalue()


def test_a_refused_doorbell_is_not_renewed_and_reaches_the_dead_letter_queue(
    importing: Importing, log: StringIO, denied: None
) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    DoorbellQueue(importing.aws.queue_url).ring(Doorbell(importing.account.id))

    receives = 0
    while receive(importing):
        receives += 1

    assert receives == 100
    assert [json.loads(body)["account_id"] for body in dead_letters(importing)] == [importing.account.id]
    assert list(importing.tree()) == ["Auto-Import/lunch.jpg"]


def test_once_the_operator_has_acted_the_next_doorbell_imports_what_waited(
    importing: Importing, log: StringIO
) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    repair = deny_the_key(importing)
    DoorbellQueue(importing.aws.queue_url).ring(Doorbell(importing.account.id))
    for _ in range(3):
        receive(importing)
    assert importing.link_row().doorbell_waits == 3
    repair()

    importing.ring()

    importing.assert_imported({"lunch.jpg": jpeg("lunch")})
