"""Puts many rows into the emulated DynamoDB at once: by its own requests a million would take an hour.

Every row is a copy of one that the product's own translations made, with other keys; values that are the same
are one object.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from pynamodb.models import Model

from bench.linked_user import REGION


def put_copies(row: Model, changes: Iterable[Mapping[str, str | None]]) -> None:
    """A copy for each of the changes to its texts, in the order of their keys; None leaves one out."""
    table = dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].get_table(row.Meta.table_name)
    attributes = {name: DynamoType(value) for name, value in _serialized(row).items()}
    for changed in changes:
        own = attributes | {name: DynamoType({"S": text}) for name, text in changed.items() if text}
        for name in [name for name, text in changed.items() if text is None]:
            own.pop(name, None)
        item = _item(own, table.hash_key_attr, table.range_key_attr)
        table.items[item.hash_key][item.range_key] = item


def _serialized(row: Model) -> Mapping[str, Any]:
    serialized: Mapping[str, Any] = row.serialize()
    return serialized


def _item(attributes: Mapping[str, DynamoType], hash_key: str, range_key: str) -> Item:
    """Without checking the size of all for each, as its own constructor does."""
    item: Item = Item.__new__(Item)
    item.hash_key, item.range_key = attributes[hash_key], attributes[range_key]
    item.attrs = _Attributes(attributes)
    return item


class _Attributes(dict[str, DynamoType]):
    """As `Item` keeps them."""
