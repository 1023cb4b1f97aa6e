"""Every table of the system, as our templates and the host's declare it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from local.template import DATA_TEMPLATE, HOST_TEMPLATE, load_template

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

# The setting that names a table -> its name in tests.
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
# What makes a table behave as it does; backups, encryption and the like make no difference to a test.
_SCHEMA = (
    "AttributeDefinitions",
    "KeySchema",
    "GlobalSecondaryIndexes",
    "LocalSecondaryIndexes",
    "BillingMode",
)


def create_tables(dynamodb: DynamoDBClient) -> None:
    """All of them, ours and the host's, empty."""
    for name, schema in table_schemas().items():
        dynamodb.create_table(TableName=name, **schema)


@cache
def table_schemas() -> dict[str, Any]:
    """By their names in tests, as CreateTable takes them."""
    declared = declared_tables()
    return {
        name: {part: value for part, value in declared[_logical_id(setting)].items() if part in _SCHEMA}
        for setting, name in TABLE_NAMES.items()
    }


def declared_tables() -> dict[str, Any]:
    """The properties of every table by its logical id, whichever template declares it."""
    resources = [
        resource
        for template in (DATA_TEMPLATE, HOST_TEMPLATE)
        for resource in load_template(template)["Resources"].items()
    ]
    return {
        logical_id: resource["Properties"]
        for logical_id, resource in resources
        if resource["Type"] == "AWS::DynamoDB::Table"
    }


def logical_id_of(table: str) -> str:
    """`LinksTable` of `links`, as it is called in tests."""
    [setting] = [setting for setting, name in TABLE_NAMES.items() if name == table]
    return _logical_id(setting)


def _logical_id(setting: str) -> str:
    """`LinksTable` of `LINKS_TABLE`."""
    return setting.title().replace("_", "")
