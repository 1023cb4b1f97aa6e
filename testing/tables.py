"""Every table of the system, with the keys and indexes that the template and the host declare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import (
        GlobalSecondaryIndexTypeDef,
        KeySchemaElementTypeDef,
        LocalSecondaryIndexTypeDef,
    )

# The setting that names a table -> its name here.
TABLE_NAMES = {
    "LINKS_TABLE": "links",
    "LINK_ATTEMPTS_TABLE": "link_attempts",
    "AUDIT_TRAIL_TABLE": "audit_trail",
    "RESERVATIONS_TABLE": "reservations",
    "WAITING_FILES_TABLE": "waiting_files",
    "IMPORT_RECORDS_TABLE": "records",
    "READING_JOBS_TABLE": "reading_jobs",
    "DELIVERIES_TABLE": "deliveries",
    "EMPLOYEE_FOLDERS_TABLE": "employee_folders",
    "EXPENSES_TABLE": "expenses",
    "USERS_TABLE": "users",
    "COMPANIES_TABLE": "companies",
}
DUE_INDEX_COPIES = ["purpose", "account_id", "status", "generation", "not_before"]


def create_tables(dynamodb: DynamoDBClient) -> None:
    """All of them, ours and the host's, empty."""
    _create(
        dynamodb,
        "links",
        _key("link_id"),
        global_indexes=[
            {
                "IndexName": "due",
                "KeySchema": _key("bucket", "next_due"),
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": DUE_INDEX_COPIES},
            }
        ],
    )
    _create(dynamodb, "link_attempts", _key("attempt_id"))
    _create(dynamodb, "audit_trail", _key("subject", "at"))
    _create(dynamodb, "reservations", _key("user_id", "content_hash"))
    _create(dynamodb, "waiting_files", _key("user_id", "file_key"))
    _create(
        dynamodb,
        "records",
        _key("user_id", "visit_key"),
        local_indexes=[_local("user_id", name) for name in ("unfiled", "rejected", "recorded_at")],
    )
    _create(
        dynamodb,
        "reading_jobs",
        _key("user_id", "expense_id"),
        global_indexes=[
            {
                "IndexName": "due",
                "KeySchema": _key("bucket", "next_try"),
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
        ],
        local_indexes=[_local("user_id", "likeness")],
    )
    _create(
        dynamodb,
        "deliveries",
        _key("company_id", "delivery_key"),
        local_indexes=[_local("company_id", name) for name in ("pending", "failed", "changed_at", "month")],
    )
    _create(dynamodb, "employee_folders", _key("company_id", "folder_key"))
    _create(
        dynamodb,
        "expenses",
        _key("expense_id"),
        global_indexes=[
            {
                "IndexName": "company_accepted",
                "KeySchema": _key("company_id", "accepted_at"),
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )
    _create(dynamodb, "users", _key("user_id"))
    _create(dynamodb, "companies", _key("company_id"))


def _create(
    dynamodb: DynamoDBClient,
    name: str,
    key: list[KeySchemaElementTypeDef],
    *,
    global_indexes: Sequence[GlobalSecondaryIndexTypeDef] = (),
    local_indexes: Sequence[LocalSecondaryIndexTypeDef] = (),
) -> None:
    parts = [*key, *(part for index in (*global_indexes, *local_indexes) for part in index["KeySchema"])]
    names = sorted({part["AttributeName"] for part in parts})
    indexes = {"GlobalSecondaryIndexes": global_indexes, "LocalSecondaryIndexes": local_indexes}
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": part, "AttributeType": "S"} for part in names],
        KeySchema=key,
        **{kind: of_kind for kind, of_kind in indexes.items() if of_kind},
    )


def _key(hash_key: str, range_key: str | None = None) -> list[KeySchemaElementTypeDef]:
    key: list[KeySchemaElementTypeDef] = [{"AttributeName": hash_key, "KeyType": "HASH"}]
    if range_key is not None:
        key.append({"AttributeName": range_key, "KeyType": "RANGE"})
    return key


def _local(hash_key: str, range_key: str) -> LocalSecondaryIndexTypeDef:
    """A local index, named after its range key as all of ours are."""
    return {
        "IndexName": range_key,
        "KeySchema": _key(hash_key, range_key),
        "Projection": {"ProjectionType": "ALL"},
    }
