"""Restores all tables of a deployed environment to one moment, beside the present ones.

`python -m local.restore production 2026-11-27T03:00:00Z` prints the parameters that have the stack use them,
as lines for `make deploy`. docs/operations.md has the whole procedure.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from local.errors import LocalError
from local.release import environment_named, outputs_of
from local.template import DATA_TEMPLATE, load_template

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

# A table of hundreds of gigabytes takes hours.
_SECONDS_BETWEEN_LOOKS = 20
_LOOKS = 3 * 60 * 24


def restore_tables(dynamodb: DynamoDBClient, tables: Mapping[str, str], moment: datetime) -> dict[str, str]:
    """Restore tables (by their logical ids) together, all links in them paused, and return their names.

    Raises ClientError where AWS refuses; what was begun then stays, under its own name.
    """
    restored = {logical_id: f"{name}-{moment:%Y%m%dT%H%M%S}" for logical_id, name in tables.items()}
    for logical_id, name in tables.items():
        dynamodb.restore_table_to_point_in_time(
            SourceTableName=name, TargetTableName=restored[logical_id], RestoreDateTime=moment
        )
    for logical_id, name in restored.items():
        dynamodb.get_waiter("table_exists").wait(
            TableName=name, WaiterConfig={"Delay": _SECONDS_BETWEEN_LOOKS, "MaxAttempts": _LOOKS}
        )
        _set_what_a_restore_leaves_out(dynamodb, logical_id, name)
    dynamodb.put_item(
        TableName=restored["LinksTable"], Item={"link_id": {"S": "control:all"}, "paused": {"BOOL": True}}
    )
    return restored


def _set_what_a_restore_leaves_out(dynamodb: DynamoDBClient, logical_id: str, name: str) -> None:
    """Point-in-time recovery, protection and time to live, as the template has them."""
    declared = load_template(DATA_TEMPLATE)["Resources"][logical_id]["Properties"]
    dynamodb.update_continuous_backups(
        TableName=name, PointInTimeRecoverySpecification=declared["PointInTimeRecoverySpecification"]
    )
    dynamodb.update_table(TableName=name, DeletionProtectionEnabled=True)
    if "TimeToLiveSpecification" in declared:
        dynamodb.update_time_to_live(
            TableName=name, TimeToLiveSpecification=declared["TimeToLiveSpecification"]
        )


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        description="Restore the tables of an environment beside the present ones."
    )
    parser.add_argument("environment", help="a section of samconfig.toml")
    parser.add_argument("moment", type=datetime.fromisoformat, help="2026-11-27T03:00:00Z")
    arguments = parser.parse_args()
    try:
        outputs = outputs_of(f"{environment_named(arguments.environment).stack}-data")
        tables = {name: each for name, each in outputs.items() if name.endswith("Table")}
        restored = restore_tables(boto3.client("dynamodb"), tables, arguments.moment)
    except (LocalError, ClientError, BotoCoreError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"{logical_id}={name}\n" for logical_id, name in restored.items())
    return 0


if __name__ == "__main__":
    sys.exit(main())
