"""The example of a host that listens receives what its rule asks for, and that alone."""

from __future__ import annotations

import json

import boto3
import pytest

from local.template import ROOT, load_template
from shared.aws.host.event_bus import EventBus
from shared.domain.host_events import SOURCE, HostEvent
from testing.event_schemas import SCHEMAS, schema_of
from tests.integration.contracts.test_event_bus import messages_in

EXAMPLE = ROOT / "examples" / "events" / "template.yaml"
EVENTS = [HostEvent(path.stem, schema_of(path.stem)["examples"][0]) for path in sorted(SCHEMAS.iterdir())]
PATTERN = load_template(EXAMPLE)["Resources"]["NoticesRule"]["Properties"]["EventPattern"]


@pytest.mark.usefixtures("aws")
def test_the_rule_of_the_example_lets_through_what_it_asks_for() -> None:
    queue_url = _queue_behind_the_rule(bus="host")

    EventBus("host").send(EVENTS)

    messages = messages_in(queue_url)
    assert sorted((each["detail-type"], each["detail"]["id"]) for each in messages) == sorted(
        (event.name, str(event.detail["id"])) for event in EVENTS if event.name in PATTERN["detail-type"]
    )
    assert 0 < len(messages) < len(EVENTS)


def test_the_example_asks_for_events_that_there_are() -> None:
    assert PATTERN["source"] == [SOURCE]
    assert set(PATTERN["detail-type"]) <= {event.name for event in EVENTS}


def test_only_the_rule_may_send_to_the_queues() -> None:
    policy = load_template(EXAMPLE)["Resources"]["LetEventBridgeSend"]["Properties"]["PolicyDocument"]

    [statement] = policy["Statement"]
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": ["NoticesRule", "Arn"]}}}
    assert statement["Action"] == "sqs:SendMessage"


def _queue_behind_the_rule(bus: str) -> str:
    events, sqs = boto3.client("events"), boto3.client("sqs")
    events.create_event_bus(Name=bus)
    queue_url = sqs.create_queue(QueueName="notices")["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])["Attributes"]
    events.put_rule(Name="notices", EventBusName=bus, EventPattern=json.dumps(PATTERN))
    events.put_targets(
        Rule="notices", EventBusName=bus, Targets=[{"Id": "notices", "Arn": attributes["QueueArn"]}]
    )
    return queue_url
