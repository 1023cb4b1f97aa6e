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


@pytest.mark.parametrize(
    "function",
    ["document_reading", "expense_accepted", "page_api", "oauth_callback", "sweep", "dropbox_webhook"],
)
def test_what_only_rings_doorbells_cannot_answer_them(
    world: World, probes: dict[str, Probe], function: str
) -> None:
    queues = (world.deployment.import_queue_url, world.deployment.sync_queue_url)

    received = [probes[function].call("sqs", "receive_message", QueueUrl=queue) for queue in queues]

    assert set(received) <= DENIED


@pytest.mark.parametrize(
    "table", ["links_table", "reservations_table", "import_records_table", "users_table"]
)
def test_the_webhook_reads_no_table(world: World, probes: dict[str, Probe], table: str) -> None:
    scanned = probes["dropbox_webhook"].call("dynamodb", "scan", TableName=getattr(world.deployment, table))

    assert scanned in DENIED


@pytest.mark.parametrize(
    "function",
    [
        "auto_import",
        "document_reading",
        "document_sync",
        "erasure",
        "expense_accepted",
        "page_api",
        "oauth_callback",
        "sweep",
        "token_revocation",
    ],
)
def test_only_the_webhook_reads_the_app_secret(probes: dict[str, Probe], function: str) -> None:
    secret = {"SecretId": "dropbox/auto-import"}

    assert probes["dropbox_webhook"].call("secretsmanager", "get_secret_value", **secret) == "allowed"
    assert probes[function].call("secretsmanager", "get_secret_value", **secret) in DENIED


# The erasure uses the key for pseudonyms alone, which only the encryption context tells: the emulator knows none.
@pytest.mark.parametrize(
    "function", ["document_reading", "expense_accepted", "page_api", "sweep", "dropbox_webhook"]
)
def test_the_tokens_key_is_out_of_reach_of_who_needs_no_token(
    world: World, probes: dict[str, Probe], function: str
) -> None:
    key = world.deployment.tokens_key

    encrypted = probes[function].call("kms", "encrypt", KeyId=key, Plaintext="x")

    assert encrypted in DENIED


def test_the_synchronisation_reads_expenses_and_companies_but_cannot_change_them(
    world: World, probes: dict[str, Probe]
) -> None:
    probe, deployment = probes["document_sync"], world.deployment
    expenses = {deployment.expenses_table: {"Keys": [{"expense_id": {"S": "nobody"}}]}}

    read = [
        probe.call("dynamodb", "batch_get_item", RequestItems=expenses),
        probe.call("dynamodb", "get_item", **get(deployment.companies_table, "company_id")),
        probe.call("dynamodb", "query", **accepted_of_nobody(deployment.expenses_table)),
    ]
    written = [
        probe.call("dynamodb", "put_item", TableName=table, Item={key: {"S": "mallory"}})
        for table, key in (
            (deployment.expenses_table, "expense_id"),
            (deployment.companies_table, "company_id"),
        )
    ]

    assert read == ["allowed"] * 3
    assert set(written) <= DENIED


def test_the_synchronisation_checks_that_an_expense_is_still_withdrawn_in_its_own_transaction(
    world: World, probes: dict[str, Probe]
) -> None:
    check = {
        "ConditionCheck": {
            **get(world.deployment.expenses_table, "expense_id"),
            "ConditionExpression": "attribute_not_exists(expense_id)",
        }
    }

    checked = probes["document_sync"].call("dynamodb", "transact_write_items", TransactItems=[check])

    assert checked == "allowed"
    for function in ("expense_accepted", "sweep"):
        assert probes[function].call("dynamodb", "transact_write_items", TransactItems=[check]) in DENIED


