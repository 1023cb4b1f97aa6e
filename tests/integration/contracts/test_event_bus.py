"""What the drains may rely on of the host's bus: every event arrives whole, or the call fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import boto3
import pytest

from shared.aws.host.event_bus import EventBus
from shared.domain.errors import AwsRefused
from shared.domain.host_events import HostEvent
from testing.event_schemas import SCHEMAS, schema_of
from testing.fakes.event_bus import FakeEventBus
from tests.integration.contracts.conftest import FAKE

EVENTS = [HostEvent(path.stem, schema_of(path.stem)["examples"][0]) for path in sorted(SCHEMAS.iterdir())]


@dataclass
class Bus:
    """The bus, and what arrives at who listens to it: names with details."""

    events: EventBus
    arrived: Callable[[], list[tuple[str, Any]]]


@pytest.fixture
def bus(kind: str, request: pytest.FixtureRequest) -> Bus:
    if kind == FAKE:
        fake = FakeEventBus()
        return Bus(fake, lambda: [(event.name, json.loads(event.body)) for event in fake.sent])
    request.getfixturevalue("aws")
    queue_url = queue_of_what_is_told("host")
    return Bus(EventBus("host"), lambda: [(m["detail-type"], m["detail"]) for m in messages_in(queue_url)])


def queue_of_what_is_told(bus: str) -> str:
    """A bus of the host's, with a rule for all that we tell."""
    events, sqs = boto3.client("events"), boto3.client("sqs")
    events.create_event_bus(Name=bus)
    queue_url = sqs.create_queue(QueueName="told")["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])["Attributes"]
    pattern = json.dumps({"source": ["jenji.dropbox"]})
    events.put_rule(Name="told", EventBusName=bus, EventPattern=pattern)
    events.put_targets(Rule="told", EventBusName=bus, Targets=[{"Id": "q", "Arn": attributes["QueueArn"]}])
    return queue_url


def messages_in(queue_url: str) -> list[dict[str, Any]]:
    sqs, found = boto3.client("sqs"), list[dict[str, Any]]()
    while messages := sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages"):
        found += [json.loads(message["Body"]) for message in messages]
        for message in messages:
            sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
    return found


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)
def test_an_event_arrives_under_its_name_as_it_was_told(bus: Bus, event: HostEvent) -> None:
    bus.events.send([event])

    assert bus.arrived() == [(event.name, event.detail)]


def test_any_number_of_events_is_told_at_once(bus: Bus) -> None:
    told = [HostEvent(EVENTS[0].name, {**EVENTS[0].detail, "id": str(number)}) for number in range(25)]

    bus.events.send(told)

    assert sorted(int(detail["id"]) for _, detail in bus.arrived()) == list(range(25))


def test_telling_nothing_is_no_call(bus: Bus) -> None:
    bus.events.send([])

    assert bus.arrived() == []


@pytest.mark.usefixtures("aws")
def test_a_bus_that_is_not_there_is_a_refusal() -> None:
    with pytest.raises(AwsRefused):
        EventBus("arn:aws:events:eu-west-1:123456789012:event-bus/gone").send(EVENTS)
