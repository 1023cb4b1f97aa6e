"""The procedure of docs/operations.md by which all tables are set back to one moment, step by step."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from PIL import Image

from local.deploy import STACK
from local.dropbox_emulator.core.account import Account
from local.host import ALICE
from local.linking import link_dropbox
from local.processes import wait_until
from local.restore import restore_tables
from local.template import DATA_TEMPLATE, load_template
from local.world import World, running_world

SECONDS = 60
TABLES = [name for name in load_template(DATA_TEMPLATE)["Outputs"] if name.endswith("Table")]
EVERYTHING = {"link_id": {"S": "control:all"}}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One of its own: the others' tables are not exchanged under them."""
    state = tmp_path_factory.mktemp("restored")
    with running_world(state, dropbox_directory=state / "dropbox") as running:
        yield running


def deploy_again(world: World, **changed: str) -> None:
    """Deploy the same template with other parameters, as `make deploy` does."""
    cloudformation = world.aws.client("cloudformation")
    [stack] = cloudformation.describe_stacks(StackName=STACK)["Stacks"]
    kept = [each["ParameterKey"] for each in stack["Parameters"] if each["ParameterKey"] not in changed]
    cloudformation.update_stack(
        StackName=STACK,
        UsePreviousTemplate=True,
        Parameters=[
            *({"ParameterKey": name, "UsePreviousValue": True} for name in kept),
            *({"ParameterKey": name, "ParameterValue": value} for name, value in changed.items()),
        ],
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    )

    def status() -> str:
        found: str = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]["StackStatus"]
        return found

    assert wait_until(lambda: not status().endswith("IN_PROGRESS"), SECONDS)
    assert status() == "UPDATE_COMPLETE"


def states_of_the_schedules(world: World) -> set[str]:
    """The stand-in listens to events by a rule of its own."""
    rules = world.aws.client("events").list_rules()["Rules"]
    return {rule["State"] for rule in rules if rule.get("ScheduleExpression")}


def drop(account: Account, name: str, colour: str) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (400, 800), colour).save(picture, "JPEG")
    account.write(f"/Apps/Jenji/Auto-Import/{name}", picture.getvalue())


def recorded(world: World, table: str) -> set[str]:
    rows = world.aws.client("dynamodb").query(
        TableName=table,
        KeyConditionExpression="user_id = :user",
        ExpressionAttributeValues={":user": {"S": ALICE.user_id}},
        ConsistentRead=True,
    )["Items"]
    return {row["name"]["S"] for row in rows if "name" in row}


def sweep(world: World) -> dict[str, Any]:
    answer: dict[str, Any] = world.aws.client("lambda").invoke(
        FunctionName=world.deployment.functions["sweep"], Payload=json.dumps({})
    )
    return answer


def tables_of(world: World) -> dict[str, str]:
    outputs = world.aws.client("cloudformation").describe_stacks(StackName=f"{STACK}-data")
    found = {each["OutputKey"]: each["OutputValue"] for each in outputs["Stacks"][0]["Outputs"]}
    return {name: found[name] for name in TABLES}


def test_all_tables_are_set_back_to_a_moment_and_the_work_goes_on_in_them(world: World) -> None:
    dynamodb, before = world.aws.client("dynamodb"), tables_of(world)
    account = world.dropbox.add_account("alice")
    link_dropbox(world, ALICE, account)
    drop(account, "before.jpg", "white")
    assert wait_until(lambda: "before.jpg" in recorded(world, before["ImportRecordsTable"]), SECONDS)

    dynamodb.put_item(TableName=before["LinksTable"], Item={**EVERYTHING, "paused": {"BOOL": True}})
    deploy_again(world, Schedules="DISABLED")
    assert states_of_the_schedules(world) == {"DISABLED"}
    restored = restore_tables(dynamodb, before, datetime.now(UTC))
    deploy_again(world, **restored)
    drop(account, "after.jpg", "black")
    assert "FunctionError" not in sweep(world)
    assert recorded(world, restored["ImportRecordsTable"]) == {"before.jpg"}
    dynamodb.delete_item(TableName=restored["LinksTable"], Key=EVERYTHING)
    deploy_again(world, Schedules="ENABLED")

    assert states_of_the_schedules(world) == {"ENABLED"}
    account.write("/Apps/Jenji/Auto-Import/note.txt", b"rings once more")
    assert wait_until(lambda: "after.jpg" in recorded(world, restored["ImportRecordsTable"]), SECONDS)
    assert "after.jpg" not in recorded(world, before["ImportRecordsTable"])
    link = dynamodb.get_item(
        TableName=restored["LinksTable"], Key={"link_id": {"S": f"user:{ALICE.user_id}"}}
    )["Item"]
    assert link["status"]["S"] == "ACTIVE"


def test_a_restored_table_is_as_safe_as_the_one_whose_place_it_takes(world: World) -> None:
    dynamodb, before = world.aws.client("dynamodb"), tables_of(world)

    restored = restore_tables(dynamodb, before, datetime(2026, 1, 1, tzinfo=UTC))

    for name in restored.values():
        backups = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
        assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
        assert dynamodb.describe_table(TableName=name)["Table"]["DeletionProtectionEnabled"]
    expiring = dynamodb.describe_time_to_live(TableName=restored["LinkAttemptsTable"])
    assert expiring["TimeToLiveDescription"]["TimeToLiveStatus"] == "ENABLED"