def test_the_synchronisation_reads_documents_and_only_documents(
    world: World, probes: dict[str, Probe]
) -> None:
    bucket, s3 = world.deployment.documents_bucket, world.aws.client("s3")
    for key in ("documents/probe-read", "elsewhere/probe-read"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"")
    probe = probes["document_sync"]

    inside = probe.call("s3", "head_object", Bucket=bucket, Key="documents/probe-read")
    outside = probe.call("s3", "head_object", Bucket=bucket, Key="elsewhere/probe-read")
    written = probe.call("s3", "put_object", Bucket=bucket, Key="documents/probe-read", Body="")
    missing = probe.call("s3", "get_object", Bucket=bucket, Key="documents/probe-missing")

    assert inside == "allowed"
    assert outside in {"403", *DENIED}
    assert written in DENIED
    assert missing == "NoSuchKey"


def test_the_stream_function_makes_deliveries_and_reads_nothing_of_the_hosts(
    world: World, probes: dict[str, Probe]
) -> None:
    probe, deployment = probes["expense_accepted"], world.deployment

    read = [
        probe.call("dynamodb", "get_item", **get(deployment.expenses_table, "expense_id")),
        probe.call("dynamodb", "get_item", **get(deployment.users_table, "user_id")),
        probe.call("s3", "get_object", Bucket=deployment.documents_bucket, Key="documents/probe"),
        probe.call("dynamodb", "scan", TableName=deployment.deliveries_table),
    ]
    unlinked = probe.call("dynamodb", "delete_item", **get(deployment.links_table, "link_id"))
    found = probe.call("dynamodb", "get_item", **get(deployment.links_table, "link_id"))

    assert set(read) <= DENIED
    assert unlinked in DENIED
    assert found == "allowed"


@pytest.mark.parametrize(
    "function",
    ["auto_import", "document_reading", "oauth_callback", "sweep", "dropbox_webhook", "token_revocation"],
)
def test_deliveries_are_out_of_reach_of_who_delivers_nothing(
    world: World, probes: dict[str, Probe], function: str
) -> None:
    table = world.deployment.deliveries_table

    read = probes[function].call("dynamodb", "get_item", **get(table, "company_id", delivery_key="nobody"))

    assert read in DENIED


def test_the_page_reads_histories_and_the_hosts_expenses(world: World, probes: dict[str, Probe]) -> None:
    probe, deployment = probes["page_api"], world.deployment
    expenses = {deployment.expenses_table: {"Keys": [{"expense_id": {"S": "nobody"}}]}}

    read = [
        probe.call("dynamodb", "get_item", **get(deployment.links_table, "link_id")),
        probe.call("dynamodb", "query", **of_nobody(deployment.import_records_table, "user_id")),
        probe.call("dynamodb", "query", **of_nobody(deployment.import_records_table, "user_id", "rejected")),
        probe.call("dynamodb", "query", **of_nobody(deployment.waiting_files_table, "user_id")),
        probe.call("dynamodb", "query", **of_nobody(deployment.deliveries_table, "company_id", "changed_at")),
        probe.call("dynamodb", "query", **of_nobody(deployment.deliveries_table, "company_id")),
        probe.call("dynamodb", "query", **of_nobody(deployment.deliveries_table, "company_id", "failed")),
        probe.call("dynamodb", "batch_get_item", RequestItems=expenses),
        probe.call("dynamodb", "query", **accepted_of_nobody(deployment.expenses_table)),
    ]

    assert read == ["allowed"] * 9


def test_the_page_reads_no_documents_users_or_attempts_and_deletes_nothing_of_the_hosts(
    world: World, probes: dict[str, Probe]
) -> None:
    probe, deployment = probes["page_api"], world.deployment
    mallory = {"S": "mallory"}

    refused = [
        probe.call("s3", "get_object", Bucket=deployment.documents_bucket, Key="documents/probe"),
        probe.call("dynamodb", "get_item", **get(deployment.users_table, "user_id")),
        probe.call("dynamodb", "get_item", **get(deployment.link_attempts_table, "attempt_id")),
        probe.call("dynamodb", "get_item", **get(deployment.audit_trail_table, "subject", at="now")),
        probe.call(
            "dynamodb", "delete_item", TableName=deployment.expenses_table, Key={"expense_id": mallory}
        ),
        probe.call("dynamodb", "scan", TableName=deployment.links_table),
        probe.call("dynamodb", "scan", TableName=deployment.expenses_table),
        probe.call(
            "dynamodb",
            "delete_item",
            **get(deployment.import_records_table, "user_id", visit_key="nobody"),
        ),
        probe.call(
            "dynamodb",
            "delete_item",
            **get(deployment.deliveries_table, "company_id", delivery_key="nobody"),
        ),
    ]

    assert set(refused) <= DENIED


