"""The rows of the deployed tables, read without the product's own code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import TypeDeserializer

from local.world import World

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Row = dict[str, Any]


class Tables:
    """Those of a running system."""

    def __init__(self, world: World) -> None:
        self._deployment = world.deployment
        self._dynamodb: DynamoDBClient = world.aws.client("dynamodb")

    def links(self) -> Iterator[Row]:
        """Of users and companies, also unlinked ones."""
        return (row for row in self._rows(self._deployment.links_table) if row["kind"] == "link")

    def records(self) -> Iterator[Row]:
        """How each file ended."""
        return self._rows(self._deployment.import_records_table)

    def waiting_files(self) -> Iterator[Row]:
        """Files that are to be tried again."""
        return (row for row in self._rows(self._deployment.waiting_files_table) if "next_try" in row)

    def deliveries(self) -> Iterator[Row]:
        """Of documents, pending and ended."""
        rows = self._rows(self._deployment.deliveries_table)
        return (row for row in rows if "document_id" in row and "status" in row)

    def jobs(self) -> Iterator[Row]:
        """Documents that are to be read, and that were."""
        return (row for row in self._rows(self._deployment.reading_jobs_table) if "status" in row)

    def _rows(self, table: str) -> Iterator[Row]:
        deserializer = TypeDeserializer()
        pages = self._dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
        for page in pages:
            for item in page["Items"]:
                yield {name: deserializer.deserialize(value) for name, value in item.items()}
