"""What the host is told through the deployed functions, and the correlation id that leads back."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from PIL import Image

from local.dropbox_emulator.core.account import Account
from local.host import Person, seed
from local.host_expenses import Details, HostExpenses
from local.linking import link_dropbox
from local.processes import wait_until
from local.world import World
from shared.domain.host_events import SOURCE, HostEvent
from testing.event_schemas import check

SECONDS = 60
EVE = Person("eve", "Eve Blanc", "bakery", role="administrator", plan="team")


class Told:
    """A rule of the host's on the default bus, and what came through it."""

    def __init__(self, world: World) -> None:
        self._sqs, events = world.aws.client("sqs"), world.aws.client("events")
        self._url = self._sqs.create_queue(QueueName="told")["QueueUrl"]
        attributes = self._sqs.get_queue_attributes(QueueUrl=self._url, AttributeNames=["QueueArn"])
        events.put_rule(Name="told", EventPattern=json.dumps({"source": [SOURCE]}))
        events.put_targets(
            Rule="told", Targets=[{"Id": "queue", "Arn": attributes["Attributes"]["QueueArn"]}]
        )
        self._arrived: list[dict[str, Any]] = []

    def of(self, name: str, link_id: str) -> list[dict[str, Any]]:
        """The details of a link's events of this name so far."""
        while messages := self._sqs.receive_message(QueueUrl=self._url, MaxNumberOfMessages=10).get(
            "Messages"
        ):
            for message in messages:
                self._arrived.append(json.loads(message["Body"]))
                self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=message["ReceiptHandle"])
        details = [each["detail"] for each in self._arrived if each["detail-type"] == name]
        return [detail for detail in details if detail["link_id"] == link_id]


@pytest.fixture(scope="module")
def told(world: World) -> Told:
    return Told(world)


@pytest.fixture(scope="module")
def account(world: World, told: Told) -> Account:
    """Eve's own Dropbox, and her company's, both linked."""
    deployment = world.deployment
    seed(world.aws.client("dynamodb"), deployment.users_table, deployment.companies_table, [EVE])
    own = world.dropbox.add_account("eve")
    link_dropbox(world, EVE, own)
    link_dropbox(world, EVE, world.dropbox.add_account("bakery"), "synchronisation")
    # What is dropped after the drain that linking rings for is known by its notification alone.
    assert wait_until(lambda: "last_clean_listing" in link_of_eve(world), SECONDS)
    return own


def link_of_eve(world: World) -> dict[str, Any]:
    row: dict[str, Any] = world.aws.client("dynamodb").get_item(
        TableName=world.deployment.links_table, Key={"link_id": {"S": "user:eve"}}
    )["Item"]
    return row


def rows(world: World, table: str, key: str, value: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.aws.client("dynamodb").query(
        TableName=table,
        KeyConditionExpression=f"{key} = :value",
        ExpressionAttributeValues={":value": {"S": value}},
        ConsistentRead=True,
    )["Items"]
    return [row for row in found if "correlation_id" in row]


def is_logged(world: World, function: str, message: str, correlation_id: str) -> bool:
    """Whether a function has logged this under that id, or does so before long."""
    return wait_until(lambda: correlation_id in _logged(world, function, message), SECONDS)


def _logged(world: World, function: str, message: str) -> list[str]:
    name = world.deployment.functions[function]
    configuration = world.aws.client("lambda").get_function_configuration(FunctionName=name)
    group = configuration.get("LoggingConfig", {}).get("LogGroup", f"/aws/lambda/{name}")
    events = world.aws.client("logs").filter_log_events(logGroupName=group)["events"]
    lines = [json.loads(event["message"]) for event in events if f'"{message}"' in event["message"]]
    return [line.get("correlation_id") for line in lines]


def test_the_host_is_told_how_dropped_files_ended_under_the_id_of_their_notification(
    world: World, told: Told, account: Account
) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 800), "olive").save(buffer, "JPEG")

    account.write("/Apps/Jenji/Auto-Import/flour.jpg", buffer.getvalue())

    assert wait_until(lambda: told.of("ImportBatchSettled", "user:eve") != [], SECONDS)
    [row] = rows(world, world.deployment.import_records_table, "user_id", "eve")
    [event] = told.of("ImportBatchSettled", "user:eve")
    check(HostEvent("ImportBatchSettled", event))
    assert (event["imported"], event["batch_id"]) == (1, row["batch_id"]["S"])
    assert row["correlation_id"]["S"] == event["correlation_id"]
    assert is_logged(world, "dropbox_webhook", "doorbells rung", event["correlation_id"])
    assert is_logged(world, "auto_import", "file recorded", event["correlation_id"])


def test_the_host_is_told_once_what_was_dropped_is_read(world: World, told: Told, account: Account) -> None:
    assert wait_until(lambda: told.of("ImportBatchRead", "user:eve") != [], SECONDS)

    [event] = told.of("ImportBatchRead", "user:eve")
    [settled] = told.of("ImportBatchSettled", "user:eve")
    check(HostEvent("ImportBatchRead", event))
    assert (event["batch_id"], event["imported"]) == (settled["batch_id"], 1)
    assert (event["confirmed"], event["to_check"]) == (0, 1)
    assert event["correlation_id"] == settled["correlation_id"]
    assert is_logged(world, "document_reading", "host told that a batch is read", event["correlation_id"])


def test_the_host_is_told_what_was_delivered_under_the_id_of_its_acceptance(
    world: World, told: Told, account: Account
) -> None:
    host = HostExpenses(world)
    expense_id = host.create(EVE, {"ticket.pdf": b"%PDF-1.7 a ticket"})

    host.complete_and_accept(expense_id, Details("SNCF", "2026-03-14", "84", "EUR"))

    assert wait_until(lambda: told.of("DocumentsDelivered", "company:bakery") != [], SECONDS)
    [event] = told.of("DocumentsDelivered", "company:bakery")
    items = rows(world, world.deployment.deliveries_table, "company_id", "bakery")
    [row] = [item for item in items if item["kind"]["S"] == "delivery"]
    check(HostEvent("DocumentsDelivered", event))
    [document] = event["documents"]
    assert (document["expense_id"], document["document_id"]) == (expense_id, row["document_id"]["S"])
    assert document["correlation_id"] == row["correlation_id"]["S"] == event["correlation_id"]
    assert is_logged(world, "document_sync", "delivery recorded", event["correlation_id"])


def test_the_host_is_told_of_a_link_whose_access_was_withdrawn(
    world: World, told: Told, account: Account
) -> None:
    world.dropbox.authorizations.revoke(account.id)
    world.aws.client("dynamodb").update_item(
        TableName=world.deployment.links_table,
        Key={"link_id": {"S": "user:eve"}},
        UpdateExpression="SET next_due = :past",
        ExpressionAttributeValues={":past": {"S": "2026-01-01T00:00:00.000000Z"}},
    )

    world.aws.client("lambda").invoke(FunctionName=world.deployment.functions["sweep"], Payload=b"{}")

    assert wait_until(lambda: told.of("LinkNeedsAttention", "user:eve") != [], SECONDS)
    [event] = told.of("LinkNeedsAttention", "user:eve")
    check(HostEvent("LinkNeedsAttention", event))
    assert (event["status"], event["reason"]) == ("RECONNECT", "token_revoked")
    assert is_logged(world, "sweep", "swept", event["correlation_id"])