@pytest.mark.parametrize(
    ("function", "queue"),
    [("auto_import", "sync_queue_url"), ("document_sync", "import_queue_url")],
)
def test_a_drain_neither_answers_nor_rings_the_doorbells_of_the_other(
    world: World, probes: dict[str, Probe], function: str, queue: str
) -> None:
    url = getattr(world.deployment, queue)

    received = probes[function].call("sqs", "receive_message", QueueUrl=url)
    rung = probes[function].call(
        "sqs",
        "send_message",
        QueueUrl=url,
        MessageBody="{}",
        MessageGroupId="probe",
        MessageDeduplicationId="probe",
    )

    assert received in DENIED
    assert rung in DENIED


@pytest.mark.parametrize(
    "function", ["auto_import", "document_reading", "expense_accepted", "sweep", "token_revocation"]
)
def test_who_did_what_is_written_by_who_links_ends_links_or_shares_and_by_nobody_else(
    world: World, probes: dict[str, Probe], function: str
) -> None:
    line = {"subject": {"S": "user:nobody"}, "at": {"S": "2026"}, "action": {"S": "linked"}}
    table = world.deployment.audit_trail_table

    written = probes[function].call("dynamodb", "put_item", TableName=table, Item=line)
    by_who_links = probes["oauth_callback"].call("dynamodb", "put_item", TableName=table, Item=line)

    assert written in DENIED
    assert by_who_links == "allowed"


def test_who_erases_reads_the_hosts_expenses_and_users_but_cannot_change_them(
    world: World, probes: dict[str, Probe]
) -> None:
    probe, deployment = probes["erasure"], world.deployment

    read = [
        probe.call("dynamodb", "scan", TableName=deployment.expenses_table, Limit=1),
        probe.call("dynamodb", "get_item", **get(deployment.users_table, "user_id")),
    ]
    changed = [
        probe.call("dynamodb", operation, **get(table, key))
        for operation in ("delete_item", "update_item")
        for table, key in (
            (deployment.expenses_table, "expense_id"),
            (deployment.users_table, "user_id"),
            (deployment.companies_table, "company_id"),
        )
    ]

    assert read == ["allowed"] * 2
    assert set(changed) <= DENIED


def test_who_erases_deletes_documents_but_neither_reads_nor_writes_any(
    world: World, probes: dict[str, Probe]
) -> None:
    bucket, probe = world.deployment.documents_bucket, probes["erasure"]
    world.aws.client("s3").put_object(Bucket=bucket, Key="documents/probe-erased", Body=b"")

    opened = [
        probe.call("s3", "get_object", Bucket=bucket, Key="documents/probe-erased"),
        probe.call("s3", "put_object", Bucket=bucket, Key="documents/probe-erased", Body=""),
    ]
    listed = probe.call("s3", "list_object_versions", Bucket=bucket, Prefix="documents/probe-")

    assert set(opened) <= {"403", *DENIED}
    assert listed == "allowed"


def test_reading_fills_expenses_in_but_makes_and_deletes_none(world: World, probes: dict[str, Probe]) -> None:
    probe, table = probes["document_reading"], world.deployment.expenses_table
    gone = {**get(table, "expense_id"), "ConditionExpression": "attribute_exists(expense_id)"}

    filled = probe.call(
        "dynamodb",
        "update_item",
        **gone,
        UpdateExpression="SET merchant = :m",
        ExpressionAttributeValues={":m": {"S": "x"}},
    )
    made = probe.call("dynamodb", "put_item", TableName=table, Item={"expense_id": {"S": "mallory"}})
    deleted = probe.call("dynamodb", "delete_item", **get(table, "expense_id"))

    assert filled == "ConditionalCheckFailedException"
    assert made in DENIED
    assert deleted in DENIED


