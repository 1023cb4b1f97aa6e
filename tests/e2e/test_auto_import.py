"""From a link and a dropped file to an expense, through the deployed functions."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from PIL import Image

from local.dropbox_emulator.core.account import Account
from local.host import BOB
from local.linking import link_dropbox
from local.processes import wait_until
from local.samples import SAMPLES
from local.world import World

SECONDS = 30
SECONDS_TO_READ = 90


@pytest.fixture(scope="module")
def account(world: World) -> Account:
    """Bob's Dropbox, linked."""
    bob = world.dropbox.add_account("bob")
    link_dropbox(world, BOB, bob)
    return bob


def photo(colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 800), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def import_records_of(world: World, name: str) -> list[dict[str, Any]]:
    rows = world.aws.client("dynamodb").query(
        TableName=world.deployment.import_records_table,
        KeyConditionExpression="user_id = :user",
        ExpressionAttributeValues={":user": {"S": BOB.user_id}},
        ConsistentRead=True,
    )["Items"]
    return [row for row in rows if row["name"]["S"] == name]


def has_recorded(world: World, name: str) -> bool:
    return any("unfiled" not in row for row in import_records_of(world, name))


def link_of_bob(world: World) -> dict[str, Any]:
    row: dict[str, Any] = world.aws.client("dynamodb").get_item(
        TableName=world.deployment.links_table, Key={"link_id": {"S": f"user:{BOB.user_id}"}}
    )["Item"]
    return row


def test_a_dropped_photo_becomes_an_expense_and_is_filed(world: World, account: Account) -> None:
    data = photo("white")

    account.write("/Apps/Jenji/Auto-Import/lunch.jpg", data)

    assert wait_until(lambda: has_recorded(world, "lunch.jpg"), SECONDS)
    [row] = import_records_of(world, "lunch.jpg")
    expense = world.aws.client("dynamodb").get_item(
        TableName=world.deployment.expenses_table, Key={"expense_id": row["expense_id"]}
    )["Item"]
    document = expense["documents"]["L"][0]["M"]
    stored = world.aws.client("s3").get_object(
        Bucket=world.deployment.documents_bucket, Key=document["s3_key"]["S"]
    )
    assert row["outcome"]["S"] == "imported"
    assert expense["status"]["S"] == "WAITING"
    assert expense["user_id"]["S"] == BOB.user_id
    assert stored["Body"].read() == data
    contents = account.tree_contents()
    assert [path for path in contents if path.endswith("lunch.jpg")] == [
        next(path for path in contents if "/Imported/" in path and path.endswith("/lunch.jpg"))
    ]


@pytest.mark.parametrize(
    ("path", "amount", "date"),
    [
        ("Nuage Mobile November 2026.pdf", "41.75", "2026-11-01"),
        ("Déjeuner Café Lumière.jpg", "46.00", "2026-11-05"),
    ],
    ids=["an invoice", "a photo"],
)
def test_what_is_imported_is_read_and_fills_its_expense_in(
    world: World, account: Account, path: str, amount: str, date: str
) -> None:
    name = f"to be read.{path[-3:]}"
    data = next(sample.make() for sample in SAMPLES if sample.path == path)

    account.write(f"/Apps/Jenji/Auto-Import/{name}", data)

    def expense() -> dict[str, Any]:
        [row] = import_records_of(world, name)
        item: dict[str, Any] = world.aws.client("dynamodb").get_item(
            TableName=world.deployment.expenses_table, Key={"expense_id": row["expense_id"]}
        )["Item"]
        return item

    assert wait_until(lambda: has_recorded(world, name), SECONDS)
    assert wait_until(lambda: "amount" in expense(), SECONDS_TO_READ), expense().get("reading")
    read = expense()
    assert (read["amount"]["S"], read["currency"]["S"], read["date"]["S"]) == (amount, "EUR", date)
    assert read["reading"]["M"]["state"]["S"] == "DONE"
    assert read["status"]["S"] == "WAITING"


def test_what_is_no_document_is_rejected_and_filed_where_the_user_sees_it(
    world: World, account: Account
) -> None:
    account.write("/Apps/Jenji/Auto-Import/page.pdf", b"<!doctype html><p>not a PDF")

    assert wait_until(lambda: has_recorded(world, "page.pdf"), SECONDS)
    [row] = import_records_of(world, "page.pdf")
    assert row["outcome"]["S"] == "rejected"
    assert "expense_id" not in row
    assert [path for path in account.tree_contents() if "/Rejected/" in path or "/Rejetés/" in path]


def test_the_sweep_has_a_link_looked_at_that_is_due(world: World, account: Account) -> None:
    looked_at = link_of_bob(world)["last_clean_listing"]["S"]
    world.aws.client("dynamodb").update_item(
        TableName=world.deployment.links_table,
        Key={"link_id": {"S": f"user:{BOB.user_id}"}},
        UpdateExpression="SET next_due = :past",
        ExpressionAttributeValues={":past": {"S": "2026-01-01T00:00:00.000000Z"}},
    )

    swept = world.aws.client("lambda").invoke(FunctionName=world.deployment.functions["sweep"], Payload=b"{}")

    assert "FunctionError" not in swept, json.loads(swept["Payload"].read())
    assert wait_until(lambda: link_of_bob(world)["last_clean_listing"]["S"] > looked_at, SECONDS)
    assert link_of_bob(world)["next_due"]["S"] > looked_at
