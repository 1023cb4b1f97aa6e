"""What the functions' roles may do, with IAM enforced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from local.world import World
from tests.e2e.probe import Probe

DENIED = {"AccessDeniedException", "AccessDenied"}


@pytest.fixture(scope="module")
def probes(world: World) -> Iterator[dict[str, Probe]]:
    made = {function: Probe(world, function) for function in world.deployment.functions}
    yield made
    for probe in made.values():
        probe.remove()


def get(table: str, key: str, **more: str) -> dict[str, Any]:
    keys = {key: "nobody", **more}
    return {"TableName": table, "Key": {name: {"S": value} for name, value in keys.items()}}


def test_the_drain_reads_users_but_cannot_change_them(world: World, probes: dict[str, Probe]) -> None:
    users = world.deployment.users_table

    read = probes["auto_import"].call("dynamodb", "get_item", **get(users, "user_id"))
    written = probes["auto_import"].call(
        "dynamodb", "put_item", TableName=users, Item={"user_id": {"S": "mallory"}}
    )

    assert read == "allowed"
    assert written in DENIED


def test_the_drain_cannot_read_attempts_at_linking(world: World, probes: dict[str, Probe]) -> None:
    attempts = world.deployment.link_attempts_table

    read = probes["auto_import"].call("dynamodb", "get_item", **get(attempts, "attempt_id"))

    assert read in DENIED


def test_the_drain_writes_documents_only(world: World, probes: dict[str, Probe]) -> None:
    bucket = world.deployment.documents_bucket

    inside = probes["auto_import"].call("s3", "put_object", Bucket=bucket, Key="documents/probe", Body="")
    outside = probes["auto_import"].call("s3", "put_object", Bucket=bucket, Key="elsewhere/probe", Body="")
    deleted = probes["auto_import"].call("s3", "delete_object", Bucket=bucket, Key="documents/probe")

    assert inside == "allowed"
    assert outside in DENIED
    assert deleted in DENIED


def test_the_sweep_cannot_read_expenses(world: World, probes: dict[str, Probe]) -> None:
    expenses = world.deployment.expenses_table

    read = probes["sweep"].call("dynamodb", "get_item", **get(expenses, "expense_id"))

    assert read in DENIED


@pytest.mark.parametrize("function", ["sweep", "dropbox_webhook"])
def test_what_only_rings_doorbells_cannot_answer_them(
    world: World, probes: dict[str, Probe], function: str
) -> None:
    queue = world.deployment.import_queue_url

    received = probes[function].call("sqs", "receive_message", QueueUrl=queue)

    assert received in DENIED


@pytest.mark.parametrize("table", ["links_table", "claims_table", "settlements_table", "users_table"])
def test_the_webhook_reads_no_table(world: World, probes: dict[str, Probe], table: str) -> None:
    scanned = probes["dropbox_webhook"].call("dynamodb", "scan", TableName=getattr(world.deployment, table))

    assert scanned in DENIED


@pytest.mark.parametrize("function", ["auto_import", "oauth_callback", "sweep"])
def test_only_the_webhook_reads_the_app_secret(probes: dict[str, Probe], function: str) -> None:
    secret = {"SecretId": "dropbox/auto-import"}

    assert probes["dropbox_webhook"].call("secretsmanager", "get_secret_value", **secret) == "allowed"
    assert probes[function].call("secretsmanager", "get_secret_value", **secret) in DENIED


@pytest.mark.parametrize("function", ["sweep", "dropbox_webhook"])
def test_the_tokens_key_is_out_of_reach_of_who_needs_no_token(
    world: World, probes: dict[str, Probe], function: str
) -> None:
    key = f"alias/{world.deployment.stack}-tokens"

    encrypted = probes[function].call("kms", "encrypt", KeyId=key, Plaintext="x")

    assert encrypted in DENIED