def test_reading_sees_documents_and_changes_none(world: World, probes: dict[str, Probe]) -> None:
    bucket, probe = world.deployment.documents_bucket, probes["document_reading"]
    for key in ("documents/probe-job", "elsewhere/probe-job"):
        world.aws.client("s3").put_object(Bucket=bucket, Key=key, Body=b"")

    inside = probe.call("s3", "head_object", Bucket=bucket, Key="documents/probe-job")
    outside = probe.call("s3", "head_object", Bucket=bucket, Key="elsewhere/probe-job")
    written = probe.call("s3", "put_object", Bucket=bucket, Key="documents/probe-job", Body="")

    assert inside == "allowed"
    assert outside in {"403", *DENIED}
    assert written in DENIED


def test_only_the_reading_answers_the_scan_queue(world: World, probes: dict[str, Probe]) -> None:
    url = world.deployment.reading_queue_url

    def code(function: str) -> str:
        return probes[function].call("sqs", "receive_message", QueueUrl=url, VisibilityTimeout=0)

    codes = {function: code(function) for function in world.deployment.functions}

    assert {function for function, answered in codes.items() if answered == "allowed"} == {"document_reading"}
    assert {answered for function, answered in codes.items() if function != "document_reading"} <= DENIED


@pytest.mark.parametrize(
    "function", ["document_sync", "expense_accepted", "oauth_callback", "dropbox_webhook"]
)
def test_scans_are_out_of_reach_of_who_reads_nothing(
    world: World, probes: dict[str, Probe], function: str
) -> None:
    job = get(world.deployment.reading_jobs_table, "user_id", expense_id="nobody")

    assert probes[function].call("dynamodb", "get_item", **job) in DENIED
    assert probes["document_reading"].call("dynamodb", "get_item", **job) == "allowed"


def test_the_import_has_documents_read_and_sees_nothing_of_it(world: World, probes: dict[str, Probe]) -> None:
    job = get(world.deployment.reading_jobs_table, "user_id", expense_id="nobody")

    read = probes["auto_import"].call("dynamodb", "get_item", **job)
    rung = probes["auto_import"].call(
        "sqs", "send_message", QueueUrl=world.deployment.reading_queue_url, MessageBody="{}"
    )

    assert read in DENIED
    assert rung == "allowed"


def event_on(bus: str) -> dict[str, Any]:
    return {"EventBusName": bus, "Source": "probe", "DetailType": "Probe", "Detail": "{}"}


def test_only_the_drains_the_reader_and_the_sweep_tell_the_host_and_on_its_bus_alone(
    world: World, probes: dict[str, Probe]
) -> None:
    world.aws.client("events").create_event_bus(Name="somebody-elses")

    told = {
        name: probe.call("events", "put_events", Entries=[event_on("default")])
        for name, probe in probes.items()
    }
    elsewhere = probes["auto_import"].call("events", "put_events", Entries=[event_on("somebody-elses")])

    assert {name for name, answer in told.items() if answer == "allowed"} == {
        "auto_import",
        "document_reading",
        "document_sync",
        "sweep",
    }
    assert set(told.values()) - {"allowed"} <= DENIED
    assert elsewhere in DENIED


def accepted_of_nobody(table: str) -> dict[str, Any]:
    return {
        "TableName": table,
        "IndexName": "company_accepted",
        "KeyConditionExpression": "company_id = :company",
        "ExpressionAttributeValues": {":company": {"S": "nobody"}},
    }


def of_nobody(table: str, key: str, index: str | None = None) -> dict[str, Any]:
    return {
        "TableName": table,
        "KeyConditionExpression": f"{key} = :key",
        "ExpressionAttributeValues": {":key": {"S": "nobody"}},
        **({"IndexName": index} if index else {}),
    }
