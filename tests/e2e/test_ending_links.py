"""Tokens revoked and a user forgotten by the functions as deployed, each under its own role."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from PIL import Image

from local.dropbox_emulator import AUTO_IMPORT_APP
from local.dropbox_emulator.core.account import Account
from local.host import OTHER_ALICE
from local.linking import link_dropbox
from local.processes import wait_until
from local.world import World

SECONDS = 30
USER = OTHER_ALICE.user_id


@pytest.fixture(scope="module")
def accounts(world: World) -> list[Account]:
    """Another Alice's two Dropbox accounts, the second linked after the first."""
    both = [world.dropbox.add_account(f"other-alice-{number}") for number in (1, 2)]
    for account in both:
        link_dropbox(world, OTHER_ALICE, account)
    return both


def invoke(world: World, function: str, event: dict[str, Any]) -> Any:
    answer = world.aws.client("lambda").invoke(
        FunctionName=world.deployment.functions[function], Payload=json.dumps(event)
    )
    payload = json.loads(answer["Payload"].read() or b"null")
    assert "FunctionError" not in answer, payload
    return payload


def is_linked(world: World, account: Account) -> bool:
    """Whether Dropbox counts our app among those the account is linked to."""
    return AUTO_IMPORT_APP.key in world.dropbox.authorizations.linked_apps(account.id)


def rows(world: World, table: str) -> list[dict[str, Any]]:
    """Those that say anything of this user, by whatever attribute."""
    found = world.aws.client("dynamodb").scan(
        TableName=getattr(world.deployment, f"{table}_table"), ConsistentRead=True
    )["Items"]
    return [row for row in found if any(USER in str(value) for value in row.values())]


def test_the_token_of_an_account_left_behind_is_revoked_and_the_new_one_lives(
    world: World, accounts: list[Account]
) -> None:
    left_behind, linked = accounts
    before = is_linked(world, left_behind)

    invoke(world, "token_revocation", {})

    assert before
    assert not is_linked(world, left_behind)
    assert is_linked(world, linked)
    assert not [row for row in rows(world, "links") if row["link_id"]["S"].startswith("revoke:")]


def test_a_user_is_forgotten(world: World, accounts: list[Account]) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 800), "teal").save(buffer, "JPEG")
    accounts[1].write("/Apps/Jenji/Auto-Import/other.jpg", buffer.getvalue())
    assert wait_until(lambda: bool(rows(world, "import_records")), SECONDS)
    [expense] = rows(world, "expenses")
    dynamodb = world.aws.client("dynamodb")
    dynamodb.delete_item(TableName=world.deployment.expenses_table, Key={"expense_id": expense["expense_id"]})

    at_once = invoke(world, "erasure", {"user_id": USER})
    for key, attribute in ((f"user:{USER}", "status_since"), (f"erasure:user:{USER}", "next_due")):
        # As if the drains that may be at work had ended.
        dynamodb.update_item(
            TableName=world.deployment.links_table,
            Key={"link_id": {"S": key}},
            UpdateExpression=f"SET {attribute} = :past",
            ExpressionAttributeValues={":past": {"S": "2026-01-01T00:00:00.000000Z"}},
        )
    afterwards = invoke(world, "erasure", {"user_id": USER})
    invoke(world, "token_revocation", {})

    assert (at_once, afterwards) == ({"is_complete": False}, {"is_complete": True})
    tables = ["links", "reservations", "waiting_files", "import_records", "audit_trail"]
    assert {table: rows(world, table) for table in tables} == {table: [] for table in tables}
    assert not is_linked(world, accounts[1])
    stored = world.aws.client("s3").list_object_versions(
        Bucket=world.deployment.documents_bucket, Prefix=f"documents/{USER}/"
    )
    assert not stored.get("Versions")
